"""The borough that every engine serves: 60 zones, 25 crews, 50,000 incidents a year, in plain numbers.

An incident is urgent (3 in 10) or not. The nearest free crew is sent; with none free it waits, urgent
before others, first come first served. A crew that is clear takes the next who waits, else is at its
station at once. Three model events an incident: it arrives, the crew is on the scene, the crew is clear.
"""

import math
from typing import NamedTuple

import numpy as np

YEAR_MINUTES = 525_600.0
EVENTS_PER_INCIDENT = 3
SEED = 20240501


class Borough(NamedTuple):
    """Where things are, how often and how long."""

    drive_minutes: np.ndarray  # (60, 60) between zones, the same both ways
    stations: np.ndarray  # (25,) zone at which each crew is based
    zone_shares: np.ndarray  # (60,) of incidents
    births_per_minute: np.ndarray  # (168,) by hour of the week
    urgent_share: float
    service_minutes: float  # mean
    service_sigma: float  # spread of the logarithm


def borough() -> Borough:
    """Return the borough: the same numbers each time."""
    draw = np.random.default_rng(SEED)
    n_zones, n_crews, n_stations = 60, 25, 12
    places = draw.random((n_zones, 2)) * 10.0
    apart_km = np.linalg.norm(places[:, None] - places[None], axis=2)
    shares = draw.dirichlet(np.full(n_zones, 3.0))
    chosen = draw.choice(n_zones, n_stations, replace=False)
    hour, day = np.arange(168) % 24, np.arange(168) // 24
    swing = 1.0 + 0.75 * np.sin(2.0 * np.pi * (hour - 9) / 24.0) + 0.25 * np.exp(-((hour - 19) ** 2) / 8.0)
    weekend = np.where(day >= 5, 1.15, 1.0)
    night_out = np.where((day >= 4) & (hour >= 20), 1.3, 1.0)
    shape = swing * weekend * night_out
    return Borough(
        drive_minutes=2.0 + apart_km / 0.5,
        stations=np.resize(chosen, n_crews),
        zone_shares=shares,
        births_per_minute=shape / shape.mean() * 50_000.0 / YEAR_MINUTES,
        urgent_share=0.3,
        service_minutes=150.0,
        service_sigma=math.sqrt(math.log(1.0 + 0.8**2)),
    )


class Year(NamedTuple):
    """What a run of one year yields."""

    incidents: float
    urgent_minutes: float  # mean response
    other_minutes: float
