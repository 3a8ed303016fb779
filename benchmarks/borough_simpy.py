"""The borough in SimPy: a process for each incident, crews handed over by events."""

import random
from bisect import bisect
from collections import deque
from collections.abc import Iterator
from itertools import accumulate
from math import log

import simpy

from borough import YEAR_MINUTES, Borough, Year


class Desk:
    """Who is free, who waits, and how long those served had to wait."""

    def __init__(self, env: simpy.Environment, place: Borough, seed: int) -> None:
        self.env = env
        self.random = random.Random(seed)
        self.drive = place.drive_minutes.tolist()
        self.station = place.stations.tolist()
        self.free = set(range(len(self.station)))
        self.waiting: tuple[deque[simpy.Event], deque[simpy.Event]] = (deque(), deque())
        self.served = [0, 0]
        self.minutes = [0.0, 0.0]
        self.rates = place.births_per_minute.tolist()
        self.zones = list(accumulate(place.zone_shares.tolist()))[:-1]
        self.urgent_share = place.urgent_share
        self.service = (log(place.service_minutes) - place.service_sigma**2 / 2.0, place.service_sigma)

    def incident(self, zone: int, rank: int, service: float) -> Iterator[simpy.Event]:
        """Follow one incident from the call until its crew is clear."""
        env, called = self.env, self.env.now
        if self.free:
            to_here = self.drive[zone]
            crew = min(self.free, key=lambda c: to_here[self.station[c]])
            self.free.remove(crew)
            start = self.station[crew]
        else:
            turn = env.event()
            self.waiting[rank].append(turn)
            crew, start = yield turn
        yield env.timeout(self.drive[zone][start])
        self.served[rank] += 1
        self.minutes[rank] += env.now - called
        yield env.timeout(service)
        queue = self.waiting[0] or self.waiting[1]
        if queue:
            queue.popleft().succeed((crew, zone))
        else:
            self.free.add(crew)

    def calls(self) -> Iterator[simpy.Event]:
        """Let incidents happen for a year: candidates at the busiest hour's rate, thinned."""
        env, draw, rates, most = self.env, self.random, self.rates, max(self.rates)
        while True:
            gap = draw.expovariate(most)
            while (
                env.now + gap < YEAR_MINUTES
                and draw.random() * most > rates[int((env.now + gap) / 60.0) % 168]
            ):
                gap += draw.expovariate(most)
            if env.now + gap >= YEAR_MINUTES:
                return
            yield env.timeout(gap)
            zone = bisect(self.zones, draw.random())
            rank = 0 if draw.random() < self.urgent_share else 1
            env.process(self.incident(zone, rank, draw.lognormvariate(*self.service)))


def run_year(place: Borough, seed: int) -> Year:
    """Return one year of the borough."""
    env = simpy.Environment()
    desk = Desk(env, place, seed)
    env.process(desk.calls())
    env.run()
    urgent, other = (minutes / n for minutes, n in zip(desk.minutes, desk.served, strict=True))
    return Year(sum(desk.served), urgent, other)
