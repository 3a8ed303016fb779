import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chart_words import outside, overlaps
from remit.report.charts.timetable import KINDS, Task, timetable, timetable_table

TASKS = [
    Task("Council agrees", 0.0, 3.0, "condition", "by vote"),
    Task("Calls moved", 3.0, 6.0),
    Task("Old desk beside the new", 6.0, 12.0, "both"),
    Task("Contract ends", 12.0, 12.0),
]
MARKS = [(6.0, "Point of no return"), (12.0, "Contract ends")]


def draw(tasks, **other):
    return timetable(tasks, **{"months": 24.0, "title": "The plan", **other})


def bars(examine, svg):
    found = [e for e in examine(svg).findall(".//{*}rect") if e.find("{*}title") is not None]
    return {e.find("{*}title").text.split(":")[0]: e for e in found}


def test_tasks_and_marks_are_drawn_said_and_tabled(width, words, desc):
    svg = draw(TASKS, marks=MARKS, width=width)
    said = words(svg)
    for part in ("Council agrees", "by vote", "0 to 3", "Point of no return", "Months from the start"):
        assert part in said
    assert all(kind in said for kind in KINDS.values())
    assert said.index("Council agrees") < said.index("Calls moved") < said.index("Old desk")
    assert desc(svg).startswith(
        "Plan of 4 tasks over 24 months. Council agrees: condition to be granted, months 0 to 3;"
    )
    assert "Contract ends: setting being changed, month 12." in desc(svg)
    assert "Marked: Point of no return: month 6" in desc(svg)
    table = timetable_table(TASKS)
    assert table.header == ("What", "Kind", "From month", "To month", "Note")
    assert table.rows[0] == ("Council agrees", "Condition to be granted", "0", "3", "by vote")
    assert not overlaps(svg)
    assert not outside(svg)


def test_kinds_differ_in_more_than_colour_and_the_key_has_only_those_that_occur(width, words, examine):
    svg = draw(TASKS, width=width, id_prefix="plan")
    fills = {name: bar.attrib["fill"] for name, bar in bars(examine, svg).items()}
    assert fills["Council agrees"] == "url(#plan-condition)"
    assert fills["Old desk beside the new"] == "url(#plan-both)"
    assert fills["Calls moved"].startswith("#")
    only = draw(TASKS[1:2], width=width)
    assert KINDS["move"] in words(only)
    assert KINDS["both"] not in words(only)
    assert "pattern" not in only


def test_bars_have_the_length_of_their_months(width, examine):
    found = bars(examine, draw(TASKS, width=width))
    first, last = (float(found[n].attrib["width"]) for n in ("Calls moved", "Old desk beside the new"))
    assert last / first == pytest.approx(2.0, rel=0.01)
    assert float(found["Contract ends"].attrib["width"]) >= 3.0


@pytest.mark.parametrize(
    ("months", "some"), [(12, "| 6 |"), (24, "| 12 |"), (60, "| 24 |"), (240, "| 120 |")]
)
def test_months_go_by_steps_that_divide_years(months, some, width, words):
    said = words(draw([Task("a", 0.0, 1.0)], months=months, width=width))
    assert "| 0 |" in said
    assert some in said
    assert "| 5 |" not in said or months < 24


def test_a_task_beyond_the_end_is_drawn_whole(examine, words):
    assert "| 36 |" in words(draw([Task("a", 0.0, 36.0)], months=12))


@pytest.mark.parametrize("count", [1, 3, 6, 9, 20, 60])
def test_names_of_marks_do_not_lie_on_one_another(count, width, examine):
    marks = [(0.3 * k, f"A mark that matters {k}") for k in range(count)]
    svg = draw(TASKS, marks=marks, width=width)
    examine(svg)
    assert not overlaps(svg)
    assert not outside(svg)


def test_every_mark_is_named_even_where_letters_stand_for_names(words):
    said = words(draw(TASKS, marks=[(float(k), f"Mark {k}") for k in range(12)], width=360))
    assert "A, month 0: Mark 0." in said
    assert all(f"Mark {k}." in said for k in range(12))


def test_dashed_lines_meet_no_words_on_a_narrow_sheet(examine):
    svg = draw(TASKS, marks=MARKS, width=360)
    dashed = [e for e in examine(svg).findall(".//{*}line") if "stroke-dasharray" in e.attrib]
    assert len(dashed) == len(TASKS) * len(MARKS)


def test_what_is_not_known_is_said(width, words):
    tasks = [Task("a", math.nan, 3.0), Task("b", 1.0, 2.0)]
    said = words(draw(tasks, marks=[(math.nan, "Some day")], width=width))
    assert said.count("not known") >= 2
    assert "Month not known, so not drawn: Some day." in said
    assert timetable_table(tasks).rows[0][2:4] == ("not known", "3")


def test_months_in_the_wrong_order_are_turned():
    assert Task("a", 9.0, 6.0).months() == (6.0, 9.0)
    assert timetable_table([Task("a", 9.0, 6.0)]).rows[0][2:4] == ("6", "9")


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="condition, move, both"):
        Task("a", 0.0, 1.0, "party")


def test_nothing_to_show(width, words):
    assert "Nothing to show" in words(draw([], marks=MARKS, width=width))
    assert timetable_table([]).rows == ()


def test_the_same_input_gives_the_same_picture(width):
    assert draw(TASKS, marks=MARKS, width=width) == draw(TASKS, marks=MARKS, width=width)


def test_the_heading_may_be_left_to_the_page(words):
    assert "The plan" not in words(draw(TASKS, heading=False))


def test_odd_months(odd, width, examine):
    for months in (odd, 12.0):
        tasks = [Task("a", odd, 1.0), Task("b", 0.0, odd), Task("c", odd, odd, "both")]
        examine(draw(tasks, months=months, marks=[(odd, "odd")], width=width))


def test_awkward_names(awkward, width, examine):
    tasks = [Task(awkward, 0.0, 3.0, kind, awkward) for kind in KINDS]
    svg = timetable(tasks, months=12, title=awkward, marks=[(2.0, awkward), (2.0, awkward)], width=width)
    examine(svg)
    assert not overlaps(svg)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(), st.floats(), st.sampled_from(sorted(KINDS))), max_size=4),
    st.floats(),
    st.lists(st.tuples(st.floats(), st.just("mark")), max_size=3),
)
def test_any_months_can_be_drawn(tasks, months, marks):
    rows = [Task("task", *t) for t in tasks]
    assert draw(rows, months=months, marks=marks).startswith("<svg")
    assert len(timetable_table(rows).rows) == len(rows)
