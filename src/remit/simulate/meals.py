"""Meals simulated: paid staff and neighbours who cook, told in meals, for everyone, by fifth and by month.

Paid staff are simulated as if nobody cooked; neighbours are simulated beside them, with the same diners. A meal that a
neighbour cooks takes the place of one that was needed on that day, whether paid staff would have brought it or not: in
each fifth of deprivation paid meals and missing meals shrink by the share of meals that neighbours cook.
"""

from collections.abc import Sequence

import numpy as np

from remit.briefs.brief import Brief
from remit.ground.faults import fail
from remit.kernel.caseload.batch import run_caseload
from remit.kernel.caseload.layout import PLATFORM, Count, Floats, Tape, Total, Weekly, Work
from remit.kernel.caseload.memory import Workspace
from remit.kernel.commons.uptake import make_uptake_tape
from remit.kernel.commons.uptake_layout import Count as Taken
from remit.mechanism.caseload.tables import MINUTES_AN_HOUR, WEEKS_A_YEAR
from remit.mechanism.cost import YearlyCost
from remit.mechanism.values import Lowered, Values
from remit.simulate.caseload import (
    MARKET_ROUTE,
    N_FIFTHS,
    Columns,
    carer_columns,
    money_columns,
    months_in,
    people_not_reached,
    room_for,
    undelivered,
    with_months,
)
from remit.simulate.neighbours import N_MAKERS, NeighbourTape, run_neighbours
from remit.simulate.rows import RunRows, ratio

SHRINK = (  # what paid staff do less of where a neighbour cooks
    Count.DELIVERED_HOURS,
    Count.UNDELIVERED_HOURS,
    Count.OVER_HOURS,
    Count.FAMILY_HOURS,
    Count.CLIENT_POUNDS,
)
KEPT = ("pay_per_hour", "turnover", "vacancy_share")  # of paid staff
MONEY = ("cost_public", "cost_council", "cost_clients", "cost_nhs")


def run(
    lowered: Lowered,
    brief: Brief,
    seed: int,
    lucks: Sequence[int],
    cost: YearlyCost,
    work: Workspace | None,
    everyone_only: bool = False,
) -> tuple[RunRows, Workspace]:
    """Return the outcomes of one plan for each replicate number, and the working memory to use again.

    Raises:
        Faults: SIM001 if more clients are at hand at once than the averages leave room for.
    """
    warm, weeks = brief.warm_up_days // 7, (brief.warm_up_days + brief.days) // 7
    room = room_for(lowered.plan, weeks, work)
    paid = run_caseload(lowered.plan, weeks, warm, seed, np.asarray(lucks, np.int64), room)
    cooked = None if lowered.beside is None else run_neighbours(lowered.beside, seed, lucks, warm)
    for tape in (paid, cooked.help if cooked else paid):
        if tape.totals[:, Total.OVERFLOW].any():
            raise fail("SIM001", f"{len(room.clients):,} clients at once")
    return name_outcomes(paid, cooked, lowered, warm, cost, everyone_only), room


def name_outcomes(
    paid: Tape,
    cooked: NeighbourTape | None,
    lowered: Lowered,
    warm: int,
    cost: YearlyCost,
    everyone_only: bool = False,
) -> RunRows:
    """Return named outcomes: everyone, the place's own fifths, months of the measured time."""
    n_runs, n_weeks = len(paid.totals), paid.weekly.shape[1] - warm
    months = [] if everyone_only else months_in(n_weeks)
    fifths = [] if everyone_only else list(range(N_FIFTHS))
    groups = (
        ("all", ""),
        *(("own_fifth", str(f + 1)) for f in fifths),
        *(("month", str(m + 1)) for m in range(len(months))),
    )
    found = cooked or _nobody(paid)
    with np.errstate(divide="ignore", invalid="ignore"):
        counts = beside_neighbours(paid, found, lowered.values)
        told = _diners(counts, found, lowered, n_weeks) | _cooks(found, n_weeks, warm)
        shown = 1 + len(fifths)
        columns = {n: with_months(_with_everyone(n, v)[:, :shown], len(months)) for n, v in told.items()}
        _add_months(columns, paid, found, lowered, months, warm)
        whole = _whole(paid, found, counts, lowered, cost, warm)
    for name, values in whole.items():
        columns[name] = np.full_like(columns["need"], np.nan)
        columns[name][:, 0] = values
    return RunRows(groups, columns, np.zeros((n_runs, 0)))


def _nobody(paid: Tape) -> NeighbourTape:
    """Return what is left behind where nobody cooks for neighbours: nothing."""
    runs, weeks = paid.weekly.shape[:2]
    nothing = Tape(*(np.zeros_like(a) for a in paid))
    cooks, turns = np.zeros((runs, weeks, N_FIFTHS)), np.zeros((runs, weeks), np.int64)
    return NeighbourTape(make_uptake_tape(weeks, runs), nothing, cooks, turns)


def cooked_share(paid: Tape, cooked: NeighbourTape) -> Floats:
    """Return the share of the meals needed that neighbours cook: ``(R, 5)``."""
    needed = paid.counts.sum(1)[..., Count.NEEDED_HOURS]
    given = cooked.help.counts[:, MARKET_ROUTE, :, Count.DELIVERED_HOURS]
    share: Floats = np.divide(given, needed, out=np.zeros_like(given), where=needed > 0.0)
    return np.minimum(1.0, share)


def beside_neighbours(paid: Tape, cooked: NeighbourTape, values: Values) -> Floats:
    """Return what paid staff do and leave undone beside neighbours: ``(R, 5, len(Count))``.

    A paid meal that is not ordered is saved in part: the rest of its price is paid by whoever buys the service.
    """
    share = cooked_share(paid, cooked)[..., None]
    counts: Floats = paid.counts.sum(1)
    price = counts[..., [Count.CLIENT_POUNDS]] + counts[..., [Count.COUNCIL_POUNDS]]
    council = counts[..., [Count.COUNCIL_POUNDS]] * (1.0 - share)
    council = council + price * share * (1.0 - values["neighbours.saved_share"])
    counts[..., list(SHRINK)] *= 1.0 - share
    counts[..., [Count.COUNCIL_POUNDS]] = council
    return counts


def _meals(hours: Floats, values: Values) -> Floats:
    told: Floats = hours * (MINUTES_AN_HOUR / values["meals.paid_minutes"])
    return told


def _sums(counts: Floats, column: Count) -> Floats:
    """Return a count of everyone, then of each fifth: ``(R, 6)``."""
    by_fifth = counts[..., column]
    return np.concatenate([by_fifth.sum(axis=1, keepdims=True), by_fifth], axis=1)


def _with_everyone(name: str, values: Floats) -> Floats:
    """Return values of everyone and each fifth, everyone added up where only fifths are there."""
    if values.shape[1] == N_FIFTHS:
        return np.concatenate([values.sum(axis=1, keepdims=True), values], axis=1)
    return values


def _diners(counts: Floats, cooked: NeighbourTape, lowered: Lowered, n_weeks: int) -> Columns:
    """Return what people who need meals get: ``(R, 6)`` each."""
    values, years = lowered.values, n_weeks / WEEKS_A_YEAR
    found = cooked.help.counts[:, MARKET_ROUTE]
    given, needed = _sums(found, Count.DELIVERED_HOURS), _sums(counts, Count.NEEDED_HOURS)
    paid, missing = _sums(counts, Count.DELIVERED_HOURS), _sums(counts, Count.UNDELIVERED_HOURS)
    at_home = _sums(counts, Count.CLIENT_WEEKS) / n_weeks
    waiting = (_sums(counts, Count.WAIT_ASSESS_WEEKS) + _sums(counts, Count.WAIT_HELP_WEEKS)) / n_weeks
    seeking = _sums(found, Count.CLIENT_WEEKS) / n_weeks
    alone = (_sums(found, Count.WAIT_ASSESS_WEEKS) + _sums(found, Count.WAIT_HELP_WEEKS)) / n_weeks
    return {
        "need": at_home,
        "clients": at_home,
        "missed_meals": undelivered(needed, missing, lowered),
        "needed_meals": _meals(needed, values) / years,
        "paid_meals": _meals(paid, values) / years,
        "neighbour_meals": _meals(given, values) / years,
        "neighbour_share": ratio(given, given + paid),
        "diners": at_home - waiting,
        "waiting": waiting,
        "diners_with_cook": seeking - alone,
        "waiting_cook": alone,
        "known_cook": ratio(_sums(found, Count.KNOWN_HOURS), given),
    }


def _cooks(cooked: NeighbourTape, n_weeks: int, warm: int) -> Columns:
    """Return who signs up, cooks and stops: ``(R, 5)`` each."""
    years, counts = n_weeks / WEEKS_A_YEAR, cooked.uptake.counts
    return {
        "cooks_signed": counts[..., Taken.SIGNED] / years,
        "cooks_active": cooked.cooks[:, warm:].mean(axis=1),
        "cooks_dropped": counts[..., Taken.DROPPED] / years,
        "cooks_not_reached": counts[..., Taken.OFFLINE],
    }


def _add_months(
    columns: Columns, paid: Tape, cooked: NeighbourTape, lowered: Lowered, months: Sequence[slice], warm: int
) -> None:
    """Fill in what the weekly series tell of each month."""
    first = columns["need"].shape[1] - len(months)
    staff, neighbours = paid.weekly[:, warm:], cooked.help.weekly[:, warm:]
    for m, weeks in enumerate(months):
        at, count = first + m, weeks.stop - weeks.start
        sums, found = staff[:, weeks].sum(1), neighbours[:, weeks].sum(1)
        needed, given = sums[:, Weekly.NEEDED_HOURS], found[:, Weekly.DELIVERED_HOURS]
        left = 1.0 - np.minimum(1.0, np.divide(given, needed, out=np.zeros_like(given), where=needed > 0.0))
        columns["missed_meals"][:, at] = undelivered(
            needed, sums[:, Weekly.UNDELIVERED_HOURS] * left, lowered
        )
        columns["neighbour_meals"][:, at] = _meals(given, lowered.values) / count * WEEKS_A_YEAR
        columns["cooks_active"][:, at] = cooked.cooks[:, warm:][:, weeks].sum(axis=2).mean(axis=1)
        columns["waiting"][:, at] = (sums[:, Weekly.WAIT_ASSESS] + sums[:, Weekly.WAIT_HELP]) / count
        columns["clients"][:, at] = sums[:, Weekly.AT_HOME] / count


def _whole(
    paid: Tape, cooked: NeighbourTape, counts: Floats, lowered: Lowered, cost: YearlyCost, warm: int
) -> Columns:
    """Return what is told of everyone only."""
    values, n_weeks = lowered.values, paid.weekly.shape[1] - warm
    years = n_weeks / WEEKS_A_YEAR
    money = money_columns(paid, counts.sum(axis=1)[None, :, None], lowered, cost, n_weeks)
    cooks = cooked.help.work[:, PLATFORM]
    idle = 1.0 - np.minimum(1.0, ratio(cooks[:, Work.CONTACT_HOURS], cooks[:, Work.AVAILABLE_HOURS]))
    given = _meals(_sums(cooked.help.counts[:, MARKET_ROUTE], Count.DELIVERED_HOURS)[:, 0], values) / years
    brought = _meals(_sums(counts, Count.DELIVERED_HOURS)[:, 0], values) / years
    by_family = _meals(_sums(counts, Count.FAMILY_HOURS)[:, 0], values) / years
    minutes = values["neighbours.minutes_per_meal"] / MINUTES_AN_HOUR
    platform = platform_cost(cooked, values, n_weeks, warm)
    by_grants = platform * values["neighbours.grant_share"]
    ordered = (_sums(counts, Count.COUNCIL_POUNDS) + _sums(counts, Count.CLIENT_POUNDS))[:, 0] / years
    roles = cost.public_gbp + cost.roles_paid_by_grants_gbp
    unpaid = (given + by_family) * minutes
    staff = carer_columns(paid, lowered, n_weeks)
    told = {name: staff[name] for name in KEPT} | {name: money[name] for name in MONEY}
    told["cost_public"] = money["cost_public"] + platform - by_grants
    told["cost_council"] = money["cost_council"] + platform - by_grants
    return told | {
        "cooks_idle": np.where(np.isfinite(idle), idle, 0.0)
        * cooked.cooks[:, warm:].sum(axis=2).mean(axis=1),
        "cook_hours": given * minutes,
        "cost_per_meal": ratio(ordered + platform + roles, given + brought),
        "cost_platform": platform,
        "cost_cooks": given * values["neighbours.food_gbp_per_meal"],
        "cost_grants": money["cost_grants"] + by_grants,
        "unpaid_hours": unpaid,
        "unpaid_value": unpaid * values["money.family_gbp_per_hour"],
        "not_reached": people_not_reached(paid, lowered),
    }


def platform_cost(cooked: NeighbourTape, values: Values, n_weeks: int, warm: int) -> Floats:
    """Return what the platform costs a year: vetting, support of cooks, and running it while somebody does."""
    signed = cooked.uptake.counts[..., Taken.SIGNED].sum(axis=1) * WEEKS_A_YEAR / n_weeks
    active = cooked.cooks[:, warm:].sum(axis=2).mean(axis=1)
    running = (cooked.uptake.makers[:, warm:, N_MAKERS] > 0.0).mean(axis=1)
    spent: Floats = (
        signed * values["neighbours.gbp_per_signup"]
        + active * values["neighbours.support_gbp_per_year"]
        + running * values["neighbours.platform_gbp_per_year"]
    )
    return spent
