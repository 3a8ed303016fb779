from pathlib import Path

import pytest

from remit.consistency.route import AIMS, NoRoute, Route, RouteWish
from remit.design.clauses import conditions_needed
from remit.design.design import TODAY, changes_from
from remit.ground.faults import Faults
from remit.workbench import routes
from remit.workbench.designs import grown_from_signature, stand_on
from remit.workbench.routes import find_routes, goal_for
from remit.workbench.thinking import judge
from small_brief import CATALOGUE, codes_of
from standing import NO_RESPONDERS, city, files, never, proposed, town, under, ways_to


def no_way(goal, **wish):
    (found,) = ways_to(goal, **wish).values()
    assert isinstance(found, NoRoute), goal
    return found


@pytest.mark.parametrize("name", list(CATALOGUE.archetypes))
def test_to_every_archetype_there_is_a_way_within_five_years(name):
    place = city()
    (found,) = ways_to(name).values()
    assert isinstance(found, Route)
    assert found.last_month <= 60
    assert found.is_proven
    assert found.start == place.today
    assert sorted(m.variable for m in found.moves) == sorted(changes_from(found.goal, place.today))


@pytest.mark.parametrize("name", ["volunteer_responders", "member_cooperative", "direct_platform"])
def test_in_every_month_the_design_holds_together_and_has_what_it_needs(name):
    place = city()
    for found in ways_to(name, *AIMS).values():
        assert set(found.transition.goal.settings.items()) == set(found.goal.settings.items())
        for month in range(found.last_month + 1):
            design = found.transition.at(month)
            assert judge(design, place).is_consistent
            granted = {g.condition for g in found.grants if g.granted <= month}
            needed = {c.id for c in conditions_needed(design, place.today, CATALOGUE)}
            assert needed <= {*place.ground.met, *granted}
            in_hand = [m.difficulty for m in found.moves if m.begin <= month < m.effect]
            assert sum(in_hand) <= found.capacity


def test_each_aim_gets_what_it_asks_for():
    found = ways_to("direct_platform", *AIMS)
    fastest, cheapest, safest = (found[a] for a in AIMS)
    assert [r.wish.aim for r in found.values()] == list(AIMS)
    assert fastest.last_month == min(r.last_month for r in found.values())

    def beside(route):
        return route.double_months[1] - route.double_months[0]

    def heaviest(route):
        return route.load(route.heaviest_month)

    assert beside(cheapest) == min(map(beside, found.values()))
    assert heaviest(safest) == min(map(heaviest, found.values()))
    assert heaviest(safest) < heaviest(fastest)


def test_a_slow_pace_is_slower_and_a_quick_one_quicker():
    quick, typical, slow = (
        ways_to("volunteer_responders", pace=p)["fastest"].last_month for p in ("quick", "typical", "slow")
    )
    assert quick < typical < slow <= 60


def test_too_few_months_say_what_takes_so_long_and_how_many_would_do():
    found = no_way("volunteer_responders", months=6)
    assert found.months == 6
    assert any("community_capacity" in r for r in found.reasons)
    assert found.shortest_months == ways_to("volunteer_responders")["fastest"].last_month
    again = ways_to("volunteer_responders", months=found.shortest_months)["fastest"]
    assert again.last_month == found.shortest_months
    assert isinstance(ways_to("volunteer_responders", months=found.shortest_months - 1)["fastest"], NoRoute)


def test_a_condition_that_is_refused_and_needed_is_the_reason():
    found = no_way("volunteer_responders", refused=("community_capacity",))
    (reason,) = found.reasons
    assert "community_capacity" in reason
    assert not found.shortest_months


def test_a_condition_that_is_refused_and_not_needed_changes_nothing():
    plain = ways_to("self_managing_teams")["fastest"]
    refused = ways_to("self_managing_teams", refused=("community_capacity",))["fastest"]
    assert (refused.moves, refused.grants) == (plain.moves, plain.grants)


def test_less_in_hand_than_must_move_together_is_no_way():
    found = no_way("member_cooperative", capacity=6)
    assert any("ownership" in r and "power" in r and "6" in r for r in found.reasons)


def test_a_single_setting_that_is_too_much_at_once_is_not_said_to_move_together():
    assert not any("together" in r for r in no_way("volunteer_responders", capacity=2).reasons)


def test_a_goal_that_breaks_a_rule_is_no_goal_and_the_rule_says_so():
    found = no_way("power=frontline_teams")
    assert {"L13", "L14", "E01"} <= {r.split("breaks ")[1].split(":")[0] for r in found.reasons}


def test_a_goal_that_breaks_a_local_rule_is_told_by_that_rule():
    place = under(NO_RESPONDERS, city())
    goal = goal_for("volunteer_responders", place, never)
    assert [f.rule.id for f in judge(goal, place).broken] == ["we_decide"]
    (found,) = find_routes(goal, RouteWish(60), place, ("fastest",)).values()
    assert any("we_decide" in r for r in found.reasons)


def test_today_is_reached_without_a_move():
    (found,) = ways_to(TODAY).values()
    assert found.moves == found.grants == ()
    assert found.last_month == 0
    assert found.double_months is None


def test_an_archetype_is_taken_as_the_place_would_have_it_and_a_brief_s_own_design_as_written():
    place = city()
    own = goal_for("volunteer_responders", place, never)
    assert own == place.opened.designs["volunteer_responders"]
    grown = goal_for("self_managing_teams", place, never)
    assert grown == grown_from_signature("self_managing_teams", place).design
    assert len(changes_from(grown, place.today)) < len(
        changes_from(proposed("self_managing_teams").design, place.today)
    )
    assert goal_for("volunteer_responders", town(), never).title == "Volunteer responders"


def test_a_goal_is_typed_out_or_read_from_a_file_too():
    assert changes_from(goal_for("discretion=100", city(), never), city().today) == ["discretion"]
    text = "design: mine\nsettings: {discretion: 100}\n"
    assert goal_for("mine.yaml", city(), files(mine=text)).id == "mine"


def test_an_archetype_that_cannot_be_had_here_is_a_fault():
    rule = (
        "- {id: us, kind: normative, forbid: [{v: ownership, not_in: [public_body]}], why: x, assumption: x}"
    )
    place = under(f"remit_rules: 1\nrules:\n{rule}\n", city())
    with pytest.raises(Faults) as raised:
        goal_for("direct_platform", place, never)
    assert codes_of(raised.value) == ["DSN009"]
    assert goal_for("self_managing_teams", place, never).settings["ownership"] == "public_body"


def test_an_unknown_goal_names_the_nearest():
    with pytest.raises(Faults, match='"volunteer_responders"'):
        goal_for("volunteer_responder", city(), never)


def test_a_softened_rule_opens_a_way_that_was_barred():
    goal = "power=frontline_teams, discretion=200, relationship=decentralised_teams"
    assert any("E01" in r for r in no_way(goal).reasons)
    place = stand_on(city().opened, Path("r.yaml"), files(r="remit_rules: 1\nsoften: [E01]\n"))
    (found,) = find_routes(goal_for(goal, place, never), RouteWish(60), place, ("fastest",)).values()
    assert isinstance(found, Route)


def test_a_route_that_the_plain_reading_refuses_is_a_defect_of_ours(monkeypatch):
    monkeypatch.setattr(routes, "recheck", lambda *given: ["month 3: L14 is broken"])
    with pytest.raises(AssertionError, match="L14"):
        find_routes(goal_for("discretion=100", city(), never), RouteWish(), city(), ("fastest",))
