from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from remit.report.charts.drawing import Sheet
from remit.report.charts.spacing import Box
from remit.report.charts.spot_names import Scene
from remit.report.charts.spot_numbers import (
    beside_names,
    close_names,
    number_spots,
    plainly_at,
    together,
    write_numbers,
)

GROUND = Box(0.0, 0.0, 320.0, 400.0)


def scene(spots, **other):
    return Scene(GROUND, 7.0, tuple(spots), **other)


def test_a_lone_number_stands_close_beside_its_mark_without_a_line():
    (found,) = number_spots([(0, "1")], scene([(100.0, 100.0)]))
    assert found.leader is None
    assert plainly_at(found.box, 0, [(100.0, 100.0)])


def test_in_a_crowd_a_number_has_a_line_to_the_middle_of_its_mark():
    spots = [(100.0 + 9.0 * (k % 4), 100.0 + 9.0 * (k // 4)) for k in range(12)]
    found = number_spots([(k, str(k + 1)) for k in range(12)], scene(spots))
    assert None not in found
    led = [(k, n) for k, n in enumerate(found) if n.leader]
    assert led
    assert all(n.leader[:2] == spots[k] for k, n in led)


def test_without_room_there_is_no_number():
    small = Scene(Box(90.0, 90.0, 110.0, 110.0), 7.0, ((100.0, 100.0),))
    assert number_spots([(0, "12")], small) == [None]
    assert number_spots([], scene([])) == []


def test_marks_in_one_place_share_what_is_said():
    places = [(0.0, 0.0), (90.0, 0.0), (2.0, 0.0)]
    assert together([0, 1, 2], places) == ([0, 2, 1], [(0, "1, 2"), (1, "3")])
    assert together([], []) == ([], [])


def test_names_far_from_their_marks_or_cut_are_left_to_numbers():
    spots = [(100.0, 100.0), (250.0, 300.0)]
    one, last = close_names(["one", "today"], scene(spots))
    assert one is not None
    assert one.leader is None
    assert last is not None
    long, last = close_names(
        ["a name that goes on and on and on for more lines than three " * 2, "today"], scene(spots)
    )
    assert long is None
    assert last is not None
    assert len(beside_names(scene(spots), [one, None]).taken) == 1


def test_numbers_are_written_over_their_lines():
    sheet = Sheet("t", "d.", width=360, id_prefix="t")
    spots = [(100.0 + 6.0 * k, 100.0) for k in range(6)]
    found = number_spots([(k, str(k + 1)) for k in range(6)], scene(spots))
    write_numbers(sheet, [*found, None], 6.0)
    svg = sheet.svg()
    assert all(f">{k}</text>" in svg for k in range(1, 7))
    assert svg.rindex("<line") < svg.rindex("<text")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(20, 300), st.integers(20, 380)), min_size=1, max_size=20))
def test_numbers_keep_off_marks_and_off_one_another(spots):
    whole = scene([(float(x), float(y)) for x, y in spots])
    order, said = together(range(len(spots)), whole.spots)
    assert sorted(order) == list(range(len(spots)))
    found = [n for n in number_spots(said, whole) if n is not None]
    assert len(found) == len(said)
    for n in found:
        assert n.box.within(GROUND)
        assert not any(n.box.meets(whole.mark(k)) for k in range(len(spots)))
    assert not any(a.box.meets(b.box) for a, b in combinations(found, 2))
