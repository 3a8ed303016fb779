from dataclasses import replace

import pytest

from design_spaces import BOOK, CATALOGUE, CHANGES, design, typical
from remit.consistency.plan import CAPACITY, Ground, met_by, plan_route, routes_by_aim
from remit.consistency.route import AIMS, NoRoute, Route, RouteWish, recheck
from remit.workbench.designs import grown_from_signature

PLACE = typical()
TODAY, GROUND = PLACE.today, PLACE.ground
GOALS = {a: grown_from_signature(a, PLACE).design for a in CATALOGUE.archetypes}


@pytest.mark.parametrize("name", GOALS)
@pytest.mark.parametrize("aim", AIMS)
def test_there_is_a_proven_route_to_every_archetype_and_every_month_reads_well(name, aim):
    found = plan_route(TODAY, GOALS[name], RouteWish(60, aim), GROUND)
    assert isinstance(found, Route)
    assert found.is_proven
    assert recheck(found, BOOK, GROUND.met, CATALOGUE) == []


def test_each_aim_is_best_at_what_it_aims_for():
    found = routes_by_aim(TODAY, GOALS["member_cooperative"], RouteWish(60), GROUND, AIMS)
    assert all(isinstance(r, Route) for r in found.values())
    assert found["fastest"].last_month == min(r.last_month for r in found.values())
    double = {a: r.double_months[1] - r.double_months[0] for a, r in found.items()}
    assert double["cheapest"] == min(double.values())
    peak = {a: max(r.load(m) for m in range(r.last_month)) for a, r in found.items()}
    assert peak["safest"] == min(peak.values())


def test_a_condition_that_will_not_be_granted_is_what_stands_in_the_way():
    wish = RouteWish(60, refused=("role_willingness",))
    found = plan_route(TODAY, GOALS["self_managing_teams"], wish, GROUND)
    assert isinstance(found, NoRoute)
    assert "role_willingness" in found.reasons[0]
    assert found.shortest_months == 0


def test_too_few_months_name_the_shortest_way_and_what_holds_it_up():
    shortest = plan_route(TODAY, GOALS["community_foundation"], RouteWish(60), GROUND).last_month
    found = plan_route(TODAY, GOALS["community_foundation"], RouteWish(shortest - 1), GROUND)
    assert isinstance(found, NoRoute)
    assert found.shortest_months == shortest
    assert found.reasons
    assert isinstance(plan_route(TODAY, GOALS["community_foundation"], RouteWish(shortest), GROUND), Route)


def test_too_little_capacity_names_what_must_move_together():
    found = plan_route(TODAY, GOALS["commissioned"], RouteWish(60, capacity=8), GROUND)
    assert isinstance(found, NoRoute)
    assert "who_involved, ownership, public_role must move together" in found.reasons[0]
    free = plan_route(TODAY, GOALS["commissioned"], RouteWish(60), GROUND)
    assert free.capacity > CAPACITY, "what must move together counts as one project"


def test_a_goal_that_breaks_a_rule_has_no_route():
    found = plan_route(TODAY, design("power=frontline_teams"), RouteWish(60), GROUND)
    assert isinstance(found, NoRoute)
    assert "L14" in found.reasons[0]


def test_a_quicker_pace_is_no_slower_and_a_slow_one_no_quicker():
    goal = GOALS["volunteer_responders"]
    quick, typically, slow = (
        plan_route(TODAY, goal, RouteWish(120, pace=p), GROUND).last_month
        for p in ("quick", "typical", "slow")
    )
    assert quick <= typically <= slow


def test_what_is_granted_need_not_be_asked_for():
    goal = GOALS["self_managing_teams"]
    asked = plan_route(TODAY, goal, RouteWish(60), GROUND)
    names = tuple(g.condition for g in asked.grants)
    granted = plan_route(TODAY, goal, RouteWish(60), replace(GROUND, met=(*GROUND.met, *names)))
    assert granted.grants == ()
    assert granted.last_month <= asked.last_month


def test_nowhere_to_go_takes_no_time():
    found = plan_route(TODAY, TODAY, RouteWish(), GROUND)
    assert found.moves == found.grants == ()
    assert found.last_month == 0


def test_what_todays_service_leans_on_counts_as_had():
    digital = TODAY.changed(technology="integrated_digital")
    assert "digital_foundations" in met_by(digital, (), CATALOGUE)
    assert met_by(TODAY, ("data_access",), CATALOGUE)[0] == "data_access"


def test_the_same_question_gets_the_same_route():
    one, other = (plan_route(TODAY, GOALS["direct_platform"], RouteWish(60), GROUND) for _ in range(2))
    assert one.moves == other.moves
    assert one.grants == other.grants


def test_ground_is_plain_data():
    assert isinstance(GROUND, Ground)
    assert GROUND.changes is CHANGES
