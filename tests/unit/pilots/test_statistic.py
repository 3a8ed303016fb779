import numpy as np
import pytest

from remit.pilots.statistic import (
    Least,
    Studentised,
    difference_in_means,
    nested_covariance,
    stepped,
    treated,
    within_periods,
    within_strata,
)

RNG = np.random.default_rng(4)


def test_difference_in_means_is_that():
    outcomes = RNG.normal(size=9)
    row = np.array([0, 1, 1, 0, 1, 0, 0, 1, 0])
    want = outcomes[row == 1].mean() - outcomes[row == 0].mean()
    assert difference_in_means(9).values(outcomes, treated(row))[0] == pytest.approx(want)


def test_pairs_give_the_mean_of_differences():
    outcomes = RNG.normal(size=8)
    pairs = np.repeat(np.arange(4), 2)
    row = np.array([0, 1] * 4)
    want = (outcomes[1::2] - outcomes[::2]).mean()
    assert within_strata(pairs).values(outcomes, treated(row))[0] == pytest.approx(want)


def test_least_squares_with_a_covariance_is_the_textbook_formula():
    rows = np.array([0, 1, 2, 0, 1, 2])
    exposure = stepped(rows, np.array([1, 2, 3]), 4)
    covariance = nested_covariance(6, 4, 0.3, 0.1, 0.2, decay=0.8)
    outcomes = RNG.normal(size=24)
    periods = np.tile(np.eye(4), (6, 1))
    design = np.column_stack([exposure[0], periods])
    inverse = np.linalg.inv(covariance)
    want = np.linalg.solve(design.T @ inverse @ design, design.T @ inverse @ outcomes)[0]
    assert within_periods(6, 4, covariance).values(outcomes, exposure)[0] == pytest.approx(want)


def test_stepped_exposure_begins_with_its_wave_and_stays():
    exposure = stepped(np.array([1, 0]), np.array([1, 2]), 3)
    assert exposure.tolist() == [[0, 0, 1, 0, 1, 1]]


def test_studentised_is_welchs_t():
    outcomes = RNG.normal(size=12) * np.repeat([1.0, 3.0], 6)
    row = np.repeat([0, 1], 6)
    one, two = outcomes[row == 1], outcomes[row == 0]
    want = (one.mean() - two.mean()) / np.sqrt(one.var(ddof=1) / 6 + two.var(ddof=1) / 6)
    assert Studentised().values(outcomes, treated(row))[0] == pytest.approx(want)


def test_a_row_that_compares_nothing_gives_nothing():
    assert (
        difference_in_means(4).values(np.arange(4.0), np.array([[1.0] * 4, [1.0, 0, 0, 0]])).tolist()[0] == 0
    )


def test_unseen_cells_leave_the_rest():
    seen = np.array([True, False, True, True])
    part = Least(np.ones((4, 1)), np.diag([1.0, 2, 3, 4])).at(seen)
    assert part.covariance is not None
    assert np.diag(part.covariance).tolist() == [1, 3, 4]
    assert len(part.nuisance) == 3
    assert Studentised().at(seen) == Studentised()
