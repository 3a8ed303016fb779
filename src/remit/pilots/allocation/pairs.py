"""Matched pairs: units that are alike in what is known before, so that luck decides within each pair only.

With up to 16 units the pairs are the best there are; with more, near pairs are made first and partners
are then changed while that brings pairs nearer.
"""

import numpy as np

from remit.pilots.allocation.scheme import Numbers

MOST_EXACT = 16
ROUND = 9  # digits kept of a distance, so that rounding does not decide between equals


def distances(values: Numbers) -> Numbers:
    """Return how far units lie apart: root of summed squares of differences, each in standard deviations."""
    spread = values.std(axis=0, ddof=1) if len(values) > 1 else np.ones(values.shape[1])
    scaled = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    apart = np.sqrt(((scaled[:, None, :] - scaled[None, :, :]) ** 2).sum(axis=2))
    found: Numbers = np.round(apart, ROUND)
    return found


def match(apart: Numbers) -> tuple[tuple[int, int], ...]:
    """Return pairs with the smallest summed distance found, in the order of their first members.

    ``apart`` is square with an even number of units.
    """
    n = len(apart)
    pairs = _best(apart) if n <= MOST_EXACT else _improved(apart, _nearest_first(apart))
    return tuple(sorted((min(p), max(p)) for p in pairs))


def is_best(n: int) -> bool:
    """Say whether pairs of so many units are the best there are, and not only good ones."""
    return n <= MOST_EXACT


def _best(apart: Numbers) -> list[tuple[int, int]]:
    """Return the best pairs, by trying for every set of units whom its first one goes with."""
    n = len(apart)
    everyone = (1 << n) - 1
    least = {0: (0.0, (-1, -1))}
    # sets grow by the pair that holds the first unit still missing
    order = [0]
    for done in order:
        if done == everyone:
            continue
        first = next(i for i in range(n) if not done >> i & 1)
        for other in range(first + 1, n):
            if done >> other & 1:
                continue
            then = done | 1 << first | 1 << other
            cost = round(least[done][0] + float(apart[first, other]), ROUND)
            if then not in least:
                order.append(then)
            if then not in least or cost < least[then][0]:
                least[then] = (cost, (first, other))
    pairs = []
    left = everyone
    while left:
        pair = least[left][1]
        pairs.append(pair)
        left &= ~(1 << pair[0] | 1 << pair[1])
    return pairs


def _nearest_first(apart: Numbers) -> list[tuple[int, int]]:
    """Return pairs made one by one, the nearest two left each time."""
    n = len(apart)
    rows, columns = np.triu_indices(n, 1)
    order = np.argsort(apart[rows, columns], kind="stable")
    free = np.ones(n, bool)
    pairs = []
    for i in order:
        one, two = int(rows[i]), int(columns[i])
        if free[one] and free[two]:
            free[[one, two]] = False
            pairs.append((one, two))
    return pairs


def _improved(apart: Numbers, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return pairs whose partners are changed, two pairs at a time, while that lowers the sum."""
    pairs = list(pairs)
    changed = True
    while changed:
        changed = False
        for i in range(len(pairs)):
            for j in range(i + 1, len(pairs)):
                (a, b), (c, d) = pairs[i], pairs[j]
                now = apart[a, b] + apart[c, d]
                options = (
                    (apart[a, c] + apart[b, d], (a, c), (b, d)),
                    (apart[a, d] + apart[b, c], (a, d), (b, c)),
                )
                best = min(options, key=lambda o: o[0])
                if best[0] < now - 10.0**-ROUND:
                    pairs[i], pairs[j] = best[1], best[2]
                    changed = True
    return pairs
