"""One dispatch desk: who is nearest, who is turned round on the way, who is next in the queue."""

import math

import numpy as np

from remit.kernel.calendar import push
from remit.kernel.compiling import inlined
from remit.kernel.elementary import duration
from remit.kernel.layout import (
    MINUTE_TICKS,
    SLOT_BITS,
    TICKS_PER_MINUTE,
    Hour,
    Kind,
    Log,
    Scalar,
    Total,
    Zone,
)
from remit.kernel.philox import uniforms

U = np.uint64
STREAM_SCENE = U(4)
OFF, IDLE, BUSY, BREAK = 0, 1, 2, 3
CALLING, QUEUED, ASSIGNED, AWAY, DONE, POSTED = 1, 2, 3, 4, 5, 6
HEAP, N_IDLE, N_QUEUED, LOG_ROWS, SEGMENT, OPEN, LAST_TICK, IS_FULL = range(8)
HOUR_TICKS = 60 * MINUTE_TICKS
WEEK_HOURS = 168
NOBODY = (1 << 63) - 1
CREW_BITS = 16
DRIVE_GRAINS = 268435456.0  # in a minute: a year of driving still fits
CREW_MASK = (1 << CREW_BITS) - 1

TURNOUT = int(Scalar.TURNOUT_MINUTES)
TRAVEL_FACTOR = int(Scalar.TRAVEL_FACTOR)
RETURN_FACTOR = int(Scalar.RETURN_FACTOR)
DIVERT_SAVING = int(Scalar.DIVERT_SAVING_MINUTES)
SCENE_MEAN, SCENE_SIGMA = int(Kind.SCENE_MINUTES), int(Kind.SCENE_SIGMA)
HANDOVER_MEAN, HANDOVER_SIGMA = int(Kind.HANDOVER_MINUTES), int(Kind.HANDOVER_SIGMA)
CONVEY, TRAVEL_SIGMA = int(Kind.CONVEY_SHARE), int(Kind.TRAVEL_SIGMA)
NEEDS, DIVERTS = int(Kind.NEEDS), int(Kind.DIVERTS)
HOUR_TRAVEL = int(Hour.TRAVEL_FACTOR)
HOSPITAL_MINUTES, HOSPITAL_ZONE = int(Zone.HOSPITAL_MINUTES), int(Zone.HOSPITAL_ZONE)
T_TRAVEL, T_DIVERTED, T_QUEUED = int(Total.TRAVEL_MINUTES), int(Total.DIVERTED), int(Total.QUEUED)
LOG_ASSIGN, LOG_DIVERT, LOG_QUEUE = int(Log.ASSIGN), int(Log.DIVERT), int(Log.QUEUE)


@inlined
def hour_of(now):
    """Return the hour of the week, 0 from Monday midnight; unsigned, which divides and indexes faster."""
    return U(now) // U(HOUR_TICKS) % U(WEEK_HOURS)


@inlined
def note(work, tick, code, request, crew):
    """Write one line of the event log, where a log is kept."""
    n = work.state[LOG_ROWS]
    if n < work.log.shape[0]:
        work.log[n, 0] = tick
        work.log[n, 1] = code
        work.log[n, 2] = request
        work.log[n, 3] = crew
        work.state[LOG_ROWS] = n + 1


@inlined
def plan_event(work, tick, slot):
    """Put an event into the calendar; one after the last tick of the run can never matter."""
    if tick <= work.state[LAST_TICK]:
        if work.state[HEAP] < work.heap.shape[0]:
            push(work.heap, work.state[HEAP], (tick << SLOT_BITS) | slot)
            work.state[HEAP] += 1
        else:
            work.state[IS_FULL] = 1


@inlined
def join_idle(work, c):
    """Put crew ``c`` on the list of those who can be sent."""
    n = work.state[N_IDLE]
    work.idle[n] = c
    work.crews[c].rank = n
    work.crews[c].state = IDLE
    work.state[N_IDLE] = n + 1


@inlined
def leave_idle(work, c):
    """Take crew ``c`` off the list of those who can be sent."""
    rank = work.crews[c].rank
    last = work.state[N_IDLE] - 1
    moved = work.idle[last]
    work.idle[rank] = moved
    work.crews[moved].rank = rank
    work.crews[c].rank = -1
    work.state[N_IDLE] = last


@inlined
def minutes_away(crew, row, factor, turnout, now):
    """Return the expected drive of an idle crew, turnout included if it is at its base."""
    at_base = now >= crew.half
    place = crew.base if at_base else crew.place
    return row[place] * factor + (turnout if at_base else 0.0)


@inlined
def nearest_idle(work, row, factor, turnout, needs, now):
    """Return (crew, minutes) of the idle suitable crew that is soonest there; crew -1 if none.

    Drives are compared in grains of 2**-28 minute, ties go to the lower number: both in one integer, whose least is
    found without a branch, since which crew is nearest cannot be predicted.
    """
    best_key = NOBODY
    for r in range(work.state[N_IDLE]):
        c = work.idle[U(r)]
        crew = work.crews[U(c)]
        if crew.skills & needs == needs:
            minutes = minutes_away(crew, row, factor, turnout, now)
            key = (np.int64(minutes * DRIVE_GRAINS + 0.5) << CREW_BITS) | np.int64(c)
            best_key = min(key, best_key)  # type: ignore[assignment]
    best = -1
    best_minutes = math.inf
    if best_key != NOBODY:
        best = best_key & CREW_MASK
        best_minutes = minutes_away(work.crews[U(best)], row, factor, turnout, now)
    return best, best_minutes


@inlined
def enqueue(work, i, at_front):
    """Put request ``i`` into its priority's queue."""
    request = work.requests[U(i)]
    p = request.priority
    request.state = QUEUED
    if at_front:
        request.scene = -1  # a crew was promised: patience does not start again
        first = work.queues[p, 0]
        request.prev = -1
        request.next = first
        if first >= 0:
            work.requests[U(first)].prev = i
        else:
            work.queues[p, 1] = i
        work.queues[p, 0] = i
    else:
        last = work.queues[p, 1]
        request.next = -1
        request.prev = last
        if last >= 0:
            work.requests[U(last)].next = i
        else:
            work.queues[p, 0] = i
        work.queues[p, 1] = i
    work.state[N_QUEUED] += 1


@inlined
def unqueue(work, i):
    """Take request ``i`` out of its queue."""
    request = work.requests[U(i)]
    p = request.priority
    if request.prev >= 0:
        work.requests[U(request.prev)].next = request.next
    else:
        work.queues[p, 0] = request.next
    if request.next >= 0:
        work.requests[U(request.next)].prev = request.prev
    else:
        work.queues[p, 1] = request.prev
    work.state[N_QUEUED] -= 1


@inlined
def next_in_queue(plan, work, segment, skills):
    """Return the most urgent waiting request that this crew can serve, first come first served; -1 if none."""
    if work.state[N_QUEUED] > 0:
        for p in range(work.queues.shape[0]):
            i = work.queues[p, 0]
            while i >= 0:
                request = work.requests[U(i)]
                needs = int(plan.kinds[segment, request.kind, NEEDS])
                if skills & needs == needs:
                    return i
                i = request.next
    return -1


@inlined
def send(plan, work, segment, c, i, now, minutes, rep):
    """Send crew ``c`` to request ``i``; ``minutes`` is the expected drive, turnout included."""
    request = work.requests[U(i)]
    crew = work.crews[U(c)]
    kind = plan.kinds[segment, request.kind]
    u_scene = request.u_scene
    travel = minutes
    after = 0.0
    then = request.zone
    if kind[CONVEY] > 0.0 or kind[TRAVEL_SIGMA] != 0.0 or request.visit > 0:
        u_travel, u_convey, u_handover, u_again = uniforms(
            rep.seed, rep.luck, STREAM_SCENE, U(i), U(request.visit)
        )
        if request.visit > 0:
            u_scene = u_again
        travel = duration(u_travel, minutes, kind[TRAVEL_SIGMA])
        if u_convey < kind[CONVEY]:
            hour = hour_of(now)
            factor = plan.scalars[segment, TRAVEL_FACTOR] * plan.hours[HOUR_TRAVEL, hour]
            after = plan.zones[request.zone, HOSPITAL_MINUTES] * factor
            after += duration(u_handover, kind[HANDOVER_MEAN], kind[HANDOVER_SIGMA])
            then = int(plan.zones[request.zone, HOSPITAL_ZONE])
    on_scene = duration(u_scene, kind[SCENE_MEAN], kind[SCENE_SIGMA])
    request.state = ASSIGNED
    request.scene = now + int(travel * TICKS_PER_MINUTE + 0.5)
    crew.state = BUSY
    crew.job = i
    crew.leave = now
    crew.scene = request.scene
    crew.after = int(after * TICKS_PER_MINUTE + 0.5)
    crew.clear = request.scene + int(on_scene * TICKS_PER_MINUTE + 0.5) + crew.after
    crew.then = then
    plan_event(work, crew.clear, 1 + c)
    note(work, now, LOG_ASSIGN, i, c)
