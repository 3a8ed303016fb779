from itertools import combinations

import numpy as np
import pytest

from remit.questions.peeling import N_CODES, code, inside, polish, sample, search


def rows(values, share, choices=0, weight=None):
    values = np.asarray(values, float)
    numbers = values.shape[1] - choices
    codes = [code(v) if j < numbers else v.astype(np.uint8) for j, v in enumerate(values.T)]
    weight = np.ones(len(share)) if weight is None else np.asarray(weight, float)
    kinds = tuple(j >= numbers for j in range(values.shape[1]))
    return sample(np.stack(codes), kinds, np.asarray(share, float), weight)


def gain(train, met):
    mass, lift = train.mass[met].sum(), train.lift[met].sum()
    return lift**2 / (mass * (1.0 - mass)) if lift > 0.0 and mass < 1.0 else 0.0


def test_codes_keep_order_and_share_ties():
    values = np.random.default_rng(1).choice(np.round(np.random.default_rng(2).normal(size=900), 3), 4000)
    codes = code(values)
    order = np.argsort(values, kind="stable")
    assert (np.diff(codes[order].astype(int)) >= 0).all()
    assert all(len(set(codes[values == v])) == 1 for v in np.unique(values)[:50])
    assert np.bincount(codes).max() < 6 * len(values) / N_CODES


def test_few_values_have_a_code_each_and_a_constant_has_one():
    assert len(set(code(np.arange(256.0)))) == 256
    assert len(set(code(np.tile(np.arange(7.0), 9)) // 4)) == 7  # also when codes are taken together
    assert set(code(np.full(5, 3.0))) == {0}


@pytest.mark.parametrize("seed", range(10))
def test_the_best_interval_of_one_column_is_what_trying_them_all_finds(seed):
    rng = np.random.default_rng(seed)
    values, share, weight = rng.integers(0, 12, 60).astype(float), rng.random(60), rng.uniform(0.5, 2.0, 60)
    train = rows(values[:, None], share, weight=weight)
    tried = [(values >= a) & (values <= b) for a in range(12) for b in range(a, 12)]
    best = max(gain(train, met) for met in tried if train.mass[met].sum() >= 0.2)
    region = search(train, 1, 0.2)
    assert gain(train, inside(train, region)) == pytest.approx(best)
    assert train.mass[inside(train, region)].sum() >= 0.2


@pytest.mark.parametrize("seed", range(10))
def test_the_best_options_are_what_trying_every_set_finds(seed):
    rng = np.random.default_rng(seed)
    values, share = rng.integers(0, 6, 60).astype(float), rng.random(60)
    train = rows(values[:, None], share, choices=1)
    tried = [np.isin(values, s) for k in range(1, 6) for s in combinations(range(6), k)]
    best = max(gain(train, met) for met in tried if train.mass[met].sum() >= 0.05)
    assert gain(train, inside(train, search(train, 1, 0.05))) == pytest.approx(best)


def test_peeling_that_went_too_far_is_pasted_back():
    values = np.random.default_rng(1).random((2000, 2))
    share = ((values[:, 0] > 0.5) & (values[:, 1] > 0.5)).astype(float)
    train = rows(values, share)
    narrow = np.arange(N_CODES) >= 220
    _, region = polish(train, {0: narrow, 1: narrow}, {}, 0.05)
    assert (inside(train, region) != (share > 0.5)).mean() < 0.005


def test_an_end_that_may_not_be_limited_is_left_open():
    values = np.random.default_rng(1).random((500, 1))
    share = ((values[:, 0] > 0.3) & (values[:, 0] < 0.7)).astype(float)
    train = rows(values, share)
    both = polish(train, search(train, 1, 0.05), {}, 0.05)[1][0]
    open_above = polish(train, {0: np.arange(N_CODES) > 150}, {0: (True, False)}, 0.05)[1][0]
    assert not both[0]
    assert not both[-1]
    assert not open_above[0]
    assert open_above[-1]


def test_of_equal_intervals_the_widest_is_taken():
    values = np.repeat([0.0, 1.0, 5.0, 6.0], 10)[:, None]
    region = search(rows(values, values[:, 0] >= 5.0), 1, 0.05)
    assert not region[0][:65].any()  # the codes of 0 and 1
    assert region[0][68:].all()  # from the least code above them, though the next value is at 128


def test_no_column_and_no_difference_give_no_region():
    assert search(rows(np.random.default_rng(1).random((50, 2)), np.full(50, 0.5)), 3, 0.05) == {}
    assert search(rows(np.ones((50, 2)), np.random.default_rng(1).random(50)), 3, 0.05) == {}
    assert search(rows(np.random.default_rng(1).random((50, 2)), np.arange(50) / 50.0), 0, 0.05) == {}


def test_never_more_columns_than_allowed():
    values = np.random.default_rng(1).random((1000, 8))
    train = rows(values, (values > 0.2).all(axis=1))
    assert [len(search(train, k, 0.05)) for k in (1, 2, 3, 5)] == [1, 2, 3, 5]
