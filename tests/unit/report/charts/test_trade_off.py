import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chart_words import outside, overlaps
from remit.report.charts.tokens import SMALL
from remit.report.charts.trade_off import KINDS, TradeOffPoint, trade_off, trade_off_table

POINTS = [
    TradeOffPoint("Drones first", 4.5, 3.0, 6.2, 2.5e6, 1.1e6, 3.9e6),
    TradeOffPoint("Two hubs", -1.2, -2.0, 0.4, -2.2e6, -3e6, -1.4e6, "known", note="as in the north"),
    TradeOffPoint("Volunteer responders", 2.0, 1.0, 3.5, -4e5, -8e5, 2e5),
]
NAMES = ("Night pooling", "Rural outposts", "Franchise", "Community first responders with drones")


def draw(points, **other):
    given = {"title": "Lives and pounds", "x_label": "Lives saved", "y_label": "Cost a year, pounds"}
    return trade_off(points, **{**given, **other})


def many(count, seed, spread=3.0):
    r = random.Random(seed)
    found = []
    for k in range(count):
        x, y = 3.0 + r.uniform(-spread, spread), r.uniform(-spread, spread) * 1e6
        dx, dy = r.uniform(0.2, 1.5), r.uniform(1e5, 1e6)
        kind = "known" if k % 3 == 0 else "found"
        found.append(TradeOffPoint(f"{NAMES[k % 4]} {k}", x, x - dx, x + dx, y, y - dy, y + dy, kind))
    return found


def sound(svg, examine):
    root = examine(svg)
    assert not overlaps(svg)
    assert not outside(svg)
    sizes = [float(e.attrib["font-size"]) for e in root.iter() if e.tag.endswith("text")]
    assert min(sizes) >= SMALL
    return root


def test_designs_are_drawn_said_and_tabled(width, words, desc, examine):
    svg = draw(POINTS, x_better="up", y_better="down", width=width)
    said = words(svg)
    assert all(p.label in said for p in POINTS)
    assert "today" in said
    assert "better →" in said
    assert "↓ better" in said
    assert "Two hubs: as in the north" in said
    assert "−2m" in said
    assert desc(svg).startswith(
        "3 designs by their differences to today, across Lives saved (more is better), "
        "up Cost a year, pounds (less is better): Drones first (found by the search): +4.5 (3 to 6.2) and +2.5m"
    )
    table = trade_off_table(POINTS, "Lives saved", "Cost")
    assert table.header[:5] == ("Design", "Lives saved", "Lives saved, low", "Lives saved, high", "Cost")
    assert table.rows[1][:4] == ("Two hubs", "−1.2", "−2", "0.4")
    assert table.rows[1][-2:] == ("a known pattern", "as in the north")
    assert all(len(r) == len(table.header) for r in table.rows)
    assert "Note" not in trade_off_table(POINTS[:1], "Lives saved", "Cost").header
    sound(svg, examine)


@pytest.mark.parametrize(
    ("x_better", "y_better", "expected"),
    [
        ("up", "up", {"better →", "↑ better"}),
        ("down", "down", {"← better", "↓ better"}),
        ("none", "none", set()),
    ],
)
def test_the_ends_of_the_axes_say_which_way_is_better(x_better, y_better, expected, width, words, examine):
    svg = draw(POINTS, x_better=x_better, y_better=y_better, width=width)
    assert {w for w in words(svg).split(" | ") if "better" in w} == expected
    sound(svg, examine)


def test_kinds_differ_in_shape_and_today_is_always_marked(words, count):
    none = [
        TradeOffPoint("a", 2.0, 2.0, 2.0, 1.0, 1.0, 1.0),
        TradeOffPoint("b", 1.0, 1, 1, 3.0, 3, 3, "known"),
    ]
    svg = draw(none)
    assert count(svg, "circle") == 1 + 1
    assert count(svg, "path") == 2 + 2
    assert KINDS["today"] in words(svg)
    assert KINDS["known"] not in words(draw(none[:1]))
    own = TradeOffPoint("The service now", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, "today")
    said = words(draw([own, *none]))
    assert "The service now" in said
    assert "today" not in said.split(" | ")


@pytest.mark.parametrize("spread", [3.0, 0.4, 0.0])
@pytest.mark.parametrize("count_of", [12, 20])
def test_every_design_is_named_or_numbered_and_nothing_overlaps(count_of, spread, width, words, examine):
    points = many(count_of, count_of, spread)
    svg = draw(points, x_better="up", y_better="down", width=width)
    said = words(svg)
    assert all(p.label in said for p in points)
    assert "| today |" in said
    assert "no room" not in said
    sound(svg, examine)


def test_designs_in_one_place_share_numbers_listed_in_order_below(width, words, count):
    kinds = ("found", "known", "found", "known", "found")
    same = [TradeOffPoint(f"design {k}", 0.6, 0.5, 0.7, 0.6, 0.5, 0.7, kind) for k, kind in enumerate(kinds)]
    said = words(draw(same, width=width)).split(" | ")
    assert "1–5" in said
    assert [said[said.index(str(k)) + 1] for k in range(1, 6)] == [f"design {k}" for k in range(5)]
    assert any("all but lie on one another" in w for w in said)
    assert (
        count(draw(same, width=width), "path") == 2 + 1 + 2 + 2
    )  # diamonds, then squares in key, plot and list


def test_a_range_far_longer_than_most_is_cut_with_a_mark(width, words, examine):
    long = [*many(6, 3), TradeOffPoint("wild", 3.0, -90.0, 95.0, 0.0, 0.0, 0.0)]
    whole = [*many(6, 3), TradeOffPoint("wild", 3.0, 2.0, 4.0, 0.0, 0.0, 0.0)]
    svg, other = draw(long, width=width), draw(whole, width=width)
    assert "goes on beyond the plot" in words(svg)
    assert "goes on beyond the plot" not in words(other)
    assert "goes on beyond the plot" not in words(draw([long[-1]], width=width))
    arrows = [e for e in examine(svg).iter() if e.tag.endswith("path") and "stroke" not in e.attrib]
    assert len(arrows) == 2


def test_ranges_not_known_are_not_drawn_and_said(count, desc, words):
    bare = TradeOffPoint("bare", 1.0, math.nan, 2.0, 1.0, math.inf, math.nan)
    svg = draw([bare])
    assert "range not known" in desc(svg)
    assert "Thin lines" not in words(svg)
    assert trade_off_table([bare], "x", "y").rows[0][1:4] == ("1", "not known", "not known")
    turned = TradeOffPoint("turned", 1.0, 2.0, 0.5, 1.0, 1.0, 1.0)
    assert trade_off_table([turned], "x", "y").rows[0][2:4] == ("0.5", "2")


def test_a_design_without_a_place_is_counted_not_drawn(width, words):
    lost = TradeOffPoint("lost", math.nan, 0.0, 0.0, 1.0, 0.0, 0.0)
    assert "1 design is not drawn: a value is not known." in words(draw([*POINTS, lost], width=width))
    assert "2 designs are not drawn" in words(draw([*POINTS, lost, lost], width=width))
    assert "no design has known values" in words(draw([lost], width=width))
    assert trade_off_table([lost], "x", "y").rows[0][:2] == ("lost", "not known")


def test_nothing_to_show(width, words):
    assert "Nothing to show: no designs were given." in words(draw([], width=width))
    assert trade_off_table([], "x", "y").rows == ()


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="found, known, today"):
        TradeOffPoint("a", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, "party")


def test_without_heading_and_with_a_prefix(words):
    svg = draw(POINTS, heading=False, id_prefix="trade")
    assert 'id="trade-title"' in svg
    assert "Lives and pounds" not in words(svg)


def test_the_same_input_gives_the_same_picture(width):
    assert draw(many(20, 1, 0.5), width=width) == draw(many(20, 1, 0.5), width=width)


def test_odd_values(odd, width, examine):
    points = [
        TradeOffPoint("a", odd, odd, 1.0, 1.0, 0.0, odd),
        TradeOffPoint("b", 1.0, odd, 2.0, odd, 0.0, 1.0),
        TradeOffPoint("c", 0.0, -odd, odd, 0.0, odd, odd),
    ]
    examine(draw(points, x_better="up", y_better="down", width=width))
    trade_off_table(points, "x", "y")


def test_awkward_names(awkward, width, examine):
    points = [
        TradeOffPoint(awkward, float(k), k - 0.5, k + 0.5, float(k % 3), 0.0, 3.0, kind, note=awkward)
        for k, kind in enumerate(KINDS)
    ]
    svg = draw(
        points, title=awkward, x_label=awkward, y_label=awkward, x_better="down", y_better="up", width=width
    )
    examine(svg)
    assert not overlaps(svg)


VALUE = st.floats(min_value=-1e7, max_value=1e7) | st.just(math.nan)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(*[VALUE] * 6, st.sampled_from(sorted(KINDS))), max_size=8))
def test_any_values_can_be_drawn(rows):
    points = [TradeOffPoint(f"design {k}", *row) for k, row in enumerate(rows)]
    svg = draw(points, x_better="up", y_better="up", width=360)
    assert svg.startswith("<svg")
    assert not overlaps(svg)
    assert not outside(svg)
    assert len(trade_off_table(points, "x", "y").rows) == len(rows)
