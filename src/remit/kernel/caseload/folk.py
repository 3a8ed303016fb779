"""People as no design touches them: clients born at the brief's ceiling, carers born before the run."""

import numpy as np

from remit.kernel.caseload.layout import (
    AWAITING,
    FIFTHS,
    HELPERS,
    NOBODY,
    OUTSIDE,
    Count,
    Log,
    Scalar,
    Total,
    World,
)
from remit.kernel.caseload.memory import Held, Level, note
from remit.kernel.compiling import compiled, inlined
from remit.kernel.elementary import duration, exp, log, normal_quantile
from remit.kernel.philox import uniforms

U = np.uint64
STREAM_CLIENT, STREAM_CARER = U(20), U(24)
WEEKS_A_YEAR = 52

ACTIVE, NEXT_ROW, NEXT, FULL = int(Held.ACTIVE), int(Held.NEXT_ROW), int(Held.NEXT_CLIENT), int(Held.FULL)
PENDING = int(Level.PENDING)
INITIAL, COMPLEX_SHARE, COMPLEX_HOURS = (
    int(World.INITIAL_CLIENTS),
    int(World.COMPLEX_SHARE),
    int(World.COMPLEX_HOURS),
)
H_MEAN, H_SIGMA = int(World.HOURS_MEAN), int(World.HOURS_SIGMA)
H_LEAST, H_MOST = int(World.HOURS_LEAST), int(World.HOURS_MOST)
C_MEAN, C_SIGMA, C_MOST = (
    int(World.CARER_HOURS_MEAN),
    int(World.CARER_HOURS_SIGMA),
    int(World.CARER_HOURS_MOST),
)
R_SIGMA, WISH_MOST, P_SIGMA = int(World.RESERVATION_SIGMA), int(World.WISH_MOST), int(World.PRICE_SIGMA)
NEED_SHARE, MARKET_SHARE = int(Scalar.NEED_SHARE), int(Scalar.MARKET_SHARE)
CANNOT, SUPPORTED = int(Scalar.CANNOT_DIRECT_SHARE), int(Scalar.SUPPORTED_SHARE)
PROVIDER_ROUTE = int(Scalar.PROVIDER_ROUTE)
T_BORN, T_NOT_ARISEN = int(Total.BORN), int(Total.NOT_ARISEN)
C_STARTS = int(Count.STARTS)
LOG_START, LOG_NOT_ARISEN = int(Log.START), int(Log.NOT_ARISEN)


@compiled()
def first_above(cumulative, u):
    """Return the first place whose cumulative share is above ``u``, the last if none."""
    last = cumulative.shape[0] - 1
    for i in range(last):
        if u < cumulative[i]:
            return i
    return last


@inlined
def route_of(scalars, client):
    """Return a client's route: 2 market, else the provider's."""
    route = int(scalars[PROVIDER_ROUTE])
    directs = client.u_direct >= scalars[CANNOT] or client.u_supported < scalars[SUPPORTED]
    if client.u_market < scalars[MARKET_SHARE] and directs:
        route = 2
    return route


@inlined
def write_client(plan, work, row, n, week, cell, u_hours, luck):
    """Write a newborn client into a row."""
    client = work.clients[row]
    world = plan.world
    u_complex, u_direct, u_market, u_supported = uniforms(luck.seed, luck.luck, STREAM_CLIENT, U(n), U(1))
    u_pattern, u_state, u_budget, _ = uniforms(luck.seed, luck.luck, STREAM_CLIENT, U(n), U(2))
    mean = world[H_MEAN]
    client.complex = 0
    if u_complex < world[COMPLEX_SHARE]:
        client.complex = 1
        mean = mean * world[COMPLEX_HOURS]
    client.need = min(max(duration(u_hours, mean, world[H_SIGMA]), world[H_LEAST]), world[H_MOST])
    client.budget = -log(u_budget)
    client.short = 1.0
    client.u_direct = u_direct
    client.u_market = u_market
    client.u_supported = u_supported
    client.number = n
    client.born = week
    client.ready = week
    client.team = -1
    client.events = 0
    client.matches = 0
    client.helpers = 0
    client.zone = cell // FIFTHS
    client.fifth = cell % FIFTHS
    client.pattern = first_above(plan.client_patterns, u_pattern)
    client.state = first_above(plan.first, u_state)
    client.stage = AWAITING
    client.helped = 0
    client.thin = 0
    for b in range(4):
        work.granted[row, b] = 0
        work.booked[row, b] = 0
    for h in range(HELPERS):
        work.helpers[row, h].carer = -1
        for b in range(4):
            work.hours[row, h, b] = 0


@compiled()
def close_ranks(work):
    """Move the rows of those still here down over the rows of those who are gone."""
    for i in range(work.state[ACTIVE]):
        row = work.active[i]
        if row != i:
            work.clients[i] = work.clients[row]
            for h in range(HELPERS):
                work.helpers[i, h] = work.helpers[row, h]
                for b in range(4):
                    work.hours[i, h, b] = work.hours[row, h, b]
            for b in range(4):
                work.granted[i, b] = work.granted[row, b]
                work.booked[i, b] = work.booked[row, b]
            work.active[i] = i
    work.state[NEXT_ROW] = work.state[ACTIVE]


@compiled()
def bear_one(plan, work, sheet, segment, week, luck):
    """Let the next client be born, at the ceiling; thinned by the client's own draw."""
    n = work.state[NEXT]
    work.state[NEXT] = n + 1
    _, u_cell, u_need, u_hours = uniforms(luck.seed, luck.luck, STREAM_CLIENT, U(n), U(0))
    sheet.totals[T_BORN] += 1.0
    scalars = plan.scalars[segment]
    if not u_need < scalars[NEED_SHARE]:
        sheet.totals[T_NOT_ARISEN] += 1.0
        note(work, week, LOG_NOT_ARISEN, n, -1)
        return
    if work.state[NEXT_ROW] == work.clients.shape[0]:
        close_ranks(work)
    if work.state[NEXT_ROW] == work.clients.shape[0]:
        work.state[FULL] = 1
        return
    x = u_cell * plan.cell_keep.shape[0]
    cell = int(x)
    if x - cell >= plan.cell_keep[cell]:
        cell = plan.cell_alias[cell]
    row = work.state[NEXT_ROW]
    work.state[NEXT_ROW] = row + 1
    work.active[work.state[ACTIVE]] = row
    work.state[ACTIVE] += 1
    write_client(plan, work, row, n, week, cell, u_hours, luck)
    client = work.clients[row]
    client.route = route_of(scalars, client)
    if n < int(plan.world[INITIAL]):
        client.short = 0.0
    sheet.counts[client.route, client.fifth, C_STARTS] += 1.0
    note(work, week, LOG_START, n, cell)


@inlined
def gap_of(n, luck):
    """Return the intensity that client ``n`` waits for."""
    gap, _, _, _ = uniforms(luck.seed, luck.luck, STREAM_CLIENT, U(n), U(0))
    return -log(gap)


@compiled()
def bear_clients(plan, work, sheet, segment, week, luck):
    """Let the clients of one week be born."""
    if week == 0:
        for _ in range(int(plan.world[INITIAL])):
            bear_one(plan, work, sheet, segment, week, luck)
        work.levels[PENDING] = gap_of(work.state[NEXT], luck)
    left = plan.births[week % WEEKS_A_YEAR]
    while work.levels[PENDING] <= left and work.state[FULL] == 0:
        left -= work.levels[PENDING]
        bear_one(plan, work, sheet, segment, week, luck)
        work.levels[PENDING] = gap_of(work.state[NEXT], luck)
    work.levels[PENDING] -= left


@compiled()
def bear_carers(plan, work, luck):
    """Write every carer of the ceiling, none in the pool yet."""
    world = plan.world
    for c in range(work.carers.shape[0]):
        carer = work.carers[c]
        u_mark, u_zone, u_hours, u_reservation = uniforms(luck.seed, luck.luck, STREAM_CARER, U(c), U(0))
        u_wish, u_price, u_pattern, u_start = uniforms(luck.seed, luck.luck, STREAM_CARER, U(c), U(1))
        u_budget, _, _, _ = uniforms(luck.seed, luck.luck, STREAM_CARER, U(c), U(2))
        carer.mark = u_mark
        carer.zone = first_above(plan.carer_zones, u_zone)
        carer.hours = min(world[C_MOST], duration(u_hours, world[C_MEAN], world[C_SIGMA]))
        carer.reservation = exp(world[R_SIGMA] * normal_quantile(u_reservation))
        carer.wish = world[WISH_MOST] * u_wish
        carer.log_price = world[P_SIGMA] * normal_quantile(u_price)
        carer.price = exp(carer.log_price)
        carer.pattern = first_above(plan.carer_patterns, u_pattern)
        carer.u_start = u_start
        carer.budget = -log(u_budget)
        carer.unpaid = 0.0
        carer.known = 0.0
        carer.overload = 0.0
        carer.available = 0
        work.got[c, 0] = 0
        work.got[c, 1] = 0
        work.serves[c] = -1
        carer.team = -1
        carer.ready = 0
        carer.events = 0
        carer.state = OUTSIDE
        carer.employer = NOBODY
