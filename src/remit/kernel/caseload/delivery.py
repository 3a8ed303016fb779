"""The week is lived: hours are delivered, clients counted, and what they cost divided."""

import numpy as np

from remit.kernel.caseload.bookings import employer_of
from remit.kernel.caseload.capacity import least_grains, set_ratio
from remit.kernel.caseload.layout import (
    BANDS,
    GRAINS,
    GRANTED,
    HELPERS,
    HOSPITAL,
    KNOWN_WEEKS,
    PLATFORM,
    Count,
    Employer,
    Log,
    Scalar,
    Weekly,
    Work,
)
from remit.kernel.caseload.memory import Held, Level, note
from remit.kernel.compiling import compiled, inlined

U = np.uint64
DAYS = 7
ACTIVE = int(Held.ACTIVE)
PRICE_LEVEL, GRANTED_HOURS = int(Level.PRICE), int(Level.GRANTED)
M_GRANTED, M_BOOKED = int(Level.MARKET_GRANTED), int(Level.MARKET_BOOKED)
FAMILY, HOURS_FACTOR = int(Scalar.FAMILY_SHARE), int(Scalar.HOURS_FACTOR)
HOURLY, PRICE, FEE, CLIENT_PAYS = (
    int(Employer.HOURLY),
    int(Employer.PRICE),
    int(Employer.CLIENT_FEE),
    int(Employer.CLIENT_PAYS),
)
C_WEEKS, C_NEEDED, C_GRANTED = (
    int(Count.CLIENT_WEEKS),
    int(Count.NEEDED_HOURS),
    int(Count.GRANTED_HOURS),
)
C_BOOKED, C_DELIVERED, C_CLIPPED = (
    int(Count.BOOKED_HOURS),
    int(Count.DELIVERED_HOURS),
    int(Count.CLIPPED_HOURS),
)
C_UNDELIVERED, C_OVER = int(Count.UNDELIVERED_HOURS), int(Count.OVER_HOURS)
C_MAIN, C_KNOWN, C_FAMILY = int(Count.MAIN_HOURS), int(Count.KNOWN_HOURS), int(Count.FAMILY_HOURS)
C_WAIT_ASSESS, C_WAIT_HELP = int(Count.WAIT_ASSESS_WEEKS), int(Count.WAIT_HELP_WEEKS)
C_HELPED, C_HELP_WEEKS, C_HOSPITAL = (
    int(Count.HELPED),
    int(Count.HELP_WEEKS),
    int(Count.HOSPITAL_WEEKS),
)
C_CLIENT, C_COUNCIL = int(Count.CLIENT_POUNDS), int(Count.COUNCIL_POUNDS)
W_REVENUE = int(Work.REVENUE_POUNDS)
K_HOME, K_HOSPITAL, K_ASSESS, K_HELP = (
    int(Weekly.AT_HOME),
    int(Weekly.IN_HOSPITAL),
    int(Weekly.WAIT_ASSESS),
    int(Weekly.WAIT_HELP),
)
K_NEEDED, K_DELIVERED = int(Weekly.NEEDED_HOURS), int(Weekly.DELIVERED_HOURS)
K_UNDELIVERED = int(Weekly.UNDELIVERED_HOURS)
LOG_WEEK = int(Log.WEEK)


@inlined
def visit(work, c, row, h):
    """Deliver one helper's bookings, clipped where the carer is booked beyond what can be done."""
    given = 0
    if work.flags[c] == 0:
        for b in range(BANDS):
            given += work.hours[row, h, b]
    else:
        for b in range(BANDS):
            given += int(work.hours[row, h, b] * work.ratio[c, b])
    return given


@inlined
def count_visits(work, row, zone, employer, least, given):
    """Count a client's visits of the week and the hours they took, for the travel ratio."""
    for b in range(BANDS):
        booked = work.booked[row, b]
        if booked > 0:
            work.visits[employer, zone, 0] += min(DAYS, max(1, int(booked / least)))
    work.visits[employer, zone, 1] += given


@inlined
def serve(plan, work, segment, week, row, count):
    """Let a client's helpers come; return grains given and pounds that they cost."""
    client = work.clients[row]
    figures = plan.employers[segment, employer_of(client.route)]
    total, most, second, known = 0, 0, 0, 0
    pounds = 0.0
    left = client.helpers
    for h in range(HELPERS):
        if left <= 0:
            break
        helper = work.helpers[row, h]
        if helper.carer >= 0:
            left -= 1
            c = U(helper.carer)
            given = visit(work, c, row, h)
            total += given
            work.got[c, 0] += given
            if week - helper.since >= KNOWN_WEEKS:
                known += given
                work.got[c, 1] += given
            if given > most:
                second = most
                most = given
            elif given > second:
                second = given
            if client.route == PLATFORM + 1:
                price = figures[HOURLY] * work.carers[c].price * work.levels[PRICE_LEVEL]
                pounds += given / GRAINS * price * (1.0 + figures[FEE])
    if client.route != PLATFORM + 1:
        pounds = total / GRAINS * figures[PRICE]
    count[C_MAIN] += most + second
    count[C_KNOWN] += known
    count[C_CLIENT] += pounds * figures[CLIENT_PAYS]
    count[C_COUNCIL] += pounds - pounds * figures[CLIENT_PAYS]
    return total, pounds


@inlined
def count_waits(work, client, count, weekly, week, granted, given, warm):
    """Count who waits, for assessment or for help, and how long it took until half of what was granted came."""
    has_help = given > 0 and 2 * given >= granted
    if client.stage != GRANTED:
        count[C_WAIT_ASSESS] += 1.0
        weekly[K_ASSESS] += 1.0
    elif not has_help:
        count[C_WAIT_HELP] += 1.0
        weekly[K_HELP] += 1.0
    if has_help and client.helped == 0:
        client.helped = 1
        if client.born >= warm:
            count[C_HELPED] += 1.0
            count[C_HELP_WEEKS] += week - client.born


@inlined
def count_hours(client, count, weekly, needed, granted, booked, given, family):
    """Count a client's hours of the week, in grains."""
    count[C_WEEKS] += 1.0
    weekly[K_HOME] += 1.0
    count[C_NEEDED] += needed
    weekly[K_NEEDED] += needed
    count[C_GRANTED] += granted
    count[C_BOOKED] += booked
    count[C_DELIVERED] += given
    weekly[K_DELIVERED] += given
    count[C_CLIPPED] += booked - given
    if given < needed:
        count[C_UNDELIVERED] += needed - given
        weekly[K_UNDELIVERED] += needed - given
        count[C_FAMILY] += family * (needed - given)
        client.short = (needed - given) / needed
    else:
        count[C_OVER] += given - needed
        client.short = 0.0


@compiled()
def deliver(plan, work, sheet, segment, week, warm):
    """Deliver the week's hours and count every client."""
    least = least_grains(plan, segment)
    family = plan.scalars[segment, FAMILY]
    hours_factor = plan.scalars[segment, HOURS_FACTOR]
    weekly = sheet.weekly[week]
    for c in range(work.carers.shape[0]):
        set_ratio(work, c, work.can_do)
    for e in range(2):
        for z in range(work.visits.shape[1]):
            work.visits[e, z, 0] = 0.0
            work.visits[e, z, 1] = 0.0
    provider_granted, all_booked, all_given = 0, 0, 0
    work.levels[M_GRANTED] = 0.0
    work.levels[M_BOOKED] = 0.0
    for i in range(work.state[ACTIVE]):
        row = U(work.active[i])
        client = work.clients[row]
        count = sheet.counts[client.route, client.fifth]
        if client.state >= HOSPITAL:
            count[C_HOSPITAL] += 1.0
            weekly[K_HOSPITAL] += 1.0
            continue
        granted, booked, given = 0, 0, 0
        for b in range(BANDS):
            granted += work.granted[row, b]
            booked += work.booked[row, b]
        employer = employer_of(client.route)
        if client.helpers > 0:
            given, pounds = serve(plan, work, segment, week, row, count)
            sheet.work[employer, W_REVENUE] += pounds
            count_visits(work, row, client.zone, employer, least, given)
        if employer == PLATFORM:
            work.levels[M_GRANTED] += granted
            work.levels[M_BOOKED] += booked
        else:
            provider_granted += granted
        needed = int(client.need * hours_factor * GRAINS + 0.5)
        count_hours(client, count, weekly, needed, granted, booked, given, family)
        count_waits(work, client, count, weekly, week, granted, given, warm)
        all_booked += booked
        all_given += given
    work.levels[GRANTED_HOURS] = provider_granted / GRAINS
    note(work, week, LOG_WEEK, all_booked, all_given)


@compiled()
def in_hours(sheet):
    """Turn grains into hours once a run is over."""
    for r in range(sheet.counts.shape[0]):
        for f in range(sheet.counts.shape[1]):
            count = sheet.counts[r, f]
            for column in range(C_NEEDED, C_FAMILY + 1):
                count[column] = count[column] / GRAINS
    for w in range(sheet.weekly.shape[0]):
        sheet.weekly[w, K_NEEDED] = sheet.weekly[w, K_NEEDED] / GRAINS
        sheet.weekly[w, K_DELIVERED] = sheet.weekly[w, K_DELIVERED] / GRAINS
        sheet.weekly[w, K_UNDELIVERED] = sheet.weekly[w, K_UNDELIVERED] / GRAINS
