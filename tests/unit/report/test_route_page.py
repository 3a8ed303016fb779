import re
from dataclasses import replace

import pytest

from pages import read_page
from remit.consistency.route import AIMS, NoRoute
from remit.design.design import changes_from
from remit.report.route_page import render_route
from remit.report.route_text import tasks_of
from small_brief import CATALOGUE
from standing import city, ways_to

NASTY = "<script>alert(1)</script>"


def rendered(goal, *aims, title=None, place="Here", **wish):
    routes = ways_to(goal, *(aims or AIMS), **wish)
    design = next((r.goal for r in routes.values() if not isinstance(r, NoRoute)), city().today)
    design = replace(design, title=title or design.title)
    return render_route(city().today, design, routes, CATALOGUE, city().ground.changes, 2023, place)


@pytest.mark.parametrize("name", ["volunteer_responders", "direct_platform", "community_finance"])
def test_a_page_of_routes_is_well_formed_and_needs_no_network(name):
    page = read_page(rendered(name))
    assert [i for i in page.ids if i in AIMS] == list(AIMS)


def test_what_a_person_wrote_is_escaped():
    text = rendered("discretion=100", title=NASTY, place=f"Here {NASTY}")
    assert "<script" not in text
    assert read_page(text).words.count(NASTY) >= 3


def test_what_changes_is_a_table_of_today_and_then():
    rows = read_page(rendered("direct_platform", "fastest")).rows
    goal = ways_to("direct_platform")["fastest"].goal
    changed = changes_from(goal, city().today)
    start = rows.index(["Setting", "Today", "Then"])
    told = rows[start + 1 : start + 1 + len(changed)]
    assert [r[0] for r in told] == [CATALOGUE.variables[v].name for v in changed]
    assert ["Employment terms", "salaried", "self employed"] in told
    assert all(r[1] != r[2] for r in told)


def test_every_bar_of_the_timetable_is_a_row_of_a_table_too():
    route = ways_to("direct_platform")["fastest"]
    rows = [r[:4] for r in read_page(rendered("direct_platform", "fastest")).rows if len(r) == 5]
    tasks = tasks_of(route, CATALOGUE)
    assert len(rows) == len(tasks) + 1
    for task in tasks:
        assert [task.label, str(task.start), str(task.end)] in [[r[0], r[2], r[3]] for r in rows]


def test_a_sentence_is_one_paragraph_however_a_terminal_would_wrap_it():
    text = rendered("direct_platform", "fastest")
    for start, end in (("One-off cost", "an assumption)."), ("Old and new run", "(an assumption).")):
        assert re.search(rf"<p>{start}[^<]*{re.escape(end)}</p>", text)


def test_the_point_of_no_return_is_marked_in_the_picture_and_told_in_words():
    route = ways_to("direct_platform")["fastest"]
    words = read_page(rendered("direct_platform", "fastest")).words
    assert f"no way back alone: month {route.no_return}" in words
    assert f"Point of no return: month {route.no_return}" in words


def test_a_way_that_serves_two_aims_is_drawn_once():
    routes = ways_to("community_foundation", *AIMS)
    same = [a for a in AIMS if routes[a].moves == routes["fastest"].moves]
    assert len(same) > 1
    text = rendered("community_foundation")
    assert text.count("<figure>") == len(AIMS) - len(same) + 1
    assert "The same as the fastest." in read_page(text).words


def test_where_there_is_no_way_the_page_says_why():
    page = read_page(rendered("volunteer_responders", "fastest", months=6))
    assert "figure" not in page.tags
    assert "No route within 6 months." in page.words
    assert "community_capacity" in page.words
    assert "--months 21" in page.words


def test_a_way_that_may_not_be_the_best_says_so():
    (route,) = ways_to("discretion=100").values()
    assert "better one may exist" not in rendered("discretion=100", "fastest")
    unsure = {"fastest": replace(route, is_proven=False)}
    page = render_route(city().today, route.goal, unsure, CATALOGUE, city().ground.changes, 2023, "Here")
    assert "better one may exist" in page


def test_the_same_routes_give_the_same_page_letter_for_letter():
    assert rendered("direct_platform") == rendered("direct_platform")


def test_where_nothing_changes_the_page_says_that_and_no_more():
    page = read_page(rendered("today"))
    assert "Nothing changes" in page.words
    assert "Worst month" not in page.words
