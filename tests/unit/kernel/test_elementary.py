import math
from statistics import NormalDist

import numpy as np
import pytest

from remit.kernel.elementary import duration, exp, log, lognormal_sigma, normal_quantile

RNG = np.random.default_rng(5)
WIDE = np.concatenate([10.0 ** RNG.uniform(-300, 300, 2000), 1.0 + RNG.uniform(-1e-3, 1e-3, 2000)])
TAILS = np.concatenate([2.0 ** -RNG.uniform(1, 33, 2000), 1.0 - 2.0 ** -RNG.uniform(1, 30, 2000)])


def test_log_is_right_to_the_last_bits():
    assert max(abs(log(x) / math.log(x) - 1.0) for x in WIDE) < 2e-14


def test_log_is_right_next_to_one_where_it_is_near_nothing():
    near = (1.0 + s * d for s in (-1, 1) for d in (2.0**-40, 1e-9, 1e-6, 1e-4, 0.003, 0.0078, 0.0079, 0.02))
    assert max(abs(log(x) / math.log(x) - 1.0) for x in near) < 2e-14


def test_log_of_one_is_nothing():
    assert log(1.0) == 0.0


def test_log_of_the_smallest_draw_is_finite():
    assert log(2.0**-33) == pytest.approx(-33 * math.log(2.0), rel=1e-15)


def test_exp_is_right_to_the_last_bits():
    assert max(abs(exp(x) / math.exp(x) - 1.0) for x in RNG.uniform(-699, 699, 4000)) < 1e-15


def test_exp_stays_finite_beyond_its_range():
    assert exp(-1e4) == 0.0
    assert exp(1e4) == exp(700.0) < math.inf


def test_exp_and_log_undo_each_other():
    assert exp(log(7.3)) == pytest.approx(7.3, rel=1e-15)


def test_the_normal_quantile_is_right_to_two_billionths():
    true = NormalDist().inv_cdf
    assert max(abs(normal_quantile(p) - true(p)) / abs(true(p)) for p in TAILS) < 2e-9


def test_the_normal_quantile_is_even_about_the_middle():
    assert normal_quantile(0.5) == 0.0
    assert all(normal_quantile(p) == -normal_quantile(1.0 - p) for p in (0.25, 0.125, 2.0**-20))


def test_the_normal_quantile_rises_across_its_seams():
    near = [s + d for s in (0.02425, 0.97575) for d in (-1e-9, 0.0, 1e-9)]
    assert [normal_quantile(p) for p in near] == sorted(normal_quantile(p) for p in near)


def drawn(mean: float, sigma: float, n: int = 20_000) -> list[float]:
    return [duration((i + 0.5) / n, mean, sigma) for i in range(n)]


@pytest.mark.parametrize("sigma", [0.0, -1.0, 0.3, 0.8])
def test_a_duration_has_its_mean(sigma):
    assert math.fsum(drawn(12.0, sigma)) / 20_000 == pytest.approx(12.0, rel=2e-3)


@pytest.mark.parametrize("sigma", [0.0, 0.5])
def test_a_duration_of_no_length_takes_no_time(sigma):
    assert duration(0.7, 0.0, sigma) == 0.0


def test_an_exponential_falls_with_the_draw_and_a_lognormal_rises():
    assert duration(0.2, 1.0, -1.0) > duration(0.8, 1.0, -1.0)
    assert duration(0.2, 1.0, 0.5) < duration(0.8, 1.0, 0.5)


@pytest.mark.parametrize("cv", [0.1, 0.5, 1.5])
def test_the_spread_gives_the_coefficient_of_variation(cv):
    sigma = lognormal_sigma(cv)
    assert math.sqrt(math.exp(sigma * sigma) - 1.0) == pytest.approx(cv)


def test_no_variation_is_no_spread():
    assert lognormal_sigma(0.0) == 0.0
