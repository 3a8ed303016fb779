"""A queue whose day has hours: M(t)/M/c in its periodic steady state, read at the hours of the day.

The kernel's rate is constant within each of the 168 hours of a week, so one week is put for one day of the
case: an hour of the case is seven kernel hours, and the sine is averaged over each kernel hour, which
shortens the morning's queue by some 0.03 %.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from remit.kernel.layout import Span
from theory.equivalence import Measured
from theory.event_log import MINUTE, basis, controls_of, log_workspace, run_logged
from worlds import make_plan

# the rate that the case's model line gives: LEVEL + SWING sin(2 pi t / PERIOD)
LEVEL, SWING, PERIOD = 2.5, 1.5, 24.0
HOUR_MINUTES = 10080.0 / PERIOD
WARM_DAYS = 5


def step_rates() -> np.ndarray:
    """Return the mean of the sine over each of 168 steps of a period, births per case hour."""
    edges = np.arange(169) / 168.0
    area = -SWING * PERIOD / (2.0 * np.pi) * np.diff(np.cos(2.0 * np.pi * edges))
    return LEVEL + area / (PERIOD / 168.0)


def state_by_hour(times: np.ndarray, days: int) -> np.ndarray:
    """Return how many of ``times`` (ticks) come before each hour of each day, (days, 24)."""
    hour_ticks = int(HOUR_MINUTES * MINUTE)
    hours = int(days * PERIOD)
    each = np.bincount(times // hour_ticks, minlength=hours)[:hours]
    return (np.cumsum(each) - each).reshape(days, int(PERIOD))


def daily_cycle(inputs: Mapping[str, Any], seed: int, n_runs: int, days: int) -> Measured:
    """Return the length of the queue and the chance to wait at the hours of the case."""
    crews, mean = int(inputs["servers"]), HOUR_MINUTES / float(inputs["service_rate"])
    rates = step_rates() / HOUR_MINUTES
    plan = make_plan(
        rates=[[rates.mean()]],
        hour_shape=rates / rates.mean(),
        kinds=[{"SCENE_MINUTES": mean, "SCENE_SIGMA": -1.0}],
        crews=[{}] * crews,
    )
    span = Span(WARM_DAYS * 10080.0, (WARM_DAYS + days) * 10080.0)
    number = np.arange(30 * crews)
    waiting = np.maximum(number - crews, 0)
    shapes = [number >= 0, np.maximum(number - crews // 2, 0), *(number >= crews - k for k in (2, 1, 0))]
    shapes += [waiting**power for power in (1, 2, 3)]
    of = basis(plan, mean, np.array(shapes, float), phase_hours=7)
    work = log_workspace(plan, span)
    hours = inputs["hours"]
    tops: list[list[float]] = []
    controls = []
    for luck in range(n_runs):
        _, people = run_logged(plan, span, seed, luck, work)
        controls.append(controls_of(work, span, of))
        born, left, ended = (
            state_by_hour(times, WARM_DAYS + days)[WARM_DAYS:]
            for times in (people.born, people.left, people.ended)
        )
        queue, busy = (born - left)[:, hours], (left - ended)[:, hours]
        tops.append([*queue.sum(axis=0), *(busy == crews).sum(axis=0)])
    names = [f"{key}[{i}]" for key in ("Lq", "p_wait") for i in range(len(hours))]
    columns = np.array(tops, float).T
    over = np.full(n_runs, float(days))
    return Measured(dict(zip(names, columns, strict=True)), dict.fromkeys(names, over), np.array(controls))
