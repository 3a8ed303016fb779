"""The estate's money: the economy, streams of income, the fund, givers."""

import math

import numpy as np

from remit.kernel.commons.draws import chance, count, some
from remit.kernel.commons.estate_layout import Income, Scalar, Year
from remit.kernel.commons.estate_memory import Held
from remit.kernel.commons.layout import FIFTHS, WEEKS_A_YEAR, Stream
from remit.kernel.compiling import compiled, inlined
from remit.kernel.elementary import exp, log, normal_quantile
from remit.kernel.philox import uniforms

U = np.uint64
S_ECONOMY, S_INCOME = U(int(Stream.ECONOMY)), U(int(Stream.INCOME))
S_GIVERS = U(int(Stream.GIVERS))
H_P, H_Q = int(Held.PRICES), int(Held.WAGES)
H_INFLATION, H_GROWTH, H_RETURN = int(Held.INFLATION), int(Held.WAGE_GROWTH), int(Held.RETURN)
H_LAST = int(Held.LAST_INFLATION)
H_PURSE, H_FUND, H_GIVEN, H_SPEND = (
    int(Held.PURSE),
    int(Held.FUND),
    int(Held.FUND_GIVEN),
    int(Held.FUND_SPENDING),
)
H_LOOKS, H_LOOKS0, H_LOGP = int(Held.LOOKS), int(Held.LOOKS_START), int(Held.LOG_PRICES)
H_BACK = int(Held.BACK)
H_PSTEP, H_QSTEP = int(Held.PRICE_STEP), int(Held.WAGE_STEP)
X, SHOCK, LOST, ON = 0, 1, 2, 3  # columns of flow

I_ON, I_PAYER, I_AMOUNT = int(Income.ON), int(Income.PAYER), int(Income.AMOUNT)
I_START, I_END, I_RAMP, I_TAPER = int(Income.START), int(Income.END), int(Income.RAMP), int(Income.TAPER)
I_GROWTH, I_INDEX, I_SIGMA, I_PHI = (
    int(Income.GROWTH),
    int(Income.INDEX),
    int(Income.SIGMA),
    int(Income.PHI),
)
I_STAYS = int(Income.STAYS)
I_CAP, I_LOOKS, I_RENEW = int(Income.CAP), int(Income.LOOKS), int(Income.RENEW)
I_WINS, I_LASTS, I_RAISING = int(Income.WINS), int(Income.LASTS), int(Income.RAISING)

S_IM, S_IPHI, S_ISD = int(Scalar.INFLATION_MEAN), int(Scalar.INFLATION_PHI), int(Scalar.INFLATION_SIGMA)
S_WM, S_WPHI, S_WSD = int(Scalar.WAGE_MEAN), int(Scalar.WAGE_PHI), int(Scalar.WAGE_SIGMA)
S_WWITH, S_RWITH = int(Scalar.WAGE_WITH), int(Scalar.RETURN_WITH)
S_RM, S_RSD, S_FEE = int(Scalar.RETURN_MEAN), int(Scalar.RETURN_SIGMA), int(Scalar.FEE)
S_RULE, S_SPEND, S_AVERAGE, S_FLOOR = (
    int(Scalar.RULE),
    int(Scalar.SPEND),
    int(Scalar.AVERAGE),
    int(Scalar.FLOOR),
)
S_LAPSE, S_GINDEX, S_TOFUND = int(Scalar.LAPSE), int(Scalar.GIFT_INDEX), int(Scalar.TO_FUND)
S_GRAISING, S_GSTART = int(Scalar.GIVERS_RAISING), int(Scalar.GIVERS_START)
Y_GIVERS, Y_FUND, Y_RAISING = int(Year.FROM_GIVERS), int(Year.FROM_FUND), int(Year.RAISING)
Y_TOFUND, Y_RETURNS = int(Year.TO_FUND), int(Year.RETURNS)
LEAST_LOOKS, MOST_LOOKS = 0.05, 5.0


@compiled()
def new_economy(plan, work, year, seed, luck):
    """Draw a year's inflation, growth of real wages and return of the fund."""
    s, held = plan.scalars, work.held
    u, v, x, _ = uniforms(seed, luck, S_ECONOMY, U(year), U(0))
    a, b, c = normal_quantile(u), normal_quantile(v), normal_quantile(x)
    held[H_LAST] = held[H_INFLATION]
    held[H_INFLATION] = s[S_IM] + s[S_IPHI] * (held[H_INFLATION] - s[S_IM]) + s[S_ISD] * a
    mixed = s[S_WWITH] * a + math.sqrt(1.0 - s[S_WWITH] * s[S_WWITH]) * b
    held[H_GROWTH] = s[S_WM] + s[S_WPHI] * (held[H_GROWTH] - s[S_WM]) + s[S_WSD] * mixed
    held[H_PSTEP] = exp(held[H_INFLATION] / WEEKS_A_YEAR)
    held[H_QSTEP] = exp((held[H_INFLATION] + held[H_GROWTH]) / WEEKS_A_YEAR)
    mixed = s[S_RWITH] * a + math.sqrt(1.0 - s[S_RWITH] * s[S_RWITH]) * c
    return held[H_INFLATION] + s[S_RM] + s[S_RSD] * mixed


@compiled()
def new_year_of_income(plan, work, year, week, seed, luck):
    """Draw each stream's shock of the year, whether it goes on, and the grants won."""
    for i in range(plan.streams.shape[0]):
        row, flow = plan.streams[i], work.flow[i]
        u, v, x, _ = uniforms(seed, luck, S_INCOME, U(i), U(year))
        z = normal_quantile(u)
        if year > 0:
            z = row[I_PHI] * flow[X] + math.sqrt(1.0 - row[I_PHI] * row[I_PHI]) * z
        flow[X] = z
        flow[SHOCK] = exp(row[I_SIGMA] * z - 0.5 * row[I_SIGMA] * row[I_SIGMA])
        if year > 0 and row[I_RENEW] < 1.0 and row[I_START] <= week and v >= row[I_RENEW]:
            flow[LOST] = 1.0
        if row[I_WINS] > 0.0:
            wins = 0
            if flow[ON] != 0.0 and flow[LOST] == 0.0 and row[I_START] <= week < row[I_END]:
                wins = count(x, row[I_WINS])
            work.won[i, year] = wins * row[I_AMOUNT] * work.held[H_P] / row[I_LASTS]


@inlined
def won_weekly(plan, work, i, year, week, ahead):
    """Return what grants won pay this week; with ``ahead``, what they pay in the next 52 weeks."""
    lasts = plan.streams[i, I_LASTS]
    total = 0.0
    y = year
    while y >= 0 and week < y * WEEKS_A_YEAR + lasts:
        left = y * WEEKS_A_YEAR + lasts - week
        # what is left of its last week is paid in it
        total += work.won[i, y] * (min(float(WEEKS_A_YEAR), left) if ahead else min(1.0, left))
        y -= 1
    return total


@compiled()
def stream_weekly(plan, work, i, year, week, shock):
    """Return what a stream pays in a week, were it on and not lost, at a shock of that size."""
    row, held = plan.streams[i], work.held
    if week < row[I_START] or week >= row[I_END]:
        return 0.0
    pay = row[I_AMOUNT] / WEEKS_A_YEAR * exp(row[I_GROWTH] * year + row[I_INDEX] * held[H_LOGP]) * shock
    if row[I_RAMP] > 0.0:
        pay *= min(1.0, (week - row[I_START] + 1.0) / row[I_RAMP])
    if row[I_TAPER] > 0.0:
        pay *= min(1.0, (row[I_END] - week) / row[I_TAPER])
    if row[I_LOOKS] != 0.0:
        looks = min(MOST_LOOKS, max(LEAST_LOOKS, held[H_LOOKS] / held[H_LOOKS0]))
        pay *= exp(row[I_LOOKS] * log(looks))
    if row[I_CAP] > 0.0:
        pay = min(pay, row[I_CAP] / WEEKS_A_YEAR * held[H_P])
    return pay


@compiled()
def stream_ahead(plan, work, i, year, week):
    """Return what a stream pays in the next 52 weeks at this week's prices, were it on and not lost, without shocks."""
    row = plan.streams[i]
    is_steady = row[I_RAMP] <= 0.0 and row[I_TAPER] <= 0.0
    if is_steady and row[I_START] <= week and week + WEEKS_A_YEAR <= row[I_END]:
        return WEEKS_A_YEAR * stream_weekly(plan, work, i, year, week, 1.0)
    total = 0.0
    for ahead in range(WEEKS_A_YEAR):
        total += stream_weekly(plan, work, i, year, week + ahead, 1.0)
    return total


@compiled()
def collect(plan, work, sheet, by_stream, year, week):
    """Pay a week's streams into the purse, less what raising costs; return what was pledged of it for good."""
    held = work.held
    pledged = 0.0
    for i in range(plan.streams.shape[0]):
        row, flow = plan.streams[i], work.flow[i]
        if row[I_WINS] > 0.0:
            pay = won_weekly(plan, work, i, year, week, False)
        elif flow[LOST] != 0.0:
            continue
        else:
            pay = stream_weekly(plan, work, i, year, week, flow[SHOCK])
        if row[I_PAYER] == 0.0 and row[I_WINS] == 0.0:
            pledged += pay * row[I_ON] * (1.0 - row[I_STAYS])
        pay *= flow[ON]
        sheet[int(row[I_PAYER])] += pay
        by_stream[i] += pay
        sheet[Y_RAISING] += pay * row[I_RAISING]
        held[H_PURSE] += pay * (1.0 - row[I_RAISING])
    return pledged


@compiled()
def new_year_of_fund(plan, work, sheet, year, last_return):
    """Let the fund earn last year's return, take in last year's gifts, and set this year's spending aside."""
    s, held = plan.scalars, work.held
    if year > 0:
        earned = held[H_FUND] * (exp(last_return - s[S_FEE]) - 1.0)
        sheet[Y_RETURNS] = earned
        held[H_FUND] += earned + held[H_GIVEN]
        held[H_GIVEN] = 0.0
    work.fund_starts[year] = held[H_FUND]
    if s[S_RULE] == 1.0:
        total, n = 0.0, 0
        while n < s[S_AVERAGE] and year - n >= 0:
            total += work.fund_starts[year - n]
            n += 1
        spend = s[S_SPEND] * total / n
    elif s[S_RULE] == 2.0:
        spend = s[S_SPEND] if year == 0 else held[H_SPEND] * exp(held[H_LAST])
        spend = max(spend, s[S_FLOOR] * held[H_FUND])
    else:
        spend = s[S_SPEND]
    spend = max(0.0, min(spend, held[H_FUND]))
    held[H_SPEND] = spend
    held[H_FUND] -= spend


@inlined
def draw_on_fund(held, sheet):
    """Pay a week's part of the fund's spending into the purse."""
    part = held[H_SPEND] / WEEKS_A_YEAR
    held[H_PURSE] += part
    sheet[Y_FUND] += part


@compiled()
def gifts_rate(plan, work):
    """Return pounds a week that all who give now give, at this week's prices."""
    index = exp(plan.scalars[S_GINDEX] * work.held[H_LOGP])
    total = 0.0
    for f in range(FIFTHS):
        total += work.people[0, f] * plan.givers[f, 2] / WEEKS_A_YEAR * index
    return total


@compiled()
def receive_gifts(plan, work, sheet, gifts, week, seed, luck):
    """Let givers join and lapse, and take in what they give."""
    s, held = plan.scalars, work.held
    lapse = chance(s[S_LAPSE])
    index = exp(s[S_GINDEX] * held[H_LOGP])
    for f in range(FIFTHS):
        before = work.people[0, f]
        if held[H_BACK] == 0.0 and (before > 0 or plan.givers[f, 1] > 0.0):
            u, v, _, _ = uniforms(seed, luck, S_GIVERS, U(FIFTHS * week + f), U(0))
            join = count(u, plan.givers[f, 1]) if week >= s[S_GSTART] else 0
            work.people[0, f] = before + join - some(v, before, lapse)
        given = work.people[0, f] * plan.givers[f, 2] / WEEKS_A_YEAR * index
        gifts[f] += given
        sheet[Y_GIVERS] += given
        sheet[Y_TOFUND] += given * s[S_TOFUND]
        held[H_GIVEN] += given * s[S_TOFUND]
        sheet[Y_RAISING] += given * s[S_GRAISING]
        held[H_PURSE] += given * (1.0 - s[S_TOFUND] - s[S_GRAISING])
