import math

import pytest

from pilot_files import EVERY, made
from remit.pilots.power.sizes import counts_of, dealt, scale_of


@pytest.mark.parametrize("name", EVERY)
def test_the_size_reaches_the_power_and_one_fewer_does_not(name):
    protocol = EVERY[name]()
    scale, effect = scale_of(protocol), protocol.assumed("effect")
    size = scale.size(effect)
    k = min(size)
    assert scale.at(k) == size
    assert scale.power(size, effect) >= 0.8
    assert scale.power(scale.at(k - 1), effect) < 0.8


@pytest.mark.parametrize("name", EVERY)
def test_the_smallest_effect_has_the_power(name):
    protocol = EVERY[name]()
    scale, counts = scale_of(protocol), counts_of(protocol)
    smallest = scale.smallest_effect(counts, -1.0)
    assert smallest < 0.0
    assert scale.power(counts, smallest) == pytest.approx(0.8, abs=1e-6)


def test_units_are_dealt_whole_the_largest_rests_first():
    assert dealt(10, [0.5, 0.5]) == (5, 5)
    assert dealt(7, [0.5, 0.25, 0.25]) == (3, 2, 2)
    assert dealt(0, [1.0]) == ()
    assert sum(dealt(101, [1 / 3] * 3)) == 101


def test_arms_of_unequal_share_grow_together():
    arms = "arms: [{id: today, title: T, share: 0.25}, {id: new, title: N, share: 0.75}]\n"
    text = made("individual_rct", sd=6, effect=-2)
    assert scale_of(text).at(3) == (3, 3)
    from pilot_files import TEAMS, pilot

    start, end = TEAMS.index("arms:"), TEAMS.index("units:")
    assert scale_of(pilot(TEAMS[:start] + arms + TEAMS[end:])).at(3) == (3, 9)


def test_a_share_cannot_fall_below_nothing():
    protocol = made("individual_rct", "binary", baseline=0.02, units=60)
    assert math.isnan(scale_of(protocol).smallest_effect((30, 30), -0.01))
    assert 0.0 < scale_of(protocol).smallest_effect((30, 30), 0.01) < 0.98


def test_nothing_planned_has_no_counts():
    assert counts_of(made("individual_rct", sd=6)) == ()
    assert counts_of(made("its", sd=6, periods_before=9)) == ()
    assert counts_of(made("its", sd=6, periods_before=9, periods_after=4)) == (9, 4)
    assert math.isnan(scale_of(made("individual_rct", sd=6)).power((0, 4), 1.0))
