"""Chances: the distributions behind every power, and the searches for a size or an effect.

A test is z (the spread is taken as known) or t (it is estimated, with so many degrees of freedom). A two-sided power
counts both ways of being significant, the wrong one too, as R's power.t.test does with strict = TRUE.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

MOST = 10_000_000
TINY = 1e-12
FAR = 8.3  # standard deviations beyond which a normal has nothing that a number could hold


@dataclass(frozen=True)
class Precision:
    """How precisely a design measures an effect of a given size."""

    se: float  # of the estimate
    df: float = math.inf  # degrees of freedom of t; infinite is z
    se_null: float = math.nan  # of the estimate were there no effect, where the test uses another


def normal_cdf(x: float) -> float:
    """Return the chance that a standard normal lies below ``x``.

    >>> round(normal_cdf(1.96), 4)
    0.975
    """
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def critical(alpha: float, sides: int, df: float = math.inf) -> float:
    """Return how many standard errors make a result significant.

    >>> round(critical(0.05, 2), 3), round(critical(0.05, 2, 8), 3)
    (1.96, 2.306)
    """
    from scipy.special import ndtri, stdtrit

    q = 1.0 - alpha / sides
    return float(ndtri(q) if math.isinf(df) else stdtrit(df, q))


def noncentral_below(x: float, df: float, nc: float) -> float:
    """Return the chance that a noncentral t lies below ``x``; where the library has no answer, by integration.

    In far tails the library's answer can be NaN; the chance is then that of a normal whose divisor is drawn.
    """
    from scipy.special import nctdtr

    if not math.isinf(df):
        # a t below 0 needs a normal below 0; far below its middle there is nothing
        middle = (x * (1.0 - 0.25 / df) - nc) / math.sqrt(1.0 + 0.5 * x * x / df)
        if nc > FAR and (x <= 0.0 or middle < -2.0 * FAR):
            return 0.0
        found = float(nctdtr(df, nc, x))
        if 0.0 <= found <= 1.0 and not (found == 0.0 and x > nc):
            return found
        return _integrated(x, df, nc)
    return normal_cdf(x - nc)


def _integrated(x: float, df: float, nc: float) -> float:
    """Return the same as the mean of a normal chance over the spread that might be estimated."""
    import numpy as np
    from scipy.special import chdtri, ndtr

    n = 4_000
    q = (np.arange(n) + 0.5) / n
    ratio = np.sqrt(chdtri(df, 1.0 - q) / df)
    return float(np.mean(ndtr(x * ratio - nc)))


def power_of(effect: float, precision: Precision, alpha: float, sides: int) -> float:
    """Return the chance of a significant result where the effect is ``effect``.

    >>> round(power_of(0.3, Precision(math.sqrt(2 / 80)), 0.05, 2), 4)
    0.4751
    """
    if precision.se <= 0.0:
        return 1.0 if effect else alpha
    if precision.df < 1.0 or math.isnan(precision.df):
        return math.nan
    reach = critical(alpha, sides, precision.df)
    if not math.isnan(precision.se_null):
        reach *= precision.se_null / precision.se
    nc = abs(effect) / precision.se
    power = 1.0 - noncentral_below(reach, precision.df, nc)
    if sides == 2:
        power += noncentral_below(-reach, precision.df, nc)
    return min(1.0, max(0.0, power))


def least_whole(reaches: Callable[[int], bool], start: int = 1, most: int = MOST) -> int:
    """Return the least whole number from ``start`` that reaches; 0 where none up to ``most`` does.

    Sizes so found are rounded up: never below what is needed.

    >>> least_whole(lambda n: n * n > 50)
    8
    """
    low, high = start - 1, start
    while not reaches(high):
        if high >= most:
            return 0
        low, high = high, min(most, 2 * high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle) else (middle, high)
    return high


def least_real(short: Callable[[float], float], start: float, most: float = 1e9) -> float:
    """Return where ``short``, what is lacking, falls to 0; NaN where it does not by ``most`` times the start.

    >>> round(least_real(lambda x: 2.0 - x, 0.5), 9)
    2.0
    """
    from scipy.optimize import brentq

    def lacking(x: float) -> float:
        found = short(x)
        return 1.0 if math.isnan(found) else found  # too small for any answer is too small

    low, high = 0.0, start
    while lacking(high) > 0.0:
        low, high = high, 2.0 * high
        if high > most * start:
            return math.nan
    low = low or TINY * start
    if lacking(low) <= 0.0:
        return low
    return float(brentq(lacking, low, high, xtol=1e-10 * high, rtol=1e-11))
