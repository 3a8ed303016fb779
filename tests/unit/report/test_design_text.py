from dataclasses import replace

import pytest

from remit.consistency.count import Estimate
from remit.consistency.explain import Clash
from remit.consistency.space import Choice
from remit.report.design_text import (
    WIDTH,
    big,
    choice_words,
    claim,
    clash_lines,
    condition_lines,
    difference_lines,
    estimate_words,
    grade_of,
    idea_lines,
    near_lines,
    verdict_lines,
    wrapped,
)
from remit.workbench.thinking import have_ideas, judge, mend, why_not
from small_brief import CATALOGUE
from standing import GOOD_RULES, city, proposed, typical, under


def said(lines):
    return " ".join(" ".join(lines).split())


def verdict(text, place=None):
    place = place or typical()
    return said(verdict_lines(judge(proposed(text, place).design, place), place.catalogue))


def test_the_first_line_says_whether_it_holds_together_and_is_open():
    assert "does not hold together: 4 rules broken" in verdict("power=frontline_teams")
    assert "does not hold together: 1 rule broken" in verdict("power=members")
    assert "holds together; not open yet: 8 conditions" in verdict("direct_platform")
    assert "holds together, and is open here" in verdict("traditional")
    lines = verdict_lines(judge(typical().today, typical()), CATALOGUE)
    assert lines[0].startswith("A typical service of today: ")


def test_a_broken_rule_is_told_with_its_reason_the_settings_behind_it_its_kind_and_its_source():
    rule = CATALOGUE.rules["L14"]
    words = verdict("power=frontline_teams")
    told = words[words.index("L14") :]
    for part in (
        rule.why,
        "Power: frontline teams",
        "Relationship: hierarchical",
        rule.sources[0],
        "grade B",
    ):
        assert part in told
    assert told.index(rule.why) < told.index("Power:") < told.index(rule.sources[0])


def test_warnings_tensions_and_conditions_have_their_own_headings():
    words = verdict("power=frontline_teams", under(GOOD_RULES))
    broken, soft, tense, needed = (
        words.index(h) for h in ("Broken rules", "only warnings here", "Tensions", "Conditions")
    )
    assert broken < soft < words.index("E01") < tense < words.index("T_OURS") < needed
    assert "E01" not in words[broken:soft]
    assert "only warnings here" not in verdict("power=frontline_teams")


def test_a_condition_says_how_long_it_takes_unless_it_is_there():
    condition = CATALOGUE.conditions["data_access"]
    needed = " ".join(" ".join(condition_lines(condition, is_granted=False)).split())
    assert "4 to 15 months" in needed
    assert condition.plain in needed
    assert "months" not in "\n".join(condition_lines(condition, is_granted=True))
    words = verdict("direct_platform")
    assert words.index("(transition_money)") < words.index("(own_purchase)"), "what is missing comes first"


def test_a_rule_says_what_would_lift_it_and_one_of_logic_says_nothing_of_it():
    for rule in CATALOGUE.rules.values():
        words = claim(rule, CATALOGUE)
        assert ("lifted by" in words) == (rule.relax not in ("", "no"))
        assert all(source in words for source in rule.sources)
    kinds = {claim(r, CATALOGUE).split(";")[0] for r in CATALOGUE.rules.values()}
    assert len(kinds) == 3


def test_the_grade_of_a_rule_is_that_of_its_best_source():
    for rule in CATALOGUE.rules.values():
        grades = sorted(CATALOGUE.sources[s].grade for s in rule.sources)
        assert grade_of(rule, CATALOGUE) == grades[0]
    ours = under(GOOD_RULES).ground.book.hard["no_freelancers"]
    assert grade_of(ours, CATALOGUE) == ""
    assert "grade" not in claim(ours, CATALOGUE)


def test_a_clash_names_every_choice_and_rule_and_whether_it_was_tried_out():
    proposal = proposed("who_involved=volunteers, employment_terms=salaried")
    (clash,) = why_not(proposal, typical())
    words = said(clash_lines([clash], CATALOGUE))
    for part in ("Employment terms: salaried", "Who is involved: volunteers", "L02"):
        assert part in words
    assert clash.is_proven
    assert said(clash_lines([replace(clash, is_proven=False)], CATALOGUE)) != words
    assert "the rules by themselves" in said(clash_lines([Clash((), clash.rules, True)], CATALOGUE))


def test_a_choice_is_said_as_a_person_would():
    option = ("who_involved", "public_staff")
    assert choice_words(Choice(*option), CATALOGUE) == "Who is involved: public staff"
    assert choice_words(Choice(*option, "has"), CATALOGUE) == "Who is involved includes public staff"
    assert choice_words(Choice(*option, "has_not"), CATALOGUE).endswith("does not include public staff")


def test_a_repair_says_what_changes_from_what_and_what_must_be_granted_first():
    proposal = proposed("power=frontline_teams")
    (near,) = mend(proposal, (), typical(), 1).answers
    missing = judge(near.design, typical()).missing
    words = said(near_lines(near, proposal.design, CATALOGUE, missing, 1))
    assert words.startswith("1. 4 settings changed, difficulty 12 ")
    assert "Relationship: decentralised teams (was hierarchical)" in words
    for condition in missing:
        assert condition.name in words
    assert "must be granted" not in said(near_lines(near, proposal.design, CATALOGUE, (), 1))


def test_a_repair_that_is_not_proven_the_nearest_says_so():
    proposal = proposed("power=frontline_teams")
    (near,) = mend(proposal, (), typical(), 1).answers
    assert "proven" not in near_lines(near, proposal.design, CATALOGUE, (), 1)[0]
    unsure = replace(near, is_proven=False)
    assert "not proven" in near_lines(unsure, proposal.design, CATALOGUE, (), 1)[0]


def test_one_changed_setting_is_not_told_as_several():
    proposal = proposed("power=members")
    (near,) = mend(proposal, ["structure"], typical(), 1).answers
    assert near_lines(near, proposal.design, CATALOGUE, (), 2)[0].startswith("2. 1 setting changed")


def test_a_difference_says_was_and_is():
    one, other = typical().today, proposed("staff=1.1").design
    (line,) = difference_lines(["staff"], one, other, CATALOGUE)
    assert " ".join(line.split()) == "Staff: 0.9 (standard) -> 1.1 (rich)"


def test_an_idea_says_how_new_it_is_and_what_it_needs():
    first, second = have_ideas(city(), 2, ())
    words = said(idea_lines(first, CATALOGUE, 1))
    assert f"{len(first.changed)} settings changed" in words
    assert f"{first.apart} of 24 settings" in words
    assert "granted first: nothing" in words
    assert CATALOGUE.conditions[second.missing[0]].name in said(idea_lines(second, CATALOGUE, 2))
    known = replace(first, nearest="direct_platform")
    assert "Direct-hire platform" in said(idea_lines(known, CATALOGUE, 1))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (1065, "1,065"),
        (9_999_999, "9,999,999"),
        (1e7, "1.0 x 10^7"),
        (9.99e17, "1.0 x 10^18"),
    ],
)
def test_a_large_count_can_be_read(number, words):
    assert big(number) == words


def test_an_estimate_comes_with_its_interval():
    words = estimate_words(Estimate(1000.0, 100.0, 400))
    assert "1,000" in words
    assert "804 to 1,196" in words
    assert "95" in words
    assert "(0 to" in estimate_words(Estimate(1.0, 100.0, 400))


def test_long_sentences_are_wrapped_and_nothing_is_lost():
    text = "word " * 80
    lines = wrapped(text, "  ")
    assert max(map(len, lines)) <= WIDTH
    assert said(lines) == text.strip()
    assert wrapped("") == [""]


def test_a_tension_is_not_said_to_be_barred():
    words = verdict("direct_platform")
    assert "allowed" in words
    assert "barred" not in words
