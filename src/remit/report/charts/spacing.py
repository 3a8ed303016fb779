"""Keeping words off one another: along a line, and among marks in the plane."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Box:
    """A rectangle in the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Return whether the two rectangles share any ground.

        >>> Box(0, 0, 2, 2).meets(Box(1, 1, 3, 3)), Box(0, 0, 1, 1).meets(Box(1, 0, 2, 1))
        (True, False)
        """
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: "Box") -> bool:
        """Return whether this rectangle lies inside ``other``."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


Point = tuple[float, float]
Segment = tuple[float, float, float, float]


def crosses(segment: Segment, box: Box) -> bool:
    """Return whether a straight line meets a rectangle.

    >>> crosses((0, 0, 4, 4), Box(1, 1, 2, 2)), crosses((0, 3, 1, 4), Box(1, 1, 2, 2))
    (True, False)
    """
    x1, y1, x2, y2 = segment
    near, far = 0.0, 1.0
    for start, step, low, high in ((x1, x2 - x1, box.left, box.right), (y1, y2 - y1, box.top, box.bottom)):
        if step == 0.0:
            if start < low or start > high:
                return False
            continue
        one, two = (low - start) / step, (high - start) / step
        near, far = max(near, min(one, two)), min(far, max(one, two))
        if near > far:
            return False
    return True


def distance(box: Box, points: Sequence[Point]) -> float:
    """Return how far a line through ``points`` is from the sides of a rectangle, about.

    >>> distance(Box(0, 0, 2, 2), [(5, 0), (5, 9)])
    3.0
    """
    middle = (box.top + box.bottom) / 2
    sides = [(x, y) for x in (box.left, box.right) for y in (box.top, middle, box.bottom)]
    return min((_off(p, a, b) for a, b in pairwise(points) for p in sides), default=math.inf)


def meet(segment: Segment, points: Sequence[Point]) -> bool:
    """Return whether a straight line crosses a line through ``points``.

    >>> meet((0, 0, 4, 0), [(1, -1), (1, 1)]), meet((0, 0, 4, 0), [(5, -1), (5, 1)])
    (True, False)
    """
    one, other = (segment[0], segment[1]), (segment[2], segment[3])
    return any(
        _turn(one, other, a) * _turn(one, other, b) <= 0 and _turn(a, b, one) * _turn(a, b, other) <= 0
        for a, b in pairwise(points)
    )


class Crowd:
    """The ground already taken in a plot, and the search for free ground."""

    def __init__(self, bounds: Box) -> None:
        self._bounds = bounds
        self._boxes: list[Box] = []
        self._segments: list[Segment] = []

    def take(self, box: Box) -> None:
        """Note that a rectangle is taken."""
        self._boxes.append(box)

    def take_path(self, points: Sequence[Point]) -> None:
        """Note that a line through ``points`` is drawn."""
        self._segments.extend((*a, *b) for a, b in pairwise(points))

    def free(self, box: Box) -> bool:
        """Return whether a rectangle lies inside the plot on free ground."""
        return (
            box.within(self._bounds)
            and not any(box.meets(b) for b in self._boxes)
            and not any(crosses(s, box) for s in self._segments)
        )

    def clear(self, segment: Segment) -> bool:
        """Return whether a straight line crosses no taken rectangle."""
        return not any(crosses(segment, b) for b in self._boxes)

    def settle(self, wanted: Iterable[Box]) -> Box | None:
        """Take and return the first free rectangle, ``None`` if none is free."""
        for box in wanted:
            if self.free(box):
                self.take(box)
                return box
        return None


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Return middles as near to ``wanted`` as may be, so that lengths ``sizes`` do not overlap.

    Where there is not enough room, they are set evenly and overlap evenly.

    >>> spread([10.0, 12.0, 50.0], [10.0, 10.0, 10.0], 0.0, 100.0)
    (6.0, 16.0, 50.0)
    """
    if not wanted:
        return ()
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    ahead: list[float] = []
    reach = 0.0
    for i in order:
        ahead.append(reach + sizes[i] / 2)
        reach += sizes[i]
    squeeze = min(1.0, max(0.0, high - low) / reach) if reach > 0 else 1.0
    ahead = [a * squeeze for a in ahead]
    calm = _rising([wanted[i] - a for i, a in zip(order, ahead, strict=True)])
    top = max(low, high - reach * squeeze)
    found = [0.0] * len(wanted)
    for i, a, c in zip(order, ahead, calm, strict=True):
        found[i] = min(top, max(low, c)) + a
    return tuple(found)


def _turn(a: Point, b: Point, c: Point) -> float:
    """Return on which side of the line from ``a`` to ``b`` the point ``c`` lies."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _off(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from a straight line between two others."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = across * across + down * down
    share = ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / length if length else 0.0
    share = min(1.0, max(0.0, share))
    return math.dist(point, (start[0] + share * across, start[1] + share * down))


def _rising(values: Sequence[float]) -> list[float]:
    """Return the nearest sequence that never falls, by pooling neighbours."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (b, n), (a, m) = pools.pop(), pools.pop()
            pools.append(((a * m + b * n) / (m + n), m + n))
    return [mean for mean, count in pools for _ in range(count)]
