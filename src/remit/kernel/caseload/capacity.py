"""Whose time is free: what carers can do, what they must give up, and the lists that help is sought in."""

import numpy as np

from remit.kernel.caseload.layout import (
    BANDS,
    GRAINS,
    HELPERS,
    PLATFORM,
    Employer,
    Scalar,
)
from remit.kernel.caseload.memory import Held
from remit.kernel.compiling import compiled, inlined

U = np.uint64
ACTIVE, OVER, FRESH = int(Held.ACTIVE), int(Held.OVER), int(Held.FRESH)
MIN_VISIT, PROVIDER_ROUTE = int(Scalar.MIN_VISIT_MINUTES), int(Scalar.PROVIDER_ROUTE)
SICK, OVERTIME, OVERBOOK = (
    int(Employer.SICK_SHARE),
    int(Employer.OVERTIME_SHARE),
    int(Employer.OVERBOOK_SHARE),
)


@inlined
def least_grains(plan, segment):
    """Return the grains of a minimum visit, at least one."""
    return max(1, int(plan.scalars[segment, MIN_VISIT] / 60.0 * GRAINS + 0.5))


@inlined
def group_of(work, carer):
    """Return the group in whose lists a carer stands: zone or team, or zone of the platform."""
    group = int(carer.zone)
    if carer.employer == PLATFORM:
        group += work.team_patch.shape[0]
    elif carer.team >= 0:
        group = int(carer.team)
    return group


@inlined
def patch_of(team_patch, patch_listed, group):
    """Return where a group's listed are added up: a team's patch, the last row for a rota, -1 on the platform."""
    patch = -1
    if group < U(team_patch.shape[0]):
        patch = team_patch[group]
        if patch < 0:
            patch = patch_listed.shape[0] - 1
    return patch


@compiled()
def measure(plan, work, segment):
    """Work out what carers can do and may be booked for, where it changed; note whether anyone is booked beyond."""
    over, fresh = 0, work.state[FRESH]
    for c in range(work.carers.shape[0]):
        if work.serves[c] < 0:
            continue
        carer = work.carers[c]
        if fresh == 0 and carer.available >= 0:
            continue
        figures = plan.employers[segment, carer.employer]
        share = carer.hours * GRAINS
        well = 1.0 - figures[SICK]
        stretch = (1.0 + figures[OVERTIME]) / (1.0 + work.travel[carer.employer, carer.zone])
        overbook = 1.0 + figures[OVERBOOK]
        total = 0
        for b in range(BANDS):
            available = int(share * plan.carer_bands[carer.pattern, b] * well)
            total += available
            can_do = int(available * stretch)
            work.can_do[c, b] = can_do
            work.bookable[c, b] = int(can_do * overbook)
            if work.taken[c, b] > work.bookable[c, b]:
                over = 1
        carer.available = total
    work.state[OVER] = over
    work.state[FRESH] = 0


@inlined
def set_ratio(work, c, most):
    """Flag the bands in which a carer is booked beyond ``most``, and set the share of a booking that stands."""
    flags = 0
    for b in range(BANDS):
        flags |= int(work.taken[c, b] > most[c, b]) << b
    work.flags[c] = flags
    if flags != 0:
        for b in range(BANDS):
            ratio = 1.0
            if work.taken[c, b] > most[c, b]:
                ratio = most[c, b] / work.taken[c, b]
            work.ratio[c, b] = ratio


@compiled()
def give_up(work):
    """Cut the bookings of carers booked beyond what is bookable, all in proportion."""
    for c in range(work.carers.shape[0]):
        set_ratio(work, c, work.bookable)
    for i in range(work.state[ACTIVE]):
        row = U(work.active[i])
        left = work.clients[row].helpers
        for h in range(HELPERS):
            if left <= 0:
                break
            if work.helpers[row, h].carer >= 0:
                left -= 1
                who = U(work.helpers[row, h].carer)
                if work.flags[who] != 0:
                    work.clients[row].thin = 1
                    for b in range(BANDS):
                        had = work.hours[row, h, b]
                        cut = had - int(had * work.ratio[who, b])
                        work.hours[row, h, b] -= cut
                        work.booked[row, b] -= cut
                        work.taken[who, b] -= cut


@inlined
def free_of(work, c, b):
    """Return the grains that may still be booked of a carer in a band."""
    return work.bookable[c, b] - work.taken[c, b]


@compiled()
def make_lists(plan, work, segment):
    """List every carer with a minimum visit free, by group and band, in order of numbers."""
    start, length = work.list_start, work.list_length
    n_groups = length.shape[0]
    least = least_grains(plan, segment)
    start[:] = 0
    length[:] = 0
    work.patch_listed[:] = 0
    for c in range(work.carers.shape[0]):
        if work.serves[c] >= 0:
            work.group[c] = group_of(work, work.carers[c])
            start[U(work.group[c] + 1)] += 1
    for g in range(n_groups):
        start[g + 1] += start[g]
    for c in range(work.carers.shape[0]):
        if work.serves[c] >= 0:
            own = U(work.group[c])
            patch = patch_of(work.team_patch, work.patch_listed, own)
            work.flags[c] = 0
            for b in range(BANDS):
                work.place[c, b] = -1
                if free_of(work, c, b) > 0:
                    work.flags[c] |= 1 << b
                if free_of(work, c, b) >= least:
                    at = length[own, b]
                    work.lists[b, U(start[own] + at)] = c
                    work.place[c, b] = at
                    length[own, b] = at + 1
                    if patch >= 0:
                        work.patch_listed[patch, b] += 1


@compiled()
def unlist(group, start, length, lists, place, patch_listed, team_patch, c, b):
    """Take a carer off a list; the last of the list takes the place."""
    g = U(group[c])
    first, at = start[g], place[c, b]
    last = length[g, b] - 1
    moved = U(lists[b, U(first + last)])
    lists[b, U(first + at)] = moved
    place[moved, b] = at
    place[c, b] = -1
    length[g, b] = last
    patch = patch_of(team_patch, patch_listed, g)
    if patch >= 0:
        patch_listed[patch, b] -= 1


@inlined
def book(plan, work, segment, row, h, b, least):
    """Book what a client is short of in a band with helper ``h``, as far as that one is free."""
    c = U(work.helpers[row, h].carer)
    grains = min(free_of(work, c, b), work.granted[row, b] - work.booked[row, b])
    if grains > 0:
        work.hours[row, h, b] += grains
        work.booked[row, b] += grains
        work.taken[c, b] += grains
        if work.place[c, b] >= 0 and free_of(work, c, b) < least:
            unlist(
                work.group,
                work.list_start,
                work.list_length,
                work.lists,
                work.place,
                work.patch_listed,
                work.team_patch,
                c,
                b,
            )


@compiled()
def plan_capacity(plan, work, segment):
    """Do the week's capacity: measure, give up, list."""
    measure(plan, work, segment)
    if work.state[OVER] != 0:
        give_up(work)
    make_lists(plan, work, segment)
