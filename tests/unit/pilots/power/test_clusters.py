import math

import pytest

from remit.pilots.power import individual
from remit.pilots.power.clusters import (
    baseline_correlation,
    baseline_factor,
    design_effect,
    means,
    rates,
    shares,
)


def test_one_person_a_cluster_is_an_individual_trial():
    assert means(20, 20, 1, 2.0, 0.3).se == pytest.approx(individual.means(20, 20, 2.0).se)
    assert design_effect(30, 0.0, 0.7) == 1.0


def test_the_design_effect_is_what_the_size_loses():
    found, alone = means(8, 8, 30, 1.0, 0.05), individual.means(240, 240, 1.0)
    assert (found.se / alone.se) ** 2 == pytest.approx(design_effect(30, 0.05))
    assert found.df == 14


def test_unequal_sizes_cost():
    assert means(8, 8, 30, 1.0, 0.05, 0.5).se > means(8, 8, 30, 1.0, 0.05).se


def test_a_baseline_is_worth_its_correlation():
    assert baseline_correlation(30, 0.05, 1.0, 1.0) == pytest.approx(1.0)
    assert baseline_factor(0.0, "did") == 2.0
    assert baseline_factor(0.9) < baseline_factor(0.9, "did") < 1.0
    assert means(8, 8, 30, 1.0, 0.05, factor=0.75).se == pytest.approx(
        math.sqrt(0.75) * means(8, 8, 30, 1.0, 0.05).se
    )


def test_shares_have_each_arms_own_variance():
    found = shares(10, 20, 30, (0.5, 0.1), 0.0)
    assert found.se == pytest.approx(math.sqrt(0.25 / 300 + 0.09 / 600))


def test_rates_need_more_than_one_cluster():
    assert math.isnan(rates(1, 8, 10.0, (1.0, 2.0), 0.2).df)
    assert rates(8, 8, 10.0, (1.0, 2.0), 0.2).se == pytest.approx(math.sqrt((0.3 + 0.04 * 5.0) / 7))
