"""Chance: resamples of what was observed, and how often chance alone would go so far."""

import math

import numpy as np

from remit.kernel.layout import Floats

MOST_KURTOSIS = 10.0
ENOUGH_SQUARES = 100.0


def resamples(n: int, n_resamples: int, seed: int) -> Floats:
    """Return each set's share of everything observed, the first set being the sample itself (Efron 1979).

    As a matrix it weighs any number of means at once.

    Args:
        n: how much was observed.
        n_resamples: sets drawn with replacement.
        seed: of the draws.

    Returns:
        (1 + n_resamples, n); each row adds up to 1.
    """
    rng = np.random.default_rng(seed)
    shares = np.empty((1 + n_resamples, n))
    shares[0] = 1.0 / n
    for row in shares[1:]:
        row[:] = np.bincount(rng.integers(n, size=n), minlength=n) / n
    return shares


def lean_on_few(values: Floats) -> str:
    """Return a caution if a few extreme values make most of the variance; empty if they do not.

    They do if kurtosis is above ten (a normal's is three, an exponential's nine) and as many squares of one size as
    would spread like these are less than a hundred. No sample tells of extremes that are so rare that it has none.

    Args:
        values: of any mean, not all the same.
    """
    squares = (values - values.mean()) ** 2
    alike = float(squares.sum() ** 2 / (squares**2).sum())
    if alike >= min(len(values) / MOST_KURTOSIS, ENOUGH_SQUARES):
        return ""
    return "A few extreme outcomes make most of the variance: shares are those of so few, their ranges too narrow."


def left_by_chance(over: Floats, under: Floats, p: int, rest: int, least: float = 0.0) -> float:
    """Return how often ``p`` terms of chance would leave so little: the largest over targets.

    The part left, of what was there before, is beta distributed where the F ratio is F distributed (Fisher 1924).

    Args:
        over: (targets,) squares left without the terms.
        under: (targets,) squares left with them.
        p: terms; none leave what there was.
        rest: degrees of freedom left with them.
        least: squares of the first target at or below which there is only rounding: chance is then certain.

    >>> round(left_by_chance(np.array([2.0]), np.array([1.0]), 2, 4), 12)
    0.25
    """
    if over[0] <= least or rest < 1 or p < 1:
        return 1.0
    return max(beta_below(float(u / o), rest / 2, p / 2) for o, u in zip(over, under, strict=True))


def beta_below(x: float, a: float, b: float) -> float:
    """Return how often a beta variable with these two shapes is at most ``x``.

    By the continued fraction of the incomplete beta function (DLMF 8.17.22), from its front by Lentz's method.

    Args:
        x: between 0 and 1; beyond is taken for the end.
        a: above 0.
        b: above 0.

    >>> round(beta_below(0.3, 1.0, 2.0), 12), beta_below(1.0, 3.0, 2.0)
    (0.51, 1.0)
    """
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - beta_below(1.0 - x, b, a)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    fraction = upper = 1.0
    lower = 0.0
    for k in range(1, 100_000):
        m = k // 2
        if k % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        lower = 1.0 / (1.0 + term * lower)
        upper = 1.0 + term / upper
        fraction *= upper * lower
        if abs(upper * lower - 1.0) < 1e-14:
            return math.exp(front) / (a * fraction)
    raise ArithmeticError(f"the beta function of {a} and {b} at {x} does not settle")
