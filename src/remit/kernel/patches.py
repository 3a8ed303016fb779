"""Crews that belong to patches: the zone's own team first, neighbours when all of it is busy."""

import math

import numpy as np

from remit.kernel.compiling import compiled
from remit.kernel.desk import (
    BUSY,
    CREW_BITS,
    CREW_MASK,
    DRIVE_GRAINS,
    IDLE,
    NEEDS,
    NOBODY,
    TURNOUT,
    minutes_away,
)
from remit.kernel.layout import CrewPlan, Scalar

U = np.uint64
PATCH = int(CrewPlan.PATCH)
HELP_PATCHES, PATCHES_ON = int(Scalar.HELP_PATCHES), int(Scalar.PATCHES_ON)


@compiled()
def rank_of(plan, zone, c):
    """Return how near the patch of crew ``c`` is to a zone's own: 0 its own, 1 the nearest neighbour, and so on."""
    return plan.patches[zone, int(plan.crews[c, PATCH])]


@compiled()
def may_serve(plan, segment, zone, c):
    """Tell whether crew ``c`` may be sent to a zone: any where crews belong to no patch."""
    scalars = plan.scalars[segment]
    return scalars[PATCHES_ON] < 0.5 or rank_of(plan, zone, c) <= scalars[HELP_PATCHES]


@compiled()
def nearest_of_patches(plan, work, segment, zone, factor, needs, now):
    """Return (crew, minutes) of the idle suitable crew that is soonest there: own patch, else those that may help.

    Drives are compared as ``desk.nearest_idle`` does.
    """
    row = plan.travel[zone]
    turnout = plan.scalars[segment, TURNOUT]
    best_own = NOBODY
    best_other = NOBODY
    for c in range(work.crews.shape[0]):
        crew = work.crews[c]
        if crew.state != IDLE or crew.skills & needs != needs or not may_serve(plan, segment, zone, c):
            continue
        minutes = minutes_away(crew, row, factor, turnout, now)
        key = (int(minutes * DRIVE_GRAINS + 0.5) << CREW_BITS) | c
        if rank_of(plan, zone, c) == 0:
            best_own = min(key, best_own)
        else:
            best_other = min(key, best_other)
    best_key = best_own
    if best_own == NOBODY:
        best_key = best_other
    if best_key == NOBODY:
        return -1, math.inf
    best = best_key & CREW_MASK
    return best, minutes_away(work.crews[best], row, factor, turnout, now)


@compiled()
def nearest_on_the_way(plan, work, segment, i, factor, now):
    """Return (crew, minutes) of the nearest crew that is driving to something less urgent; crew -1 if none.

    Half way in time or further it counts as at its destination, before that as where it set off.
    """
    request = work.requests[U(i)]
    row = plan.travel[request.zone]
    needs = int(plan.kinds[segment, request.kind, NEEDS])
    best = -1
    best_minutes = math.inf
    for c in range(work.crews.shape[0]):
        crew = work.crews[c]
        if crew.state != BUSY or now >= crew.scene or crew.skills & needs != needs:
            continue
        if not may_serve(plan, segment, request.zone, c):
            continue
        job = work.requests[U(crew.job)]
        if job.priority <= request.priority:
            continue
        place = crew.place
        if now - crew.leave >= crew.scene - now:
            place = job.zone
        minutes = row[place] * factor
        if minutes < best_minutes:
            best = c
            best_minutes = minutes
    return best, best_minutes


@compiled()
def next_of_patches(plan, work, segment, c):
    """Return the request that crew ``c`` takes next; -1 if none.

    The most urgent of those it may serve, its own patch first among equals, then first come first served.
    """
    skills = work.crews[c].skills
    for p in range(work.queues.shape[0]):
        other = -1
        i = work.queues[p, 0]
        while i >= 0:
            request = work.requests[i]
            needs = int(plan.kinds[segment, request.kind, NEEDS])
            if skills & needs == needs and may_serve(plan, segment, request.zone, c):
                if rank_of(plan, request.zone, c) == 0:
                    return i
                if other < 0:
                    other = i
            i = request.next
        if other >= 0:
            return other
    return -1
