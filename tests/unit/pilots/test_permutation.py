import time
from itertools import combinations

import numpy as np
import pytest

from remit.pilots.allocation.procedure import Chosen, Group, Shuffled
from remit.pilots.permutation import interval, permutation_test, reference
from remit.pilots.statistic import (
    Studentised,
    difference_in_means,
    nested_covariance,
    stepped,
    treated,
    within_periods,
    within_strata,
)


def halves(n):
    return Shuffled(tuple(f"u{i}" for i in range(n)), (Group("all", tuple(range(n)), (0, 1) * (n // 2)),))


def test_fishers_tea_has_one_in_seventy():
    procedure = halves(8)
    actual = np.array([1, 1, 1, 1, 0, 0, 0, 0])
    found = permutation_test(
        actual.astype(float), actual, reference(procedure), difference_in_means(8), treated, "more"
    )
    assert found.is_exact
    assert found.p == pytest.approx(1 / 70)


def test_exact_p_is_a_plain_count():
    rng = np.random.default_rng(1)
    outcomes = rng.normal(size=10)
    actual = halves(10).draw("s")
    real = outcomes[actual == 1].sum()
    sums = [outcomes[list(c)].sum() for c in combinations(range(10), 5)]
    mean = outcomes.sum() / 2
    want = np.mean([abs(s - mean) >= abs(real - mean) - 1e-12 for s in sums])
    found = permutation_test(outcomes, actual, reference(halves(10)), difference_in_means(10), treated)
    assert found.p == pytest.approx(want)
    assert found.p_error == 0
    drawn = permutation_test(
        outcomes, actual, reference(halves(10), most=10), difference_in_means(10), treated
    )
    assert not drawn.is_exact
    assert drawn.p == pytest.approx(want, abs=5 * drawn.p_error)


def test_ties_count_whatever_rounding_does():
    outcomes = np.array([0.1, 0.2, 0.3, 0.1, 0.2, 0.3])
    actual = np.array([1, 1, 1, 0, 0, 0])
    found = permutation_test(outcomes, actual, reference(halves(6)), difference_in_means(6), treated)
    assert found.p == 1


@pytest.mark.parametrize("statistic", [difference_in_means(6), Studentised()])
@pytest.mark.parametrize("level", [0.0, 0.1, 1e9])
def test_outcomes_that_do_not_differ_find_nothing(statistic, level):
    actual = np.array([1, 0, 1, 1, 0, 0])
    found = permutation_test(np.full(6, level), actual, reference(halves(6)), statistic, treated)
    assert found.p == 1


def test_small_differences_at_a_high_level_are_found():
    actual = np.repeat([0, 1], 4)
    found = permutation_test(
        1e6 + actual * 1e-3, actual, reference(halves(8)), difference_in_means(8), treated, "more"
    )
    assert found.p == pytest.approx(1 / 70)


def test_drawn_p_is_never_nought():
    actual = np.repeat([0, 1], 20)
    found = permutation_test(
        actual * 100.0, actual, reference(halves(40), 99), difference_in_means(40), treated
    )
    assert found.p == pytest.approx(0.01)


@pytest.mark.parametrize("statistic", [difference_in_means(12), Studentised()])
def test_interval_holds_what_the_test_holds(statistic):
    rng = np.random.default_rng(7)
    actual = halves(12).draw("x")
    outcomes = rng.normal(size=12) + 2.0 * actual
    against = reference(halves(12))
    found = interval(outcomes, actual, against, statistic, treated, 0.1)
    width = found.high - found.low
    for shift, side in ((found.low, "more"), (found.high, "less")):
        inward = width * 1e-6 * (1 if side == "more" else -1)
        assert permutation_test(outcomes, actual, against, statistic, treated, side, shift + inward).p > 0.05
        assert permutation_test(outcomes, actual, against, statistic, treated, side, shift - inward).p <= 0.05
    assert found.low < 2 < found.high


def test_interval_moves_and_scales_with_the_outcomes():
    rng = np.random.default_rng(3)
    actual = halves(10).draw("y")
    outcomes = rng.normal(size=10)
    against = reference(halves(10))
    one = interval(outcomes, actual, against, difference_in_means(10), treated)
    two = interval(50 + 10 * (outcomes + 3 * actual), actual, against, difference_in_means(10), treated)
    assert two.low == pytest.approx(10 * (one.low + 3))
    assert two.high == pytest.approx(10 * (one.high + 3))


def test_too_few_allocations_leave_the_ends_open():
    actual = np.array([0, 1, 0, 1])
    found = interval(np.array([0.0, 1, 0, 2]), actual, reference(halves(4)), difference_in_means(4), treated)
    assert (found.low, found.high) == (-np.inf, np.inf)


def test_a_constrained_list_is_its_own_reference():
    rows = np.array([[0, 1, 0, 1], [1, 0, 0, 1], [0, 1, 1, 0], [1, 0, 1, 0]])
    procedure = Chosen(("a", "b", "c", "d"), rows)
    found = permutation_test(
        np.array([0.0, 5, 0, 5]), rows[0], reference(procedure), difference_in_means(4), treated, "more"
    )
    assert found.p == 0.25


def test_unseen_outcomes_are_left_out():
    actual = np.array([0, 1, 0, 1, 0, 1])
    outcomes = np.array([0.0, 1, 0, 1, np.nan, 1])
    found = permutation_test(outcomes, actual, reference(halves(6)), difference_in_means(6), treated)
    assert found.statistic == pytest.approx(1)
    with pytest.raises(ValueError, match="no outcome"):
        permutation_test(outcomes * np.nan, actual, reference(halves(6)), difference_in_means(6), treated)


def test_level_holds_in_a_stepped_wedge_with_the_wrong_covariance():
    """1,000 worlds without effect, periods that drift and cells with noise of their own: p < 0.05 in 1 of 20."""
    rng = np.random.default_rng(11)
    waves = Shuffled(
        tuple(f"u{i}" for i in range(8)), (Group("all", tuple(range(8)), (0, 0, 1, 1, 2, 2, 3, 3)),)
    )
    against = reference(waves, 199)
    starts = np.array([1, 2, 3, 4])

    def exposure(rows):
        return stepped(rows, starts, 5)

    statistic = within_periods(8, 5, nested_covariance(8, 5, 1.0, 0.0, 0.2))
    hits = 0
    for i in range(1_000):
        cells = rng.normal(size=(8, 1)) + np.arange(5) * 0.7 + rng.normal(size=(8, 5)) * 0.8
        found = permutation_test(cells.ravel(), waves.draw(str(i)), against, statistic, exposure)
        hits += found.p <= 0.05
    assert 30 <= hits <= 72


def test_ten_thousand_permutations_of_twenty_clusters_take_well_under_five_seconds():
    rng = np.random.default_rng(2)
    actual = halves(20).draw("z")
    pairs = np.repeat(np.arange(10), 2)
    outcomes = rng.normal(size=20) + actual
    start = time.perf_counter()
    against = reference(halves(20), 10_000)
    for statistic in (difference_in_means(20), within_strata(pairs), Studentised()):
        permutation_test(outcomes, actual, against, statistic, treated)
        interval(outcomes, actual, against, statistic, treated)
    assert len(against.rows) == 10_000
    assert time.perf_counter() - start < 5
