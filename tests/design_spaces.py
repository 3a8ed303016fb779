"""Spaces of designs for tests: the catalogue's rules, the first draft's, and a typical service."""

from functools import cache

import yaml

from remit.adapters.files import read_text
from remit.catalogue.catalogue import load_catalogue
from remit.catalogue.changes import load_changes
from remit.catalogue.schema import Rule
from remit.consistency.rules import RuleBook, standard_rules
from remit.consistency.space import Choice, Space
from remit.design.design import Design
from remit.workbench.designs import Standpoint, propose, stand_on
from shared_data import shared_file

CATALOGUE = load_catalogue()
CHANGES = load_changes()
BOOK = standard_rules(CATALOGUE)
SPACE = Space(CATALOGUE, BOOK)
TYPICALLY_GRANTED = tuple(c.id for c in CATALOGUE.conditions.values() if c.today)


@cache
def typical() -> Standpoint:
    """Return where a typical service of today stands."""
    return stand_on(None, None, read_text)


def design(text: str) -> Design:
    """Return a design by whatever a person calls it, in a typical service."""
    return propose(text, typical(), read_text).design


@cache
def draft_space() -> Space:
    """Return the space under the rules of the founding draft, whose counts were published with it."""
    raw = yaml.safe_load(shared_file("framework/rules.yaml").read_text())
    hard, tension = ({r["id"]: Rule.model_validate(r) for r in raw[k]} for k in ("hard", "tension"))
    return Space(CATALOGUE, RuleBook(hard, {}, tension))


def choices(case: dict[str, dict[str, object]]) -> list[Choice]:
    """Return the choices of a known case: set, has and hasnt."""
    chosen = [Choice(v, str(o)) for v, o in case["set"].items()]
    for key, kind in (("has", "has"), ("hasnt", "has_not")):
        for variable, options in case.get(key, {}).items():
            chosen += [Choice(variable, o, kind) for o in options]  # type: ignore[attr-defined]
    return chosen
