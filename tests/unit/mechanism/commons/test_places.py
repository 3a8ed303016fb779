import math

import numpy as np
import pytest

from remit.mechanism.commons.places import mean_one, people_by_fifth, people_by_zone
from remit.mechanism.geography import by_fifth, own_fifths, zone_km
from small_commons import commons

BRIEF = commons("estate")


def test_people_of_a_zone_are_of_its_small_areas_fifths():
    # 25,000 people in order of rank: 2000, 2000 and 6000 in the north, thrice 5000 in the south
    expected = [[0.4, 0.6, 0.0, 0.0, 0.0], [0.0, 0.0, 1 / 3, 1 / 3, 1 / 3]]
    assert own_fifths(BRIEF) == pytest.approx(np.array(expected))
    assert people_by_zone(BRIEF).tolist() == [10_000.0, 15_000.0]
    assert people_by_fifth(BRIEF) == pytest.approx([4000.0, 6000.0, 5000.0, 5000.0, 5000.0])


def test_factors_step_evenly_from_the_most_to_the_least_deprived():
    assert by_fifth(3.0).tolist() == [3.0, 2.5, 2.0, 1.5, 1.0]


def test_factors_of_mean_one_keep_their_ratios():
    weights = np.array([1.0, 2.0, 0.0, 0.0, 5.0])
    told = mean_one(by_fifth(4.0), weights)
    assert told @ weights == pytest.approx(weights.sum())
    assert told[0] / told[4] == pytest.approx(4.0)


@pytest.mark.parametrize(("factors", "weights"), [(np.ones(5), np.zeros(5)), (np.zeros(5), np.ones(5))])
def test_factors_of_nobody_or_of_nothing_stay_as_they_are(factors, weights):
    assert mean_one(factors, weights).tolist() == factors.tolist()


def test_two_people_are_as_far_apart_as_their_zones_and_their_places_in_them():
    km = zone_km(BRIEF)
    assert km == pytest.approx(km.T)
    assert km[0, 0] == pytest.approx(math.sqrt(2 * 0.159 * 4.0))
    assert km[0, 1] == pytest.approx(math.sqrt(16.0 + 0.159 * (4.0 + 6.0)))
