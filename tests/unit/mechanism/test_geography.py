import math
from dataclasses import replace

import numpy as np
import pytest

from remit.briefs.brief import Brief
from remit.briefs.scenario import Scenario
from remit.design.design import TODAY
from remit.kernel.layout import N_GROUPS
from remit.kernel.layout import Zone as ZoneColumn
from remit.mechanism.geography import (
    SPREAD_OF_ZONE,
    birth_rates,
    cumulative_groups,
    travel_minutes,
    volunteers_by_group,
    zone_rows,
)
from remit.mechanism.values import Values, values_of
from small_brief import CATALOGUE, EFFECTS, small, small_designs

BRIEF = small()


def values(brief: Brief = BRIEF, **changes: float) -> Values:
    today = small_designs()[TODAY]
    found = values_of(today, today, brief, Scenario(), EFFECTS, CATALOGUE)
    found.numbers.update({name.replace("__", "."): value for name, value in changes.items()})
    return found


TRAVEL = travel_minutes(BRIEF, values())
NORTH, SOUTH, RING, HIGH_STREET, MILL_LANE, INFIRMARY = range(6)


def test_there_is_a_time_between_any_two_points():
    assert TRAVEL.shape == (6, 6)
    assert (TRAVEL > 0.0).all()


def test_there_takes_as_long_as_back():
    assert (TRAVEL == TRAVEL.T).all()


def minutes(km: float) -> float:
    return 0.5 + km * 1000 * 1.2 / 600


def test_between_points_it_is_the_straight_line_by_road():
    assert TRAVEL[HIGH_STREET, MILL_LANE] == pytest.approx(minutes(math.hypot(3.0, 2.0)))


def test_a_person_may_be_anywhere_in_the_zone():
    assert TRAVEL[NORTH, HIGH_STREET] == pytest.approx(minutes(math.sqrt(SPREAD_OF_ZONE * 4.0)))


def test_from_zone_to_zone_both_ends_are_spread():
    spread = SPREAD_OF_ZONE * (4.0 + 2.0)
    assert TRAVEL[NORTH, SOUTH] == pytest.approx(minutes(math.sqrt(3.0**2 + spread)))


def test_within_a_zone_it_takes_time_too():
    assert TRAVEL[RING, RING] == pytest.approx(minutes(math.sqrt(2 * SPREAD_OF_ZONE * 9.0)))


def test_twice_as_fast_takes_half_the_drive_and_all_of_the_start():
    fast = travel_minutes(BRIEF, values(crews__speed_km_per_hour=1200.0))
    assert fast - 0.5 == pytest.approx((TRAVEL - 0.5) / 2)


def measured(*legs: tuple[str, str, float]) -> np.ndarray:
    return travel_minutes(replace(BRIEF, locality=replace(BRIEF.locality, travel=legs)), values())


def test_a_measured_drive_stands_both_ways_in_place_of_the_straight_line():
    found = measured(("Z1", "Infirmary", 21.0))
    assert found[INFIRMARY, NORTH] == found[NORTH, INFIRMARY] == 21.0
    assert (found == TRAVEL).sum() == 36 - 2


@pytest.mark.parametrize("order", [1, -1])
def test_a_measured_way_back_wins_over_the_way_there(order):
    legs = [("Z1", "Infirmary", 21.0), ("Infirmary", "Z1", 17.0)][::order]
    found = measured(*legs)
    assert (found[INFIRMARY, NORTH], found[NORTH, INFIRMARY]) == (21.0, 17.0)


def test_a_zone_knows_its_nearest_hospital():
    rows = zone_rows(BRIEF, TRAVEL)
    assert (rows[:, ZoneColumn.HOSPITAL_ZONE] == INFIRMARY).all()
    assert rows[NORTH, ZoneColumn.HOSPITAL_MINUTES] == TRAVEL[INFIRMARY, NORTH]


def test_of_two_hospitals_each_zone_takes_its_own():
    place = BRIEF.locality
    near_ring = replace(place.hospitals[0], easting=404_000.0, northing=300_100.0)
    two = replace(BRIEF, locality=replace(place, hospitals=(*place.hospitals, near_ring)))
    rows = zone_rows(two, travel_minutes(two, values()))
    assert rows[:, ZoneColumn.HOSPITAL_ZONE].tolist() == [5, 5, 6]


def test_the_ring_is_outside():
    assert zone_rows(BRIEF, TRAVEL)[:, ZoneColumn.INSIDE].tolist() == [1.0, 1.0, 0.0]


def test_births_of_a_year_are_the_incidence_times_the_people_at_the_ceiling():
    a_year = birth_rates(BRIEF, values()).sum(0) * 525_600
    assert a_year == pytest.approx([600 * 0.2 * 1.5, 5000 * 0.2 * 1.5])


def test_births_fall_to_zones_by_people_and_the_risk_of_their_age():
    rates = birth_rates(BRIEF, values())
    older = (10_000 + 3 * 2000, 5000 + 3 * 1000, 5000 + 3 * 1000)
    assert rates[:, 0] / rates[:, 0].sum() == pytest.approx(np.array(older) / sum(older))
    assert rates[:, 1] / rates[:, 1].sum() == pytest.approx([0.5, 0.25, 0.25])


def test_risks_by_age_do_not_move_the_total():
    name = "kinds__fall__risk_65_plus"
    assert birth_rates(BRIEF, values(**{name: 9.0})).sum() == pytest.approx(
        birth_rates(BRIEF, values()).sum()
    )


def test_groups_add_up_to_exactly_one():
    groups = cumulative_groups(BRIEF)
    assert groups.shape == (3, N_GROUPS)
    assert (groups[:, -1] == 1.0).all()
    assert (np.diff(groups, axis=1) >= 0.0).all()


def test_volunteers_are_as_many_on_the_whole_wherever_they_live():
    factor = volunteers_by_group(BRIEF, values(alert__deprived_factor=0.4))
    shares = np.diff(cumulative_groups(BRIEF), axis=1, prepend=0.0)
    people = [10_000, 5000, 0]
    assert people @ shares @ factor / 15_000 == pytest.approx(1.0)


def test_volunteers_are_fewer_in_the_poorest_fifth_by_the_factor_given():
    factor = volunteers_by_group(BRIEF, values(alert__deprived_factor=0.4)).reshape(5, 5)
    assert factor[0] / factor[4] == pytest.approx([0.4] * 5)
    assert (np.diff(factor, axis=0) > 0.0).all()


def test_without_a_difference_everyone_has_the_same_volunteers():
    assert volunteers_by_group(BRIEF, values()) == pytest.approx(np.ones(N_GROUPS))


def test_zones_share_the_pool_as_the_place_says_and_it_is_as_large_on_the_whole():
    north, south, ring = BRIEF.locality.zones
    uneven = (replace(north, pool=3.0), south, replace(ring, pool=0.5))
    brief = replace(BRIEF, locality=replace(BRIEF.locality, zones=uneven))
    factor = zone_rows(brief, TRAVEL)[:, ZoneColumn.ALERT_FACTOR]
    assert factor / factor[1] == pytest.approx([3.0, 1.0, 0.5])
    assert (factor[:2] @ [10_000, 5000]) / 15_000 == pytest.approx(1.0)


def test_a_pool_not_said_is_even():
    assert (zone_rows(BRIEF, TRAVEL)[:, ZoneColumn.ALERT_FACTOR] == 1.0).all()
