"""Placing: the search for a crew for one request, and for those that lose theirs by it."""

import numpy as np

from remit.kernel.compiling import inlined
from remit.kernel.desk import (
    DIVERT_SAVING,
    DIVERTS,
    HOUR_TRAVEL,
    LOG_DIVERT,
    LOG_QUEUE,
    NEEDS,
    T_DIVERTED,
    T_QUEUED,
    T_TRAVEL,
    TRAVEL_FACTOR,
    TURNOUT,
    enqueue,
    hour_of,
    leave_idle,
    nearest_idle,
    note,
    send,
)
from remit.kernel.layout import TICKS_PER_MINUTE
from remit.kernel.patches import PATCHES_ON, nearest_of_patches, nearest_on_the_way

U = np.uint64


@inlined
def place(plan, work, totals, segment, i, now, rep):
    """Find help for request ``i``: nearest idle crew, else one on its way to less, else the queue.

    A request whose crew is turned round goes through the same search, without the right to divert.
    """
    scalars = plan.scalars[segment]
    hour = hour_of(now)
    factor = scalars[TRAVEL_FACTOR] * plan.hours[HOUR_TRAVEL, hour]
    asking = i
    displaced = False
    while asking >= 0:
        request = work.requests[U(asking)]
        kind = plan.kinds[segment, request.kind]
        needs = int(kind[NEEDS])
        row = plan.travel[request.zone]
        if scalars[PATCHES_ON] > 0.5:
            c, minutes = nearest_of_patches(plan, work, segment, request.zone, factor, needs, now)
        else:
            c, minutes = nearest_idle(work, row, factor, scalars[TURNOUT], needs, now)
        bumped = -1
        if kind[DIVERTS] > 0.5 and not displaced:
            saving = 0.0
            if c >= 0:
                saving = scalars[DIVERT_SAVING]
            other, other_minutes = nearest_on_the_way(plan, work, segment, asking, factor, now)
            if other >= 0 and other_minutes + saving < minutes:
                c = other
                minutes = other_minutes
                crew = work.crews[U(c)]
                bumped = crew.job
                if now - crew.leave >= crew.scene - now:
                    crew.place = work.requests[U(bumped)].zone
                driven = min(now, rep.end_tick) - min(crew.leave, rep.end_tick)
                totals[T_TRAVEL] += driven / TICKS_PER_MINUTE
                totals[T_DIVERTED] += 1.0
                note(work, now, LOG_DIVERT, bumped, c)
        if c >= 0:
            if bumped < 0:
                crew = work.crews[U(c)]
                if now >= crew.half:
                    crew.place = crew.base
                leave_idle(work, c)
            send(plan, work, segment, c, asking, now, minutes, rep)
        else:
            enqueue(work, asking, displaced)
            totals[T_QUEUED] += 1.0
            note(work, now, LOG_QUEUE, asking, -1)
        asking = bumped
        displaced = True
