"""Staggered roll-out at random dates: each group that starts is compared with those that have not started yet.

The estimator is that of Roth and Sant'Anna (2023). What the groups showed just before they started tells how much
of a difference was there by luck; it is taken off with the weight ``beta`` that leaves least noise (0 takes nothing
off, 1 is the difference in differences of Callaway and Sant'Anna against those not yet started). Three questions:

    simple    the mean over all people and periods in the new way
    cohort    the mean over groups of each group's mean over its periods
    calendar  the mean over periods of each period's mean over groups
"""

from dataclasses import dataclass

import numpy as np

from remit.pilots.analysis.chance import randomised
from remit.pilots.analysis.estimate import NAN, Estimate, Floats, Ints, estimate

QUESTIONS = ("simple", "cohort", "calendar")
LEAST_IN_COHORT = 2


@dataclass(frozen=True)
class Cohorts:
    """What is needed of a panel: sizes, means and covariances of those who start together."""

    start: (
        Ints  # (cohorts,) first period in the new way, counted from 0; number of periods where it never comes
    )
    size: Floats  # (cohorts,)
    means: Floats  # (cohorts, periods)
    spread: Floats  # (cohorts, periods, periods)


def cohorts_of(panel: Floats, start: Ints) -> tuple[Cohorts, int]:
    """Return the cohorts of a panel, and how many people are left out since nobody started with them.

    Args:
        panel: (people, periods) without gaps.
        start: (people,) first period in the new way, counted from 0.
    """
    found, left_out = [], 0
    for when in np.unique(start):
        rows = panel[start == when]
        if len(rows) < LEAST_IN_COHORT or when <= 0:
            left_out += len(rows)
            continue
        found.append((when, len(rows), rows.mean(axis=0), np.cov(rows, rowvar=False)))
    periods = panel.shape[1]
    return (
        Cohorts(
            np.array([f[0] for f in found], np.int64),
            np.array([f[1] for f in found], float),
            np.array([f[2] for f in found]).reshape(-1, periods),
            np.array([np.atleast_2d(f[3]) for f in found]).reshape(-1, periods, periods),
        ),
        left_out,
    )


def staggered(data: Cohorts, question: str = "simple", beta: float | None = None) -> Estimate:
    """Return the effect of a roll-out at random dates.

    Args:
        data: the cohorts; their dates must have been drawn at random.
        question: simple, cohort or calendar.
        beta: weight of the difference before the start; None for the one that leaves least noise.

    Raises:
        ValueError: if the question is not one of the three.
    """
    if question not in QUESTIONS:
        raise ValueError(f"{question}: one of {', '.join(QUESTIONS)}")
    n = int(data.size.sum())
    name = "staggered roll-out, " + ("least noise" if beta is None else f"beta {beta:g}")
    assumed = [
        "The dates were drawn at random.",
        "Nobody changes before their date because it is coming.",
        f"Question: {question}; compared with those who had not started yet.",
    ]
    if len(data.start) < 2:
        return estimate(name, "difference in means", NAN, NAN, np.inf, n=n, assumed=tuple(assumed))
    after, before = contrasts(data, question)
    weight = _least_noise(data, after, before) if beta is None else beta
    assumed.append(f"The difference before the start is taken off with the weight {weight:.3f}.")
    value = float(((after - weight * before) * data.means).sum())
    se = _standard_error(data, after, before, weight)
    return estimate(
        name,
        "difference in means",
        value,
        se,
        np.inf,
        n=n,
        n_clusters=len(data.start),
        assumed=tuple(assumed),
    )


def cells(data: Cohorts, question: str) -> dict[tuple[int, int], float]:
    """Return the weight of each cohort and period in the new way that still has somebody to compare with."""
    last = int(data.start.max())
    open_cells = [(k, t) for k, s in enumerate(data.start) for t in range(int(s), last) if s < last]
    size = data.size
    if question == "simple":
        total = sum(size[k] for k, _ in open_cells)
        return {(k, t): float(size[k] / total) for k, t in open_cells}
    if question == "cohort":
        total = sum(size[k] for k in {k for k, _ in open_cells})
        return {(k, t): float(size[k] / total / (last - data.start[k])) for k, t in open_cells}
    when = {t for _, t in open_cells}
    here = {t: sum(size[k] for k, s in open_cells if s == t) for t in when}
    return {(k, t): float(size[k] / here[t] / len(when)) for k, t in open_cells}


def contrasts(data: Cohorts, question: str) -> tuple[Floats, Floats]:
    """Return what each cohort's mean in each period counts for the effect, and for the difference before it."""
    after = np.zeros_like(data.means)
    before = np.zeros_like(data.means)
    for (k, t), weight in cells(data, question).items():
        waiting = data.size * (data.start > t)
        others = weight * waiting / waiting.sum()
        after[k, t] += weight
        after[:, t] -= others
        ahead = int(data.start[k]) - 1
        before[k, ahead] += weight
        before[:, ahead] -= others
    return after, before


def _least_noise(data: Cohorts, after: Floats, before: Floats) -> float:
    noise = np.einsum("kt,kts,ks,k->", before, data.spread, before, 1.0 / data.size, optimize=True)
    both = np.einsum("kt,kts,ks,k->", before, data.spread, after, 1.0 / data.size, optimize=True)
    return float(both / noise) if noise > 0.0 else 0.0


def _standard_error(data: Cohorts, after: Floats, before: Floats, weight: float) -> float:
    """Return Neyman's standard error, less what periods before any start show to be too careful in it."""
    used = after - weight * before
    variance = float(np.einsum("kt,kts,ks,k->", used, data.spread, used, 1.0 / data.size, optimize=True))
    first = int(data.start.min())
    early = data.spread[:, :first, :first]
    slope = np.zeros(first)
    for k in range(len(data.start)):
        slope += np.linalg.pinv(early[k]) @ (data.spread[k, :first, :] @ after[k])
    less = float(slope @ early.mean(axis=0) @ slope) / float(data.size.sum())
    return float(np.sqrt(max(variance - less, 0.0)))


def staggered_chance(
    found: Estimate, panel: Floats, start: Ints, question: str, n_draws: int = 999, seed: int = 1
) -> Estimate:
    """Return an estimate with the p-value of dealing the same dates out anew.

    The statistic takes the difference before the start off with a weight that no draw changes: the one that leaves
    least noise if nobody is affected. It is therefore near the estimate, not the estimate itself.

    Args:
        found: the estimate.
        panel: (people, periods)
        start: (people,)
        question: simple, cohort or calendar.
        n_draws: roll-outs drawn anew.
        seed: of those draws.
    """
    data, _ = cohorts_of(panel, start)
    kept = np.isin(start, data.start)
    rows = panel[kept]
    after, before = contrasts(data, question)
    pooled = np.cov(rows, rowvar=False)
    noise = np.einsum("kt,ts,ks,k->", before, pooled, before, 1.0 / data.size, optimize=True)
    both = np.einsum("kt,ts,ks,k->", before, pooled, after, 1.0 / data.size, optimize=True)
    weight = float(both / noise) if noise > 0.0 else 0.0
    parts = rows @ ((after - weight * before) / data.size[:, None]).T  # what each person adds in each cohort
    cohort = np.searchsorted(data.start, start[kept])
    rank = np.arange(len(rows))

    def statistic(draws: Floats) -> Floats:
        summed: Floats = parts[rank, draws.astype(np.int64)].sum(axis=1)
        return summed

    return randomised(found, cohort, np.zeros(len(rows), np.int64), statistic, n_draws, seed)
