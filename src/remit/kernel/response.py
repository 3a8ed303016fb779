"""The response loop: requests are born, someone is sent, the clock decides.

Phases of one event, in this order:
    1 births come due before calendar entries of the same tick
    2 door: need thinned, access, call handling
    3 placing: triage; volunteers alerted beside the crew; posted for crews to take; crew sent, diverted, or queue
    4 clearing: outcome told, repeat demand drawn
    5 duties: shifts on and off, breaks, dated changes of the plan
and last the crew that any of these has freed gets its next thing.
"""

import numpy as np
from numba import float64, uint64, void

from remit.kernel.births import bear
from remit.kernel.calendar import pop
from remit.kernel.compiling import compiled, inlined
from remit.kernel.desk import (
    ASSIGNED,
    AWAY,
    BREAK,
    BUSY,
    CALLING,
    DONE,
    HEAP,
    IS_FULL,
    OFF,
    OPEN,
    POSTED,
    QUEUED,
    RETURN_FACTOR,
    SEGMENT,
    TRAVEL_FACTOR,
    hour_of,
    join_idle,
    next_in_queue,
    note,
    plan_event,
    send,
    unqueue,
)
from remit.kernel.door import (
    MOST_VISITS,
    STREAM_CALL,
    STREAM_RETURN,
    end_story,
    find_help,
    give_birth,
    mark,
    measured,
    open_door,
    send_away,
)
from remit.kernel.duties import BREAK_LENGTH, T_DUTY, change_crews, duty, go_off, set_up
from remit.kernel.elementary import duration
from remit.kernel.layout import (
    DAY_TICKS,
    F1,
    F3,
    MINUTE_TICKS,
    PLAN_TYPE,
    SLOT_BITS,
    TICKS_PER_MINUTE,
    WORKSPACE_TYPE,
    Count,
    Hour,
    Kind,
    Log,
    Replicate,
    Sheet,
    Total,
)
from remit.kernel.patches import PATCHES_ON, next_of_patches
from remit.kernel.philox import uniforms
from remit.kernel.tally import tell

U = np.uint64
SLOT_MASK = (1 << SLOT_BITS) - 1
NEVER = 1 << 62
GRACE_TICKS = 7 * DAY_TICKS  # after the last birth, to finish what is open

REPEAT_SHARE, REPEAT_MINUTES = int(Kind.REPEAT_SHARE), int(Kind.REPEAT_MINUTES)
HOUR_TRAVEL = int(Hour.TRAVEL_FACTOR)
C_ABANDONED = int(Count.ABANDONED)
C_HELD, C_REPEAT = int(Count.HELD), int(Count.REPEAT)
T_ABANDONED, T_SERVED, T_HELD = int(Total.ABANDONED), int(Total.SERVED), int(Total.HELD)
T_TRAVEL, T_SCENE = int(Total.TRAVEL_MINUTES), int(Total.SCENE_MINUTES)
T_HOSPITAL, T_BREAK, T_EVENTS = int(Total.HOSPITAL_MINUTES), int(Total.BREAK_MINUTES), int(Total.EVENTS)
T_OVERFLOW = int(Total.OVERFLOW)
LOG_BREAK = int(Log.BREAK)
LOG_CLEAR, LOG_ABANDON, LOG_BACK = int(Log.CLEAR), int(Log.ABANDON), int(Log.COME_BACK)


@inlined
def count_work(crew, totals, end_tick):
    """Count a job's minutes on the road, on the scene and at hospital, up to the end as duty is."""
    leave, scene = min(crew.leave, end_tick), min(crew.scene, end_tick)
    hospital, done = min(crew.clear - crew.after, end_tick), min(crew.clear, end_tick)
    totals[T_TRAVEL] += (scene - leave) / TICKS_PER_MINUTE
    totals[T_SCENE] += (hospital - scene) / TICKS_PER_MINUTE
    totals[T_HOSPITAL] += (done - hospital) / TICKS_PER_MINUTE


@inlined
def clear(plan, work, sheet, segment, c, now, slot, rep):
    """End crew ``c``'s job: count it, and draw whether the person's need comes back."""
    crew = work.crews[U(c)]
    i = crew.job
    request = work.requests[U(i)]
    totals = sheet.totals
    count_work(crew, totals, rep.end_tick)
    totals[T_SERVED] += 1.0
    note(work, now, LOG_CLEAR, i, c)
    if measured(plan, request, rep):
        tell(plan, work, sheet, segment, i, True, rep)
    request.state = DONE
    crew.place = crew.then
    again = False
    kind = plan.kinds[segment, request.kind]
    if kind[REPEAT_SHARE] > 0.0 and request.visit < MOST_VISITS:
        _, _, _, u_repeat = uniforms(rep.seed, rep.luck, STREAM_CALL, U(i), U(request.visit))
        if u_repeat < kind[REPEAT_SHARE]:
            mark(plan, sheet, i, request, C_REPEAT, rep)
            u_delay, _, _, _ = uniforms(rep.seed, rep.luck, STREAM_RETURN, U(i), U(request.visit))
            minutes = duration(u_delay, kind[REPEAT_MINUTES], -1.0)
            again = send_away(work, totals, i, now, minutes, rep.end_tick, slot)
    if not again:
        work.state[OPEN] -= 1


@inlined
def use_crew(plan, work, totals, segment, c, now, resume_slot, rep):
    """Give a crew that has become free its next thing: home, break, a waiting person, or the base."""
    crew = work.crews[U(c)]
    crew.clear = -1
    if crew.leaving > 0:
        go_off(work, totals, c, now, rep.end_tick)
    elif crew.pause > 0:
        crew.pause = 0
        crew.state = BREAK
        length = plan.crews[c, BREAK_LENGTH]
        back = now + int(length * TICKS_PER_MINUTE + 0.5)
        totals[T_BREAK] += (min(back, rep.end_tick) - min(now, rep.end_tick)) / TICKS_PER_MINUTE
        plan_event(work, back, resume_slot + c)
        note(work, now, LOG_BREAK, -1, c)
    else:
        hour = hour_of(now)
        factor = plan.scalars[segment, TRAVEL_FACTOR] * plan.hours[HOUR_TRAVEL, hour]
        if plan.scalars[segment, PATCHES_ON] > 0.5:
            i = next_of_patches(plan, work, segment, c)
        else:
            i = next_in_queue(plan, work, segment, crew.skills)
        if i >= 0:
            unqueue(work, i)
            minutes = plan.travel[work.requests[U(i)].zone, crew.place] * factor
            send(plan, work, segment, c, i, now, minutes, rep)
        else:
            home = 0.0
            if crew.place != crew.base:
                home = plan.travel[crew.base, crew.place] * factor * plan.scalars[segment, RETURN_FACTOR]
            crew.half = now + int(0.5 * home * TICKS_PER_MINUTE + 0.5)
            join_idle(work, c)


@compiled()
def close(plan, work, sheet, n, rep):
    """Count what is still open at the end as held, and the duty minutes of those still on."""
    end_tick = rep.end_tick
    for c in range(plan.crews.shape[0]):
        crew = work.crews[c]
        if crew.state != OFF and end_tick > crew.duty:
            sheet.totals[T_DUTY] += (end_tick - crew.duty) / TICKS_PER_MINUTE
    if work.state[OPEN] > 0:
        for i in range(n):
            state = work.requests[i].state
            if state in (CALLING, POSTED, QUEUED, ASSIGNED, AWAY):
                end_story(plan, work, sheet, U(work.state[SEGMENT]), i, C_HELD, T_HELD, rep)


@compiled(void(PLAN_TYPE, WORKSPACE_TYPE, F1, F3, F3, F3, uint64, uint64, float64, float64))
def respond(plan, work, totals, by_group, by_zone, by_month, seed, luck, warm, end):
    """Run one replicate of one plan and count into the given rows.

    Args:
        plan: the arrays of ``layout.Plan``.
        work: working memory of this thread; its log is filled as far as it reaches.
        totals: ``(N_TOTALS,)`` as in ``layout.Sheet``.
        by_group: ``(K, G, N_COUNTS)``.
        by_zone: ``(Z, K, N_COUNTS)``.
        by_month: ``(M, K, N_COUNTS)``.
        seed: root seed.
        luck: number of the replicate, unique over scenarios.
        warm: minutes before which nothing is counted.
        end: minutes at which births end; open requests are finished for a week more.
    """
    n_crews = plan.crews.shape[0]
    slot_on, slot_resume, slot_request = 1 + n_crews, 1 + 4 * n_crews, 1 + 5 * n_crews
    sheet = Sheet(totals, by_group, by_zone, by_month)
    requests, crews = work.requests, work.crews
    end_tick = int(end * MINUTE_TICKS)
    rep = Replicate(seed, luck, int(warm * MINUTE_TICKS), end_tick)
    last_tick = end_tick + GRACE_TICKS
    set_up(plan, work, last_tick)
    n = bear(plan, work, seed, luck, end)
    if n < 0:
        totals[T_OVERFLOW] = 1.0
        return
    segment = U(0)  # unsigned: spares the check for a negative index
    coming = 0
    while work.state[IS_FULL] == 0:
        tick = NEVER
        if work.state[HEAP] > 0:
            tick = work.heap[0] >> SLOT_BITS
        door, ask, freed = -1, -1, -1  # who is at the door, who is to be placed, which crew is free
        if coming < n and requests[U(coming)].birth <= tick:  # 1 births
            now = requests[U(coming)].birth
            if give_birth(plan, work, sheet, segment, coming, rep):
                door = coming
            coming += 1
        else:
            if tick > last_tick or (tick > end_tick and work.state[OPEN] == 0):
                break
            now = tick
            slot = work.heap[0] & SLOT_MASK
            pop(work.heap, work.state[HEAP])
            work.state[HEAP] -= 1
            if slot >= slot_request:
                i = slot - slot_request
                request = requests[U(i)]
                if request.state in (CALLING, POSTED) and request.ready == now:
                    ask = i
                elif request.state == AWAY and request.ready == now:
                    request.birth = now
                    note(work, now, LOG_BACK, i, -1)
                    door = i
                elif request.state == QUEUED and request.scene == now:
                    unqueue(work, i)
                    note(work, now, LOG_ABANDON, i, -1)
                    end_story(plan, work, sheet, segment, i, C_ABANDONED, T_ABANDONED, rep)
            elif slot >= slot_on:  # 5 duties
                freed = duty(plan, work, segment, slot, now)
            elif slot >= 1:  # 4 clearing
                if crews[U(slot - 1)].state == BUSY and crews[U(slot - 1)].clear == now:
                    freed = slot - 1
                    clear(plan, work, sheet, segment, freed, now, slot_request, rep)
            else:
                segment += U(1)
                work.state[SEGMENT] = segment
                change_crews(plan, work, segment, now)
        totals[T_EVENTS] += 1.0
        if door >= 0 and open_door(plan, work, sheet, segment, door, now, slot_request, rep):  # 2 door
            ask = door
        if ask >= 0:  # 3 placing
            find_help(plan, work, sheet, segment, ask, now, slot_request, rep)
        if freed >= 0:
            use_crew(plan, work, totals, segment, freed, now, slot_resume, rep)
    totals[T_OVERFLOW] = work.state[IS_FULL]
    close(plan, work, sheet, n, rep)
