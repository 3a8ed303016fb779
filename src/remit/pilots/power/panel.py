"""Panel: places measured several times before and after, some of which change; and a cut-off instead of chance.

Factors multiply the variance of one measurement: afterwards only (post), the change (did), or afterwards adjusted
for before (ancova). Any two measurements of one place have the same correlation (Frison and Pocock 1992; McKenzie
2012).
"""

import math

from remit.pilots.power.chances import Precision


def panel_factor(before: float, after: float, correlation: float, estimator: str) -> float:
    """Return what averaging over measurements makes of the variance.

    >>> panel_factor(1, 1, 0.25, "did"), panel_factor(5, 5, 0.25, "post")
    (1.5, 0.4)
    """
    post = (1.0 + (after - 1.0) * correlation) / after
    if estimator == "post" or before == 0:
        return post
    if estimator == "did":
        return (1.0 - correlation) * (1.0 / before + 1.0 / after)
    return post - before * correlation * correlation / (1.0 + (before - 1.0) * correlation)


def panel(n_0: float, n_1: float, sd: float, factor: float) -> Precision:
    """Return the precision of the effect between places that change and places that do not."""
    return Precision(sd * math.sqrt(factor * (1.0 / n_0 + 1.0 / n_1)), n_0 + n_1 - 2)


def cutoff_effect(share_served: float = 0.5) -> float:
    """Return how many times more people a cut-off needs than chance, for a score that is normal.

    One over one minus the squared correlation of being served with the score (Goldberger 1972; Schochet 2009).

    >>> round(cutoff_effect(), 4)
    2.7519
    """
    from scipy.special import ndtri

    at = float(ndtri(share_served))
    height = math.exp(-0.5 * at * at) / math.sqrt(2.0 * math.pi)
    return 1.0 / (1.0 - height * height / (share_served * (1.0 - share_served)))


def cutoff(n_0: float, n_1: float, sd: float, effect: float) -> Precision:
    """Return the precision where a score decides, a straight line of the score being taken out."""
    return Precision(sd * math.sqrt(effect * (1.0 / n_0 + 1.0 / n_1)), n_0 + n_1 - 3)
