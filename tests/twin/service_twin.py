"""What the plain twin stands on: its crews, its calendar, its log, and the plan's numbers as they are now.

Written from ``docs/explanation/response.md`` and the column names in
``remit.kernel.layout`` alone; see ``response_twin``. The calendar is a
``heapq`` of (tick, slot, entry, what to do).
"""

import heapq
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from remit.kernel.layout import CrewPlan, Hour, Kind, Plan, Scalar
from remit.kernel.layout import Log as Code
from twin.people_twin import MINUTE, Fate, Person, clock

CLEAR, ON, OFF, DUE, BACK, PEOPLE = range(6)  # the calendar's slots, in blocks of one per crew

Row = tuple[int, int, int, int]


@dataclass
class Crew:
    """One crew: ``place`` is where it is or set off, ``then`` where it will be when clear."""

    number: int
    base: int
    skills: int
    state: str = "off"
    place: int = 0
    half: int = 0  # idle: from this tick it counts as at its base
    job: Person | None = None
    leave: int = 0
    scene: int = 0
    work: tuple[int, int] = (0, 0)  # ticks on scene, ticks to hospital and there
    then: int = 0
    on_since: int = 0
    leaving: bool = False
    pause: bool = False
    stamp: int = 0  # calendar entries with an older stamp no longer hold


class Service:
    """The numbers of a plan, who is in it, and what is to come."""

    def __init__(self, plan: Plan, fate: Fate, end_minutes: float, warm_minutes: float) -> None:
        """Prepare one run; nothing happens before ``run``."""
        self.plan, self.fate, self.end_minutes = plan, fate, end_minutes
        self.end, self.warm = clock(end_minutes), clock(warm_minutes)
        self.scalars: list[list[float]] = plan.scalars.tolist()
        self.kinds: list[list[list[float]]] = plan.kinds.tolist()
        self.crew_minutes: list[list[float]] = plan.crew_minutes.tolist()
        self.zones: list[list[float]] = plan.zones.tolist()
        self.hours: list[list[float]] = plan.hours.tolist()
        self.travel: list[list[float]] = plan.travel.tolist()
        self.rows: list[list[float]] = plan.crews.tolist()
        self.crews = [
            Crew(c, int(r[CrewPlan.BASE]), int(r[CrewPlan.SKILLS])) for c, r in enumerate(self.rows)
        ]
        self.persons: list[Person] = []
        self.queues: list[list[Person]] = [[] for _ in range(8)]
        self.calendar: list[tuple[int, int, int, Callable[..., None], tuple[Any, ...]]] = []
        self.tired = [(0.0, 0) for _ in self.zones]  # alerts a volunteer lately, when last reckoned
        self.log: list[Row] = []
        self.totals: defaultdict[str, float] = defaultdict(float)
        self.now = self.segment = self.open = self.entries = 0
        self.survival = 0.0

    def scalar(self, column: Scalar) -> float:
        """Return a number of the service as it is now."""
        return self.scalars[self.segment][column]

    def of(self, person: Person, column: Kind) -> float:
        """Return a number of the person's kind as it is now."""
        return self.kinds[self.segment][person.kind][column]

    def drive(self, to: int, from_: int) -> float:
        """Return the expected minutes of a drive begun now."""
        return self.travel[to][from_] * self.slowness()

    def slowness(self) -> float:
        """Return the factor on every drive begun now."""
        hour = self.now // (60 * MINUTE) % 168
        return self.scalar(Scalar.TRAVEL_FACTOR) * self.hours[Hour.TRAVEL_FACTOR][hour]

    def suits(self, crew: Crew, person: Person) -> bool:
        """Tell whether the crew has every skill that the request needs, and may serve its zone."""
        needs = int(self.of(person, Kind.NEEDS))
        return crew.skills & needs == needs and self.rank(crew, person) <= self.scalar(Scalar.HELP_PATCHES)

    def rank(self, crew: Crew, person: Person) -> int:
        """Return how near the crew's patch is to the request's: 0 its own, as everywhere if there are no patches."""
        if not self.scalar(Scalar.PATCHES_ON):
            return 0
        return int(self.plan.patches[person.zone, int(self.rows[crew.number][CrewPlan.PATCH])])

    def write(self, code: Code, request: int, crew: int) -> None:
        """Write a row of the log."""
        self.log.append((self.now, int(code), request, crew))

    def enter(self, tick: int, slot: int, act: Callable[..., None], *args: object) -> None:
        """Put an entry into the calendar."""
        self.entries += 1
        heapq.heappush(self.calendar, (tick, slot, self.entries, act, args))

    def enter_person(self, tick: int, act: Callable[[Person], None], person: Person) -> None:
        """Put a person's entry into the calendar: it alone holds, until a crew is sent."""
        person.stamp += 1

        def held(stamp: int) -> None:
            if person.stamp == stamp:
                act(person)

        self.enter(tick, 1 + PEOPLE * len(self.crews) + person.number, held, person.stamp)

    def enter_crew(self, tick: int, slot: int, act: Callable[..., None], crew: Crew, *args: object) -> None:
        """Put a crew's entry into the calendar."""
        self.enter(tick, 1 + slot * len(self.crews) + crew.number, act, crew, *args)
