import numpy as np
import pytest

from remit.pilots.analysis.chance import count_of, drawn, every, randomised
from remit.pilots.analysis.estimate import estimate

NONE = np.zeros(6, np.int64)
LABELS = np.array([1.0, 1, 1, 0, 0, 0])


def _sum(draws):
    y = np.array([6.0, 5, 4, 3, 2, 1])
    return draws @ (y - y.mean())


def _found():
    return estimate("e", "difference", 3.0, 1.0, 4.0, n=6)


def test_few_draws_are_all_tried():
    rows = np.concatenate(list(every(LABELS, NONE)))
    assert len(rows) == 20 == len({tuple(r) for r in rows}) == count_of(LABELS, NONE)


def test_all_draws_keep_the_labels_of_each_stratum():
    strata = np.array([0, 0, 1, 1, 1, 1])
    rows = np.concatenate(list(every(LABELS, strata)))
    assert len(rows) == count_of(LABELS, strata) == 4
    assert (rows[:, :2] == 1.0).all()
    assert (rows.sum(axis=1) == 3.0).all()


def test_different_labels_have_all_orders():
    rows = np.concatenate(list(every(np.array([0.0, 1, 2]), np.zeros(3, np.int64))))
    assert len({tuple(r) for r in rows}) == 6


def test_exact_p_of_the_most_extreme_draw():
    found = randomised(_found(), LABELS, NONE, _sum)
    assert found.p_random == pytest.approx(2 / 20)
    assert found.is_exact
    assert found.n_random == 20


def test_drawn_p_is_near_the_exact_one_and_never_nought():
    labels = np.array([1.0, 0] * 12)
    y = np.arange(24.0) % 2 * -5.0
    found = randomised(_found(), labels, np.zeros(24, np.int64), lambda d: d @ (y - y.mean()), 999, 3)
    assert not found.is_exact
    assert found.p_random == pytest.approx(1 / 1000)


def test_drawn_labels_stay_in_their_stratum():
    strata = np.array([2, 2, 2, 5, 5, 5])
    rows = np.concatenate(list(drawn(np.array([1.0, 0, 0, 1, 1, 0]), strata, 50, 1)))
    assert (rows[:, :3].sum(axis=1) == 1.0).all()
    assert (rows[:, 3:].sum(axis=1) == 2.0).all()
    assert rows[:, :3].mean(axis=0).min() > 0.1


def test_a_list_of_draws_takes_the_place_of_strata():
    rows = np.array([[1.0, 1, 1, 0, 0, 0], [0.0, 1, 1, 1, 0, 0], [1.0, 0, 1, 0, 1, 0], [0.0, 0, 1, 1, 1, 0]])
    found = randomised(_found(), LABELS, NONE, _sum, rows=rows)
    assert found.p_random == pytest.approx(1 / 4)


def test_nothing_is_claimed_for_a_statistic_that_is_not_there():
    found = randomised(_found(), LABELS, NONE, lambda d: np.full(len(d), np.nan))
    assert np.isnan(found.p_random)
