"""The gallery: every brief and archetype holds together by the catalogue's own rules, read plainly."""

from pathlib import Path
from types import MappingProxyType

import pytest

from remit.catalogue.catalogue import load_catalogue
from remit.design.clauses import broken_rules
from remit.design.design import TODAY, Design, changes_from
from remit.design.parse import parse_settings
from remit.ground.document import Document
from remit.workbench.briefs import gallery, open_brief

CATALOGUE = load_catalogue()


@pytest.mark.parametrize("name", gallery())
def test_no_design_of_a_brief_breaks_a_rule(name):
    for design in open_brief(name, Path.read_text).designs.values():
        assert [r.id for r in broken_rules(design, CATALOGUE)] == [], design.id


@pytest.mark.parametrize("name", list(CATALOGUE.archetypes))
def test_no_archetype_breaks_a_rule(name):
    settings, faults = parse_settings(
        CATALOGUE.archetypes[name].settings, CATALOGUE, Document(name, {}, {}), ()
    )
    assert not faults
    design = Design(name, name, MappingProxyType({v: settings[v] for v in CATALOGUE.variables}))
    assert [r.id for r in broken_rules(design, CATALOGUE)] == []


@pytest.mark.parametrize("name", gallery())
def test_a_named_model_is_today_with_its_signature_and_public_role(name):
    """Not the archetype's whole row: no model is credited with what it does not need, and what else moves is said."""
    opened = open_brief(name, Path.read_text)
    repairs = {text.id: text.repairs for text in opened.brief.designs}
    for design in opened.designs.values():
        archetype = CATALOGUE.archetypes.get(design.id)
        if archetype:
            repaired = {r.partition(":")[0].lower().replace(" ", "_") for r in repairs.get(design.id, ())}
            allowed = {*archetype.signature, "public_role", *repaired}
            assert set(changes_from(design, opened.designs[TODAY])) <= allowed


@pytest.mark.parametrize("name", gallery())
def test_every_source_of_a_brief_is_used(name):
    brief = open_brief(name, Path.read_text).brief
    used = {q.source for q in brief.numbers.values()} | {p.source for p in brief.published}
    used |= {t.source for t in brief.together}
    text = open_brief.__globals__["read_brief"](name, Path.read_text)[0]
    used |= {s for s in brief.sources if text.count(s) > 1}
    assert set(brief.sources) - used == set()
