"""Chance: how often another draw of the same allocation would have shown as much, were there no effect.

Where the draws that could have been made are few they are all tried, and the p-value is exact. Else a stated
number are drawn, and the draw that was made counts as one of them, so that the p-value is never 0.
"""

import math
from collections.abc import Callable, Iterator
from itertools import permutations, product

import numpy as np

from remit.pilots.analysis.estimate import Bools, Estimate, Floats, Ints

N_DRAWS = 1999
MOST_EXACT = 5_000
MOST_AT_ONCE = 4_000_000  # labels in one block of draws
CLOSE = 1e-9  # two statistics this near to each other are the same one: rounding must not decide

Statistic = Callable[[Floats], Floats]
"""From (draws, units) of labels to (draws,) of statistics; larger in size is further from no effect."""


def randomised(
    found: Estimate,
    labels: Floats | Ints | Bools,
    strata: Ints,
    statistic: Statistic,
    n_draws: int = N_DRAWS,
    seed: int = 1,
    rows: Floats | None = None,
) -> Estimate:
    """Return an estimate with its randomisation p-value.

    Args:
        found: the estimate.
        labels: (units,) what each unit was given.
        strata: (units,) labels change places within a stratum only.
        statistic: what is compared with other draws.
        n_draws: how many to draw where all would be too many.
        seed: of the draws.
        rows: (draws, units) every draw that a constrained procedure could have made, in place of strata.
    """
    given = np.asarray(labels, float)
    real = abs(float(statistic(given[None, :])[0]))
    if not math.isfinite(real):
        return found
    as_far = tried = 0
    is_exact = rows is not None or count_of(given, strata) <= MOST_EXACT
    if rows is not None:
        blocks: Iterator[Floats] = iter([rows])
    else:
        blocks = every(given, strata) if is_exact else drawn(given, strata, n_draws, seed)
    for block in blocks:
        other = np.abs(statistic(block))
        as_far += int((other >= real - CLOSE * max(1.0, real)).sum())
        tried += len(block)
    p = as_far / tried if is_exact else (1 + as_far) / (1 + tried)
    return found.with_chance(p, tried, is_exact=is_exact)


def count_of(labels: Floats, strata: Ints) -> float:
    """Return how many different draws there are; infinite beyond any use.

    >>> count_of(np.array([1.0, 0, 1, 0]), np.zeros(4, int))
    6.0
    """
    log_total = 0.0
    for s in np.unique(strata):
        _, counts = np.unique(labels[strata == s], return_counts=True)
        log_total += math.lgamma(counts.sum() + 1) - sum(math.lgamma(c + 1) for c in counts)
    return float(round(math.exp(log_total))) if log_total < 30.0 else math.inf


def every(labels: Floats, strata: Ints) -> Iterator[Floats]:
    """Yield all different draws in blocks."""
    places = [np.flatnonzero(strata == s) for s in np.unique(strata)]
    ways = [_orders(tuple(labels[p])) for p in places]
    block = []
    for chosen in product(*ways):
        row = np.empty(len(labels))
        for place, way in zip(places, chosen, strict=True):
            row[place] = way
        block.append(row)
    yield np.array(block)


def _orders(labels: tuple[float, ...]) -> list[tuple[float, ...]]:
    """Return the different orders of labels, some of them equal."""
    if len(set(labels)) == len(labels):
        return list(permutations(labels))
    if not labels:
        return [()]
    found = []
    for first in sorted(set(labels)):
        rest = list(labels)
        rest.remove(first)
        found += [(first, *more) for more in _orders(tuple(rest))]
    return found


def drawn(labels: Floats, strata: Ints, n_draws: int, seed: int) -> Iterator[Floats]:
    """Yield draws of labels within strata, in blocks that fit into memory."""
    rng = np.random.default_rng(seed)
    places = [np.flatnonzero(strata == s) for s in np.unique(strata)]
    step = max(1, MOST_AT_ONCE // len(labels))
    for start in range(0, n_draws, step):
        n = min(step, n_draws - start)
        block = np.tile(labels, (n, 1))
        if len(places) == 1:
            yield rng.permuted(block, axis=1)
            continue
        # a random number in each place, sorted within its stratum, deals out the stratum's labels
        keys = rng.random(block.shape)
        for place in places:
            order = np.argsort(keys[:, place], axis=1)
            block[:, place] = labels[place][order]
        yield block
