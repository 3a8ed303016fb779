import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.report.charts.trends import LineSeries, lines, lines_table

MONTHS = tuple(f"2026-{m:02d}" for m in range(1, 13))


def line(name="one", start=10.0, **other):
    return LineSeries(name, MONTHS, tuple(start + m for m in range(12)), **other)


def draw(series, **other):
    return lines(series, title="Each month", x_label="Month", y_label="Calls", **other)


def test_lines_are_named_said_and_tabled(width, words, desc):
    one = line("As now", low=(9.0,) * 12, high=(30.0,) * 12)
    svg = draw([one], width=width, unit="calls")
    assert "As now" in words(svg)
    assert "from 10 calls in 2026-01 to 21 calls in 2026-12" in desc(svg)
    assert "Shaded" in words(svg)
    table = lines_table([one], unit="calls")
    assert table.header == ("Month", "As now (calls)", "As now, low", "As now, high")
    assert table.rows[0] == ("2026-01", "10", "9", "30")
    assert len(table.rows) == 12


def test_without_bands_nothing_is_shaded(words):
    one = line(low=(9.0,) * 12, high=(30.0,) * 12)
    assert "Shaded" not in words(draw([one], band=False))
    assert len(lines_table([one], band=False).header) == 2


def test_series_of_unlike_months_share_one_table():
    table = lines_table([LineSeries("a", ("2026-02",), (1.0,)), LineSeries("b", ("2026-01",), (2.0,))])
    assert table.rows == (("2026-01", "not known", "2"), ("2026-02", "1", "not known"))


def test_nothing_to_show(width, words):
    for series in ([], [LineSeries("a", (), ())], [LineSeries("a", ("2026-01",), (math.nan,))]):
        assert "Nothing to show" in words(draw(series, width=width))


def test_a_gap_breaks_the_line(count):
    whole, broken = line(), LineSeries("gap", MONTHS, (*range(5), math.nan, math.nan, *range(5)))
    assert draw([broken]).count('fill="none"') == draw([whole]).count('fill="none"') + 1


def test_one_point(width, words):
    one = LineSeries("only", ("2026-03",), (4.0,), (3.0,), (5.0,))
    said = words(draw([one], width=width))
    assert "Mar" in said
    assert "4" in said


def test_six_alike_with_awkward_names(awkward, width, words, examine):
    svg = draw([line(f"{awkward}{i}") for i in range(6)], width=width)
    assert words(svg).count("21") >= 6
    examine(
        lines([line(awkward)], title=awkward, x_label=awkward, y_label=awkward, unit=awkward, width=width)
    )


def test_odd_values(odd, width, examine):
    one = LineSeries("odd", MONTHS[:3], (odd, 1.0, odd), (odd, 0.5, 1.0), (2.0, 2.0, odd))
    examine(draw([one, line()], width=width))
    examine(draw([LineSeries("odd", MONTHS[:1], (odd,))], width=width))


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="each month"):
        LineSeries("a", MONTHS, (1.0,))
    with pytest.raises(ValueError, match="each month"):
        line(low=(1.0,) * 12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(), st.floats(), st.floats()), max_size=12))
def test_any_numbers_can_be_drawn(values):
    n = len(values)
    columns = [tuple(v[k] for v in values) for k in range(3)]
    one = LineSeries("any", MONTHS[:n], *columns)
    draw([one])
    assert len(lines_table([one]).rows) == n
