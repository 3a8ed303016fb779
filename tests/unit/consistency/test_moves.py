import pytest

from design_spaces import BOOK, CATALOGUE, design, typical
from remit.consistency.moves import Order, condition_orders, linked_moves, rule_orders, tied_groups
from remit.design.clauses import broken_rules
from remit.design.design import changes_from

TODAY = typical().today
# the largest set that must move at once, from the founding draft's own table (an upper bound there)
LARGEST = {
    "commissioned": 3,
    "volunteer_responders": 1,
    "direct_platform": 2,
    "self_managing_teams": 2,
    "member_cooperative": 4,
    "digital_social_innovation": 2,
    "open_data_innovation": 2,
    "community_foundation": 2,
    "community_finance": 7,
}


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_linked_set_is_proven_and_no_larger_than_the_drafts(name):
    steps, is_proven = linked_moves(TODAY, design(name), BOOK, CATALOGUE)
    assert is_proven
    assert max(len(s.variables) for s in steps) == LARGEST[name]


@pytest.mark.parametrize("name", LARGEST)
def test_every_step_on_the_way_holds_together(name):
    goal, at = design(name), TODAY
    steps, _ = linked_moves(TODAY, goal, BOOK, CATALOGUE)
    for step in steps:
        at = at.changed(**{v: goal.settings[v] for v in step.variables})
        assert broken_rules(at, CATALOGUE) == [], step.variables
    assert at.digest == goal.digest
    assert sorted(v for s in steps for v in s.variables) == sorted(changes_from(goal, TODAY))


def test_what_moves_together_is_told_with_the_rules_that_tie_it():
    steps, _ = linked_moves(TODAY, design("commissioned"), BOOK, CATALOGUE)
    (linked,) = (s for s in steps if len(s.variables) > 1)
    assert set(linked.variables) == {"who_involved", "ownership", "public_role"}
    assert {"L06", "L08", "L09"} <= {r.id for r in linked.rules}


def test_an_order_says_what_must_have_moved_first():
    goal = design("channels=digital_first, technology=integrated_digital")
    start = design("technology=phone_and_paper")
    orders = {o.name: o for o in rule_orders(start, goal, BOOK, CATALOGUE)}
    assert orders["L16"] == Order("L16", ("channels",), ("technology",))


def test_a_condition_is_asked_of_the_setting_that_needs_it_and_not_if_it_is_had():
    goal = design("technology=integrated_digital")
    (order,) = condition_orders(TODAY, goal, (), CATALOGUE)
    assert order == Order("digital_foundations", ("technology",), (), "digital_foundations")
    assert condition_orders(TODAY, goal, ("digital_foundations",), CATALOGUE) == []


def test_settings_that_need_each_other_in_a_ring_are_tied():
    ring = [
        Order("a", ("x",), ("y",)),
        Order("b", ("y",), ("z",)),
        Order("c", ("z",), ("x",)),
        Order("d", ("w",), ("x",)),
    ]
    assert tied_groups(["w", "x", "y", "z"], ring) == [("w",), ("x", "y", "z")]


def test_the_same_design_needs_no_move():
    assert linked_moves(TODAY, TODAY, BOOK, CATALOGUE) == ([], True)
