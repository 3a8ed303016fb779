"""Stepped wedge: every cluster starts in the old way and crosses to the new one at a date that was drawn.

Each period has its own level, so that a drift over time is not taken for an effect. Cluster means by period are
weighted by how they hang together: the share of spread between clusters (ICC), how much of it lasts from one
period to another (CAC), and for the same people seen again how much of theirs lasts (IAC). These three are given
by the protocol, not fitted: with few clusters a fitted one is mostly noise. The interval takes their pattern for
right and its size from the data; the randomisation p-value does not need it to be right.
"""

from dataclasses import dataclass

import numpy as np

from remit.pilots.analysis.chance import N_DRAWS, randomised
from remit.pilots.analysis.estimate import NAN, Bools, Estimate, Floats, Ints, estimate


@dataclass(frozen=True)
class Correlation:
    """How people's outcomes hang together; ``cac`` 1 means a cluster's level never changes."""

    icc: float
    cac: float = 1.0
    iac: float = 0.0


@dataclass(frozen=True)
class Wedge:
    """Cluster means by period, and when each cluster crosses."""

    means: Floats  # (clusters, periods); NaN where nothing was observed
    sizes: Floats  # (clusters, periods) people behind each mean
    start: Ints  # (clusters,) first period in the new way, from 0; number of periods where it never comes
    strata: Ints  # (clusters,) within which dates were drawn
    transition: int = 0  # periods from the start on that count to neither way


def wedge_gls(data: Wedge, correlation: Correlation, n_draws: int = N_DRAWS, seed: int = 1) -> Estimate:
    """Return the effect that is the same in every period after crossing; degrees of freedom clusters less 2.

    Args:
        data: the cluster means.
        correlation: as the protocol gives it.
        n_draws: roll-outs drawn anew behind the p-value; 0 for none.
        seed: of those draws.
    """
    clusters, periods = data.means.shape
    y, core = data.means, core_of(data, correlation)
    x, is_used = exposure(data.start[None, :].astype(float), periods, data.transition)
    value, z_scale = _solve(x[0], is_used[0], y, core)
    used = is_used[0] & np.isfinite(y)
    n_cells = int(used.sum())
    rest = n_cells - len(np.unique(np.nonzero(used)[1])) - 1
    se = NAN
    if rest > 0 and clusters > 2 and np.isfinite(z_scale):
        se = np.sqrt(_residual(value, x[0], used, y, core) / rest) / z_scale
    found = estimate(
        "generalised least squares, period levels free",
        "difference in means",
        value,
        float(se),
        clusters - 2.0,
        n=round(float(np.where(used, data.sizes, 0.0).sum())),
        n_clusters=clusters,
        assumed=(
            "The effect is the same from the first period in the new way to the last.",
            f"Correlations as given: ICC {correlation.icc:g}, CAC {correlation.cac:g}, IAC {correlation.iac:g}.",
        ),
    )
    if n_draws == 0:
        return found

    def statistic(draws: Floats) -> Floats:
        return _scores(draws, data, core)

    return randomised(found, data.start, data.strata, statistic, n_draws, seed)


def exposure(starts: Floats, periods: int, transition: int = 0) -> tuple[Floats, Bools]:
    """Return (draws, clusters, periods) of the new way, and of what counts at all.

    >>> exposure(np.array([[1.0, 2.0]]), 3)[0][0].tolist()
    [[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]
    """
    since = np.arange(periods) - starts[:, :, None]
    return (since >= 0).astype(float), (since < 0) | (since >= transition)


def covariance(sizes: Floats, correlation: Correlation) -> Floats:
    """Return the covariance of one cluster's means by period, where one person's variance is 1.

    >>> covariance(np.array([10.0, 10.0]), Correlation(0.1, 0.5)).round(3).tolist()
    [[0.19, 0.05], [0.05, 0.19]]
    """
    icc, cac, iac = correlation.icc, correlation.cac, correlation.iac
    t = len(sizes)
    between = icc * (cac * np.ones((t, t)) + (1.0 - cac) * np.eye(t))
    size = np.maximum(sizes, 1.0)
    same = np.sqrt(np.outer(size, size))
    within = (1.0 - icc) * (iac * np.ones((t, t)) + (1.0 - iac) * np.eye(t)) / same
    found: Floats = between + within
    return found


def core_of(data: Wedge, correlation: Correlation) -> Floats:
    """Return (clusters, periods, periods): each cluster's inverse covariance, nought where nothing was seen."""
    clusters, periods = data.means.shape
    core = np.zeros((clusters, periods, periods))
    for c in range(clusters):
        seen = np.flatnonzero(np.isfinite(data.means[c]))
        if len(seen):
            core[c][np.ix_(seen, seen)] = np.linalg.inv(covariance(data.sizes[c, seen], correlation))
    return core


def _core_used(is_used: Bools, core: Floats, y: Floats) -> Floats:
    """Return the inverse covariances with cells in transition taken out."""
    if is_used.all():
        return core
    found = np.zeros_like(core)
    for c in range(len(core)):
        seen = np.flatnonzero(np.isfinite(y[c]))
        kept = np.flatnonzero(is_used[c] & np.isfinite(y[c]))
        if len(kept):
            whole = np.linalg.inv(core[c][np.ix_(seen, seen)])
            at = np.searchsorted(seen, kept)
            found[c][np.ix_(kept, kept)] = np.linalg.inv(whole[np.ix_(at, at)])
    return found


def _solve(x: Floats, is_used: Bools, y: Floats, core: Floats) -> tuple[float, float]:
    """Return the estimate, and the square root of what is known of it."""
    inner = _core_used(is_used, core, y)
    level = inner.sum(axis=0)
    z = np.nan_to_num(y)
    by_period = np.einsum("cst,ct->s", inner, x)
    y_period = np.einsum("cst,ct->s", inner, z)
    solve = np.linalg.pinv(level)
    known = np.einsum("cs,cst,ct->", x, inner, x) - by_period @ solve @ by_period
    told = np.einsum("cs,cst,ct->", x, inner, z) - by_period @ solve @ y_period
    if known < 1e-9:
        return NAN, NAN
    return float(told / known), float(np.sqrt(known))


def _residual(value: float, x: Floats, used: Bools, y: Floats, core: Floats) -> float:
    """Return the weighted sum of squares that effect and periods leave."""
    inner = _core_used(used, core, y)
    rest = np.nan_to_num(y) - value * x
    level = np.linalg.pinv(inner.sum(axis=0)) @ np.einsum("cst,ct->s", inner, rest)
    left = np.where(used, rest - level, 0.0)
    return float(np.einsum("cs,cst,ct->", left, inner, left))


def _scores(starts: Floats, data: Wedge, core: Floats) -> Floats:
    """Return the estimate over its standard error, in one unit of noise, for each draw of the roll-out."""
    periods = data.means.shape[1]
    x, is_used = exposure(starts, periods, data.transition)
    if not is_used.all():
        pairs = [_solve(a, b, data.means, core) for a, b in zip(x, is_used, strict=True)]
        return np.array([v * s for v, s in pairs])
    z = np.nan_to_num(data.means)
    solve = np.linalg.pinv(core.sum(axis=0))
    by_period = np.einsum("cst,dct->ds", core, x, optimize=True)
    y_period = np.einsum("cst,ct->s", core, z)
    cx = np.einsum("cst,dct->dcs", core, x, optimize=True)
    known = (cx * x).sum(axis=(1, 2)) - np.einsum("ds,st,dt->d", by_period, solve, by_period)
    told = (cx * z).sum(axis=(1, 2)) - by_period @ solve @ y_period
    found: Floats = told / np.sqrt(np.maximum(known, 1e-12))
    return found
