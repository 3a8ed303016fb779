"""Wedge: the precision of a stepped wedge by generalised least squares, block by block.

The mean of a cluster in a period is the period's level, the effect where the change is in, and what cluster, cluster
and period, persons and luck add. Clusters are independent, so that the information X'V⁻¹X is a sum of small blocks,
one for each kind of cluster (Hussey and Hughes 2007; Hooper et al. 2016; Li 2020 for decay; Kasza et al. 2020 for
open cohorts; Kenny et al. 2022 for effects that grow). Cells that are not measured are NaN and take no part.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from remit.pilots.power.chances import Precision

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """Standard deviations of what makes one measurement differ from the next, and how they hang together."""

    residual: float  # within a person, or between persons where each is measured once
    cluster: float = 0.0
    period: float = 0.0  # of a cluster from one period to another
    person: float = 0.0  # between persons, where the same are measured again
    effect: float = 0.0  # of the effect between clusters
    with_effect: float = 0.0  # correlation of a cluster's level with its effect
    churn: float = 0.0  # share of the persons of one period who are others in another
    decay: float = 1.0  # what each further period keeps of the likeness of clusters and persons


def spread_of(
    total: float, icc: float, cac: float = 1.0, iac: float = 0.0, churn: float = 0.0, decay: float = 1.0
) -> Spread:
    """Return the parts of a total standard deviation.

    ``icc`` is the share between clusters, ``cac`` the part of it that lasts from period to period, ``iac`` the part
    of the rest that lasts in a person.

    >>> spread_of(1.0, 0.05, 0.8).cluster ** 2
    0.04...
    """
    between, within = icc * total * total, (1.0 - icc) * total * total
    return Spread(
        residual=math.sqrt((1.0 - iac) * within),
        cluster=math.sqrt(cac * between),
        period=math.sqrt((1.0 - cac) * between),
        person=math.sqrt(iac * within),
        churn=churn,
        decay=decay,
    )


def staircase(steps: int, extra: int = 0) -> Floats:
    """Return the plan of steps that begin one period after another: 0 not yet, 1 in it.

    >>> staircase(2).tolist()
    [[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]
    """
    return np.triu(np.ones((steps, steps + 1 + extra)), 1)


def plan_of(pattern: tuple[str, ...]) -> Floats:
    """Return the plan written in signs: 0 not yet, 1 in it, t in between (not used), . not measured.

    >>> plan_of(("0t1",)).tolist()
    [[0.0, nan, 1.0]]
    """
    return np.array([[{"0": 0.0, "1": 1.0}.get(sign, math.nan) for sign in row] for row in pattern])


def covariance(plan: Floats, sizes: Floats, spread: Spread) -> Floats:
    """Return the covariance of the period means of each cluster: (clusters, periods, periods).

    Where sizes differ between periods, as many persons as the smaller period has are in both.
    """
    n_periods = plan.shape[1]
    gap = np.abs(np.subtract.outer(np.arange(n_periods), np.arange(n_periods)))
    kept = spread.decay**gap
    same = np.eye(n_periods)
    shared = np.where(gap == 0, 1.0, 1.0 - spread.churn) / np.maximum(sizes[:, :, None], sizes[:, None, :])
    in_it = np.nan_to_num(plan) > 0.0
    both = in_it[:, :, None] & in_it[:, None, :]
    either = in_it[:, :, None].astype(float) + in_it[:, None, :]
    found = kept * (spread.cluster**2 + spread.person**2 * shared) + same * spread.period**2
    found = found + same * (spread.residual**2 / sizes)[:, :, None]
    found = found + spread.effect**2 * both
    joint: Floats = found + spread.with_effect * spread.cluster * spread.effect * either
    return joint


def effect_columns(plan: Floats, *, by_exposure: bool = False) -> Floats:
    """Return what is estimated: (clusters, periods, effects).

    One effect for each level of the plan above 0 (those in between are levels of their own), or one for each
    period since the change came.
    """
    plan = np.nan_to_num(plan)
    if by_exposure:
        since = np.cumsum(plan > 0.0, axis=1) * (plan > 0.0)
        return np.stack([since == k for k in range(1, int(since.max()) + 1)], axis=2).astype(float)
    levels = [level for level in np.unique(plan) if level > 0.0]
    if all(level <= 1.0 for level in levels):  # a part of the effect, not another effect
        return plan[:, :, None]
    return np.stack([plan == level for level in levels], axis=2).astype(float)


def information(plan: Floats, sizes: Floats, spread: Spread, columns: Floats, weights: Floats) -> Floats:
    """Return X'V⁻¹X, each cluster counted ``weights`` times; the effects come first, then the periods."""
    n_clusters, n_periods = plan.shape
    periods = np.broadcast_to(np.eye(n_periods), (n_clusters, n_periods, n_periods))
    x = np.concatenate([columns, periods], axis=2)
    v = covariance(plan, sizes, spread)
    unseen = np.isnan(plan)
    if unseen.any():
        x = np.where(unseen[:, :, None], 0.0, x)
        off = unseen[:, :, None] | unseen[:, None, :]
        v = np.where(off, np.eye(n_periods), v)
    solved = np.linalg.solve(v, x)
    found: Floats = np.matmul((x * weights[:, None, None]).transpose(0, 2, 1), solved).sum(axis=0)
    return found


def effect_variance(found: Floats, n_effects: int) -> Floats:
    """Return the covariance of the effects; infinite where the plan cannot tell them from the periods."""
    seen = np.flatnonzero(np.diag(found) > 0.0)
    try:
        inverse = np.linalg.inv(found[np.ix_(seen, seen)])
    except np.linalg.LinAlgError:
        return np.full((n_effects, n_effects), math.inf)
    if len(seen) < n_effects or np.any(seen[:n_effects] != np.arange(n_effects)):
        return np.full((n_effects, n_effects), math.inf)
    if np.linalg.cond(found[np.ix_(seen, seen)]) > 1e13:
        return np.full((n_effects, n_effects), math.inf)
    return np.asarray(inverse[:n_effects, :n_effects])


def wedge(
    plan: Floats,
    per_step: Floats,
    sizes: Floats | float,
    spread: Spread,
    *,
    by_exposure: bool = False,
    df: float = math.inf,
) -> list[Precision]:
    """Return the precision of each effect of the plan, or by exposure of their even average.

    Args:
        plan: a row for each kind of cluster, a column for each period.
        per_step: how many clusters of each kind.
        sizes: people measured in a cluster in a period: one number, or (kinds,), or (kinds, periods).
        spread: what makes measurements differ.
        by_exposure: let the effect change with each period since the change came.
        df: degrees of freedom to test with.
    """
    each = np.asarray(sizes, dtype=float)
    each = np.broadcast_to(each[:, None] if each.ndim == 1 else each, plan.shape)
    columns = effect_columns(plan, by_exposure=by_exposure)
    n_effects = columns.shape[2]
    found = information(plan, each, spread, columns, np.asarray(per_step, dtype=float))
    variance = effect_variance(found, n_effects)
    if by_exposure:
        weights = np.full(n_effects, 1.0 / n_effects)
        return [Precision(math.sqrt(float(weights @ variance @ weights)), df)]
    return [Precision(math.sqrt(float(variance[i, i])), df) for i in range(n_effects)]


def woertman_effect(steps: int, size: float, before: int, per_step: int, icc: float) -> float:
    """Return Woertman's design effect (2013) against people allocated one by one in one period.

    >>> round(woertman_effect(4, 20, 1, 1, 0.05), 4)
    0.5724
    """
    k, b, t = steps, before, per_step
    upper = 1.0 + icc * (k * t * size + b * size - 1.0)
    lower = 1.0 + icc * (k * t * size / 2.0 + b * size - 1.0)
    return upper / lower * 3.0 * (1.0 - icc) / (2.0 * t * (k - 1.0 / k))


def hooper_effect(steps: int, size: float, icc: float, of_cluster: float, of_person: float) -> float:
    """Return Hooper's design effect (2016): that of clusters times that of repeated measurement."""
    r = (size * icc * of_cluster + (1.0 - icc) * of_person) / (1.0 + (size - 1.0) * icc)
    repeated = 3.0 * steps * (1.0 - r) * (1.0 + steps * r) / ((steps * steps - 1.0) * (2.0 + steps * r))
    return (1.0 + (size - 1.0) * icc) * repeated
