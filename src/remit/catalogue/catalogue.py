"""Catalogue: the framework read from data, checked to hold together, frozen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from remit.catalogue.schema import (
    Archetype,
    Clause,
    Condition,
    OutcomeSpec,
    Role,
    Rule,
    SourceSpec,
    Variable,
)
from remit.ground.document import Document, parse_document
from remit.ground.faults import Fault, Faults, Place, nearest
from remit.ground.identity import digest
from remit.ground.reading import faults_of

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Catalogue:
    """The framework, indexed by id."""

    variables: Mapping[str, Variable]
    archetypes: Mapping[str, Archetype]
    roles: Mapping[str, Role]
    conditions: Mapping[str, Condition]
    rules: Mapping[str, Rule]
    tensions: Mapping[str, Rule]
    outcomes: Mapping[str, OutcomeSpec]
    sources: Mapping[str, SourceSpec]
    families: Mapping[str, str]
    digest: str

    def options_and_bands(self) -> Iterable[tuple[str, str]]:
        """Yield every (variable, option or band)."""
        for variable in self.variables.values():
            for name in (*variable.options, *variable.bands):
                yield variable.id, name


def _read(name: str) -> Document:
    text = resources.files("remit.catalogue").joinpath("data", f"{name}.yaml").read_text("utf-8")
    return parse_document(text, f"{name}.yaml")


def _entries(doc: Document, key: str, model: type[M], faults: list[Fault]) -> Mapping[str, M]:
    entries: dict[str, M] = {}
    for i, raw in enumerate(doc.values[key]):
        try:
            entry = model.model_validate(raw)
        except ValidationError as error:
            faults += faults_of(error, model, doc, (key, i))
            continue
        if raw["id"] in entries:
            faults.append(Fault("CAT001", doc.place((key, i)), f'"{raw["id"]}" stands twice'))
        entries[raw["id"]] = entry
    return MappingProxyType(entries)


@cache
def load_catalogue() -> Catalogue:
    """Return the catalogue that Remit ships; raise ``Faults`` if its files do not hold together."""
    faults: list[Fault] = []
    names = ("variables", "archetypes", "roles", "conditions", "rules", "outcomes", "sources")
    docs = {name: _read(name) for name in names}
    sources = {k: SourceSpec.model_validate(v) for k, v in docs["sources"].values["sources"].items()}
    catalogue = Catalogue(
        variables=_entries(docs["variables"], "variables", Variable, faults),
        archetypes=_entries(docs["archetypes"], "archetypes", Archetype, faults),
        roles=_entries(docs["roles"], "roles", Role, faults),
        conditions=_entries(docs["conditions"], "conditions", Condition, faults),
        rules=_entries(docs["rules"], "hard", Rule, faults),
        tensions=_entries(docs["rules"], "tension", Rule, faults),
        outcomes=_entries(docs["outcomes"], "outcomes", OutcomeSpec, faults),
        sources=MappingProxyType(sources),
        families=MappingProxyType(docs["variables"].values["families"]),
        digest=digest({name: doc.values for name, doc in docs.items()}),
    )
    faults += _check(catalogue)
    if faults:
        raise Faults(faults)
    return catalogue


def _check(catalogue: Catalogue) -> list[Fault]:
    """Return every reference that leads nowhere."""
    wrong: list[str] = []
    groups: tuple[Mapping[str, Any], ...] = (
        catalogue.variables,
        catalogue.roles,
        catalogue.conditions,
        catalogue.rules,
        catalogue.tensions,
    )
    for group in groups:
        for entry in group.values():
            wrong += [f"{entry.id}: no source {s}" for s in entry.sources if s not in catalogue.sources]
    for name, clauses in _all_clauses(catalogue):
        for clause in clauses:
            wrong += [f"{name}: {problem}" for problem, _ in clause_problems(clause, catalogue)]
    for archetype in catalogue.archetypes.values():
        missing = set(catalogue.variables) - set(archetype.settings)
        wrong += [f"{archetype.id}: {v} is not set" for v in sorted(missing)]
        wrong += [
            f"{archetype.id}: no variable {v}" for v in archetype.signature if v not in catalogue.variables
        ]
    return [Fault("CAT001", Place("catalogue"), what) for what in wrong]


def _all_clauses(catalogue: Catalogue) -> Iterable[tuple[str, tuple[Clause, ...]]]:
    for rule in (*catalogue.rules.values(), *catalogue.tensions.values()):
        yield rule.id, rule.forbid
    for condition in catalogue.conditions.values():
        for alternative in condition.required_by:
            yield condition.id, alternative


def clause_problems(clause: Clause, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return (what, advice) for every name in a clause that leads nowhere."""
    variable = catalogue.variables.get(clause.v)
    if variable is None:
        return [(f"no variable {clause.v}", nearest(clause.v, list(catalogue.variables)))]
    known = [*variable.options, *variable.bands]
    named = (
        *clause.in_,
        *clause.not_in,
        *clause.main_in,
        *clause.main_not_in,
        *clause.has_any,
        *clause.has_none,
    )
    return [(f"{clause.v} has no {n}", nearest(n, known)) for n in named if n not in known]
