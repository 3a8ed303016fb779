"""Comparison: paired differences to today, with three kinds of not-knowing kept apart.

* the interval: spread over scenarios of the replicate-averaged difference (what we do not know);
* the Monte Carlo error: how far that average is off because replicates are few (what we did not compute);
* a year's luck: spread of one simulated year about its average (what nobody can know).
"""

import warnings
from dataclasses import dataclass

import numpy as np

from remit.design.design import TODAY
from remit.ensemble.results import Results
from remit.kernel.layout import Floats
from remit.simulate.outcomes import find_outcome

LOW, HIGH = 5.0, 95.0
LEAST_SCENARIOS = 12  # fewer cannot show what nine in ten do


@dataclass(frozen=True)
class Compared:
    """One outcome of one design in one group."""

    design: str
    outcome: str
    group: tuple[str, str]
    value: float
    value_low: float
    value_high: float
    difference: float
    low: float
    high: float
    monte_carlo_error: float
    year_luck: float
    share_higher: float  # of scenarios, the difference above zero
    share_lower: float  # of scenarios, the difference below zero
    n_scenarios: int

    @property
    def is_settled(self) -> bool:
        """Whether nine scenarios in ten agree on the sign, zero left out, and there are enough to say so."""
        return self.n_scenarios >= LEAST_SCENARIOS and (self.low > 0.0 or self.high < 0.0)

    @property
    def is_same(self) -> bool:
        """Whether no scenario differs at all."""
        return self.difference == 0.0 and self.low == 0.0 == self.high

    @property
    def is_computed_enough(self) -> bool:
        """Whether more replicates would hardly move the difference; not so where the error is not known."""
        return self.difference == 0.0 or self.monte_carlo_error < 0.5 * abs(self.difference)


def compare(
    results: Results, design: str, outcome: str, group: tuple[str, str] = ("all", ""), base: str = TODAY
) -> Compared:
    """Return one outcome of one design beside another's (today's), over the scenarios that both finished."""
    ours = results.of(design, outcome, group)
    spec = find_outcome(outcome)
    told = spec.difference_of if spec is not None and spec.difference_of else outcome
    difference = results.of(design, told, group) - results.of(base, told, group)
    by_scenario, diff_by_scenario = _mean(ours), _mean(difference)
    return Compared(
        design=design,
        outcome=outcome,
        group=group,
        value=_overall(by_scenario),
        value_low=_centile(by_scenario, LOW),
        value_high=_centile(by_scenario, HIGH),
        difference=_overall(diff_by_scenario),
        low=_centile(diff_by_scenario, LOW),
        high=_centile(diff_by_scenario, HIGH),
        monte_carlo_error=monte_carlo_error(difference),
        year_luck=_within(ours),
        share_higher=_share(diff_by_scenario > 0.0, diff_by_scenario),
        share_lower=_share(diff_by_scenario < 0.0, diff_by_scenario),
        n_scenarios=int(np.isfinite(diff_by_scenario).sum()),
    )


def monte_carlo_error(difference: Floats) -> float:
    """Return the standard error, from replicates alone, of the mean over scenarios; NaN with one replicate.

    Args:
        difference: ``(scenarios, replicates)``, NaN where a run is missing.

    >>> monte_carlo_error(np.array([[1.0, 3.0], [2.0, 2.0]]))
    0.5
    """
    counts = np.isfinite(difference).sum(axis=1)
    used = counts >= 2
    if not used.any():
        return float("nan")
    variance = np.nanvar(difference[used], axis=1, ddof=1) / counts[used]
    return float(np.sqrt(variance.sum()) / used.sum())


def _mean(values: Floats) -> Floats:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a scenario without any run stays NaN
        mean: Floats = np.nanmean(values, axis=1)
        return mean


def _overall(values: Floats) -> float:
    return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")


def _centile(values: Floats, q: float) -> float:
    finite = values[np.isfinite(values)]
    return float(np.percentile(finite, q)) if len(finite) else float("nan")


def _within(values: Floats) -> float:
    counts = np.isfinite(values).sum(axis=1)
    used = counts >= 2
    if not used.any():
        return float("nan")
    return float(np.sqrt(np.mean(np.nanvar(values[used], axis=1, ddof=1))))


def _share(told: np.ndarray, values: Floats) -> float:
    finite = np.isfinite(values)
    return float(told[finite].mean()) if finite.any() else float("nan")
