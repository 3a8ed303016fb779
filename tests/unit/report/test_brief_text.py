import json
import math
import re

from remit.ground.quantity import Quantity
from remit.mechanism.values import Step
from remit.report.brief_text import (
    WIDTH,
    ancestry_as_plain,
    ancestry_as_text,
    brief_as_plain,
    brief_as_text,
    number_line,
)
from small_brief import opened, small


def text():
    found = opened()
    return brief_as_text(found.brief, found.designs)


def flat(words):
    return " ".join(words.split())


def test_a_brief_is_told_whole():
    brief = small()
    said = flat(text())
    for words in (brief.title, brief.need, brief.question, *brief.not_for, *brief.left_out):
        assert words in said
    for design in opened().designs.values():
        assert f"{design.id}: {design.title}." in said
    for name in brief.given:
        assert f"{name} = " in said
    for source in brief.sources.values():
        assert f"{source.id}: {source.cite} [{source.status}]" in said
    for place in (*brief.locality.bases, *brief.locality.hospitals):
        assert place.name in said
    assert "2 zones, 15,000 people; ring of 1 zones, 5,000 people" in said
    assert "pounds of 2023" in said


def test_what_it_must_not_be_used_for_comes_before_any_number():
    said = text()
    assert said.index("Must not be used for") < said.index("Numbers (")


def test_changes_of_a_design_are_said_from_today():
    said = flat(text())
    assert "Relationship: distributed responders" in said
    assert "Relationship: hierarchical" not in said


def test_assumptions_are_marked_and_sources_named():
    brief = small()
    assert "† Crews of the town and its ring." in number_line(brief.numbers["crews.number"], brief)
    sourced = number_line(brief.numbers["crews.speed_km_per_hour"], brief)
    assert ": survey" in sourced
    assert "†" not in sourced


def test_ranges_counts_and_what_was_calibrated_are_said():
    brief = small()
    assert "(2 to 5, triangular)" in number_line(brief.numbers["crews.number"], brief)
    assert "(0.5 to 2, uniform)" in number_line(brief.numbers["crews.turnout_minutes"], brief)
    assert "(20 of 400)" in number_line(brief.numbers["alert.accepted_share"], brief)
    fitted = Quantity("x", 1.0, "minute", 1.0, 1.0, source="study", calibrated_to="London 2014")
    assert "[calibrated to: London 2014]" in number_line(fitted, brief)


def test_numbers_are_written_as_a_person_writes_them():
    numbers = [Quantity("x", v, "minute", v, v, source="study") for v in (0.000123, 10_080.0, 2_500_000.0)]
    assert [line for line in (number_line(q, small()) for q in numbers) if re.search(r"\de[+-]", line)] == []


def test_lines_are_short_enough_to_read():
    assert max(len(line) for line in text().splitlines()) <= WIDTH


def strict(plain):
    return json.loads(json.dumps(plain, allow_nan=False))


def test_a_brief_as_plain_values_is_strict_json_and_holds_every_number():
    plain = strict(brief_as_plain(small()))
    assert set(plain["numbers"]) == set(small().given)
    assert plain["not_for"] == ["Anything but tests."]
    assert plain["numbers"]["crews.number"]["assumption"]


def ancestry(value=30.0, quantity=None, steps=None):
    quantity = quantity or Quantity("x", 20.0, "minute", 10.0, 30.0, "uniform", source="study", grade="B")
    made = steps or (Step("brief", quantity, 20.0), Step("skills: more (multiply 1.5)", None, value))
    return ancestry_as_plain("x", "what it means", "minute", value, made, ("study: A study",))


def test_the_ancestry_of_a_number_is_told_step_by_step():
    said = ancestry_as_text(ancestry())
    lines = said.splitlines()
    assert lines[0] == "x = 30 minutes"
    assert "1. brief: 20" in lines
    assert "2. skills: more (multiply 1.5): 30" in lines
    assert "from study, between 10 and 30, grade B (peer-reviewed or official)" in said
    assert lines[-1] == "study: A study"
    assert "No setting" not in said


def test_a_number_that_no_setting_changes_says_so():
    quantity = Quantity("x", 20.0, "minute", 20.0, 20.0, assumption="guessed")
    said = ancestry_as_text(ancestry(20.0, steps=(Step("brief", quantity, 20.0),)))
    assert "No setting of this design changes it." in said
    assert "from assumption: guessed" in said
    assert "between" not in said


def test_an_ancestry_is_strict_json_even_where_a_number_has_no_end():
    patience = Quantity("x", math.inf, "minute", math.inf, math.inf, assumption="for ever")
    strict(ancestry(math.inf, steps=(Step("brief", patience, math.inf),)))
