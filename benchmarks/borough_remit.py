"""The borough as a plan of Remit's kernel, on one thread or several."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from borough import YEAR_MINUTES, Borough, Year
from remit.kernel.alias import alias_table
from remit.kernel.batch import make_workspace, run_plan
from remit.kernel.layout import (
    N_GROUPS,
    Count,
    CrewPlan,
    Curve,
    Hour,
    Kind,
    Plan,
    Scalar,
    Span,
    Tape,
    Workspace,
    Zone,
)

SPAN = Span(0.0, YEAR_MINUTES)


def plan_of(place: Borough) -> Plan:
    """Return the borough as arrays: two kinds, urgent and not, in each zone."""
    n_zones, n_crews = len(place.zone_shares), len(place.stations)
    scalars = np.zeros((1, len(Scalar)))
    scalars[0, Scalar.TRAVEL_FACTOR] = 1.0
    kinds = np.zeros((1, 2, len(Kind)))
    kinds[0, :, Kind.PRIORITY] = [0.0, 1.0]
    kinds[0, :, [Kind.NEED_SHARE, Kind.REACH_SHARE]] = 1.0
    kinds[0, :, Kind.SCENE_MINUTES] = place.service_minutes
    kinds[0, :, Kind.SCENE_SIGMA] = place.service_sigma
    kinds[0, :, Kind.PATIENCE_MINUTES] = np.nan
    kinds[0, :, Kind.TARGET_MINUTES] = 8.0
    shares = np.outer(place.zone_shares, [place.urgent_share, 1.0 - place.urgent_share])
    keep, alias = alias_table(shares.ravel())
    hours = np.ones((len(Hour), 168))
    hours[Hour.BIRTHS_PER_MINUTE] = place.births_per_minute
    zones = np.zeros((n_zones, len(Zone)))
    zones[:, [Zone.INSIDE, Zone.AREA_KM2, Zone.ALERT_FACTOR]] = 1.0
    crews = np.zeros((n_crews, len(CrewPlan)))
    crews[:, CrewPlan.BASE] = place.stations
    crews[:, CrewPlan.DAYS] = 127.0
    return Plan(
        segment_ticks=np.zeros(1, np.int64),
        scalars=scalars,
        kinds=kinds,
        cell_keep=keep,
        cell_alias=alias,
        hours=hours,
        zones=zones,
        groups=np.ones((n_zones, N_GROUPS)),
        group_alert=np.ones(N_GROUPS),
        travel=np.ascontiguousarray(place.drive_minutes),
        crews=crews,
        crew_minutes=np.full((1, n_crews), 1440.0),
        curve=np.zeros((2, len(Curve))),
        day_cv=np.zeros(1),
    )


def tape_of(plan: Plan, lucks: np.ndarray, work: Workspace | None = None) -> Tape:
    """Return the tape of some years."""
    return run_plan(plan, SPAN, 1, lucks, work)


def years_of(tape: Tape) -> list[Year]:
    """Return what the years of a tape came to."""
    counts = tape.by_group.sum(axis=2)
    served, minutes = counts[:, :, Count.SERVED], counts[:, :, Count.RESPONSE_MINUTES]
    rows = np.column_stack([served.sum(axis=1), minutes / served])
    return [Year(*map(float, row)) for row in rows]


def on_threads(plan: Plan, n_threads: int, n_years: int, share: int) -> tuple[Tape, float]:
    """Return some years, ``share`` at a time, by threads with a workspace each; and the seconds on the wall."""
    lucks = np.arange(n_years)
    shares = [lucks[i : i + share] for i in range(0, n_years, share)]
    spare = [make_workspace(plan, SPAN) for _ in range(n_threads)]

    def work_on(some: np.ndarray) -> Tape:
        work = spare.pop()
        tape = tape_of(plan, some, work)
        spare.append(work)
        return tape

    with ThreadPoolExecutor(n_threads) as threads:
        started = time.perf_counter()
        parts = list(threads.map(work_on, shares))
        seconds = time.perf_counter() - started
    return Tape(*(np.concatenate(part) for part in zip(*parts, strict=True))), seconds
