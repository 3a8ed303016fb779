"""The space of designs as clauses of yes-and-no: what both solvers read.

One literal for each option or band that may be the main one, one for each option that
may be present at all, one for each condition that may be granted, and one that switches
each rule on. A rule forbids its clauses from all being true, so it becomes "at least one
of them is false": plain disjunctions, no cleverness.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.schema import Clause, Variable
from remit.consistency.rules import RuleBook
from remit.design.design import Design, Setting, Several


@dataclass(frozen=True)
class Choice:
    """One thing chosen: a main option or band, or that an option is present, or absent."""

    variable: str
    option: str
    kind: str = "main"  # main, has, has_not

    def __str__(self) -> str:
        word = {"main": "is", "has": "includes", "has_not": "does not include"}[self.kind]
        return f"{self.variable} {word} {self.option.replace('_', ' ')}"


class Space:
    """Literals and clauses of one catalogue under one set of rules."""

    def __init__(self, catalogue: Catalogue, book: RuleBook) -> None:
        self.catalogue, self.book = catalogue, book
        self.main: dict[tuple[str, str], int] = {}
        self.present: dict[tuple[str, str], int] = {}
        self.granted: dict[str, int] = {}
        self.switch: dict[str, int] = {}
        self.clauses: list[list[int]] = []
        self._last = 0
        for variable in catalogue.variables.values():
            self._add_variable(variable)
        for condition in catalogue.conditions.values():
            self.granted[condition.id] = self._new()
            for alternative in condition.required_by:
                self._forbid(alternative, [self.granted[condition.id]])
        for rule in (*book.hard.values(), *book.softened.values(), *book.tensions.values()):
            self.switch[rule.id] = self._new()
            self._forbid(rule.forbid, [-self.switch[rule.id]])

    def _new(self) -> int:
        self._last += 1
        return self._last

    @property
    def n_literals(self) -> int:
        """How many literals there are."""
        return self._last

    def _add_variable(self, variable: Variable) -> None:
        names = values_of(variable)
        mains = [self._new() for _ in names]
        for name, literal in zip(names, mains, strict=True):
            self.main[variable.id, name] = literal
        self.clauses.append(mains)
        self.clauses += [[-a, -b] for i, a in enumerate(mains) for b in mains[:i]]
        for name, literal in zip(names, mains, strict=True):
            if variable.kind == "multi":
                self.present[variable.id, name] = self._new()
                self.clauses.append([-literal, self.present[variable.id, name]])
            else:
                self.present[variable.id, name] = literal

    def _forbid(self, clauses: Sequence[Clause], unless: list[int]) -> None:
        """Add: not all of ``clauses``, unless one of ``unless``."""
        parts = [p for clause in clauses for p in self._negated(clause)]
        for picked in product(*parts):
            self.clauses.append([*unless, *(literal for group in picked for literal in group)])

    def _negated(self, clause: Clause) -> list[list[list[int]]]:
        """Return the negation of each part of a clause, as alternatives of which every one must be added.

        Not "has any of S" means that each option of S is absent: several disjunctions, one an option.
        All other negations are one disjunction.
        """
        variable = clause.v
        names = values_of(self.catalogue.variables[variable])

        def mains(chosen: Iterable[str]) -> list[int]:
            return [self.main[variable, n] for n in chosen]

        found = []
        for inside, outside in ((clause.in_, clause.not_in), (clause.main_in, clause.main_not_in)):
            if inside:
                found.append([mains(n for n in names if n not in inside)])
            if outside:
                found.append([mains(outside)])
        if clause.has_any:
            found.append([[-self.present[variable, n]] for n in clause.has_any])
        if clause.has_none:
            found.append([[self.present[variable, n] for n in clause.has_none]])
        return found

    def literal(self, choice: Choice) -> int:
        """Return the literal of a choice."""
        at = (choice.variable, choice.option)
        if choice.kind == "main":
            return self.main[at]
        return self.present[at] if choice.kind == "has" else -self.present[at]

    def rules_on(self) -> list[int]:
        """Return the switches of the rules in force."""
        return [self.switch[name] for name in self.book.hard]

    def conditions(self, granted: Iterable[str] | None) -> list[int]:
        """Return which conditions are granted, as literals; None grants them all."""
        given = set(self.granted) if granted is None else set(granted)
        return [literal if name in given else -literal for name, literal in self.granted.items()]


def values_of(variable: Variable) -> tuple[str, ...]:
    """Return the options of a variable, or the bands of a level."""
    return tuple(variable.options) or tuple(variable.bands)


def choices_of(design: Design, catalogue: Catalogue, variables: Iterable[str]) -> list[Choice]:
    """Return the choices that a design makes on some variables, present and absent options too."""
    chosen = []
    for name in variables:
        variable, setting = catalogue.variables[name], design.settings[name]
        if isinstance(setting, Several):
            chosen.append(Choice(name, setting.main))
            chosen += [Choice(name, o, "has") for o in setting.also]
            chosen += [Choice(name, o, "has_not") for o in variable.options if o not in setting.present]
        else:
            chosen += [Choice(name, o) for o in design.options(name, catalogue)]
    return chosen


def setting_of(variable: Variable, option: str, present: Sequence[str], base: Setting | None) -> Setting:
    """Return a setting from what a solver chose; a level stays as it is, or moves to the nearest end of the band."""
    if variable.kind == "level":
        return level_in(variable, option, base if isinstance(base, float) else None)
    if variable.kind == "multi":
        return Several(option, tuple(o for o in variable.options if o in present and o != option))
    return option


def level_in(variable: Variable, band: str, base: float | None) -> float:
    """Return the level nearest to ``base`` within a band; from above, a twentieth of the band below its end."""
    bounds = list(variable.bands.values())
    place = list(variable.bands).index(band)
    low = bounds[place]
    high = bounds[place + 1] if place + 1 < len(bounds) else float(variable.max or low)
    if base is None:
        return float(f"{0.5 * (low + high):.3g}")
    if base < low:
        return float(low)
    if base < high or (place + 1 == len(bounds) and base <= high):
        return base
    return float(f"{high - 0.05 * (high - low):.3g}")
