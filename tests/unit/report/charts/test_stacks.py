import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.report.charts.stacks import StackRow, stacked_bars, stacked_bars_table

ROWS = [
    StackRow("As now", {"Council": 2.4e6, "Trust": 8e5, "Charity": 4e4}),
    StackRow("Drone first", {"Council": 2.1e6, "Trust": 1.2e6, "Grant": -4e5}),
]


def draw(rows, **other):
    return stacked_bars(rows, title="Who pays", unit="£ a year", **other)


def test_parts_and_totals_are_drawn_said_and_tabled(width, words, desc):
    svg = draw(ROWS, width=width)
    said = words(svg)
    assert "A £2.4m" in said
    assert "£3.24m" in said
    assert "£2.9m" in said
    assert "savings taken off" in said
    assert "Drone first: total £2.9m a year (Council £2.1m a year" in desc(svg)
    table = stacked_bars_table(ROWS, unit="£ a year")
    assert table.header == ("Design", "Council", "Trust", "Charity", "Grant", "Total (£ a year)")
    assert table.rows[0] == ("As now", "£2,400,000", "£800,000", "£40,000", "0", "£3,240,000")
    assert table.rows[1][4] == "−£400,000"


def test_nothing_to_show(width, words):
    assert "Nothing to show" in words(draw([], width=width))
    assert "Nothing to show" in words(draw([StackRow("a", {})], width=width))
    assert stacked_bars_table([], unit="£").rows == ()


def test_what_is_not_known_is_left_out_and_named(width, words):
    said = words(
        draw([StackRow("a", {"x": math.nan, "y": 5.0}), StackRow("b", {"x": math.nan})], width=width)
    )
    assert "x in a; x in b" in said
    assert "not known" in said


def test_more_than_six_payers_are_put_together_but_tabled_in_full(words):
    rows = [StackRow("a", {f"payer {i}": float(i + 1) for i in range(9)})]
    said = words(draw(rows))
    assert "4 other payers" in said
    assert "payer 8" in said
    assert "payer 0" not in said
    assert len(stacked_bars_table(rows, unit="£").header) == 11


def test_parts_have_the_length_of_their_amounts(examine):
    root = examine(draw([StackRow("a", {"x": 300.0, "y": 100.0})]))
    bars = [e for e in root.findall(".//{*}rect") if e.find("{*}title") is not None]
    long, short = (float(b.attrib["width"]) for b in bars)
    assert long / short == pytest.approx(3.0, rel=0.01)


def test_only_savings_and_only_zeros(width, examine):
    examine(draw([StackRow("a", {"x": -5.0, "y": -3.0})], width=width))
    examine(draw([StackRow("a", {"x": 0.0}), StackRow("b", {"x": 0.0})], width=width))


def test_odd_values(odd, width, examine):
    examine(draw([StackRow("a", {"x": odd, "y": 1.0}), StackRow("b", {"x": odd})], width=width))


def test_awkward_names(awkward, width, examine):
    rows = [StackRow(awkward, {awkward: 3.0, f"{awkward} too": 0.01, "x": math.nan})]
    examine(stacked_bars(rows, title=awkward, unit=awkward, x_label=awkward, width=width))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.floats()), max_size=4))
def test_any_numbers_can_be_drawn(parts):
    rows = [StackRow(f"row {i}", p) for i, p in enumerate(parts)]
    draw(rows)
    table = stacked_bars_table(rows, unit="£")
    assert all(len(r) == len(table.header) for r in table.rows)
