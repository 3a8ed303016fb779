"""trace: where a number of a plan comes from - the brief's value, then each effect, with sources."""

from dataclasses import dataclass

from remit.briefs.scenario import Scenario
from remit.briefs.vocabulary import spec_of
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY
from remit.ground.faults import fail, nearest
from remit.ground.quantity import Quantity
from remit.ground.units import CANONICAL
from remit.mechanism.cost import role_quantities
from remit.mechanism.effect import load_effects
from remit.mechanism.lower import fitted_density
from remit.mechanism.values import Step, values_of
from remit.workbench.briefs import OpenBrief

DENSITY = "alert.density_per_km2"


@dataclass(frozen=True)
class Ancestry:
    """A parameter's value in a design and the steps that led to it."""

    parameter: str
    meaning: str
    unit: str
    value: float
    steps: tuple[Step, ...]
    sources: tuple[str, ...]  # one line a source used


def trace(opened: OpenBrief, design: str, parameter: str) -> Ancestry:
    """Return the ancestry of one parameter at the central scenario.

    Raises:
        Faults: DSN007 no such design, MEC004 no such parameter.
    """
    brief, catalogue = opened.brief, load_catalogue()
    if design not in opened.designs:
        raise fail("DSN007", f'"{design}"', fix=nearest(design, list(opened.designs)))
    effects = load_effects(brief.family)
    values = values_of(opened.designs[design], opened.designs[TODAY], brief, Scenario(), effects, catalogue)
    roles = {q.name: q for q in role_quantities(catalogue, brief.price_year).values()}
    if parameter in roles:
        q = roles[parameter]
        return Ancestry(
            parameter, "yearly cost of a public role", q.unit, q.value, (Step("catalogue", q, q.value),), ()
        )
    if parameter == DENSITY:
        return _density(opened, values.steps, fitted_density(brief, values), values["alert.pool_factor"])
    if parameter not in values.steps:
        raise fail("MEC004", f'"{parameter}"', fix=nearest(parameter, [*values.steps, *roles, DENSITY]))
    spec = spec_of(parameter, brief.family)
    steps = tuple(values.steps[parameter])
    unit = steps[0].quantity.unit if steps[0].quantity else CANONICAL.get(spec.dimension if spec else "", "")
    return Ancestry(
        parameter,
        spec.meaning if spec else "",
        unit,
        values[parameter],
        steps,
        _source_lines(opened, [s.quantity for s in steps if s.quantity]),
    )


def _density(opened: OpenBrief, steps: dict[str, list[Step]], fitted: float, factor: float) -> Ancestry:
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
        _source_lines(opened, [s.quantity for s in inputs if s.quantity]),
    )


def _source_lines(opened: OpenBrief, quantities: list[Quantity]) -> tuple[str, ...]:
    catalogue = load_catalogue()
    lines = []
    for q in quantities:
        if q.source in opened.brief.sources:
            source = opened.brief.sources[q.source]
            lines.append(f"{q.source}: {source.cite} ({source.status})")
        elif q.source in catalogue.sources:
            spec = catalogue.sources[q.source]
            lines.append(f"{q.source}: {spec.cite} ({spec.status})")
    return tuple(dict.fromkeys(lines))
