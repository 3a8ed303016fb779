"""Names beside curves: close to the curve where there is room, else tied to it by a thin line."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from remit.report.charts.drawing import Sheet
from remit.report.charts.lettering import Words, width_of, wrap
from remit.report.charts.spacing import Box, Crowd, Point, distance, meet
from remit.report.charts.tokens import LEADING, SMALL, Stroke

_TRIED = 40
_TIED = 14
_ACROSS, _DOWN = 16, 12
_CROSSINGS = 2
_LONGEST = 120.0
_CLEAR = 4.0
_STEP = 8.0


def name_curves(
    sheet: Sheet, curves: Sequence[tuple[Stroke, str, Sequence[Point]]], crowd: Crowd, ground: Box
) -> None:
    """Write each name by its own curve; where no place would be plain, the key alone has it."""
    left = [i for i in range(len(curves)) if not _close(sheet, curves, i, crowd)]
    for i in left:
        _tied(sheet, curves, i, crowd, ground)


def _close(sheet: Sheet, curves: Sequence[tuple[Stroke, str, Sequence[Point]]], i: int, crowd: Crowd) -> bool:
    """Write a name next to its curve, on one line or more; return whether there was room."""
    look, name, own = curves[i]
    others = [points for k, (_, _, points) in enumerate(curves) if k != i]
    middle = (own[0][1] + own[-1][1]) / 2
    points = _dense(own)
    central = sorted(points[:: len(points) // _TRIED + 1], key=lambda p: abs(p[1] - middle))
    for block, room, tall in _blocks(name):
        free = (b for b in _beside(central, room, tall) if crowd.free(b) and _plainly_of(b, own, others))
        box = crowd.settle(free)
        if box is not None:
            center = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
            _write(sheet, look, block, box, min(own, key=lambda p: math.dist(p, center)))
            return True
    return False


def _tied(
    sheet: Sheet, curves: Sequence[tuple[Stroke, str, Sequence[Point]]], i: int, crowd: Crowd, ground: Box
) -> None:
    """Write a name on free ground and tie it to its curve, over as few other curves as may be."""
    look, name, own = curves[i]
    others = [points for k, (_, _, points) in enumerate(curves) if k != i]
    inner = [p for p in _dense(own) if _apart(p, others) and ground.top + 8.0 < p[1] < ground.bottom - 24.0]
    best: tuple[tuple[int, float], Words, Box, Point, Point] | None = None
    for block, room, tall in _blocks(name):
        for box in _everywhere(ground, room, tall):
            if not crowd.free(box):
                continue
            for point in inner[:: len(inner) // _TIED + 1]:
                edge = (
                    box.left - 3.0 if point[0] < box.left else box.right + 3.0,
                    (box.top + box.bottom) / 2,
                )
                beside = point[0] < box.left - 10.0 or point[0] > box.right + 10.0
                if not beside or math.dist(edge, point) > _LONGEST or not crowd.clear((*edge, *point)):
                    continue
                over = sum(meet((*edge, *point), other) for other in others)
                cost = (over, abs(edge[0] - point[0]) + abs(edge[1] - point[1]))
                if over <= _CROSSINGS and (best is None or cost < best[0]):
                    best = (cost, block, box, edge, point)
        if best is not None:
            break
    if best is None:
        return
    _, block, box, edge, point = best
    crowd.take(box)
    crowd.take_path([edge, point])
    sheet.line(*edge, *point, stroke=look.colour)
    sheet.mark("circle", cx=point[0], cy=point[1], r=3.0, fill=look.colour)
    _write(sheet, look, block, box, point)


def _blocks(name: str) -> Iterator[tuple[Words, float, float]]:
    """Yield the ways to break a name without cutting it, with their room and height."""
    for block in (Words((name,)), wrap(name, 130.0, SMALL), wrap(name, 90.0, SMALL)):
        if not block.full:
            room = max(width_of(line, SMALL) for line in block.lines)
            yield block, room, SMALL * LEADING * len(block.lines)


def _write(sheet: Sheet, look: Stroke, block: Words, box: Box, beside: Point) -> None:
    """Write a name into its rectangle, set against the side where its curve is."""
    before = beside[0] > (box.left + box.right) / 2
    x, anchor = (box.right, "end") if before else (box.left, "start")
    sheet.words(x, box.top + SMALL * 0.95, block, size=SMALL, anchor=anchor, fill=look.words, halo=True)


def _beside(points: Sequence[Point], room: float, tall: float) -> Iterator[Box]:
    """Yield rectangles to the right and to the left of each point, level with it and a little off."""
    for x, y in points:
        for left in (x + 8.0, x - room - 8.0):
            for shift in (0.0, 0.45, -0.45):
                top = y - tall / 2 + shift * tall
                yield Box(left, top, left + room, top + tall)


def _everywhere(ground: Box, room: float, tall: float) -> Iterator[Box]:
    """Yield rectangles all over the plot."""
    for down in range(_DOWN):
        top = ground.top + (ground.bottom - ground.top - tall) * down / (_DOWN - 1)
        for across in range(_ACROSS):
            left = ground.left + (ground.right - ground.left - room) * across / (_ACROSS - 1)
            yield Box(left, top, left + room, top + tall)


def _dense(points: Sequence[Point]) -> list[Point]:
    """Return a line's points with others between them, none further apart than a few pixels."""
    found = list(points[:1])
    for a, b in pairwise(points):
        steps = math.ceil(math.dist(a, b) / _STEP) or 1
        found += [
            (a[0] + (b[0] - a[0]) * k / steps, a[1] + (b[1] - a[1]) * k / steps) for k in range(1, steps + 1)
        ]
    return found


def _apart(point: Point, others: Sequence[Sequence[Point]]) -> bool:
    """Return whether a point of a curve stands clear of all other curves."""
    x, y = point
    return all(distance(Box(x, y, x, y), other) >= _CLEAR for other in others)


def _plainly_of(box: Box, own: Sequence[Point], others: Sequence[Sequence[Point]]) -> bool:
    """Return whether a name in ``box`` would be read as that of its own curve, not of one nearby."""
    mine = distance(box, own)
    rest = [distance(box, other) for other in others]
    return all(r >= 1.6 * mine or abs(r - mine) < 0.01 for r in rest)
