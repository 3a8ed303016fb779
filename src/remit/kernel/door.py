"""The door: need that arises, who gets in, who is turned away, triage, alert, and the search for help."""

import math

import numpy as np

from remit.kernel.alert import call_volunteers
from remit.kernel.births import TWO_TO_32
from remit.kernel.compiling import compiled, inlined
from remit.kernel.desk import (
    AWAY,
    CALLING,
    DONE,
    OPEN,
    POSTED,
    QUEUED,
    hour_of,
    note,
    plan_event,
)
from remit.kernel.elementary import duration, exp
from remit.kernel.layout import (
    DAY_TICKS,
    TICKS_PER_MINUTE,
    Count,
    Hour,
    Kind,
    Log,
    Scalar,
    Total,
    Zone,
)
from remit.kernel.offers import offer
from remit.kernel.philox import uniforms
from remit.kernel.placing import place
from remit.kernel.tally import STREAM_PERSON, add, group_of, rows_of, tell

U = np.uint64
STREAM_CALL = U(3)
STREAM_RETURN = U(5)
MOST_VISITS = 200
REST_TICKS = 28.0 * DAY_TICKS  # an alert is forgotten over four weeks

NEED_SHARE, REACH = int(Kind.NEED_SHARE), int(Kind.REACH_SHARE)
AWAY_SHARE, AWAY_MINUTES = int(Kind.AWAY_RETURN_SHARE), int(Kind.AWAY_RETURN_MINUTES)
CALL_MEAN, CALL_SIGMA = int(Kind.CALL_MINUTES), int(Kind.CALL_SIGMA)
PRIORITY, PATIENCE = int(Kind.PRIORITY), int(Kind.PATIENCE_MINUTES)
UNDER, UNDER_PRIORITY = int(Kind.UNDER_SHARE), int(Kind.UNDER_PRIORITY)
OVER, OVER_PRIORITY = int(Kind.OVER_SHARE), int(Kind.OVER_PRIORITY)
ALERTABLE = int(Kind.ALERTABLE)
DISPATCH = int(Scalar.DISPATCH_MINUTES)
ALERT_ON, ALERT_DENSITY = int(Scalar.ALERT_ON), int(Scalar.ALERT_DENSITY_PER_KM2)
LAPSE, FATIGUE = int(Scalar.ALERT_LAPSE_PER_MINUTE), int(Scalar.ALERT_FATIGUE)
Z_INSIDE, Z_AREA, Z_ALERT = int(Zone.INSIDE), int(Zone.AREA_KM2), int(Zone.ALERT_FACTOR)
HOUR_ALERT = int(Hour.ALERT_FACTOR)
C_NEED, C_NOT_REACHED = int(Count.NEED), int(Count.NOT_REACHED)
C_NOT_ARISEN = int(Count.NOT_ARISEN)
C_ALERTED, C_ANY, C_ACCEPTED = int(Count.ALERTED), int(Count.ACCEPTED_ANY), int(Count.ACCEPTED)
T_BORN, T_NOT_ARISEN, T_NOT_REACHED = int(Total.BORN), int(Total.NOT_ARISEN), int(Total.NOT_REACHED)
T_RETURNS, T_LATE = int(Total.RETURNS), int(Total.RETURNS_AFTER_END)
T_ALERTS, T_ACCEPTANCES = int(Total.ALERTS), int(Total.ACCEPTANCES)
LOG_BIRTH, LOG_NOT_ARISEN, LOG_NOT_REACHED = int(Log.BIRTH), int(Log.NOT_ARISEN), int(Log.NOT_REACHED)
LOG_ALERT, LOG_SELF = int(Log.ALERT), int(Log.SELF)
SELF_SHARE, SELF_MINUTES, TARGET = int(Kind.SELF_SHARE), int(Kind.SELF_MINUTES), int(Kind.TARGET_MINUTES)
C_SELF, C_SELF_WITHIN, C_SELF_MINUTES = int(Count.SELF), int(Count.SELF_WITHIN), int(Count.SELF_MINUTES)
T_SELF, OFFER_ON = int(Total.SELF), int(Scalar.OFFER_ON)
N_FIFTHS = 5


@inlined
def measured(plan, request, rep):
    """Tell whether this request counts: inside the place, within the span."""
    return (
        plan.zones[request.zone, Z_INSIDE] > 0.5
        and request.birth >= rep.warm_tick
        and request.birth < rep.end_tick
    )


@inlined
def mark(plan, sheet, i, request, column, rep):
    """Add one to a column for person ``i`` if measured."""
    if measured(plan, request, rep):
        add(rows_of(request, group_of(plan, request, i, rep), sheet, rep), column, 1.0)


@inlined
def send_away(work, totals, i, now, minutes, end_tick, slot):
    """Let person ``i`` come back after ``minutes``; return whether that is before the end."""
    request = work.requests[U(i)]
    back = now + int(minutes * TICKS_PER_MINUTE + 0.5)
    if back >= end_tick:
        totals[T_LATE] += 1.0
        return False
    request.state = AWAY
    request.visit += 1
    request.ready = back
    request.help = -1
    request.shock = -1
    totals[T_RETURNS] += 1.0
    plan_event(work, back, slot + i)
    return True


@inlined
def give_birth(plan, work, sheet, segment, i, rep):
    """Let person ``i`` be born; return whether the need arises in this design."""
    request = work.requests[U(i)]
    sheet.totals[T_BORN] += 1.0
    note(work, request.birth, LOG_BIRTH, i, -1)
    share = plan.kinds[segment, request.kind, NEED_SHARE]
    arises = share >= 1.0 or request.ready < share * TWO_TO_32
    if arises:
        work.state[OPEN] += 1
        mark(plan, sheet, i, request, C_NEED, rep)
    else:
        request.state = DONE
        sheet.totals[T_NOT_ARISEN] += 1.0
        mark(plan, sheet, i, request, C_NOT_ARISEN, rep)
        note(work, request.birth, LOG_NOT_ARISEN, i, -1)
    return arises


@compiled()
def end_story(plan, work, sheet, segment, i, column, total, rep):
    """Close the story of person ``i`` to whom no crew came."""
    request = work.requests[U(i)]
    request.state = DONE
    sheet.totals[total] += 1.0
    work.state[OPEN] -= 1
    if measured(plan, request, rep):
        mark(plan, sheet, i, request, column, rep)
        tell(plan, work, sheet, segment, i, False, rep)


@compiled()
def settles_itself(plan, work, sheet, segment, i, now, rep):
    """Tell whether person ``i`` is settled without us, and if so end the story."""
    request = work.requests[U(i)]
    kind = plan.kinds[segment, request.kind]
    _, _, u_self, u_minutes = uniforms(rep.seed, rep.luck, STREAM_PERSON, U(i), U(1))
    if u_self >= kind[SELF_SHARE]:
        return False
    request.state = DONE
    sheet.totals[T_SELF] += 1.0
    work.state[OPEN] -= 1
    note(work, now, LOG_SELF, i, -1)
    if measured(plan, request, rep):
        rows = rows_of(request, group_of(plan, request, i, rep), sheet, rep)
        minutes = duration(u_minutes, kind[SELF_MINUTES], -1.0)
        add(rows, C_SELF, 1.0)
        add(rows, C_SELF_MINUTES, minutes)
        if minutes <= kind[TARGET]:
            add(rows, C_SELF_WITHIN, 1.0)
        tell(plan, work, sheet, segment, i, False, rep)
    return True


@inlined
def open_door(plan, work, sheet, segment, i, now, slot, rep):
    """Let person ``i`` try the door; return whether they are to be placed at once."""
    request = work.requests[U(i)]
    kind = plan.kinds[segment, request.kind]
    at_once = False
    reached = True
    if kind[REACH] < 1.0:
        u_access, _, _, _ = uniforms(rep.seed, rep.luck, STREAM_PERSON, U(i), U(2 * request.visit))
        share = kind[REACH]
        if plan.missed.shape[0] > 0:
            share = 1.0 - (1.0 - share) * plan.missed[segment, U(group_of(plan, request, i, rep) // N_FIFTHS)]
        reached = u_access < share
    if reached and kind[SELF_SHARE] > 0.0 and settles_itself(plan, work, sheet, segment, i, now, rep):
        at_once = False
    elif reached:
        minutes = kind[CALL_MEAN]
        if kind[CALL_SIGMA] != 0.0:
            u_call, _, _, _ = uniforms(rep.seed, rep.luck, STREAM_CALL, U(i), U(request.visit))
            minutes = duration(u_call, minutes, kind[CALL_SIGMA])
        minutes += plan.scalars[segment, DISPATCH]
        request.ready = now + int(minutes * TICKS_PER_MINUTE + 0.5)
        at_once = request.ready <= now
        if not at_once:
            request.state = CALLING
            plan_event(work, request.ready, slot + i)
    else:
        note(work, now, LOG_NOT_REACHED, i, -1)
        u_delay, u_back, _, _ = uniforms(rep.seed, rep.luck, STREAM_RETURN, U(i), U(request.visit))
        minutes = duration(u_delay, kind[AWAY_MINUTES], -1.0)
        returns = u_back < kind[AWAY_SHARE] and request.visit < MOST_VISITS
        if not returns or not send_away(work, sheet.totals, i, now, minutes, rep.end_tick, slot):
            end_story(plan, work, sheet, segment, i, C_NOT_REACHED, T_NOT_REACHED, rep)
    return at_once


@inlined
def triage(plan, work, segment, i, rep):
    """Set the priority that the desk believes person ``i`` to have; return whether it is at least the true one."""
    request = work.requests[U(i)]
    kind = plan.kinds[segment, request.kind]
    priority = kind[PRIORITY]
    if kind[UNDER] > 0.0 or kind[OVER] > 0.0:
        _, u_triage, _, _ = uniforms(rep.seed, rep.luck, STREAM_CALL, U(i), U(request.visit))
        if u_triage < kind[UNDER]:
            priority = kind[UNDER_PRIORITY]
        elif u_triage >= 1.0 - kind[OVER]:
            priority = kind[OVER_PRIORITY]
    request.priority = int(priority)
    return priority <= kind[PRIORITY]


@compiled()
def alert(plan, work, sheet, segment, i, now, rep):
    """Call volunteers beside the crew; write when the first comes, as ticks after the call."""
    request = work.requests[U(i)]
    scalars = plan.scalars[segment]
    z = request.zone
    hour = hour_of(now)
    group = group_of(plan, request, i, rep)
    density = scalars[ALERT_DENSITY] * plan.zones[z, Z_ALERT] * plan.hours[HOUR_ALERT, hour]
    density *= plan.group_alert[U(group)] * exp(-scalars[LAPSE] * (now / TICKS_PER_MINUTE))
    lately = work.tired[z, 0] * exp(-(now - work.tired[z, 1]) / REST_TICKS)
    willing = exp(-scalars[FATIGUE] * lately)
    alerted, accepted, help_ticks, shock_ticks = call_volunteers(
        scalars, density, willing, rep, U(i), request.visit
    )
    work.tired[z, 0] = lately + alerted / max(1.0, density * plan.zones[z, Z_AREA])
    work.tired[z, 1] = now
    wait = int(now - request.birth)
    if help_ticks >= 0:
        request.help = wait + help_ticks
    if shock_ticks >= 0:
        request.shock = wait + shock_ticks
    sheet.totals[T_ALERTS] += alerted
    sheet.totals[T_ACCEPTANCES] += accepted
    note(work, now, LOG_ALERT, i, accepted)
    if measured(plan, request, rep):
        rows = rows_of(request, group, sheet, rep)
        add(rows, C_ALERTED, float(alerted))
        add(rows, C_ACCEPTED, float(accepted))
        if accepted > 0:
            add(rows, C_ANY, 1.0)


@inlined
def find_help(plan, work, sheet, segment, i, now, slot, rep):
    """Place person ``i``: triage, alert, posting, crew or queue, and the patience of those who wait."""
    request = work.requests[U(i)]
    kind = plan.kinds[segment, request.kind]
    if request.state != POSTED:
        seen = triage(plan, work, segment, i, rep)
        if seen and plan.scalars[segment, ALERT_ON] > 0.5 and kind[ALERTABLE] > 0.5:
            alert(plan, work, sheet, segment, i, now, rep)
    is_posted = request.state == POSTED or plan.scalars[segment, OFFER_ON] > 0.5
    if is_posted and not offer(plan, work, segment, i, now, slot, rep):
        return
    place(plan, work, sheet.totals, segment, i, now, rep)
    patience = kind[PATIENCE]
    if request.state == QUEUED and not math.isnan(patience):
        u_patience = 0.5
        if patience > 0.0:
            _, _, u_patience, _ = uniforms(rep.seed, rep.luck, STREAM_CALL, U(i), U(request.visit))
        request.scene = now + int(duration(u_patience, patience, -1.0) * TICKS_PER_MINUTE + 0.5)
        plan_event(work, request.scene, slot + i)
