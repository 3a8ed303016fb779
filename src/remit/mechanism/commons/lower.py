"""Lowering a design of the commons family to the plan of the engine that its brief is about."""

from remit.briefs.brief import Brief
from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import Catalogue
from remit.design.design import Design
from remit.kernel.commons.campaign_layout import CampaignPlan
from remit.kernel.commons.estate_layout import EstatePlan
from remit.kernel.commons.uptake_layout import UptakePlan
from remit.mechanism.commons.estate import estate_plan
from remit.mechanism.commons.projects import campaign_plan
from remit.mechanism.cost import yearly_cost
from remit.mechanism.effect import Effects
from remit.mechanism.uptake import uptake_plan
from remit.mechanism.values import Lowered, Values, check_route, on_a_date, values_of

DAYS_A_WEEK = 7


def lower(
    design: Design, today: Design, brief: Brief, scenario: Scenario, effects: Effects, catalogue: Catalogue
) -> Lowered:
    """Return the plan of a design in a scenario: an estate's, projects', or an uptake's.

    Raises:
        Faults: MEC001 a way of finding help that this family does not have, MEC005 a parameter out of bounds.
    """
    values = values_of(design, today, brief, scenario, effects, catalogue)
    check_route(values, f'design "{design.id}"')
    return Lowered(_plan(design, today, values, brief, scenario, effects, catalogue), values)


def _plan(
    design: Design,
    today: Design,
    values: Values,
    brief: Brief,
    scenario: Scenario,
    effects: Effects,
    catalogue: Catalogue,
) -> EstatePlan | CampaignPlan | UptakePlan:
    if brief.measures == "estate":
        todays = values_of(today, today, brief, scenario, effects, catalogue)
        return estate_plan(values, brief, todays)
    if brief.measures == "projects":
        roles = yearly_cost(design, today, values, brief, scenario, catalogue).roles_gbp
        return campaign_plan(values, brief, pot_after(values, roles))
    return uptake_plan(values, brief, _dated(brief, values, design.id))


def pot_after(values: Values, roles_gbp: float) -> float:
    """Return what is left in the pot after new public roles: compared designs spend equal council money."""
    own = roles_gbp * (1.0 - values["money.grant_share"])
    return max(0.0, values["pot.gbp_per_year"] - own)


def _dated(brief: Brief, values: Values, design: str) -> list[tuple[int, Values]]:
    """Return (first week, values) of each dated change, each on top of those before it; one a week."""
    segments: dict[int, Values] = {}
    current = values
    for change in sorted((c for c in brief.changes if c.happens_to(design)), key=lambda c: c.day):
        current = on_a_date(current, change.multiply)
        segments[(change.day - 1) // DAYS_A_WEEK] = current
    return list(segments.items())
