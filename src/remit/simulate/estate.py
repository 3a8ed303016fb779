"""An estate simulated: condition near people, money by stream in pounds of the brief's year, solvency."""

from collections.abc import Sequence

import numpy as np

from remit.briefs.brief import Brief
from remit.briefs.estate import PAYER_OF
from remit.kernel.commons.estate_layout import EstatePlan, EstateTape, Scalar, Year
from remit.kernel.commons.layout import Floats
from remit.mechanism.commons.places import people_by_zone
from remit.mechanism.cost import YearlyCost
from remit.mechanism.geography import own_fifths
from remit.mechanism.values import Lowered
from remit.simulate.groups import Columns, Groups, groups_of, laid_out
from remit.simulate.rows import RunRows

LAST_YEARS = 5
WEEKS_A_YEAR = 52.0
FLOWS = {  # told in pounds of the brief's year, a year
    "call": Year.CALL,
    "income_fund": Year.FROM_FUND,
    "income_givers": Year.FROM_GIVERS,
    "income_users": Year.FROM_USERS,
    "income_businesses": Year.FROM_BUSINESSES,
    "income_grants": Year.FROM_GRANTS,
    "raising": Year.RAISING,
    "overhead": Year.FIXED,
    "repairs": Year.REPAIRS,
}
LEVELS = {"coverage": Year.COVERAGE, "givers": Year.GIVERS, "volunteers": Year.VOLUNTEERS}


def estate_rows(
    tape: EstateTape, lowered: Lowered, brief: Brief, cost: YearlyCost, everyone_only: bool
) -> RunRows:
    """Return named outcomes of runs of an estate: everyone, the place's own fifths, years."""
    years = tape.years
    real = years / years[:, :, Year.PRICES, None]
    kept = [z.id for z in brief.locality.zones if any(a.zone == z.id for a in brief.assets)]
    groups = groups_of(years.shape[1], "year", everyone_only, kept)
    weights = _near(brief)
    columns: Columns = {"need": laid_out(groups, *_people(brief, len(years)))}
    columns |= _conditions(tape, weights, _in_zones(brief, kept), groups)
    columns |= {
        name: laid_out(groups, real[:, :, c].mean(1), None, real[:, :, c]) for name, c in FLOWS.items()
    }
    columns |= {n: laid_out(groups, years[:, :, c].mean(1), None, years[:, :, c]) for n, c in LEVELS.items()}
    columns |= _by_stream(tape, brief, groups)
    columns |= _solvency(tape, real, groups)
    columns |= _capital(years, real, lowered.plan, groups)
    columns |= _public(tape, real, lowered, cost, groups)
    prices = years[:, :, Year.PRICES, None]
    columns["gifts"] = laid_out(groups, (tape.gifts / prices).sum(2).mean(1), (tape.gifts / prices).mean(1))
    return RunRows(groups, columns, np.zeros((len(years), 0)))


def _near(brief: Brief) -> Floats:
    """Return ``(A, 6)`` how much each asset counts for everyone and each fifth: by size in its zone and by people."""
    zones = {z.id: i for i, z in enumerate(brief.locality.zones)}
    sizes = np.zeros((len(brief.assets), len(zones)))
    for a, asset in enumerate(brief.assets):
        sizes[a, zones[asset.zone]] = asset.ha
    total = sizes.sum(axis=0)
    in_zone = np.divide(sizes, total, out=np.zeros_like(sizes), where=total > 0.0)
    people = people_by_zone(brief) * (total > 0.0)
    by_group = np.column_stack([people, people[:, None] * own_fifths(brief)])  # (Z, 6)
    sums = by_group.sum(axis=0)
    shares = np.divide(by_group, sums, out=np.full_like(by_group, np.nan), where=sums > 0.0)
    weights: Floats = in_zone @ shares
    return weights


def _people(brief: Brief, n_runs: int) -> tuple[Floats, Floats]:
    """Return people in all and by fifth, the same in every run."""
    by_fifth = people_by_zone(brief) @ own_fifths(brief)
    return np.full(n_runs, by_fifth.sum()), np.tile(by_fifth, (n_runs, 1))


def _in_zones(brief: Brief, zones: Sequence[str]) -> Floats:
    """Return ``(A, zones)`` how much each asset counts in its zone: by size."""
    sizes = np.array([[a.ha if a.zone == z else 0.0 for z in zones] for a in brief.assets])
    weights: Floats = sizes / sizes.sum(axis=0)
    return weights


def _conditions(tape: EstateTape, weights: Floats, in_zones: Floats, groups: Groups) -> Columns:
    near = tape.assets @ weights  # (R, Y, 6)
    by_zone = (tape.assets @ in_zones).mean(1)
    last = near[:, -LAST_YEARS:].mean(1)
    mean = near.mean(1)
    return {
        "condition": laid_out(groups, mean[:, 0], mean[:, 1:], near[:, :, 0], by_zone),
        "condition_end": laid_out(groups, last[:, 0], last[:, 1:]),
    }


def _by_stream(tape: EstateTape, brief: Brief, groups: Groups) -> Columns:
    """Return what each stream of income brings; none of those that the brief does not have."""
    real = tape.streams / tape.years[:, :, Year.PRICES, None]
    named = {name: real[:, :, i] for i, name in enumerate(brief.named_under("streams"))}
    nothing = np.zeros(real.shape[:2])
    told = {name: named.get(name, nothing) for name in PAYER_OF}
    return {f"from_{name}": laid_out(groups, one.mean(1), None, one) for name, one in told.items()}


def _solvency(tape: EstateTape, real: Floats, groups: Groups) -> Columns:
    years = tape.years
    failed = tape.ends[:, 0]
    horizon = float(years.shape[1])
    afloat = np.where(failed >= 0.0, (failed + 1.0) / WEEKS_A_YEAR, horizon)
    held = real[:, :, Year.PURSE] + real[:, :, Year.FUND]
    return {
        "insolvent": laid_out(groups, (failed >= 0.0).astype(float), None, years[:, :, Year.INSOLVENT]),
        "years_afloat": laid_out(groups, afloat),
        "step_in": laid_out(groups, real[:, :, Year.STEP_IN].sum(1)),
        "backlog": laid_out(groups, years[:, -1, Year.QUEUE], None, years[:, :, Year.QUEUE]),
        "reserves": laid_out(groups, held[:, -1], None, held),
    }


def _capital(years: Floats, real: Floats, plan: EstatePlan, groups: Groups) -> Columns:
    """Return what others than the council put in: into a fund, and as reserves to begin with; pounds a year."""
    others = (real[:, :, Year.CAPITAL] - real[:, :, Year.CAPITAL_COUNCIL]).mean(1)
    reserves = float(plan.scalars[Scalar.START_RESERVES]) / years.shape[1]
    return {"capital_others": laid_out(groups, others + reserves)}


def _public(tape: EstateTape, real: Floats, lowered: Lowered, cost: YearlyCost, groups: Groups) -> Columns:
    values, years = lowered.values, tape.years
    from_council = real[:, :, Year.FROM_COUNCIL] - real[:, :, Year.BACK]
    capital = real[:, :, Year.CAPITAL_COUNCIL]
    # new roles beside a body of its own end when the council has the estate back
    failed = tape.ends[:, 0]
    kept = np.where(failed >= 0.0, (failed + 1.0) / WEEKS_A_YEAR / years.shape[1], 1.0)
    by_grants = cost.roles_paid_by_grants_gbp * kept
    roles = cost.roles_gbp * kept - by_grants
    beside = values["money.service_gbp_per_year"] + cost.crews_gbp + cost.assets_gbp + roles
    hours = years[:, :, Year.VOLUNTEER_HOURS].mean(1)
    return {
        "income_council": laid_out(groups, from_council.mean(1), None, from_council),
        "cost_public": laid_out(groups, (from_council + capital).mean(1) + beside),
        "cost_roles": laid_out(groups, roles),
        "cost_grants": laid_out(groups, by_grants),
        "unpaid_hours": laid_out(groups, hours),
        "unpaid_value": laid_out(groups, hours * values["money.unpaid_gbp_per_hour"]),
    }


def overflowed(tape: EstateTape) -> bool:
    """Tell whether more repairs waited than there was room for."""
    return bool(tape.ends[:, 1].any())


def weeks_of(brief: Brief) -> int:
    """Return the weeks of a run."""
    return brief.days // 7
