from dataclasses import replace

import pytest

from remit.consistency.route import NoRoute, Route
from remit.design.clauses import tensions
from remit.ground.deflator import inflate
from remit.report.route_text import (
    facts,
    marks_of,
    money_k,
    months_that_matter,
    no_route_lines,
    one_off_cost,
    route_lines,
    tasks_of,
)
from small_brief import CATALOGUE
from standing import city, ways_to

CHANGES = city().ground.changes
YEAR = 2023


def way(goal, aim="fastest", **wish):
    found = ways_to(goal, aim, **wish)[aim]
    assert isinstance(found, Route)
    return found


def words(route):
    return " ".join(" ".join(route_lines(route, CATALOGUE, CHANGES, YEAR)).split())


def told(route):
    return " ".join(" ".join(facts(route, CATALOGUE, CHANGES, YEAR)).split())


def test_a_route_is_told_month_by_month_in_order():
    route = way("volunteer_responders")
    lines = [line for line in route_lines(route, CATALOGUE, CHANGES, YEAR) if line.startswith("Month ")]
    months = [int(line.split()[1]) for line in lines]
    assert months == months_that_matter(route) == sorted(months)
    assert months[0] == 0
    assert months[-1] == route.last_month
    assert f"In effect in month {route.last_month}." in words(route)


def test_everything_that_is_asked_for_begun_granted_and_changed_is_in_its_month():
    route = way("volunteer_responders")
    parts = words(route).split("Month ")
    by_month = {int(p.split()[0]): p for p in parts if p.split()[0].isdigit()}
    for grant in route.grants:
        name = CATALOGUE.conditions[grant.condition].name
        assert name in by_month[grant.begin].split("granted by now")[0].split("ask for")[1]
        assert name in by_month[grant.granted].split("granted by now")[1]
    for move in route.moves:
        name = CATALOGUE.variables[move.variable].name
        assert name.lower() in by_month[move.begin].split("begin work on")[1]
        assert f"{name}: " in by_month[move.effect].split("takes effect")[1]


def test_moves_of_one_month_are_said_to_go_together():
    route = way("volunteer_responders")
    together = [k for k, v in route.together() if len(v) > 1]
    assert words(route).count("takes effect together:") == len(together) > 0
    assert words(route).count("takes effect:") == len(route.together()) - len(together)


def test_a_route_that_may_not_be_the_best_says_so():
    route = way("discretion=100")
    assert "a better one may exist" not in words(route)
    assert "a better one may exist" in words(replace(route, is_proven=False))


def test_where_nothing_changes_that_is_all_there_is_to_say():
    assert words(way("today")) == "Nothing changes: today's service is already there."


def test_the_one_off_cost_adds_up_moves_and_grants_in_the_brief_s_pounds():
    route = way("volunteer_responders")
    low, high = one_off_cost(route, CATALOGUE, CHANGES, CHANGES.price_year)
    moves = [CHANGES.by_variable[m.variable].cost_k for m in route.moves]
    grants = [CATALOGUE.conditions[g.condition].cost_k for g in route.grants]
    assert low == pytest.approx(sum(k[0] for k in moves + grants))
    assert high == pytest.approx(sum(k[1] for k in moves + grants))
    earlier = one_off_cost(route, CATALOGUE, CHANGES, YEAR)
    assert earlier == pytest.approx((inflate(low, 2025, YEAR), inflate(high, 2025, YEAR)))
    assert earlier[0] < low
    assert f"{money_k(*earlier)} of {YEAR}" in told(route)


def test_money_is_not_told_more_finely_than_it_is_known():
    assert money_k(85.04, 423.0) == "£85,000 to £420,000"
    assert money_k(0.0, 3043.07) == "£0 to £3,000,000"


def test_old_beside_new_is_told_only_where_other_people_or_another_body_take_over():
    assert "Nothing is run twice" in told(way("self_managing_teams"))
    route = way("direct_platform")
    first, end = route.double_months
    assert f"in months {first} to {end}, {end - first} months" in told(route)
    assert "5% to 50%" in told(route)
    ownership = [m.effect for m in route.moves if m.variable in ("ownership", "who_involved")]
    assert first == min(ownership)
    assert end == max(ownership) + 6


def test_the_point_of_no_return_is_the_first_move_that_cannot_be_taken_back():
    route = way("direct_platform")
    (owned,) = (m for m in route.moves if m.undo == "no")
    assert f"Point of no return: month {owned.effect}, when ownership and organisation type" in told(route)
    assert marks_of(route) == ((float(owned.effect), "no way back alone"),)


def test_without_one_it_says_what_is_hard_to_take_back():
    route = way("self_managing_teams")
    assert marks_of(route) == ()
    said = told(route)
    said = said[said.index("No point of no return") :]
    assert "structure" in said[: said.index("Worst month")]
    easy = told(way("discretion=100"))
    assert "every step can be taken back." in easy


@pytest.mark.parametrize("goal", ["volunteer_responders", "direct_platform"])
def test_the_worst_month_is_the_one_with_most_in_hand(goal):
    route = way(goal)
    loads = {m: route.load(m) for m in range(route.last_month)}
    worst = max(loads.values())
    month = next(m for m, load in loads.items() if load == worst)
    said = told(route)
    said = said[said.index("Worst month") :]
    assert f"manage: {month}, with {worst} of {route.capacity} points" in said
    for move in route.moves:
        name = CATALOGUE.variables[move.variable].name.lower()
        assert (name in said) == (move.begin <= month < move.effect)


def test_more_tensions_than_today_are_told_with_the_month_they_are_most():
    route = way("direct_platform")
    counts = [len(tensions(route.transition.at(m), CATALOGUE)) for m in range(route.last_month + 1)]
    assert max(counts) > counts[0]
    month = counts.index(max(counts))
    assert f"{max(counts)} from month {month} (today {counts[0]})" in told(route)
    assert "tensions" not in told(way("discretion=100"))


def test_no_route_says_why_and_how_many_months_would_do():
    found = NoRoute(("this takes long", "that is heavy"), 12, 30)
    lines = no_route_lines(found)
    assert lines[0] == "No route within 12 months."
    assert "this takes long" in lines[1]
    assert "that is heavy" in lines[2]
    assert "--months 30" in lines[-1]


def test_no_route_at_all_names_no_months():
    lines = no_route_lines(NoRoute(("it is refused",), 12))
    assert lines[0] == "No route."
    assert not any("months" in line for line in lines)


def test_a_timetable_has_a_row_for_each_grant_each_move_and_what_runs_twice():
    route = way("direct_platform")
    tasks = tasks_of(route, CATALOGUE)
    kinds = [t.kind for t in tasks]
    assert kinds == ["condition"] * len(route.grants) + ["move"] * len(route.moves) + ["both"]
    assert {(t.label, t.start, t.end) for t in tasks} == {
        *((CATALOGUE.conditions[g.condition].name, g.begin, g.granted) for g in route.grants),
        *((CATALOGUE.variables[m.variable].name, m.begin, m.effect) for m in route.moves),
        ("Old way kept beside the new", *route.double_months),
    }
    assert "both" not in [t.kind for t in tasks_of(way("self_managing_teams"), CATALOGUE)]
