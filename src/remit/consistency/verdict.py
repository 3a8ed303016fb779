"""The verdict on a design: broken rules with what breaks them, warnings, and conditions needed and had."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.schema import Condition, Rule
from remit.consistency.rules import RuleBook
from remit.design.clauses import conditions_needed, holds
from remit.design.design import Design, in_words


@dataclass(frozen=True)
class Finding:
    """A rule whose every clause is true of a design, and the settings that make it so, in words."""

    rule: Rule
    settings: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What the rules say of a design."""

    design: Design
    broken: tuple[Finding, ...]
    softened: tuple[Finding, ...]  # empirical rules that are only warnings here
    tensions: tuple[Finding, ...]
    granted: tuple[Condition, ...]  # conditions needed that this place has
    missing: tuple[Condition, ...]  # conditions needed that it has not

    @property
    def is_consistent(self) -> bool:
        """Whether no rule is broken."""
        return not self.broken

    @property
    def is_open(self) -> bool:
        """Whether it may be done here today: consistent, and every condition granted."""
        return self.is_consistent and not self.missing


def check(
    design: Design, today: Design, book: RuleBook, met: Collection[str], catalogue: Catalogue
) -> Verdict:
    """Return the verdict on a design, by the plain meaning of each rule; no solver is asked.

    Args:
        design: what is proposed.
        today: what it replaces; some conditions are needed for a change, not for a setting.
        book: the rules in force.
        met: conditions that this place has been granted.
        catalogue: the framework.
    """
    needed = conditions_needed(design, today, catalogue)
    return Verdict(
        design,
        _findings(design, list(book.hard.values()), catalogue),
        _findings(design, list(book.softened.values()), catalogue),
        _findings(design, list(book.tensions.values()), catalogue),
        tuple(c for c in needed if c.id in met),
        tuple(c for c in needed if c.id not in met),
    )


def _findings(design: Design, rules: Sequence[Rule], catalogue: Catalogue) -> tuple[Finding, ...]:
    return tuple(
        Finding(rule, settings_behind(rule, design, catalogue))
        for rule in rules
        if all(holds(clause, design, catalogue) for clause in rule.forbid)
    )


def settings_behind(rule: Rule, design: Design, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the settings that a rule speaks of, as this design has them, in words."""
    variables = dict.fromkeys(clause.v for clause in rule.forbid)
    return tuple(in_words(v, design.settings[v], catalogue) for v in variables)
