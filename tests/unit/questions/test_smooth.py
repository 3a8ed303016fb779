import numpy as np
import pytest

from remit.questions.smooth import fits_of


def folds(n, k=10, seed=1):
    return np.random.default_rng(seed).permutation(np.arange(n) % k)


def predict(x, y, is_choice=False, k=10):
    y = np.asarray(y, float)
    return fits_of(np.asarray(x, float), folds(len(x), k), k, is_choice).predict(y[:, None, None])[:, 0, 0]


def test_a_straight_line_is_told_exactly_where_it_was_held_out():
    x = np.random.default_rng(1).uniform(size=60)
    assert predict(x, 3.0 - 2.0 * x) == pytest.approx(3.0 - 2.0 * x)


def test_a_bend_is_followed_and_noise_is_not():
    rng = np.random.default_rng(2)
    x = rng.uniform(size=300)
    wave = np.sin(6.0 * x)
    told = predict(x, wave + 0.5 * rng.normal(size=300))
    assert np.sqrt(np.mean((told - wave) ** 2)) < 0.15
    assert np.std(predict(x, rng.normal(size=300))) < 0.3


def test_answers_are_told_by_the_means_of_those_not_held_out():
    x = np.tile([0.0, 1.0, 2.0], 20)
    y = np.random.default_rng(3).normal(size=60) + 10.0 * x
    parts = folds(60)
    told = predict(x, y, is_choice=True)
    for k in range(10):
        for level in (0.0, 1.0, 2.0):
            rest = (parts != k) & (x == level)
            here = (parts == k) & (x == level)
            assert told[here] == pytest.approx(y[rest].mean())


def test_what_happened_to_a_scenario_does_not_move_what_is_expected_of_it():
    x = np.tile([0.0, 1.0], 30)
    y = np.random.default_rng(4).normal(size=60)
    moved = y.copy()
    moved[11] += 100.0
    same = folds(60) == folds(60)[11]
    first, again = predict(x, y, is_choice=True), predict(x, moved, is_choice=True)
    assert again[same] == pytest.approx(first[same])
    assert (np.abs(again - first)[~same & (x == x[11])] > 1.0).all()


def test_an_answer_that_is_only_in_the_part_held_out_and_a_number_of_few_values_are_no_upset():
    x = np.where(np.arange(60) == 5, 7.0, np.tile([0.0, 1.0], 30))
    assert np.isfinite(predict(x, x, is_choice=True)).all()
    assert predict(x, x) == pytest.approx(predict(x, x, is_choice=True))
    tied = np.where(np.arange(60) < 50, 0.0, np.arange(60.0))
    assert np.isfinite(predict(tied, tied)).all()
    assert predict(np.full(60, 3.0), np.ones(60)) == pytest.approx(np.ones(60))


def test_many_outcomes_at_once_are_told_as_each_alone_and_nothing_stays_nothing():
    rng = np.random.default_rng(5)
    x, y = rng.uniform(size=80), rng.normal(size=(80, 3, 2))
    y[:, :, 0] = 0.0
    fits = fits_of(x, folds(80), 10, False)
    told = fits.predict(y)
    assert (told[:, :, 0] == 0.0).all()
    for i in range(3):
        assert told[:, i] == pytest.approx(fits.predict(y[:, [i]])[:, 0])
