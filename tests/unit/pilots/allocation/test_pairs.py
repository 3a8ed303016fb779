from itertools import permutations

import numpy as np
import pytest

from remit.pilots.allocation.pairs import distances, is_best, match


def cost(apart, pairs):
    return sum(apart[a, b] for a, b in pairs)


@pytest.mark.parametrize("seed", range(5))
def test_few_units_have_the_best_pairs(seed):
    apart = distances(np.random.default_rng(seed).normal(size=(8, 2)))
    found = match(apart)
    assert sorted(u for p in found for u in p) == list(range(8))
    best = min(cost(apart, zip(o[::2], o[1::2], strict=True)) for o in permutations(range(8)))
    assert cost(apart, found) == pytest.approx(best)


def test_many_units_have_pairs_near_the_best():
    values = np.repeat(np.arange(30.0), 2)[:, None]
    order = np.random.default_rng(1).permutation(60)
    apart = distances(values[order])
    assert cost(apart, match(apart)) == 0
    assert not is_best(60)
    assert is_best(16)


def test_changing_partners_mends_what_nearest_first_spoils():
    # 0, 10, 11, 21 twenty times over: the nearest two of each first would leave 0 with 21
    values = np.concatenate([np.array([0.0, 10, 11, 21]) + 1_000 * i for i in range(6)])[:, None]
    apart = distances(values)
    assert all(b - a == 1 for a, b in match(apart))


def test_nothing_known_pairs_units_as_written():
    assert match(distances(np.zeros((4, 0)))) == ((0, 1), (2, 3))
    assert match(distances(np.ones((4, 1)))) == ((0, 1), (2, 3))


def test_sixteen_units_are_matched_at_once():
    apart = distances(np.random.default_rng(3).normal(size=(16, 3)))
    assert len(match(apart)) == 8
