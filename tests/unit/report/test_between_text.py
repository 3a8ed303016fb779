import pytest

from remit.consistency.moves import Linked
from remit.report.between_text import between_lines
from remit.workbench.thinking import between
from small_brief import CATALOGUE
from standing import city, proposed, typical


def words(found, **changes):
    told = {"steps": found.steps, "is_proven": found.is_proven, **changes}
    lines = between_lines(
        found.one, found.other, found.changed, told["steps"], told["is_proven"], found.broken, CATALOGUE
    )
    return " ".join(" ".join(lines).split())


@pytest.fixture(scope="module")
def platform():
    return between(city().today, proposed("direct_platform").design, city())


def test_every_setting_that_differs_is_told_with_was_and_is(platform):
    said = words(platform)
    assert f"{len(platform.changed)} of 24 settings differ" in said
    for name in platform.changed:
        assert f"{CATALOGUE.variables[name].name}: " in said
    assert "Employment terms: salaried -> self employed" in said


def test_moves_that_go_together_stand_in_one_line_with_the_rule_that_ties_them(platform):
    said = words(platform)
    step = next(s for s in platform.steps if len(s.variables) > 1)
    assert " + ".join(CATALOGUE.variables[v].name for v in step.variables) in said
    assert f"{step.rules[0].id}: {step.rules[0].why}" in said
    largest = max(len(s.variables) for s in platform.steps)
    assert f"largest such set is {largest}" in said


def test_the_steps_are_told_in_their_order(platform):
    said = words(platform)
    places = [
        said.index(f"{i}. {CATALOGUE.variables[s.variables[0]].name}")
        for i, s in enumerate(platform.steps, 1)
    ]
    assert places == sorted(places)


def test_what_is_not_proven_the_smallest_says_so(platform):
    assert "not proven" in words(platform, is_proven=False)
    assert "not proven" not in words(platform, is_proven=True)


def test_moves_that_need_no_company_are_told_one_at_a_time():
    found = between(typical().today, proposed("discretion=200, assurance=peer_review").design, typical())
    assert "one at a time" in words(found)
    tied = words(found, steps=(Linked(("discretion", "assurance"), ()),))
    assert "one at a time" not in tied


def test_an_end_that_does_not_hold_together_is_told_instead_of_an_order():
    said = words(between(typical().today, proposed("power=frontline_teams").design, typical()))
    assert "Power: senior managers -> frontline teams" in said
    assert "breaks L14" in said
    assert "1. " not in said


def test_two_names_of_one_design_are_the_same():
    said = words(between(typical().today, proposed("traditional").design, typical()))
    assert said == "A typical service of today and Traditional in-house service are the same."
