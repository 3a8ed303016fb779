"""trace: where a number of a plan comes from - the brief's value, then each effect, with sources."""

from collections.abc import Callable, Sequence

from remit.briefs.scenario import Scenario
from remit.briefs.vocabulary import spec_of
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY
from remit.ground.faults import fail, nearest
from remit.ground.units import CANONICAL
from remit.mechanism.caseload.hour import Part, built_up_gbp, parts_of_hour, platform_parts, provider_price
from remit.mechanism.caseload.lower import MARKET, at_todays_terms
from remit.mechanism.cost import role_quantities
from remit.mechanism.effect import load_effects
from remit.mechanism.lower import fitted_density
from remit.mechanism.values import Step, Values, values_of
from remit.workbench.ancestry import Ancestry, in_unit, of, source_lines, total, unit_of
from remit.workbench.briefs import OpenBrief
from remit.workbench.commons_trace import COMMONS

DENSITY = "alert.density_per_km2"
HOUR = "price.client_gbp_per_hour"
UNITLESS = ("share", "factor")


def trace(opened: OpenBrief, design: str, parameter: str) -> Ancestry:
    """Return the ancestry of one parameter at the central scenario.

    Raises:
        Faults: DSN007 no such design, MEC004 no such parameter.
    """
    brief, catalogue = opened.brief, load_catalogue()
    if design not in opened.designs:
        raise fail("DSN007", f'"{design}"', fix=nearest(design, list(opened.designs)))
    effects = load_effects(brief.family)
    today = opened.designs[TODAY]
    values = values_of(opened.designs[design], today, brief, Scenario(), effects, catalogue)
    if brief.family == "caseload":
        todays = values_of(today, today, brief, Scenario(), effects, catalogue)
        values = at_todays_terms(values, todays)
    else:
        todays = values
    roles = {q.name: q for q in role_quantities(catalogue, brief.price_year).values()}
    if parameter in roles:
        q = roles[parameter]
        return Ancestry(
            parameter, "yearly cost of a public role", q.unit, q.value, (Step("catalogue", q, q.value),), ()
        )
    made = MADE_OF[brief.family]
    if parameter in made:
        return made[parameter](opened, values, todays)
    if parameter not in values.steps:
        raise fail("MEC004", f'"{parameter}"', fix=nearest(parameter, [*values.steps, *roles, *made]))
    spec, unit = spec_of(parameter, brief.family), unit_of(parameter, brief.family)
    steps = tuple(in_unit(values.steps[parameter], unit))
    first = steps[0].quantity
    name = unit.name if unit else first.unit if first else CANONICAL.get(spec.dimension if spec else "", "")
    return Ancestry(
        parameter,
        spec.meaning if spec else "",
        name,
        steps[-1].value,
        steps,
        source_lines(opened, [s.quantity for s in steps if s.quantity]),
    )


def _density(opened: OpenBrief, values: Values, _: Values) -> Ancestry:
    steps, factor = values.steps, values["alert.pool_factor"]
    fitted = fitted_density(opened.brief, values)
    names = ("alert.accepted_share", "alert.radius_m", "alert.see_share", "alert.accept_share")
    inputs = [steps[n][0] for n in names]
    shown = tuple(Step(n, s.quantity, s.value) for n, s in zip(names, inputs, strict=True))
    meaning = "people of the pool per square kilometre, so that accepted alerts are as frequent as published"
    return Ancestry(
        DENSITY,
        meaning,
        "per_km2",
        fitted * factor,
        (*shown, Step("fitted", None, fitted), Step("times alert.pool_factor", None, fitted * factor)),
        source_lines(opened, [s.quantity for s in inputs if s.quantity]),
    )


def _hour(opened: OpenBrief, values: Values, todays: Values) -> Ancestry:
    """Return what an hour costs whoever pays for it, part by part: the provider's, and the market's if there is one."""
    lines: list[Step] = []
    at_provider = provider_price(values.numbers, todays.numbers)
    if values.route == MARKET:
        price = sum(p.gbp for p in platform_parts(values.numbers))
        lines += [total("an hour found by market", price), *_parts(platform_parts(values.numbers), values)]
        lines += [*of(values, "platform.client_pays_share"), *of(values, "market.share")]
        lines += [total("an hour of today's provider, for those who stay with it", at_provider)]
    else:
        price = at_provider
    lines += of(values, "price.provider_gbp_per_hour")
    lines += [total("what an hour costs the provider today, surplus included", built_up_gbp(todays.numbers))]
    lines += [total("what an hour costs it here, surplus included", built_up_gbp(values.numbers))]
    lines += _parts(parts_of_hour(values.numbers), values)
    lines += [*of(values, "price.pass_on_share"), *of(values, "provider.client_pays_share")]
    lines += [total("price of an hour", price)]
    meaning = (
        "what an hour costs whoever pays for it; the provider's price is today's and the share passed on of what "
        "became dearer or cheaper. Compare's price of an hour is the average over all hours delivered, the provider's "
        "and the market's"
    )
    quantities = [s.quantity for s in lines if s.quantity]
    return Ancestry(HOUR, meaning, "gbp_per_hour", price, tuple(lines), source_lines(opened, quantities))


def _parts(parts: Sequence[Part], values: Values) -> list[Step]:
    """Return each part of an hour in pounds, then the numbers it is made of with their effects."""
    steps = []
    for part in parts:
        steps.append(total(f"part: {part.what}", part.gbp))
        steps += [step for name in part.of for step in of(values, name)]
    return steps


MADE_OF: dict[str, dict[str, Callable[[OpenBrief, Values, Values], Ancestry]]] = {
    "response": {DENSITY: _density},
    "caseload": {HOUR: _hour},
    "commons": COMMONS,
}
