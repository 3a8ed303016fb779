import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.report.charts.tornado import DriverRow, drivers, drivers_table

ROWS = [
    DriverRow("small", 10.0, 10.5, correlation=0.1),
    DriverRow("large", 14.0, 6.0, correlation=-0.8, correlation_range=(-0.9, -0.7), assumption=True),
    DriverRow("unknown"),
]


def draw(rows, **other):
    return drivers(rows, title="What matters", **other)


def test_the_strongest_comes_first(width, words, desc):
    svg = draw(ROWS, width=width, unit="minutes", base=10.2)
    said = words(svg)
    assert said.index("large †") < said.index("small") < said.index("unknown")
    assert "low 14" in said
    assert "over all scenarios, 10.2 minutes" in said
    assert "large (assumption): 14 minutes at its low third, 6 minutes at its high third" in desc(svg)


def test_the_table_agrees():
    table = drivers_table(ROWS, unit="minutes")
    assert table.rows[0] == ("large", "14", "6", "−8", "yes")
    assert table.rows[-1] == ("unknown", "not known", "not known", "not known", "no")
    assert len(table.header) == 5


def test_correlations_lie_between_minus_one_and_one(width, words):
    svg = draw(ROWS, measure="correlation", width=width)
    said = words(svg)
    assert "−1.0" in said
    assert "(−0.9 to −0.7)" in said
    assert drivers_table(ROWS, measure="correlation").rows[0][:4] == ("large", "−0.8", "−0.9", "−0.7")


def test_only_the_top_are_shown_and_the_rest_counted(words):
    assert "2 more quantities matter less" in words(draw(ROWS, top=1))
    assert len(drivers_table(ROWS, top=1).rows) == 1


@pytest.mark.parametrize("measure", ["thirds", "correlation"])
def test_nothing_to_show(measure, width, words):
    assert "Nothing to show" in words(draw([], measure=measure, width=width))


@pytest.mark.parametrize("measure", ["thirds", "correlation"])
def test_odd_values(measure, odd, width, examine):
    rows = [DriverRow("a", odd, 1.0, odd, (odd, 1.0)), DriverRow("b", 2.0, odd)]
    examine(draw(rows, measure=measure, base=odd, width=width))


@pytest.mark.parametrize("measure", ["thirds", "correlation"])
def test_awkward_names(measure, awkward, width, examine):
    rows = [DriverRow(awkward, 2.0, 1.0, 0.5, (0.1, 0.9), awkward, True), DriverRow(awkward)]
    examine(
        drivers(rows, title=awkward, x_label=awkward, unit=awkward, measure=measure, base=1.5, width=width)
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(), st.floats()), max_size=5), st.floats() | st.none())
def test_any_numbers_can_be_drawn(values, base):
    draw([DriverRow("row", a, b) for a, b in values], base=base)


def test_the_same_at_both_ends(examine):
    examine(draw([DriverRow("flat", 3.0, 3.0), DriverRow("also flat", 3.0, 3.0)], base=math.nan))
