"""Pooling: what several trials of the same thing say together, and what a new place should expect.

The spread between places (tau squared) is estimated by DerSimonian and Laird, by Paule and Mandel, or by
restricted likelihood (REML). The interval of the mean is Hartung and Knapp's, which does not pretend to know that
spread. The prediction interval is what a new place should expect: it is always the wider, and often the one that
matters. How it is reckoned is told: by Student's t with trials less two (Higgins), or by the normal curve.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
WAYS = ("REML", "PM", "DL")
LEAST_TO_PREDICT = 3
MOST_STEPS = 500
NAN = math.nan


@dataclass(frozen=True)
class Pooled:
    """What trials say together, on the scale they were given in."""

    way: str  # REML, PM or DL
    mean: float
    se: float  # Wald's
    se_hk: float  # Hartung and Knapp's, as they have it: may be below Wald's where trials agree
    low: float  # of the mean
    high: float
    predict_low: float  # of the true effect in a new place
    predict_high: float
    tau2: float  # variance of true effects between places
    i2: float  # share of the spread that is not chance
    q: float  # Cochran's
    p_q: float
    n: int
    weights: tuple[float, ...]  # each trial's share of the mean


def pool(
    effects: Floats,
    ses: Floats,
    way: str = "REML",
    level: float = 0.95,
    *,
    knapp_hartung: bool = True,
    predict_by_t: bool = True,
) -> Pooled:
    """Return what trials say together.

    Args:
        effects: one per trial, on a scale where they can be averaged (logs of ratios).
        ses: their standard errors.
        way: REML, PM or DL.
        level: of both intervals.
        knapp_hartung: the interval of the mean by Student's t; else by the normal curve.
        predict_by_t: the prediction interval by Student's t with trials less 2; else by the normal curve.

    Raises:
        ValueError: if the numbers do not fit together.
    """
    y, v = np.asarray(effects, float), np.asarray(ses, float) ** 2
    if way not in WAYS:
        raise ValueError(f"{way}: one of {', '.join(WAYS)}")
    if (
        len(y) != len(v)
        or not len(y)
        or not (np.isfinite(y).all() and np.isfinite(v).all() and (v > 0.0).all())
    ):
        raise ValueError("every trial needs an effect and a standard error above 0")
    tau2 = {"DL": _dersimonian_laird, "PM": _paule_mandel, "REML": _reml}[way](y, v)
    w = 1.0 / (v + tau2)
    mean, se = float((w * y).sum() / w.sum()), float(1.0 / math.sqrt(w.sum()))
    k = len(y)
    se_hk = se
    if k > 1:
        se_hk = math.sqrt(float((w * (y - mean) ** 2).sum()) / (k - 1) / float(w.sum()))
    low, high = _interval(mean, se, se_hk, k, level, knapp_hartung=knapp_hartung)
    near, far = _prediction(mean, tau2, se, k, level, by_t=predict_by_t)
    q = _q(0.0, y, v)
    i2 = _share_not_chance(tau2, v)
    weights = tuple((w / w.sum()).tolist())
    return Pooled(way, mean, se, se_hk, low, high, near, far, tau2, i2, q, _tail_chi2(q, k - 1), k, weights)


def _interval(
    mean: float, se: float, se_hk: float, k: int, level: float, *, knapp_hartung: bool
) -> tuple[float, float]:
    """Return the interval of the mean; with one trial Wald's, since nothing is known of the spread."""
    from scipy import stats

    q = 0.5 + level / 2.0
    by_t = knapp_hartung and k > 1
    reach = float(stats.t.ppf(q, k - 1)) * se_hk if by_t else float(stats.norm.ppf(q)) * se
    return mean - reach, mean + reach


def _prediction(
    mean: float, tau2: float, se: float, k: int, level: float, *, by_t: bool
) -> tuple[float, float]:
    """Return the interval of the true effect in a new place; NaN with fewer than three trials."""
    from scipy import stats

    if k < LEAST_TO_PREDICT:
        return NAN, NAN
    q = 0.5 + level / 2.0
    times = float(stats.t.ppf(q, k - 2) if by_t else stats.norm.ppf(q))
    reach = times * math.sqrt(tau2 + se * se)
    return mean - reach, mean + reach


def _q(tau2: float, y: Floats, v: Floats) -> float:
    """Return the weighted sum of squares about the mean."""
    w = 1.0 / (v + tau2)
    mean = (w * y).sum() / w.sum()
    return float((w * (y - mean) ** 2).sum())


def _dersimonian_laird(y: Floats, v: Floats) -> float:
    w = 1.0 / v
    scale = float(w.sum() - (w**2).sum() / w.sum())
    return max(0.0, (_q(0.0, y, v) - (len(y) - 1)) / scale) if scale > 0.0 else 0.0


def _paule_mandel(y: Floats, v: Floats) -> float:
    """Return the spread at which the weighted sum of squares is what chance would leave."""
    return _root(lambda t: _q(t, y, v) - (len(y) - 1), y)


def _reml(y: Floats, v: Floats) -> float:
    """Return the spread at which the restricted likelihood is flat, the highest of them; 0 where it only falls."""

    def slope(tau2: float) -> float:
        w = 1.0 / (v + tau2)
        mean = (w * y).sum() / w.sum()
        return float((w**2 * (y - mean) ** 2).sum() - w.sum() + (w**2).sum() / w.sum())

    return _root(slope, y)


def _root(f: Callable[[float], float], y: Floats) -> float:
    """Return where a function that starts above 0 falls to 0; 0 where it starts at or below."""
    if f(0.0) <= 0.0:
        return 0.0
    low, high = 0.0, max(float(np.ptp(y)) ** 2, 1e-12)
    for _ in range(MOST_STEPS):
        if f(high) <= 0.0:
            break
        low, high = high, 2.0 * high
    for _ in range(MOST_STEPS):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        low, high = (middle, high) if f(middle) > 0.0 else (low, middle)
    return 0.5 * (low + high)


def _share_not_chance(tau2: float, v: Floats) -> float:
    """Return I squared by Higgins and Thompson's typical variance of a trial."""
    w = 1.0 / v
    spare = float(w.sum() ** 2 - (w**2).sum())
    if spare <= 0.0:
        return 0.0
    typical = (len(v) - 1) * float(w.sum()) / spare
    return tau2 / (tau2 + typical)


def _tail_chi2(q: float, df: int) -> float:
    from scipy import stats

    return float(stats.chi2.sf(q, df)) if df > 0 else 1.0
