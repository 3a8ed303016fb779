"""What a year of a design costs before anyone is helped: crews, kit and public roles, by payer."""

from dataclasses import dataclass

from remit.briefs.brief import Brief
from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import Catalogue
from remit.design.design import Design, Several
from remit.ground.deflator import inflate
from remit.ground.quantity import Quantity
from remit.mechanism.values import Values

HOURS_A_YEAR = 8760.0
ROLES_PRICE_YEAR = 2025


@dataclass(frozen=True)
class YearlyCost:
    """Pounds a year, the brief's price year, the place's own share of the system."""

    crews_gbp: float
    assets_gbp: float
    roles_gbp: float
    roles_paid_by_grants_gbp: float

    @property
    def public_gbp(self) -> float:
        """What the public purse pays."""
        return self.crews_gbp + self.assets_gbp + self.roles_gbp - self.roles_paid_by_grants_gbp


def role_quantities(catalogue: Catalogue, price_year: int) -> dict[str, Quantity]:
    """Return the yearly cost of each public role that costs anything, in pounds of ``price_year``."""
    quantities = {}
    for role in catalogue.roles.values():
        low, high = (1000.0 * inflate(k, ROLES_PRICE_YEAR, price_year) for k in role.cost_k)
        if high > 0.0:
            name = f"roles.{role.id}.cost_gbp_per_year"
            quantities[role.id] = Quantity(
                name,
                0.5 * (low + high),
                "gbp_per_year",
                low,
                high,
                "uniform",
                assumption="planning range for one service in a mid-sized authority (catalogue, roles)",
                grade="D",
            )
    return quantities


def yearly_cost(
    design: Design, today: Design, values: Values, brief: Brief, scenario: Scenario, catalogue: Catalogue
) -> YearlyCost:
    """Return the cost of crews and kit, and of public roles beyond today's, less those given up."""
    quantities = role_quantities(catalogue, brief.price_year)
    ours, todays = _roles(design, catalogue), _roles(today, catalogue)
    gained = sum(scenario.value(quantities[r]) for r in ours if r not in todays and r in quantities)
    dropped = sum(scenario.value(quantities[r]) for r in todays if r not in ours and r in quantities)
    roles = (gained - dropped) * values["money.roles_share"]
    assets = values["money.assets_gbp_per_year"]
    return YearlyCost(
        _crews(values) * brief.locality.inside_share, assets, roles, roles * values["money.grant_share"]
    )


def _crews(values: Values) -> float:
    """Return what crews cost; a family without crews pays by the hour, which only its runs can tell."""
    if "crews.number" not in values.numbers:
        return 0.0
    on_duty = values["crews.number"] * (1.0 - values["crews.vacancy_share"])
    return on_duty * HOURS_A_YEAR * values["crews.gbp_per_hour"]


def _roles(design: Design, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the public roles of a design: the options of the setting whose options are the roles."""
    for variable in catalogue.variables.values():
        setting = design.settings[variable.id]
        if isinstance(setting, Several) and set(variable.options) == set(catalogue.roles):
            return setting.present
    return ()
