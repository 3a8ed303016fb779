"""Clusters: teams, wards or homes are allocated whole; sizes are of clusters in each arm.

The variance of a cluster's mean is the total variance times the design effect over its size. The test is a t with
two degrees of freedom fewer than clusters; rates follow Hayes and Bennett (1999), with one cluster more in each arm
instead.
"""

import math

from remit.pilots.power.chances import Precision


def design_effect(size: float, icc: float, cv: float = 0.0) -> float:
    """Return how many times more people are needed than one by one (Donner and Klar; Eldridge 2006 for unequal sizes).

    >>> round(design_effect(150, 0.05), 6), round(design_effect(150, 0.05, 0.5), 6)
    (8.45, 10.325)
    """
    return 1.0 + ((cv * cv + 1.0) * size - 1.0) * icc


def baseline_correlation(size: float, icc: float, of_cluster: float, of_person: float) -> float:
    """Return the correlation of a cluster's mean before and after (Teerenstra 2012)."""
    shared = size * icc * of_cluster + (1.0 - icc) * of_person
    return shared / (1.0 + (size - 1.0) * icc)


def baseline_factor(correlation: float, estimator: str = "ancova") -> float:
    """Return what a baseline makes of the variance: adjusted for (ancova), subtracted (did), or not used (post).

    >>> baseline_factor(0.5), baseline_factor(0.5, "did"), baseline_factor(0.5, "post")
    (0.75, 1.0, 1.0)
    """
    return {"ancova": 1.0 - correlation * correlation, "did": 2.0 * (1.0 - correlation), "post": 1.0}[
        estimator
    ]


def means(
    n_0: float, n_1: float, size: float, sd: float, icc: float, cv: float = 0.0, factor: float = 1.0
) -> Precision:
    """Return the precision of a difference of means between clusters; ``sd`` is the total one."""
    one = sd * sd * design_effect(size, icc, cv) / size * factor
    return Precision(math.sqrt(one * (1.0 / n_0 + 1.0 / n_1)), n_0 + n_1 - 2)


def shares(
    n_0: float,
    n_1: float,
    size: float,
    between: tuple[float, float],
    icc: float,
    cv: float = 0.0,
    factor: float = 1.0,
) -> Precision:
    """Return the precision of a difference of shares, each arm with its own variance; ``between`` these two."""
    one = design_effect(size, icc, cv) / size * factor
    variances = [p * (1.0 - p) for p in between]
    return Precision(math.sqrt(one * (variances[0] / n_0 + variances[1] / n_1)), n_0 + n_1 - 2)


def rates(n_0: float, n_1: float, person_years: float, between: tuple[float, float], cv: float) -> Precision:
    """Return the precision of a difference of rates; ``cv`` is that of the true rates of clusters (their k)."""
    own = [r / person_years + cv * cv * r * r for r in between]
    if min(n_0, n_1) <= 1.0:
        return Precision(math.inf, math.nan)
    return Precision(math.sqrt(own[0] / (n_0 - 1.0) + own[1] / (n_1 - 1.0)))
