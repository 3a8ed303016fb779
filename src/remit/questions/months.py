"""A way from today month by month: how much worse or better, in how many futures, the dip and the recovery."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from remit.design.design import TODAY
from remit.ensemble.results import Results
from remit.kernel.layout import Floats
from remit.simulate.outcome import Outcome
from remit.simulate.response_outcomes import RESPONSE

LOW, HIGH = 5.0, 95.0
MONTHS_A_YEAR = 12.0


@dataclass(frozen=True)
class MonthRow:
    """One outcome of one arm against today in one month, over futures."""

    month: int  # from 0
    value: float
    today: float
    difference: float
    low: float
    high: float
    share_worse: float  # of futures in which the arm is worse than today, ties not counted
    monte_carlo_error: float


@dataclass(frozen=True)
class Dip:
    """The worst month on the way, and when what was lost is made good."""

    month: int  # with the worst average difference
    difference: float
    low: float
    high: float
    share_worse: float
    recovered: (
        int | None
    )  # first month from which the average is never worse than today again; None if not seen
    made_good: (
        int | None
    )  # first month at whose end the sum of differences is not below nothing; None if not seen
    is_computed_enough: bool  # more than the worst of so many months would be by computing error alone


def by_month(results: Results, arm: str, outcome: str, months: int) -> list[MonthRow]:
    """Return an outcome of an arm beside today's in each month; counts are told as a rate a year.

    Args:
        results: finished runs of today and the arm over the same months.
        arm: whose outcome.
        outcome: one that is counted by month.
        months: how many there are.
    """
    spec = RESPONSE.by_id[outcome]
    column = spec.difference_of or outcome
    scale = months if _is_rate(spec) else 1.0  # a month's count over the years of the whole run
    rows = []
    for month in range(months):
        group = ("month", str(month + 1))
        ours = scale * results.of(arm, column, group)
        todays = scale * results.of(TODAY, column, group)
        apart = _mean(ours - todays)
        rows.append(_row(month, ours, todays, apart, ours - todays, spec))
    return rows


def _is_rate(outcome: Outcome) -> bool:
    return outcome.unit.endswith("a year")


def _row(month: int, ours: Floats, todays: Floats, apart: Floats, pairs: Floats, spec: Outcome) -> MonthRow:
    finite = apart[np.isfinite(apart)]
    if not len(finite):
        nan = float("nan")
        return MonthRow(month, nan, nan, nan, nan, nan, nan, nan)
    worse = finite < 0.0 if spec.better == "up" else finite > 0.0
    counts = np.isfinite(pairs).sum(axis=1)
    spread = np.nanvar(pairs[counts > 1], axis=1, ddof=1) if (counts > 1).any() else np.array([np.nan])
    error = float(np.sqrt(np.nansum(spread / counts[counts > 1].clip(1)) if (counts > 1).any() else np.nan))
    return MonthRow(
        month,
        float(np.nanmean(ours)),
        float(np.nanmean(todays)),
        float(finite.mean()),
        float(np.percentile(finite, LOW)),
        float(np.percentile(finite, HIGH)),
        float(worse.mean()),
        error / max(1, int((counts > 1).sum())),
    )


def _mean(values: Floats) -> Floats:
    counts = np.isfinite(values).sum(axis=1)
    sums = np.nansum(values, axis=1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def dip_of(rows: Sequence[MonthRow], outcome: str) -> Dip | None:
    """Return the worst month of an arm, or None if no month is worse than today on average."""
    sign = 1.0 if RESPONSE.by_id[outcome].better == "up" else -1.0
    told = [r for r in rows if r.difference == r.difference]
    worst = min(told, key=lambda r: (sign * r.difference, r.month), default=None)
    if worst is None or sign * worst.difference >= 0.0:
        return None
    after = [r for r in told if r.month > worst.month]
    recovered = next(
        (r.month for i, r in enumerate(after) if all(sign * x.difference >= 0.0 for x in after[i:])), None
    )
    total, made_good = 0.0, None
    for row in told:
        total += sign * row.difference
        if row.month > worst.month and total >= 0.0:
            made_good = row.month
            break
    return Dip(
        worst.month,
        worst.difference,
        worst.low,
        worst.high,
        worst.share_worse,
        recovered,
        made_good,
        abs(worst.difference) > _beyond_chance(len(told)) * worst.monte_carlo_error,
    )


def _beyond_chance(n_months: int) -> float:
    """Return how many computing errors the worst of so many months must exceed to be more than the worst of noise."""
    return NormalDist().inv_cdf(1.0 - 0.025 / n_months)
