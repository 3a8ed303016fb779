"""Small caseload worlds for tests: a Plan from a few keywords, everything else neutral."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from remit.kernel.alias import alias_table
from remit.kernel.caseload.layout import Employer, Plan, Scalar, World

STABLE, DECLINING, RECOVERING, IN_HOSPITAL = range(4)
NEUTRAL_WORLD = {
    "HOURS_MEAN": 10.0,
    "HOURS_MOST": 100.0,
    "COMPLEX_HOURS": 1.0,
    "CARER_HOURS_MEAN": 30.0,
    "CARER_HOURS_MOST": 60.0,
}
NEUTRAL_SCALARS = {
    "NEED_SHARE": 1.0,
    "ASSESS_PER_WEEK": 1e6,
    "GRANT_SHARE": 1.0,
    "POOL_PEOPLE": 1e6,
    "LOCAL_WAGE": 10.0,
    "TEAM_CAP": 12.0,
    "TEAM_CLIENTS": 1e6,
    "KM_PER_HOUR": 30.0,
    "TRAVEL_MOST": 1.0,
    "ACCEPT_CLIENT": 1.0,
    "ACCEPT_CARER": 1.0,
    "HOURS_WANTED": 10.0,
    "LOOKS_A_WEEK": 64.0,
    "PRICE_LEAST": 0.5,
    "PRICE_MOST": 2.0,
}
NEUTRAL_EMPLOYER = {"HOURLY": 10.0, "SECURE_SHARE": 1.0, "PRICE": 20.0}


def row(columns: Any, *layers: Mapping[str, float]) -> np.ndarray:
    """Return one row of a table of named columns; later layers win; unknown names raise KeyError."""
    values = np.zeros(len(columns))
    for layer in layers:
        for name, value in layer.items():
            values[columns[name]] = value
    return values


def hazard_table(hazards: Mapping[tuple[int, int], float], complex_factor: float = 1.0) -> np.ndarray:
    """Return ``(2, 4, 7)`` weekly hazards from a mapping of (from, to)."""
    table = np.zeros((2, 4, 7))
    for (a, b), value in hazards.items():
        table[0, a, b] = value
        table[1, a, b] = value * complex_factor
    return table


def make_caseload(
    *,
    births: Any = 0.0,
    cells: Any = None,
    zones: int = 1,
    world: Mapping[str, float] = {},
    scalars: Mapping[str, float] | Sequence[Mapping[str, float]] = {},
    provider: Mapping[str, float] | Sequence[Mapping[str, float]] = {},
    platform: Mapping[str, float] | Sequence[Mapping[str, float]] = {},
    hazards: Mapping[tuple[int, int], float] = {},
    complex_factor: float = 1.0,
    growth: Sequence[float] = (0.0, 0.0, 0.0),
    first: Sequence[float] = (1.0, 0.0, 0.0),
    client_bands: Any = (((0.25, 0.25, 0.25, 0.25),)),
    carer_bands: Any = (((0.25, 0.25, 0.25, 0.25),)),
    areas: Any = 10.0,
    patches: Sequence[int] | None = None,
    neighbours: Any = None,
    zone_km: Any = None,
    segment_weeks: Sequence[int] = (0,),
) -> Plan:
    """Return a plan; per-segment mappings may be given as sequences, one for each segment."""
    n = len(segment_weeks)

    def by_segment(layers: Any) -> Sequence[Mapping[str, float]]:
        return [layers] * n if isinstance(layers, Mapping) else list(layers)

    weights = np.ones(zones * 5) if cells is None else np.asarray(cells, float)
    keep, alias = alias_table(weights)
    client_bands = np.atleast_2d(np.asarray(client_bands, float))
    carer_bands = np.atleast_2d(np.asarray(carer_bands, float))
    around = [[z for z in range(zones) if z != home] for home in range(zones)]
    if neighbours is None:
        neighbours = np.array(around, np.int64).reshape(zones, zones - 1)
    places = np.arange(zones, dtype=float)
    table = hazard_table(hazards, complex_factor)
    return Plan(
        segment_weeks=np.asarray(segment_weeks, np.int64),
        world=row(World, NEUTRAL_WORLD, world),
        scalars=np.array([row(Scalar, NEUTRAL_SCALARS, s) for s in by_segment(scalars)]),
        employers=np.array(
            [
                [row(Employer, NEUTRAL_EMPLOYER, a), row(Employer, NEUTRAL_EMPLOYER, b)]
                for a, b in zip(by_segment(provider), by_segment(platform), strict=True)
            ]
        ),
        hazards=np.array([table] * n),
        growth=np.array([[list(growth)] * 2] * n),
        first=np.cumsum(np.asarray(first, float)),
        births=np.broadcast_to(np.asarray(births, float), 52).copy(),
        cell_keep=keep,
        cell_alias=alias,
        client_bands=client_bands,
        client_patterns=np.arange(1, len(client_bands) + 1) / len(client_bands),
        carer_bands=carer_bands,
        carer_patterns=np.arange(1, len(carer_bands) + 1) / len(carer_bands),
        carer_zones=np.arange(1, zones + 1) / zones,
        areas=np.broadcast_to(np.asarray(areas, float), zones).copy(),
        patches=np.asarray(range(zones) if patches is None else patches, np.int64),
        neighbours=np.ascontiguousarray(neighbours, np.int64),
        zone_km=np.abs(places[:, None] - places) * 3.0 + 1.0
        if zone_km is None
        else np.asarray(zone_km, float),
    )
