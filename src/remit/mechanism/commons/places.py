"""Where people live by fifth of deprivation, and factors that step evenly from the most to the least deprived."""

import numpy as np

from remit.briefs.brief import Brief
from remit.briefs.fifths import N_FIFTHS
from remit.kernel.commons.layout import Floats
from remit.mechanism.geography import SPREAD_OF_ZONE


def own_fifths(brief: Brief) -> Floats:
    """Return ``(Z, 5)`` shares of each zone's people by the place's own fifths."""
    shares = np.array(brief.locality.group_shares).reshape(-1, N_FIFTHS, N_FIFTHS)
    own: Floats = shares.sum(axis=2)
    return own


def people_by_zone(brief: Brief) -> Floats:
    """Return ``(Z,)`` people of each zone."""
    return np.array([z.population for z in brief.locality.zones])


def people_by_fifth(brief: Brief) -> Floats:
    """Return ``(5,)`` people of each fifth."""
    found: Floats = people_by_zone(brief) @ own_fifths(brief)
    return found


def by_fifth(most_deprived: float) -> Floats:
    """Return factors by fifth: as given in the most deprived, 1 in the least, even steps between.

    >>> by_fifth(0.5).tolist()
    [0.5, 0.625, 0.75, 0.875, 1.0]
    """
    return np.linspace(most_deprived, 1.0, N_FIFTHS)


def mean_one(factors: Floats, weights: Floats) -> Floats:
    """Return factors whose weighted mean is 1.

    >>> mean_one(np.array([1.0, 3.0]), np.array([1.0, 1.0])).tolist()
    [0.5, 1.5]
    """
    total = float(weights.sum())
    mean = float(factors @ weights) / total if total > 0.0 else 1.0
    found: Floats = factors / mean if mean > 0.0 else factors
    return found


def kilometres(brief: Brief) -> Floats:
    """Return ``(Z, Z)`` straight kilometres between two people, each anywhere in the zone."""
    zones = brief.locality.zones
    east, north = np.array([z.easting for z in zones]), np.array([z.northing for z in zones])
    spread = np.array([SPREAD_OF_ZONE * z.area_km2 for z in zones])
    squared = ((east[:, None] - east) ** 2 + (north[:, None] - north) ** 2) * 1e-6
    km: Floats = np.sqrt(squared + spread[:, None] + spread)
    return km
