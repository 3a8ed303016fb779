from dataclasses import replace

import pytest

import remit.consistency.plan as planning
from design_spaces import BOOK, CATALOGUE, CHANGES, TYPICALLY_GRANTED, design, typical
from remit.catalogue.schema import Rule
from remit.consistency.moves import one_answer
from remit.consistency.plan import CAPACITY, Ground, met_by, plan_route, routes_by_aim
from remit.consistency.route import AIMS, NoRoute, Route, RouteWish, recheck
from remit.design.clauses import broken_rules, conditions_needed
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
    names = [CATALOGUE.variables[v].name.lower() for v in ("who_involved", "ownership", "public_role")]
    assert f"{', '.join(names)} must move together" in found.reasons[0]
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


def months_of(route):
    return range(route.last_month + 1)


@pytest.mark.parametrize("name", ["commissioned", "member_cooperative", "self_managing_teams"])
@pytest.mark.parametrize("pace", ["quick", "typical", "slow"])
def test_a_route_keeps_to_what_moves_and_grants_take_and_to_what_may_be_in_hand(name, pace):
    """Counted here from the catalogue's own ranges, without the planner's words."""
    at = {"quick": 0.0, "typical": 0.5, "slow": 1.0}[pace]
    route = plan_route(TODAY, GOALS[name], RouteWish(120, pace=pace, asks=2), GROUND)
    for move in route.moves:
        low, high = CHANGES.by_variable[move.variable].months
        assert abs(move.effect - move.begin - (low + at * (high - low))) <= 0.5
        assert move.begin >= 0
    for grant in route.grants:
        low, high = CATALOGUE.conditions[grant.condition].lead_months
        assert abs(grant.granted - grant.begin - (low + at * (high - low))) <= 0.5
        assert grant.begin >= 0
        assert grant.condition not in GROUND.met
    for month in months_of(route):
        in_hand = [m.variable for m in route.moves if m.begin <= month < m.effect]
        points = sum(CHANGES.by_variable[v].difficulty for v in in_hand)
        assert route.load(month) == points <= route.capacity
        assert sum(g.begin <= month < g.granted for g in route.grants) <= 2
    for month in months_of(route):
        now = route.transition.at(month)
        granted = {*GROUND.met, *(g.condition for g in route.grants if g.granted <= month)}
        assert {c.id for c in conditions_needed(now, TODAY, CATALOGUE)} <= granted
        assert broken_rules(now, CATALOGUE) == []


def test_with_hands_enough_the_fastest_way_takes_as_long_as_its_longest_grant_and_no_longer():
    route = plan_route(TODAY, GOALS["self_managing_teams"], RouteWish(60, capacity=100, asks=20), GROUND)
    low, high = CATALOGUE.conditions["risk_appetite"].lead_months
    assert route.is_proven
    assert route.last_month == max(g.granted for g in route.grants) == round(0.5 * (low + high))


def test_a_service_that_breaks_a_rule_today_may_move_out_of_it_and_into_no_other():
    today = design("power=frontline_teams")
    ground = replace(GROUND, met=met_by(today, TYPICALLY_GRANTED, CATALOGUE))
    assert [r.id for r in broken_rules(today, CATALOGUE)] == ["L14", "E01", "E02", "E03"]
    mended = plan_route(today, TODAY, RouteWish(24), ground)
    assert [m.variable for m in mended.moves] == ["power"]
    assert recheck(mended, BOOK, ground.met, CATALOGUE) == []
    worse = today.changed(employment_terms="zero_hours")
    assert isinstance(plan_route(today, worse, RouteWish(24), ground), NoRoute)


def test_a_goal_that_breaks_a_local_rule_is_told_so_by_name():
    ours = Rule.model_validate(
        {
            "id": "NO_BLANK_CHEQUES",
            "kind": "normative",
            "forbid": [{"v": "discretion", "in": ["full"]}],
            "why": "The treasurer says so.",
            "sources": ["minutes"],
        }
    )
    book = replace(BOOK, hard={**BOOK.hard, ours.id: ours})
    ground = replace(GROUND, book=book, met=tuple(CATALOGUE.conditions))
    found = plan_route(TODAY, TODAY.changed(discretion=2000.0), RouteWish(24), ground)
    assert isinstance(found, NoRoute)
    assert any("NO_BLANK_CHEQUES" in reason for reason in found.reasons)


def test_one_setting_that_is_too_heavy_is_not_said_to_move_together():
    found = plan_route(TODAY, GOALS["volunteer_responders"], RouteWish(60, capacity=3), GROUND)
    assert isinstance(found, NoRoute)
    assert found.reasons
    assert not any("must move together" in reason for reason in found.reasons)


def test_a_search_cut_short_does_not_claim_that_there_is_no_route(monkeypatch):
    monkeypatch.setattr(planning, "one_answer", lambda cp_model, *_: one_answer(cp_model, 0.0))
    found = plan_route(TODAY, GOALS["self_managing_teams"], RouteWish(60), GROUND)
    assert isinstance(found, NoRoute)
    assert not found.is_proven
