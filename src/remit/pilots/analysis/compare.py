"""One comparison: rows of two arms, or of a roll-out, handed to the estimator that the protocol names."""

from dataclasses import dataclass

import numpy as np

from remit.pilots.analysis.blocks import blocked_difference
from remit.pilots.analysis.clusters import cluster_t, gather
from remit.pilots.analysis.counts import shares_of, two_rates
from remit.pilots.analysis.estimate import NAN, Bools, Estimate, Floats, Ints
from remit.pilots.analysis.means import difference_in_means
from remit.pilots.analysis.staggered import cohorts_of, staggered, staggered_chance
from remit.pilots.analysis.wedge import Correlation, Wedge, wedge_gls

SCALE_OF = {"means": "mean", "log_odds": "odds", "log_rates": "rate"}


@dataclass(frozen=True)
class Rows:
    """People of two arms, none without the outcome."""

    outcome: Floats
    time: Floats  # at risk; 1 where nothing is said
    treated: Bools
    unit: Ints  # what was allocated
    strata: Ints
    covariates: Floats  # (people, covariates)
    lots: Floats | None = None  # (draws, units in order of number) of a constrained draw: 1 where new


def compare_arms(name: str, rows: Rows, n_draws: int, seed: int) -> Estimate:
    """Return the new way against the old by the estimator called ``name``."""
    if name == "difference_in_means":
        covariates = rows.covariates if rows.covariates.shape[1] else None
        return difference_in_means(rows.outcome, rows.treated, covariates, rows.strata, n_draws, seed)
    if name == "two_shares":
        return shares_of(rows.outcome > 0.5, rows.treated, rows.strata, "difference", n_draws, seed)
    if name == "two_rates":
        on = rows.treated
        events = (round(float(rows.outcome[on].sum())), round(float(rows.outcome[~on].sum())))
        return two_rates(events, (float(rows.time[on].sum()), float(rows.time[~on].sum())))
    kind, _, rest = name.partition("_")
    weighted = rest.endswith("_weighted")
    scale = SCALE_OF[rest.removesuffix("_weighted")]
    data = gather(rows.outcome, rows.unit, rows.treated, rows.strata, rows.time)
    if kind == "blocked":
        return blocked_difference(data, scale, n_draws, seed, weighted=weighted)
    return cluster_t(data, scale, n_draws, seed, weighted=weighted, lots=rows.lots)


@dataclass(frozen=True)
class Panel:
    """Outcomes of units by period, none without an outcome, and when each unit starts."""

    outcome: Floats
    unit: Ints  # from 0, without gaps
    period: Ints  # from 0, without gaps
    start: Ints  # (units,) first period in the new way; number of periods for never
    strata: Ints  # (units,)
    n_periods: int
    transition: int = 0  # periods from the start on that count to neither way

    def table(self) -> tuple[Floats, Floats]:
        """Return (units, periods) of means, NaN where nothing was seen, and of how many stand behind each."""
        shape = (len(self.start), self.n_periods)
        cell = self.unit * self.n_periods + self.period
        n = np.bincount(cell, minlength=shape[0] * shape[1]).astype(float)
        total = np.bincount(cell, self.outcome, shape[0] * shape[1])
        means = np.divide(total, n, out=np.full(len(n), NAN), where=n > 0.0)
        return means.reshape(shape), n.reshape(shape)


def compare_periods(
    name: str, panel: Panel, correlation: Correlation, n_draws: int, seed: int
) -> tuple[Estimate, int]:
    """Return the effect of a roll-out, and how many units are left out for gaps or for starting alone."""
    means, sizes = panel.table()
    if name == "wedge_gls":
        data = Wedge(means, sizes, panel.start, panel.strata, panel.transition)
        return wedge_gls(data, correlation, n_draws, seed), 0
    question = name.removeprefix("staggered_")
    whole = np.isfinite(means).all(axis=1)
    cohorts, alone = cohorts_of(means[whole], panel.start[whole])
    found = staggered(cohorts, question)
    if n_draws > 0 and len(cohorts.start) > 1:
        found = staggered_chance(found, means[whole], panel.start[whole], question, n_draws, seed)
    return found, int((~whole).sum()) + alone
