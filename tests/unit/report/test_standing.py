import ways as made
from remit.report.standing import condition_words, months, standing_lines
from remit.workbench.thinking import judge
from small_brief import CATALOGUE, opened, today_with


def test_a_design_whose_conditions_are_missing_is_not_open_yet():
    (said,) = standing_lines(judge(opened().designs["neighbours"], made.place()))
    assert said.startswith("not open yet, must be granted first: ")
    assert "months)" in said


def test_a_design_that_needs_nothing_is_open():
    assert standing_lines(judge(opened().designs["one_more"], made.place())) == ["open here"]


def test_a_broken_rule_is_said_with_its_kind_and_reason():
    broken = today_with(opened().designs, power="frontline_teams")
    said = standing_lines(judge(broken, made.place()))
    assert any(line.startswith("breaks L14 (logical): ") for line in said)
    assert "open here" not in said


def test_a_condition_says_whether_this_place_has_it():
    condition = CATALOGUE.conditions["role_willingness"]
    assert months(condition) == "3 to 18 months"
    assert "Not granted yet; 3 to 18 months." in condition_words(condition, is_granted=False)
    assert "Granted here" in condition_words(condition, is_granted=True)
