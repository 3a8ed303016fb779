"""The borough in cimba (compiled Python on a C engine): a process for each crew, one for the calls."""

import math

import cimba
import numpy as np
from cimba import random

from borough import YEAR_MINUTES, Year, borough

PLACE = borough()
DRIVE = np.ascontiguousarray(PLACE.drive_minutes)
STATIONS = PLACE.stations.astype(np.int64)
RATES = np.ascontiguousarray(PLACE.births_per_minute)
MOST = float(RATES.max())
ZONES = np.cumsum(PLACE.zone_shares)[:-1].copy()
URGENT_SHARE = PLACE.urgent_share
LOG_MEAN = math.log(PLACE.service_minutes) - PLACE.service_sigma**2 / 2.0
LOG_SPREAD = PLACE.service_sigma
N_CREWS = len(STATIONS)
RING = 8192  # room of one queue; index & (RING - 1)
BOTH = 2 * RING


class Service(cimba.Model):
    """Crews sleep until they are given a job; a queue is a ring of zone, time of call and service."""

    sleeper: cimba.Array[int] = cimba.Array(N_CREWS)
    idle: cimba.Array[int] = cimba.Array(N_CREWS)
    zone: cimba.Array[int] = cimba.Array(N_CREWS)
    rank: cimba.Array[int] = cimba.Array(N_CREWS)
    drive: cimba.Array[float] = cimba.Array(N_CREWS)
    called: cimba.Array[float] = cimba.Array(N_CREWS)
    work: cimba.Array[float] = cimba.Array(N_CREWS)
    ring_zone: cimba.Array[int] = cimba.Array(BOTH)
    ring_called: cimba.Array[float] = cimba.Array(BOTH)
    ring_work: cimba.Array[float] = cimba.Array(BOTH)
    head: cimba.Array[int] = cimba.Array(2)
    tail: cimba.Array[int] = cimba.Array(2)
    served: cimba.Array[int] = cimba.Array(2)
    minutes: cimba.Array[float] = cimba.Array(2)
    crews: int = 0
    n_idle: int = 0
    incidents: cimba.Output[float]
    urgent: cimba.Output[float]
    other: cimba.Output[float]

    @cimba.process(priority=1, copies=N_CREWS)
    def crew(self):
        """Drive, work, take who waits; else sleep."""
        c = self.crews
        self.crews += 1
        self.sleeper[c] = cimba.this_process().pointer
        self.idle[c] = 1
        self.n_idle += 1
        while True:
            if self.idle[c] == 1:
                cimba.suspend()
            cimba.hold(self.drive[c])
            rank = self.rank[c]
            self.served[rank] += 1
            self.minutes[rank] += cimba.now() - self.called[c]
            cimba.hold(self.work[c])
            rank = 0
            if self.head[0] == self.tail[0]:
                rank = 1
            if self.head[rank] != self.tail[rank]:
                at = rank * RING + (self.head[rank] & (RING - 1))
                self.head[rank] += 1
                self.drive[c] = DRIVE[self.ring_zone[at], self.zone[c]]
                self.zone[c] = self.ring_zone[at]
                self.called[c] = self.ring_called[at]
                self.work[c] = self.ring_work[at]
                self.rank[c] = rank
            else:
                self.idle[c] = 1
                self.n_idle += 1

    @cimba.process
    def calls(self):
        """Let incidents happen for a year: candidates at the busiest hour's rate, thinned."""
        while True:
            at = cimba.now() + random.exponential(1.0 / MOST)
            while at < YEAR_MINUTES and random.uniform(0.0, MOST) > RATES[int(at / 60.0) % 168]:
                at += random.exponential(1.0 / MOST)
            if at >= YEAR_MINUTES:
                break
            cimba.hold(at - cimba.now())
            zone = np.searchsorted(ZONES, random.uniform(0.0, 1.0))
            rank = 1
            if random.uniform(0.0, 1.0) < URGENT_SHARE:
                rank = 0
            work = random.lognormal(LOG_MEAN, LOG_SPREAD)
            if self.n_idle > 0:
                nearest = -1
                soonest = 1e300
                for c in range(N_CREWS):
                    if self.idle[c] == 1 and DRIVE[zone, STATIONS[c]] < soonest:
                        soonest = DRIVE[zone, STATIONS[c]]
                        nearest = c
                self.idle[nearest] = 0
                self.n_idle -= 1
                self.zone[nearest] = zone
                self.rank[nearest] = rank
                self.drive[nearest] = soonest
                self.called[nearest] = cimba.now()
                self.work[nearest] = work
                cimba.Process(self.sleeper[nearest]).resume(0)
            else:
                slot = rank * RING + (self.tail[rank] & (RING - 1))
                self.tail[rank] += 1
                self.ring_zone[slot] = zone
                self.ring_called[slot] = cimba.now()
                self.ring_work[slot] = work

    @cimba.on_end
    def close(self):
        """Hand over the year's numbers."""
        self.incidents = float(self.served[0] + self.served[1])
        self.urgent = self.minutes[0] / self.served[0]
        self.other = self.minutes[1] / self.served[1]


MODEL = Service()


def run_years(n_years: int, seed: int) -> list[Year]:
    """Return some years of the borough, one after another on one thread."""
    experiment = cimba.Experiment(MODEL, replications=n_years, window=cimba.Window.until_idle(), seed=seed)
    results = experiment.run(workers=1)[MODEL]
    columns = [np.ravel(getattr(results, name).values) for name in ("incidents", "urgent", "other")]
    return [Year(*map(float, row)) for row in zip(*columns, strict=True)]
