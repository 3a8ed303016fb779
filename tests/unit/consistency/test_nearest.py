import pytest

import remit.consistency.nearest as searching
from design_spaces import CATALOGUE, CHANGES, SPACE, TYPICALLY_GRANTED, design, typical
from remit.consistency.nearest import Wish, effort, nearest_designs
from remit.consistency.space import Choice, choices_of
from remit.design.clauses import broken_rules, conditions_needed
from remit.design.design import Several, changes_from

TODAY = typical().today
CLASHING = (
    "power=frontline_teams",
    "public_role=commissioner",
    "who_involved=volunteers",
    "funding_method=community_shares",
    "channels=digital_only",
    "relationship=open_network",
)


def near(text, n=3, **wish):
    start = design(text)
    keep = tuple(c for c in choices_of(start, CATALOGUE, changes_from(start, TODAY)) if c.kind != "has_not")
    return start, keep, nearest_designs(start, Wish(keep=keep, n=n, **wish), SPACE, CHANGES)


@pytest.mark.parametrize("text", CLASHING)
def test_every_answer_holds_together_keeps_what_must_stay_and_is_proven(text):
    start, keep, answers = near(text)
    assert broken_rules(start, CATALOGUE)
    assert answers
    for answer in answers:
        assert broken_rules(answer.design, CATALOGUE) == []
        assert answer.is_proven
        made = set(choices_of(answer.design, CATALOGUE, CATALOGUE.variables))
        assert set(keep) <= made
        assert answer.changed == tuple(changes_from(answer.design, start))
        assert answer.effort == pytest.approx(effort(answer.design, start, CHANGES))


@pytest.mark.parametrize("text", CLASHING)
def test_answers_come_nearest_first_and_none_merely_adds_to_an_earlier_one(text):
    _, _, answers = near(text)
    efforts = [a.effort for a in answers]
    assert efforts == sorted(efforts)
    made = [{(v, str(a.design.settings[v])) for v in a.changed} for a in answers]
    for i, later in enumerate(made):
        assert not any(earlier <= later for earlier in made[:i])


def test_a_design_that_holds_is_its_own_nearest():
    (answer,) = nearest_designs(TODAY, Wish(n=3), SPACE, CHANGES)
    assert answer.changed == ()
    assert answer.design.digest == TODAY.digest


def test_self_management_asks_for_the_linked_changes():
    _, _, answers = near("power=frontline_teams")
    assert set(answers[0].changed) == {"structure", "process", "incentives", "relationship"}
    assert answers[0].design.settings["relationship"] == "decentralised_teams"
    assert answers[0].design.settings["structure"] == "neighbourhood_teams", "known from an archetype"


def test_what_cannot_be_kept_has_no_answer():
    impossible = (Choice("power", "frontline_teams"), Choice("relationship", "hierarchical"))
    assert nearest_designs(TODAY, Wish(keep=impossible), SPACE, CHANGES) == []


def test_only_conditions_that_may_be_had_are_used():
    start, keep, _ = near("power=frontline_teams")
    assert nearest_designs(start, Wish(keep=keep, granted=TYPICALLY_GRANTED), SPACE, CHANGES) == []


def test_the_same_question_gets_the_same_answers():
    _, _, one = near(CLASHING[2])
    _, _, other = near(CLASHING[2])
    assert [a.design.digest for a in one] == [a.design.digest for a in other]


def test_an_option_beside_the_main_one_counts_a_fifth():
    other = TODAY.changed(public_role=Several("deliverer", ("guarantor",)))
    assert effort(other, TODAY, CHANGES) == pytest.approx(0.2 * CHANGES.by_variable["public_role"].difficulty)


def test_of_two_bands_the_nearer_one_is_moved_to():
    start = design("opening_hours=5")
    keep = (Choice("channels", "emergency_dispatch"), Choice("process", "triage_then_specialist"))
    answers = nearest_designs(start, Wish(keep=keep, n=2), SPACE, CHANGES)
    assert [a.design.settings["opening_hours"] for a in answers] == [50.0, 120.0]


def test_the_effort_told_counts_each_further_band_as_the_search_does():
    one, two = (design(f"opening_hours={hours}") for hours in (60, 150))
    assert effort(one, TODAY, CHANGES) < effort(two, TODAY, CHANGES)


def test_a_search_that_ran_out_of_time_is_not_told_as_nothing_to_be_found(monkeypatch):
    monkeypatch.setattr(searching, "MOST_EFFORT", 0.0)
    told = None
    try:
        told = nearest_designs(TODAY, Wish(keep=(Choice("power", "frontline_teams"),)), SPACE, CHANGES)
    except Exception:
        return
    assert told != []


def test_a_condition_of_change_that_may_not_be_had_is_not_needed_by_an_answer():
    keep = (Choice("public_role", "commissioner"),)
    for answer in nearest_designs(TODAY, Wish(keep=keep, granted=TYPICALLY_GRANTED), SPACE, CHANGES):
        needed = {c.id for c in conditions_needed(answer.design, TODAY, CATALOGUE)}
        assert needed <= set(TYPICALLY_GRANTED)
