"""The weeks of a run, in order: changes, fates, births, carers, assessments, matches, capacity, help, delivery."""

from numba import int64, uint64, void

from remit.kernel.caseload.bookings import employer_of, lose
from remit.kernel.caseload.capacity import plan_capacity
from remit.kernel.caseload.clients import assess, end_matches, live
from remit.kernel.caseload.delivery import deliver, in_hours
from remit.kernel.caseload.finding import find_help
from remit.kernel.caseload.folk import bear_carers, bear_clients, route_of
from remit.kernel.caseload.layout import HELPERS, Scalar, Total, World
from remit.kernel.caseload.ledger import close_week, settle_accounts
from remit.kernel.caseload.memory import F1, F2, F3, PLAN_TYPE, WORKSPACE_TYPE, Held, Level, Luck, Sheet
from remit.kernel.caseload.teams import form_teams
from remit.kernel.caseload.workforce import change_pool, move_carers, start_work
from remit.kernel.compiling import compiled
from remit.kernel.elementary import exp

ACTIVE, FULL = int(Held.ACTIVE), int(Held.FULL)
FRESH = int(Held.FRESH)
PRICE_LEVEL, PAID = int(Level.PRICE), int(Level.PAID_PROVIDER)
PROVIDER_ROUTE = int(Scalar.PROVIDER_ROUTE)
PAID_AT_START = int(World.PAID_AT_START)
T_HELD, T_TEAMS, T_OVERFLOW = int(Total.HELD), int(Total.TEAMS), int(Total.OVERFLOW)
AT_HOME_STATES = 3


@compiled()
def set_up(plan, work, luck):
    """Empty the working memory and write the carers."""
    work.state[:] = 0
    work.levels[:] = 0.0
    work.levels[PRICE_LEVEL] = 1.0
    work.levels[PAID] = plan.world[PAID_AT_START]
    work.levels[PAID + 1] = plan.world[PAID_AT_START]
    work.taken[:] = 0
    work.bookable[:] = 0
    work.team_patch[:] = -1
    work.team_sizes[:] = 0
    work.travel[:] = 0.0
    bear_carers(plan, work, luck)


@compiled()
def change_routes(plan, work, sheet, segment, week):
    """Route every client anew; who changes between provider and market loses all helpers."""
    for i in range(work.state[ACTIVE]):
        row = work.active[i]
        client = work.clients[row]
        route = route_of(plan.scalars[segment], client)
        if employer_of(route) != employer_of(client.route):
            for h in range(HELPERS):
                if work.helpers[row, h].carer >= 0:
                    lose(work, sheet.totals, week, row, h)
        client.route = route


@compiled()
def enter_segment(plan, work, sheet, segment, week):
    """Bring on the numbers of a segment: at the start, and at each dated change."""
    for x in range(2):
        for s in range(AT_HOME_STATES):
            work.growth[x, s] = exp(plan.growth[segment, x, s])
    work.state[FRESH] = 1
    change_pool(plan, work, sheet, segment, week)
    if week == 0:
        start_work(plan, work, sheet, segment, week)
        return
    change_routes(plan, work, sheet, segment, week)
    route = int(plan.scalars[segment, PROVIDER_ROUTE])
    if route != int(plan.scalars[segment - 1, PROVIDER_ROUTE]):
        form_teams(plan, work, segment, week, route == 1)


@compiled()
def forget(sheet):
    """Begin to measure: what was counted while warming up is not."""
    sheet.counts[:] = 0.0
    sheet.work[:] = 0.0


@compiled(void(PLAN_TYPE, WORKSPACE_TYPE, F1, F3, F2, F2, uint64, uint64, int64, int64))
def respond(plan, work, totals, counts, sums, weekly, seed, luck_number, warm, end):
    """Run one replicate of one plan and count into the given rows.

    Args:
        plan: the arrays of ``layout.Plan``.
        work: working memory of this thread; its log is filled as far as it reaches.
        totals: ``(len(Total),)``.
        counts: ``(3, 5, len(Count))``.
        sums: ``(2, len(Work))``.
        weekly: ``(end, len(Weekly))``.
        seed: root seed.
        luck_number: number of the replicate, unique over scenarios.
        warm: weeks before which nothing is counted.
        end: weeks run.
    """
    sheet = Sheet(totals, counts, sums, weekly)
    luck = Luck(seed, luck_number, warm, end)
    set_up(plan, work, luck)
    segment = 0
    for week in range(end):
        if week == 0:
            enter_segment(plan, work, sheet, segment, week)
        while segment + 1 < plan.segment_weeks.shape[0] and plan.segment_weeks[segment + 1] <= week:
            segment += 1
            enter_segment(plan, work, sheet, segment, week)
        if week == warm:
            forget(sheet)
        live(plan, work, sheet, segment, week, luck)
        bear_clients(plan, work, sheet, segment, week, luck)
        if week == 0:
            form_teams(plan, work, segment, week, int(plan.scalars[segment, PROVIDER_ROUTE]) == 1)
        vacancies = move_carers(plan, work, sheet, segment, week, luck)
        assess(plan, work, segment, week)
        end_matches(plan, work, sheet, segment, week)
        plan_capacity(plan, work, segment)
        find_help(plan, work, totals, segment, week, luck)
        deliver(plan, work, sheet, segment, week, warm)
        close_week(plan, work, sheet, segment, week, vacancies)
        if work.state[FULL] != 0:
            break
    in_hours(sheet)
    settle_accounts(sheet)
    totals[T_HELD] = work.state[ACTIVE]
    totals[T_OVERFLOW] = work.state[FULL]
    for t in range(work.team_patch.shape[0]):
        if work.team_patch[t] >= 0:
            totals[T_TEAMS] += 1.0
