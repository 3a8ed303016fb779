"""The calendar: a binary heap of int64 keys, tick first, slot second.

Ties fall to the lower slot, so the order of events never depends on history.
Entries that no longer hold are recognised when they come up, not hunted down.
Indices are unsigned, which spares the compiled code a check for negative ones.
"""

import numpy as np
from numba import int64, void

from remit.kernel.compiling import compiled
from remit.kernel.layout import I1

U = np.uint64
ONE = U(1)


@compiled(void(I1, int64, int64))
def push(heap, size, key):
    """Put ``key`` into a heap that holds ``size`` keys."""
    i = U(size)
    while i > U(0):
        parent = (i - ONE) >> ONE
        above = heap[parent]
        if key >= above:
            break
        heap[i] = above
        i = parent
    heap[i] = key


@compiled(void(I1, int64))
def pop(heap, size):
    """Take the first key out of a heap that holds ``size`` keys."""
    n = U(size - 1)
    key = heap[n]
    i = U(0)
    child = ONE
    while child < n:
        below = heap[child]
        if child + ONE < n:
            other = heap[child + ONE]
            if other < below:
                below = other
                child += ONE
        if below >= key:
            break
        heap[i] = below
        i = child
        child = (i << ONE) + ONE
    heap[i] = key
