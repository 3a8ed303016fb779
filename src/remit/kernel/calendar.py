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
LAST = (1 << 63) - 1


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
    """Take the first key out of a heap that holds ``size`` keys.

    The hole sinks to the bottom by the smaller child, then the last key rises from there: its place
    is nearly always low, and so the way down needs no unpredictable comparison with it.
    """
    n = U(size - 1)
    key = heap[n]
    heap[n] = LAST  # a right neighbour that is never chosen
    i = U(0)
    child = ONE
    while child < n:
        right = child + ONE
        child = right if heap[right] < heap[child] else child
        heap[i] = heap[child]
        i = child
        child = (i << ONE) + ONE
    push(heap, int64(i), key)
