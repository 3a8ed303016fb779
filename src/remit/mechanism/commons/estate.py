"""Lowering an estate: numbers after effects to the plan that the estate engine runs."""

import math

import numpy as np

from remit.briefs.brief import Brief
from remit.briefs.estate import PAYER_OF
from remit.kernel.commons.estate_layout import (
    BUSINESSES,
    COUNCIL,
    GIVERS,
    GRANTS,
    USERS,
    Asset,
    EstatePlan,
    Income,
    Scalar,
)
from remit.kernel.commons.layout import FIFTHS, Floats
from remit.kernel.elementary import lognormal_sigma
from remit.mechanism.commons.places import mean_one, people_by_fifth
from remit.mechanism.commons.tables import (
    ASSET,
    COUNCILS_BODY,
    ESTATE,
    INCOME,
    MINUTES_AN_HOUR,
    OWN_BODY,
    WEEKS,
    WEEKS_OF_A_YEAR,
    told,
)
from remit.mechanism.geography import by_fifth, own_fifths
from remit.mechanism.values import Values

PAYERS = {"council": COUNCIL, "givers": GIVERS, "users": USERS, "businesses": BUSINESSES, "grants": GRANTS}
# the council's yearly budget, and what it pledges to a body of its own in place of that
BUDGET, PLEDGE = "tax_grant", "subsidy"


def estate_plan(values: Values, brief: Brief, todays: Values | None = None) -> EstatePlan:
    """Return the plan of an estate under the body that the design gives it.

    Streams of income add up; none crowds another out, but that the council may lower its budget for what is new.

    Args:
        values: the parameters of the design.
        brief: whose estate it is.
        todays: those of today's service, beside which income is new; the design's own if not given.
    """
    lowered_gbp = values["council.substitute_share"] * new_income(values, todays or values)
    return EstatePlan(
        scalars=_scalars(values),
        streams=np.array(
            [_stream(name, values, lowered_gbp) for name in brief.named_under("streams")]
        ).reshape(-1, len(Income)),
        assets=_assets(brief, values),
        givers=_givers(brief, values),
        volunteers=_volunteers(brief, values),
        volunteer_share=_volunteer_share(brief),
    )


def has_budget(values: Values) -> bool:
    """Tell whether the council pays for the estate out of a yearly budget."""
    return values.numbers.get(f"streams.{BUDGET}.on", 0.0) > 0.5


def is_independent(values: Values) -> bool:
    """Tell whether a body of its own keeps the estate: one beside a service that the council pays for does not."""
    return values["body.independent"] > 0.5 and not has_budget(values)


def _scalars(values: Values) -> Floats:
    row = np.zeros(len(Scalar))
    independent = is_independent(values)
    rules = ESTATE | (OWN_BODY if independent else COUNCILS_BODY)
    for column, rule in rules.items():
        row[column] = told(rule, values.numbers)
    row[Scalar.INDEPENDENT] = float(independent)
    if values["body.independent"] > 0.5 and not independent:
        row[Scalar.FIXED] += values["body.beside_gbp_per_year"]
    row[Scalar.RULE] = round(row[Scalar.RULE])
    row[Scalar.AVERAGE] = round(row[Scalar.AVERAGE])
    if values["endowment.on"] <= 0.5:
        row[Scalar.TO_FUND] = 0.0  # gifts are spent where there is no fund
    else:
        capital = values["endowment.capital_gbp"]
        row[Scalar.CAPITAL] = capital
        share = values["endowment.spend_share"]
        row[Scalar.SPEND] = share if row[Scalar.RULE] == 1.0 else share * capital
    row[Scalar.CAPITAL_PAYER] = COUNCIL if values["endowment.council_pays"] > 0.5 else GRANTS
    if f"streams.{BUDGET}.gbp_per_year" in values.numbers:
        base = f"streams.{BUDGET}."
        row[Scalar.FALLBACK] = values[base + "gbp_per_year"] * values["council.fallback_share"]
        row[Scalar.FALLBACK_GROWTH] = values[base + "growth_per_year"]
        row[Scalar.FALLBACK_INDEX] = values[base + "index_share"]
    return row


def new_income(values: Values, todays: Values) -> float:
    """Return pounds a year, in full, of streams that flow in a design and not today, the council's own apart."""
    names = [n for n in PAYER_OF if f"streams.{n}.on" in values.numbers and PAYER_OF[n] != "council"]
    return sum(
        values[f"streams.{n}.gbp_per_year"] * (values[f"streams.{n}.wins_per_year"] or 1.0)
        for n in names
        if is_on(n, values) and not is_on(n, todays)
    )


def _stream(name: str, values: Values, lowered_gbp: float) -> Floats:
    row = np.zeros(len(Income))
    for column, rule in INCOME.items():
        row[column] = told(rule, values.numbers, f"streams.{name}.")
    row[Income.PAYER] = PAYERS[PAYER_OF[name]]
    row[Income.ON] = float(is_on(name, values))
    row[Income.STAYS] = float(row[Income.STAYS] > 0.5 and row[Income.ON] > 0.5)
    if name == BUDGET:
        row[Income.AMOUNT] = max(0.0, row[Income.AMOUNT] - lowered_gbp)
    if name in (BUDGET, PLEDGE):
        row[Income.STAYS] = 0.0  # once it has the estate back, the council pays by itself
    return row


def is_on(name: str, values: Values) -> bool:
    """Tell whether the body has a stream of income: a pledge only where no yearly budget of the council's pays."""
    if values[f"streams.{name}.on"] <= 0.5:
        return False
    return name != PLEDGE or is_independent(values)


def _assets(brief: Brief, values: Values) -> Floats:
    rows = np.zeros((len(brief.assets), len(Asset)))
    turn: dict[str, int] = {}
    for row, asset in zip(rows, brief.assets, strict=True):
        base = f"asset_kinds.{asset.kind}."
        for column, rule in ASSET.items():
            row[column] = told(rule, values.numbers, base)
        hours = values[base + "hours_per_week_per_ha"] / MINUTES_AN_HOUR * values["work.hours_factor"]
        row[Asset.SIZE] = asset.ha
        row[Asset.HOURS] = hours * asset.ha
        row[Asset.MATERIALS] = values[base + "materials_gbp_per_ha"] * asset.ha / WEEKS
        row[Asset.RECOVER] = values[base + "recover_per_year"] * values["work.recover_factor"] / WEEKS
        row[Asset.COST_SIGMA] = lognormal_sigma(values[base + "repair_cv"])
        period = round(values[base + "renewal_years"] * WEEKS_OF_A_YEAR)
        row[Asset.PERIOD] = period
        # assets of a kind were not all renewed in the same year: they fall due in turn
        number = turn.get(asset.kind, 0)
        turn[asset.kind] = number + 1
        alike = sum(a.kind == asset.kind for a in brief.assets)
        row[Asset.FIRST_DUE] = math.floor(period * (number + 0.5) / alike)
    return rows


def _givers(brief: Brief, values: Values) -> Floats:
    rows = np.zeros((FIFTHS, 3))
    if values["givers.on"] <= 0.5:
        return rows
    people = people_by_fifth(brief)
    weight = people * by_fifth(values["givers.deprived_factor"])
    share = weight / weight.sum()
    rows[:, 0] = np.rint(values["givers.at_start"] * share)
    rows[:, 1] = values["givers.join_per_year"] / WEEKS * share
    gift = mean_one(by_fifth(values["givers.gift_deprived_factor"]), weight)
    rows[:, 2] = values["givers.gift_gbp_per_year"] * gift
    return rows


def _volunteers(brief: Brief, values: Values) -> Floats:
    rows = np.zeros((FIFTHS, 2))
    if values["volunteers.on"] <= 0.5:
        return rows
    weight = people_by_fifth(brief) * by_fifth(values["volunteers.deprived_factor"])
    share = weight / weight.sum()
    rows[:, 0] = np.rint(values["volunteers.at_start"] * share)
    rows[:, 1] = values["volunteers.join_per_year"] / WEEKS * share
    return rows


def _volunteer_share(brief: Brief) -> Floats:
    """Return ``(A, 5)`` where the hours of each fifth's volunteers go: by assets' size and who lives round them."""
    zones = {z.id: i for i, z in enumerate(brief.locality.zones)}
    fifths = own_fifths(brief)
    weights = np.array([a.ha * fifths[zones[a.zone]] for a in brief.assets])
    total = weights.sum(axis=0)
    shares: Floats = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0.0)
    return np.ascontiguousarray(shares)
