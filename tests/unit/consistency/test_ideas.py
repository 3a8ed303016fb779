from itertools import combinations

import pytest

from design_spaces import CATALOGUE, CHANGES, SPACE, TYPICALLY_GRANTED, typical
from remit.consistency.ideas import APART, APART_FROM_KNOWN, archetype_mains, find_ideas, mains_of
from remit.consistency.space import choices_of
from remit.design.clauses import broken_rules, conditions_needed

TODAY = typical().today
SIX = [v.id for v in CATALOGUE.variables.values() if v.is_higher]
KEEP = choices_of(TODAY, CATALOGUE, ["eligibility", "channels"])
IDEAS = find_ideas(TODAY, KEEP, TYPICALLY_GRANTED, SPACE, CHANGES, 12)


def apart(one, other):
    return sum(one[v] != other[v] for v in SIX)


@pytest.mark.parametrize("idea", IDEAS, ids=lambda i: i.design.id)
def test_each_idea_holds_together_and_keeps_what_the_need_asks(idea):
    assert broken_rules(idea.design, CATALOGUE) == []
    assert idea.is_proven
    assert idea.design.settings["eligibility"] == TODAY.settings["eligibility"]
    needed = {c.id for c in conditions_needed(idea.design, TODAY, CATALOGUE)}
    assert set(idea.missing) == needed - set(TYPICALLY_GRANTED)


def test_ideas_differ_from_today_from_every_archetype_and_from_one_another():
    mains = [mains_of(i.design, SPACE) for i in IDEAS]
    assert len(mains) == 12
    assert all(apart(m, mains_of(TODAY, SPACE)) >= APART for m in mains)
    assert all(apart(m, a) >= APART_FROM_KNOWN for m in mains for a in archetype_mains(SPACE).values())
    assert all(apart(a, b) >= APART for a, b in combinations(mains, 2))


def test_novelty_is_counted_from_the_nearest_known_model():
    known = archetype_mains(SPACE) | {"today": mains_of(TODAY, SPACE)}
    for idea in IDEAS:
        mine = mains_of(idea.design, SPACE)
        assert idea.apart == min(sum(mine[v] != k[v] for v in mine) for k in known.values())


def test_where_nothing_may_move_there_is_no_idea():
    everything = choices_of(TODAY, CATALOGUE, CATALOGUE.variables)
    assert find_ideas(TODAY, everything, TYPICALLY_GRANTED, SPACE, CHANGES, 3) == []


def test_the_same_question_gets_the_same_ideas_and_each_is_told_as_it_is_found():
    heard = []
    again = find_ideas(TODAY, KEEP, TYPICALLY_GRANTED, SPACE, CHANGES, 3, heard.append)
    assert [i.design.digest for i in again] == [i.design.digest for i in IDEAS[:3]]
    assert heard == [1, 2, 3]


def test_where_every_condition_is_granted_nothing_is_missing():
    (idea,) = find_ideas(TODAY, KEEP, tuple(CATALOGUE.conditions), SPACE, CHANGES, 1)
    assert idea.missing == ()


def test_at_least_three_of_the_six_are_other_than_today_and_two_other_than_any_model():
    for idea in IDEAS:
        mine = mains_of(idea.design, SPACE)
        assert apart(mine, mains_of(TODAY, SPACE)) >= 3
        assert min(apart(mine, known) for known in archetype_mains(SPACE).values()) >= 2
