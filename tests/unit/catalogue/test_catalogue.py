from dataclasses import replace

import pytest

from remit.catalogue.catalogue import _check, load_catalogue
from remit.catalogue.schema import Clause, Rule
from remit.design.parse import parse_settings
from remit.ground.document import Document

CATALOGUE = load_catalogue()
BARE = Document("archetypes", {}, {})


def test_there_are_eighteen_settings_and_six_of_higher_order():
    assert sum(not v.is_higher for v in CATALOGUE.variables.values()) == 18
    assert sum(v.is_higher for v in CATALOGUE.variables.values()) == 6


def test_variables_stand_in_their_order():
    assert [v.order for v in CATALOGUE.variables.values()] == list(range(1, 25))


@pytest.mark.parametrize("variable", CATALOGUE.variables.values(), ids=lambda v: v.id)
def test_a_level_has_a_range_with_ascending_bands_and_an_option_has_options(variable):
    if variable.kind == "level":
        bounds = list(variable.bands.values())
        assert bounds == sorted(set(bounds))
        assert variable.min == bounds[0]
        assert bounds[-1] <= variable.max
        assert variable.min <= variable.typical <= variable.max
        assert not variable.options
    else:
        assert len(variable.options) > 1
        assert not variable.bands


@pytest.mark.parametrize("archetype", CATALOGUE.archetypes.values(), ids=lambda a: a.id)
def test_an_archetype_sets_every_variable_to_something_that_exists(archetype):
    settings, faults = parse_settings(archetype.settings, CATALOGUE, BARE, ())
    assert faults == []
    assert set(settings) == set(CATALOGUE.variables)


@pytest.mark.parametrize("variable", CATALOGUE.variables.values(), ids=lambda v: v.id)
def test_what_is_typical_exists(variable):
    assert parse_settings({variable.id: variable.typical}, CATALOGUE, BARE, ())[1] == []


def test_the_six_are_six():
    assert sum(a.status == "six" for a in CATALOGUE.archetypes.values()) == 6


def test_an_archetype_rests_on_sources_that_are_listed():
    assert {s for a in CATALOGUE.archetypes.values() for s in a.evidence} <= set(CATALOGUE.sources)


def test_the_public_roles_are_the_options_of_one_variable():
    assert [v.id for v in CATALOGUE.variables.values() if set(v.options) == set(CATALOGUE.roles)] == [
        "public_role"
    ]


def test_a_role_costs_from_low_to_high():
    assert all(0 <= r.cost_k[0] <= r.cost_k[1] for r in CATALOGUE.roles.values())


def test_a_condition_waits_for_a_change_of_variables_that_exist():
    named = {v for c in CATALOGUE.conditions.values() for v in c.required_by_change_of}
    assert named <= set(CATALOGUE.variables)


def test_options_and_bands_are_every_one_of_both():
    listed = list(CATALOGUE.options_and_bands())
    assert len(listed) == len(set(listed))
    assert len(listed) == sum(len(v.options) + len(v.bands) for v in CATALOGUE.variables.values())


def test_the_catalogue_is_read_once_and_cannot_be_changed():
    assert load_catalogue() is CATALOGUE
    with pytest.raises(TypeError):
        CATALOGUE.variables["new"] = None  # type: ignore[index]


@pytest.mark.parametrize(
    ("clause", "wrong"),
    [
        ({"v": "nothing"}, "no variable nothing"),
        ({"v": "data", "in": ["guesswork"]}, "data has no guesswork"),
        ({"v": "who_involved", "main_not_in": ["robots"]}, "who_involved has no robots"),
        ({"v": "who_involved", "has_any": ["robots"]}, "who_involved has no robots"),
    ],
)
def test_a_rule_that_names_what_is_not_there_is_told(clause, wrong):
    rule = Rule(id="R0", kind="logical", forbid=(Clause.model_validate(clause),), why="", sources=())
    (fault,) = _check(replace(CATALOGUE, rules={"R0": rule}))
    assert (fault.code, fault.what) == ("CAT001", f"R0: {wrong}")


def test_a_source_that_is_not_listed_is_told():
    rule = Rule(id="R0", kind="logical", forbid=(), why="", sources=("hearsay",))
    (fault,) = _check(replace(CATALOGUE, tensions={"R0": rule}))
    assert "hearsay" in fault.what


def test_an_archetype_with_a_gap_is_told():
    whole = CATALOGUE.archetypes["traditional"]
    gap = whole.model_copy(update={"settings": {k: v for k, v in whole.settings.items() if k != "time"}})
    (fault,) = _check(replace(CATALOGUE, archetypes={"traditional": gap}))
    assert fault.what == "traditional: time is not set"
