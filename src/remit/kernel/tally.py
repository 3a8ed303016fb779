"""Counting what happened, by kind and group, zone and month, inside the place and the measured span."""

import math

import numpy as np

from remit.kernel.compiling import compiled, inlined
from remit.kernel.layout import (
    BINS_FINE,
    BINS_WIDE,
    MONTH_TICKS,
    N_BINS,
    N_GROUPS,
    TICKS_PER_MINUTE,
    UNTOLD,
    Count,
    Kind,
    Scalar,
)
from remit.kernel.outcome import first_help, survival
from remit.kernel.philox import uniforms

U = np.uint64
STREAM_PERSON = U(2)
SERVED, RESPONSE, WITHIN = int(Count.SERVED), int(Count.RESPONSE_MINUTES), int(Count.WITHIN_TARGET)
VOLUNTEER_FIRST, HELP = int(Count.VOLUNTEER_FIRST), int(Count.HELP_MINUTES)
SURVIVAL, SURVIVED = int(Count.SURVIVAL), int(Count.SURVIVED)
TARGET, CLOCK, HAS_OUTCOME = int(Kind.TARGET_MINUTES), int(Kind.CLOCK_MINUTES), int(Kind.HAS_OUTCOME)
URGENT = int(Kind.URGENT)
SEVERE_SHARE, BIN_MINUTES = int(Scalar.SEVERE_SHARE), int(Scalar.BIN_MINUTES)
NATIONAL_FIFTHS = 5


@compiled()
def group_at(cumulative, u):
    """Return the group at quantile ``u`` of a row of cumulative shares."""
    for g in range(N_GROUPS - 1):
        if u < cumulative[g]:
            return g
    return N_GROUPS - 1


@compiled()
def response_bin(minutes):
    """Return the histogram bin of a time in units of BIN_MINUTES: tenths, then wholes, then longer."""
    if minutes < 0.0:
        return 0
    if minutes < BINS_FINE / 10.0:
        return int(minutes * 10.0)
    if minutes < BINS_FINE / 10.0 + BINS_WIDE:
        return BINS_FINE + int(minutes - BINS_FINE / 10.0)
    return N_BINS - 1


@compiled()
def quantile(bins, q):
    """Return the ``q`` quantile of a histogram in units of BIN_MINUTES, NaN if empty (straight within a bin)."""
    total = 0
    for b in range(N_BINS):
        total += bins[b]
    if total == 0:
        return math.nan
    goal = q * total
    below = 0.0
    for b in range(N_BINS):
        if bins[b] > 0 and below + bins[b] >= goal:
            part = (goal - below) / bins[b]
            if b < BINS_FINE:
                return (b + part) / 10.0
            return BINS_FINE / 10.0 + (b - BINS_FINE) + part
        below += bins[b]
    return BINS_FINE / 10.0 + BINS_WIDE


@inlined
def rows_of(request, group, sheet, rep):
    """Return the three rows of counts that a measured person belongs to: group, zone, month."""
    k = request.kind
    month = U(request.birth - rep.warm_tick) // U(MONTH_TICKS)
    return sheet.by_group[k, U(group)], sheet.by_zone[request.zone, k], sheet.by_month[month, k]


@inlined
def add(rows, column, amount):
    """Add ``amount`` to one column of a person's three rows."""
    rows[0][column] += amount
    rows[1][column] += amount
    rows[2][column] += amount


@inlined
def group_of(plan, request, i, rep):
    """Return the group of person ``i``, drawn when first asked for: own fifth * 5 + national fifth."""
    if request.group == UNTOLD:
        cumulative = plan.groups[request.zone]
        group = 0
        if cumulative[0] < 1.0:
            _, _, u_group, _ = uniforms(rep.seed, rep.luck, STREAM_PERSON, U(i), U(0))
            group = group_at(cumulative, u_group)
        request.group = group
    return int(request.group)


@compiled()
def tell_outcome(plan, work, sheet, segment, i, crew_minutes, rep):
    """Count first help and survival of person ``i``; rare, and so a call of its own."""
    request = work.requests[U(i)]
    rows = rows_of(request, group_of(plan, request, i, rep), sheet, rep)
    help_minutes = math.inf
    shock_minutes = math.inf
    if request.help >= 0:
        help_minutes = request.help / TICKS_PER_MINUTE
    if request.shock >= 0:
        shock_minutes = request.shock / TICKS_PER_MINUTE
    _, u_severe, _, u_survive = uniforms(rep.seed, rep.luck, STREAM_PERSON, U(i), U(0))
    u_cpr, u_shock, _, _ = uniforms(rep.seed, rep.luck, STREAM_PERSON, U(i), U(1))
    severity = 1
    if u_severe < plan.scalars[segment, SEVERE_SHARE]:
        severity = 0
    p = survival(
        plan.scalars[segment],
        plan.curve[severity],
        crew_minutes,
        help_minutes,
        shock_minutes,
        u_cpr,
        u_shock,
    )
    helped, by_volunteer = first_help(crew_minutes, help_minutes)
    add(rows, SURVIVAL, p)
    if u_survive < p:
        add(rows, SURVIVED, 1.0)
    if helped < math.inf:
        add(rows, HELP, helped)
    if by_volunteer:
        add(rows, VOLUNTEER_FIRST, 1.0)


@inlined
def tell(plan, work, sheet, segment, i, crew_came, rep):
    """Count the end of person ``i``'s story: response, help and survival.

    ``crew_came`` is false for a person whom no crew reached: they count in
    need and in survival, not in response.
    """
    request = work.requests[U(i)]
    kind = plan.kinds[segment, request.kind]
    group = group_of(plan, request, i, rep)
    rows = rows_of(request, group, sheet, rep)
    crew_minutes = math.inf
    if crew_came:
        crew_minutes = (request.scene - request.birth) / TICKS_PER_MINUTE
        response = max(0.0, crew_minutes - kind[CLOCK])
        add(rows, SERVED, 1.0)
        add(rows, RESPONSE, response)
        if response <= kind[TARGET]:
            add(rows, WITHIN, 1.0)
        b = response_bin(response / plan.scalars[segment, BIN_MINUTES])
        work.bins[request.kind, 0, U(b)] += 1
        work.bins[request.kind, U(1 + group // NATIONAL_FIFTHS), U(b)] += 1
        if kind[URGENT] > 0.5:
            together = U(plan.kinds.shape[1])
            work.bins[together, 0, U(b)] += 1
            work.bins[together, U(1 + group // NATIONAL_FIFTHS), U(b)] += 1
    if kind[HAS_OUTCOME] > 0.5:
        tell_outcome(plan, work, sheet, segment, i, crew_minutes, rep)
