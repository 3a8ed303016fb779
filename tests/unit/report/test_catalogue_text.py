import json

import pytest

from remit.briefs.vocabulary import FAMILIES
from remit.ground.faults import Faults
from remit.mechanism.effect import load_effects
from remit.report.catalogue_text import PROVENANCE, catalogue_as_text, entry_as_plain, entry_as_text
from small_brief import CATALOGUE

EVERY = [
    name
    for group in (
        CATALOGUE.variables,
        CATALOGUE.archetypes,
        CATALOGUE.roles,
        CATALOGUE.conditions,
        CATALOGUE.rules,
        CATALOGUE.tensions,
        CATALOGUE.outcomes,
        CATALOGUE.sources,
    )
    for name in group
]


def flat(words):
    return " ".join(words.split())


def test_the_catalogue_in_print_names_every_variable_option_and_where_it_is_from():
    said = flat(catalogue_as_text(CATALOGUE))
    assert len(CATALOGUE.variables) == 24
    for variable in CATALOGUE.variables.values():
        assert f"{variable.id} {variable.asks} [{PROVENANCE[variable.provenance]}]" in said
        assert ", ".join(variable.options) in said
    for group in (CATALOGUE.archetypes, CATALOGUE.roles, CATALOGUE.conditions):
        for name in group:
            assert f"{name} " in said
    assert (
        f"{len(CATALOGUE.rules)} rules that may not be broken and {len(CATALOGUE.tensions)} tensions" in said
    )


@pytest.mark.parametrize("name", EVERY)
def test_every_entry_can_be_explained(name):
    said = entry_as_text(name, CATALOGUE)
    assert len(said.splitlines()) >= 2
    assert "{" not in said
    assert "[]" not in said
    assert "None" not in said
    plain = json.loads(json.dumps(entry_as_plain(name, CATALOGUE), allow_nan=False))
    assert plain["id"] == name
    assert plain["kind_of_entry"]


def test_no_two_entries_share_a_name():
    assert len(set(EVERY)) == len(EVERY)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", list(CATALOGUE.variables))
def test_a_variable_says_what_each_option_does_or_why_nothing(name, family):
    variable = CATALOGUE.variables[name]
    table = load_effects(family)
    said = flat(entry_as_text(name, CATALOGUE))
    assert f"What it does in a {family} service" in said
    for option in variable.options or ["level"]:
        effects = table.by_option.get((name, option), ())
        for effect in effects:
            if effect.amount is not None:
                assert f"{effect.parameter}: {effect.operator}" in said
                assert flat(effect.amount.source or f"† {effect.amount.assumption}")[:60] in said
        if not effects:
            assert flat(table.none[name, option]) in said


def test_a_way_of_finding_help_that_a_family_has_not_is_said_to_be_refused():
    response, caseload = entry_as_text("relationship", CATALOGUE).split("What it does in a caseload")
    assert "help is found by: desk with alert\n" in response
    assert "help is found by: posted offer\n" in response
    assert "help is found by: market\n" in caseload
    assert "help is found by: alert (not in this family of service, and refused there)" in flat(caseload)


@pytest.mark.parametrize(
    ("asked", "near"), [("relationshp", "relationship"), ("volunteer_responder", "volunteer")]
)
def test_an_unknown_entry_names_the_nearest(asked, near):
    with pytest.raises(Faults, match="CAT002") as raised:
        entry_as_text(asked, CATALOGUE)
    assert near in str(raised.value)
