"""Where clients and carers live, how far apart, and how births spread over weeks."""

from collections.abc import Mapping, Sequence

import numpy as np

from remit.briefs.brief import Brief
from remit.kernel.caseload.layout import Floats, Ints
from remit.mechanism.caseload.tables import WEEKS_A_YEAR
from remit.mechanism.geography import by_fifth, own_fifths

WEEKS = 52
WINTER = (*range(9), *range(48, 52))  # December to February; week 0 is the first of January
AGES = ("risk_under_18", "risk_18_64", "risk_65_plus")
WORKING_AGE = 1  # of under 18, 18 to 64, 65 and over

Numbers = Mapping[str, float]


def births_by_week(brief: Brief, numbers: Numbers) -> Floats:
    """Return ``(52,)`` people a week who come to need help at the brief's ceiling; week 0 is the first of January.

    After half a year of warm-up the measured year begins in July, and has one winter in the middle.
    """
    a_year = numbers["demand.incidence"] * brief.locality.population / 100_000.0
    weight = np.ones(WEEKS)
    weight[list(WINTER)] = numbers["demand.winter_factor"]
    by_date = a_year / WEEKS_A_YEAR * numbers["demand.ceiling_factor"] * weight / weight.mean()
    return np.asarray(by_date, float)


def cell_weights(brief: Brief, numbers: Numbers) -> Floats:
    """Return ``(Z * 5,)`` weights of need by zone and own fifth: people by age and risk, more where deprived."""
    people = np.array([z.people for z in brief.locality.zones])
    risk = people @ np.array([numbers[f"demand.{age}"] for age in AGES])
    weights: Floats = risk[:, None] * own_fifths(brief) * by_fifth(numbers["demand.deprived_factor"])
    return weights.ravel()


def carer_zones(brief: Brief, numbers: Numbers) -> Floats:
    """Return ``(Z,)`` cumulative shares of where carers live: people of working age, more where deprived."""
    people = np.array([z.people[WORKING_AGE] for z in brief.locality.zones])
    weights = people * (own_fifths(brief) @ by_fifth(numbers["carers.deprived_factor"]))
    shares: Floats = np.cumsum(weights) / weights.sum()
    shares[-1] = 1.0
    return shares


def neighbours(km: Floats) -> Ints:
    """Return ``(Z, Z - 1)`` the other zones of each, nearest first."""
    others = km.copy()
    np.fill_diagonal(others, -1.0)  # itself first, then left out
    order: Ints = np.argsort(others, axis=1, kind="stable")[:, 1:].astype(np.int64)
    return np.ascontiguousarray(order)


def patches(brief: Brief, n: int) -> Ints:
    """Return the patch of each zone: ``n`` neighbourhoods of about as many people, cut across the longer way in turn.

    Args:
        brief: the place.
        n: patches wanted; no more than there are zones.
    """
    zones = brief.locality.zones
    found = np.zeros(len(zones), np.int64)
    parts = [(list(range(len(zones))), 0, max(1, min(n, len(zones))))]
    while parts:
        members, first, wanted = parts.pop()
        if wanted == 1:
            found[members] = first
            continue
        spans = [(max(at) - min(at), at) for at in _coordinates(brief, members)]
        along = max(spans, key=lambda span: span[0])[1]
        ordered = [m for _, m in sorted(zip(along, members, strict=True))]
        near = wanted // 2
        people = np.cumsum([zones[m].population for m in ordered])
        cut = 1 + int(np.argmin(np.abs(people[:-1] / people[-1] - near / wanted)))
        cut = min(max(cut, near), len(ordered) - (wanted - near))  # each side holds its patches
        parts += [(ordered[:cut], first, near), (ordered[cut:], first + near, wanted - near)]
    return found


def _coordinates(brief: Brief, members: Sequence[int]) -> tuple[list[float], list[float]]:
    zones = [brief.locality.zones[m] for m in members]
    return [z.easting for z in zones], [z.northing for z in zones]


def zones_in_reach(km: Floats, reach_km: float) -> float:
    """Return how many other zones a carer is seen from on average, those whose people are within reach."""
    return float(((km <= reach_km).sum() - (np.diag(km) <= reach_km).sum()) / len(km))
