from dataclasses import replace

import pytest

from design_spaces import BOOK, CATALOGUE, CHANGES, typical
from remit.consistency.plan import plan_route
from remit.consistency.route import RouteWish, months_of_moves, recheck
from remit.design.clauses import broken_rules
from remit.workbench.designs import grown_from_signature

PLACE = typical()
GOAL = grown_from_signature("member_cooperative", PLACE).design
ROUTE = plan_route(PLACE.today, GOAL, RouteWish(60), PLACE.ground)


def wrong(route):
    return recheck(route, BOOK, PLACE.ground.met, CATALOGUE)


def test_a_route_becomes_dated_designs_that_end_at_the_goal():
    way = ROUTE.transition
    assert way.at(0).digest == PLACE.today.digest
    assert way.goal.digest == GOAL.digest
    assert [s.month for s in way.stages[1:]] == [month for month, _ in ROUTE.together()]
    assert all(broken_rules(s.design, CATALOGUE) == [] for s in way.stages)


def test_double_running_lasts_from_the_first_delivering_move_until_the_last_has_settled():
    months = [m.effect for m in ROUTE.moves if m.variable in ("who_involved", "ownership")]
    assert ROUTE.double_months == (min(months), max(months) + ROUTE.settling_months)


def test_the_point_of_no_return_is_when_what_cannot_be_undone_takes_effect():
    assert ROUTE.no_return == next(m.effect for m in ROUTE.moves if m.variable == "ownership")
    still = plan_route(PLACE.today, PLACE.today, RouteWish(), PLACE.ground)
    assert still.no_return is None
    assert still.double_months is None


def test_the_heaviest_month_has_the_most_in_hand():
    loads = [ROUTE.load(m) for m in range(ROUTE.last_month)]
    assert ROUTE.load(ROUTE.heaviest_month) == max(loads) <= ROUTE.capacity


@pytest.mark.parametrize("variable", ["ownership", "power", "public_role", "employment_terms"])
def test_a_move_pulled_forward_by_hand_is_caught(variable):
    moved = tuple(replace(m, begin=0, effect=1) if m.variable == variable else m for m in ROUTE.moves)
    assert wrong(replace(ROUTE, moves=tuple(sorted(moved, key=lambda m: m.effect))))


def test_a_grant_that_comes_too_late_a_missing_move_and_an_overload_are_caught():
    late = tuple(replace(g, granted=g.granted + 40) for g in ROUTE.grants)
    assert any("is not granted" in w for w in wrong(replace(ROUTE, grants=late)))
    assert "the route does not end at its goal" in wrong(replace(ROUTE, moves=ROUTE.moves[:-1]))
    assert any("points in hand" in w for w in wrong(replace(ROUTE, capacity=3)))
    assert any("outside the plan" in w for w in wrong(replace(ROUTE, wish=RouteWish(5))))
    assert wrong(ROUTE) == []


def test_pace_picks_the_end_of_each_range():
    takes = {
        p: months_of_moves(["technology"], CHANGES, RouteWish(pace=p)) for p in ("quick", "typical", "slow")
    }
    assert [t["technology"] for t in takes.values()] == [6, 12, 18]


def test_a_month_without_its_grant_and_a_step_taken_apart_are_caught():
    assert any("is not granted" in w for w in wrong(replace(ROUTE, grants=())))
    tied = next(names for _, names in ROUTE.together() if "ownership" in names and len(names) > 1)
    apart = [replace(m, effect=m.effect + 1) if m.variable == "ownership" else m for m in ROUTE.moves]
    longer = replace(ROUTE.wish, months=ROUTE.wish.months + 1)
    told = wrong(replace(ROUTE, moves=tuple(sorted(apart, key=lambda m: m.effect)), wish=longer))
    assert any("is broken" in w for w in told), tied


@pytest.mark.parametrize(
    "tampered",
    [
        replace(ROUTE, moves=tuple(replace(m, begin=m.effect - 1) for m in ROUTE.moves), capacity=100),
        replace(ROUTE, grants=tuple(replace(g, begin=g.granted) for g in ROUTE.grants)),
        replace(ROUTE, wish=replace(ROUTE.wish, refused=tuple(g.condition for g in ROUTE.grants))),
        replace(ROUTE, wish=replace(ROUTE.wish, asks=0)),
    ],
    ids=["moves_in_no_time", "grants_in_no_time", "refused_and_granted", "more_asked_than_allowed"],
)
def test_a_route_that_does_not_keep_to_its_wish_is_caught(tampered):
    assert wrong(tampered)
