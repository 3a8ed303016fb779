import math

import pytest

from remit.pilots.power.individual import (
    arcsine,
    cycles,
    means,
    on_arcsine_scale,
    partially_nested,
    people_for_shares,
    rates,
    shares,
)


def test_a_covariate_cuts_the_variance_and_costs_a_degree_of_freedom():
    bare, adjusted = means(50, 50, 2.0), means(50, 50, 2.0, 0.6)
    assert adjusted.se == pytest.approx(0.8 * bare.se)
    assert adjusted.df == bare.df - 1 == 97


def test_shares_pool_under_no_effect():
    found = shares(100, 100, 0.2, 0.4)
    assert found.se == pytest.approx(math.sqrt((0.16 + 0.24) / 100))
    assert found.se_null == pytest.approx(math.sqrt(2 * 0.3 * 0.7 / 100))
    assert math.isinf(found.df)


def test_the_arcsine_scale_has_one_spread():
    assert arcsine(0.3, 0.3) == 0.0
    assert arcsine(0.5, 0.75) == -arcsine(0.75, 0.5)
    assert on_arcsine_scale(50, 50).se == pytest.approx(0.2)


def test_rates_count_events():
    assert rates(100, 200, 1.0, 2.0, 0.5).se == pytest.approx(math.sqrt(1 / 50 + 2 / 100))


def test_a_size_for_shares_grows_with_power():
    assert people_for_shares(0.5, 0.75, 0.05, 0.8) < people_for_shares(0.5, 0.75, 0.05, 0.9)


def test_groups_of_one_or_without_likeness_are_people():
    alone = partially_nested(50, 50, 1.0, 1, 0.3)
    assert alone.se == pytest.approx(means(50, 50, 1.0).se)
    assert partially_nested(50, 50, 1.0, 10, 0.0).se == pytest.approx(alone.se)
    assert partially_nested(50, 50, 1.0, 10, 0.1).se == pytest.approx(math.sqrt(1.9 / 50 + 1 / 50))
    assert partially_nested(50, 50, 1.0, 10, 0.1).df < alone.df
    assert math.isnan(partially_nested(50, 10, 1.0, 10, 0.1).df)


def test_more_cycles_do_not_remove_that_people_differ():
    assert cycles(4, 1e9, 1.0, 1.0).se == pytest.approx(0.5)
