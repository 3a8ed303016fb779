"""Numbers of a commons plan that are made of several of a brief: an endowment's spending, a match, a pot."""

from collections.abc import Callable, Sequence

from remit.ground.quantity import Quantity
from remit.kernel.commons.estate_layout import Asset, Scalar
from remit.mechanism.commons.estate import estate_plan, is_on
from remit.mechanism.commons.places import mean_one, people_by_fifth
from remit.mechanism.geography import by_fifth
from remit.mechanism.values import Step, Values
from remit.workbench.ancestry import Ancestry, of, source_lines, total
from remit.workbench.briefs import OpenBrief

WEEKS = 52.0
SPENDING = "endowment.spending_gbp_per_year"
ROUTINE = "estate.routine_gbp_per_year"
INCOME = "streams.income_gbp_per_year"
GOAL = "campaign.goal_gbp"
MATCH = "match.offer_most_deprived_gbp"


def _spending(opened: OpenBrief, values: Values, _: Values) -> Ancestry:
    has_fund = values["endowment.on"] > 0.5
    spent = values["endowment.capital_gbp"] * values["endowment.spend_share"] if has_fund else 0.0
    names = ("endowment.on", "endowment.capital_gbp", "endowment.spend_share", "endowment.rule")
    made = total("capital times the share spent, in the first year", spent)
    meaning = (
        "what the endowment pays in its first year; later years follow the rule and what the fund has earned"
    )
    return _made(opened, values, SPENDING, meaning, names, made)


def _routine(opened: OpenBrief, values: Values, _: Values) -> Ancestry:
    plan = estate_plan(values, opened.brief)
    hours = float(plan.assets[:, Asset.HOURS].sum())
    materials = float(plan.assets[:, Asset.MATERIALS].sum())
    cost = WEEKS * (hours * float(plan.scalars[Scalar.WAGE]) + materials)
    kinds = opened.brief.named_under("asset_kinds")
    names = [f"asset_kinds.{k}.{n}" for k in kinds for n in ("hours_per_week_per_ha", "materials_gbp_per_ha")]
    names += ["work.hours_factor", "work.wage_gbp_per_hour"]
    made = total(f"{hours:,.0f} hours a week and materials, for 52 weeks", cost)
    meaning = "what routine work on the whole estate takes a year, at the prices of the start"
    return _made(opened, values, ROUTINE, meaning, names, made)


def _income(opened: OpenBrief, values: Values, _: Values) -> Ancestry:
    streams = [s for s in opened.brief.named_under("streams") if is_on(s, values)]
    names = [f"streams.{s}.{n}" for s in streams for n in ("on", "gbp_per_year")]
    won = [s for s in streams if values[f"streams.{s}.wins_per_year"] > 0.0]
    names += [f"streams.{s}.wins_per_year" for s in won]
    gbp = sum(
        values[f"streams.{s}.gbp_per_year"] * (values[f"streams.{s}.wins_per_year"] if s in won else 1.0)
        for s in streams
    )
    made = total("streams that flow, each in full; ramps, tapers and luck apart", gbp)
    return _made(opened, values, INCOME, "income of the body when every stream is there in full", names, made)


def _goal(opened: OpenBrief, values: Values, _: Values) -> Ancestry:
    gbp = values["projects.cost_gbp"] / (1.0 - values["crowd.fee_share"])
    made = total("mean cost over what fees leave", gbp)
    names = ("projects.cost_gbp", "crowd.fee_share")
    return _made(opened, values, GOAL, "what a campaign for a project of mean cost must raise", names, made)


def _match(opened: OpenBrief, values: Values, _: Values) -> Ancestry:
    goal = values["projects.cost_gbp"] / (1.0 - values["crowd.fee_share"])
    factors = mean_one(by_fifth(values["match.deprived_factor"]), people_by_fifth(opened.brief))
    share = min(1.0, values["match.share"] * float(factors[0]))
    gbp = min(goal * share, values["match.most_gbp"]) if values["match.on"] > 0.5 else 0.0
    names = ("match.on", "match.share", "match.deprived_factor", "match.most_gbp", "projects.cost_gbp")
    made = total(f"{100.0 * share:.0f} % of a mean goal in the most deprived fifth, at most the cap", gbp)
    meaning = "what the council offers a project of mean cost in the most deprived fifth"
    return _made(opened, values, MATCH, meaning, names, made)


def _made(
    opened: OpenBrief, values: Values, name: str, meaning: str, parts: Sequence[str], made: Step
) -> Ancestry:
    steps = [step for part in parts for step in of(values, part)]
    quantities: list[Quantity] = [s.quantity for s in steps if s.quantity is not None]
    unit = "gbp_per_year" if name.endswith("per_year") else "gbp"
    return Ancestry(name, meaning, unit, made.value, (*steps, made), source_lines(opened, quantities))


COMMONS: dict[str, Callable[[OpenBrief, Values, Values], Ancestry]] = {
    SPENDING: _spending,
    ROUTINE: _routine,
    INCOME: _income,
    GOAL: _goal,
    MATCH: _match,
}
