"""An estate and the body that keeps it, week by week, over up to sixty years."""

import numpy as np
from numba import int64, types, void

from remit.kernel.commons.estate_layout import Asset, EstatePlan, EstateTape, Income, Scalar, Year
from remit.kernel.commons.estate_memory import (
    F1,
    F2,
    F3,
    I1,
    PLAN_TYPE,
    WORK_TYPE,
    EstateWork,
    Held,
    make_estate_work,
)
from remit.kernel.commons.estate_money import (
    LOST,
    ON,
    SHOCK,
    X,
    collect,
    draw_on_fund,
    new_economy,
    new_year_of_fund,
    new_year_of_income,
    receive_gifts,
)
from remit.kernel.commons.estate_work import (
    after_growth,
    draw_budget,
    look,
    move_volunteers,
    pay_repairs,
    plan_coverage,
    routine_need,
    supervision_now,
    volunteer,
    wear,
)
from remit.kernel.commons.layout import FIFTHS, WEEKS_A_YEAR, Ints
from remit.kernel.compiling import compiled, inlined
from remit.kernel.elementary import exp, log

H_P, H_Q, H_LOGP = int(Held.PRICES), int(Held.WAGES), int(Held.LOG_PRICES)
H_PSTEP, H_QSTEP = int(Held.PRICE_STEP), int(Held.WAGE_STEP)
H_INFLATION, H_GROWTH, H_RETURN = int(Held.INFLATION), int(Held.WAGE_GROWTH), int(Held.RETURN)
H_PURSE, H_FUND, H_GIVEN = int(Held.PURSE), int(Held.FUND), int(Held.FUND_GIVEN)
H_OWN, H_BACK, H_FAILED = int(Held.OWN), int(Held.BACK), int(Held.FAILED_WEEK)
H_LEAST, H_FIXED, H_OPTIMISM, H_DRAW = (
    int(Held.LEAST),
    int(Held.FIXED),
    int(Held.OPTIMISM),
    int(Held.DRAW),
)
H_COVERAGE, H_LOOKS, H_LOOKS0 = int(Held.COVERAGE), int(Held.LOOKS), int(Held.LOOKS_START)
H_NEED, H_OWED, H_OVERFLOW = int(Held.NEED), int(Held.OWED), int(Held.OVERFLOW)
I_ON, I_STAYS = int(Income.ON), int(Income.STAYS)
A_START, A_SIZE = int(Asset.START), int(Asset.SIZE)
S_START = int(Scalar.INFLATION_START)
S_WM, S_INDEPENDENT, S_RESERVES = int(Scalar.WAGE_MEAN), int(Scalar.INDEPENDENT), int(Scalar.START_RESERVES)
S_FIXED, S_LEAST, S_OPTIMISM, S_DRAW = (
    int(Scalar.FIXED),
    int(Scalar.LEAST),
    int(Scalar.OPTIMISM),
    int(Scalar.DRAW),
)
S_CARRY, S_BORROW, S_INTEREST = int(Scalar.CARRY), int(Scalar.BORROW), int(Scalar.INTEREST)
S_GUARANTEE, S_STEP = int(Scalar.GUARANTEE), int(Scalar.STEP_IN)
S_FALLBACK, S_FGROWTH, S_FINDEX = (
    int(Scalar.FALLBACK),
    int(Scalar.FALLBACK_GROWTH),
    int(Scalar.FALLBACK_INDEX),
)
S_FLEAST, S_FFIXED = int(Scalar.FALLBACK_LEAST), int(Scalar.FALLBACK_FIXED)
S_CAPITAL, S_PAYER = int(Scalar.CAPITAL), int(Scalar.CAPITAL_PAYER)
Y_COUNCIL, Y_CALL, Y_STEP, Y_BACK = (
    int(Year.FROM_COUNCIL),
    int(Year.CALL),
    int(Year.STEP_IN),
    int(Year.BACK),
)
Y_FIXED, Y_ROUTINE, Y_INTEREST = int(Year.FIXED), int(Year.ROUTINE), int(Year.INTEREST)
Y_OFF, Y_CAPITAL, Y_CCOUNCIL = int(Year.WRITTEN_OFF), int(Year.CAPITAL), int(Year.CAPITAL_COUNCIL)
Y_PURSE, Y_FUND, Y_QUEUE, Y_COVERAGE = int(Year.PURSE), int(Year.FUND), int(Year.QUEUE), int(Year.COVERAGE)
Y_CONDITION, Y_GIVERS, Y_VOLUNTEERS = int(Year.CONDITION), int(Year.GIVERS), int(Year.VOLUNTEERS)
Y_PRICES, Y_INSOLVENT, Y_NEED = int(Year.PRICES), int(Year.INSOLVENT), int(Year.NEED)


@compiled()
def begin(plan, work, seed, luck):
    """Empty the working memory and put the estate as it stands at the start."""
    s, held = plan.scalars, work.held
    held[:] = 0.0
    work.ring[:] = 0
    work.seen[:] = 0
    work.won[:] = 0.0
    held[H_P], held[H_Q] = 1.0, 1.0
    held[H_INFLATION], held[H_GROWTH] = s[S_START], s[S_WM]
    held[H_PURSE], held[H_FUND] = s[S_RESERVES], s[S_CAPITAL]
    held[H_OWN] = 0.0 if s[S_INDEPENDENT] != 0.0 else 1.0
    held[H_FAILED] = -1.0
    held[H_LEAST], held[H_FIXED] = s[S_LEAST], s[S_FIXED]
    held[H_OPTIMISM], held[H_DRAW] = s[S_OPTIMISM], s[S_DRAW]
    for i in range(plan.streams.shape[0]):
        work.flow[i, X], work.flow[i, SHOCK], work.flow[i, LOST] = 0.0, 1.0, 0.0
        work.flow[i, ON] = plan.streams[i, I_ON]
    for f in range(FIFTHS):
        work.people[0, f], work.people[1, f] = int64(plan.givers[f, 0]), int64(plan.volunteers[f, 0])
    total, size = 0.0, 0.0
    for a in range(plan.assets.shape[0]):
        work.condition[a] = plan.assets[a, A_START]
        work.budget[a] = 0.0
        draw_budget(work, a, seed, luck)
        total += plan.assets[a, A_START] * plan.assets[a, A_SIZE]
        size += plan.assets[a, A_SIZE]
    looks = total / size if size > 0.0 else 0.0
    held[H_LOOKS], held[H_LOOKS0] = looks, max(1e-9, looks)


@inlined
def council_pays(held, sheet, pounds):
    """Pay the purse from the council beyond what was pledged."""
    held[H_PURSE] += pounds
    sheet[Y_COUNCIL] += pounds
    sheet[Y_CALL] += pounds


@compiled()
def hand_back(plan, work, sheet, week):
    """Give an estate whose body is insolvent back to the council."""
    s, held = plan.scalars, work.held
    owed = -held[H_PURSE]
    council_pays(held, sheet, s[S_GUARANTEE] * owed)
    sheet[Y_OFF] += (1.0 - s[S_GUARANTEE]) * owed
    step_in = s[S_STEP] * held[H_P]
    council_pays(held, sheet, step_in)
    sheet[Y_STEP] += step_in
    held[H_PURSE] = 0.0
    held[H_OWN], held[H_BACK], held[H_FAILED] = 1.0, 1.0, float(week)
    held[H_LEAST], held[H_FIXED] = s[S_FLEAST], s[S_FFIXED]
    held[H_OPTIMISM], held[H_DRAW] = 0.0, 0.0
    for i in range(plan.streams.shape[0]):
        work.flow[i, ON] = plan.streams[i, I_STAYS]
    work.people[0, :] = 0


@inlined
def fallback_now(plan, held, year):
    """Return pounds a week that the council pays once it has the estate back."""
    s = plan.scalars
    pay = 0.0
    if held[H_BACK] != 0.0:
        pay = s[S_FALLBACK] / WEEKS_A_YEAR * exp(s[S_FINDEX] * held[H_LOGP])
        pay *= after_growth(s[S_FGROWTH], float(year))
    return pay


@compiled()
def spend(plan, work, sheet):
    """Pay the week's office, routine work and interest."""
    s, held = plan.scalars, work.held
    fixed = held[H_FIXED] * held[H_Q] / WEEKS_A_YEAR
    routine = held[H_COVERAGE] * held[H_NEED]
    held[H_PURSE] -= fixed + routine
    sheet[Y_FIXED] += fixed
    sheet[Y_ROUTINE] += routine
    sheet[Y_NEED] += held[H_NEED]
    volunteer(plan, work, sheet)
    if held[H_OWN] == 0.0 and held[H_PURSE] < 0.0:
        interest = -held[H_PURSE] * s[S_INTEREST] / WEEKS_A_YEAR
        held[H_PURSE] -= interest
        sheet[Y_INTEREST] += interest


@compiled()
def settle(plan, work, sheet, week, is_last):
    """End a week: fill the council's purse, hand back a body that is insolvent, give back what is left over."""
    s, held = plan.scalars, work.held
    if held[H_OWN] != 0.0:
        if held[H_PURSE] < 0.0:
            council_pays(held, sheet, -held[H_PURSE])
        over = held[H_PURSE] - s[S_CARRY] * WEEKS_A_YEAR * held[H_NEED]
        if is_last and over > 0.0:
            held[H_PURSE] -= over
            sheet[Y_BACK] += over
    elif held[H_PURSE] < -s[S_BORROW]:
        hand_back(plan, work, sheet, week)


@compiled()
def note(work, sheet, looks):
    """Note a week's levels, each as its part of the year's mean."""
    held = work.held
    part = 1.0 / WEEKS_A_YEAR
    givers, volunteers = 0, 0
    for f in range(FIFTHS):
        givers += work.people[0, f]
        volunteers += work.people[1, f]
    sheet[Y_COVERAGE] += held[H_COVERAGE] * part
    sheet[Y_CONDITION] += looks * part
    sheet[Y_GIVERS] += givers * part
    sheet[Y_VOLUNTEERS] += volunteers * part
    sheet[Y_PRICES] += held[H_P] * part


@compiled(void(PLAN_TYPE, WORK_TYPE, F2, F2, F2, F2, F1, types.uint64, types.uint64, int64))
def keep(plan, work, years, told, gifts, streams, ends, seed, luck, weeks):
    """Run one replicate and count into the given rows: ``(Y, ...)``, ``(Y, A)``, ``(Y, 5)``, ``(Y, S)``, ``(2,)``.

    Phases of a week: the year's start, indices, income of the year, people, coverage, income, costs, wear and
    repairs, settling.
    """
    held = work.held
    begin(plan, work, seed, luck)
    returned = 0.0
    plan_anew = False
    for week in range(weeks):
        year = week // WEEKS_A_YEAR
        sheet = years[year]
        starts = week % WEEKS_A_YEAR == 0
        if starts:
            last_return = returned
            returned = new_economy(plan, work, year, seed, luck)
        held[H_P] *= held[H_PSTEP]
        held[H_Q] *= held[H_QSTEP]
        held[H_LOGP] = log(held[H_P])
        if starts:
            new_year_of_income(plan, work, year, week, seed, luck)
            new_year_of_fund(plan, work, sheet, year, last_return)
            if week == 0:
                sheet[Y_CAPITAL] = plan.scalars[S_CAPITAL]
                sheet[Y_CCOUNCIL] = plan.scalars[S_CAPITAL] if plan.scalars[S_PAYER] == 0.0 else 0.0
        held[H_NEED] = routine_need(plan, work)
        fallback = fallback_now(plan, held, year)
        if starts or plan_anew:
            plan_coverage(plan, work, year, week, fallback, supervision_now(plan, work))
            plan_anew = False
        receive_gifts(plan, work, sheet, gifts[year], week, seed, luck)
        move_volunteers(plan, work, week, seed, luck)
        pledged = collect(plan, work, sheet, streams[year], year, week)
        draw_on_fund(held, sheet)
        held[H_PURSE] += fallback
        sheet[Y_COUNCIL] += fallback
        sheet[Y_CALL] += max(0.0, fallback - pledged)
        spend(plan, work, sheet)
        wear(plan, work, sheet, week, seed, luck)
        pay_repairs(plan, work, sheet)
        note(work, sheet, look(plan, work, told[year]))
        was_back = held[H_BACK]
        settle(plan, work, sheet, week, week % WEEKS_A_YEAR == WEEKS_A_YEAR - 1)
        plan_anew = held[H_BACK] != was_back
        sheet[Y_PURSE], sheet[Y_FUND] = held[H_PURSE], held[H_FUND] + held[H_GIVEN]
        sheet[Y_QUEUE], sheet[Y_INSOLVENT] = held[H_OWED], held[H_BACK]
    for y in range(told.shape[0]):
        for a in range(told.shape[1]):
            told[y, a] /= WEEKS_A_YEAR
    ends[0], ends[1] = held[H_FAILED], held[H_OVERFLOW]


@compiled(void(PLAN_TYPE, WORK_TYPE, types.uint64, I1, int64, F3, F3, F3, F3, F2))
def keep_many(plan, work, seed, lucks, weeks, years, told, gifts, streams, ends):
    """Run one plan once for each number in ``lucks``; row r of every output belongs to ``lucks[r]``."""
    for r in range(lucks.shape[0]):
        luck = np.uint64(lucks[r])
        keep(plan, work, years[r], told[r], gifts[r], streams[r], ends[r], seed, luck, weeks)


def run_estate(
    plan: EstatePlan, weeks: int, seed: int, lucks: Ints, work: EstateWork | None = None
) -> EstateTape:
    """Return the tape of one plan run once for each replicate number.

    Args:
        plan: what to run.
        weeks: weeks of a run, whole years of 52.
        seed: root seed, 0 to 2**64 - 1.
        lucks: ``(R,)`` replicate numbers, unique over scenarios.
        work: working memory to use again; made if not given.
    """
    work = make_estate_work(plan, weeks) if work is None else work
    n_years = -(-weeks // WEEKS_A_YEAR)
    tape = EstateTape(
        years=np.zeros((len(lucks), n_years, len(Year))),
        assets=np.zeros((len(lucks), n_years, len(plan.assets))),
        gifts=np.zeros((len(lucks), n_years, FIFTHS)),
        streams=np.zeros((len(lucks), n_years, len(plan.streams))),
        ends=np.zeros((len(lucks), 2)),
    )
    keep_many(plan, work, np.uint64(seed), lucks, int(weeks), *tape)
    return tape
