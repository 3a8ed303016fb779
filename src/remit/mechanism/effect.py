"""Effects as data: what an option or a level does to a parameter, by how much, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field, ValidationError

from remit.briefs.vocabulary import spec_of, stated_unit
from remit.catalogue.catalogue import Catalogue
from remit.ground.document import Document, Path, parse_document
from remit.ground.faults import Fault, Faults
from remit.ground.quantity import Quantity
from remit.ground.reading import Strict, faults_of, read_quantity

ROUTING = "routing"
LEVEL = "level"
MAIN = "main "  # before an option: its effects where it is the main one of several
# ways of finding help that a family has, the usual one first
ROUTES_OF = {
    "response": ("desk", "desk_with_alert", "teams_by_patch", "posted_offer", "self_resolution"),
    "caseload": ("rota", "teams", "market", "partners"),
    "commons": ("together",),
}


@dataclass(frozen=True)
class Effect:
    """One thing that one option, or the number of a level, does."""

    variable: str
    option: str  # LEVEL for the number of a level
    parameter: str  # may hold * for every kind of request
    operator: str
    amount: Quantity | None
    route: str = ""


@dataclass(frozen=True)
class Effects:
    """All effects of one family, and the reasons of options that have none."""

    family: str
    by_option: Mapping[tuple[str, str], tuple[Effect, ...]]
    none: Mapping[tuple[str, str], str]
    uncosted: frozenset[str] = frozenset()  # variables that act, and whose own cost is not in the model

    def words_of(self, effect: Effect) -> str:
        """Return what an effect does to its number, in the unit that the number is stated in."""
        q = effect.amount
        if q is None:
            return effect.route.replace("_", " ")
        spec = spec_of(effect.parameter, self.family)
        unit = stated_unit(spec) if spec and effect.operator in ("set", "add") else None
        factor = unit.factor if unit else 1.0
        spread = f" ({q.low / factor:g} to {q.high / factor:g})" if q.is_uncertain else ""
        in_words = f" {unit.words}" if unit and unit.dimension in ("time", "length", "rate") else ""
        return f"{effect.operator} {q.value / factor:g}{spread}{in_words}"

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every amount, in the table's order."""
        return tuple(e.amount for effects in self.by_option.values() for e in effects if e.amount is not None)


class EffectIn(Strict):
    """An effect as written."""

    parameter: str
    operator: Literal["set", "multiply", "add", "power"]
    amount: Any = None
    route: str = ""


class VariableIn(Strict):
    """What one variable does in a family."""

    variable: str
    level: list[EffectIn] = Field(default_factory=list)
    options: dict[str, list[EffectIn]] = Field(default_factory=dict)
    mains: dict[str, list[EffectIn]] = Field(default_factory=dict)
    """What an option does beside that where it is the main one of several."""
    none: dict[str, str] = Field(default_factory=dict)


class EffectsIn(Strict):
    """The file of one family."""

    family: str
    uncosted: list[str] = Field(default_factory=list)
    effects: list[VariableIn]


@cache
def load_effects(family: str) -> Effects:
    """Return the effects of a family; raise ``Faults`` if the file does not hold together."""
    from remit.catalogue.catalogue import load_catalogue

    name = f"effects_{family}.yaml"
    text = resources.files("remit.mechanism").joinpath("data", name).read_text("utf-8")
    return parse_effects(parse_document(text, name), load_catalogue())


def parse_effects(doc: Document, catalogue: Catalogue) -> Effects:
    """Return the effects in a document, each option of each variable accounted for."""
    try:
        given = EffectsIn.model_validate(doc.values)
    except ValidationError as error:
        raise Faults(faults_of(error, EffectsIn, doc, ())) from None
    by_option: dict[tuple[str, str], tuple[Effect, ...]] = {}
    none: dict[tuple[str, str], str] = {}
    faults: list[Fault] = []
    for i, entry in enumerate(given.effects):
        for option, listed, part in _groups(entry):
            base: Path = ("effects", i, *part)
            effects = []
            for j, raw in enumerate(listed):
                effect, found = _effect(
                    entry.variable, option, raw, given.family, catalogue, doc, base + (j,)
                )
                faults += found
                effects += [effect] if effect else []
            by_option[entry.variable, option] = tuple(effects)
        none.update({(entry.variable, option): reason for option, reason in entry.none.items()})
    faults += [
        Fault("CAT001", doc.place(("uncosted", i)), f"no variable {v}")
        for i, v in enumerate(given.uncosted)
        if v not in catalogue.variables
    ]
    faults += _coverage(by_option, none, catalogue, doc)
    if faults:
        raise Faults(faults)
    return Effects(
        given.family, MappingProxyType(by_option), MappingProxyType(none), frozenset(given.uncosted)
    )


def _groups(entry: VariableIn) -> list[tuple[str, list[EffectIn], Path]]:
    """Return each list of effects with what it is of and where it stands."""
    levels: list[tuple[str, list[EffectIn], Path]] = [(LEVEL, entry.level, (LEVEL,))] if entry.level else []
    options = [(option, listed, ("options", option)) for option, listed in entry.options.items()]
    mains = [(MAIN + option, listed, ("mains", option)) for option, listed in entry.mains.items()]
    return [*levels, *options, *mains]


def _effect(
    variable: str, option: str, raw: EffectIn, family: str, catalogue: Catalogue, doc: Document, at: Path
) -> tuple[Effect | None, list[Fault]]:
    if raw.parameter == ROUTING:
        return Effect(variable, option, ROUTING, raw.operator, None, raw.route), []
    spec = spec_of(raw.parameter, family)
    if spec is None:
        return None, [Fault("MEC004", doc.place(at), f'"{raw.parameter}"')]
    dimension = spec.dimension if raw.operator in ("set", "add") else "factor"
    name = f"effects.{variable}.{option}.{raw.parameter}"
    amount, faults = read_quantity(
        raw.amount, name, dimension, doc, at + ("amount",), list(catalogue.sources), None
    )
    return Effect(variable, option, raw.parameter, raw.operator, amount), faults


def _coverage(
    by_option: Mapping[tuple[str, str], Any],
    none: Mapping[tuple[str, str], str],
    catalogue: Catalogue,
    doc: Document,
) -> list[Fault]:
    """Return a fault for every option that is neither given an effect nor said to have none."""
    declared = {(v, o) for v, o in by_option if not o.startswith(MAIN)} | {*none}
    wanted = set()
    for variable in catalogue.variables.values():
        wanted |= {(variable.id, o) for o in variable.options} or {(variable.id, LEVEL)}
    declared |= {(v, o.removeprefix(MAIN)) for v, o in by_option}
    both = {*by_option} & {*none}
    return (
        [Fault("CAT001", doc.place(()), f"{v}.{o} is not declared") for v, o in sorted(wanted - declared)]
        + [
            Fault("CAT001", doc.place(()), f"{v}.{o} is not in the catalogue")
            for v, o in sorted(declared - wanted)
        ]
        + [
            Fault("CAT001", doc.place(()), f"{v}.{o} has effects and says it has none")
            for v, o in sorted(both)
        ]
    )
