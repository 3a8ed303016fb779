"""Scenarios: one draw from every uncertain quantity, by its name, so that more extend those already drawn.

Each quantity walks its own base-2 sequence (the first dimension of Sobol's, with a
random digital shift), which fills its range evenly at 16, 32, 64, ... scenarios.
Within each such block the order is shuffled for each quantity apart. Plain
Sobol points in as many dimensions as a brief has unknowns pair some of them
almost perfectly at these sample sizes (docs/decisions/0004).
"""

from collections.abc import Iterable, Sequence

import numpy as np

from remit.briefs.scenario import Scenario
from remit.ground.identity import digest
from remit.ground.quantity import Choice, Quantity
from remit.kernel.layout import Floats
from remit.kernel.philox import uniforms

FIRST_BLOCK = 16
U = np.uint64
STREAM_ORDER = 101
STREAM_SHIFT = 102


def scenarios(unknowns: Iterable[Quantity | Choice], start: int, stop: int, seed: int) -> list[Scenario]:
    """Return scenarios number ``start`` to ``stop`` - 1.

    >>> q = Quantity("x", 1.0, "minute", 0.0, 2.0, "uniform")
    >>> few, more = scenarios([q], 0, 4, 7), scenarios([q], 0, 40, 7)
    >>> [s.quantiles for s in few] == [s.quantiles for s in more[:4]]
    True
    """
    names = sorted({q.name for q in unknowns if q.is_uncertain})
    columns = [name_quantiles(name, start, stop, seed) for name in names]
    return [
        Scenario(i, {name: float(column[i - start]) for name, column in zip(names, columns, strict=True)})
        for i in range(start, stop)
    ]


def name_quantiles(name: str, start: int, stop: int, seed: int) -> Floats:
    """Return ``(stop - start,)`` quantiles of one name, strictly between 0 and 1."""
    key = int(digest(name), 16)
    values = np.empty(stop)
    low, high = 0, FIRST_BLOCK
    while low < stop:
        order = np.argsort(_draws(seed, key, STREAM_ORDER, low, high), kind="stable")
        numbers = low + order[: max(0, stop - low)]
        values[low : low + len(numbers)] = _radical_inverse(numbers, _shift(seed, key))
        low, high = high, 2 * high
    return values[start:]


def _draws(seed: int, key: int, stream: int, low: int, high: int) -> Floats:
    # the name's 64 bits take the place of the replicate's number
    return np.array([uniforms(U(seed), U(key), U(stream), U(i), U(0))[0] for i in range(low, high)])


def _shift(seed: int, key: int) -> int:
    a, b, _, _ = uniforms(U(seed), U(key), U(STREAM_SHIFT), U(0), U(0))
    return int(a * 2**26) << 26 | int(b * 2**26)


def _radical_inverse(numbers: Sequence[int] | np.ndarray, shift: int) -> Floats:
    """Return base-2 radical inverses with their 52 digits shifted, in the middle of their cells."""
    bits = np.asarray(numbers, np.uint64)
    mirrored = np.zeros_like(bits)
    for i in range(52):
        mirrored |= ((bits >> U(i)) & U(1)) << U(51 - i)
    return ((mirrored ^ U(shift)).astype(np.float64) + 0.5) * 2.0**-52
