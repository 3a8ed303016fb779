import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.report.charts.zone_key import Sides
from remit.report.charts.zones import ZoneShape, zone_map, zone_map_table


def square(name, value, x=0, y=0, **other):
    w, s = -3.0 + 0.2 * x, 51.0 + 0.12 * y
    ring = ((w, s), (w + 0.2, s), (w + 0.2, s + 0.12), (w, s + 0.12), (w, s))
    return ZoneShape(name, value, (ring,), **other)


def circle(name, value, x=0.0, people=1000.0, **other):
    return ZoneShape(name, value, centroid=(-3.0 + x, 51.5), population=people, **other)


def draw(zones, **other):
    return zone_map(zones, title="Where", unit="minutes", **other)


ZONES = [
    square("Abbey", -2.0),
    square("Brook", 3.5, 1),
    square("Ring", 9.0, 2, measured=False),
    square("Dell", math.nan, 0, 1),
]


def test_zones_are_drawn_said_and_tabled(width, words, desc, examine):
    svg = draw(ZONES, width=width, value_label="Change", sides=Sides("faster", "slower"))
    said = words(svg)
    for part in ("Abbey", "−2", "Brook", "+3.5", "no data", "outside", "Change (minutes)", "km", "← faster"):
        assert part in said
    assert desc(svg).startswith(
        "Map of 4 zones, north up. Lowest: Abbey, −2 minutes. Highest: Brook, +3.5 minutes."
    )
    tips = [t.text for t in examine(svg).findall(".//{*}title")]
    assert "Brook: +3.5 minutes" in tips
    assert "Ring: outside the measured place" in tips
    assert "Dell: no data" in tips
    table = zone_map_table(ZONES, unit="minutes", value_label="Change")
    assert table.header == ("Zone", "Change (minutes)", "In the measured place")
    assert table.rows[1] == ("Brook", "3.5", "yes")
    assert table.rows[2][2] == "no"
    assert table.rows[3][1] == "not known"


def test_a_circle_has_area_by_people(examine):
    root = examine(draw([circle("a", 1.0, 0.0, 4000.0), circle("b", 2.0, 0.5, 1000.0)]))
    radii = sorted(float(c.attrib["r"]) for c in root.findall(".//{*}circle"))
    assert radii[1] / radii[0] == pytest.approx(2.0, rel=0.01)


def test_zones_with_and_without_outlines_share_a_map(width, words):
    said = words(draw([*ZONES, circle("Point", 1.0, 0.3)], width=width))
    assert "zones without an outline" in said


def test_a_zone_without_a_place_is_counted_not_drawn(words):
    lost = [
        ZoneShape("lost", 1.0),
        ZoneShape("nowhere", 1.0, centroid=(math.nan, 0.0)),
        ZoneShape("bad", 1.0, (((0, 0), (1, 1)),)),
    ]
    assert "3 zones are not drawn: no known place" in words(draw([*ZONES, *lost]))
    assert "no zone has a known place" in words(draw(lost))
    assert len(zone_map_table(lost, unit="").rows) == 3


def test_nothing_to_show(width, words):
    assert "Nothing to show" in words(draw([], width=width))
    assert zone_map_table([], unit="minutes").rows == ()


def test_one_zone_of_either_kind(width, examine):
    examine(draw([square("one", 1.0)], width=width))
    examine(draw([circle("one", 1.0)], width=width))
    examine(draw([circle("one", 1.0, people=math.nan)], width=width))
    examine(draw([circle("one", 1.0, people=-5.0)], diverging=False, width=width))


def test_nothing_known_and_all_alike(width, words):
    assert "no data" in words(draw([square("a", math.nan)], width=width))
    words(draw([square("a", 0.0), square("b", 0.0, 1)], width=width))
    words(draw([square("a", 5.0), square("b", 5.0, 1)], diverging=False, width=width))


def test_two_maps_can_share_their_breaks(words):
    assert "+0.5" in words(draw([square("a", 99.0)], breaks=(-0.5, 0.5)))


def test_odd_values(odd, width, examine):
    zones = [square("a", odd), square("b", 1.0, 1), circle("c", odd, 0.1, odd)]
    for diverging in (True, False):
        examine(draw(zones, diverging=diverging, width=width))


def test_awkward_names(awkward, width, examine):
    zones = [square(awkward, 1.0), circle(awkward, -1.0, 0.5), square(awkward, 1.0, 1, measured=False)]
    examine(zone_map(zones, title=awkward, unit=awkward, value_label=awkward, width=width))


def test_names_stand_inside_their_zones(examine):
    root = examine(
        draw(
            [square("Wide enough", 1.0), square("A name far too long for so small a zone, surely", 1.0, 1, 3)]
        )
    )
    said = [t.text or "" for t in root.findall(".//{*}text")]
    assert "Wide enough" in said


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(), st.floats(-200, 200), st.floats(-95, 95), st.floats(), st.booleans()),
        max_size=6,
    ),
    st.booleans(),
)
def test_any_zones_can_be_drawn(zones, diverging):
    draw([ZoneShape("z", v, (), (x, y), p, m) for v, x, y, p, m in zones], diverging=diverging)
