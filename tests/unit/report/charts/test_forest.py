import math

from hypothesis import given, settings
from hypothesis import strategies as st

from remit.report.charts.forest import IntervalRow, Meaning, intervals, intervals_table

number = st.floats() | st.just(0.0)


def draw(rows, **other):
    return intervals(rows, title="Compared", x_label="Difference", **other)


def test_values_and_ranges_are_drawn_said_and_tabled(width, words, desc):
    rows = [
        IntervalRow("Cost", -1234.5, -2000.0, 100.0, outer=(-3000.0, 500.0), note="a year", assumption=True)
    ]
    svg = draw(rows, unit="£", width=width, meaning=Meaning("middle", "most", "all", "less", "more"))
    said = words(svg)
    assert "Cost †" in said
    assert "−£1,234" in said
    assert "(−£2,000 to £100)" in said
    assert "assumption" in said
    assert "← less" in said
    assert "Cost (assumption): −£1,234, −£2,000 to £100" in desc(svg)
    table = intervals_table(rows, unit="£")
    assert table.rows == (("Cost", "−1,234", "−2,000", "100", "−3,000", "500", "a year", "yes"),)
    assert len(table.header) == len(table.rows[0])


def test_what_is_not_known_is_said(width, words):
    said = words(
        draw(
            [IntervalRow("a", math.nan), IntervalRow("b", 2.0), IntervalRow("c", 1.0, 0.0, 2.0)], width=width
        )
    )
    assert said.count("not known") >= 3
    assert "range not known" in said


def test_ends_in_the_wrong_order_are_turned():
    assert IntervalRow("a", 1.0, 2.0, 0.0).inner_range() == (0.0, 2.0)


def test_only_zeros(width, words):
    said = words(draw([IntervalRow(n, 0.0, 0.0, 0.0) for n in "abc"], width=width))
    assert "−1.0" in said
    assert "1.0" in said


def test_nothing_to_show(width, words):
    assert "Nothing to show" in words(draw([], width=width))
    assert intervals_table([]).rows == ()


def test_without_a_zero_line_the_axis_keeps_to_the_values(words):
    assert "| 100 |" not in words(draw([IntervalRow("a", 1005.0, 1001.0, 1009.0)], zero_line=False))


def test_odd_values(odd, width, examine):
    rows = [IntervalRow("a", odd, odd, 1.0, (odd, odd)), IntervalRow("b", 1.0, 0.5, odd)]
    examine(draw(rows, width=width))


def test_awkward_names(awkward, width, examine):
    rows = [
        IntervalRow(awkward, 1.0, 0.5, 2.0, note=awkward, assumption=True),
        IntervalRow(awkward, math.nan),
    ]
    meaning = Meaning(awkward, awkward, awkward, awkward, awkward)
    examine(intervals(rows, title=awkward, x_label=awkward, meaning=meaning, footnote=awkward, width=width))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(number, number, number, st.none() | st.tuples(number, number)), max_size=4),
    st.booleans(),
)
def test_any_numbers_can_be_drawn(values, zero_line):
    rows = [IntervalRow("row", *v) for v in values]
    svg = draw(rows, zero_line=zero_line)
    assert svg.startswith("<svg")
    assert len(intervals_table(rows).rows) == len(rows)


def test_which_way_is_which_is_said_even_where_there_is_no_room(width, words):
    meaning = Meaning(below="a long way of saying that it costs less", above="more")
    said = words(draw([IntervalRow("a", 5.0, 0.0, 9.0)], meaning=meaning, width=width))
    assert "Left of zero: a long way of saying" in said
