"""The carers' week: hours worked and paid, what it costs, and what next week's travel and prices will be."""

import math

from remit.kernel.caseload.layout import (
    BANDS,
    GRAINS,
    JOINING,
    OUT,
    OUTSIDE,
    PLATFORM,
    PROVIDER,
    WORKING,
    Employer,
    Scalar,
    Total,
    Weekly,
    Work,
)
from remit.kernel.caseload.memory import Held, Level
from remit.kernel.compiling import compiled, inlined
from remit.kernel.elementary import exp

BANDS_A_WEEK = 28.0
ROUND_WEEKS = 4  # rounds are planned anew
HEARD = 0.125  # of last week in what carers know of an employer: about two months
FRESH = int(Held.FRESH)
PRICE_LEVEL, PAID = int(Level.PRICE), int(Level.PAID_PROVIDER)
M_GRANTED, M_BOOKED = int(Level.MARKET_GRANTED), int(Level.MARKET_BOOKED)
TOUR_K, SPEED, TRAVEL_MOST = (
    int(Scalar.TOUR_K),
    int(Scalar.KM_PER_HOUR),
    int(Scalar.TRAVEL_MOST),
)
MARKET_SHARE, ELASTICITY = int(Scalar.MARKET_SHARE), int(Scalar.PRICE_ELASTICITY)
PRICE_LEAST, PRICE_MOST = int(Scalar.PRICE_LEAST), int(Scalar.PRICE_MOST)
HOURLY, SECURE, TRAVEL_PAID = (
    int(Employer.HOURLY),
    int(Employer.SECURE_SHARE),
    int(Employer.TRAVEL_PAID),
)
SICK, TRAINING, COMMISSION = (
    int(Employer.SICK_SHARE),
    int(Employer.TRAINING_WEEKS),
    int(Employer.COMMISSION),
)
ONCOST, MILEAGE, OVERHEAD = int(Employer.ONCOST), int(Employer.MILEAGE), int(Employer.OVERHEAD)
W_WEEKS, W_JOINING, W_AVAILABLE = (
    int(Work.CARER_WEEKS),
    int(Work.JOINING_WEEKS),
    int(Work.AVAILABLE_HOURS),
)
W_CONTACT, W_ROAD_PAID, W_ROAD_UNPAID = (
    int(Work.CONTACT_HOURS),
    int(Work.TRAVEL_PAID_HOURS),
    int(Work.TRAVEL_UNPAID_HOURS),
)
W_PAID, W_OVERTIME, W_IDLE = (
    int(Work.PAID_HOURS),
    int(Work.OVERTIME_HOURS),
    int(Work.UNPAID_IDLE_HOURS),
)
W_TRAINING, W_PAY, W_ONCOST = (
    int(Work.TRAINING_HOURS),
    int(Work.PAY_POUNDS),
    int(Work.ONCOST_POUNDS),
)
W_MILEAGE, W_OVERHEAD = int(Work.MILEAGE_POUNDS), int(Work.OVERHEAD_POUNDS)
W_REVENUE, W_SURPLUS = int(Work.REVENUE_POUNDS), int(Work.SURPLUS_POUNDS)
T_OUTSIDE, T_OUT, T_JOINING = (
    int(Total.OUTSIDE_WEEKS),
    int(Total.OUT_WEEKS),
    int(Total.JOINING_WEEKS),
)
T_PROVIDER = int(Total.PROVIDER_WEEKS)
K_PROVIDER, K_PRICE = int(Weekly.PROVIDER_CARERS), int(Weekly.PRICE_LEVEL)


@inlined
def remember(carer, contact, known, travel, unpaid, overtime):
    """Keep of a carer's week what weighs on leaving."""
    carer.unpaid = 0.0
    carer.known = 0.0
    carer.overload = 0.0
    if contact + travel > 0:
        carer.unpaid = unpaid / (contact + travel)
    if contact > 0:
        carer.known = known / contact
    if overtime > 0 and carer.available > 0:
        carer.overload = overtime / carer.available


@inlined
def work_week(plan, work, sums, segment, c):
    """Count one working carer's week."""
    carer = work.carers[c]
    e = carer.employer
    figures = plan.employers[segment, e]
    contact, known = int(work.got[c, 0]), int(work.got[c, 1])
    work.got[c, 0] = 0
    work.got[c, 1] = 0
    travel = int(contact * work.travel[e, carer.zone] + 0.5)
    road_paid, secure = 0, 0
    hourly = figures[HOURLY]
    if e == PROVIDER:
        road_paid = int(travel * figures[TRAVEL_PAID] + 0.5)
        secure = int(figures[SECURE] * carer.available)
    else:
        hourly = hourly * carer.price * work.levels[PRICE_LEVEL] * (1.0 - figures[COMMISSION])
    paid = max(contact + road_paid, secure)
    overtime = max(0, contact + travel - carer.available)
    pay = paid / GRAINS * hourly
    sums[W_WEEKS] += 1.0
    sums[W_AVAILABLE] += carer.available
    sums[W_CONTACT] += contact
    sums[W_ROAD_PAID] += road_paid
    sums[W_ROAD_UNPAID] += travel - road_paid
    sums[W_PAID] += paid
    sums[W_OVERTIME] += overtime
    sums[W_IDLE] += max(0, carer.available - max(paid, contact + travel))
    sums[W_PAY] += pay
    sums[W_ONCOST] += pay * figures[ONCOST]
    sums[W_MILEAGE] += travel / GRAINS * plan.scalars[segment, SPEED] * figures[MILEAGE]
    sums[W_OVERHEAD] += contact / GRAINS * figures[OVERHEAD]
    remember(carer, contact, known, travel, travel - road_paid, overtime)
    return paid, carer.available


@inlined
def train_week(plan, sums, segment, week, carer):
    """Pay a joining carer's week of training, if it is one."""
    figures = plan.employers[segment, carer.employer]
    sums[W_JOINING] += 1.0
    if carer.employer == PROVIDER and carer.ready - week <= int(figures[TRAINING]):
        hours = 0
        for b in range(BANDS):
            hours += int(carer.hours * GRAINS * plan.carer_bands[carer.pattern, b] * (1.0 - figures[SICK]))
        pay = hours / GRAINS * figures[HOURLY]
        sums[W_TRAINING] += hours
        sums[W_PAY] += pay
        sums[W_ONCOST] += pay * figures[ONCOST]


@compiled()
def pay_carers(plan, work, sheet, segment, week):
    """Count and pay every carer's week."""
    totals, weekly = sheet.totals, sheet.weekly[week]
    paid, offered = (0, 0), (0, 0)
    for c in range(work.carers.shape[0]):
        carer = work.carers[c]
        if carer.state == WORKING:
            hours, available = work_week(plan, work, sheet.work[carer.employer], segment, c)
            if carer.employer == PROVIDER:
                paid = (paid[0] + hours, paid[1])
                offered = (offered[0] + available, offered[1])
            else:
                paid = (paid[0], paid[1] + hours)
                offered = (offered[0], offered[1] + available)
            totals[T_PROVIDER + carer.employer] += 1.0
            weekly[K_PROVIDER + carer.employer] += 1.0
        elif carer.state == JOINING:
            train_week(plan, sheet.work[carer.employer], segment, week, carer)
            totals[T_JOINING] += 1.0
        elif carer.state == OUT:
            totals[T_OUT] += 1.0
        elif carer.state == OUTSIDE:
            totals[T_OUTSIDE] += 1.0
    for e in range(2):
        heard = paid[e] / offered[e] if offered[e] > 0 else 1.0
        work.levels[PAID + e] += HEARD * (heard - work.levels[PAID + e])


@compiled()
def drive(plan, work, segment):
    """Work out travel ratios from this week's visits, for the weeks to come."""
    scalars = plan.scalars[segment]
    for e in range(2):
        for z in range(work.travel.shape[1]):
            n, contact = work.visits[e, z, 0], work.visits[e, z, 1]
            if contact > 0.0:
                km = scalars[TOUR_K] * math.sqrt(plan.areas[z] / max(1.0, n / BANDS_A_WEEK))
                ratio = km / scalars[SPEED] * n / (contact / GRAINS)
                work.travel[e, z] = min(scalars[TRAVEL_MOST], ratio)
    work.state[FRESH] = 1


@compiled()
def drift_prices(plan, work, segment):
    """Let the platform's price level follow scarcity."""
    scalars = plan.scalars[segment]
    if scalars[MARKET_SHARE] > 0.0 and scalars[ELASTICITY] != 0.0:
        granted, booked = work.levels[M_GRANTED], work.levels[M_BOOKED]
        bookable, free = 0, 0
        for c in range(work.carers.shape[0]):
            carer = work.carers[c]
            if carer.state == WORKING and carer.employer == PLATFORM:
                for b in range(BANDS):
                    bookable += work.bookable[c, b]
                    free += work.bookable[c, b] - work.taken[c, b]
        unmet = (granted - booked) / granted if granted > 0.0 else 0.0
        idle = free / bookable if bookable > 0 else 0.0
        level = work.levels[PRICE_LEVEL] * exp(scalars[ELASTICITY] * (unmet - idle))
        work.levels[PRICE_LEVEL] = min(max(level, scalars[PRICE_LEAST]), scalars[PRICE_MOST])


@compiled()
def settle_accounts(sheet):
    """Turn carers' grains into hours once a run is over, and strike the balance."""
    for e in range(2):
        sums = sheet.work[e]
        for column in range(W_AVAILABLE, W_TRAINING + 1):
            sums[column] = sums[column] / GRAINS
        spent = sums[W_PAY] + sums[W_ONCOST] + sums[W_MILEAGE] + sums[W_OVERHEAD]
        sums[W_SURPLUS] = sums[W_REVENUE] - spent


@compiled()
def close_week(plan, work, sheet, segment, week, vacancies):
    """Pay, and set travel and prices for the week to come."""
    sheet.weekly[week, K_PRICE] = work.levels[PRICE_LEVEL]
    sheet.weekly[week, K_PRICE - 1] = vacancies
    pay_carers(plan, work, sheet, segment, week)
    if week % ROUND_WEEKS == 0:
        drive(plan, work, segment)
    drift_prices(plan, work, segment)
