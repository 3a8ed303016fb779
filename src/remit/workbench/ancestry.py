"""Ancestry: a number of a plan and the steps that led to it, each in the unit that its name says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from remit.briefs.vocabulary import spec_of, stated_unit
from remit.catalogue.catalogue import load_catalogue
from remit.ground.quantity import Quantity, in_stated_unit
from remit.ground.units import Unit
from remit.mechanism.values import Step, Values
from remit.workbench.briefs import OpenBrief

UNITLESS = ("share", "factor")


@dataclass(frozen=True)
class Ancestry:
    """A parameter's value in a design and the steps that led to it."""

    parameter: str
    meaning: str
    unit: str
    value: float
    steps: tuple[Step, ...]
    sources: tuple[str, ...]  # one line a source used


def total(what: str, gbp: float) -> Step:
    """Return a step that is a sum of pounds."""
    return Step(f"{what} (pounds)", None, gbp)


def of(values: Values, name: str) -> list[Step]:
    """Return the steps of a number, each under its name, in the unit that its name says."""
    unit = unit_of(name, values.family)
    words = f" ({unit.words})" if unit and unit.dimension not in UNITLESS else ""
    return [replace(step, what=f"{name}{words}, {step.what}") for step in in_unit(values.steps[name], unit)]


def unit_of(name: str, family: str) -> Unit | None:
    """Return the unit that a number's name says it is stated in."""
    spec = spec_of(name, family)
    return stated_unit(spec) if spec else None


def in_unit(steps: Sequence[Step], unit: Unit | None) -> list[Step]:
    """Return steps in a unit; factors on a number have none, and stay as they are."""
    if unit is None or unit.factor == 1.0:
        return list(steps)
    told = []
    for step in steps:
        q = in_stated_unit(step.quantity, unit) if step.quantity is not None else None
        told.append(Step(step.what, q, step.value / unit.factor))
    return told


def source_lines(opened: OpenBrief, quantities: Sequence[Quantity]) -> tuple[str, ...]:
    """Return one line a source that some quantities name."""
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
