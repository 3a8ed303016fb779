"""Type I error: how often each estimator would claim an effect where there is none, in small pilots.

Trials without any effect are made up and analysed. An honest test at 5 % claims an effect in one trial in twenty;
one that claims more would lead a council to roll out what does nothing. The worlds are stated in ``WORLD``.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from remit.pilots.analysis.blocks import blocked_difference
from remit.pilots.analysis.clusters import Clustered, cluster_t, gather
from remit.pilots.analysis.counts import shares_of
from remit.pilots.analysis.estimate import Estimate, Floats, Ints
from remit.pilots.analysis.means import difference_in_means
from remit.pilots.analysis.staggered import cohorts_of, staggered, staggered_chance
from remit.pilots.analysis.wedge import Correlation, Wedge, wedge_gls

SIZES = (6, 8, 12, 24)
ALPHA = 0.05
ICC, CAC, PERIODS, MEAN_SIZE = 0.05, 0.6, 5, 20
WORLD = (
    f"Clusters of 10 to 30 people ({MEAN_SIZE} on average); ICC {ICC:g}; in a stepped wedge {PERIODS} periods, three "
    f"waves or more, cluster autocorrelation {CAC:g}, a drift over time; yes-or-no outcomes about 20 in 100. "
    f"Tests are two-sided at {ALPHA:g}."
)
Luck = np.random.Generator


@dataclass(frozen=True)
class Rate:
    """How often one estimator claims an effect that is not there."""

    estimator: str
    n_clusters: int
    by_model: float  # share of runs with p at or below 5 %, by the model behind the interval
    by_chance: float  # the same by the random allocation; NaN where it was not asked
    error: float  # standard error of either share where 5 % is right
    n_runs: int


def type_one(
    sizes: tuple[int, ...] = SIZES,
    n_runs: int = 1000,
    n_draws: int = 199,
    seed: int = 1,
    on_step: Callable[[str], None] | None = None,
) -> tuple[Rate, ...]:
    """Return the type I error of every estimator at each number of clusters.

    Args:
        sizes: numbers of clusters, each even and at least 6.
        n_runs: trials without effect, of each estimator and size.
        n_draws: allocations behind each randomisation p-value where not all are tried.
        seed: of everything drawn.
        on_step: told which estimator and size is at work.

    Raises:
        ValueError: if a number of clusters is odd or below 6.
    """
    if any(k < 6 or k % 2 for k in sizes):
        raise ValueError("numbers of clusters are even and at least 6")
    found = []
    for number, (name, trial) in enumerate(TRIALS.items()):
        for k in sizes:
            if on_step is not None:
                on_step(f"{name}, {k} clusters")
            rng = np.random.default_rng([seed, number, k])
            runs = [trial(rng, k, n_draws) for _ in range(n_runs)]
            found.append(_rate(name, k, runs))
    return tuple(found)


def _rate(name: str, k: int, runs: list[Estimate]) -> Rate:
    n = len(runs)
    asked = any(math.isfinite(r.p_random) for r in runs)
    by_chance = sum(r.p_random <= ALPHA for r in runs) / n if asked else math.nan
    error = math.sqrt(ALPHA * (1.0 - ALPHA) / n)
    return Rate(name, k, sum(r.p_model <= ALPHA for r in runs) / n, by_chance, error, n)


def _crowd(rng: Luck, k: int) -> tuple[Floats, Ints]:
    """Return people's outcomes, and the cluster of each."""
    sizes = rng.integers(10, 31, k)
    cluster = np.repeat(np.arange(k), sizes)
    level = rng.normal(0.0, math.sqrt(ICC), k)
    return level[cluster] + rng.normal(0.0, math.sqrt(1.0 - ICC), len(cluster)), cluster


def _halves(rng: Luck, k: int) -> Ints:
    return rng.permutation(np.arange(k) % 2)


def _people(rng: Luck, k: int, n_draws: int) -> Estimate:
    """People drawn one by one, with one covariate that matters."""
    n = MEAN_SIZE * k
    before = rng.normal(size=n)
    y = 0.5 * before + rng.normal(size=n)
    return difference_in_means(
        y, _halves(rng, n) == 1, before[:, None], None, n_draws, int(rng.integers(1 << 30))
    )


def _two_shares(rng: Luck, k: int, n_draws: int) -> Estimate:
    n = MEAN_SIZE * k
    y = rng.random(n) < 0.2
    return shares_of(y, _halves(rng, n) == 1, None, "difference", n_draws, int(rng.integers(1 << 30)))


def _clusters_forgotten(rng: Luck, k: int, n_draws: int) -> Estimate:
    """Clusters drawn, people counted as if each had been: the mistake to avoid."""
    y, cluster = _crowd(rng, k)
    return difference_in_means(y, _halves(rng, k)[cluster] == 1, n_draws=0)


def _clustered(rng: Luck, k: int) -> Clustered:
    y, cluster = _crowd(rng, k)
    return gather(y, cluster, _halves(rng, k)[cluster] == 1)


def _cluster_means(rng: Luck, k: int, n_draws: int) -> Estimate:
    return cluster_t(_clustered(rng, k), "mean", n_draws, int(rng.integers(1 << 30)))


def _weighted(rng: Luck, k: int, n_draws: int) -> Estimate:
    return cluster_t(_clustered(rng, k), "mean", n_draws, int(rng.integers(1 << 30)), weighted=True)


def _log_odds(rng: Luck, k: int, n_draws: int) -> Estimate:
    latent, cluster = _crowd(rng, k)
    data = gather((latent > 0.84).astype(float), cluster, _halves(rng, k)[cluster] == 1)
    return cluster_t(data, "odds", n_draws, int(rng.integers(1 << 30)))


def _pairs(rng: Luck, k: int, n_draws: int) -> Estimate:
    y, cluster = _crowd(rng, k)
    pair = np.arange(k) // 2
    pick = rng.integers(0, 2, k // 2)
    treated = (np.arange(k) % 2) == pick[pair]
    data = gather(y, cluster, treated[cluster], pair[cluster])
    return blocked_difference(data, "mean", n_draws, int(rng.integers(1 << 30)))


def _wedge(rng: Luck, k: int, n_draws: int, cac: float) -> Estimate:
    lasting = rng.normal(0.0, math.sqrt(ICC * CAC), (k, 1))
    passing = rng.normal(0.0, math.sqrt(ICC * (1.0 - CAC)), (k, PERIODS))
    sizes = rng.integers(10, 31, (k, PERIODS)).astype(float)
    noise = rng.normal(size=(k, PERIODS)) * np.sqrt((1.0 - ICC) / sizes)
    means = lasting + passing + noise + 0.1 * np.arange(PERIODS)
    start = rng.permutation(1 + np.arange(k) % (PERIODS - 1))
    data = Wedge(means, sizes, start, np.zeros(k, np.int64))
    return wedge_gls(data, Correlation(ICC, cac), n_draws, int(rng.integers(1 << 30)))


def _wedge_right(rng: Luck, k: int, n_draws: int) -> Estimate:
    return _wedge(rng, k, n_draws, CAC)


def _wedge_simple(rng: Luck, k: int, n_draws: int) -> Estimate:
    return _wedge(rng, k, n_draws, 1.0)


def _staggered(rng: Luck, k: int, n_draws: int) -> Estimate:
    """Clusters as units of a panel, three dates and some that never start."""
    panel = rng.normal(size=(k, 1)) * math.sqrt(0.5) + rng.normal(size=(k, 6)) * math.sqrt(0.5)
    panel += 0.1 * np.arange(6)
    dates = np.array([2, 3, 4] if k < 8 else [2, 3, 4, 6])
    start = rng.permutation(dates[np.arange(k) % len(dates)])
    found = staggered(cohorts_of(panel, start)[0])
    return staggered_chance(found, panel, start, "simple", n_draws, int(rng.integers(1 << 30)))


TRIALS: dict[str, Callable[[Luck, int, int], Estimate]] = {
    f"people, adjusted means (n = {MEAN_SIZE} times the clusters)": _people,
    f"people, two shares (n = {MEAN_SIZE} times the clusters)": _two_shares,
    "clusters drawn but people counted (the mistake to avoid)": _clusters_forgotten,
    "cluster means, t": _cluster_means,
    "cluster means weighted by size, t": _weighted,
    "cluster log odds, t": _log_odds,
    "pairs of clusters, t": _pairs,
    "stepped wedge, correlations right": _wedge_right,
    "stepped wedge, CAC taken for 1": _wedge_simple,
    "staggered roll-out, least noise": _staggered,
}
