import numpy as np
import pytest

from remit.pilots.analysis.blocks import block_weights, blocked_difference, differences, whole_blocks
from remit.pilots.analysis.clusters import Clustered


def _pairs(gaps, size=None):
    k = len(gaps)
    y = np.arange(2 * k, dtype=float)
    treated = np.arange(2 * k) % 2 == 1
    y[1::2] = y[0::2] + gaps
    size = np.full(2 * k, 1.0) if size is None else np.array(size, float)
    return Clustered(y * size, size, treated, np.repeat(np.arange(k), 2))


def test_pairs_are_the_paired_t():
    gaps = np.array([1.0, 2, 0.5, 3, 1.5])
    found = blocked_difference(_pairs(gaps), n_draws=0)
    assert found.value == pytest.approx(gaps.mean())
    assert found.se == pytest.approx(gaps.std(ddof=1) / np.sqrt(5))
    assert found.df == 4


def test_the_draw_turns_signs():
    found = blocked_difference(_pairs(np.array([1.0, 2, 0.5, 3, 1.5])))
    assert found.is_exact
    assert found.n_random == 32
    assert found.p_random == pytest.approx(2 / 32)


def test_weights_count_blocks_by_size():
    data = _pairs(np.array([1.0, 4.0]), [10, 10, 30, 30])
    assert blocked_difference(data, n_draws=0, weighted=True).value == pytest.approx(0.25 * 1 + 0.75 * 4)
    assert block_weights(np.array([1.0, 3]), np.array([0, 1]), weighted=True).tolist() == [0.25, 0.75]


def test_a_block_with_one_arm_is_left_out_and_told():
    data = _pairs(np.array([1.0, 2, 3]))
    treated = data.treated.copy()
    treated[:2] = True
    names, n_out = whole_blocks(treated, data.strata)
    assert names.tolist() == [1, 2]
    assert n_out == 1
    found = blocked_difference(Clustered(data.total, data.size, treated, data.strata), n_draws=0)
    assert found.value == pytest.approx(2.5)
    assert any("left out" in a for a in found.assumed)


def test_one_against_several_in_a_block():
    y = np.array([5.0, 1, 3, 8, 2, 2])
    draws = np.array([[1.0, 0, 0, 1, 0, 0]])
    assert differences(draws, y, np.ones(6), np.repeat([0, 1], 3)).tolist() == [[3.0, 6.0]]


def test_no_whole_block():
    data = _pairs(np.array([1.0]))
    found = blocked_difference(Clustered(data.total, data.size, np.array([True, True]), data.strata))
    assert np.isnan(found.value)


def test_few_large_blocks_take_their_spread_from_within():
    rng = np.random.default_rng(3)
    strata = np.repeat([0, 1], 8)
    treated = np.tile([False, True], 8)
    y = rng.normal(size=16) + 5.0 * strata + 1.0 * treated
    found = blocked_difference(Clustered(y, np.ones(16), treated, strata), n_draws=0)
    parts = [y[(strata == s) & (treated == t)] for s in (0, 1) for t in (False, True)]
    assert found.se == pytest.approx(0.5 * np.sqrt(sum(p.var(ddof=1) / 4 for p in parts)))
    assert found.df == 12


def test_a_difference_between_blocks_is_no_spread_within_them():
    """1,000 trials without an effect, two blocks far apart: claimed in 3 to 7 of 100 (seed 5, four standard errors)."""
    rng, claimed = np.random.default_rng(5), 0
    strata, treated = np.repeat([0, 1], 8), np.tile([False, True], 8)
    for _ in range(1000):
        y = rng.normal(size=16) + 20.0 * strata
        found = blocked_difference(Clustered(y, np.ones(16), treated, strata), n_draws=0)
        claimed += found.p_model < 0.05
    assert 22 <= claimed <= 78
