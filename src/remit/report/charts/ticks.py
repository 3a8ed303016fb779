"""Scales from values to places in the picture, with round numbers along them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from remit.report.charts.digits import fixed, known, number, short

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """A straight line from values ``low`` to ``high`` onto places ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the place of ``value``, held within the ends.

        >>> Scale(0.0, 10.0, 100.0, 200.0).at(2.5)
        125.0
        """
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


def round_up(value: float) -> float:
    """Return the least of 1, 2, 2.5, 5 times a power of ten that is at least ``value``.

    >>> round_up(3.1), round_up(0.021), round_up(1.0), round_up(0.0)
    (5.0, 0.025, 1.0, 1.0)
    """
    if not known(value) or value < 1e-120:
        return 1.0
    power = math.floor(math.log10(value))
    for factor in _ROUND:
        step = _times(factor, power)
        if step >= value * (1 - 1e-9):
            return step
    return _times(10.0, power)


def round_ticks(low: float, high: float, most: int = 6) -> tuple[float, ...]:
    """Return evenly spaced round numbers that enclose ``low`` to ``high``, about ``most`` at the most.

    >>> round_ticks(0.0, 9.3), round_ticks(-1.2, 3.4, 4)
    ((0.0, 2.0, 4.0, 6.0, 8.0, 10.0), (-2.0, 0.0, 2.0, 4.0))
    """
    low, high = _widened(low, high)
    step = round_up((high - low) / max(1, most - 1))
    while True:
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first + 1 <= max(2, most) or step > (high - low):
            break
        step = round_up(step * 1.01)
    return tuple(_tidy(k, step) for k in range(first, max(last, first + 1) + 1))


def domain(values: Iterable[float], *, with_zero: bool = False) -> tuple[float, float]:
    """Return the least and the greatest known value, ``(0, 1)`` when there is none.

    >>> domain([3.0, float("nan"), 5.0]), domain([3.0, 5.0], with_zero=True), domain([])
    ((3.0, 5.0), (0.0, 5.0), (0.0, 1.0))
    """
    found = [v for v in values if known(v)]
    if with_zero and found:
        found.append(0.0)
    return (min(found), max(found)) if found else (0.0, 1.0)


def tick_words(ticks: Sequence[float]) -> tuple[str, ...]:
    """Return the ticks in words, all to the same number of places.

    >>> tick_words((0.0, 0.5, 1.0)), tick_words((0.0, 2e6, 4e6))
    (('0', '0.5', '1.0'), ('0', '2m', '4m'))
    """
    most = max((abs(t) for t in ticks), default=0.0)
    step = min((abs(b - a) for a, b in pairwise(ticks)), default=1.0)
    if most >= 1e6 or most < 1e-4:
        digits = 3 if step == 0 else min(9, max(3, 2 + math.ceil(math.log10(max(1.0, most / step)))))
        return tuple(short(t, digits) if most >= 1e6 else number(t, digits) for t in ticks)
    dust = step * 1e-6
    places = next((p for p in range(12) if all(abs(round(t, p) - t) <= dust for t in ticks)), 12)
    return tuple("0" if t == 0 else fixed(t, places) for t in ticks)


def _widened(low: float, high: float) -> tuple[float, float]:
    """Return ends that differ enough to draw between."""
    if low > high:
        low, high = high, low
    if high - low > 1e-9 * max(abs(low), abs(high)) and high - low > 1e-120:
        return low, high
    if low == 0.0 or abs(low) < 1e-100:
        return -1.0, 1.0
    pad = abs(low) * 0.1
    return low - pad, high + pad


def _times(factor: float, power: int) -> float:
    """Return ``factor`` times a power of ten, as exactly as written numbers allow."""
    return float(f"{factor}e{power}")


def _tidy(count: int, step: float) -> float:
    """Return ``count`` steps without the dust of binary fractions."""
    return float(f"{count * step:.12g}") + 0.0
