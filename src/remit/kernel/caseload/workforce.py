"""Who works: the pool, what an employer offers, joining, leaving and changing over."""

import numpy as np

from remit.kernel.caseload.layout import (
    JOINING,
    NOBODY,
    OUT,
    OUTSIDE,
    PLATFORM,
    PROVIDER,
    WORKING,
    Employer,
    Log,
    Scalar,
    Work,
    World,
)
from remit.kernel.caseload.memory import Held, Level, note
from remit.kernel.caseload.teams import join_team, leave_team, weigh_patches
from remit.kernel.compiling import compiled, inlined
from remit.kernel.elementary import exp, log
from remit.kernel.philox import uniforms

U = np.uint64
STREAM_CAREER = U(25)
TURN = 61  # carers take turns from number 61 w on

STAFF = int(Held.STAFF)
LEAN = int(Level.LEAN_PROVIDER)
PRICE_LEVEL, PAID, GRANTED_HOURS = int(Level.PRICE), int(Level.PAID_PROVIDER), int(Level.GRANTED)
CEILING = int(World.CARER_CEILING)
POOL, WAGE, MARKET_SHARE = int(Scalar.POOL_PEOPLE), int(Scalar.LOCAL_WAGE), int(Scalar.MARKET_SHARE)
POSTS, POSTS_PER_HOUR = int(Scalar.POSTS), int(Scalar.POSTS_PER_HOUR)
REST, SWITCH, PROVIDER_ROUTE = (
    int(Scalar.REST_WEEKS),
    int(Scalar.SWITCH_FACTOR),
    int(Scalar.PROVIDER_ROUTE),
)
L_PAY, L_TRAVEL, L_INSECURE = (
    int(Scalar.LEAVE_PAY),
    int(Scalar.LEAVE_TRAVEL),
    int(Scalar.LEAVE_INSECURE),
)
L_DISCRETION, L_CONTINUITY = int(Scalar.LEAVE_DISCRETION), int(Scalar.LEAVE_CONTINUITY)
L_STAKE, L_OVERLOAD = int(Scalar.LEAVE_STAKE), int(Scalar.LEAVE_OVERLOAD)
HOURLY, SECURE, COMMISSION = (
    int(Employer.HOURLY),
    int(Employer.SECURE_SHARE),
    int(Employer.COMMISSION),
)
LEAVE, JOIN, START = int(Employer.LEAVE_HAZARD), int(Employer.JOIN_HAZARD), int(Employer.START_SHARE)
LAG, TRAINING = int(Employer.LAG_WEEKS), int(Employer.TRAINING_WEEKS)
DISCRETION, STAKE = int(Employer.DISCRETION), int(Employer.STAKE)
W_HIRES, W_LEAVERS, W_VACANCY = int(Work.HIRES), int(Work.LEAVERS), int(Work.VACANCY_WEEKS)
W_SWITCHERS = int(Work.SWITCHERS)
LOG_HIRE, LOG_BEGIN, LOG_LEAVE = int(Log.HIRE), int(Log.BEGIN), int(Log.LEAVE)


@inlined
def pay_of(plan, work, segment, carer, employer):
    """Return what an hour with a client pays this carer."""
    figures = plan.employers[segment, employer]
    pay = figures[HOURLY]
    if employer == PLATFORM:
        pay = pay * carer.price * work.levels[PRICE_LEVEL] * (1.0 - figures[COMMISSION])
    return pay


@inlined
def offer_of(plan, work, segment, carer, employer):
    """Return what an employer's offer is worth to a carer, in pounds an hour of work."""
    pay = pay_of(plan, work, segment, carer, employer)
    insecure = 1.0 - plan.employers[segment, employer, SECURE]
    return pay * work.levels[PAID + employer] * (1.0 - carer.wish * insecure)


@inlined
def willing(plan, work, segment, carer, employer):
    """Tell whether the offer is not below the carer's reservation."""
    offer = offer_of(plan, work, segment, carer, employer)
    return offer >= carer.reservation * plan.scalars[segment, WAGE]


@inlined
def takes(plan, work, segment, employer, posts):
    """Tell whether an employer takes people on: the provider with a post to fill, the platform if there is one."""
    if employer == PROVIDER:
        return work.state[STAFF] < posts
    return plan.scalars[segment, MARKET_SHARE] > 0.0


@inlined
def leaving_hazard(plan, work, segment, carer):
    """Return a working carer's weekly hazard of leaving care work."""
    scalars = plan.scalars[segment]
    figures = plan.employers[segment, carer.employer]
    x = work.levels[LEAN + carer.employer]
    if carer.employer == PLATFORM:
        x += scalars[L_PAY] * carer.log_price
    x += scalars[L_TRAVEL] * carer.unpaid
    x += scalars[L_CONTINUITY] * carer.known
    x += scalars[L_OVERLOAD] * carer.overload
    return figures[LEAVE] * exp(x)


@inlined
def lean_of(plan, work, segment, employer):
    """Return the part of a leaving hazard's logarithm that is the same for all of an employer's carers."""
    scalars = plan.scalars[segment]
    figures = plan.employers[segment, employer]
    pay = figures[HOURLY]
    if employer == PLATFORM:
        pay = pay * work.levels[PRICE_LEVEL] * (1.0 - figures[COMMISSION])
    x = 0.0
    if scalars[L_PAY] != 0.0 and pay > 0.0:
        x += scalars[L_PAY] * log(pay / scalars[WAGE])
    x += scalars[L_INSECURE] * (1.0 - figures[SECURE])
    x += scalars[L_DISCRETION] * figures[DISCRETION]
    x += scalars[L_STAKE] * figures[STAKE]
    return x


@compiled()
def quit_work(work, sheet, week, c):
    """Take a carer out of work or of joining."""
    carer = work.carers[c]
    note(work, week, LOG_LEAVE, c, carer.employer)
    sheet.work[carer.employer, W_LEAVERS] += 1.0
    if carer.employer == PROVIDER:
        work.state[STAFF] -= 1
    leave_team(work, c)
    carer.state = OUT
    work.serves[c] = -1
    carer.employer = NOBODY
    carer.unpaid = 0.0
    carer.known = 0.0
    carer.overload = 0.0


@compiled()
def begin(plan, work, segment, week, c):
    """Let a carer begin to work."""
    carer = work.carers[c]
    carer.state = WORKING
    carer.available = -1  # not yet measured
    work.serves[c] = carer.employer
    # in week 0 teams are formed once clients are there
    if week > 0 and carer.employer == PROVIDER and int(plan.scalars[segment, PROVIDER_ROUTE]) == 1:
        join_team(plan, work, segment, week, c)


@compiled()
def hire(plan, work, sheet, segment, week, c, employer, lag):
    """Take a carer on, to begin after ``lag`` weeks."""
    carer = work.carers[c]
    note(work, week, LOG_HIRE, c, employer)
    sheet.work[employer, W_HIRES] += 1.0
    carer.employer = employer
    if employer == PROVIDER:
        work.state[STAFF] += 1
    if lag > 0:
        carer.state = JOINING
        carer.ready = week + lag
    else:
        begin(plan, work, segment, week, c)


@compiled()
def change_pool(plan, work, sheet, segment, week):
    """Bring the pool to the segment's size, and empty the platform if there is none."""
    scalars = plan.scalars[segment]
    for c in range(work.carers.shape[0]):
        carer = work.carers[c]
        inside = carer.mark * plan.world[CEILING] < scalars[POOL]
        gone = carer.employer == PLATFORM and not scalars[MARKET_SHARE] > 0.0
        if carer.employer != NOBODY and (gone or not inside):
            quit_work(work, sheet, week, c)
            carer.ready = week
        if not inside:
            carer.state = OUTSIDE
        elif carer.state == OUTSIDE:
            carer.state = OUT
            carer.ready = week


@compiled()
def start_work(plan, work, sheet, segment, week):
    """Put to work at once those who start with one or the other."""
    for c in range(work.carers.shape[0]):
        carer = work.carers[c]
        if carer.state == OUT:
            if carer.u_start < plan.employers[segment, PROVIDER, START] and willing(
                plan, work, segment, carer, PROVIDER
            ):
                hire(plan, work, sheet, segment, week, c, PROVIDER, 0)
            elif (
                plan.scalars[segment, MARKET_SHARE] > 0.0
                and carer.u_start >= 1.0 - plan.employers[segment, PLATFORM, START]
                and willing(plan, work, segment, carer, PLATFORM)
            ):
                hire(plan, work, sheet, segment, week, c, PLATFORM, 0)


@inlined
def pull(plan, work, segment, carer, employer, posts):
    """Return the hazard of being drawn to an employer."""
    hazard = plan.employers[segment, employer, JOIN]
    if not (
        hazard > 0.0
        and takes(plan, work, segment, employer, posts)
        and willing(plan, work, segment, carer, employer)
    ):
        hazard = 0.0
    return hazard


@inlined
def hazards_of(plan, work, segment, carer, posts):
    """Return the week's hazards of going out, to the provider, to the platform."""
    out, to_provider, to_platform = 0.0, 0.0, 0.0
    if carer.state == OUT:
        to_provider = pull(plan, work, segment, carer, PROVIDER, posts)
        to_platform = pull(plan, work, segment, carer, PLATFORM, posts)
    else:
        out = leaving_hazard(plan, work, segment, carer)
        factor = plan.scalars[segment, SWITCH]
        if factor > 0.0:
            offered_provider = offer_of(plan, work, segment, carer, PROVIDER)
            offered_platform = offer_of(plan, work, segment, carer, PLATFORM)
            if carer.employer == PROVIDER and offered_platform > offered_provider:
                to_platform = factor * pull(plan, work, segment, carer, PLATFORM, posts)
            elif carer.employer == PLATFORM and offered_provider > offered_platform:
                to_provider = factor * pull(plan, work, segment, carer, PROVIDER, posts)
    return out, to_provider, to_platform


@compiled()
def turn(plan, work, sheet, segment, week, c, hazard, out, to_provider, luck):
    """Let a carer go out, to the provider or to the platform, by the week's hazards."""
    carer = work.carers[c]
    u_which, u_budget, _, _ = uniforms(luck.seed, luck.luck, STREAM_CAREER, U(c), U(carer.events))
    carer.events += 1
    carer.budget = -log(u_budget)
    goal = u_which * hazard
    if carer.state == WORKING:
        if not out > goal:
            sheet.work[carer.employer, W_SWITCHERS] += 1.0
        quit_work(work, sheet, week, c)
    if out > goal:
        carer.ready = week + int(plan.scalars[segment, REST])
    else:
        employer = PLATFORM
        if out + to_provider > goal:
            employer = PROVIDER
        figures = plan.employers[segment, employer]
        hire(plan, work, sheet, segment, week, c, employer, int(figures[LAG] + figures[TRAINING]))


@inlined
def move(plan, work, sheet, segment, week, c, posts, luck):
    """Let a week pass for one carer."""
    carer = work.carers[c]
    out, to_provider, to_platform = hazards_of(plan, work, segment, carer, posts)
    hazard = out + to_provider + to_platform
    if hazard > 0.0:
        carer.budget -= hazard
        if carer.budget <= 0.0:
            turn(plan, work, sheet, segment, week, c, hazard, out, to_provider, luck)


@compiled()
def move_carers(plan, work, sheet, segment, week, luck):
    """Let a week pass for every carer."""
    scalars = plan.scalars[segment]
    posts = int(scalars[POSTS] + scalars[POSTS_PER_HOUR] * work.levels[GRANTED_HOURS])
    if int(scalars[PROVIDER_ROUTE]) == 1:
        weigh_patches(plan, work)
    work.levels[LEAN] = lean_of(plan, work, segment, PROVIDER)
    work.levels[LEAN + 1] = lean_of(plan, work, segment, PLATFORM)
    n = work.carers.shape[0]
    first = (TURN * week) % n if n > 0 else 0
    for j in range(n):
        c = first + j
        if c >= n:
            c -= n
        carer = work.carers[c]
        if carer.state == WORKING or (carer.state == OUT and week >= carer.ready):
            move(plan, work, sheet, segment, week, c, posts, luck)
        elif carer.state == JOINING and week >= carer.ready:
            note(work, week, LOG_BEGIN, c, carer.employer)
            begin(plan, work, segment, week, c)
    vacancies = max(0, posts - work.state[STAFF])
    sheet.work[PROVIDER, W_VACANCY] += vacancies
    return vacancies
