"""Small worlds for tests of the kernel: a Plan from a few keywords, everything else neutral."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from remit.kernel.alias import alias_table
from remit.kernel.layout import N_GROUPS, CrewPlan, Curve, Hour, Kind, Plan, Scalar, Zone

NEUTRAL_SCALARS = {
    "TRAVEL_FACTOR": 1.0,
    "ALERT_CIRCUITY": 1.0,
    "ALERT_CEILING_PER_KM2": 1.0,
    "BIN_MINUTES": 1.0,
}
NEUTRAL_KIND = {"NEED_SHARE": 1.0, "REACH_SHARE": 1.0, "PATIENCE_MINUTES": np.nan, "TARGET_MINUTES": 8.0}
NEUTRAL_ZONE = {"INSIDE": 1.0, "AREA_KM2": 1.0, "ALERT_FACTOR": 1.0}
NEUTRAL_CREW = {"DAYS": 127.0}


def row(columns: Any, *layers: Mapping[str, float]) -> np.ndarray:
    """Return one row of a table of named columns; later layers win; unknown names raise KeyError."""
    values = np.zeros(len(columns))
    for layer in layers:
        for name, value in layer.items():
            values[columns[name]] = value
    return values


def make_plan(
    *,
    rates: Any,
    kinds: Sequence[Mapping[str, float]] = ({},),
    crews: Sequence[Mapping[str, float]] = ({},),
    crew_minutes: Any = None,
    travel: Any = None,
    scalars: Mapping[str, float] | Sequence[Mapping[str, float]] = {},
    zones: Sequence[Mapping[str, float]] | None = None,
    hour_shape: Any = None,
    groups: Any = None,
    curve: Sequence[Mapping[str, float]] = ({}, {}),
    day_cv: float = 0.0,
    segment_minutes: Sequence[float] = (0.0,),
    kinds_by_segment: Sequence[Sequence[Mapping[str, float]]] | None = None,
    patches: Any = None,
    missed: Any = None,
) -> Plan:
    """Return a plan.

    Args:
        rates: births per minute, ``(Z, K)`` or anything that broadcasts to it.
        kinds: per kind, columns of ``layout.Kind`` by name (durations in minutes).
        crews: per crew, columns of ``layout.CrewPlan`` by name.
        crew_minutes: ``(S, C)`` minutes on duty a day; default always.
        travel: ``(Z to, Z from)`` minutes; default zero.
        scalars: columns of ``layout.Scalar`` by name, or one mapping per segment.
        zones: per zone, columns of ``layout.Zone`` by name.
        hour_shape: ``(168,)`` relative rate by hour of the week, mean 1.
        groups: ``(Z, 25)`` shares of people by group; default all in group 0.
        curve: the two severities' columns of ``layout.Curve``.
        day_cv: day-to-day spread of births.
        segment_minutes: first minute of each dated segment, 0 first.
        kinds_by_segment: kinds for each segment, where they differ.
        patches: ``(Z, P)`` rank of each patch for each zone; default none.
        missed: ``(S, 5)`` factor by own fifth on the share who do not get in; default none.
    """
    rates = np.atleast_2d(np.asarray(rates, float))
    n_zones = len(rates)
    n_segments = len(segment_minutes)
    scalar_rows = [scalars] * n_segments if isinstance(scalars, Mapping) else list(scalars)
    kind_rows = kinds_by_segment or [kinds] * n_segments
    keep, alias = alias_table(rates.ravel())
    hours = np.ones((len(Hour), 168))
    shape = np.ones(168) if hour_shape is None else np.asarray(hour_shape, float)
    hours[Hour.BIRTHS_PER_MINUTE] = rates.sum() * shape
    shares = np.eye(1, N_GROUPS).repeat(n_zones, 0) if groups is None else np.asarray(groups, float)
    return Plan(
        segment_ticks=np.array([int(m * 32768) for m in segment_minutes], np.int64),
        scalars=np.array([row(Scalar, NEUTRAL_SCALARS, s) for s in scalar_rows]),
        kinds=np.array([[row(Kind, NEUTRAL_KIND, k) for k in ks] for ks in kind_rows]),
        cell_keep=keep,
        cell_alias=alias,
        hours=hours,
        zones=np.array([row(Zone, NEUTRAL_ZONE, z) for z in (zones or [{}] * n_zones)]),
        groups=np.ascontiguousarray(np.cumsum(shares, axis=1)),
        group_alert=np.ones(N_GROUPS),
        travel=np.zeros((n_zones, n_zones)) if travel is None else np.ascontiguousarray(travel, float),
        crews=np.array([row(CrewPlan, NEUTRAL_CREW, c) for c in crews]),
        crew_minutes=np.full((n_segments, len(crews)), 1440.0)
        if crew_minutes is None
        else np.ascontiguousarray(crew_minutes, float),
        curve=np.array([row(Curve, c) for c in curve]),
        day_cv=np.array([day_cv]),
        patches=np.zeros((0, 0), np.int64) if patches is None else np.ascontiguousarray(patches, np.int64),
        missed=np.zeros((0, 5)) if missed is None else np.ascontiguousarray(missed, float),
    )
