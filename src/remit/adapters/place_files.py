"""A place from a folder: an ONS-style zone table (CSV), boundaries (GeoJSON), and stations and hospitals if there.

What the folder does not say is scaled from the brief by people, and called an assumption.
"""

import csv
import io
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from remit.adapters.files import read_text
from remit.briefs.brief import Locality, Point, Ring, Zone
from remit.briefs.fifths import LAST_RANK
from remit.ground.faults import Fault, Faults, Place, fail, nearest

MOST_CSV = 20_000_000
MOST_GEOJSON = 30_000_000

# Documented in docs/guides/places.md: first name found wins.
NAMES = {
    "id": ("lsoa21cd", "lsoa11cd", "msoa21cd", "msoa11cd", "wd21cd", "zone_id", "area_code"),
    "name": ("lsoa21nm", "lsoa11nm", "msoa21nm", "msoa11nm", "wd21nm", "zone_name", "area_name"),
    "place": ("lad21nm", "lad22nm", "lad23nm", "ladnm"),
    "area_km2": ("area_km2",),
    "easting": ("easting",),
    "northing": ("northing",),
    "rank": ("imd19_imd_rank", "imd25_imd_rank", "imd_rank"),
}
UNDER_18 = ("pop_0_4", "pop_5_15", "pop_16_17")
ADULT = ("pop_18_24", "pop_25_44", "pop_45_64")
OVER_65 = ("pop_65_74", "pop_75_84", "pop_85_plus")


@dataclass(frozen=True)
class PlaceFromFolder:
    """A place, and the crews it names."""

    locality: Locality
    crews: float | None  # as named by stations.csv, None if it does not say


def read_place(folder: Path, n_bases: int) -> PlaceFromFolder:
    """Return the place described by a folder; ``n_bases`` stations are put where people live if it names none.

    Raises:
        Faults: PLC001 to PLC008, DOC001, DOC002.
    """
    if not folder.is_dir():
        raise fail("PLC001", "no such folder", file=str(folder))
    _refuse_outside(folder)
    tables = sorted(folder.glob("*.csv"))
    table, rows = _zone_table(folder, tables)
    zones, name = _zones(table, rows)
    rings = _boundaries(folder, {z.id for z in zones})
    zones = [_with_rings(z, rings) for z in zones]
    bases = _points(folder / "stations.csv")
    hospitals = _points(folder / "hospitals.csv")
    notes = [
        f"Zones from {table.name}; boundaries {'from the folder' if rings else 'not given: circles on the map'}.",
        "No neighbours in the folder: crews are assumed to stay within the boundary (assumption).",
    ]
    if not bases:
        notes.append(
            f"No stations.csv: {n_bases} stations are assumed where they are nearest to people (assumption)."
        )
    if not hospitals:
        notes.append("No hospitals.csv: one hospital is assumed at the centre of the people (assumption).")
    travel = _travel(folder / "travel.csv", {z.id for z in zones} | {p.name for p in [*bases, *hospitals]})
    locality = Locality(
        name=name,
        zones=tuple(zones),
        bases=tuple(bases or _spread_bases(zones, n_bases)),
        hospitals=tuple(hospitals or [_centre(zones)]),
        notes=tuple(notes),
        travel=travel,
    )
    return PlaceFromFolder(locality, _crews(folder / "stations.csv"))


def _refuse_outside(folder: Path) -> None:
    """Refuse a folder with files that lead out of it."""
    home = folder.resolve()
    outside = [p for p in folder.iterdir() if not _is_within(p, home)]
    if outside:
        raise Faults(
            Fault("PLC007", Place(str(p)), "it is a link to somewhere else") for p in sorted(outside)
        )


def _is_within(path: Path, home: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(home)
    except (OSError, RuntimeError):  # a link to nowhere or to itself
        return False


def _read_rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the header and the rows of a CSV file, blanks about cells taken off.

    Raises:
        Faults: PLC004 if it is not a table.
    """
    try:
        reader = csv.DictReader(io.StringIO(read_text(path, MOST_CSV)), skipinitialspace=True, strict=True)
        header = [h.strip() for h in reader.fieldnames or ()]
        reader.fieldnames = header
        return header, [
            {k: (v or "").strip() for k, v in row.items() if isinstance(k, str)} for row in reader
        ]
    except csv.Error as error:
        raise fail("PLC004", f"it is not a table: {error}", file=str(path)) from None


def _zone_table(folder: Path, tables: Sequence[Path]) -> tuple[Path, list[dict[str, str]]]:
    """Return the first table whose header has a zone's columns, and its rows."""
    nearly: list[Fault] = []
    for path in tables:
        header, rows = _read_rows(path)
        if not header:
            nearly.append(Fault("PLC003", Place(str(path), 1), "the file is empty"))
            continue
        missing = [n[0] for k, n in NAMES.items() if k not in ("place", "name") and not _found(n, header)]
        missing += [c for c in (*UNDER_18, *ADULT, *OVER_65) if c not in header]
        if not missing:
            if not rows:
                raise fail("PLC003", "it has a header and no rows", file=str(path), line=1)
            return path, rows
        if len(missing) < 10:
            nearly += [Fault("PLC002", Place(str(path), 1), f'"{m}"', nearest(m, header)) for m in missing]
    raise Faults(nearly or [Fault("PLC001", Place(str(folder)), f"{len(tables)} CSV files, none with zones")])


def _found(names: Sequence[str], header: Sequence[str]) -> str:
    return next((n for n in names if n in header), "")


def _zones(table: Path, rows: list[dict[str, str]]) -> tuple[list[Zone], str]:
    header = list(rows[0])
    column = {k: _found(n, header) for k, n in NAMES.items()}
    zones, faults = [], []
    seen: set[str] = set()
    for line, row in enumerate(rows, start=2):
        at = Place(str(table), line, row.get(column["id"]) or "")
        numbers, found = _numbers(row, column, at)
        if not row.get(column["id"]):
            found.append(Fault("PLC004", at, f"{column['id']} is blank"))
        if found:
            faults += found
            continue
        people = [sum(numbers[c] for c in group) for group in (UNDER_18, ADULT, OVER_65)]
        rank = int(numbers[column["rank"]])
        zone = Zone(
            id=row[column["id"]],
            name=row.get(column["name"]) or row[column["id"]],
            is_inside=True,
            people=(people[0], people[1], people[2]),
            area_km2=numbers[column["area_km2"]],
            easting=numbers[column["easting"]],
            northing=numbers[column["northing"]],
            small_areas=((rank, sum(people)),),
        )
        if zone.population <= 0:
            faults.append(Fault("BRF006", at, f'zone "{zone.name}" has no people'))
        if not 1 <= rank <= LAST_RANK:
            faults.append(Fault("BRF013", at, f"no area has rank {rank}"))
        if zone.id in seen:
            faults.append(Fault("PLC008", at, f'zone "{zone.id}" stands twice'))
        seen.add(zone.id)
        zones.append(zone)
    if faults:
        raise Faults(faults)
    return zones, rows[0].get(column["place"]) or table.stem


def _numbers(row: dict[str, str], column: dict[str, str], at: Place) -> tuple[dict[str, float], list[Fault]]:
    """Return every number of a row, and a fault for each that is none."""
    if "" in row.values() and list(row.values())[-3:] == ["", "", ""]:
        return {}, [Fault("PLC004", at, "the row is shorter than the header")]
    wanted = [column[c] for c in ("rank", "area_km2", "easting", "northing")] + [*UNDER_18, *ADULT, *OVER_65]
    numbers, faults = {}, []
    for name in wanted:
        try:
            numbers[name] = _number(row, name)
        except ValueError as error:
            faults.append(Fault("PLC004", at, str(error)))
    if numbers.get(column["area_km2"]) == 0.0:
        faults.append(Fault("PLC004", at, f"{column['area_km2']} must be above 0"))
    return numbers, faults


def _number(row: dict[str, str], column: str) -> float:
    text = (row.get(column) or "").strip()
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f'{column} "{text}" is not a number') from None
    if not math.isfinite(value) or value < 0.0:
        raise ValueError(f"{column} {text} must be 0 or more")
    return value


def _boundaries(folder: Path, ids: set[str]) -> dict[str, tuple[Ring, ...]]:
    """Return outlines by zone id from the GeoJSON that names all zones; none if the folder has no GeoJSON."""
    faults = []
    for path in sorted(folder.glob("*.geojson")):
        try:
            features = json.loads(read_text(path, MOST_GEOJSON))["features"]
            named = [f for f in features if f["properties"] is not None]
            rings = {_feature_id(f["properties"], ids): _rings(f["geometry"]) for f in named}
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            faults.append(Fault("PLC006", Place(str(path)), "no features with properties and polygons"))
            continue
        rings.pop("", None)
        if ids <= set(rings):
            return {i: rings[i] for i in ids}
        if rings:
            lacking = sorted(ids - set(rings))
            faults.append(
                Fault("PLC005", Place(str(path)), f"{len(lacking)} zones have no outline, first {lacking[0]}")
            )
        else:
            faults.append(Fault("PLC005", Place(str(path)), "none of its features is a zone of the table"))
    if faults:
        raise Faults(faults)
    return {}


def _feature_id(properties: dict[str, Any], ids: set[str]) -> str:
    return next((v for v in dict(properties).values() if isinstance(v, str) and v in ids), "")


def _rings(geometry: dict[str, Any]) -> tuple[Ring, ...]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = tuple(
        tuple((float(x), float(y)) for x, y, *_ in ring) for polygon in polygons for ring in polygon
    )
    if not all(math.isfinite(c) for ring in rings for point in ring for c in point):
        raise ValueError("a coordinate is not a number")
    return rings


def _with_rings(zone: Zone, rings: dict[str, tuple[Ring, ...]]) -> Zone:
    return replace(zone, rings=rings.get(zone.id, ()))


def _points(path: Path) -> list[Point]:
    """Return the points of ``name, easting, northing`` rows; none if there is no such file."""
    if not path.is_file():
        return []
    _, rows = _read_rows(path)
    if not rows:
        raise fail("PLC003", "it has no rows", file=str(path), line=1)
    points, faults = [], []
    for line, row in enumerate(rows, start=2):
        try:
            points.append(
                Point(
                    row.get("name") or f"{path.stem} {line - 1}",
                    _number(row, "easting"),
                    _number(row, "northing"),
                )
            )
        except ValueError as error:
            faults.append(Fault("PLC004", Place(str(path), line), str(error)))
    if faults:
        raise Faults(faults)
    return points


def _travel(path: Path, names: set[str]) -> tuple[tuple[str, str, float], ...]:
    """Return measured drives of ``from, to, minutes`` rows; none if there is no such file."""
    if not path.is_file():
        return ()
    legs, faults = [], []
    for line, row in enumerate(_read_rows(path)[1], start=2):
        at = Place(str(path), line)
        ends = [row.get("from") or "", row.get("to") or ""]
        faults += [Fault("PLC009", at, f'"{e}"', nearest(e, sorted(names))) for e in ends if e not in names]
        try:
            legs.append((ends[0], ends[1], _number(row, "minutes")))
        except ValueError as error:
            faults.append(Fault("PLC004", at, str(error)))
    if faults:
        raise Faults(faults)
    return tuple(legs)


def _crews(path: Path) -> float | None:
    """Return the sum of the stations' ``crews`` column, if there is one."""
    header, rows = _read_rows(path) if path.is_file() else ([], [])
    if "crews" not in header:
        return None
    total, faults = 0.0, []
    for line, row in enumerate(rows, start=2):
        try:
            total += _number(row, "crews")
        except ValueError as error:
            faults.append(Fault("PLC004", Place(str(path), line), str(error)))
    if faults:
        raise Faults(faults)
    return total


def _spread_bases(zones: Sequence[Zone], n: int) -> list[Point]:
    """Return ``n`` stations put one after the other where they shorten people's distance to the nearest most."""
    chosen: list[Zone] = []
    nearest_km = [math.inf] * len(zones)
    for _ in range(min(n, len(zones))):
        free = (z for z in zones if z not in chosen)
        best = min((_burden(site, zones, nearest_km), site.id, site) for site in free)[2]
        chosen.append(best)
        nearest_km = [min(d, _km(z, best)) for z, d in zip(zones, nearest_km, strict=True)]
    return [Point(f"Assumed station in {z.name}", z.easting, z.northing) for z in chosen]


def _burden(site: Zone, zones: Sequence[Zone], nearest_km: Sequence[float]) -> float:
    """Return person-kilometres to the nearest station if ``site`` had one too."""
    return sum(z.population * min(d, _km(z, site)) for z, d in zip(zones, nearest_km, strict=True))


def _km(a: Zone, b: Zone) -> float:
    return math.hypot(a.easting - b.easting, a.northing - b.northing) / 1000.0


def _centre(zones: Sequence[Zone]) -> Point:
    total = sum(z.population for z in zones)
    east = sum(z.easting * z.population for z in zones) / total
    north = sum(z.northing * z.population for z in zones) / total
    return Point("Assumed hospital at the centre of the people", east, north)
