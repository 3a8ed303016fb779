"""The benchmark's council as one writes it in SimPy: a process for each client and carer, a rota made every week.

The same numbers and the same order of a week as the kernel's rota (route 0), with SimPy's clock and Python's
own draws; no tallies beyond the hours, no money, no log.
"""

import math
import random
from collections import defaultdict
from collections.abc import Generator
from typing import Any

import simpy

import caseload_place as place

BANDS = range(4)
AT_HOME, IN_HOSPITAL = (0, 1, 2), 3
TABLE: dict[int, list[tuple[int, float]]] = defaultdict(list)
for (start, to), hazard in place.HAZARDS.items():
    TABLE[start].append((to, hazard))


class Carer:
    """Someone who may work."""

    def __init__(self, council: "Council") -> None:
        draw, world, figures = council.draw, place.WORLD, place.PROVIDER
        self.zone = draw.randrange(place.ZONES)
        sigma = world["CARER_HOURS_SIGMA"]
        self.hours = min(60.0, world["CARER_HOURS_MEAN"] * math.exp(draw.gauss(-(sigma**2) / 2, sigma)))
        wish = world["WISH_MOST"] * draw.random() * (1.0 - figures["SECURE_SHARE"])
        reservation = place.SCALARS["LOCAL_WAGE"] * math.exp(draw.gauss(0.0, world["RESERVATION_SIGMA"]))
        self.willing = figures["HOURLY"] * (1.0 - wish) >= reservation
        self.shares = draw.choice(place.CARER_BANDS)
        self.booked = [0.0] * 4
        self.most = [0.0] * 4
        self.can = [0.0] * 4
        self.known = self.overload = 0.0
        self.works = False

    def live(self, council: "Council") -> Generator[Any, Any, None]:
        """Join and leave, week by week."""
        figures, scalars = place.PROVIDER, place.SCALARS
        self.works = self.willing and council.staff < scalars["POSTS"]
        council.staff += self.works
        while True:
            yield council.env.timeout(1)
            if self.works:
                x = scalars["LEAVE_PAY"] * math.log(figures["HOURLY"] / scalars["LOCAL_WAGE"])
                x += scalars["LEAVE_CONTINUITY"] * self.known + scalars["LEAVE_OVERLOAD"] * self.overload
                if council.draw.random() < -math.expm1(-figures["LEAVE_HAZARD"] * math.exp(x)):
                    self.works = False
                    council.staff -= 1
                    yield council.env.timeout(scalars["REST_WEEKS"])
                continue
            looks = self.willing and council.staff < scalars["POSTS"]
            if looks and council.draw.random() < -math.expm1(-figures["JOIN_HAZARD"]):
                council.staff += 1
                yield council.env.timeout(figures["LAG_WEEKS"] + figures["TRAINING_WEEKS"])
                self.works = True


class Client:
    """Someone who needs help."""

    def __init__(self, council: "Council") -> None:
        draw, world = council.draw, place.WORLD
        self.zone = draw.randrange(place.ZONES)
        self.complex = draw.random() < world["COMPLEX_SHARE"]
        mean = world["HOURS_MEAN"] * (world["COMPLEX_HOURS"] if self.complex else 1.0)
        sigma = world["HOURS_SIGMA"]
        self.need = mean * math.exp(draw.gauss(-(sigma**2) / 2, sigma))
        self.shares = draw.choice(place.CLIENT_BANDS)
        self.state = draw.choices(AT_HOME, (0.5, 0.3, 0.2))[0]
        self.helpers: dict[Carer, tuple[int, list[float]]] = {}
        self.granted = [0.0] * 4
        self.short = 1.0

    def bound(self) -> None:
        """Hold hours within their bounds."""
        self.need = min(max(self.need, place.WORLD["HOURS_LEAST"]), place.WORLD["HOURS_MOST"])

    def grant(self) -> None:
        """Grant hours, in steps."""
        step = place.SCALARS["GRANT_STEP_HOURS"]
        hours = step * max(1, round(self.need / step))
        self.granted = [hours * share for share in self.shares]

    def drop(self, carer: Carer) -> None:
        """End a match."""
        _, hours = self.helpers.pop(carer)
        for b in BANDS:
            carer.booked[b] -= hours[b]

    def live(self, council: "Council", waits: bool) -> Generator[Any, Any, None]:
        """Live from the start to the end, week by week."""
        draw, growth, age = council.draw, (0.0, 0.01, -0.03), 0
        if not waits:
            self.grant()
        while True:
            yield council.env.timeout(1)
            age += 1
            factor = 1.0
            if self.state in AT_HOME:
                self.need *= math.exp(growth[self.state])
                self.bound()
                factor = math.exp(place.SCALARS["SHORT_EFFECT"] * self.short)
            if age % place.SCALARS["REVIEW_WEEKS"] == 0 or (waits and age == 1):
                self.grant()
            worse = 1.3 if self.complex else 1.0
            hazards = [
                (to, h * worse * (factor if to in (3, 4) and self.state < 3 else 1.0))
                for to, h in TABLE[self.state]
            ]
            total = sum(h for _, h in hazards)
            if draw.random() < -math.expm1(-total):
                self.state = draw.choices([to for to, _ in hazards], [h for _, h in hazards])[0]
                if self.state >= IN_HOSPITAL:
                    for carer in list(self.helpers):
                        self.drop(carer)
                if self.state > IN_HOSPITAL:
                    council.clients.remove(self)
                    return


class Council:
    """A year of home care."""

    def __init__(self, seed: int) -> None:
        self.env, self.draw = simpy.Environment(), random.Random(seed)
        self.staff = 0
        self.needed = self.delivered = 0.0
        self.carers = [Carer(self) for _ in range(place.WORLD["CARER_CEILING"])]
        self.clients = [Client(self) for _ in range(place.WORLD["INITIAL_CLIENTS"])]
        self.travel = 0.0
        for carer in self.carers:
            self.env.process(carer.live(self))
        for client in self.clients:
            self.env.process(client.live(self, waits=False))
        self.env.process(self.arrivals())
        self.env.process(self.rota())

    def arrivals(self) -> Generator[Any, Any, None]:
        """Let clients start."""
        while True:
            yield self.env.timeout(self.draw.expovariate(place.BIRTHS))
            client = Client(self)
            self.clients.append(client)
            self.env.process(client.live(self, waits=True))

    def rota(self) -> Generator[Any, Any, None]:
        """Make and live a rota every week."""
        yield self.env.timeout(0.5)
        while True:
            self.make()
            self.deliver()
            yield self.env.timeout(1)

    def make(self) -> None:
        """End matches, see who is free, find help."""
        figures, week = place.PROVIDER, self.env.now
        ends = -math.expm1(-(figures["CHANGE_CLIENT"] + figures["CHANGE_CARER"]))
        for client in self.clients:
            for carer in list(client.helpers):
                if not carer.works or self.draw.random() < ends:
                    client.drop(carer)
        free: dict[tuple[int, int], list[Carer]] = defaultdict(list)
        least = place.SCALARS["MIN_VISIT_MINUTES"] / 60.0
        for carer in self.carers:
            if carer.works:
                for b in BANDS:
                    available = carer.hours * carer.shares[b] * (1.0 - figures["SICK_SHARE"])
                    carer.can[b] = available * (1.0 + figures["OVERTIME_SHARE"]) / (1.0 + self.travel)
                    carer.most[b] = carer.can[b] * (1.0 + figures["OVERBOOK_SHARE"])
                    if carer.most[b] - carer.booked[b] >= least:
                        free[carer.zone, b].append(carer)
        for client in self.clients:
            if client.state in AT_HOME:
                self.find(client, free, least, week)

    def find(
        self, client: Client, free: dict[tuple[int, int], list[Carer]], least: float, week: float
    ) -> None:
        """Find a client help: own helpers first, then the zone, then next door."""
        short = [client.granted[b] - sum(hours[b] for _, hours in client.helpers.values()) for b in BANDS]
        if max(short) <= 0.0:
            return

        def book(carer: Carer, hours: list[float]) -> None:
            for b in BANDS:
                some = min(short[b], carer.most[b] - carer.booked[b])
                if some > 0.0:
                    hours[b] += some
                    short[b] -= some
                    carer.booked[b] += some

        for carer, (_, hours) in client.helpers.items():
            book(carer, hours)
        for b in BANDS:
            for step in (0, 1, -1, 2, -2):
                there = free[(client.zone + step) % place.ZONES, b]
                while short[b] >= least and there and len(client.helpers) < 6:
                    carer = self.draw.choice(there)
                    if carer not in client.helpers:
                        client.helpers[carer] = (week, [0.0] * 4)
                    book(carer, client.helpers[carer][1])
                    if carer.most[b] - carer.booked[b] < least:
                        there.remove(carer)

    def deliver(self) -> None:
        """Live the week, and see how long the roads are."""
        given: dict[Carer, float] = defaultdict(float)
        known: dict[Carer, float] = defaultdict(float)
        visits = contact = 0.0
        least = place.SCALARS["MIN_VISIT_MINUTES"] / 60.0
        for client in self.clients:
            if client.state not in AT_HOME:
                continue
            got = 0.0
            for carer, (since, hours) in client.helpers.items():
                for b in BANDS:
                    if hours[b] > 1e-9:
                        some = hours[b] * min(1.0, carer.can[b] / carer.booked[b])
                        visits += min(7, max(1, int(hours[b] / least)))
                        got += some
                        given[carer] += some
                        if self.env.now - since >= 4:
                            known[carer] += some
            client.short = max(0.0, 1.0 - got / client.need)
            contact += got
            if self.env.now > place.WARM:
                self.needed += client.need
                self.delivered += min(got, client.need)
        for carer, hours in given.items():
            carer.known = known[carer] / hours if hours else 0.0
            carer.overload = max(0.0, hours * (1.0 + self.travel) / carer.hours - 1.0)
        area = 25.0 * place.ZONES
        km = place.SCALARS["TOUR_K"] * math.sqrt(area / max(1.0, visits / 28.0))
        self.travel = km / 30.0 * visits / contact if contact else 0.0


def run_council(seed: int) -> float:
    """Return the share of hours needed that was not delivered, after the warm-up."""
    council = Council(seed)
    council.env.run(until=place.WEEKS)
    return 1.0 - council.delivered / council.needed
