"""Draws of one quantity by its name: uniform numbers, shuffles, and the even quantiles that scenarios use.

Whatever is drawn here is a pure function of a name, a seed and a number, so
one quantity more or less in a brief moves no other, and nothing depends on
what was drawn before.
"""

import numpy as np
import numpy.typing as npt
from numba import types

from remit.ground.identity import digest
from remit.kernel.compiling import compiled
from remit.kernel.layout import Floats, Ints
from remit.kernel.philox import uniforms

Words = npt.NDArray[np.uint64]
U = np.uint64
FIRST_BLOCK = 16
STREAM_ORDER = 101
STREAM_SHIFT = 102
LOW_32 = U(0xFFFFFFFF)
HALF_32 = U(32)
SPAN_32 = 2.0**32
CELL_52 = 2.0**-52

u64 = types.uint64
i64 = types.int64
F1 = types.Array(types.float64, 1, "C")
W1 = types.Array(u64, 1, "C")


def name_quantiles(name: str, start: int, stop: int, seed: int) -> Floats:
    """Return ``(stop - start,)`` quantiles of one name, strictly between 0 and 1.

    They fill the range evenly at 16, 32, 64, ... (van der Corput's sequence with a
    random digital shift); within each such block their order is shuffled.

    Args:
        name: Whose quantiles they are.
        start: Number of the first scenario.
        stop: Number after the last scenario.
        seed: Root seed.
    """
    key, shift = name_key(name), _shift(name, seed)
    values = np.empty(max(0, stop - start))
    low, high = 0, FIRST_BLOCK
    while low < stop:
        if high > start:  # each block stands by itself: those before ``start`` need not be drawn
            begin, end = max(low, start), min(high, stop)
            keys = _keys(high - low, seed, key, STREAM_ORDER, low, 0)[begin - low : end - low]
            _spread(values[begin - start : end - start], keys, low, U(shift))
        low, high = high, 2 * high
    return values


def name_key(name: str) -> int:
    """Return the 64 bits that stand for a name.

    >>> name_key("crews.number") == name_key("crews.number") != name_key("crews.numbers")
    True
    """
    return int(digest(name), 16)


def name_uniforms(name: str, stream: int, start: int, stop: int, seed: int, block: int = 0) -> Floats:
    """Return ``(stop - start,)`` independent uniform numbers of one name, strictly between 0 and 1.

    Args:
        name: Whose numbers they are.
        stream: What they are for; every use has its own.
        start: Number of the first.
        stop: Number after the last.
        seed: Root seed.
        block: Another block has other numbers.
    """
    values = np.empty(max(0, stop - start))
    _fill(values, U(seed), U(name_key(name)), U(stream), start, U(block))
    return values


def name_shuffle(name: str, stream: int, n: int, seed: int, block: int = 0) -> Ints:
    """Return 0 to ``n`` - 1 in an order of the name's own.

    >>> sorted(name_shuffle("crews.number", 103, 5, 7).tolist())
    [0, 1, 2, 3, 4]
    """
    return (_keys(n, seed, name_key(name), stream, 0, block) & LOW_32).astype(np.int64)


def _keys(n: int, seed: int, key: int, stream: int, low: int, block: int) -> Words:
    """Return sorted 64-bit keys whose low halves are the shuffled order of 0 to ``n`` - 1.

    A key is a random word before the number it belongs to: sorting keys is faster than
    sorting numbers by their words, and equal words keep their order.
    """
    keys = np.empty(n, np.uint64)
    _fill_keys(keys, U(seed), U(key), U(stream), low, U(block))
    keys.sort()
    return keys


def _shift(name: str, seed: int) -> int:
    a, b, _, _ = uniforms(U(seed), U(name_key(name)), U(STREAM_SHIFT), U(0), U(0))
    return int(a * 2**26) << 26 | int(b * 2**26)


# the name's 64 bits take the place of the replicate's number in all that follows


@compiled(types.void(F1, u64, u64, u64, i64, u64))
def _fill(values: Floats, seed: int, key: int, stream: int, start: int, block: int) -> None:
    for i in range(len(values)):
        values[i] = uniforms(seed, key, stream, U(start + i), block)[0]


@compiled(types.void(W1, u64, u64, u64, i64, u64))
def _fill_keys(keys: Words, seed: int, key: int, stream: int, low: int, block: int) -> None:
    for i in range(len(keys)):
        word = U(uniforms(seed, key, stream, U(low + i), block)[0] * SPAN_32)  # the 32 bits it was made of
        keys[i] = (word << HALF_32) | U(i)


@compiled(types.void(F1, W1, i64, u64))
def _spread(values: Floats, keys: Words, low: int, shift: int) -> None:
    """Write base-2 radical inverses with their 52 digits shifted, in the middle of their cells."""
    for j in range(len(values)):
        rest = U(low) + (keys[j] & LOW_32)
        mirrored = U(0)
        digit = U(1) << U(51)
        while rest > U(0):
            if rest & U(1):
                mirrored |= digit
            digit >>= U(1)
            rest >>= U(1)
        values[j] = (np.float64(mirrored ^ shift) + 0.5) * CELL_52
