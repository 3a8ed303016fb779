"""Patch teams: who belongs to which, the split at the cap, a team for every client."""

from remit.kernel.caseload.layout import HOSPITAL, PROVIDER, WORKING, Log, Scalar
from remit.kernel.caseload.memory import Held, note
from remit.kernel.compiling import compiled, inlined

ACTIVE, TEAMS = int(Held.ACTIVE), int(Held.TEAMS)
CAP, MOST_CLIENTS = int(Scalar.TEAM_CAP), int(Scalar.TEAM_CLIENTS)
LOG_SPLIT = int(Log.SPLIT)
MARKET = 2  # the route of clients who find help themselves


@inlined
def smallest(work, patch, column):
    """Return the team of a patch with the fewest carers (0) or clients (1), -1 if there is none."""
    best = -1
    for t in range(work.state[TEAMS]):
        if work.team_patch[t] == patch and (
            best < 0 or work.team_sizes[t, column] < work.team_sizes[best, column]
        ):
            best = t
    return best


@compiled()
def new_team(work, patch):
    """Open the lowest team number that is not in use."""
    t = 0
    while t < work.state[TEAMS] and work.team_patch[t] >= 0:
        t += 1
    work.team_patch[t] = patch
    work.team_sizes[t, 0] = 0
    work.team_sizes[t, 1] = 0
    work.state[TEAMS] = max(work.state[TEAMS], t + 1)
    return t


@compiled()
def split(work, week, old):
    """Give every second carer and client of a team to a new one."""
    new = new_team(work, work.team_patch[old])
    note(work, week, LOG_SPLIT, old, new)
    second = False
    for c in range(work.carers.shape[0]):
        if work.carers[c].team == old:
            if second:
                work.carers[c].team = new
                work.team_sizes[old, 0] -= 1
                work.team_sizes[new, 0] += 1
            second = not second
    second = False
    for i in range(work.state[ACTIVE]):
        client = work.clients[work.active[i]]
        if client.team == old:
            if second:
                client.team = new
                work.team_sizes[old, 1] -= 1
                work.team_sizes[new, 1] += 1
            second = not second


@compiled()
def weigh_patches(plan, work):
    """Add up the hours that the provider's clients at home need in each patch."""
    work.patch_need[:] = 0.0
    for i in range(work.state[ACTIVE]):
        client = work.clients[work.active[i]]
        if client.state < HOSPITAL and client.route != MARKET:
            work.patch_need[plan.patches[client.zone]] += client.need


@inlined
def neediest(work):
    """Return the patch with the most need for each of its carers and one more, the lowest if equal."""
    best, most = 0, -1.0
    for patch in range(work.patch_need.shape[0]):
        carers = 0
        for t in range(work.state[TEAMS]):
            if work.team_patch[t] == patch:
                carers += work.team_sizes[t, 0]
        need = work.patch_need[patch] / (carers + 1)
        if need > most:
            best, most = patch, need
    return best


@compiled()
def join_team(plan, work, segment, week, c):
    """Find a carer a team where need is most: the smallest of that patch, which splits first if it is full."""
    patch = neediest(work)
    t = smallest(work, patch, 0)
    if t >= 0 and work.team_sizes[t, 0] >= plan.scalars[segment, CAP]:
        split(work, week, t)
        t = smallest(work, patch, 0)
    if t < 0:
        t = new_team(work, patch)
    work.carers[c].team = t
    work.team_sizes[t, 0] += 1


@compiled()
def leave_team(work, c):
    """Take a carer out of the team; a team without carers is no more, and its clients have none."""
    t = work.carers[c].team
    if t < 0:
        return
    work.carers[c].team = -1
    work.team_sizes[t, 0] -= 1
    if work.team_sizes[t, 0] == 0:
        work.team_patch[t] = -1
        for i in range(work.state[ACTIVE]):
            client = work.clients[work.active[i]]
            if client.team == t:
                client.team = -1


@inlined
def end_membership(work, client):
    """Take a client out of the team."""
    if client.team >= 0:
        work.team_sizes[client.team, 1] -= 1
        client.team = -1


@inlined
def settle(plan, work, segment, client):
    """Return a client's team, found now if there is none; -1 if every team of the patch is full."""
    if client.team < 0:
        t = smallest(work, plan.patches[client.zone], 1)
        if t >= 0 and work.team_sizes[t, 1] < plan.scalars[segment, MOST_CLIENTS]:
            client.team = t
            work.team_sizes[t, 1] += 1
    return client.team


@compiled()
def form_teams(plan, work, segment, week, on):
    """Dissolve all teams and, if ``on``, form them anew from the provider's carers."""
    for t in range(work.state[TEAMS]):
        work.team_patch[t] = -1
    work.state[TEAMS] = 0
    for c in range(work.carers.shape[0]):
        work.carers[c].team = -1
    for i in range(work.state[ACTIVE]):
        work.clients[work.active[i]].team = -1
    if on:
        weigh_patches(plan, work)
        for c in range(work.carers.shape[0]):
            carer = work.carers[c]
            if carer.state == WORKING and carer.employer == PROVIDER:
                join_team(plan, work, segment, week, c)
