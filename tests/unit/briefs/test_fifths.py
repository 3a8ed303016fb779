import math
from itertools import accumulate

import pytest

from remit.briefs.brief import Zone
from remit.briefs.fifths import LAST_RANK, N_FIFTHS, group_shares, national_fifth, own_fifths


def zone(*small_areas: tuple[int, float], inside: bool = True) -> Zone:
    return Zone("z", "Z", inside, (0.0, 1.0, 0.0), 1.0, 0.0, 0.0, small_areas)


def test_five_small_areas_alike_are_a_fifth_each():
    assert own_fifths([zone(*((rank, 10.0) for rank in (1, 2, 3, 4, 5)))]) == {(0, j): j for j in range(5)}


def test_fifths_follow_rank_and_not_the_order_written():
    assert own_fifths([zone(*((rank, 10.0) for rank in (5, 4, 3, 2, 1)))]) == {
        (0, j): 4 - j for j in range(5)
    }


def test_fifths_run_across_zones():
    zones = [zone((10, 1.0), (30, 1.0), (50, 1.0)), zone((20, 1.0), (40, 1.0))]
    assert own_fifths(zones) == {(0, 0): 0, (1, 0): 1, (0, 1): 2, (1, 1): 3, (0, 2): 4}


def test_people_are_counted_and_not_areas():
    # the poorest area holds six tenths of the people: its middle, three tenths, lies in the second fifth
    areas = [(1, 60.0), (2, 10.0), (3, 10.0), (4, 10.0), (5, 10.0)]
    assert own_fifths([zone(*areas)]) == {(0, 0): 1, (0, 1): 3, (0, 2): 3, (0, 3): 4, (0, 4): 4}


def test_one_area_alone_is_the_middle():
    assert own_fifths([zone((1, 5.0))]) == {(0, 0): 2}


def test_the_ring_is_not_counted():
    zones = [zone((1, 1000.0), inside=False), zone((2, 1.0), (3, 1.0))]
    assert own_fifths(zones) == {(1, 0): 1, (1, 1): 3}


def test_a_place_without_small_areas_has_no_fifths():
    assert own_fifths([zone()]) == {}


def test_many_small_areas_fill_the_fifths_alike():
    sizes = [10.0 + (7 * i) % 13 for i in range(500)]
    fifths = own_fifths([zone(*((i + 1, size) for i, size in enumerate(sizes)))])
    held = [sum(size for j, size in enumerate(sizes) if fifths[0, j] == f) for f in range(N_FIFTHS)]
    assert held == pytest.approx([sum(sizes) / 5] * 5, rel=0.02)


def test_national_fifths_begin_with_the_first_rank_and_end_with_the_last():
    assert national_fifth(1) == 0
    assert national_fifth(LAST_RANK) == N_FIFTHS - 1


def test_national_fifths_differ_by_one_rank_at_most():
    held = [0] * N_FIFTHS
    for rank in range(1, LAST_RANK + 1):
        held[national_fifth(rank)] += 1
    assert max(held) - min(held) <= 1


def test_national_fifths_never_fall_as_the_rank_rises():
    fifths = [national_fifth(rank) for rank in range(1, LAST_RANK + 1)]
    assert fifths == sorted(fifths)


def test_each_edge_lies_where_the_fifths_add_up():
    edges = [rank for rank in range(2, LAST_RANK + 1) if national_fifth(rank) != national_fifth(rank - 1)]
    assert [(edge - 1) / LAST_RANK for edge in edges] == pytest.approx(
        [0.2, 0.4, 0.6, 0.8], abs=1 / LAST_RANK
    )


def test_a_zone_is_spread_over_the_groups_by_its_people():
    poor, rich = 1, LAST_RANK
    (row,) = group_shares([zone((poor, 30.0), (rich, 70.0))])
    assert {g: share for g, share in enumerate(row) if share} == {0 * 5 + 0: 0.3, 3 * 5 + 4: 0.7}


def test_a_zone_of_the_ring_counts_as_the_middle():
    rows = group_shares([zone((1, 1.0)), zone((1, 1.0), inside=False), zone()])
    assert rows[1][12] == 1.0
    assert rows[2][12] == 1.0


def test_every_row_adds_to_one():
    rows = group_shares([zone((1, 3.0), (9000, 5.0), (20000, 1.7)), zone((5, 2.0), (32000, 0.1))])
    assert [list(accumulate(row))[-1] for row in rows] == pytest.approx([1.0, 1.0])
    assert all(math.fsum(row) == pytest.approx(1.0) for row in rows)
