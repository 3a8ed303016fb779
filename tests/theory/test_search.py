"""The search on problems whose fronts are known: how much of them it finds, against drawing designs at random.

Seeds are fixed and thresholds were never loosened; two problems were made harder or smaller after first tries, when
they proved to have hardly any signal. Random drawing has the same budget and spends it as well as
drawing can: each genome once, in all scenarios (judged on one scenario where nothing is uncertain).
"""

from functools import cache, reduce
from itertools import product

import numpy as np
import pytest

from remit.questions.confirm import confirm
from remit.questions.evolve import SearchWish, search
from remit.questions.fronts import front, hypervolume


class Space:
    """Whatever repair does nothing to."""

    def __init__(self, sizes, starts=(), repair=lambda genome: genome):
        self.sizes, self.starts, self.one = sizes, starts, repair

    def repair(self, genomes):
        return [self.one(g) for g in genomes]


def quiet(progress):
    pass


def evaluator(true, n, spread=0.0):
    """Outcomes: what is true of a genome, weather that all share, and luck of each one's own."""

    @cache
    def weather(scenario):
        return np.random.default_rng([scenario]).normal(size=n) * 3.0 * spread

    def one(genome, scenario):
        luck = np.random.default_rng([scenario, 7, *genome]).normal(size=n) * spread if spread else 0.0
        return true(genome) + weather(scenario) + luck

    return lambda genomes, scenarios: {g: np.array([one(g, s) for s in scenarios]) for g in genomes}


def drawn(space, evaluate, wish):
    """Return the front of genomes drawn at random with the same budget."""
    rng, genomes = np.random.default_rng(wish.seed), {}
    n = wish.most_evaluations // wish.most_scenarios
    for _ in range(50):
        more = rng.integers(0, space.sizes, size=(n, len(space.sizes))).tolist()
        genomes.update(dict.fromkeys(g for g in space.repair([tuple(m) for m in more]) if g is not None))
        if len(genomes) >= n:
            break
    kept = list(genomes)[:n]
    given = evaluate(kept, range(wish.most_scenarios))
    return [kept[i] for i in front(np.array([given[g].mean(axis=0) for g in kept]))]


def shares(space, evaluate, wishes, share):
    """Return by seed the share of the true front found, by the search and by drawing."""
    found = [search(space, evaluate, w, quiet) for w in wishes]
    assert all(f.evaluations <= w.most_evaluations for f, w in zip(found, wishes, strict=True))
    return np.array(
        [(share(f.front), share(drawn(space, evaluate, w))) for f, w in zip(found, wishes, strict=True)]
    )


def wishes(n_objectives, budget, seeds, first=8, most=64, **more):
    more = {"patience": 15, "most_generations": 100, **more}
    return [SearchWish(("mean",) * n_objectives, budget, first, most, seed=seed, **more) for seed in seeds]


def leading_and_trailing(genome):
    """Ones before the first zero, zeros after the last one (LOTZ: Laumanns and others 2004)."""
    ones = next((i for i, g in enumerate(genome) if g == 0), len(genome))
    zeros = next((i for i, g in enumerate(genome[::-1]) if g == 1), len(genome))
    return np.array([ones, zeros], dtype=float)


def test_leading_ones_and_trailing_zeros():
    n = 14
    true_front = {(1,) * i + (0,) * (n - i) for i in range(n + 1)}
    told = shares(
        Space((2,) * n),
        evaluator(leading_and_trailing, 2),
        wishes(2, 1200, range(5), first=1, most=1, z=0.0),
        lambda genomes: len(true_front & set(genomes)) / len(true_front),
    )
    assert told[:, 0].mean() >= 0.75, "of 1,200 genomes in 16,384"
    assert told[:, 1].mean() <= 0.2
    assert (told[:, 0] > told[:, 1]).all()


N_ITEMS = 14
KNAPSACK = np.random.default_rng(0)
GAINS = KNAPSACK.integers(1, 40, (N_ITEMS, 3)).astype(float)
WEIGHTS = KNAPSACK.integers(1, 40, N_ITEMS)
CAPACITY = WEIGHTS.sum() // 2
POOREST = np.argsort(GAINS.sum(axis=1) / WEIGHTS, kind="stable").tolist()


def lightened(genome):
    """Take out what gains least for its weight, until it fits."""
    kept = list(genome)
    for i in POOREST:
        if WEIGHTS @ np.array(kept) <= CAPACITY:
            break
        kept[i] = 0
    return tuple(kept)


@cache
def knapsack_front():
    every = np.array(list(product((0, 1), repeat=N_ITEMS)))
    fits = every[every @ WEIGHTS <= CAPACITY]
    return frozenset(tuple(fits[i].tolist()) for i in front(fits @ GAINS))


def knapsack(spread, told_wishes):
    return shares(
        Space((2,) * N_ITEMS, (), lightened),
        evaluator(lambda g: np.array(g) @ GAINS, 3, spread),
        told_wishes,
        lambda genomes: len(knapsack_front() & set(genomes)) / len(knapsack_front()),
    )


def test_a_knapsack_of_three_gains():
    told = knapsack(0.0, wishes(3, 800, range(4), first=1, most=1, z=0.0))
    assert told[:, 0].mean() >= 0.8, "of 800 genomes in 16,384"
    assert (told[:, 0] > told[:, 1]).all()


def test_a_knapsack_of_uncertain_gains():
    told = knapsack(4.0, wishes(3, 8000, range(4)))
    assert told[:, 0].mean() >= 0.7, "of 8,000 runs; to try all takes a million"
    assert told[:, 1].mean() <= 0.35
    assert (told[:, 0] > told[:, 1] + 0.2).all()


@pytest.mark.long
def test_a_knapsack_of_uncertain_gains_often():
    told = knapsack(4.0, wishes(3, 8000, range(100, 140)))
    assert told[:, 0].mean() >= 0.75
    assert np.quantile(told[:, 0], 0.1) >= 0.6
    assert (told[:, 0] > told[:, 1]).all()


# 24 variables of three settings in six blocks; pairs are forbidden within blocks only, so that the true front
# follows from those of the blocks
BLOCKS = np.random.default_rng(11)
VALUES = BLOCKS.integers(-9, 10, (24, 3, 2)).astype(float)
FORBIDDEN = [
    (4 * b + i, int(x), 4 * b + j, int(y))
    for b in range(6)
    for i, j in ((0, 1), (1, 2), (2, 3), (0, 3))
    for x, y in [BLOCKS.integers(0, 3, 2)]
]


def is_consistent(genome):
    return not any(genome[i] == x and genome[j] == y for i, x, j, y in FORBIDDEN)


def mended(genome):
    """Move the second of each forbidden pair on by one, a few times over."""
    kept = list(genome)
    for _ in range(8):
        for i, x, j, y in FORBIDDEN:
            if kept[i] == x and kept[j] == y:
                kept[j] = (y + 1) % 3
    return tuple(kept) if is_consistent(kept) else None


def blocks_true(genome):
    return VALUES[np.arange(24), list(genome)].sum(axis=0)


@cache
def blocks_front():
    """Return the scores on the true front: sums of what is on the fronts of the blocks."""

    def best(points):
        points = np.unique(points, axis=0)
        return points[front(points)]

    def block(b):
        settings = [s for s in product(range(3), repeat=4) if is_consistent(padded(b, s))]
        return best(np.array([VALUES[np.arange(4 * b, 4 * b + 4), list(s)].sum(axis=0) for s in settings]))

    def padded(b, settings):
        return (-1,) * (4 * b) + settings + (-1,) * (20 - 4 * b)

    return reduce(lambda a, b: best((a[:, None] + b[None]).reshape(-1, 2)), [block(b) for b in range(6)])


def covered(genomes):
    """Return how much of the true front's hypervolume a set of genomes has, by what is true of them."""
    corner = blocks_front().min(axis=0) - 30.0
    scores = np.array([blocks_true(g) for g in genomes])
    return hypervolume(scores, corner) / hypervolume(blocks_front(), corner)


def blocks(spread, told_wishes):
    space = Space((3,) * 24, (mended((0,) * 24),), mended)

    evaluate = evaluator(blocks_true, 2, spread)

    def checked(genomes, scenarios):
        assert all(is_consistent(g) for g in genomes)
        return evaluate(genomes, scenarios)

    return shares(space, checked, told_wishes, covered)


def test_twenty_four_variables_with_forbidden_pairs():
    told = blocks(0.0, wishes(2, 1500, range(3), first=1, most=1, z=0.0))
    assert told[:, 0].min() >= 0.9, "of 1,500 genomes in 282 thousand million"
    assert (told[:, 0] > told[:, 1] + 0.2).all()


def test_twenty_four_uncertain_variables_with_forbidden_pairs():
    told = blocks(5.0, wishes(2, 12000, range(3)))
    assert told[:, 0].min() >= 0.85, "of 12,000 runs"
    assert (told[:, 0] > told[:, 1] + 0.2).all()


@pytest.mark.parametrize("aim", ["mean", "tenth", "worst"])
def test_the_lever_that_is_truly_best_is_chosen(aim):
    # beyond 0.97 something breaks in one future of eight; two more variables matter to nobody
    def evaluate(genomes, scenarios):
        weather = np.array([np.random.default_rng([s]).normal() for s in scenarios])
        breaks = np.array([s % 8 == 7 for s in scenarios])
        return {g: (g[0] / 100 + weather - 9.0 * (breaks & (g[0] > 97)))[:, None] for g in genomes}

    wish = SearchWish((aim,), 8000, patience=12, seed=3)
    found = search(Space((101, 4, 4)), evaluate, wish, quiet)
    assert found.front
    assert {g[0] for g in found.front} == {97}


def gamble(swings):
    """Return outcomes of more or less of the same gamble: each scenario's swing, times the stake."""
    return lambda genomes, scenarios: {g: (sum(g) * swings[list(scenarios)])[:, None] for g in genomes}


def test_a_gamble_is_best_on_average_and_a_sure_thing_in_the_worst_case():
    evaluate = gamble(0.8 + np.random.default_rng(21).normal(size=64))
    for aim, best in (("mean", 3), ("worst", 0), ("tenth", 0)):
        found = search(Space((4,) * 8), evaluate, SearchWish((aim,), 8000, seed=1), quiet)
        assert found.front == ((best,) * 8,)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_fares_badly_in_the_first_scenarios_only_is_found_and_kept(seed):
    luck = np.random.default_rng(22).normal(size=64) * 0.2
    evaluate = gamble(np.where(np.arange(64) < 8, -1.0, 0.5) + luck)
    found = search(Space((4,) * 5), evaluate, SearchWish(("mean",), 8000, seed=seed), quiet)
    assert found.front == ((3,) * 5,)


def test_the_front_in_fresh_scenarios_is_less_than_it_looked():
    evaluate = evaluator(lambda g: np.array(g) @ GAINS[:, :1], 1, 40.0)
    space = Space((2,) * N_ITEMS, (), lightened)
    curse = []
    for wish in wishes(1, 4000, range(6), first=4, most=16, z=1.0):
        found = search(space, evaluate, wish, quiet)
        fresh = confirm(found.front, evaluate, range(100, 400), chosen_on=found.scenarios, aims=("mean",))
        weather = [
            np.mean([np.random.default_rng([s]).normal() * 120.0 for s in scenarios])
            for scenarios in (found.scenarios, range(100, 400))
        ]
        looked = {t.genome: t.means[0] - weather[0] for t in found.archive}
        curse += [looked[f.genome] - (f.scores[0] - weather[1]) for f in fresh.fresh]
    assert np.mean(curse) > 5.0
