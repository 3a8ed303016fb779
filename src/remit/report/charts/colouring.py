"""Classes of values, with their colours, their signs and their words."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from remit.report.charts.digits import MINUS, known
from remit.report.charts.ticks import domain, round_ticks, round_up, tick_words
from remit.report.charts.tokens import DIVERGING, SEQUENTIAL

_MOST = 7


@dataclass(frozen=True)
class Classes:
    """Rising breaks between classes, and the colour of each class."""

    breaks: tuple[float, ...]
    colours: tuple[str, ...]
    diverging: bool

    def index(self, value: float) -> int:
        """Return the class of a value; one on a break belongs to the class further from zero."""
        if self.diverging and value < 0:
            return bisect_left(self.breaks, value)
        return bisect_right(self.breaks, value)

    def colour(self, value: float) -> str:
        """Return the colour of a value's class."""
        return self.colours[self.index(value)]

    def signs(self, index: int) -> str:
        """Return a class's minus or plus signs, one more for each class away from the middle."""
        away = index - len(self.breaks) // 2
        return (
            ("+" if away > 0 else MINUS) * abs(away) if self.diverging and len(self.breaks) % 2 == 0 else ""
        )

    def words(self) -> tuple[str, ...]:
        """Return the breaks in words."""
        return tuple(
            f"+{w}" if self.diverging and b > 0 else w for b, w in zip(self.breaks, self._said(), strict=True)
        )

    def _said(self) -> tuple[str, ...]:
        """Return the breaks in words, without plus signs."""
        return tick_words(self.breaks) if self.breaks else ()


def classes(
    values: Iterable[float], *, diverging: bool = True, breaks: Sequence[float] | None = None
) -> Classes:
    """Return classes for some values: breaks as given, or else round ones.

    Diverging classes lie evenly about zero, the middle one twice as wide as the others.

    >>> classes([-1.0, 3.4]).breaks, classes([2.0, 9.0], diverging=False).breaks
    ((-3.0, -2.0, -1.0, 1.0, 2.0, 3.0), (4.0, 6.0, 8.0))
    """
    if breaks is not None:
        given = tuple(float(b) for b in breaks)
        if len(given) >= _MOST or any(not b > a for a, b in pairwise(given)) or not all(map(known, given)):
            raise ValueError("breaks are at most six rising numbers")
        return Classes(given, _colours(len(given) + 1, diverging), diverging)
    low, high = domain(values)
    if diverging:
        step = round_up(max(abs(low), abs(high)) / 4)
        return Classes(tuple(k * step for k in (-3, -2, -1, 1, 2, 3)), DIVERGING, True)
    if low == high:
        return Classes((), _colours(1, False), False)
    inner = round_ticks(low, high, _MOST)[1:-1]
    return Classes(inner, _colours(len(inner) + 1, False), False)


def _colours(count: int, diverging: bool) -> tuple[str, ...]:
    """Return so many colours, spread over the whole ramp."""
    ramp = DIVERGING if diverging else SEQUENTIAL
    if count == 1:
        return (ramp[3],)
    return tuple(ramp[round(i * (len(ramp) - 1) / (count - 1))] for i in range(count))
