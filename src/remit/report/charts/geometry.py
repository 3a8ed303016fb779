"""Places on the ground as places in a picture, and room for words inside a shape."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remit.report.charts.spacing import Box

Point = tuple[float, float]
Ring = tuple[Point, ...]
_KM_A_DEGREE = 6371.0088 * math.pi / 180.0
_LEVELS = 15


@dataclass(frozen=True)
class Ground:
    """A flat picture of a small part of the globe: straight east and north in kilometres, then in pixels."""

    origin: Point
    scale: float
    left: float
    top: float

    def at(self, point: Point) -> Point:
        """Return the place in the picture of a longitude and latitude."""
        east, north = _kilometres(point, self.origin)
        return self.left + east * self.scale, self.top - north * self.scale


def valid(ring: Sequence[Point]) -> bool:
    """Return whether a ring can be drawn: three corners or more, each on the globe.

    >>> valid(((0.0, 50.0), (1.0, 50.0), (1.0, 51.0))), valid(((0.0, 50.0), (1.0, 50.0)))
    (True, False)
    """
    return len(ring) >= 3 and all(on_globe(p) for p in ring)


def on_globe(point: Point | None) -> bool:
    """Return whether a longitude and latitude are numbers within their limits."""
    return point is not None and abs(point[0]) <= 360.0 and abs(point[1]) <= 90.0


def fit(
    points: Iterable[Point], width: float, height: float, left: float, top: float
) -> tuple[Ground, float]:
    """Return the ground that shows all points within a width and a height, and the height it takes."""
    every = list(points)
    middle = sum(p[1] for p in every) / len(every)
    origin = (every[0][0], middle)
    flat = [_kilometres(p, origin) for p in every]
    west, east = min(x for x, _ in flat), max(x for x, _ in flat)
    south, north = min(y for _, y in flat), max(y for _, y in flat)
    wide, tall = max(east - west, 1e-3), max(north - south, 1e-3)
    if east - west < 1e-6 and north - south < 1e-6:
        wide = tall = 1.0
    scale = min(width / wide, height / tall)
    used = (north - south) * scale
    slack = (width - (east - west) * scale) / 2
    return Ground(origin, scale, left + slack - west * scale, top + north * scale), used


def scale_bar(pixels_a_km: float, room: float) -> tuple[float, str]:
    """Return the length in pixels and the words of a round distance that fits in ``room``.

    >>> scale_bar(10.0, 120.0), scale_bar(400.0, 120.0)
    ((100.0, '10 km'), (80.0, '200 m'))
    """
    most = room / pixels_a_km
    power = 10.0 ** math.floor(math.log10(most))
    km = max(f * power for f in (1.0, 2.0, 5.0) if f * power <= most * (1 + 1e-9))
    said = f"{km:,.0f} km" if km >= 1.0 else f"{km * 1000:.3g} m"
    return km * pixels_a_km, said


def thinned(points: Sequence[Point], least: float = 0.6) -> list[Point]:
    """Return a ring without corners nearer to the one before than ``least``, if enough remain."""
    kept: list[Point] = []
    for p in points:
        if not kept or math.dist(p, kept[-1]) >= least:
            kept.append(p)
    return kept if len(kept) >= 3 else list(points)


def bounds(rings: Sequence[Sequence[Point]]) -> Box:
    """Return the rectangle around some rings."""
    xs, ys = [p[0] for r in rings for p in r], [p[1] for r in rings for p in r]
    return Box(min(xs), min(ys), max(xs), max(ys))


def room_inside(rings: Sequence[Sequence[Point]], width: float, height: float) -> list[Box]:
    """Return rectangles of a size that lie inside a shape, the most central first."""
    around = bounds(rings)
    if around.right - around.left < width or around.bottom - around.top < height:
        return []
    middle = ((around.left + around.right) / 2, (around.top + around.bottom) / 2)
    found: list[tuple[float, Box]] = []
    for k in range(_LEVELS):
        y = around.top + height / 2 + (around.bottom - around.top - height) * k / (_LEVELS - 1)
        rows = [_inside_at(rings, y + height * f) for f in (-0.5, -0.25, 0.0, 0.25, 0.5)]
        shared = rows[0]
        for row in rows[1:]:
            shared = _common(shared, row)
        for left, right in shared:
            if right - left >= width:
                x = min(max(middle[0], left + width / 2), right - width / 2)
                box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
                found.append((math.dist((x, y), middle), box))
    return [box for _, box in sorted(found, key=lambda f: f[0])]


def _inside_at(rings: Sequence[Sequence[Point]], y: float) -> list[tuple[float, float]]:
    """Return the stretches of a level line that lie inside a shape."""
    cuts = []
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (y1 > y) != (y2 > y):
                cuts.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    cuts.sort()
    return list(zip(cuts[::2], cuts[1::2], strict=False))


def _common(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the stretches that two lists of stretches share."""
    both = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return [(a, b) for a, b in both if b > a]


def _kilometres(point: Point, origin: Point) -> Point:
    """Return how far east and north of ``origin`` a point lies, the short way round the globe."""
    turn = (point[0] - origin[0] + 180.0) % 360.0 - 180.0
    shrink = max(0.01, math.cos(math.radians(origin[1])))
    return turn * _KM_A_DEGREE * shrink, (point[1] - origin[1]) * _KM_A_DEGREE
