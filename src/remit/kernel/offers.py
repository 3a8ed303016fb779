"""Requests that are posted: at each look every idle crew that suits takes it or not; in the end the desk assigns."""

import math

import numpy as np

from remit.kernel.compiling import compiled
from remit.kernel.desk import (
    CREW_BITS,
    CREW_MASK,
    DRIVE_GRAINS,
    IDLE,
    NEEDS,
    NOBODY,
    POSTED,
    TRAVEL_FACTOR,
    TURNOUT,
    hour_of,
    leave_idle,
    minutes_away,
    note,
    plan_event,
    send,
)
from remit.kernel.elementary import exp
from remit.kernel.layout import TICKS_PER_MINUTE, Hour, Log, Scalar
from remit.kernel.patches import may_serve
from remit.kernel.philox import uniforms

U = np.uint64
STREAM_OFFER = U(8)
MOST_LOOKS = 1023
CREW_BLOCKS = 16_384  # four crews a block
LOOK, DEADLINE = int(Scalar.OFFER_LOOK_MINUTES), int(Scalar.OFFER_DEADLINE_MINUTES)
ACCEPT, FALL = int(Scalar.OFFER_ACCEPT_SHARE), int(Scalar.OFFER_FALL_PER_MINUTE)
HOUR_TRAVEL = int(Hour.TRAVEL_FACTOR)
LOG_POST = int(Log.POST)


@compiled()
def taken_by(plan, work, segment, i, look, now, rep):
    """Return (crew, minutes) of the soonest of the idle crews that accept at this look; crew -1 if none does."""
    request = work.requests[i]
    scalars = plan.scalars[segment]
    needs = int(plan.kinds[segment, request.kind, NEEDS])
    factor = scalars[TRAVEL_FACTOR] * plan.hours[HOUR_TRAVEL, hour_of(now)]
    row = plan.travel[request.zone]
    first = (request.visit * (MOST_LOOKS + 1) + look) * CREW_BLOCKS
    best_key = NOBODY
    for c in range(work.crews.shape[0]):
        crew = work.crews[c]
        if (
            crew.state != IDLE
            or crew.skills & needs != needs
            or not may_serve(plan, segment, request.zone, c)
        ):
            continue
        minutes = minutes_away(crew, row, factor, scalars[TURNOUT], now)
        four = uniforms(rep.seed, rep.luck, STREAM_OFFER, U(i), U(first + c // 4))
        if four[c % 4] < scalars[ACCEPT] * exp(-scalars[FALL] * minutes):
            best_key = min((int(minutes * DRIVE_GRAINS + 0.5) << CREW_BITS) | c, best_key)
    if best_key == NOBODY:
        return -1, math.inf
    best = best_key & CREW_MASK
    return best, minutes_away(work.crews[best], row, factor, scalars[TURNOUT], now)


@compiled()
def offer(plan, work, segment, i, now, slot, rep):
    """Let crews look at posted request ``i``; return whether it is left to the desk.

    A request not yet posted is posted now. While posted, ``scene`` is its deadline, ``ready`` its next look and
    ``next`` the number of the look.
    """
    request = work.requests[i]
    scalars = plan.scalars[segment]
    is_new = request.state != POSTED
    look = 0
    if not is_new:
        look = int(request.next) + 1
    c, minutes = taken_by(plan, work, segment, i, look, now, rep)
    if c >= 0:
        crew = work.crews[c]
        if now >= crew.half:
            crew.place = crew.base
        leave_idle(work, c)
        send(plan, work, segment, c, i, now, minutes, rep)
        return False
    if is_new:
        request.scene = now + int(scalars[DEADLINE] * TICKS_PER_MINUTE + 0.5)
    wait = int(scalars[LOOK] * TICKS_PER_MINUTE + 0.5)
    if now >= request.scene or look >= MOST_LOOKS or wait <= 0:
        return True
    if is_new:
        note(work, now, LOG_POST, i, -1)
    request.state = POSTED
    request.next = look
    request.ready = min(now + wait, request.scene)
    plan_event(work, request.ready, slot + i)
    return False
