"""Finding help: one's own helpers first, then a rota, a patch team or a market."""

import numpy as np

from remit.kernel.caseload.bookings import employer_of
from remit.kernel.caseload.capacity import book, least_grains
from remit.kernel.caseload.layout import (
    BANDS,
    GRAINS,
    GRANTED,
    HELPERS,
    HOSPITAL,
    PLATFORM,
    Employer,
    Log,
    Scalar,
    Total,
)
from remit.kernel.caseload.memory import Held, Level, note
from remit.kernel.caseload.teams import settle
from remit.kernel.compiling import compiled, inlined
from remit.kernel.elementary import exp, log
from remit.kernel.philox import uniforms

U = np.uint64
ONE = U(1)
STREAM_MATCH, STREAM_LOOK = U(22), U(23)
MOST_LOOKS = 64

ACTIVE, TEAMS = int(Held.ACTIVE), int(Held.TEAMS)
PRICE_LEVEL = int(Level.PRICE)
HOURLY = int(Employer.HOURLY)
CHANGE_CLIENT, CHANGE_CARER = int(Employer.CHANGE_CLIENT), int(Employer.CHANGE_CARER)
LOOKS, REACH = int(Scalar.LOOKS_A_WEEK), int(Scalar.REACH_ZONES)
ACCEPT_CLIENT, ACCEPT_CARER = int(Scalar.ACCEPT_CLIENT), int(Scalar.ACCEPT_CARER)
PRICE_EFFECT, HOURS_EFFECT, HOURS_WANTED = (
    int(Scalar.PRICE_EFFECT),
    int(Scalar.HOURS_EFFECT),
    int(Scalar.HOURS_WANTED),
)
KM_CLIENT, KM_CARER = int(Scalar.KM_EFFECT_CLIENT), int(Scalar.KM_EFFECT_CARER)
T_MATCHES = int(Total.MATCHES)
LOG_MATCH = int(Log.MATCH)


@inlined
def short_of(work, row, b):
    """Return the grains granted and not booked."""
    return work.granted[row, b] - work.booked[row, b]


@inlined
def match(plan, work, totals, segment, week, row, c, least, luck):
    """Make a carer the client's helper, and book all bands."""
    client = work.clients[row]
    h = U(0)
    while work.helpers[row, h].carer >= 0:
        h += ONE
    helper = work.helpers[row, h]
    helper.carer = c
    helper.since = week
    figures = plan.employers[segment, employer_of(client.route)]
    helper.budget = 1.0
    if figures[CHANGE_CLIENT] + figures[CHANGE_CARER] > 0.0:
        u, _, _, _ = uniforms(luck.seed, luck.luck, STREAM_MATCH, U(client.number), U(client.matches))
        helper.budget = -log(u)
    client.matches += 1
    client.helpers += 1
    totals[T_MATCHES] += 1.0
    note(work, week, LOG_MATCH, client.number, c)
    for b in range(BANDS):
        book(plan, work, segment, row, h, b, least)


@inlined
def seek_from_provider(plan, work, totals, segment, week, row, least, luck):
    """Seek a free carer: in one's own zone or team, then in neighbouring zones or the patch's other teams."""
    client = work.clients[row]
    zone = U(client.zone)
    in_teams = client.route == 1
    own, others = int(zone), plan.neighbours.shape[1]
    if in_teams:
        own = settle(plan, work, segment, client)
        others = work.state[TEAMS]
    if own < 0:
        others = -1
    patch = plan.patches[zone] if in_teams else work.patch_listed.shape[0] - 1
    for b in range(BANDS):
        if work.patch_listed[patch, b] == 0:
            continue
        for j in range(-1, others):
            if short_of(work, row, b) < least or client.helpers >= HELPERS:
                break
            group = own
            if j >= 0:
                group = j
                if work.patch_listed[patch, b] == 0:
                    break
                if not in_teams:
                    group = plan.neighbours[zone, j]
                    if group < 0:
                        break
                elif j == own or work.team_patch[j] != patch:
                    continue
            g = U(group)
            length = work.list_length[g, b]
            while length > 0 and client.helpers < HELPERS and short_of(work, row, b) >= least:
                turn = client.number + week
                at = turn - int(turn / length) * length
                c = U(work.lists[b, U(work.list_start[g] + at)])
                match(plan, work, totals, segment, week, row, c, least, luck)
                length = work.list_length[g, b]


@inlined
def listed_within(plan, work, zone, reach, b):
    """Return how many of the platform's carers are listed in a band within reach."""
    base = U(work.team_patch.shape[0])
    total = work.list_length[base + zone, b]
    for j in range(min(reach, plan.neighbours.shape[1])):
        other = plan.neighbours[zone, j]
        if other < 0:
            break
        total += work.list_length[base + U(other), b]
    return total


@inlined
def shortest_band(plan, work, row, zone, reach):
    """Return the band that is shortest of help and has someone listed within reach (first if equal), and how many."""
    best, there, most = -1, 0, 0
    for b in range(BANDS):
        short = short_of(work, row, b)
        if short > most:
            total = listed_within(plan, work, zone, reach, b)
            if total > 0:
                best, there, most = b, total, short
    return best, there, most


@inlined
def listed_at(plan, work, zone, b, at):
    """Return the carer at a place in the joined lists of the zones within reach."""
    base = U(work.team_patch.shape[0])
    group = base + zone
    j = 0
    while at >= work.list_length[group, b]:
        at -= work.list_length[group, b]
        group = base + U(plan.neighbours[zone, j])
        j += 1
    return work.lists[b, work.list_start[group] + at]


@inlined
def both_accept(plan, work, segment, row, c, u_client, u_carer):
    """Tell whether client and carer want each other: price, distance, hours."""
    scalars = plan.scalars[segment]
    carer = work.carers[c]
    client = work.clients[row]
    km = plan.zone_km[client.zone, carer.zone]
    dear = 0.0
    if scalars[PRICE_EFFECT] != 0.0:
        dear = scalars[PRICE_EFFECT] * (carer.log_price + log(work.levels[PRICE_LEVEL]))
    by_client = scalars[ACCEPT_CLIENT] * exp(-(dear + scalars[KM_CLIENT] * km))
    short = 0
    for b in range(BANDS):
        short += short_of(work, row, b)
    little = 0.0
    if scalars[HOURS_EFFECT] != 0.0:
        little = scalars[HOURS_EFFECT] * max(0.0, 1.0 - short / GRAINS / scalars[HOURS_WANTED])
    by_carer = scalars[ACCEPT_CARER] * exp(-(scalars[KM_CARER] * km + little))
    return u_client < by_client and u_carer < by_carer


@inlined
def seek_on_market(plan, work, totals, segment, week, row, least, luck):
    """Look at carers within reach; who is wanted and wants becomes a helper."""
    client = work.clients[row]
    zone = U(client.zone)
    reach = int(plan.scalars[segment, REACH])
    looks = min(int(plan.scalars[segment, LOOKS]), MOST_LOOKS)
    for look in range(looks):
        b, total, short = shortest_band(plan, work, row, zone, reach)
        if client.helpers >= HELPERS or short < least:
            break
        u_whom, u_client, u_carer, _ = uniforms(
            luck.seed, luck.luck, STREAM_LOOK, U(client.number), U(MOST_LOOKS * week + look)
        )
        c = U(listed_at(plan, work, zone, b, int(u_whom * total)))
        if both_accept(plan, work, segment, row, c, u_client, u_carer):
            match(plan, work, totals, segment, week, row, c, least, luck)


@compiled()
def find_help(plan, work, totals, segment, week, luck):
    """Let every client at home who is granted more than is booked find help, in order of birth."""
    least = least_grains(plan, segment)
    for i in range(work.state[ACTIVE]):
        row = U(work.active[i])
        client = work.clients[row]
        if client.stage != GRANTED or client.state >= HOSPITAL:
            continue
        short = 0
        for b in range(BANDS):
            if short_of(work, row, b) > 0:
                short |= 1 << b
        if short == 0:
            continue
        left = client.helpers
        for h in range(HELPERS):
            if left <= 0:
                break
            if work.helpers[row, h].carer >= 0:
                left -= 1
                if work.flags[U(work.helpers[row, h].carer)] & short == 0:
                    continue
                for b in range(BANDS):
                    book(plan, work, segment, row, h, b, least)
        if client.route == PLATFORM + 1:
            seek_on_market(plan, work, totals, segment, week, row, least, luck)
        else:
            seek_from_provider(plan, work, totals, segment, week, row, least, luck)
