import json

import pytest

from remit.consistency.route import NoRoute
from remit.design.design import plain
from remit.report.route_plain import route_plain
from remit.report.route_text import one_off_cost
from small_brief import CATALOGUE
from standing import city, ways_to

CHANGES = city().ground.changes


def told(goal, **wish):
    (found,) = ways_to(goal, **wish).values()
    return found, json.loads(json.dumps(route_plain(found, CATALOGUE, CHANGES, 2023), allow_nan=False))


def test_a_route_holds_every_move_and_grant_with_its_months():
    route, said = told("direct_platform")
    assert [(m["variable"], m["begin"], m["effect"]) for m in said["route"]] == [
        (m.variable, m.begin, m.effect) for m in route.moves
    ]
    assert {m["variable"]: m["to"] for m in said["route"]} == {
        m.variable: plain(route.goal.settings[m.variable]) for m in route.moves
    }
    assert [(g["condition"], g["begin"], g["granted"]) for g in said["conditions"]] == [
        (g.condition, g.begin, g.granted) for g in route.grants
    ]


def test_what_moves_in_one_month_stands_together():
    route, said = told("direct_platform")
    assert [s["month"] for s in said["together"]] == sorted({m.effect for m in route.moves})
    assert sorted(v for s in said["together"] for v in s["settings"]) == sorted(
        m.variable for m in route.moves
    )
    assert said["in_effect_month"] == said["together"][-1]["month"]


def test_months_that_matter_and_money_are_there():
    route, said = told("direct_platform")
    assert said["double_running_months"] == list(route.double_months)
    assert said["no_return_month"] == route.no_return
    assert said["heaviest_month"] == route.heaviest_month
    low, high = one_off_cost(route, CATALOGUE, CHANGES, 2023)
    assert said["one_off_cost_gbp"] == pytest.approx([1000 * low, 1000 * high])
    assert said["price_year"] == 2023
    assert said["proven"] is True


def test_what_a_route_has_not_is_null_and_not_missing():
    _, plainer = told("self_managing_teams")
    _, fuller = told("direct_platform")
    assert plainer["double_running_months"] is None
    assert plainer["no_return_month"] is None
    assert set(plainer) == set(fuller)


def test_no_route_is_null_with_its_reasons():
    found, said = told("volunteer_responders", months=6)
    assert isinstance(found, NoRoute)
    assert said["route"] is None
    assert said["reasons"] == list(found.reasons)
    assert said["shortest_months"] == found.shortest_months
    _, never = told("volunteer_responders", refused=("community_capacity",))
    assert never["shortest_months"] is None


def test_where_nothing_changes_there_is_a_route_without_moves():
    _, said = told("today")
    assert said["route"] == []
    assert said["in_effect_month"] == 0
    assert said["one_off_cost_gbp"] == [0.0, 0.0]
