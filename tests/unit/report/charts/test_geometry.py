import math

import pytest

from remit.report.charts.geometry import fit, on_globe, room_inside, scale_bar, thinned, valid
from remit.report.charts.spacing import Box

SQUARE = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]


def test_a_degree_of_longitude_shrinks_with_the_cosine():
    ground, _ = fit([(0.0, 60.0), (2.0, 60.0), (0.0, 61.0)], 500.0, 500.0, 0.0, 0.0)
    (x1, y1), (x2, y2) = ground.at((0.0, 60.0)), ground.at((1.0, 61.0))
    assert (x2 - x1) / (y1 - y2) == pytest.approx(math.cos(math.radians(60.33)), rel=0.01)


def test_north_is_up_and_all_is_inside():
    points = [(-3.2, 51.4), (-2.9, 51.7), (-3.0, 51.5)]
    ground, used = fit(points, 400.0, 300.0, 10.0, 20.0)
    places = [ground.at(p) for p in points]
    assert places[1][1] < places[0][1]
    assert all(10.0 - 1e-6 <= x <= 410.0 + 1e-6 and 20.0 - 1e-6 <= y <= 20.0 + used + 1e-6 for x, y in places)


def test_places_across_the_date_line_are_near():
    ground, _ = fit([(179.9, 0.0), (-179.9, 0.0)], 100.0, 100.0, 0.0, 0.0)
    assert ground.at((-179.9, 0.0))[0] > ground.at((179.9, 0.0))[0]
    assert ground.scale > 1.0


def test_words_find_room_inside_and_not_in_a_hole():
    assert room_inside([SQUARE], 40.0, 20.0)[0] == Box(30.0, 40.0, 70.0, 60.0)
    assert room_inside([SQUARE], 140.0, 20.0) == []
    hole = [(20.0, 20.0), (80.0, 20.0), (80.0, 80.0), (20.0, 80.0)]
    inner = Box(20.0, 20.0, 80.0, 80.0)
    assert all(not b.meets(inner) for b in room_inside([SQUARE, hole], 30.0, 15.0))


def test_foolish_rings_are_not_valid():
    assert not valid(())
    assert not valid(((0.0, 0.0), (1.0, math.nan), (1.0, 1.0)))
    assert not on_globe((0.0, 95.0))
    assert not on_globe(None)


def test_a_scale_bar_is_round_and_fits():
    for pixels in (1e-3, 0.7, 33.0, 12345.0):
        length, said = scale_bar(pixels, 180.0)
        assert 60.0 <= length <= 180.0 + 1e-6
        assert said.endswith("m")


def test_thinning_keeps_a_shape():
    dense = [(math.cos(t / 500) * 100, math.sin(t / 500) * 100) for t in range(3000)]
    assert 100 < len(thinned(dense)) < 3000
    assert len(thinned([(0.0, 0.0), (0.1, 0.0), (0.0, 0.1)])) == 3
