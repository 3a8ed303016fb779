"""Counter-based draws: a draw is a pure function of who it is for, never of when it is asked.

Philox 4x32-10 (Salmon, Moraes, Dror and Shaw 2011). The counter holds
(entity, block, luck, stream), the key the root seed, so the same person meets
the same luck in every design, on any number of threads.
"""

import numpy as np
from numba import types

from remit.kernel.compiling import compiled

U = np.uint64
MASK32 = U(0xFFFFFFFF)
MUL_A = U(0xD2511F53)
MUL_B = U(0xCD9E8D57)
WEYL_A = U(0x9E3779B9)
WEYL_B = U(0xBB67AE85)
HALF32 = U(32)
SCALE = 2.3283064365386963e-10  # 2**-32

u64 = types.uint64
f64 = types.float64


@compiled(types.UniTuple(u64, 4)(u64, u64, u64, u64, u64, u64))
def philox(c0, c1, c2, c3, k0, k1):
    """Return four 32-bit words for a counter of four words and a key of two.

    Source: held against the published known-answer vectors in
    tests/unit/kernel/test_philox.py.

    >>> [hex(int(x)) for x in philox(U(0), U(0), U(0), U(0), U(0), U(0))][0]
    '0x6627e8d5'
    """
    for _ in range(10):
        p0 = MUL_A * c0
        p1 = MUL_B * c2
        n0 = (p1 >> HALF32) ^ c1 ^ k0
        n2 = (p0 >> HALF32) ^ c3 ^ k1
        c1 = p1 & MASK32
        c3 = p0 & MASK32
        c0 = n0
        c2 = n2
        k0 = (k0 + WEYL_A) & MASK32
        k1 = (k1 + WEYL_B) & MASK32
    return c0, c1, c2, c3


@compiled(types.UniTuple(f64, 4)(u64, u64, u64, u64, u64))
def uniforms(seed, luck, stream, entity, block):
    """Return four numbers strictly between 0 and 1 for one entity's block on one stream.

    ``luck`` is the replicate's number, unique over scenarios: its low half goes
    into the counter's third word and its high half beside the stream.
    """
    a, b, c, d = philox(
        entity, block, luck & MASK32, stream | ((luck >> HALF32) << U(8)), seed & MASK32, seed >> HALF32
    )
    return (
        (np.float64(a) + 0.5) * SCALE,
        (np.float64(b) + 0.5) * SCALE,
        (np.float64(c) + 0.5) * SCALE,
        (np.float64(d) + 0.5) * SCALE,
    )
