from dataclasses import replace

import numpy as np
import pytest

from remit.briefs.brief import Brief, Zone
from remit.mechanism.caseload.geography import (
    WINTER,
    births_by_week,
    carer_zones,
    cell_weights,
    neighbours,
    patches,
    zones_in_reach,
)
from remit.mechanism.geography import zone_km
from small_caseload import care

WEEK = 365 / 7
HERE = {name: q.value for name, q in care().numbers.items()}


def placed(*at: tuple[float, float], people: tuple[float, ...] = ()) -> Brief:
    """Return the small brief with zones of a square kilometre at these kilometres, 1000 people each if not told."""
    many = people or (1000.0,) * len(at)
    zones = tuple(
        Zone(f"Z{i}", f"Z{i}", True, (0.0, n, 0.0), 1.0, 1000.0 * x, 1000.0 * y)
        for i, ((x, y), n) in enumerate(zip(at, many, strict=True))
    )
    return replace(care(), locality=replace(care().locality, zones=zones))


def grid(columns: int, rows: int) -> Brief:
    return placed(*((3.0 * x, 1.0 * y) for x in range(columns) for y in range(rows)))


def test_births_are_the_incidence_of_a_year_at_the_ceiling():
    births = births_by_week(care(), HERE)
    a_year = 2000 * 15_000 / 100_000 * 1.5
    assert births.mean() * WEEK == pytest.approx(a_year)
    assert births.min() > 0.0


def test_winter_weeks_weigh_more():
    births = births_by_week(care(), HERE)
    assert sorted(set(births.round(9)))[1] / sorted(set(births.round(9)))[0] == pytest.approx(1.3)
    assert (births > births.mean()).sum() == len(WINTER) == 13


def test_a_run_begins_in_january_whatever_the_warm_up():
    births = births_by_week(care(), HERE)
    assert list(births > births.mean()) == [True] * 9 + [False] * 39 + [True] * 4
    assert list(births) == list(births_by_week(replace(care(), warm_up_days=70), HERE))


def test_without_winter_every_week_is_alike():
    births = births_by_week(care(), {**HERE, "demand.winter_factor": 1.0})
    assert births == pytest.approx([births[0]] * 52)


def test_need_falls_on_people_by_age_and_risk():
    level = {**HERE, "demand.deprived_factor": 1.0}
    cells = cell_weights(care(), level).reshape(2, 5)
    assert cells.sum(1) == pytest.approx([6000 + 2000 * 10, 3000 + 1000 * 10])


def test_need_is_more_where_people_are_deprived():
    level, steep = ({**HERE, "demand.deprived_factor": f} for f in (1.0, 2.0))
    before, after = (cell_weights(care(), n).reshape(2, 5) for n in (level, steep))
    held = before > 0.0
    by_fifth = np.broadcast_to([2.0, 1.75, 1.5, 1.25, 1.0], (2, 5))
    assert (after[held] / before[held]).tolist() == pytest.approx(by_fifth[held].tolist())
    assert held.any(axis=0).sum() > 1


def test_carers_live_where_people_of_working_age_do():
    assert carer_zones(care(), {**HERE, "carers.deprived_factor": 1.0}) == pytest.approx([6 / 9, 1.0])


def test_carers_are_more_where_people_are_deprived():
    shares = carer_zones(care(), HERE)
    assert shares[0] > 6 / 9
    assert shares[-1] == 1.0


def test_carer_zones_never_fall_and_end_at_exactly_one():
    shares = carer_zones(grid(7, 9), HERE)
    assert (np.diff(shares) > 0.0).all()
    assert shares[-1] == 1.0


def test_two_people_of_one_zone_are_apart_too():
    km = zone_km(care())
    assert km[0, 0] ** 2 == pytest.approx(2 * 0.159 * 4.0)
    assert km[0, 1] ** 2 == pytest.approx(3.0**2 + 0.159 * (4.0 + 2.0))
    assert (km == km.T).all()


def test_neighbours_are_all_others_nearest_first():
    brief = placed((0, 0), (5, 0), (1, 0), (3, 0))
    assert neighbours(zone_km(brief)).tolist() == [[2, 3, 1], [3, 2, 0], [0, 3, 1], [1, 2, 0]]


def test_a_large_zone_is_its_own_nearest_even_if_another_centre_is_nearer_than_its_own_people():
    brief = placed((0, 0), (0.1, 0))
    large = replace(brief.locality.zones[0], area_km2=100.0)
    brief = replace(brief, locality=replace(brief.locality, zones=(large, brief.locality.zones[1])))
    assert neighbours(zone_km(brief)).tolist() == [[1], [0]]


def test_one_zone_has_no_neighbours():
    assert neighbours(zone_km(placed((0, 0)))).shape == (1, 0)


@pytest.mark.parametrize("n", [1, 2, 3, 5, 7, 12])
def test_there_are_as_many_patches_as_wanted_and_each_has_a_zone(n):
    assert sorted(set(patches(grid(4, 3), n))) == list(range(n))


@pytest.mark.parametrize(("n", "found"), [(0, 1), (1, 1), (12, 12), (13, 12), (500, 12)])
def test_there_are_never_more_patches_than_zones_nor_none(n, found):
    assert len(set(patches(grid(4, 3), n))) == found


def test_a_place_is_cut_across_its_longer_way():
    brief = grid(4, 3)  # 9 km wide, 2 km high
    found = patches(brief, 2)
    east = [z.easting for z in brief.locality.zones]
    assert {round(e) for e, p in zip(east, found, strict=True) if p == 0} == {0, 3000}


def test_halves_hold_about_as_many_people():
    brief = placed((0, 0), (1, 0), (2, 0), (3, 0), (4, 0), people=(6000, 1000, 1000, 2000, 2000))
    assert patches(brief, 2).tolist() == [0, 1, 1, 1, 1]


@pytest.mark.parametrize("n", [2, 3, 4, 6])
def test_patches_of_a_plain_hold_about_as_many_people(n):
    brief = grid(6, 8)
    held = np.bincount(patches(brief, n), minlength=n) * 1000
    assert held.max() <= 1.2 * held.min()


def test_each_side_keeps_a_zone_for_each_of_its_patches():
    brief = placed((0, 0), (1, 0), (2, 0), (3, 0), people=(1, 1, 1, 9000))
    assert sorted(patches(brief, 4)) == [0, 1, 2, 3]
    assert len(set(patches(brief, 3))) == 3


def test_reach_counts_other_zones_on_average():
    km = zone_km(placed((0, 0), (2, 0), (4, 0)))
    assert zones_in_reach(km, 0.0) == 0.0
    assert zones_in_reach(km, 1.0) == 0.0
    assert zones_in_reach(km, 2.5) == pytest.approx(4 / 3)
    assert zones_in_reach(km, 100.0) == 2.0
