import math

import numpy as np
import pytest

from remit.pilots.allocation.balance import balance_scores, balance_table
from remit.pilots.allocation.scheme import Units

UNITS = Units(tuple("abcd"), {"size": (1, 2, 3, 6), "same": (5, 5, 5, 5)})


def test_a_table_has_means_and_differences_in_standard_deviations():
    size, same = balance_table(UNITS, ("size", "same"), np.array([0, 1, 0, 1]), 2)
    assert size.means == (2.0, 4.0)
    assert size.differences[0] == pytest.approx(2 / np.std([1, 2, 3, 6], ddof=1))
    assert size.worst == pytest.approx(size.differences[0])
    assert math.isnan(same.differences[0])
    assert same.worst == 0


def test_an_empty_arm_has_no_mean():
    (row,) = balance_table(UNITS, ("size",), np.zeros(4, np.int64), 2)
    assert math.isnan(row.means[1])


def test_scores_rank_as_squared_differences_of_two_arms():
    values = np.random.default_rng(1).normal(size=(8, 2))
    rows = np.array([np.random.default_rng(i).permutation([0, 1] * 4) for i in range(30)])
    scores = balance_scores(values, rows, 2)
    scaled = values / values.std(axis=0, ddof=1)
    want = [((scaled[r == 1].mean(0) - scaled[r == 0].mean(0)) ** 2).sum() / 4 for r in rows]
    assert scores == pytest.approx(want, abs=1e-8)


def test_a_column_that_never_differs_costs_nothing():
    assert balance_scores(np.ones((4, 1)), np.array([[0, 1, 0, 1]]), 2).tolist() == [0]
