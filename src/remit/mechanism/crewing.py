"""Crewing: which crews stand where and when, so that more crews always hold all of fewer."""

import math

import numpy as np

from remit.briefs.brief import Brief, Shift
from remit.kernel.layout import CrewPlan, Floats
from remit.mechanism.values import Values

ALL_DAY = 1440.0


def base_order(brief: Brief, n: int) -> list[int]:
    """Return the base of each of ``n`` crews, shared by the people nearest to each base (Sainte-Lague).

    The order does not depend on ``n``: a larger fleet begins with the smaller one.
    """
    place = brief.locality
    weights = [0.0] * len(place.bases)
    for zone in place.zones:
        distances = [math.hypot(zone.easting - b.easting, zone.northing - b.northing) for b in place.bases]
        weights[distances.index(min(distances))] += zone.population
    given = [0] * len(weights)
    order = []
    for _ in range(n):
        b = max(range(len(weights)), key=lambda i: (weights[i] / (2 * given[i] + 1), -i))
        given[b] += 1
        order.append(b)
    return order


def shift_order(brief: Brief, n: int) -> list[Shift]:
    """Return the shift of each of ``n`` crews: patterns are given out in turn at each base by itself."""
    given: dict[int, int] = {}
    order = []
    for base in base_order(brief, n):
        order.append(brief.shifts[given.get(base, 0) % len(brief.shifts)])
        given[base] = given.get(base, 0) + 1
    return order


def skill_bits(brief: Brief) -> dict[str, int]:
    """Return a bit for every skill that kinds need or shifts bring."""
    names = sorted(
        {s for k in brief.kinds for s in k.needs} | {s for shift in brief.shifts for s in shift.skills}
    )
    return {name: 1 << i for i, name in enumerate(names)}


def crew_rows(brief: Brief, values: Values, n_crews: int) -> Floats:
    """Return ``(C, len(CrewPlan))``; shift patterns are given out in turn."""
    bits = skill_bits(brief)
    rows = np.zeros((n_crews, len(CrewPlan)))
    for c, (base, shift) in enumerate(
        zip(base_order(brief, n_crews), shift_order(brief, n_crews), strict=True)
    ):
        rows[c, CrewPlan.BASE] = len(brief.locality.zones) + base
        rows[c, CrewPlan.SKILLS] = sum(bits[s] for s in shift.skills)
        rows[c, CrewPlan.START_MINUTE] = shift.start_minute
        rows[c, CrewPlan.DAYS] = shift.days
        rows[c, CrewPlan.BREAK_AFTER_MINUTES] = values["crews.break_after_minutes"]
        rows[c, CrewPlan.BREAK_MINUTES] = values["crews.break_minutes"]
    return rows


def duty_minutes(brief: Brief, number: float, n_crews: int | None = None) -> list[float]:
    """Return minutes on duty a day of each crew so that they add up to ``number`` round-the-clock crews.

    The last crew works part of its shift. Days off count for less.
    """
    wanted = number * ALL_DAY
    minutes: list[float] = []
    shortest = min(s.minutes * s.days.bit_count() for s in brief.shifts) / 7.0
    order = shift_order(brief, math.ceil(wanted / shortest) + len(brief.shifts) * len(brief.locality.bases))
    while wanted > 1e-9:
        shift = order[len(minutes)]
        days = shift.days.bit_count() / 7.0
        minutes.append(min(shift.minutes, wanted / days))
        wanted -= minutes[-1] * days
    if n_crews is not None:
        minutes += [0.0] * (n_crews - len(minutes))
    return minutes
