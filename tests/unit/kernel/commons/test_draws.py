import math
from itertools import accumulate

import numpy as np
import pytest

from remit.kernel.commons.draws import chance, count, lognormal, some

DRAWS = (np.arange(997) + 0.5) / 997


def poisson_cdf(mean: float, most: int) -> list[float]:
    return list(accumulate(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(most + 1)))


def binomial_cdf(n: int, p: float) -> list[float]:
    return list(accumulate(math.comb(n, k) * p**k * (1.0 - p) ** (n - k) for k in range(n + 1)))


def quantile(cdf: list[float], u: float) -> int:
    return next(k for k, c in enumerate(cdf) if u < c)


def clear_of_edges(cdf: list[float]) -> list[float]:
    return [float(u) for u in DRAWS if min(abs(u - c) for c in cdf) > 1e-9]


@pytest.mark.parametrize("mean", [0.01, 0.5, 3.0, 12.5, 31.99])
def test_small_counts_are_exact_poisson_numbers(mean):
    cdf = poisson_cdf(mean, 150)
    assert all(count(u, mean) == quantile(cdf, u) for u in clear_of_edges(cdf))


@pytest.mark.parametrize("mean", [32.0, 100.0, 2000.0])
def test_large_counts_are_near_poisson_numbers(mean):
    cdf = poisson_cdf(mean, int(mean + 12 * mean**0.5))
    within = 2  # the normal leaves out a Poisson number's skew, (z² - 1) / 6: at most 1.6 where |z| < 3.3
    assert all(abs(count(float(u), mean) - quantile(cdf, float(u))) <= within for u in DRAWS)


@pytest.mark.parametrize(("n", "p"), [(1, 0.3), (10, 0.5), (60, 0.2), (40, 0.79), (500, 0.05)])
def test_some_of_few_are_exact_binomial_numbers(n, p):
    cdf = [*binomial_cdf(n, p)[:-1], 1.0]
    assert all(some(u, n, p) == quantile(cdf, u) for u in clear_of_edges(cdf))


@pytest.mark.parametrize(("n", "p"), [(100, 0.5), (400, 0.1), (60, 0.9)])
def test_some_of_many_are_near_binomial_numbers(n, p):
    cdf = [*binomial_cdf(n, p)[:-1], 1.0]
    assert all(abs(some(float(u), n, p) - quantile(cdf, float(u))) <= 2 for u in DRAWS)


def test_numbers_stay_within_their_bounds():
    assert [count(0.5, m) for m in (0.0, -1.0)] == [0, 0]
    assert [some(0.5, 0, 0.5), some(0.5, 9, 0.0), some(0.5, 9, 1.0), some(0.5, 9, 1.5)] == [0, 0, 9, 9]
    assert count(1.0 - 1e-10, 31.0) <= 200
    assert some(1.0 - 1e-10, 50, 0.9) <= 50
    assert some(1e-10, 50, 0.9) >= 0
    assert count(1e-10, 32.0) >= 0


def test_larger_means_never_give_fewer():
    for u in (0.01, 0.3, 0.7, 0.99):
        assert (np.diff([count(u, m) for m in np.linspace(0.0, 31.9, 200)]) >= 0).all()
        assert (np.diff([some(u, 40, p) for p in np.linspace(0.0, 0.79, 200)]) >= 0).all()


def test_sizes_have_their_mean_and_spread():
    sizes = np.array([lognormal(float(u), 50.0, 0.6) for u in (np.arange(20_000) + 0.5) / 20_000])
    assert sizes.mean() == pytest.approx(50.0, rel=0.002)
    assert np.log(sizes).std() == pytest.approx(0.6, rel=0.002)
    assert lognormal(0.9, 50.0, 0.0) == 50.0


def test_a_chance_comes_from_a_hazard():
    assert chance(0.3) == pytest.approx(1.0 - math.exp(-0.3), rel=1e-14)
