from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.report.charts.spacing import Box, Crowd, crosses, distance, meet, spread


@given(st.lists(st.tuples(st.floats(-50.0, 350.0), st.floats(1.0, 40.0)), min_size=1, max_size=7))
def test_spread_keeps_order_room_and_bounds(items):
    wanted, sizes = [w for w, _ in items], [s for _, s in items]
    found = spread(wanted, sizes, 0.0, 300.0)
    order = sorted(range(len(items)), key=lambda i: (wanted[i], i))
    for a, b in pairwise(order):
        assert found[b] - found[a] >= (sizes[a] + sizes[b]) / 2 - 1e-6
    assert all(s / 2 - 1e-6 <= f <= 300.0 - s / 2 + 1e-6 for f, s in zip(found, sizes, strict=True))


def test_where_there_is_no_room_all_stay_within():
    found = spread([5.0] * 10, [20.0] * 10, 0.0, 100.0)
    assert list(found) == sorted(found)
    assert min(found) >= 0.0
    assert max(found) <= 100.0


def test_nothing_to_spread():
    assert spread([], [], 0.0, 1.0) == ()


def test_a_crowd_gives_only_free_ground():
    crowd = Crowd(Box(0, 0, 100, 100))
    crowd.take(Box(0, 0, 10, 10))
    crowd.take_path([(50, 0), (50, 100)])
    assert not crowd.free(Box(5, 5, 15, 15))
    assert not crowd.free(Box(45, 20, 55, 30))
    assert not crowd.free(Box(95, 20, 105, 30))
    assert crowd.settle([Box(5, 5, 15, 15), Box(20, 20, 30, 30)]) == Box(20, 20, 30, 30)
    assert crowd.settle([Box(25, 25, 35, 35)]) is None
    assert not crowd.clear((0, 25, 40, 25))


def test_lines_and_rectangles():
    assert crosses((0, 5, 10, 5), Box(2, 0, 4, 10))
    assert not crosses((0, 5, 1, 5), Box(2, 0, 4, 10))
    assert meet((0, 0, 2, 2), [(0, 2), (2, 0)])
    assert distance(Box(0, 0, 2, 2), [(2, 5), (2, 5)]) == pytest.approx(3.0)
