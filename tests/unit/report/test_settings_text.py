import pytest

from remit.design.design import TODAY, Several
from remit.report.settings_text import change_lines
from small_brief import CATALOGUE, EFFECTS, opened, today_with


def lines(**settings):
    designs = opened().designs
    return change_lines(today_with(designs, **settings), designs[TODAY], CATALOGUE, EFFECTS)


def test_a_design_that_changes_nothing_has_nothing_to_say():
    assert lines() == []


def test_a_change_is_said_with_what_it_acts_on():
    (said,) = lines(relationship="distributed_responders")
    assert said.startswith("Relationship: distributed responders. Acts on ")
    assert "alert.on" in said
    (said,) = lines(staff=1.2)
    assert said == "Staff: 1.2 (high). Acts on crews.number." or said.startswith("Staff: 1.2 (")
    assert "crews.number" in said


def test_a_change_without_effect_says_why():
    (said,) = lines(technology="matching_platform")
    assert said.startswith("Technology: matching platform. Nothing here: ")
    assert len(said) > len("Technology: matching platform. Nothing here: ") + 10


def test_an_option_added_beside_is_said():
    (said,) = lines(who_involved=Several("public_staff", ("volunteers",)))
    assert said.startswith("Who is involved: public staff with volunteers.")


@pytest.mark.parametrize("variable", list(CATALOGUE.variables))
def test_every_setting_can_be_said(variable):
    spec = CATALOGUE.variables[variable]
    today = opened().designs[TODAY].settings[variable]
    others = [spec.max, spec.min] if spec.kind == "level" else list(spec.options)
    for other in others:
        setting = Several(other) if isinstance(today, Several) else other
        if setting != today:
            (said,) = lines(**{variable: setting})
            assert said.startswith(spec.name)
            assert said.endswith((".", ")"))
