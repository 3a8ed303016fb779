"""Zones, bases and hospitals from a brief's tables."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from remit.briefs.brief import Locality, Point, Zone
from remit.briefs.fifths import LAST_RANK
from remit.ground.document import Document, Path
from remit.ground.faults import Fault, nearest
from remit.ground.reading import provenance_faults

ZONE_COLUMNS = (
    "id",
    "name",
    "inside",
    "under_18",
    "age_18_64",
    "age_65_plus",
    "area_km2",
    "easting",
    "northing",
    "small_areas",
    "pool",
)
OPTIONAL_COLUMNS = ("small_areas", "pool")
TRAVEL_COLUMNS = ("from", "to", "minutes")
POINT_COLUMNS = ("name", "easting", "northing")


def read_locality(doc: Document, raw: Any, *, with_bases: bool = True) -> tuple[Locality | None, list[Fault]]:
    """Return the place written in a brief, or None and why not; bases and hospitals only where they are needed."""
    if not isinstance(raw, dict):
        return None, []
    zones, faults = read_table(doc, raw.get("zones"), ("place", "zones"), ZONE_COLUMNS, _zone)
    bases, found = read_table(doc, raw.get("bases"), ("place", "bases"), POINT_COLUMNS, _point)
    faults += found
    hospitals, found = read_table(doc, raw.get("hospitals"), ("place", "hospitals"), POINT_COLUMNS, _point)
    faults += found
    names = [p.name for p in (*bases, *hospitals)]
    faults += [
        Fault("PLC008", doc.place(("place",)), f'two bases or hospitals are called "{n}"')
        for n in dict.fromkeys(names)
        if names.count(n) > 1
    ]
    seen: set[str] = set()
    for r, zone in enumerate(zones):
        if zone.id in seen:
            faults.append(
                Fault("PLC008", doc.place(("place", "zones", "rows", r)), f'zone "{zone.id}" stands twice')
            )
        seen.add(zone.id)
        if zone.population <= 0:
            faults.append(
                Fault("BRF006", doc.place(("place", "zones", "rows", r)), f'zone "{zone.name}" has no people')
            )
        for rank, _people in zone.small_areas:
            if not 1 <= rank <= LAST_RANK:
                faults.append(
                    Fault(
                        "BRF013",
                        doc.place(("place", "zones", "rows", r)),
                        f'no area has rank {rank}, as in "{zone.name}"',
                    )
                )
    travel, found = read_table(doc, raw.get("travel"), ("place", "travel"), TRAVEL_COLUMNS, _leg)
    faults += found + _unknown_legs(
        doc, travel, {*(z.id for z in zones), *(p.name for p in [*bases, *hospitals])}
    )
    if zones and not any(z.is_inside for z in zones):
        faults.append(Fault("BRF010", doc.place(("place", "zones")), "all zones are outside"))
    has_hospitals = (
        hospitals or raw.get("hospitals") is None
    )  # a brief whose crews take nobody anywhere has none
    if not zones or (with_bases and not (bases and has_hospitals)):
        return None, faults
    listed = raw.get("notes")
    notes = tuple(str(n) for n in listed) if isinstance(listed, list) else ()
    name = str(raw.get("name", ""))
    return Locality(name, tuple(zones), tuple(bases), tuple(hospitals), notes, tuple(travel)), faults


def read_table(
    doc: Document, raw: Any, path: Path, columns: Sequence[str], build: Callable[[dict[str, Any]], Any]
) -> tuple[list[Any], list[Fault]]:
    """Return one object a row, in the table's order, and every fault of columns and cells."""
    if not isinstance(raw, dict) or not isinstance(raw.get("rows"), list):
        return [], []
    columns_given = raw.get("columns")
    given: list[Any] = columns_given if isinstance(columns_given, list) else []
    lacking = [c for c in columns if c not in given and c not in OPTIONAL_COLUMNS]
    faults = [Fault("PLC002", doc.place(path + ("columns",)), f'"{c}" is missing') for c in lacking]
    faults += [
        Fault("BRF002", doc.place(path + ("columns",)), f'"{c}" is not a column', nearest(str(c), columns))
        for c in given
        if c not in columns
    ]
    known = doc.values.get("sources") if isinstance(doc.values, dict) else None
    sources = list(known) if isinstance(known, dict) else []
    faults += provenance_faults(raw.get("source"), raw.get("assumption"), doc, path, sources)
    if not raw["rows"]:
        faults.append(Fault("PLC003", doc.place(path + ("rows",)), "no rows"))
    built = []
    for r, row in enumerate(raw["rows"]):
        at = doc.place(path + ("rows", r))
        if not isinstance(row, list) or len(row) != len(given):
            cells = len(row) if isinstance(row, list) else 1
            what = f"row {r + 1} has {cells} cells, the table {len(given)} columns"
            faults.append(Fault("PLC004", at, what))
        elif not lacking:
            try:
                built.append(build(dict(zip(given, row, strict=True))))
            except (TypeError, ValueError, OverflowError) as error:
                faults.append(Fault("PLC004", at, f"row {r + 1}: {error}"))
    return built, faults


def _zone(row: dict[str, Any]) -> Zone:
    people = tuple(_real(row, c) for c in ("under_18", "age_18_64", "age_65_plus"))
    if min(people) < 0 or _real(row, "area_km2") <= 0:
        raise ValueError("people must be 0 or more and the area above 0")
    if not isinstance(row["inside"], bool):
        raise ValueError(f"inside is true or false, found {row['inside']!r}")
    small_areas = tuple((int(rank), float(n)) for rank, n in row.get("small_areas") or ())
    if any(not math.isfinite(n) or n < 0.0 for _, n in small_areas) or (
        small_areas and sum(n for _, n in small_areas) <= 0.0
    ):
        raise ValueError("people of small areas must be 0 or more, and somebody")
    return Zone(
        id=str(row["id"]),
        name=str(row["name"]),
        is_inside=row["inside"],
        people=(people[0], people[1], people[2]),
        area_km2=_real(row, "area_km2"),
        easting=_real(row, "easting"),
        northing=_real(row, "northing"),
        small_areas=small_areas,
        pool=_at_least_zero(row, "pool") if "pool" in row else 1.0,
    )


def _real(row: dict[str, Any], column: str) -> float:
    """Return a cell as a finite number; a word, a truth value or an infinity is none."""
    value = row[column]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{column} {value!r} is not a number")
    return float(value)


def _at_least_zero(row: dict[str, Any], column: str) -> float:
    value = _real(row, column)
    if value < 0.0:
        raise ValueError(f"{column} must be 0 or more")
    return value


def _leg(row: dict[str, Any]) -> tuple[str, str, float]:
    minutes = _real(row, "minutes")
    if minutes < 0.0:
        raise ValueError("minutes must be 0 or more")
    return str(row["from"]), str(row["to"]), minutes


def _unknown_legs(doc: Document, travel: Sequence[tuple[str, str, float]], names: set[str]) -> list[Fault]:
    return [
        Fault("PLC009", doc.place(("place", "travel", "rows", r)), f'"{end}"', nearest(end, sorted(names)))
        for r, leg in enumerate(travel)
        for end in leg[:2]
        if end not in names
    ]


def _point(row: dict[str, Any]) -> Point:
    return Point(str(row["name"]), _real(row, "easting"), _real(row, "northing"))
