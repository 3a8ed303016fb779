"""Alias tables: one uniform draw picks among many weights in constant time (Walker 1977, Vose 1991)."""

import numpy as np

from remit.kernel.layout import Floats, Ints


def alias_table(weights: Floats) -> tuple[Floats, Ints]:
    """Return (keep, alias) for a flat array of weights, at least one above zero.

    Cell ``int(u * n)`` stands if the rest of ``u * n`` is below ``keep``, else its alias is drawn.

    >>> keep, alias = alias_table(np.array([1.0, 3.0]))
    >>> [float(k) for k in keep], [int(a) for a in alias]
    ([0.5, 1.0], [1, 1])
    """
    n = len(weights)
    scaled = weights / weights.sum() * n
    keep = np.ones(n)
    alias = np.arange(n, dtype=np.int64)
    small = [i for i in range(n) if scaled[i] < 1.0]
    large = [i for i in range(n) if scaled[i] >= 1.0]
    while small and large:
        s, big = small.pop(), large[-1]
        keep[s] = scaled[s]
        alias[s] = big
        scaled[big] -= 1.0 - scaled[s]
        if scaled[big] < 1.0:
            small.append(large.pop())
    for i in small:  # rounding left these a hair below one
        if weights[i] == 0.0:
            keep[i], alias[i] = 0.0, int(np.argmax(weights))
    return keep, alias
