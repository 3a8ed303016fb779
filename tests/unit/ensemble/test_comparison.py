import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers import answer, compared, others, results
from remit.ensemble.comparison import compare, monte_carlo_error

NAN = np.nan
TODAY = [[1.0, 3.0], [2.0, NAN], [NAN, NAN], [4.0, 4.0]]
OTHER = [[2.0, 5.0], [2.0, 7.0], [9.0, 9.0], [NAN, 3.0]]


def test_differences_are_paired_by_hand():
    row = compare(results({"today": TODAY, "b": OTHER}), "b", "survivors")
    # pairs: (1, 2), (0, -), (-, -), (-, -1)
    by_scenario = [1.5, 0.0, -1.0]
    assert row.difference == pytest.approx(np.mean(by_scenario))
    assert row.low == pytest.approx(np.percentile(by_scenario, 5))
    assert row.high == pytest.approx(np.percentile(by_scenario, 95))
    assert row.n_scenarios == 3
    assert row.share_higher == pytest.approx(1 / 3)
    assert row.monte_carlo_error == pytest.approx(0.5)  # one scenario with two pairs, 1 and 2 apart
    values = [3.5, 4.5, 9.0, 3.0]
    assert row.value == pytest.approx(np.mean(values))
    assert row.value_low == pytest.approx(np.percentile(values, 5))
    assert row.value_high == pytest.approx(np.percentile(values, 95))
    assert row.year_luck == pytest.approx(np.sqrt(np.mean([4.5, 12.5, 0.0])))


def test_another_base_and_another_group():
    found = results({"today": [[0.0, 0.0]], "b": [[2.0, 4.0]], "c": [[1.0, 1.0]]}, groups=[("zone", "z")])
    row = compare(found, "b", "survivors", ("zone", "z"), base="c")
    assert (row.difference, row.group, row.design) == (2.0, ("zone", "z"), "b")


def test_nothing_finished_is_not_known_and_says_so_without_a_warning():
    row = compare(results({"today": TODAY, "b": np.full((4, 2), NAN)}), "b", "survivors")
    for name in ("value", "value_low", "difference", "low", "high", "monte_carlo_error", "share_higher"):
        assert np.isnan(getattr(row, name))
    assert row.n_scenarios == 0
    assert not row.is_settled
    assert not row.is_computed_enough


def test_designs_alike_differ_by_exactly_nothing():
    rng = np.random.default_rng(1)
    values = rng.normal(1e6, 1e3, (9, 4))
    row = compare(results({"today": values, "b": values.copy()}), "b", "survivors")
    assert (row.difference, row.low, row.high, row.monte_carlo_error, row.share_higher) == (0, 0, 0, 0, 0)
    assert row.is_computed_enough
    assert not row.is_settled


def test_today_differs_from_itself_by_nothing_in_a_true_answer():
    told = answer()
    for row in told.rows:
        if row.design == "today" and not np.isnan(row.difference):
            assert (row.difference, row.monte_carlo_error) == (0.0, 0.0)
    assert len(others(told)) == 3


@pytest.mark.parametrize("n_replicates", [2, 3, 8])
def test_the_monte_carlo_error_is_what_brute_force_finds(n_replicates):
    rng = np.random.default_rng(n_replicates)
    truth, spread = rng.normal(0.0, 5.0, 12), rng.uniform(0.5, 3.0, 12)
    means, errors = [], []
    for _ in range(4000):
        draws = truth[:, None] + spread[:, None] * rng.normal(size=(12, n_replicates))
        means.append(draws.mean())
        errors.append(monte_carlo_error(draws) ** 2)
    exact = np.sqrt((spread**2).sum() / n_replicates) / 12
    assert np.std(means) == pytest.approx(exact, rel=0.05)
    assert np.sqrt(np.mean(errors)) == pytest.approx(exact, rel=0.03)


def test_the_monte_carlo_error_counts_only_pairs_that_are_there():
    rng = np.random.default_rng(5)
    gaps = np.array([[True, True, False], [True, True, True], [True, False, False]])
    means, errors = [], []
    for _ in range(4000):
        draws = np.where(gaps, rng.normal(size=(3, 3)), NAN)
        means.append(np.nanmean(draws[:2], axis=1).mean())
        errors.append(monte_carlo_error(draws) ** 2)
    assert np.sqrt(np.mean(errors)) == pytest.approx(np.std(means), rel=0.05)


@pytest.mark.parametrize("values", [[[1.0], [2.0]], [[1.0, NAN], [NAN, 3.0]], [[NAN, NAN]]])
def test_one_replicate_gives_no_monte_carlo_error(values):
    assert np.isnan(monte_carlo_error(np.array(values)))


numbers = st.lists(st.lists(st.floats(-1e6, 1e6) | st.just(NAN), min_size=3, max_size=3), min_size=1)


@given(numbers, st.randoms())
@settings(deadline=None)
def test_the_order_of_scenarios_does_not_count(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    zero = np.zeros((len(values), 3))
    one, other = (
        compare(results({"today": zero, "b": v}), "b", "survivors", base="today") for v in (values, shuffled)
    )
    for name in ("difference", "low", "high", "monte_carlo_error", "share_higher"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), nan_ok=True, abs=1e-6)
    if one.n_scenarios:
        assert one.low <= one.high


@pytest.mark.parametrize(
    ("low", "high", "settled"),
    [(0.1, 2.0, True), (-2.0, -0.1, True), (0.0, 2.0, False), (-2.0, 0.0, False), (NAN, NAN, False)],
)
def test_settled_is_when_zero_is_left_out(low, high, settled):
    assert compared(low=low, high=high).is_settled is settled


@pytest.mark.parametrize(
    ("difference", "error", "enough"),
    [(2.0, 0.99, True), (-2.0, 0.99, True), (2.0, 1.0, False), (0.0, 0.0, True), (2.0, NAN, False)],
)
def test_computed_enough_is_when_the_error_is_under_half_of_the_difference(difference, error, enough):
    assert compared(difference=difference, monte_carlo_error=error).is_computed_enough is enough
