"""Whose time is free: what carers can do, what they must give up, and the lists that help is sought in."""

from remit.kernel.caseload.layout import (
    BANDS,
    GRAINS,
    HELPERS,
    PLATFORM,
    PROVIDER,
    WORKING,
    Employer,
    Scalar,
)
from remit.kernel.caseload.memory import Held
from remit.kernel.compiling import compiled, inlined

ACTIVE, OVER = int(Held.ACTIVE), int(Held.OVER)
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
def group_of(plan, work, segment, carer):
    """Return the group in whose lists a carer stands: zone or team, or zone of the platform."""
    group = int(carer.zone)
    if carer.employer == PLATFORM:
        group += work.team_patch.shape[0]
    elif carer.team >= 0:
        group = int(carer.team)
    return group


@compiled()
def measure(plan, work, segment):
    """Work out what each carer can do and may be booked for; note whether anyone is booked beyond."""
    over = 0
    for c in range(work.carers.shape[0]):
        carer = work.carers[c]
        if carer.state != WORKING:
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


@compiled()
def give_up(work):
    """Cut the bookings of carers booked beyond what is bookable, all in proportion."""
    for c in range(work.carers.shape[0]):
        for b in range(BANDS):
            work.place[c, b] = work.taken[c, b]  # before
    for i in range(work.state[ACTIVE]):
        row = work.active[i]
        if work.clients[row].helpers == 0:
            continue
        for h in range(HELPERS):
            c = work.helpers[row, h].carer
            if c >= 0:
                for b in range(BANDS):
                    before = work.place[c, b]
                    if before > work.bookable[c, b]:
                        had = work.hours[row, h, b]
                        cut = had - had * work.bookable[c, b] // before
                        work.hours[row, h, b] -= cut
                        work.booked[row, b] -= cut
                        work.taken[c, b] -= cut


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
        carer = work.carers[c]
        if carer.state == WORKING:
            start[group_of(plan, work, segment, carer) + 1] += 1
    for g in range(n_groups):
        start[g + 1] += start[g]
    for c in range(work.carers.shape[0]):
        carer = work.carers[c]
        if carer.state == WORKING:
            g = group_of(plan, work, segment, carer)
            for b in range(BANDS):
                work.place[c, b] = -1
                if free_of(work, c, b) >= least:
                    at = length[g, b]
                    work.lists[b, start[g] + at] = c
                    work.place[c, b] = at
                    length[g, b] = at + 1
                    if carer.employer == PROVIDER:
                        work.patch_listed[plan.patches[carer.zone], b] += 1


@inlined
def unlist(plan, work, segment, c, b):
    """Take a carer off a list; the last of the list takes the place."""
    carer = work.carers[c]
    g = group_of(plan, work, segment, carer)
    first, at = work.list_start[g], work.place[c, b]
    last = work.list_length[g, b] - 1
    moved = work.lists[b, first + last]
    work.lists[b, first + at] = moved
    work.place[moved, b] = at
    work.place[c, b] = -1
    work.list_length[g, b] = last
    if carer.employer == PROVIDER:
        work.patch_listed[plan.patches[carer.zone], b] -= 1


@inlined
def book(plan, work, segment, row, h, b, least):
    """Book what a client is short of in a band with helper ``h``, as far as that one is free."""
    c = work.helpers[row, h].carer
    short = work.granted[row, b] - work.booked[row, b]
    grains = min(short, free_of(work, c, b))
    if grains > 0:
        work.hours[row, h, b] += grains
        work.booked[row, b] += grains
        work.taken[c, b] += grains
        if work.place[c, b] >= 0 and free_of(work, c, b) < least:
            unlist(plan, work, segment, c, b)


@compiled()
def plan_capacity(plan, work, segment):
    """Do the week's capacity: measure, give up, list."""
    measure(plan, work, segment)
    if work.state[OVER] != 0:
        give_up(work)
    make_lists(plan, work, segment)
