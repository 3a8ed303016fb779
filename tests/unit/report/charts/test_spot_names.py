from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from remit.report.charts.spacing import Box, crosses
from remit.report.charts.spot_names import Scene, name_spots

GROUND = Box(0.0, 0.0, 700.0, 400.0)


def scene(spots, **other):
    return Scene(GROUND, 8.0, tuple(spots), **other)


def test_a_lone_name_stands_at_the_right_of_its_mark():
    (named,) = name_spots(["alone"], scene([(300.0, 200.0)]))
    assert named.box.left > 308.0
    assert named.anchor == "start"
    assert named.leader is None


def test_at_the_edge_a_name_turns_inwards():
    (named,) = name_spots(["at the right"], scene([(690.0, 200.0)]))
    assert named.box.right < 690.0
    assert named.x == named.box.right


def test_taken_ground_and_lines_are_kept_free_of():
    spot, beside = (300.0, 200.0), Box(305.0, 150.0, 700.0, 250.0)
    (named,) = name_spots(["name"], scene([spot], taken=(beside,)))
    assert not named.box.meets(beside)
    line = (300.0, 200.0, 700.0, 200.0)
    (named,) = name_spots(["name"], scene([spot], lines=(line,)))
    assert not crosses(line, named.box)


def test_a_name_without_room_is_left_out():
    crowd = [(300.0 + 18.0 * (k % 5), 200.0 + 18.0 * (k // 5)) for k in range(25)]
    small = Scene(Box(280.0, 180.0, 400.0, 300.0), 8.0, tuple(crowd))
    assert None in name_spots(["a name of some length"] * 25, small)
    assert name_spots([], scene([])) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 16), st.integers(0, 9)), min_size=1, max_size=14, unique=True))
def test_names_keep_off_marks_off_one_another_and_inside(cells):
    spots = [(20.0 + 40.0 * x, 20.0 + 40.0 * y) for x, y in cells]
    whole = scene(spots)
    found = name_spots([f"design number {k}" for k in range(len(spots))], whole)
    named = [n for n in found if n is not None]
    for n in named:
        assert n.box.within(GROUND)
        assert not any(n.box.meets(whole.mark(k)) for k in range(len(spots)))
    for one, other in combinations(named, 2):
        assert not one.box.meets(other.box)
        assert not (one.leader and crosses(one.leader, other.box))
    assert found == name_spots([f"design number {k}" for k in range(len(spots))], whole)
