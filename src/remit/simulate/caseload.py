"""The caseload family simulated: what came out, for everyone, by fifth of deprivation and by month."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from remit.briefs.brief import Brief
from remit.ground.faults import fail
from remit.kernel.caseload.batch import make_workspace, run_caseload
from remit.kernel.caseload.layout import (
    PLATFORM,
    PROVIDER,
    Count,
    Floats,
    Plan,
    Scalar,
    Tape,
    Total,
    Weekly,
    Work,
    World,
)
from remit.kernel.caseload.memory import Workspace
from remit.mechanism.caseload.tables import MINUTES_A_WEEK, WEEKS_A_YEAR
from remit.mechanism.cost import YearlyCost
from remit.mechanism.values import Lowered
from remit.simulate.rows import RunRows, ratio

N_FIFTHS = 5
MARKET_ROUTE = 2
WORST_WEEKS = 4
WEEKS_A_MONTH = WEEKS_A_YEAR / 12.0

Columns = dict[str, Floats]


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
    tape = run_caseload(lowered.plan, weeks, warm, seed, np.asarray(lucks, np.int64), room)
    if tape.totals[:, Total.OVERFLOW].any():
        raise fail("SIM001", f"{len(room.clients):,} clients at once")
    return name_outcomes(tape, lowered, warm, cost, everyone_only), room


def room_for(plan: Plan, weeks: int, work: Workspace | None) -> Workspace:
    """Return ``work`` if it has the shapes that this plan needs, else new working memory."""
    fresh = make_workspace(plan, weeks)
    if work is not None and _shapes(work) == _shapes(fresh):
        return work
    return fresh


def _shapes(work: Workspace) -> list[tuple[int, ...]]:
    return [a.shape for a in tuple(work._replace(log=work.state))]  # a log may be as long as it likes


def name_outcomes(
    tape: Tape, lowered: Lowered, warm: int, cost: YearlyCost, everyone_only: bool = False
) -> RunRows:
    """Return named outcomes of a tape: everyone, the place's own fifths, months of the measured year."""
    by_route = np.moveaxis(tape.counts, 1, 0)  # (routes, R, fifths, counts)
    weekly = tape.weekly[:, warm:]
    n_weeks = weekly.shape[1]
    months = [] if everyone_only else months_in(n_weeks)
    fifths = [] if everyone_only else list(range(N_FIFTHS))
    parts = [by_route.sum(2), *(by_route[:, :, f] for f in fifths)]
    counts = np.stack(parts, axis=2)  # (routes, R, groups, counts)
    groups = (
        ("all", ""),
        *(("own_fifth", str(f + 1)) for f in fifths),
        *(("month", str(m + 1)) for m in range(len(months))),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        told = help_columns(counts, lowered, n_weeks)
        columns = {name: with_months(values, len(months)) for name, values in told.items()}
        _add_months(columns, weekly, months, lowered)
        whole = carer_columns(tape, lowered, n_weeks) | money_columns(tape, counts, lowered, cost, n_weeks)
        whole["worst_undelivered_share"] = worst_weeks(weekly, lowered)
        whole["not_reached"] = people_not_reached(tape, lowered)
    for name, values in whole.items():
        columns[name] = np.full_like(columns["need"], np.nan)
        columns[name][:, 0] = values
    return RunRows(groups, columns, np.zeros((len(tape.totals), 0)))


def through_todays_door(lowered: Lowered) -> float:
    """Return the share of those who would pass today's door who pass the design's; a wider door counts as today's."""
    values = lowered.values
    return min(1.0, values["demand.reach_share"] / values.steps["demand.reach_share"][0].value)


def undelivered(needed: Floats, missing: Floats, lowered: Lowered) -> Floats:
    """Return the share of hours needed by all who would pass today's door that is not delivered."""
    return 1.0 - through_todays_door(lowered) * (1.0 - ratio(missing, needed))


def help_columns(counts: Floats, lowered: Lowered, n_weeks: int) -> Columns:
    """Return the outcomes that are told by group: ``(R, groups)`` each."""
    every = counts.sum(0)
    years = n_weeks / WEEKS_A_YEAR
    needed, delivered = every[..., Count.NEEDED_HOURS], every[..., Count.DELIVERED_HOURS]
    waiting = every[..., Count.WAIT_ASSESS_WEEKS] + every[..., Count.WAIT_HELP_WEEKS]
    return {
        "need": every[..., Count.CLIENT_WEEKS] / n_weeks,
        "clients": every[..., Count.CLIENT_WEEKS] / n_weeks,
        "undelivered_share": undelivered(needed, every[..., Count.UNDELIVERED_HOURS], lowered),
        "undelivered_provider": _by_route(counts, (0, 1)),
        "undelivered_market": _by_route(counts, (MARKET_ROUTE,)),
        "needed_hours": needed / years,
        "delivered_hours": delivered / years,
        "wait_weeks": ratio(every[..., Count.HELP_WEEKS], every[..., Count.HELPED]),
        "waiting": waiting / n_weeks,
        "clipped_share": ratio(every[..., Count.CLIPPED_HOURS], every[..., Count.BOOKED_HOURS]),
        "continuity": ratio(every[..., Count.MAIN_HOURS], delivered),
        "known_share": ratio(every[..., Count.KNOWN_HOURS], delivered),
        "chosen_share": ratio(counts[MARKET_ROUTE][..., Count.DELIVERED_HOURS], delivered),
        "hospital_stays": every[..., Count.HOSPITAL_STAYS] / years,
        "residential_moves": every[..., Count.RESIDENTIAL_MOVES] / years,
    }


def _by_route(counts: Floats, routes: tuple[int, ...]) -> Floats:
    """Return the share of hours needed that is not delivered to those who are helped by some routes."""
    some = counts[list(routes)].sum(0)
    return ratio(some[..., Count.UNDELIVERED_HOURS], some[..., Count.NEEDED_HOURS])


def months_in(n_weeks: int) -> list[slice]:
    """Return the weeks of each whole month of the measured time."""
    n_months = max(1, round(n_weeks / WEEKS_A_MONTH))
    ends = [round(m * n_weeks / n_months) for m in range(n_months + 1)]
    return [slice(a, b) for a, b in pairwise(ends)]


def with_months(values: Floats, n_months: int) -> Floats:
    """Return columns with room for months, not known yet."""
    return np.concatenate([values, np.full((len(values), n_months), np.nan)], axis=1)


def _add_months(columns: Columns, weekly: Floats, months: Sequence[slice], lowered: Lowered) -> None:
    """Fill in what the weekly series tell of each month."""
    first = columns["need"].shape[1] - len(months)
    for m, weeks in enumerate(months):
        sums = weekly[:, weeks].sum(1)
        missing = sums[:, Weekly.UNDELIVERED_HOURS]
        columns["undelivered_share"][:, first + m] = undelivered(
            sums[:, Weekly.NEEDED_HOURS], missing, lowered
        )
        count = weeks.stop - weeks.start
        waiting = sums[:, Weekly.WAIT_ASSESS] + sums[:, Weekly.WAIT_HELP]
        columns["waiting"][:, first + m] = waiting / count
        columns["clients"][:, first + m] = sums[:, Weekly.AT_HOME] / count


def worst_weeks(weekly: Floats, lowered: Lowered) -> Floats:
    """Return the undelivered share of the worst four weeks running."""
    width = min(WORST_WEEKS, weekly.shape[1])
    sums = np.lib.stride_tricks.sliding_window_view(weekly, width, axis=1).sum(-1)
    shares = undelivered(sums[..., Weekly.NEEDED_HOURS], sums[..., Weekly.UNDELIVERED_HOURS], lowered)
    known = np.isfinite(shares)
    worst: Floats = np.where(known.any(axis=1), np.where(known, shares, -np.inf).max(axis=1), np.nan)
    return worst


def people_not_reached(tape: Tape, lowered: Lowered) -> Floats:
    """Return people a year in need who do not come through the door, by the share the brief assumes."""
    values, years = lowered.values, tape.weekly.shape[1] / WEEKS_A_YEAR
    plan = lowered.plan
    at_first = plan.world[World.INITIAL_CLIENTS] * plan.scalars[0, Scalar.NEED_SHARE]
    arisen: Floats = tape.totals[:, Total.BORN] - tape.totals[:, Total.NOT_ARISEN] - at_first
    reach = values["demand.reach_share"]
    missed: Floats = arisen / years * (1.0 - reach) / reach
    return missed


def _own_driving(tape: Tape, lowered: Lowered) -> Floats:
    """Return what carers on the platform spend on driving that the provider would have paid them."""
    values = lowered.values
    unpaid = max(0.0, values["provider.mileage_gbp_per_km"] - values["platform.mileage_gbp_per_km"])
    km_per_hour = float(lowered.plan.scalars[0, Scalar.KM_PER_HOUR])
    spent: Floats = tape.work[:, PLATFORM, Work.TRAVEL_UNPAID_HOURS] * km_per_hour * unpaid
    return spent


def carer_columns(tape: Tape, lowered: Lowered, n_weeks: int) -> Columns:
    """Return what carers get and how they come and go."""
    both = tape.work.sum(1)
    provider = tape.work[:, PROVIDER]
    # hours paid or worked: those promised and not filled are paid too
    on_duty = both[:, Work.PAID_HOURS] + both[:, Work.TRAVEL_UNPAID_HOURS] + both[:, Work.TRAINING_HOURS]
    pay = both[:, Work.PAY_POUNDS] - _own_driving(tape, lowered)
    weeks = both[:, Work.CARER_WEEKS]
    held = provider[:, Work.CARER_WEEKS] + provider[:, Work.JOINING_WEEKS]
    vacant = provider[:, Work.VACANCY_WEEKS]
    kept = both[:, Work.OVERHEAD_POUNDS] + both[:, Work.SURPLUS_POUNDS]
    return {
        "pay_per_hour": ratio(pay, on_duty),
        "pay_per_week": ratio(pay, weeks),
        "paid_share": np.minimum(1.0, ratio(both[:, Work.PAID_HOURS], both[:, Work.AVAILABLE_HOURS])),
        "turnover": ratio((both[:, Work.LEAVERS] - both[:, Work.SWITCHERS]) * WEEKS_A_YEAR, weeks),
        "switching": ratio(both[:, Work.SWITCHERS] * WEEKS_A_YEAR, weeks),
        "vacancy_share": ratio(vacant, vacant + held),
        "carers": weeks / n_weeks,
        "overhead_share": ratio(kept, both[:, Work.REVENUE_POUNDS]),
    }


def money_columns(tape: Tape, counts: Floats, lowered: Lowered, cost: YearlyCost, n_weeks: int) -> Columns:
    """Return a year's money by who bears it."""
    values, years = lowered.values, n_weeks / WEEKS_A_YEAR
    every = counts[:, :, 0].sum(0)
    hours = every[:, Count.COUNCIL_POUNDS] / years
    clients = every[:, Count.CLIENT_POUNDS] / years
    move = values["money.residential_gbp_per_week"] * values["money.residential_weeks"] / MINUTES_A_WEEK
    assessed = every[:, Count.STARTS] / years * values["money.gbp_per_assessment"]
    council = hours + assessed + every[:, Count.RESIDENTIAL_MOVES] / years * move + cost.public_gbp
    nhs = every[:, Count.HOSPITAL_WEEKS] / years * values["money.hospital_gbp_per_week"]
    unpaid = every[:, Count.FAMILY_HOURS] / years
    surplus = tape.work[:, :, Work.SURPLUS_POUNDS] / years
    return {
        "price": np.round(ratio((hours + clients) * years, every[:, Count.DELIVERED_HOURS]), 9),  # no dust
        "surplus_provider": surplus[:, PROVIDER],
        "surplus_platform": surplus[:, PLATFORM],
        "cost_public": council + nhs,
        "cost_council": council,
        "cost_clients": clients,
        "cost_nhs": nhs,
        "cost_grants": np.full(len(hours), cost.roles_paid_by_grants_gbp),
        "unpaid_hours": unpaid,
        "unpaid_value": unpaid * values["money.family_gbp_per_hour"],
    }
