"""How many people live where, by fifth of deprivation, and factors whose mean over them is 1."""

import numpy as np

from remit.briefs.brief import Brief
from remit.kernel.commons.layout import Floats
from remit.mechanism.geography import own_fifths


def people_by_zone(brief: Brief) -> Floats:
    """Return ``(Z,)`` people of each zone."""
    return np.array([z.population for z in brief.locality.zones])


def people_by_fifth(brief: Brief) -> Floats:
    """Return ``(5,)`` people of each fifth."""
    found: Floats = people_by_zone(brief) @ own_fifths(brief)
    return found


def mean_one(factors: Floats, weights: Floats) -> Floats:
    """Return factors whose weighted mean is 1.

    >>> mean_one(np.array([1.0, 3.0]), np.array([1.0, 1.0])).tolist()
    [0.5, 1.5]
    """
    total = float(weights.sum())
    mean = float(factors @ weights) / total if total > 0.0 else 1.0
    found: Floats = factors / mean if mean > 0.0 else factors
    return found
