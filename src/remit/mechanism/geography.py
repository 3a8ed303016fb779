"""Geography: minutes between zones, bases and hospitals, and where births fall."""

import numpy as np

from remit.briefs.brief import Brief, Point, Zone
from remit.briefs.fifths import N_FIFTHS
from remit.kernel.layout import Floats
from remit.kernel.layout import Zone as ZoneColumn
from remit.mechanism.values import Values

# mean squared distance of a random point of a disc from its centre, in parts of its area: 1 / (2 pi)
SPREAD_OF_ZONE = 0.159


def travel_minutes(brief: Brief, values: Values) -> Floats:
    """Return ``(P, P)`` minutes to (row) from (column) over zones, then bases, then hospitals.

    Straight lines times circuity over speed, plus the fixed start. At each end that is a zone the
    person may be anywhere in it: its mean squared distance from the centre is added. Measured drives
    of the place stand in place of these.
    """
    place = brief.locality
    points: list[Zone | Point] = [*place.zones, *place.bases, *place.hospitals]
    east = np.array([p.easting for p in points])
    north = np.array([p.northing for p in points])
    spread = np.array(
        [SPREAD_OF_ZONE * z.area_km2 for z in place.zones] + [0.0] * (len(points) - len(place.zones))
    )
    squared = ((east[:, None] - east) ** 2 + (north[:, None] - north) ** 2) * 1e-6
    km = np.sqrt(squared + spread[:, None] + spread)
    metres_per_minute = values["crews.speed_km_per_hour"]
    minutes: Floats = (
        values["crews.start_minutes"] + km * 1000.0 * values["crews.circuity"] / metres_per_minute
    )
    names = [z.id for z in place.zones] + [p.name for p in (*place.bases, *place.hospitals)]
    for way in (-1, 1):  # a measured way back, if given, wins over the way there
        for start, stop, measured in place.travel:
            there, back = names.index(start), names.index(stop)
            minutes[(back, there) if way > 0 else (there, back)] = measured
    return minutes


def zone_rows(brief: Brief, travel: Floats) -> Floats:
    """Return ``(Z, len(ZoneColumn))``: inside, area, volunteers' factor, nearest hospital (itself if there is none)."""
    place = brief.locality
    inside = [z for z in place.zones if z.is_inside]
    mean = sum(z.pool * z.population for z in inside) / sum(z.population for z in inside) or 1.0
    first_hospital = len(place.zones) + len(place.bases)
    rows = np.zeros((len(place.zones), len(ZoneColumn)))
    for i, zone in enumerate(place.zones):
        hospital = first_hospital + int(np.argmin(travel[first_hospital:, i])) if place.hospitals else i
        rows[i, ZoneColumn.INSIDE] = float(zone.is_inside)
        rows[i, ZoneColumn.AREA_KM2] = zone.area_km2
        rows[i, ZoneColumn.ALERT_FACTOR] = zone.pool / mean
        rows[i, ZoneColumn.HOSPITAL_MINUTES] = travel[hospital, i]
        rows[i, ZoneColumn.HOSPITAL_ZONE] = hospital
    return rows


def birth_rates(brief: Brief, values: Values) -> Floats:
    """Return ``(Z, K)`` births per minute at the brief's ceiling, spread over zones by people and age."""
    place = brief.locality
    people = np.array([z.people for z in place.zones])
    total = people.sum()
    rates = np.zeros((len(place.zones), len(brief.kinds)))
    for k, kind in enumerate(brief.kinds):
        base = f"kinds.{kind.id}."
        risk = np.array([values[base + r] for r in ("risk_under_18", "risk_18_64", "risk_65_plus")])
        weight = people @ risk
        a_year = values[base + "incidence"] * total / 100_000.0
        rates[:, k] = a_year / 525_600.0 * weight / weight.sum()
    return rates * values["demand.ceiling_factor"]


def cumulative_groups(brief: Brief) -> Floats:
    """Return ``(Z, 25)`` cumulative shares of people by own and national fifth, the last exactly 1."""
    cumulative = np.cumsum(np.array(brief.locality.group_shares), axis=1)
    cumulative[cumulative > 1.0 - 1e-9] = 1.0
    return np.ascontiguousarray(cumulative)


def volunteers_by_group(brief: Brief, values: Values) -> Floats:
    """Return ``(25,)`` factors on volunteers' density by own fifth, mean 1 over the people inside."""
    lowest = values["alert.deprived_factor"]
    factor = np.array([lowest + (1.0 - lowest) * own / (N_FIFTHS - 1) for own in range(N_FIFTHS)]).repeat(
        N_FIFTHS
    )
    shares = np.array(brief.locality.group_shares)
    people = np.array([z.population if z.is_inside else 0.0 for z in brief.locality.zones])
    mean = float(people @ shares @ factor / people.sum())
    return factor / mean


def own_fifths(brief: Brief) -> Floats:
    """Return ``(Z, 5)`` shares of each zone's people by the place's own fifths of deprivation."""
    shares = np.array(brief.locality.group_shares).reshape(len(brief.locality.zones), N_FIFTHS, N_FIFTHS)
    own: Floats = shares.sum(axis=2)
    return own


def by_fifth(most_deprived: float) -> Floats:
    """Return factors by fifth: as given in the most deprived, 1 in the least, even steps between.

    >>> by_fifth(0.5).tolist()
    [0.5, 0.625, 0.75, 0.875, 1.0]
    """
    return np.linspace(most_deprived, 1.0, N_FIFTHS)


def zone_km(brief: Brief) -> Floats:
    """Return ``(Z, Z)`` straight kilometres between two people, each anywhere in the zone."""
    zones = brief.locality.zones
    east, north = np.array([z.easting for z in zones]), np.array([z.northing for z in zones])
    spread = np.array([SPREAD_OF_ZONE * z.area_km2 for z in zones])
    squared = ((east[:, None] - east) ** 2 + (north[:, None] - north) ** 2) * 1e-6
    km: Floats = np.sqrt(squared + spread[:, None] + spread)
    return km
