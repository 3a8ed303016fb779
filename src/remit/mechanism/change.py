"""What being in the middle of a change does: strain, settling in, and what starts small and grows."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pydantic import Field, ValidationError

from remit.briefs.scenario import Scenario
from remit.briefs.vocabulary import spec_of
from remit.catalogue.catalogue import load_catalogue
from remit.design.transition import Transition
from remit.ground.document import Document, parse_document
from remit.ground.faults import Fault, Faults
from remit.ground.quantity import Quantity
from remit.ground.reading import Strict, faults_of, read_quantity

MONTH_MINUTES = 43_800.0


class StrainIn(Strict):
    """What each point of difficulty in hand adds to a parameter."""

    parameter: str
    amount: Any


class SettlingIn(Strict):
    """What a setting that has just moved adds to a parameter, and over how long it fades."""

    parameter: str
    variables: list[str]
    months: Any
    amount: Any


class GrowthIn(Strict):
    """A parameter that starts small when another is switched on, and the rate at which what has grown wears off."""

    parameter: str
    since: str
    wears_off: str
    start: Any
    months: Any


class ChangeIn(Strict):
    """The file of one family."""

    family: str
    strain: list[StrainIn] = Field(default_factory=list)
    settling: list[SettlingIn] = Field(default_factory=list)
    growth: list[GrowthIn] = Field(default_factory=list)


@dataclass(frozen=True)
class Strain:
    """Added to a parameter for each point of difficulty in hand."""

    parameter: str
    amount: Quantity


@dataclass(frozen=True)
class Settling:
    """Added to a parameter just after one of the variables has moved, fading to nothing."""

    parameter: str
    variables: tuple[str, ...]
    months: Quantity
    amount: Quantity


@dataclass(frozen=True)
class Growth:
    """A parameter that grows from a share of itself to the whole once another is switched on."""

    parameter: str
    since: str
    wears_off: str
    start: Quantity
    months: Quantity


@dataclass(frozen=True)
class ChangeEffects:
    """What being in the middle of a change does in one family."""

    strain: tuple[Strain, ...]
    settling: tuple[Settling, ...]
    growth: tuple[Growth, ...]

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every amount and every span of months."""
        return (
            *(s.amount for s in self.strain),
            *(q for s in self.settling for q in (s.months, s.amount)),
            *(q for g in self.growth for q in (g.start, g.months)),
        )


@cache
def load_change_effects(family: str) -> ChangeEffects:
    """Return what being in the middle of a change does in a family; raise ``Faults`` if the file is not sound."""
    name = f"change_{family}.yaml"
    text = resources.files("remit.mechanism").joinpath("data", name).read_text("utf-8")
    return parse_change_effects(parse_document(text, name))


def parse_change_effects(doc: Document) -> ChangeEffects:
    """Return the change effects in a document.

    Raises:
        Faults: BRF form, MEC004 a parameter that there is not, MEC007 one that cannot change on a date, CAT001 a
            variable that there is not.
    """
    try:
        given = ChangeIn.model_validate(doc.values)
    except ValidationError as error:
        raise Faults(faults_of(error, ChangeIn, doc, ())) from None
    reader = _Reader(doc, given.family)
    strain = [
        Strain(
            reader.known(s.parameter, "strain", i),
            reader.amount(s.amount, s.parameter, "strain", i, "amount"),
        )
        for i, s in enumerate(given.strain)
    ]
    settling = [
        Settling(
            reader.known(s.parameter, "settling", i),
            reader.variables(s.variables, i),
            reader.span(s.months, s.parameter, "settling", i, "months"),
            reader.amount(s.amount, s.parameter, "settling", i, "amount"),
        )
        for i, s in enumerate(given.settling)
    ]
    growth = [
        Growth(
            reader.known(g.parameter, "growth", i),
            reader.known(g.since, "growth", i),
            reader.known(g.wears_off, "growth", i),
            reader.quantity(g.start, g.parameter, "share", "growth", i, "start"),
            reader.span(g.months, g.parameter, "growth", i, "months"),
        )
        for i, g in enumerate(given.growth)
    ]
    if reader.faults:
        raise Faults(reader.faults)
    return ChangeEffects(tuple(strain), tuple(settling), tuple(growth))


class _Reader:
    """Reads names and quantities of one document, keeping every fault."""

    def __init__(self, doc: Document, family: str) -> None:
        self.doc, self.family = doc, family
        self.faults: list[Fault] = []

    def known(self, parameter: str, part: str, i: int) -> str:
        spec = spec_of(parameter, self.family)
        place = self.doc.place((part, i))
        if spec is None:
            self.faults.append(Fault("MEC004", place, f'"{parameter}"'))
        elif not spec.is_dated:
            self.faults.append(Fault("MEC007", place, f'"{parameter}"'))
        return parameter

    def variables(self, names: list[str], i: int) -> tuple[str, ...]:
        known = load_catalogue().variables
        place = self.doc.place(("settling", i, "variables"))
        self.faults += [Fault("CAT001", place, f"no variable {n}") for n in names if n not in known]
        return tuple(names)

    def amount(self, node: Any, parameter: str, part: str, i: int, key: str) -> Quantity:
        spec = spec_of(parameter, self.family)
        return self.quantity(node, parameter, spec.dimension if spec else "factor", part, i, key)

    def span(self, node: Any, parameter: str, part: str, i: int, key: str) -> Quantity:
        return self.quantity(node, parameter, "time", part, i, key)

    def quantity(self, node: Any, parameter: str, dimension: str, part: str, i: int, key: str) -> Quantity:
        name = f"change.{part}.{parameter}.{key}"
        found, faults = read_quantity(node, name, dimension, self.doc, (part, i, key), (), None)
        self.faults += faults
        return found or Quantity(name, 0.0, "", 0.0, 0.0, assumption="faulty")


def in_the_middle(
    numbers: Mapping[str, float],
    month: float,
    transition: Transition,
    difficulty: Mapping[str, int],
    switched_on: Mapping[str, float],
    scenario: Scenario,
    effects: ChangeEffects,
    family: str,
) -> dict[str, float]:
    """Return a month's parameters with what being in the middle of the change does to them.

    Args:
        numbers: what the settings of the month do by themselves.
        month: months from the start.
        transition: what is in hand when.
        difficulty: points of each variable.
        switched_on: month in which each parameter that others wait for was switched on; absent if never.
        scenario: the future.
        effects: what changes do.
        family: whose parameters these are.
    """
    changed = dict(numbers)
    load = sum(difficulty[v] for v, begin, effect in transition.in_progress if begin <= month < effect)
    for strain in effects.strain:
        changed[strain.parameter] += load * scenario.value(strain.amount)
    for settling in effects.settling:
        span = scenario.value(settling.months) / MONTH_MINUTES
        ages = [
            month - at
            for at, moved in transition.moves()
            if at <= month and set(moved) & set(settling.variables)
        ]
        left = max((1.0 - age / span for age in ages), default=0.0)
        changed[settling.parameter] += max(0.0, left) * scenario.value(settling.amount)
    for growth in effects.growth:
        if growth.since not in switched_on or month < switched_on[growth.since]:
            continue
        age = month - switched_on[growth.since]
        start, span = scenario.value(growth.start), scenario.value(growth.months) / MONTH_MINUTES
        changed[growth.parameter] *= min(1.0, start + (1.0 - start) * age / span)
        # the engine wears it off from the first day of the run; here it begins when it is switched on
        changed[growth.parameter] *= math.exp(-changed[growth.wears_off] * age / 12.0)
        changed[growth.wears_off] = 0.0
    for name in {*(s.parameter for s in effects.strain), *(s.parameter for s in effects.settling)}:
        spec = spec_of(name, family)
        if spec is not None:
            changed[name] = min(max(changed[name], spec.least), spec.most)
    return changed
