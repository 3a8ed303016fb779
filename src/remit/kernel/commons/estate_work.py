"""The estate's work: what coverage is planned, how condition moves, repairs that wait and are paid."""

import numpy as np

from remit.kernel.commons.draws import chance, count, lognormal, some
from remit.kernel.commons.estate_layout import Asset, Income, Scalar, Year
from remit.kernel.commons.estate_memory import Held, Owed
from remit.kernel.commons.estate_money import LOST, ON, gifts_rate, stream_ahead, won_weekly
from remit.kernel.commons.layout import FIFTHS, WEEKS_A_YEAR, Stream
from remit.kernel.compiling import compiled, inlined
from remit.kernel.elementary import exp, log
from remit.kernel.philox import uniforms

U = np.uint64
S_REPAIR, S_VOLUNTEERS = U(int(Stream.REPAIR)), U(int(Stream.VOLUNTEERS))
H_P, H_Q, H_PURSE, H_SPEND = int(Held.PRICES), int(Held.WAGES), int(Held.PURSE), int(Held.FUND_SPENDING)
H_OWN, H_BACK, H_LEAST = int(Held.OWN), int(Held.BACK), int(Held.LEAST)
H_FIXED, H_OPTIMISM, H_DRAW = int(Held.FIXED), int(Held.OPTIMISM), int(Held.DRAW)
H_COVERAGE, H_LOOKS, H_NEED, H_OWED = (
    int(Held.COVERAGE),
    int(Held.LOOKS),
    int(Held.NEED),
    int(Held.OWED),
)
H_OVERFLOW = int(Held.OVERFLOW)
S_KEEP, S_PROVISION, S_HOLD = int(Scalar.KEEP), int(Scalar.PROVISION), int(Scalar.HOLD)
S_WAGE, S_OPEN, S_NEGLECT = int(Scalar.WAGE), int(Scalar.OPEN_WEIGHT), int(Scalar.NEGLECT)
S_VLAPSE, S_VSTART, S_VHOURS = (
    int(Scalar.VOLUNTEER_LAPSE),
    int(Scalar.VOLUNTEERS_START),
    int(Scalar.VOLUNTEER_HOURS),
)
S_VWORTH, S_SUPERVISION = int(Scalar.VOLUNTEER_WORTH), int(Scalar.SUPERVISION)
S_TOFUND, S_GRAISING = int(Scalar.TO_FUND), int(Scalar.GIVERS_RAISING)
A_SIZE, A_HOURS, A_MATERIALS = int(Asset.SIZE), int(Asset.HOURS), int(Asset.MATERIALS)
A_RECOVER, A_DECAY, A_RATE = int(Asset.RECOVER), int(Asset.DECAY), int(Asset.RATE)
A_COST, A_SIGMA = int(Asset.COST), int(Asset.COST_SIGMA)
A_PERIODIC, A_PERIOD, A_DUE = int(Asset.PERIODIC), int(Asset.PERIOD), int(Asset.FIRST_DUE)
I_PAYER, I_WINS, I_RAISING = int(Income.PAYER), int(Income.WINS), int(Income.RAISING)
Y_SUPERVISION, Y_REPAIRS, Y_VHOURS = int(Year.SUPERVISION), int(Year.REPAIRS), int(Year.VOLUNTEER_HOURS)
Y_SURPRISES = int(Year.SURPRISES)
O_ASSET, O_PRICE = int(Owed.ASSET), int(Owed.PRICE)
SURPRISES, WAITING = 0, 1  # columns of seen


@compiled()
def routine_need(plan, work):
    """Return pounds a week that the whole estate's routine work takes at this week's prices."""
    wage, prices = plan.scalars[S_WAGE] * work.held[H_Q], work.held[H_P]
    hours, materials = 0.0, 0.0
    for a in range(plan.assets.shape[0]):
        hours += plan.assets[a, A_HOURS]
        materials += plan.assets[a, A_MATERIALS]
    return hours * wage + materials * prices


@compiled()
def plan_coverage(plan, work, year, week, fallback, supervision):
    """Set the share of routine work that the body plans to do until the year ends."""
    s, held = plan.scalars, work.held
    sure, hoped = held[H_SPEND] + WEEKS_A_YEAR * fallback, 0.0
    for i in range(plan.streams.shape[0]):
        row, flow = plan.streams[i], work.flow[i]
        if row[I_WINS] > 0.0:
            coming = won_weekly(plan, work, i, year, week, True)
        elif flow[LOST] != 0.0:
            continue
        else:
            coming = stream_ahead(plan, work, i, year, week)
        coming *= flow[ON] * (1.0 - row[I_RAISING])
        if row[I_PAYER] == 0.0:
            sure += coming
        else:
            hoped += coming
    hoped += WEEKS_A_YEAR * gifts_rate(plan, work) * (1.0 - s[S_TOFUND] - s[S_GRAISING])
    yearly = WEEKS_A_YEAR * held[H_NEED]
    draw = max(0.0, held[H_PURSE] - s[S_KEEP] * yearly) * held[H_DRAW]
    free = sure + hoped * (1.0 + held[H_OPTIMISM]) + draw
    free -= held[H_FIXED] * held[H_Q] + s[S_PROVISION] * held[H_P] + WEEKS_A_YEAR * supervision
    held[H_COVERAGE] = min(1.0, max(held[H_LEAST], free / yearly if yearly > 0.0 else 1.0))


@compiled()
def supervision_now(plan, work):
    """Return pounds a week that supervising the volunteers of the moment costs."""
    total = 0
    for f in range(FIFTHS):
        total += work.people[1, f]
    return total * plan.scalars[S_VHOURS] * plan.scalars[S_SUPERVISION] * work.held[H_Q]


@compiled()
def move_volunteers(plan, work, week, seed, luck):
    """Let volunteers join and lapse."""
    s = plan.scalars
    lapse = chance(s[S_VLAPSE])
    for f in range(FIFTHS):
        before = work.people[1, f]
        if week >= s[S_VSTART] and (before > 0 or plan.volunteers[f, 1] > 0.0):
            u, v, _, _ = uniforms(seed, luck, S_VOLUNTEERS, U(FIFTHS * week + f), U(0))
            work.people[1, f] = before + count(u, plan.volunteers[f, 1]) - some(v, before, lapse)


@compiled()
def volunteer(plan, work, sheet):
    """Give the volunteers' hours to the assets and pay for their supervision."""
    s = plan.scalars
    hours = 0.0
    work.volunteered[:] = 0.0
    for f in range(FIFTHS):
        given = work.people[1, f] * s[S_VHOURS]
        hours += given
        if given > 0.0:
            for a in range(work.volunteered.shape[0]):
                work.volunteered[a] += given * s[S_VWORTH] * plan.volunteer_share[a, f]
    cost = hours * s[S_SUPERVISION] * work.held[H_Q]
    sheet[Y_VHOURS] += hours
    sheet[Y_SUPERVISION] += cost
    work.held[H_PURSE] -= cost


@inlined
def owe(work, asset, price):
    """Put a repair at the end of the queue, in pounds of the plan's year."""
    if work.ring[1] >= work.queue.shape[0]:
        work.held[H_OVERFLOW] = 1.0
    else:
        at = (work.ring[0] + work.ring[1]) % work.queue.shape[0]
        work.queue[at, O_ASSET] = asset
        work.queue[at, O_PRICE] = price
        work.ring[1] += 1
        work.seen[asset, WAITING] += 1
        work.held[H_OWED] += price


@compiled()
def wear(plan, work, sheet, week, seed, luck):
    """Move every asset's condition by a week, and let repairs fall due."""
    s, held = plan.scalars, work.held
    for a in range(plan.assets.shape[0]):
        row = plan.assets[a]
        k = held[H_COVERAGE]
        if row[A_HOURS] > 0.0:
            k = min(1.0, k + work.volunteered[a] / row[A_HOURS])
        c = work.condition[a]
        c += row[A_RECOVER] * (1.0 - c) * k - row[A_DECAY] * c * (1.0 - k)
        c = min(1.0, max(0.0, c))
        work.condition[a] = c
        if row[A_PERIOD] > 0.0 and week >= row[A_DUE] and (week - row[A_DUE]) % row[A_PERIOD] < 1.0:
            owe(work, a, row[A_PERIODIC])
        if row[A_RATE] > 0.0:
            work.budget[a] -= row[A_RATE] / WEEKS_A_YEAR * (1.0 + s[S_NEGLECT] * (1.0 - c))
            if work.budget[a] <= 0.0:
                _, u, _, _ = uniforms(seed, luck, S_REPAIR, U(a), U(work.seen[a, SURPRISES]))
                owe(work, a, lognormal(u, row[A_COST], row[A_SIGMA]))
                sheet[Y_SURPRISES] += 1.0
                work.seen[a, SURPRISES] += 1
                draw_budget(work, a, seed, luck)


@inlined
def draw_budget(work, a, seed, luck):
    """Draw how much hazard an asset stands until its next surprise; what the last one used too much is taken off."""
    first, _, _, _ = uniforms(seed, luck, S_REPAIR, U(a), U(work.seen[a, SURPRISES]))
    work.budget[a] -= log(first)


@compiled()
def pay_repairs(plan, work, sheet):
    """Pay the repairs that wait, oldest first, as far as the purse holds more than what must stay in it."""
    held = work.held
    stays = 0.0 if held[H_OWN] != 0.0 else plan.scalars[S_HOLD]
    while work.ring[1] > 0 and held[H_PURSE] > stays:
        row = work.queue[work.ring[0]]
        price = row[O_PRICE] * held[H_P]
        paid = min(price, held[H_PURSE] - stays)
        held[H_PURSE] -= paid
        sheet[Y_REPAIRS] += paid
        if paid < price:
            row[O_PRICE] -= paid / held[H_P]
            held[H_OWED] -= paid / held[H_P]
            break
        held[H_OWED] -= row[O_PRICE]
        work.seen[int(row[O_ASSET]), WAITING] -= 1
        work.ring[0] = (work.ring[0] + 1) % work.queue.shape[0]
        work.ring[1] -= 1


@compiled()
def look(plan, work, told):
    """Note every asset's condition as people see it, and the estate's mean; return that mean."""
    weight = plan.scalars[S_OPEN]
    total, size = 0.0, 0.0
    for a in range(plan.assets.shape[0]):
        seen = work.condition[a] * max(0.0, 1.0 - weight * work.seen[a, WAITING])
        told[a] += seen
        total += seen * plan.assets[a, A_SIZE]
        size += plan.assets[a, A_SIZE]
    looks = total / size if size > 0.0 else 0.0
    work.held[H_LOOKS] = looks
    return looks


@compiled()
def after_growth(rate, year):
    """Return the factor of so many years' growth."""
    return exp(rate * year)
