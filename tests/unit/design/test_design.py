from dataclasses import FrozenInstanceError

import pytest

from remit.design.design import TODAY, Design, Several, Solved, changes_from, in_words, plain
from small_brief import CATALOGUE, small_designs

PLAIN = Design("a", "A", {"time": 30.0, "data": "siloed", "who_involved": Several("x", ("z", "y"))})


def test_identity_is_what_it_sets_and_not_its_name():
    assert Design("b", "B", PLAIN.settings, "why").digest == PLAIN.digest


def test_a_changed_setting_is_another_identity():
    assert PLAIN.changed(time=31.0).digest != PLAIN.digest


def test_the_order_of_options_beside_does_not_matter():
    assert PLAIN.changed(who_involved=Several("x", ("y", "z"))).digest == PLAIN.digest


def test_the_main_option_matters():
    assert PLAIN.changed(who_involved=Several("y", ("x", "z"))).digest != PLAIN.digest


def test_changing_leaves_the_old_design_as_it_was():
    PLAIN.changed(time=99.0)
    assert PLAIN.settings["time"] == 30.0


def test_a_design_is_frozen():
    with pytest.raises(FrozenInstanceError):
        PLAIN.title = "x"  # type: ignore[misc]


def test_settings_of_a_changed_design_cannot_be_written():
    with pytest.raises(TypeError):
        PLAIN.changed(time=1.0).settings["time"] = 2.0  # type: ignore[index]


@pytest.mark.parametrize(
    ("setting", "as_plain"),
    [
        (2.5, 2.5),
        ("x", "x"),
        (Several("b", ("d", "c")), {"main": "b", "also": ["c", "d"]}),
        (Solved(equal_cost_to="x"), {"equal_cost_to": "x", "more_crews": 0.0}),
    ],
)
def test_a_setting_as_plain_values(setting, as_plain):
    assert plain(setting) == as_plain


def test_options_are_all_that_are_present_or_the_band_of_a_level():
    today = small_designs()[TODAY]
    several = small_designs()["neighbours"]
    assert several.options("who_involved", CATALOGUE) == ("public_staff", "volunteers", "citizens")
    assert today.options("relationship", CATALOGUE) == ("hierarchical",)
    assert today.options("staff", CATALOGUE) == ("standard",)
    assert small_designs()["one_more"].options("staff", CATALOGUE) == ()


def test_changes_are_told_in_the_order_of_the_catalogue():
    designs = small_designs()
    changed = changes_from(designs["neighbours"], designs[TODAY])
    assert changed == [v for v in CATALOGUE.variables if v in changed]
    assert changed == ["technology", "data", "who_involved", "relationship", "public_role"]


def test_today_differs_from_itself_in_nothing():
    assert changes_from(small_designs()[TODAY], small_designs()[TODAY]) == []


@pytest.mark.parametrize(
    ("variable", "setting", "said"),
    [
        ("staff", 0.9, "Staff: 0.9 (standard)"),
        ("relationship", "distributed_responders", "Relationship: distributed responders"),
        (
            "who_involved",
            Several("public_staff", ("volunteers",)),
            "Who is involved: public staff with volunteers",
        ),
        ("who_involved", Several("public_staff"), "Who is involved: public staff"),
        ("staff", Solved(more_crews=2.0), "Staff: 2 more"),
        ("staff", Solved(equal_cost_to="x"), "Staff: as much as costs the same as x"),
    ],
)
def test_a_setting_is_said_as_a_person_would(variable, setting, said):
    assert in_words(variable, setting, CATALOGUE) == said
