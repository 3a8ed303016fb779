"""What happens to clients: fates at home and in hospital, assessment, grants, matches that end."""

import numpy as np

from remit.kernel.caseload.bookings import employer_of, end_all, lose, unbook
from remit.kernel.caseload.layout import (
    AWAITING,
    BANDS,
    GRAINS,
    GRANTED,
    HELPERS,
    HOSPITAL,
    PANEL,
    PLATFORM,
    RECOVERED,
    RESIDENTIAL,
    Count,
    Employer,
    Log,
    Scalar,
    Total,
    World,
)
from remit.kernel.caseload.memory import Held, Level, note
from remit.kernel.caseload.teams import end_membership
from remit.kernel.compiling import compiled, inlined
from remit.kernel.elementary import exp, log
from remit.kernel.philox import uniforms

U = np.uint64
STREAM_FATE = U(21)

ACTIVE = int(Held.ACTIVE)
CREDIT = int(Level.CREDIT)
H_LEAST, H_MOST, INITIAL = int(World.HOURS_LEAST), int(World.HOURS_MOST), int(World.INITIAL_CLIENTS)
SHORT_EFFECT = int(Scalar.SHORT_EFFECT)
ASSESS, COMPLEX_FIRST = int(Scalar.ASSESS_PER_WEEK), int(Scalar.COMPLEX_FIRST)
DELAY, STEP, SHARE = (
    int(Scalar.GRANT_DELAY_WEEKS),
    int(Scalar.GRANT_STEP_HOURS),
    int(Scalar.GRANT_SHARE),
)
MARKET_DELAY, MARKET_STEP, MARKET_SHARE = (
    int(Scalar.MARKET_GRANT_DELAY_WEEKS),
    int(Scalar.MARKET_GRANT_STEP_HOURS),
    int(Scalar.MARKET_GRANT_SHARE),
)
REVIEW, HOURS_FACTOR = int(Scalar.REVIEW_WEEKS), int(Scalar.HOURS_FACTOR)
CHANGE_CLIENT, CHANGE_CARER = int(Employer.CHANGE_CLIENT), int(Employer.CHANGE_CARER)
T_MOVED, T_DIED, T_RECOVERED = int(Total.MOVED), int(Total.DIED), int(Total.RECOVERED)
C_UNHELPED, C_STAYS = int(Count.ENDED_UNHELPED), int(Count.HOSPITAL_STAYS)
C_MOVES, C_DEATHS, C_RECOVERIES = (
    int(Count.RESIDENTIAL_MOVES),
    int(Count.DEATHS),
    int(Count.RECOVERIES),
)
LOG_ASSESS, LOG_GRANT, LOG_REVIEW = int(Log.ASSESS), int(Log.GRANT), int(Log.REVIEW)
LOG_HOSPITAL, LOG_BACK, LOG_CHANGE = int(Log.GO_TO_HOSPITAL), int(Log.BACK), int(Log.CHANGE)
LOG_MOVE = int(Log.MOVE)  # then die, recover


@inlined
def weight(row, to, state, factor):
    """Return the hazard of going to ``to``: short help drives to hospital and residential care."""
    h = row[to]
    if state < HOSPITAL and to in (HOSPITAL, RESIDENTIAL):
        h = h * factor
    return h


@inlined
def chosen(row, state, factor, goal):
    """Return the state whose running sum of hazards is first above ``goal``."""
    to = 0
    total = weight(row, 0, state, factor)
    while to < RECOVERED and not total > goal:
        to += 1
        total += weight(row, to, state, factor)
    return to


@compiled()
def go(work, sheet, week, row, to, warm):
    """Bring a client into a new state; return whether the story goes on."""
    client = work.clients[row]
    count = sheet.counts[client.route, client.fifth]
    was = client.state
    client.state = to
    if to < HOSPITAL:
        code = LOG_BACK if was == HOSPITAL else LOG_CHANGE
        note(work, week, code, client.number, to)
        return True
    end_all(work, sheet.totals, row)
    if to == HOSPITAL:
        note(work, week, LOG_HOSPITAL, client.number, -1)
        count[C_STAYS] += 1.0
        return True
    note(work, week, LOG_MOVE + to - RESIDENTIAL, client.number, -1)
    sheet.totals[T_MOVED + to - RESIDENTIAL] += 1.0
    count[C_MOVES + to - RESIDENTIAL] += 1.0
    if client.helped == 0 and client.born >= warm:
        count[C_UNHELPED] += 1.0
    return False


@compiled()
def live(plan, work, sheet, segment, week, luck):
    """Let a week pass for every client: needs change, and states by the week's hazards."""
    world, effect = plan.world, plan.scalars[segment, SHORT_EFFECT]
    kept = 0
    for i in range(work.state[ACTIVE]):
        row = U(work.active[i])
        client = work.clients[row]
        state = client.state
        factor = 1.0
        if state < HOSPITAL:
            grown = client.need * work.growth[client.complex, state]
            client.need = min(max(grown, world[H_LEAST]), world[H_MOST])
            if effect != 0.0 and client.short > 0.0:
                factor = exp(effect * client.short)
        hazards = plan.hazards[segment, client.complex, state]
        hazard = 0.0
        for to in range(RECOVERED + 1):
            hazard += weight(hazards, to, state, factor)
        stays = True
        if hazard > 0.0:
            client.budget -= hazard
            if client.budget <= 0.0:
                u_which, u_budget, _, _ = uniforms(
                    luck.seed, luck.luck, STREAM_FATE, U(client.number), U(client.events)
                )
                client.events += 1
                client.budget = -log(u_budget)
                to = chosen(hazards, state, factor, u_which * hazard)
                stays = go(work, sheet, week, row, to, luck.warm)
        if stays:
            work.active[kept] = row
            kept += 1
        else:
            end_membership(work, client)
    work.state[ACTIVE] = kept


@inlined
def of_route(scalars, client, column, market_column):
    """Return a number of the provider's clients, or its like for those who find help by market."""
    value = scalars[column]
    if employer_of(client.route) == PLATFORM:
        value = scalars[market_column]
    return value


@inlined
def grant(plan, work, segment, week, row, code):
    """Grant hours: a share of what is needed, in steps, by band."""
    client = work.clients[row]
    scalars = plan.scalars[segment]
    hours = of_route(scalars, client, SHARE, MARKET_SHARE) * (client.need * scalars[HOURS_FACTOR])
    step = of_route(scalars, client, STEP, MARKET_STEP)
    if step > 0.0 and hours > 0.0:
        hours = step * max(1.0, np.floor(hours / step + 0.5))
    total = 0
    for b in range(BANDS):
        grains = int(hours * plan.client_bands[client.pattern, b] * GRAINS + 0.5)
        work.granted[row, b] = grains
        total += grains
    client.stage = GRANTED
    client.ready = week + int(scalars[REVIEW])
    note(work, week, code, client.number, total)


@inlined
def assess_some(plan, work, segment, week, slots, complex_only):
    """Assess clients in order of birth while there are slots; return the slots left."""
    initial = int(plan.world[INITIAL])
    for i in range(work.state[ACTIVE]):
        if slots <= 0:
            break
        client = work.clients[work.active[i]]
        due = client.stage == AWAITING and client.number >= initial
        if due and (client.complex == 1 or not complex_only):
            client.stage = PANEL
            client.ready = week + int(of_route(plan.scalars[segment], client, DELAY, MARKET_DELAY))
            note(work, week, LOG_ASSESS, client.number, -1)
            slots -= 1
    return slots


@compiled()
def assess(plan, work, segment, week):
    """Assess, grant and review."""
    scalars = plan.scalars[segment]
    work.levels[CREDIT] += scalars[ASSESS]
    slots = int(work.levels[CREDIT])
    work.levels[CREDIT] -= slots
    if scalars[COMPLEX_FIRST] > 0.5:
        slots = assess_some(plan, work, segment, week, slots, True)
    assess_some(plan, work, segment, week, slots, False)
    every, initial = int(scalars[REVIEW]), int(plan.world[INITIAL])
    for i in range(work.state[ACTIVE]):
        row = work.active[i]
        client = work.clients[row]
        if client.stage == GRANTED:
            if every > 0 and week >= client.ready and client.state < HOSPITAL:
                grant(plan, work, segment, week, row, LOG_REVIEW)
        elif client.stage == PANEL:
            if client.ready <= week:
                grant(plan, work, segment, week, row, LOG_GRANT)
        elif client.number < initial:
            grant(plan, work, segment, week, row, LOG_GRANT)


@inlined
def cut_to_grant(work, row):
    """Cut bands booked beyond the grant, from the last helper on."""
    for b in range(BANDS):
        over = work.booked[row, b] - work.granted[row, b]
        h = HELPERS - 1
        while over > 0 and h >= 0:
            if work.helpers[row, h].carer >= 0:
                work.clients[row].thin = 1
                grains = min(over, work.hours[row, h, b])
                unbook(work, row, h, b, grains)
                over -= grains
            h -= 1


@compiled()
def lose_thin(work, totals, week, row):
    """Lose the helpers who have no hours left."""
    for h in range(HELPERS):
        if work.helpers[row, h].carer >= 0:
            grains = 0
            for b in range(BANDS):
                grains += work.hours[row, h, b]
            if grains == 0:
                lose(work, totals, week, row, h)


@compiled()
def end_matches(plan, work, sheet, segment, week):
    """End the matches whose time has come, those whose carer has gone, and those without hours."""
    for i in range(work.state[ACTIVE]):
        row = U(work.active[i])
        client = work.clients[row]
        if client.helpers > 0:
            employer = employer_of(client.route)
            figures = plan.employers[segment, employer]
            hazard = figures[CHANGE_CLIENT] + figures[CHANGE_CARER]
            left = client.helpers
            for h in range(HELPERS):
                if left <= 0:
                    break
                helper = work.helpers[row, h]
                if helper.carer >= 0:
                    left -= 1
                    if work.serves[U(helper.carer)] != employer:
                        lose(work, sheet.totals, week, row, h)
                    elif hazard > 0.0:
                        helper.budget -= hazard
                        if helper.budget <= 0.0:
                            lose(work, sheet.totals, week, row, h)
            cut_to_grant(work, row)
            if client.thin == 1:
                client.thin = 0
                lose_thin(work, sheet.totals, week, row)
