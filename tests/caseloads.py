"""Small caseload worlds for tests: a Plan from a few keywords, everything else neutral."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from remit.kernel.alias import alias_table
from remit.kernel.caseload.batch import make_workspace, run_caseload
from remit.kernel.caseload.layout import Count, Employer, Log, Plan, Scalar, Tape, Weekly, Work, World
from remit.kernel.caseload.memory import Held, Workspace

STABLE, DECLINING, RECOVERING, IN_HOSPITAL = range(4)
NEUTRAL_WORLD = {
    "HOURS_MEAN": 10.0,
    "HOURS_MOST": 100.0,
    "COMPLEX_HOURS": 1.0,
    "CARER_HOURS_MEAN": 30.0,
    "CARER_HOURS_MOST": 60.0,
    "PAID_AT_START": 1.0,
}
NEUTRAL_SCALARS = {
    "NEED_SHARE": 1.0,
    "ASSESS_PER_WEEK": 1e6,
    "GRANT_SHARE": 1.0,
    "HOURS_FACTOR": 1.0,
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
GRANTS = ("GRANT_DELAY_WEEKS", "GRANT_STEP_HOURS", "GRANT_SHARE")
NEUTRAL_EMPLOYER = {"HOURLY": 10.0, "SECURE_SHARE": 1.0, "PRICE": 20.0}


def row(columns: Any, *layers: Mapping[str, float]) -> np.ndarray:
    """Return one row of a table of named columns; later layers win; unknown names raise KeyError."""
    values = np.zeros(len(columns))
    for layer in layers:
        for name, value in layer.items():
            values[columns[name]] = value
    return values


def scalar_row(given: Mapping[str, float]) -> np.ndarray:
    """Return a row of scalars; who finds help by market is granted hours as everyone is, unless told otherwise."""
    alike = {f"MARKET_{n}": {**NEUTRAL_SCALARS, **given}.get(n, 0.0) for n in GRANTS}
    return row(Scalar, NEUTRAL_SCALARS, alike, given)


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
        scalars=np.array([scalar_row(s) for s in by_segment(scalars)]),
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


@dataclass(frozen=True)
class Ran:
    """One run of a small world: its tape, its log and its working memory."""

    tape: Tape
    log: np.ndarray
    work: Workspace

    def count(self, name: str) -> float:
        """Return a count summed over routes and fifths."""
        return float(self.tape.counts[..., Count[name]].sum())

    def worked(self, name: str, employer: int = 0) -> float:
        """Return a column of an employer's work."""
        return float(self.tape.work[0, employer, Work[name]])

    def weekly(self, name: str) -> np.ndarray:
        """Return a weekly series."""
        return self.tape.weekly[0, :, Weekly[name]]

    def rows(self, code: Log) -> np.ndarray:
        """Return the log's rows of one code."""
        return self.log[self.log[:, 1] == code]


def run_small(plan: Plan, weeks: int, luck: int = 0, warm: int = 0) -> Ran:
    """Run a plan once, with its log."""
    work = make_workspace(plan, weeks, log_rows=100_000, rows=1500)
    tape = run_caseload(plan, weeks, warm, 1, np.array([luck]), work)
    return Ran(tape, work.log[: work.state[Held.LOG_ROWS]], work)
