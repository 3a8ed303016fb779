"""Picking futures near a boundary: means stay unbiased, boxes are found with fewer; all fixed beforehand.

Unbiased: the mean of many estimates is within 4 of its standard errors of the truth. Boxes: three conditions among
24 columns, 8 courses a future, preferred in nine of ten inside and one of ten outside (as in test_discovery). Right
means those three columns, and an overlap of nine tenths. 128 futures drawn evenly and 128 picks of 2,048.
"""

import numpy as np
import pytest

from remit.questions.boundary import choose
from remit.questions.boxes import Column, discover

PLANTED = {3: (0.0, 0.55), 11: (0.35, 1.0), 17: (0.2, 0.8)}
UNBIASED = 4.0
N_KNOWN, N_PICKED, N_OFFERED = 128, 128, 2048


def columns(table):
    return [Column(f"c{i}", column) for i, column in enumerate(table.T)]


def is_inside(table, limits):
    held = np.ones(len(table), bool)
    for i, (low, high) in limits.items():
        held &= (table[:, i] >= low) & (table[:, i] <= high)
    return held


SMALL = {0: (0.0, 0.3), 1: (0.5, 1.0)}
TRUTH = 0.1 + 0.8 * 0.3 * 0.5


def small_world(rng, n):
    table = rng.random((n, 4))
    return table, rng.binomial(2, np.where(is_inside(table, SMALL), 0.9, 0.1)) / 2.0


def in_rounds(seed, n_rounds):
    """Return the weighted and the plain mean over all that was run."""
    rng = np.random.default_rng(seed)
    table, shares = small_world(rng, 60)
    weights = None
    for number in range(n_rounds):
        offered, would_be = small_world(rng, 300)
        told = choose(columns(table), shares, columns(offered), 40, seed=seed + number, weights=weights)
        table, weights = np.concatenate([table, offered[told.indices]]), told.weights
        shares = np.concatenate([shares, would_be[told.indices]])
    return np.average(shares, weights=weights), shares.mean()


@pytest.fixture
def small_committee(monkeypatch):
    """A committee of three, for speed: unbiased must hold whatever the committee; the long tests have the whole one."""
    monkeypatch.setattr("remit.questions.boundary.MEMBERS", 3)


def deviate(estimates, truth):
    estimates = np.asarray(estimates)
    return (estimates.mean() - truth) / (estimates.std(ddof=1) / np.sqrt(len(estimates)))


@pytest.mark.parametrize("n_rounds", [1, 2])
def test_the_weighted_mean_over_known_and_picked_is_unbiased(n_rounds, small_committee):
    means = np.array([in_rounds(seed, n_rounds) for seed in range(100)])
    assert abs(deviate(means[:, 0], TRUTH)) < UNBIASED
    assert abs(deviate(means[:, 1] - means[:, 0], 0.0)) > UNBIASED, (
        "a plain mean leans, else this test shows nothing"
    )


@pytest.mark.long
@pytest.mark.parametrize("n_rounds", [1, 2])
def test_the_weighted_mean_over_known_and_picked_is_unbiased_with_the_whole_committee(n_rounds):
    means = np.array([in_rounds(seed, n_rounds) for seed in range(10_000, 10_600)])
    assert abs(deviate(means[:, 0], TRUTH)) < UNBIASED


def test_picks_are_unbiased_for_the_very_candidates_they_are_drawn_from(small_committee):
    rng = np.random.default_rng(5)
    known, shares = small_world(rng, 60)
    offered, would_be = small_world(rng, 300)
    means = []
    for seed in range(120):
        told = choose(columns(known), shares, columns(offered), 40, seed=seed)
        means.append(np.average(would_be[told.indices], weights=told.weights[60:]))
    assert abs(deviate(means, would_be.mean())) < UNBIASED


def future(rng, n):
    table = rng.random((n, 24))
    return table, rng.binomial(8, np.where(is_inside(table, PLANTED), 0.9, 0.1)) / 8.0


def is_right(table, shares, weights, seed):
    found = discover(columns(table), shares, weights, n_resamples=0, most_boxes=1, seed=seed)
    if not found.boxes:
        return False
    limits = {int(limit.column[1:]): (limit.low, limit.high) for limit in found.boxes[0].limits}
    if set(limits) != set(PLANTED):
        return False
    tried = np.random.default_rng(99).random((20_000, 24))
    told, truth = is_inside(tried, limits), is_inside(tried, PLANTED)
    return bool((told & truth).sum() >= 0.9 * (told | truth).sum())


def is_right_picked(seed):
    rng = np.random.default_rng([seed, 1])
    table, shares = future(rng, N_KNOWN)
    offered, would_be = future(rng, N_OFFERED)
    told = choose(columns(table), shares, columns(offered), N_PICKED, seed=seed)
    table = np.concatenate([table, offered[told.indices]])
    return is_right(table, np.concatenate([shares, would_be[told.indices]]), told.weights, seed)


def is_right_even(seed, n):
    return is_right(*future(np.random.default_rng([seed, 2]), n), None, seed)


def test_picked_futures_show_the_box_where_as_many_drawn_evenly_do_not():
    seeds = range(8)
    picked = np.mean([is_right_picked(seed) for seed in seeds])
    assert picked >= 0.75
    assert picked > np.mean([is_right_even(seed, N_KNOWN + N_PICKED) for seed in seeds])


@pytest.mark.long
def test_picked_futures_show_the_box_as_often_as_half_as_many_again_drawn_evenly():
    seeds = range(1000, 1200)
    picked = np.mean([is_right_picked(seed) for seed in seeds])
    assert picked >= 0.85
    assert picked >= np.mean([is_right_even(seed, 3 * (N_KNOWN + N_PICKED) // 2) for seed in seeds])
