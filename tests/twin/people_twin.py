"""The persons of the plain twin: how they are born, who comes to help, and whether they survive.

Written from ``docs/explanation/response.md`` and the column names in
``remit.kernel.layout`` alone; see ``response_twin``.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from remit.kernel.elementary import duration, exp, log, lognormal_sigma
from remit.kernel.layout import Curve, Hour, Plan, Scalar, Zone
from remit.kernel.philox import uniforms

BIRTH, PERSON, CALL, SCENE, RETURN, DAY, ALERT, OFFER = range(1, 9)  # streams
MINUTE = 32768  # ticks
CAP = 60.0  # minutes, of every survival clock
NEVER = math.inf

Draws = tuple[float, float, float, float]


def ticks(minutes: float) -> int:
    """Return a duration in ticks, to the nearest."""
    return int(minutes * MINUTE + 0.5)


def clock(minutes: float) -> int:
    """Return a time of the clock in ticks, cut off."""
    return int(minutes * MINUTE)


@dataclass(frozen=True)
class Fate:
    """Where every draw of a run comes from."""

    seed: np.uint64
    luck: np.uint64

    def draw(self, stream: int, entity: int, block: int) -> Draws:
        """Return the four numbers of one block."""
        four: Draws = uniforms(self.seed, self.luck, stream, entity, block)
        return four


@dataclass
class Person:
    """One person through all visits; times in ticks, ``help`` and ``shock`` from the call."""

    number: int
    zone: int
    kind: int
    call: int
    u_scene: float
    fate: Fate
    visit: int = 0
    state: str = "new"
    priority: int = 0  # as the desk believes
    crew: int = -1
    scene: int = -1
    help: float = NEVER
    shock: float = NEVER
    stamp: int = 0  # calendar entries with an older stamp no longer hold

    def draw(self, stream: int, block: int) -> Draws:
        """Return four of this person's own draws."""
        return self.fate.draw(stream, self.number, block)

    def come_back(self, now: int) -> None:
        """Begin a later visit."""
        self.visit += 1
        self.call, self.crew, self.scene = now, -1, -1
        self.help = self.shock = NEVER
        self.u_scene = self.draw(SCENE, self.visit)[3]


def births(plan: Plan, fate: Fate, end: float) -> Iterator[tuple[int, int, float, float]]:
    """Yield (tick, cell, need draw, scene draw) of every person born before ``end`` minutes."""
    rates = plan.hours[Hour.BIRTHS_PER_MINUTE].tolist()
    sigma = lognormal_sigma(float(plan.day_cv[0]))
    now, hour, person, day, factor = 0.0, 0, 0, -1, 1.0
    while True:
        gap, cell, need, scene = fate.draw(BIRTH, person, 0)
        amount = -log(gap)
        while True:
            if hour // 24 != day:
                day = hour // 24
                factor = duration(fate.draw(DAY, day, 0)[0], 1.0, sigma)
            rate = rates[hour % 168] * factor
            left = rate * ((hour + 1) * 60.0 - now)
            if amount < left:
                break
            amount -= left
            hour += 1
            now = hour * 60.0
            if now >= end:
                return
        now += amount / rate
        if now >= end:
            return
        u = cell * len(plan.cell_keep)
        stands = u - int(u) < plan.cell_keep[int(u)]
        yield clock(now), int(u) if stands else int(plan.cell_alias[int(u)]), need, scene
        person += 1


def group_of(plan: Plan, person: Person) -> int:
    """Return the person's group: own fifth times 5 plus national fifth."""
    shares = plan.groups[person.zone].tolist()
    u_group = person.draw(PERSON, 0)[2]
    return next((g for g, share in enumerate(shares) if u_group < share), len(shares) - 1)


def pool_density(plan: Plan, segment: int, person: Person, now: int) -> float:
    """Return volunteers per km2 of the design's pool, at this place and time and for this person's group."""
    scalars = plan.scalars[segment].tolist()
    group = group_of(plan, person)
    hour = now // (60 * MINUTE) % 168
    density: float = scalars[Scalar.ALERT_DENSITY_PER_KM2]
    density *= float(plan.zones[person.zone, Zone.ALERT_FACTOR])
    density *= float(plan.hours[Hour.ALERT_FACTOR, hour])
    density *= float(plan.group_alert[group])
    density *= exp(-scalars[Scalar.ALERT_LAPSE_PER_MINUTE] * (now / MINUTE))
    return density


def call_volunteers(
    scalars: list[float], person: Person, density: float, willing: float, now: int
) -> tuple[int, int]:
    """Alert those nearest, note the first to come in ``person``; return (alerted, accepted)."""
    ceiling = scalars[Scalar.ALERT_CEILING_PER_KM2]
    alerted = accepted = k = 0
    amount = 0.0
    while alerted < scalars[Scalar.ALERT_MAX]:
        block = 8192 * person.visit + 2 * k
        gap, mark, sees, accepts = person.draw(ALERT, block)
        amount -= log(gap)
        km = math.sqrt(amount / (math.pi * ceiling))
        if km > scalars[Scalar.ALERT_RADIUS_M] / 1000.0:
            break
        k += 1
        if mark * ceiling >= density:
            continue
        alerted += 1
        share = scalars[Scalar.ALERT_ACCEPT_SHARE] * willing
        if sees >= scalars[Scalar.ALERT_SEE_SHARE] or accepts >= share:
            continue
        accepted += 1
        u_speed, carries, _, _ = person.draw(ALERT, block + 1)
        speed = duration(u_speed, scalars[Scalar.ALERT_M_PER_MINUTE], scalars[Scalar.ALERT_SPEED_SIGMA])
        minutes = scalars[Scalar.ALERT_DELAY_MINUTES] + scalars[Scalar.ALERT_TURNOUT_MINUTES]
        minutes += km * 1000.0 * scalars[Scalar.ALERT_CIRCUITY] / speed
        person.help = min(person.help, now - person.call + ticks(minutes))
        if carries < scalars[Scalar.ALERT_DEFIBRILLATOR_SHARE]:
            minutes += scalars[Scalar.ALERT_DEFIBRILLATOR_MINUTES]
            person.shock = min(person.shock, now - person.call + ticks(minutes))
    return alerted, accepted


def survival(plan: Plan, segment: int, person: Person, crew_came: bool) -> float:
    """Return the probability that the person survives."""
    scalars: list[float] = plan.scalars[segment].tolist()
    severe = person.draw(PERSON, 0)[1] < scalars[Scalar.SEVERE_SHARE]
    curve: list[float] = plan.curve[0 if severe else 1].tolist()
    cpr_draw, shock_draw = person.draw(PERSON, 1)[:2]
    inside = 0.0 if curve[Curve.AT_ADDRESS] == 1.0 else 1.0  # from the address to the act itself
    attach = scalars[Scalar.ATTACH_MINUTES] * inside
    crew = (person.scene - person.call) / MINUTE if crew_came else NEVER
    crew += scalars[Scalar.TO_PATIENT_MINUTES] * inside
    cpr = min(crew, person.help / MINUTE)
    if cpr_draw < scalars[Scalar.BYSTANDER_CPR_SHARE]:
        cpr = min(cpr, scalars[Scalar.BYSTANDER_CPR_MINUTES])
    shock = min(crew + attach, person.shock / MINUTE + attach)
    if shock_draw < scalars[Scalar.BYSTANDER_SHOCK_SHARE]:
        shock = min(shock, scalars[Scalar.BYSTANDER_SHOCK_MINUTES])
    before = scalars[Scalar.COLLAPSE_TO_CALL_MINUTES] if curve[Curve.FROM_COLLAPSE] == 1.0 else 0.0
    cpr, shock, crew = (min(CAP, minutes + before) for minutes in (cpr, shock, crew))
    x = (
        curve[Curve.INTERCEPT]
        + curve[Curve.CPR] * cpr
        + curve[Curve.SHOCK] * shock
        + curve[Curve.CREW] * crew
    )
    if curve[Curve.LOGISTIC]:
        return 1.0 / (1.0 + float(exp(-x)))
    return max(curve[Curve.FLOOR], min(1.0, x))
