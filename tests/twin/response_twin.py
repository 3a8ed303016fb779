"""A plain twin of the compiled response loop: slow, readable, and independent of it.

Written from ``docs/explanation/response.md`` and the column names in
``remit.kernel.layout`` alone, before the kernel was read. It shares with the
kernel only the draws (``uniforms``) and the arithmetic of single numbers
(``log``, ``exp``, ``duration``), so equal logs mean that two readings of the
page agree. Persons are in ``people_twin``, crews and the calendar in
``service_twin``.
"""

import heapq
import math
from dataclasses import dataclass

import numpy as np

from remit.kernel.elementary import duration, exp
from remit.kernel.layout import CrewPlan, Kind, Plan, Scalar, Zone
from remit.kernel.layout import Log as Code
from twin.people_twin import (
    CALL,
    MINUTE,
    NEVER,
    OFFER,
    PERSON,
    RETURN,
    SCENE,
    Fate,
    Person,
    births,
    call_volunteers,
    clock,
    group_of,
    pool_density,
    survival,
    ticks,
)
from twin.service_twin import BACK, CLEAR, DUE, OFF, ON, Crew, Row, Service

DAY_TICKS = 1440 * MINUTE
GRACE = 7 * DAY_TICKS
FATIGUE_TICKS = 28.0 * DAY_TICKS
LAST_VISIT = 200


@dataclass
class Outcome:
    """What a run of the twin leaves behind."""

    log: list[Row]
    persons: list[Person]
    totals: dict[str, float]
    survival: float


class Twin(Service):
    """The service at work."""

    def run(self) -> Outcome:
        """Run to the end and return what happened."""
        for tick in self.plan.segment_ticks[1:].tolist():
            self.enter(tick, 0, self.change)
        for crew in self.crews:
            self.begin_duties(crew)
        coming = births(self.plan, self.fate, self.end_minutes)
        birth = next(coming, None)
        while True:
            if birth is not None and (not self.calendar or birth[0] <= self.calendar[0][0]):
                self.now = birth[0]
                self.be_born(*birth[1:])
                birth = next(coming, None)
                continue
            last = self.end + (GRACE if self.open > 0 else 0)
            if not self.calendar or self.calendar[0][0] > last:
                break
            self.now, _, _, act, args = heapq.heappop(self.calendar)
            act(*args)
        for person in self.persons:
            if person.state in ("calling", "waiting", "assigned"):
                self.close(person, "HELD")
        for crew in self.crews:
            if crew.state != "off":
                self.totals["DUTY_MINUTES"] += max(0, self.end - crew.on_since) / MINUTE
        return Outcome(self.log, self.persons, self.totals, self.survival)

    # -- persons ----------------------------------------------------------------------------

    def be_born(self, cell: int, need: float, u_scene: float) -> None:
        """Let a person be born, at the brief's ceiling."""
        zone, kind = divmod(cell, self.plan.kinds.shape[1])
        person = Person(len(self.persons), zone, kind, self.now, u_scene, self.fate)
        self.persons.append(person)
        self.totals["BORN"] += 1
        self.write(Code.BIRTH, person.number, -1)
        share = self.of(person, Kind.NEED_SHARE)
        if share >= 1.0 or int(need * 2**32) < share * 2**32:
            self.open += 1
            self.door(person)
        else:
            person.state = "NOT_ARISEN"
            self.totals["NOT_ARISEN"] += 1
            self.write(Code.NOT_ARISEN, person.number, -1)

    def door(self, person: Person) -> None:
        """Let a person in, or turn away."""
        reach = self.of(person, Kind.REACH_SHARE)
        if reach < 1.0 and len(self.plan.missed):
            fifth = group_of(self.plan, person) // 5
            reach = 1.0 - (1.0 - reach) * float(self.plan.missed[self.segment, fifth])
        if reach < 1.0 and person.draw(PERSON, 2 * person.visit)[0] >= reach:
            self.turn_away(person)
            return
        if person.draw(PERSON, 1)[2] < self.of(person, Kind.SELF_SHARE):
            self.write(Code.SELF, person.number, -1)
            self.close(person, "SELF")
            return
        person.state = "calling"
        u_call = person.draw(CALL, person.visit)[0]
        handling = duration(u_call, self.of(person, Kind.CALL_MINUTES), self.of(person, Kind.CALL_SIGMA))
        wait = ticks(handling + self.scalar(Scalar.DISPATCH_MINUTES))
        if wait > 0:
            self.enter_person(self.now + wait, self.seek_help, person)
        else:
            self.seek_help(person)

    def turn_away(self, person: Person) -> None:
        """Turn a person away at the door; some come back."""
        self.write(Code.NOT_REACHED, person.number, -1)
        u_delay, back, _, _ = person.draw(RETURN, person.visit)
        delay = duration(u_delay, self.of(person, Kind.AWAY_RETURN_MINUTES), -1.0)
        if back >= self.of(person, Kind.AWAY_RETURN_SHARE) or not self.comes_again(person, delay):
            self.close(person, "NOT_REACHED")

    def comes_again(self, person: Person, delay: float) -> bool:
        """Put a later visit into the calendar; False if there is none to come."""
        if person.visit >= LAST_VISIT:
            return False
        tick = self.now + ticks(delay)
        if tick >= self.end:
            self.totals["RETURNS_AFTER_END"] += 1
            return False
        self.totals["RETURNS"] += 1
        person.state = "away"
        self.enter_person(tick, self.come_back, person)
        return True

    def come_back(self, person: Person) -> None:
        """Begin a later visit."""
        person.come_back(self.now)
        self.write(Code.COME_BACK, person.number, -1)
        self.door(person)

    def seek_help(self, person: Person) -> None:
        """Triage, call volunteers, and seek a crew."""
        true = int(self.of(person, Kind.PRIORITY))
        triage = person.draw(CALL, person.visit)[1]
        person.priority = true
        if triage < self.of(person, Kind.UNDER_SHARE):
            person.priority = int(self.of(person, Kind.UNDER_PRIORITY))
        elif triage >= 1.0 - self.of(person, Kind.OVER_SHARE):
            person.priority = int(self.of(person, Kind.OVER_PRIORITY))
        if self.scalar(Scalar.ALERT_ON) and self.of(person, Kind.ALERTABLE) and person.priority <= true:
            self.alert(person)
        if self.scalar(Scalar.OFFER_ON):
            self.look(person, 0, self.now + ticks(self.scalar(Scalar.OFFER_DEADLINE_MINUTES)))
        else:
            self.ask_desk(person)

    def look(self, person: Person, number: int, deadline: int) -> None:
        """Let the idle crews look at a posted request; in the end it is the desk's."""
        takers = []
        for crew in (c for c in self.crews if c.state == "idle" and self.suits(c, person)):
            block = 16384 * (1024 * person.visit + number) + crew.number // 4
            drive = self.expect(crew, person)
            chance = self.scalar(Scalar.OFFER_ACCEPT_SHARE)
            chance *= exp(-self.scalar(Scalar.OFFER_FALL_PER_MINUTE) * drive)
            if person.draw(OFFER, block)[crew.number % 4] < chance:
                takers.append((int(drive * 2**28 + 0.5), crew.number))
        wait = ticks(self.scalar(Scalar.OFFER_LOOK_MINUTES))
        if takers:
            self.send_idle(self.crews[min(takers)[1]], person)
        elif self.now >= deadline or number == 1023 or wait == 0:
            self.ask_desk(person)
        else:
            if number == 0:
                self.write(Code.POST, person.number, -1)
            person.state = "waiting"
            self.enter_person(
                min(self.now + wait, deadline), lambda p: self.look(p, number + 1, deadline), person
            )

    def ask_desk(self, person: Person) -> None:
        """Let the desk send a crew, or let the person wait."""
        if self.find_crew(person, may_divert=bool(self.of(person, Kind.DIVERTS))):
            return
        self.wait(person, len(self.queues[person.priority]))
        patience = self.of(person, Kind.PATIENCE_MINUTES)
        if not math.isnan(patience):
            minutes = duration(person.draw(CALL, person.visit)[2], patience, -1.0)
            self.enter_person(self.now + ticks(minutes), self.give_up, person)

    def wait(self, person: Person, place: int) -> None:
        """Let a person wait, at this place in the queue."""
        person.state = "waiting"
        self.queues[person.priority].insert(place, person)
        self.write(Code.QUEUE, person.number, -1)

    def give_up(self, person: Person) -> None:
        """Leave the queue unserved."""
        self.queues[person.priority].remove(person)
        self.write(Code.ABANDON, person.number, -1)
        self.close(person, "ABANDONED")

    def close(self, person: Person, how: str) -> None:
        """End a visit and count its outcome."""
        person.state = how
        self.totals[how] += 1
        self.open -= 1
        inside = self.zones[person.zone][Zone.INSIDE] == 1.0
        if inside and person.call >= self.warm and self.of(person, Kind.HAS_OUTCOME):
            self.survival += survival(self.plan, self.segment, person, how == "SERVED")

    def alert(self, person: Person) -> None:
        """Alert volunteers beside the crew."""
        density = pool_density(self.plan, self.segment, person, self.now)
        lately, when = self.tired[person.zone]
        lately *= exp(-(self.now - when) / FATIGUE_TICKS)
        willing = exp(-self.scalar(Scalar.ALERT_FATIGUE) * lately)
        scalars = self.scalars[self.segment]
        alerted, accepted = call_volunteers(scalars, person, density, willing, self.now)
        lately += alerted / max(1.0, density * self.zones[person.zone][Zone.AREA_KM2])
        self.tired[person.zone] = (lately, self.now)
        self.totals["ALERTS"] += alerted
        self.totals["ACCEPTANCES"] += accepted
        self.write(Code.ALERT, person.number, accepted)

    # -- crews and requests -----------------------------------------------------------------

    def find_crew(self, person: Person, may_divert: bool) -> bool:
        """Send the best crew to a request; False if there is none."""
        best, crew = NEVER, None
        idle = [c for c in self.crews if c.state == "idle" and self.suits(c, person)]
        idle = [c for c in idle if self.rank(c, person) == 0] or idle
        if idle:
            crew = min(idle, key=lambda c: (int(self.expect(c, person) * 2**28 + 0.5), c.number))
            best = self.expect(crew, person)
        nearest, other = NEVER, None
        for c in self.crews if may_divert else ():
            driving = c.job is not None and self.now < c.scene and c.job.priority > person.priority
            if (
                driving
                and self.suits(c, person)
                and (m := self.drive(person.zone, self.passing(c))) < nearest
            ):
                nearest, other = m, c
        if other is not None and nearest + self.scalar(Scalar.DIVERT_SAVING_MINUTES) < best:
            self.divert(other, person, nearest)
        elif crew is not None:
            self.send_idle(crew, person)
        return person.state == "assigned"

    def send_idle(self, crew: Crew, person: Person) -> None:
        """Send an idle crew from where it is."""
        expected = self.expect(crew, person)
        crew.place = crew.base if self.now >= crew.half else crew.place
        self.send(crew, person, expected)

    def expect(self, crew: Crew, person: Person) -> float:
        """Return the minutes after which an idle crew is expected at a request."""
        if self.now >= crew.half:
            return self.drive(person.zone, crew.base) + self.scalar(Scalar.TURNOUT_MINUTES)
        return self.drive(person.zone, crew.place)

    def passing(self, crew: Crew) -> int:
        """Return where a driving crew counts as being: where it set off, or where it is going."""
        over_half = 2 * (self.now - crew.leave) >= crew.scene - crew.leave
        return crew.job.zone if crew.job is not None and over_half else crew.place

    def divert(self, crew: Crew, person: Person, minutes: float) -> None:
        """Take a driving crew for a more urgent request; the one it leaves seeks another."""
        loser = crew.job
        assert loser is not None
        self.totals["DIVERTED"] += 1
        self.work("TRAVEL_MINUTES", crew.leave, self.now)
        self.write(Code.DIVERT, loser.number, crew.number)
        crew.place = self.passing(crew)
        self.send(crew, person, minutes)
        loser.state, loser.crew, loser.scene = "calling", -1, -1
        if not self.find_crew(loser, may_divert=False):
            self.wait(loser, 0)

    def send(self, crew: Crew, person: Person, expected: float) -> None:
        """Send a crew from its place; everything until it is clear is fixed here."""
        travel, conveyed, handover, _ = person.draw(SCENE, person.visit)
        drive = duration(travel, expected, self.of(person, Kind.TRAVEL_SIGMA))
        scene = duration(
            person.u_scene, self.of(person, Kind.SCENE_MINUTES), self.of(person, Kind.SCENE_SIGMA)
        )
        crew.then, hospital = person.zone, 0.0
        if conveyed < self.of(person, Kind.CONVEY_SHARE):
            zone = self.zones[person.zone]
            crew.then = int(zone[Zone.HOSPITAL_ZONE])
            hospital = zone[Zone.HOSPITAL_MINUTES] * self.slowness()
            mean, sigma = self.of(person, Kind.HANDOVER_MINUTES), self.of(person, Kind.HANDOVER_SIGMA)
            hospital += duration(handover, mean, sigma)
        crew.state, crew.job, crew.leave = "busy", person, self.now
        crew.scene = person.scene = self.now + ticks(drive)
        crew.work = ticks(scene), ticks(hospital)
        person.state, person.crew = "assigned", crew.number
        person.stamp += 1
        crew.stamp += 1
        self.enter_crew(crew.scene + sum(crew.work), CLEAR, self.clear, crew, crew.stamp)
        self.write(Code.ASSIGN, person.number, crew.number)

    def work(self, total: str, begin: int, stop: int) -> None:
        """Count a crew's minutes, up to the end as its duty is."""
        self.totals[total] += (min(stop, self.end) - min(begin, self.end)) / MINUTE

    def clear(self, crew: Crew, stamp: int) -> None:
        """Clear a crew, and see whether the need comes back."""
        person = crew.job
        if stamp != crew.stamp or person is None:
            return
        done = crew.scene + crew.work[0]
        self.work("TRAVEL_MINUTES", crew.leave, crew.scene)
        self.work("SCENE_MINUTES", crew.scene, done)
        self.work("HOSPITAL_MINUTES", done, done + crew.work[1])
        self.write(Code.CLEAR, person.number, crew.number)
        crew.job, crew.place = None, crew.then
        self.close(person, "SERVED")
        if person.draw(CALL, person.visit)[3] < self.of(person, Kind.REPEAT_SHARE):
            u_delay = person.draw(RETURN, person.visit)[0]
            if self.comes_again(person, duration(u_delay, self.of(person, Kind.REPEAT_MINUTES), -1.0)):
                self.open += 1
        self.go_on(crew)

    def go_on(self, crew: Crew) -> None:
        """Off duty, on a break, to the next request, or home."""
        if crew.leaving:
            self.go_off(crew)
            return
        if crew.pause:
            self.take_break(crew)
            return
        for queue in self.queues:
            suited = [p for p in queue if self.suits(crew, p)]
            for person in [p for p in suited if self.rank(crew, p) == 0] or suited:
                queue.remove(person)
                self.send(crew, person, self.drive(person.zone, crew.place))
                return
        crew.state, crew.half = "idle", self.now
        if crew.place != crew.base:
            home = self.drive(crew.base, crew.place) * self.scalar(Scalar.RETURN_FACTOR)
            crew.half += ticks(0.5 * home)

    # -- duties -----------------------------------------------------------------------------

    def minutes(self, crew: Crew) -> float:
        """Return the crew's minutes on duty a day as they are now."""
        return self.crew_minutes[self.segment][crew.number]

    def begin_duties(self, crew: Crew) -> None:
        """Set up a crew's calendar at the start: a Sunday's late shift may be under way."""
        row, minutes = self.rows[crew.number], self.minutes(crew)
        start, length = clock(row[CrewPlan.START_MINUTE]), clock(minutes)
        if minutes >= 1440.0:
            self.enter_crew(0, ON, self.come_on, crew)
        elif int(row[CrewPlan.DAYS]) >> 6 & 1 and start + length > DAY_TICKS:
            self.enter_crew(0, ON, self.come_on, crew)
            self.enter_crew(start + length - DAY_TICKS, OFF, self.end_duty, crew)
        self.enter_crew(start, ON, self.start_day, crew)

    def start_day(self, crew: Crew) -> None:
        """Begin the day's shift, if there is one; its end and its break are settled now."""
        self.enter_crew(self.now + DAY_TICKS, ON, self.start_day, crew)
        row, minutes = self.rows[crew.number], self.minutes(crew)
        today = int(row[CrewPlan.DAYS]) >> (self.now // DAY_TICKS % 7) & 1
        if minutes <= 0.0 or (minutes < 1440.0 and not today):
            return
        if minutes < 1440.0:
            self.enter_crew(self.now + clock(minutes), OFF, self.end_duty, crew)
        if row[CrewPlan.BREAK_MINUTES] > 0.0:
            self.enter_crew(self.now + clock(row[CrewPlan.BREAK_AFTER_MINUTES]), DUE, self.fall_due, crew)
        self.come_on(crew)

    def come_on(self, crew: Crew) -> None:
        """Come on duty at the base, or stay on with the job in hand."""
        crew.leaving = False
        if crew.state == "off":
            self.write(Code.ON_DUTY, -1, crew.number)
            crew.on_since, crew.place = self.now, crew.base
            self.go_on(crew)

    def end_duty(self, crew: Crew) -> None:
        """End a shift; a job or break in hand is finished first."""
        if self.minutes(crew) < 1440.0 and crew.state != "off":
            crew.leaving = True
            if crew.state == "idle":
                self.go_off(crew)

    def go_off(self, crew: Crew) -> None:
        """Go off duty."""
        self.write(Code.OFF_DUTY, -1, crew.number)
        self.totals["DUTY_MINUTES"] += max(0, min(self.now, self.end) - crew.on_since) / MINUTE
        crew.state, crew.leaving, crew.pause = "off", False, False

    def fall_due(self, crew: Crew) -> None:
        """Let a break fall due."""
        if crew.state == "idle":
            self.take_break(crew)
        elif crew.state == "busy":
            crew.pause = True

    def take_break(self, crew: Crew) -> None:
        """Take a break, at the base."""
        minutes = self.rows[crew.number][CrewPlan.BREAK_MINUTES]
        self.write(Code.BREAK, -1, crew.number)
        self.work("BREAK_MINUTES", self.now, self.now + ticks(minutes))
        crew.state, crew.pause, crew.place = "break", False, crew.base
        self.enter_crew(self.now + ticks(minutes), BACK, self.go_on, crew)

    def change(self) -> None:
        """Make a dated change: crews begin or cease, a tick later, to be always on."""
        self.segment += 1
        for crew in self.crews:
            was = self.crew_minutes[self.segment - 1][crew.number] >= 1440.0
            will = self.minutes(crew) >= 1440.0
            if will and not was:
                self.enter_crew(self.now + 1, ON, self.come_on, crew)
            elif was and not will:
                self.enter_crew(max(self.now + 1, self.shift_end(crew)), OFF, self.end_duty, crew)

    def shift_end(self, crew: Crew) -> int:
        """Return when the crew's shift that is under way, or begins now, ends; -1 if there is none."""
        row, length = self.rows[crew.number], clock(self.minutes(crew))
        for day in (self.now // DAY_TICKS, self.now // DAY_TICKS - 1):
            begin = day * DAY_TICKS + clock(row[CrewPlan.START_MINUTE])
            if begin <= self.now < begin + length and int(row[CrewPlan.DAYS]) >> (day % 7) & 1:
                return begin + length
        return -1


def run_twin(plan: Plan, seed: int, luck: int, end_minutes: float, warm_minutes: float = 0.0) -> Outcome:
    """Run the twin once: births end at ``end_minutes``, survival counts from ``warm_minutes``."""
    return Twin(plan, Fate(np.uint64(seed), np.uint64(luck)), end_minutes, warm_minutes).run()
