"""Duties: shifts that begin and end, breaks, and crews that a dated change adds or takes away."""

from remit.kernel.compiling import compiled, inlined
from remit.kernel.desk import (
    BUSY,
    IDLE,
    LAST_TICK,
    OFF,
    U,
    leave_idle,
    note,
    plan_event,
)
from remit.kernel.layout import DAY_TICKS, TICKS_PER_MINUTE, CrewPlan, Log, Total

BASE, SKILLS, START = int(CrewPlan.BASE), int(CrewPlan.SKILLS), int(CrewPlan.START_MINUTE)
DAYS = int(CrewPlan.DAYS)
BREAK_AFTER, BREAK_LENGTH = int(CrewPlan.BREAK_AFTER_MINUTES), int(CrewPlan.BREAK_MINUTES)
T_DUTY = int(Total.DUTY_MINUTES)
LOG_ON, LOG_OFF = int(Log.ON_DUTY), int(Log.OFF_DUTY)
ALL_DAY = 1440.0
SUNDAY = 64


@inlined
def has_daily_entry(plan, segment, c):
    """Tell whether crew ``c`` needs a calendar entry each day: a shift, a break, or changes to come."""
    several = plan.segment_ticks.shape[0] > 1
    return plan.crew_minutes[segment, c] < ALL_DAY or several or plan.crews[c, BREAK_LENGTH] > 0.0


@compiled()
def set_up(plan, work, last_tick):
    """Empty the working memory and write the first duties into the calendar."""
    n_crews = plan.crews.shape[0]
    work.state[:] = 0
    work.state[LAST_TICK] = last_tick
    work.queues[:] = -1
    work.tired[:] = 0.0
    work.bins[:] = 0
    for s in range(1, plan.segment_ticks.shape[0]):
        plan_event(work, plan.segment_ticks[s], 0)
    for c in range(n_crews):
        crew = work.crews[c]
        crew.clear = -1
        crew.scene = 0
        crew.leave = 0
        crew.half = 0
        crew.after = 0
        crew.duty = 0
        crew.job = -1
        crew.base = int(plan.crews[c, BASE])
        crew.place = crew.base
        crew.then = crew.base
        crew.rank = -1
        crew.skills = int(plan.crews[c, SKILLS])
        crew.state = OFF
        crew.leaving = 0
        crew.pause = 0
        minutes, start = plan.crew_minutes[0, c], plan.crews[c, START]
        daily = has_daily_entry(plan, U(0), c)
        if minutes >= ALL_DAY:
            if start > 0.0 or not daily:
                plan_event(work, 0, 1 + n_crews + c)
        elif minutes > 0.0 and start + minutes > ALL_DAY and int(plan.crews[c, DAYS]) & SUNDAY:
            # the week before ended on a Sunday whose late shift runs past midnight
            plan_event(work, 0, 1 + n_crews + c)
            plan_event(work, int((start + minutes - ALL_DAY) * TICKS_PER_MINUTE), 1 + 2 * n_crews + c)
        if daily:
            plan_event(work, int(start * TICKS_PER_MINUTE), 1 + n_crews + c)


@inlined
def begin_shift(plan, work, segment, c, now):
    """Begin crew ``c``'s day if it works today; return the crew if it came on duty, else -1."""
    n_crews = plan.crews.shape[0]
    crew = work.crews[U(c)]
    minutes = plan.crew_minutes[segment, c]
    day = now // DAY_TICKS
    at_start = now - day * DAY_TICKS == int(plan.crews[c, START] * TICKS_PER_MINUTE)
    works = minutes >= ALL_DAY or not at_start or (int(plan.crews[c, DAYS]) >> (day % 7)) & 1
    if at_start and has_daily_entry(plan, segment, c):
        plan_event(work, now + DAY_TICKS, 1 + n_crews + c)
    freed = -1
    if minutes > 0.0 and works:
        crew.leaving = 0
        if crew.state == OFF:
            crew.duty = now
            crew.place = crew.base
            crew.half = now
            crew.pause = 0
            note(work, now, LOG_ON, -1, c)
            freed = c
        if at_start and minutes < ALL_DAY:
            plan_event(work, now + int(minutes * TICKS_PER_MINUTE), 1 + 2 * n_crews + c)
        if at_start and plan.crews[c, BREAK_LENGTH] > 0.0:
            plan_event(work, now + int(plan.crews[c, BREAK_AFTER] * TICKS_PER_MINUTE), 1 + 3 * n_crews + c)
    return freed


@inlined
def duty(plan, work, segment, slot, now):
    """Carry out a duty of the calendar: on, off, break or back; return the crew that is free to use, else -1."""
    n_crews = plan.crews.shape[0]
    c = (slot - 1) % n_crews
    what = (slot - 1) // n_crews
    crew = work.crews[U(c)]
    freed = -1
    if what == 1:
        freed = begin_shift(plan, work, segment, c, now)
    elif what == 2:
        if plan.crew_minutes[segment, c] < ALL_DAY and crew.state != OFF:
            crew.leaving = 1
            if crew.state == IDLE:
                leave_idle(work, c)
                freed = c
    elif what == 3:
        if crew.state == IDLE:
            leave_idle(work, c)
            crew.pause = 1
            freed = c
        elif crew.state == BUSY:
            crew.pause = 1
    else:
        crew.place = crew.base
        freed = c
    return freed


@inlined
def go_off(work, totals, c, now, end_tick):
    """Take crew ``c`` off duty and count its minutes."""
    crew = work.crews[U(c)]
    crew.state = OFF
    crew.leaving = 0
    crew.pause = 0
    stop = min(now, end_tick)
    if stop > crew.duty:
        totals[T_DUTY] += (stop - crew.duty) / TICKS_PER_MINUTE
    note(work, now, LOG_OFF, -1, c)


@inlined
def shift_under_way(plan, segment, c, now):
    """Return the end of crew ``c``'s shift that is under way at ``now`` or begins then; -1 if none."""
    minutes, start = plan.crew_minutes[segment, c], plan.crews[c, START]
    days = int(plan.crews[c, DAYS])
    end = -1
    today = now // DAY_TICKS
    for day in (today, today - 1):
        begin = day * DAY_TICKS + int(start * TICKS_PER_MINUTE)
        stop = begin + int(minutes * TICKS_PER_MINUTE)
        if begin <= now and now < stop and (days >> (day % 7)) & 1:
            end = stop
    return end


@compiled()
def change_crews(plan, work, segment, now):
    """Bring on, a tick later, the crews that a new segment makes permanent; end those it does not keep.

    A crew that was permanent and whose new shift is under way works on to that shift's end.
    """
    n_crews = plan.crews.shape[0]
    for c in range(n_crews):
        old, new = plan.crew_minutes[segment - U(1), c], plan.crew_minutes[segment, c]
        # a tick later, so that it is not taken for the start of a daily shift
        if new >= ALL_DAY and old < ALL_DAY:
            plan_event(work, now + 1, 1 + n_crews + c)
        elif new < ALL_DAY and old >= ALL_DAY:
            plan_event(work, max(now + 1, shift_under_way(plan, segment, c, now)), 1 + 2 * n_crews + c)
