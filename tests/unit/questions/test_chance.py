import math

import numpy as np
import pytest

from remit.questions.chance import beta_below, lean_on_few, left_by_chance, resamples


def binomial_at_least(k, n, x):
    return math.fsum(math.comb(n, i) * x**i * (1.0 - x) ** (n - i) for i in range(k, n + 1))


@pytest.mark.parametrize("x", [1e-6, 0.05, 0.3, 0.5, 0.9, 0.999])
@pytest.mark.parametrize(("a", "b"), [(1, 1), (1, 7), (3, 2), (20, 20), (60, 5)])
def test_beta_of_whole_shapes_is_a_binomial_tail(a, b, x):
    assert beta_below(x, float(a), float(b)) == pytest.approx(binomial_at_least(a, a + b - 1, x), rel=1e-10)


def test_beta_with_half_shapes_is_the_arc_sine():
    for x in (0.001, 0.2, 0.5, 0.99):
        assert beta_below(x, 0.5, 0.5) == pytest.approx(2.0 / math.pi * math.asin(math.sqrt(x)), rel=1e-12)


def test_beta_of_large_shapes_settles_at_its_median():
    assert beta_below(0.5, 5000.0, 5000.0) == pytest.approx(0.5, abs=1e-9)
    assert beta_below(0.0, 5000.0, 4.0) == 0.0
    assert beta_below(1e-30, 5000.0, 4.0) == 0.0, "too seldom for a number, not an error"


def test_terms_that_leave_nothing_are_never_chance_and_rounding_always_is():
    assert left_by_chance(np.array([1.0]), np.array([0.0]), 3, 60) == 0.0
    assert left_by_chance(np.array([1e-30]), np.array([0.0]), 3, 60, least=1e-28) == 1.0
    assert left_by_chance(np.array([1.0]), np.array([1.0]), 0, 60) == 1.0
    assert left_by_chance(np.array([1.0]), np.array([0.1]), 60, 0) == 1.0


def test_the_target_that_chance_explains_best_decides():
    both = left_by_chance(np.array([1.0, 1.0]), np.array([0.2, 0.9]), 3, 60)
    assert both == left_by_chance(np.array([1.0]), np.array([0.9]), 3, 60)


def test_resamples_begin_with_the_sample_and_each_adds_up_to_one():
    weights = resamples(50, 30, 7)
    assert weights.shape == (31, 50)
    assert np.all(weights[0] == 1.0 / 50)
    assert weights.sum(axis=1) == pytest.approx(1.0)
    assert np.array_equal(weights, resamples(50, 30, 7))
    assert not np.array_equal(weights, resamples(50, 30, 8))


def test_a_few_extremes_bring_a_caution_and_ordinary_outcomes_do_not():
    rng = np.random.default_rng(1)
    assert lean_on_few(rng.normal(size=64)) == ""
    assert lean_on_few(rng.exponential(size=1000)) == ""
    assert lean_on_few(np.repeat([0.0, 1.0], [2300, 200])) == "", "200 rare events tell enough"
    assert lean_on_few(np.repeat([0.0, 1.0], [2490, 10])).startswith("A few extreme outcomes")
    assert lean_on_few(np.r_[rng.normal(size=500), 40.0]).startswith("A few extreme outcomes")
