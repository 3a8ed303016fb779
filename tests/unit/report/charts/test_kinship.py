import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chart_words import outside, overlaps, word_boxes
from remit.report.charts.kinship import KINDS, Spot, Tie, kinship_map, kinship_table
from remit.report.charts.spacing import Box

SPOTS = [
    Spot("Traditional in-house service", 0.0, 0.0),
    Spot("Volunteer responders", 4.0, 1.0),
    Spot("Self-managing teams", 5.0, 3.0),
    Spot("Drones first", 4.5, 1.5, "own"),
    Spot("The service now", 0.5, 0.4, "today"),
]
TIES = [Tie(0, 4, 3), Tie(1, 3, 5), Tie(2, 3, 9), Tie(0, 1, 14)]


def draw(spots, ties=(), **other):
    return kinship_map(spots, ties, title="Kin", **other)


def marks(examine, svg):
    """The middles and halves of the marks, those of the key left out."""
    found = []
    for e in examine(svg).iter():
        if e.tag.endswith("circle"):
            found.append((float(e.attrib["cx"]), float(e.attrib["cy"]), float(e.attrib["r"])))
        elif e.tag.endswith("path") and "Z" in e.attrib["d"]:
            points = [tuple(map(float, p.split())) for p in e.attrib["d"].strip("MZ").split("L")]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            found.append(((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, (max(xs) - min(xs)) / 2))
    return found


def test_designs_and_ties_are_drawn_said_and_tabled(width, words, desc):
    svg = draw(SPOTS, TIES, width=width, note="Of 24 settings.")
    said = words(svg)
    assert all(s.label in said for s in SPOTS)
    assert all(f"| {t.settings} |" in said for t in TIES)
    assert all(kind in said for kind in KINDS.values())
    assert "mean nothing" in said
    assert "Of 24 settings." in said
    assert desc(svg).startswith(
        "Map of 5 designs by how many settings differ: Traditional in-house service ("
    )
    assert "Settings that differ: Traditional in-house service and The service now: 3;" in desc(svg)
    table = kinship_table(SPOTS, TIES)
    assert table.header == ("Design", "Nearest", "Settings that differ")
    assert table.rows[0] == ("Traditional in-house service", "The service now", "3")
    assert table.rows[3] == ("Drones first", "Volunteer responders", "5")
    assert not overlaps(svg)
    assert not outside(svg)


def test_kinds_differ_in_shape_and_the_key_has_only_those_that_occur(words, count):
    assert count(draw(SPOTS), "circle") == 3 + 1
    assert count(draw(SPOTS), "path") == 2 + 2
    assert KINDS["own"] not in words(draw(SPOTS[:3]))


def test_both_ways_have_the_same_scale(examine):
    spots = [Spot("a", 0.0, 0.0), Spot("b", 10.0, 0.0), Spot("c", 0.0, 5.0)]
    one, other, third = marks(examine, draw(spots))[1:]
    assert math.dist(one[:2], other[:2]) / math.dist(one[:2], third[:2]) == pytest.approx(2.0, rel=0.01)


def test_a_wide_map_is_turned_on_a_narrow_sheet_and_keeps_its_distances(examine):
    spots = [Spot("a", 0.0, 0.0), Spot("b", 10.0, 0.0), Spot("c", 0.0, 5.0)]
    one, other, third = marks(examine, draw(spots, width=360))[1:]
    assert abs(one[0] - other[0]) < 0.1
    assert math.dist(one[:2], other[:2]) / math.dist(one[:2], third[:2]) == pytest.approx(2.0, rel=0.01)


def test_designs_in_one_place_are_still_seen_apart(width, examine):
    svg = draw([Spot(f"design {k}", 1.0, 1.0) for k in range(6)], width=width)
    found = marks(examine, svg)[1:]
    assert len(found) == 6
    assert all(math.dist(a[:2], b[:2]) >= a[2] + b[2] for a, b in combinations(found, 2))
    assert not overlaps(svg)


@pytest.mark.parametrize("many", [12, 25, 40])
def test_names_keep_off_one_another_and_off_marks(many, width, examine, words):
    spots = [Spot(f"Design {k} with drones", (k * 37 % 23) / 4, (k * 17 % 19) / 4) for k in range(many)]
    ties = [Tie(k, k + 1, k % 20) for k in range(many - 1)]
    svg = draw(spots, ties, width=width)
    said = words(svg)
    assert all(s.label in said for s in spots)
    assert not overlaps(svg)
    assert not outside(svg)
    around = [Box(x - r * 0.7, y - r * 0.7, x + r * 0.7, y + r * 0.7) for x, y, r in marks(examine, svg)]
    names = [box for said, box in word_boxes(svg) if "Design" in said]
    assert not any(n.meets(m) for n in names for m in around)


def test_a_design_without_a_place_is_counted_not_drawn(width, words):
    lost = Spot("lost", math.nan, 0.0)
    said = words(draw([*SPOTS, lost], [*TIES, Tie(0, 5, 2)], width=width))
    assert "1 design is not drawn: no known place." in said
    assert "| 2 |" not in said
    assert "no design has a known place" in words(draw([lost], width=width))
    assert kinship_table([lost], []).rows == (("lost", "not known", "not known"),)


def test_ties_are_checked_and_drawn_once(count):
    for bad in ((0, 0, 1), (-1, 0, 1), (0, 1, -1)):
        with pytest.raises(ValueError, match="two different designs"):
            Tie(*bad)
    for wrong in (draw, kinship_table):
        with pytest.raises(ValueError, match="of the list"):
            wrong(SPOTS, [Tie(0, 5, 1)])
    plain = [Spot("a", 0.0, 0.0), Spot("b", 1.0, 0.0)]
    assert count(draw(plain, [Tie(0, 1, 2), Tie(1, 0, 2)]), "line") == 1


def test_several_equally_near_are_all_named():
    assert kinship_table(SPOTS[:3], [Tie(0, 1, 4), Tie(2, 0, 4)]).rows[0][1] == (
        "Volunteer responders; Self-managing teams"
    )


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="archetype, own, today"):
        Spot("a", 0.0, 0.0, "party")


def test_nothing_to_show_and_one_alone(width, words):
    assert "Nothing to show" in words(draw([], width=width))
    assert kinship_table([], []).rows == ()
    assert "alone" in words(draw([Spot("alone", 3.0, 4.0)], width=width))


def test_the_same_input_gives_the_same_picture(width):
    assert draw(SPOTS, TIES, width=width) == draw(SPOTS, TIES, width=width)


def test_odd_places(odd, width, examine):
    spots = [Spot("a", odd, 1.0), Spot("b", 1.0, odd), Spot("c", 0.0, 0.0), Spot("d", odd, odd)]
    examine(draw(spots, [Tie(0, 2, 1), Tie(1, 3, 2)], width=width))


def test_awkward_names(awkward, width, examine):
    spots = [Spot(awkward, float(k), float(k % 3), kind) for k, kind in enumerate(KINDS)]
    svg = kinship_map(spots, [Tie(0, 1, 3)], title=awkward, note=awkward, width=width)
    examine(svg)
    assert not overlaps(svg)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(), st.floats(), st.sampled_from(sorted(KINDS))), max_size=6))
def test_any_places_can_be_drawn(places):
    spots = [Spot("spot", *p) for p in places]
    ties = [Tie(k, k + 1, k) for k in range(len(spots) - 1)]
    svg = draw(spots, ties)
    assert svg.startswith("<svg")
    assert not overlaps(svg)
    assert len(kinship_table(spots, ties).rows) == len(spots)
