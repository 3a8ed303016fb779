"""Variance: how much of an outcome's spread each factor makes, alone, in pairs and in all, by pick-freeze.

A block is a point A, a second point B and, for each factor, A with that factor from B (and B with it from A).
First-order shares by Saltelli et al. (2010, Comput. Phys. Commun. 181, 259), total shares by Jansen (1999,
Comput. Phys. Commun. 117, 35), shares of pairs by Saltelli (2002, Comput. Phys. Commun. 145, 280), after
Sobol' (1993). Outcomes are centred first, which makes the estimates far less noisy.

Ranges are centiles over resamples of whole blocks, which takes blocks for independent draws. Of such, 512 blocks
hold the truth in 85 to 90 repetitions of a hundred. Where blocks come from a low-discrepancy sequence the ranges
are, as a rule, wider than they need be; not always with few blocks (at 512 of a scrambled Sobol' sequence one share
of Ishigami's function was held in 84 of a hundred, at 1,024 all in a hundred).

Replicates leave luck in each outcome. Luck that is independent between points widens the variance and every total
(half the squared difference of two points holds half the luck of each); first-order shares and pairs are products
of different points and are only made smaller by the wider variance. ``noise`` takes it out.

With common random numbers luck is not independent: what all points share widens nothing, and a factor that does
nothing leaves luck the same to the last. ``noise`` then takes out too much: totals lean low (an idle factor's below 0)
and first-order shares, divided by too little, lean high. So with common random numbers leave it out. What then is wrong
is bounded by s, the part of the variance that is luck not shared by all points (at most ``noise_share``): first-order
shares are low by their s-th part, totals high by up to s times what they lack of 1 (or, where the luck of two points
cancels, low by their s-th part).
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from remit.ensemble.freezing import points_in_block
from remit.kernel.layout import Floats
from remit.questions.chance import lean_on_few, resamples

LEAST_BLOCKS = 16
LEAST_RESAMPLES = 20
LOW, HIGH = 5.0, 95.0
ROUNDING = 64.0 * float(np.finfo(float).eps)  # of the largest outcome: no spread below it is believed

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Decomposition:
    """Shares of an outcome's variance; NaN wherever there is no answer, never 0 for want of one.

    Each share has a range, nine in ten over resamples of blocks. Shares are not clipped: a true 0 comes out a
    little below or above it.
    """

    verdict: str  # why there are no shares; empty where there are
    caution: str  # why these are not to be relied on: a few extreme outcomes make most of the variance
    first: Floats  # (factors,) made by the factor alone
    first_low: Floats
    first_high: Floats
    total: Floats  # (factors,) made by the factor with all it takes part in
    total_low: Floats
    total_high: Floats
    pairs: Floats  # (factors, factors) made by two together beyond each alone; NaN but above the diagonal
    pairs_low: Floats
    pairs_high: Floats
    variance: float  # of the outcome, luck taken out where ``noise`` was given
    n_blocks: int  # used
    n_left_out: int  # a point of the block failed: left out whole, for all shares
    noise_share: float  # luck over all variance of the outcome as it came out; NaN if no ``noise`` was given


@dataclass(frozen=True)
class _Blocks:
    """Outcomes of whole blocks, or their noise, factor by factor."""

    a: Floats  # (blocks,)
    ab: Floats  # (factors, blocks)
    ba: Floats  # (factors, blocks); no rows without second order
    b: Floats  # (blocks,)


@dataclass(frozen=True)
class _Moments:
    """What the shares are made of, for each set of weights."""

    spread: Floats  # (sets,) variance as it came out
    luck: Floats  # (sets,) the part of it that is noise
    first: Floats  # (factors, sets)
    total: Floats  # (factors, sets)
    pairs: Floats  # (pairs, sets), in the order of the upper triangle


def decompose(
    y: Floats,
    n_factors: int,
    second_order: bool,
    *,
    n_resamples: int = 200,
    seed: int = 1,
    noise: Floats | None = None,
) -> Decomposition:
    """Return each factor's share of the outcome's variance: alone, in pairs and in all.

    A block with a failed point is left out whole and counted. If failing has to do with the factors, the
    shares are those of the futures in which nothing failed. There is no answer, and a verdict instead, if more than
    half of the blocks or all but a few are left out, or the outcome does not vary, or varies no more than luck would
    make it.

    Args:
        y: (blocks * points,) outcomes in the order of ``ensemble.freezing.frozen``; not finite where a run failed.
        n_factors: how many factors were moved.
        second_order: whether blocks were made for pairs.
        n_resamples: resamples of blocks behind the ranges.
        seed: of the resamples.
        noise: (blocks * points,) squared standard error of each outcome: variance between its replicates over their
            number. Not finite where it isn't known: that block is left out. See the module on common random numbers.

    Raises:
        ValueError: if sizes do not fit together, a noise is negative or there are too few resamples.

    >>> from remit.ensemble.freezing import frozen
    >>> rng = np.random.default_rng(1)
    >>> points = frozen(["u", "v"], rng.random((4096, 2)), rng.random((4096, 2)), ["u", "v"], False)
    >>> found = decompose(points[:, 0] + 2.0 * points[:, 1], 2, False)
    >>> [round(float(s), 1) for s in found.first], found.verdict
    ([0.2, 0.8], '')
    >>> decompose(np.zeros(len(points)), 2, False).verdict
    'The outcome does not vary: there is nothing to share out.'
    """
    _check(y, n_factors, second_order, n_resamples, noise)
    points = points_in_block(n_factors, second_order)
    table = np.asarray(y, float).reshape(-1, points)
    luck = np.zeros_like(table) if noise is None else np.asarray(noise, float).reshape(-1, points)
    whole: Flags = np.isfinite(table).all(axis=1) & np.isfinite(luck).all(axis=1)
    table, luck = table[whole], luck[whole]
    counts = (len(table), int((~whole).sum()))
    refusal = _refusal(table, *counts)
    if refusal:
        return _nothing(refusal, n_factors, *counts)
    centre, scale = float(table.mean()), float(np.ptp(table))
    outcome = _blocks((table - centre) / scale, n_factors)
    unlucky = _blocks(luck / scale**2, n_factors)
    moments = _moments(outcome, unlucky, resamples(len(table), n_resamples, seed).T)
    noise_share = float(moments.luck[0] / moments.spread[0]) if noise is not None else math.nan
    variance = (moments.spread - moments.luck) * scale**2
    if np.percentile(variance, LOW) <= 0.0 or variance[0] <= 0.0:
        verdict = "The outcome varies no more than luck between replicates would make it."
        return _nothing(verdict, n_factors, *counts, float(variance[0]), noise_share)
    caution = lean_on_few(np.concatenate([outcome.a, outcome.b]))
    return _told(moments, n_factors, caution, float(variance[0]), counts, noise_share)


def _check(y: Floats, n_factors: int, second_order: bool, n_resamples: int, noise: Floats | None) -> None:
    points = points_in_block(n_factors, second_order)
    if y.ndim != 1 or len(y) % points:
        raise ValueError(f"{y.shape} outcomes do not make blocks of {points}")
    if n_resamples < LEAST_RESAMPLES:
        raise ValueError(f"{n_resamples} resamples: at least {LEAST_RESAMPLES} are needed for a range")
    if noise is not None and noise.shape != y.shape:
        raise ValueError(f"{noise.shape} noise for {y.shape} outcomes")
    if noise is not None and bool((noise < 0.0).any()):
        raise ValueError("a noise below 0: it is a variance")


def _refusal(table: Floats, n: int, n_left_out: int) -> str:
    """Return why no shares can be told from these whole blocks; empty if they can."""
    left = f" ({n_left_out} more left out: a run failed or its noise is not known)" if n_left_out else ""
    if n_left_out > n:
        return f"More than half of the blocks are left out, {n_left_out} of {n + n_left_out}: a run failed."
    if n < LEAST_BLOCKS:
        return f"Too few blocks: {n}{left}. At least {LEAST_BLOCKS} are needed."
    if np.ptp(table) <= ROUNDING * np.abs(table).max():
        return "The outcome does not vary: there is nothing to share out."
    if np.ptp(table[:, [0, -1]]) <= ROUNDING * np.abs(table).max():
        return "The outcome does not vary between the base points: there is no variance to share out."
    return ""


def _nothing(
    verdict: str,
    n_factors: int,
    n: int,
    n_left_out: int,
    variance: float = math.nan,
    noise_share: float = math.nan,
) -> Decomposition:
    one, two = np.full(n_factors, np.nan), np.full((n_factors, n_factors), np.nan)
    return Decomposition(
        verdict, "", one, one, one, one, one, one, two, two, two, variance, n, n_left_out, noise_share
    )


def _blocks(table: Floats, d: int) -> _Blocks:
    across = np.ascontiguousarray(table.T)
    return _Blocks(across[0], across[1 : d + 1], across[d + 1 : -1], across[-1])


def _moments(y: _Blocks, luck: _Blocks, weights: Floats) -> _Moments:
    """Return the moments for every set of weights: one product of matrices instead of a loop over resamples."""
    both = np.stack([y.a**2 + y.b**2, y.a + y.b, luck.a + luck.b, y.a * y.b])
    squares, mean, lucky, product = both @ weights * np.array([[0.5], [0.5], [0.5], [1.0]])
    total = 0.5 * ((y.a - y.ab) ** 2 - luck.a - luck.ab)
    pairs = [(y.ba[j] * y.ab[j + 1 :]) @ weights - product for j in range(len(y.ba) - 1)]
    return _Moments(
        squares - mean**2,
        lucky,
        (y.b * (y.ab - y.a)) @ weights,
        total @ weights,
        np.concatenate(pairs) if pairs else np.empty((0, weights.shape[1])),
    )


def _told(
    moments: _Moments, d: int, caution: str, variance: float, counts: tuple[int, int], noise_share: float
) -> Decomposition:
    """Return the shares with their ranges, from the resamples that leave any variance."""
    spread = moments.spread - moments.luck
    kept = spread > 0.0
    first = moments.first[:, kept] / spread[kept]
    total = moments.total[:, kept] / spread[kept]
    pairs = moments.pairs[:, kept] / spread[kept]
    if len(pairs):
        one, other = np.triu_indices(d, 1)
        pairs = pairs - first[one] - first[other]
    two, two_low, two_high = (_square(v, d) for v in _ranged(pairs))
    return Decomposition(
        "",
        caution,
        *_ranged(first),
        *_ranged(total),
        two,
        two_low,
        two_high,
        variance,
        *counts,
        noise_share,
    )


def _ranged(shares: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the sample's own shares and the range of the resamples'."""
    low, high = np.percentile(shares[:, 1:], [LOW, HIGH], axis=1)
    return shares[:, 0], low, high


def _square(values: Floats, d: int) -> Floats:
    square = np.full((d, d), np.nan)
    if len(values):
        square[np.triu_indices(d, 1)] = values
    return square
