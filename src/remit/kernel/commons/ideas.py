"""Ideas for projects: when and where they are born, which route they take, what the panel says."""

import numpy as np
from numba import int64

from remit.kernel.commons.campaign_layout import CAMPAIGN, OFFER, PANEL, Count, Log, Scalar
from remit.kernel.commons.campaign_memory import NO_MATCH, Held, Level, note
from remit.kernel.commons.draws import lognormal
from remit.kernel.commons.funded import make
from remit.kernel.commons.layout import Stream
from remit.kernel.compiling import compiled, inlined
from remit.kernel.elementary import log
from remit.kernel.philox import uniforms

U = np.uint64
IDEA = U(int(Stream.IDEA))
FIFTHS = 5
NO_ROUTE = -1

IDEAS, APPEAL_SIGMA = int(Scalar.IDEAS), int(Scalar.APPEAL_SIGMA)
COST_MEAN, COST_SIGMA = int(Scalar.COST_MEAN), int(Scalar.COST_SIGMA)
COST_LEAST, COST_MOST = int(Scalar.COST_LEAST), int(Scalar.COST_MOST)
NETWORK_MEAN, NETWORK_SIGMA = int(Scalar.NETWORK_MEAN), int(Scalar.NETWORK_SIGMA)
PANEL_ON, CROWD_ON, SHARES_ON = int(Scalar.PANEL_ON), int(Scalar.CROWD_ON), int(Scalar.SHARES_ON)
SHARES_LEAST, FEE, LEAD = int(Scalar.SHARES_LEAST), int(Scalar.FEE), int(Scalar.LEAD)
WEEKS, SHARE_WEEKS = int(Scalar.WEEKS), int(Scalar.SHARE_WEEKS)
ACCEPT, GRANT_MOST = int(Scalar.ACCEPT), int(Scalar.GRANT_MOST)
OFFICER = int(Scalar.OFFICER_PANEL)  # then campaign, offer
C_IDEAS, C_HELD, C_MISSED, C_REFUSED = (
    int(Count.IDEAS),
    int(Count.HELD),
    int(Count.MISSED),
    int(Count.REFUSED),
)
C_CAME, C_GRANTS, C_OFFICERS = int(Count.CAME), int(Count.GRANTS), int(Count.OFFICERS)
LOG_BORN, LOG_MISSED, LOG_HELD = int(Log.BORN), int(Log.MISSED), int(Log.HELD)
LOG_REFUSED, LOG_GRANTED = int(Log.REFUSED), int(Log.GRANTED)
BORN_UNTIL = int(Scalar.BORN_UNTIL)
ACTIVE, NEXT_IDEA, FULL = int(Held.ACTIVE), int(Held.NEXT_IDEA), int(Held.FULL)
PENDING, POT = int(Level.PENDING), int(Level.POT)


@compiled()
def route_of(scalars, cost):
    """Return the route that takes an idea of this cost, -1 if none does."""
    route = NO_ROUTE
    if scalars[SHARES_ON] > 0.5 and cost >= scalars[SHARES_LEAST]:
        route = OFFER
    elif scalars[CROWD_ON] > 0.5:
        route = CAMPAIGN
    elif scalars[PANEL_ON] > 0.5:
        route = PANEL
    return route


@inlined
def write_project(plan, work, luck, idea, cell, cost, u_appeal, u_network, u_delivered, start, weeks, route):
    """Write a campaign or an offer that waits for its first week; without room, say so."""
    n = work.state[ACTIVE]
    if n >= work.active.shape[0]:
        work.state[FULL] = 1
    else:
        scalars = plan.scalars
        row = work.active[n]
        project = work.projects[row]
        u_late, u_fails, _, _ = uniforms(luck.seed, luck.luck, IDEA, U(idea), U(2))
        mean = scalars[NETWORK_MEAN] * plan.network_factor[cell % FIFTHS]
        project.cost = cost
        project.goal = cost / (1.0 - scalars[FEE]) if route == CAMPAIGN else cost
        project.appeal = lognormal(u_appeal, 1.0, scalars[APPEAL_SIGMA])
        project.network = lognormal(u_network, mean, scalars[NETWORK_SIGMA])
        project.u_delivered = u_delivered
        project.u_late, project.u_fails = u_late, u_fails
        project.pledged = 0.0
        project.match = 0.0
        project.matched = NO_MATCH
        project.number = idea
        project.pledges = 0
        project.start = start
        project.weeks = weeks
        project.zone = cell // FIFTHS
        project.fifth = cell % FIFTHS
        project.route = route
        work.by_fifth[row, :, :] = 0.0
        work.by_size[row, :, :] = 0.0
        work.state[ACTIVE] = n + 1


@compiled()
def ask_panel(plan, work, sheet, luck, week, idea, cell, cost, u_accepted, u_delivered):
    """Let the panel refuse an idea, or pay its cost out of the pot."""
    count = sheet.counts[cell % FIFTHS]
    accepted = u_accepted < plan.scalars[ACCEPT]
    if accepted and cost <= plan.scalars[GRANT_MOST] and cost <= work.levels[POT]:
        u_late, _, _, _ = uniforms(luck.seed, luck.luck, IDEA, U(idea), U(2))
        work.levels[POT] -= cost
        count[C_GRANTS] += cost
        sheet.weekly[week, 1] += cost
        note(work, week, LOG_GRANTED, idea, cost)
        make(plan, work, sheet, week, idea, cell // FIFTHS, cell % FIFTHS, cost, u_delivered, u_late)
    else:
        count[C_REFUSED] += 1.0
        note(work, week, LOG_REFUSED, idea, cost)


@compiled()
def bear_idea(plan, work, sheet, luck, week):
    """Let one idea be born and go where its cost takes it, if it comes forward there."""
    scalars, idea = plan.scalars, work.state[NEXT_IDEA]
    work.state[NEXT_IDEA] = idea + 1
    _, u_cell, u_cost, u_appeal = uniforms(luck.seed, luck.luck, IDEA, U(idea), U(0))
    u_network, u_comes, u_accepted, u_delivered = uniforms(luck.seed, luck.luck, IDEA, U(idea), U(1))
    x = u_cell * plan.cell_keep.shape[0]
    cell = int64(x)
    if x - cell >= plan.cell_keep[cell]:
        cell = plan.cell_alias[cell]
    cost = lognormal(u_cost, scalars[COST_MEAN], scalars[COST_SIGMA])
    cost = min(max(cost, scalars[COST_LEAST]), scalars[COST_MOST])
    count = sheet.counts[cell % FIFTHS]
    count[C_IDEAS] += 1.0
    note(work, week, LOG_BORN, idea, cost)
    route = route_of(scalars, cost)
    if route == NO_ROUTE or u_comes >= plan.forward[route, cell % FIFTHS]:
        count[C_MISSED] += 1.0
        note(work, week, LOG_MISSED, idea, 0.0)
        return
    start = week + int(scalars[LEAD])
    weeks = int(scalars[SHARE_WEEKS]) if route == OFFER else int(scalars[WEEKS])
    if route != PANEL and start + weeks > luck.end:
        count[C_HELD] += 1.0
        note(work, week, LOG_HELD, idea, 0.0)
        return
    count[C_CAME] += 1.0
    count[C_OFFICERS] += scalars[OFFICER + route]
    if route == PANEL:
        ask_panel(plan, work, sheet, luck, week, idea, cell, cost, u_accepted, u_delivered)
    else:
        write_project(
            plan, work, luck, idea, cell, cost, u_appeal, u_network, u_delivered, start, weeks, route
        )


@inlined
def gap_of(idea, luck):
    """Return the intensity that passes before an idea is born."""
    u, _, _, _ = uniforms(luck.seed, luck.luck, IDEA, U(idea), U(0))
    return -log(u)


@compiled()
def bear_ideas(plan, work, sheet, luck, week):
    """Let the ideas of one week be born."""
    if week == 0:
        work.levels[PENDING] = gap_of(0, luck)
    until = plan.scalars[BORN_UNTIL]
    if until > 0.0 and week >= until:
        return
    left = plan.scalars[IDEAS]
    while work.levels[PENDING] <= left and work.state[FULL] == 0:
        left -= work.levels[PENDING]
        bear_idea(plan, work, sheet, luck, week)
        work.levels[PENDING] = gap_of(work.state[NEXT_IDEA], luck)
    work.levels[PENDING] -= left
