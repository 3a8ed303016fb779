"""Whole numbers and sizes from one draw each: Poisson and binomial counts, lognormal sizes, exponential budgets."""

import math

from numba import float64, int64

from remit.kernel.compiling import compiled
from remit.kernel.elementary import exp, log, normal_quantile

INVERTED = 32.0  # means below this are inverted term by term
MOST_TERMS = 200


@compiled(float64(float64, float64, float64))
def lognormal(u, mean, sigma):
    """Return a size of this mean at quantile ``u``; sigma is the spread of its logarithm.

    >>> lognormal(0.5, 3.0, 0.0)
    3.0
    """
    if sigma == 0.0:
        return mean
    return mean * exp(sigma * normal_quantile(u) - 0.5 * sigma * sigma)


@compiled(int64(float64, float64))
def count(u, mean):
    """Return a Poisson number of this mean at quantile ``u``: larger means never give fewer.

    >>> count(0.5, 2.0), count(0.5, 100.0)
    (2, 100)
    """
    if mean <= 0.0:
        return 0
    if mean >= INVERTED:
        return max(0, int64(math.floor(mean + math.sqrt(mean) * normal_quantile(u) + 0.5)))
    term = exp(-mean)
    total = term
    n = 0
    while u >= total and n < MOST_TERMS:
        n += 1
        term = term * mean / n
        total += term
    return n


@compiled(int64(float64, int64, float64))
def some(u, n, p):
    """Return how many of ``n``, each with chance ``p``, at quantile ``u``.

    >>> some(0.5, 10, 0.3), some(0.5, 10, 1.0), some(0.5, 1000, 0.2)
    (3, 10, 200)
    """
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    mean = n * p
    if mean >= INVERTED:
        found = int64(math.floor(mean + math.sqrt(mean * (1.0 - p)) * normal_quantile(u) + 0.5))
        return max(0, min(n, found))
    term = exp(n * log(1.0 - p))
    total = term
    odds = p / (1.0 - p)
    most = min(n, MOST_TERMS)
    k = 0
    while u >= total and k < most:
        k += 1
        term = term * (n - k + 1) / k * odds
        total += term
    return k


@compiled(float64(float64))
def chance(hazard):
    """Return the chance of a week from its hazard.

    >>> chance(0.0)
    0.0
    """
    return 1.0 - exp(-hazard)
