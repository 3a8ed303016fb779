"""The rules in force: the catalogue's, a place's own, and which empirical ones are only warnings here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from pydantic import Field, ValidationError

from remit.catalogue.catalogue import Catalogue, clause_problems
from remit.catalogue.schema import Clause, Rule
from remit.ground.document import Document, Path
from remit.ground.faults import Fault, Faults, nearest
from remit.ground.identity import digest
from remit.ground.reading import Strict, faults_of


class LocalRule(Strict):
    """A rule of a place, as written: like one of the catalogue, with a source or an assumption."""

    id: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,40}$")
    kind: Literal["logical", "empirical", "normative"]
    forbid: tuple[Clause, ...] = Field(min_length=1)
    why: str
    relax: str = ""
    source: str = ""
    assumption: str = ""


class LocalRules(Strict):
    """The file of a place's own rules."""

    remit_rules: Literal[1]
    """Version of this format."""
    rules: list[LocalRule] = Field(default_factory=list)
    tensions: list[LocalRule] = Field(default_factory=list)
    soften: list[str] = Field(default_factory=list)
    """Empirical rules of the catalogue that are only warnings here."""


@dataclass(frozen=True)
class RuleBook:
    """Rules by id: what is refused, what is warned of."""

    hard: Mapping[str, Rule]
    softened: Mapping[str, Rule]
    tensions: Mapping[str, Rule]
    origin: Mapping[str, str] = field(default_factory=dict)  # file of each local rule

    @property
    def digest(self) -> str:
        """Identity of what is in force."""
        return digest(
            [
                {k: r.model_dump() for k, r in group.items()}
                for group in (self.hard, self.softened, self.tensions)
            ]
        )


def standard_rules(catalogue: Catalogue) -> RuleBook:
    """Return the catalogue's rules, none softened."""
    return RuleBook(catalogue.rules, MappingProxyType({}), catalogue.tensions)


def soften(book: RuleBook, names: Sequence[str], doc: Document, path: Path) -> tuple[RuleBook, list[Fault]]:
    """Return the rules with some empirical ones turned into warnings.

    Faults: CON002 no such rule, CON003 a rule of logic or law.
    """
    faults: list[Fault] = []
    softened = dict(book.softened)
    for i, name in enumerate(names):
        rule = book.hard.get(name)
        if rule is None and name not in softened:
            faults.append(Fault("CON002", doc.place((*path, i)), f'"{name}"', nearest(name, list(book.hard))))
        elif rule is not None and rule.kind != "empirical":
            faults.append(Fault("CON003", doc.place((*path, i)), f'"{name}" is {rule.kind}: {rule.why}'))
        elif rule is not None:
            softened[name] = rule
    hard = {k: r for k, r in book.hard.items() if k not in softened}
    return RuleBook(MappingProxyType(hard), MappingProxyType(softened), book.tensions, book.origin), faults


def add_local(book: RuleBook, doc: Document, catalogue: Catalogue) -> tuple[RuleBook, list[Fault]]:
    """Return the rules with a place's own added.

    Faults: BRF form, CON007 a clause that names nothing, CON002, CON003, CON006 an id that is taken, QTY003 a
    rule without source or assumption.
    """
    try:
        given = LocalRules.model_validate(doc.values)
    except ValidationError as error:
        return book, faults_of(error, LocalRules, doc, ())
    book, faults = soften(book, given.soften, doc, ("soften",))
    hard, tensions, origin = dict(book.hard), dict(book.tensions), dict(book.origin)
    taken = {*book.hard, *book.softened, *book.tensions}
    for key, listed, into in (("rules", given.rules, hard), ("tensions", given.tensions, tensions)):
        for i, local in enumerate(listed):
            faults += _local_faults(local, taken, catalogue, doc, (key, i))
            if local.id in taken:
                continue
            taken.add(local.id)
            origin[local.id] = doc.file
            told = local.source or f"assumption: {local.assumption}"
            into[local.id] = Rule(
                id=local.id,
                kind=local.kind,
                forbid=local.forbid,
                why=local.why,
                relax=local.relax,
                sources=(told,),
            )
    return RuleBook(MappingProxyType(hard), book.softened, MappingProxyType(tensions), origin), faults


def _local_faults(
    local: LocalRule, taken: set[str], catalogue: Catalogue, doc: Document, at: Path
) -> list[Fault]:
    faults = []
    if local.id in taken:
        faults.append(Fault("CON006", doc.place((*at, "id")), f'"{local.id}"'))
    if not local.source and not local.assumption:
        faults.append(Fault("QTY003", doc.place(at), f'rule "{local.id}" has neither source nor assumption'))
    for j, clause in enumerate(local.forbid):
        faults += [
            Fault("CON007", doc.place((*at, "forbid", j)), what, fix)
            for what, fix in clause_problems(clause, catalogue)
        ]
        if not any(value for name, value in clause if name != "v"):
            faults.append(
                Fault("CON007", doc.place((*at, "forbid", j)), "the clause names a setting but no option")
            )
    return faults


def raise_all(faults: Sequence[Fault]) -> None:
    """Raise ``Faults`` if there are any."""
    if faults:
        raise Faults(faults)
