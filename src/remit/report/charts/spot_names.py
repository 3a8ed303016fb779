"""Names round marks in the plane: each at the best of many positions, none on another, nor on a mark."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remit.report.charts.lettering import Words, width_of, wrap
from remit.report.charts.spacing import Box, Point, Segment, crosses, meet
from remit.report.charts.tokens import LEADING, SMALL

_ROOMS = (150.0, 118.0, 92.0)
_FAR = (0.0, 8.0, 18.0, 30.0, 46.0, 66.0, 90.0, 120.0)
_GAP = 2.0
_TIED = 18.0
_ROUNDS = 3

# Where a name lies from its mark, across and down, and what it costs to read it there.
_SIDES = (
    (1.0, 0.0, 0.0), (-1.0, 0.0, 1.0), (0.0, -1.0, 2.0), (0.0, 1.0, 2.0), (0.9, -0.6, 3.0), (0.9, 0.6, 3.0),
    (-0.9, -0.6, 4.0), (-0.9, 0.6, 4.0), (0.45, -1.0, 4.0), (0.45, 1.0, 4.0), (-0.45, -1.0, 5.0),
    (-0.45, 1.0, 5.0),
)  # fmt: skip
_A_STEP = 0.25  # of distance, a pixel
_A_LINE = 1.0  # each line of a broken name after the first
_A_PIXEL = 0.01  # of width, so that of two ways to break a name the even one is taken
_OVER_TIE = 5.0  # each line of the picture that a name lies on
_ACROSS_TIE = 3.0  # each line of the picture that a name's own line cuts
_NEAR_OTHER = 30.0  # a name that is nearer to another mark than to its own


@dataclass(frozen=True)
class Named:
    """Where one name stands: its lines, their rectangle, how they are set, and a line to a far mark."""

    block: Words
    box: Box
    anchor: str
    leader: Segment | None = None

    @property
    def x(self) -> float:
        """Where its lines begin, end or have their middle, as the anchor says."""
        if self.anchor == "middle":
            return (self.box.left + self.box.right) / 2
        return self.box.left if self.anchor == "start" else self.box.right


@dataclass(frozen=True)
class Scene:
    """What names must keep off, and the lines they had better not lie on."""

    ground: Box
    radius: float
    spots: tuple[Point, ...]
    taken: tuple[Box, ...] = ()
    lines: tuple[Segment, ...] = ()

    def mark(self, index: int) -> Box:
        """Return the rectangle of the mark at ``index``."""
        x, y = self.spots[index]
        return Box(x - self.radius, y - self.radius, x + self.radius, y + self.radius)


def name_spots(names: Sequence[str], scene: Scene) -> list[Named | None]:
    """Return a place for each name, ``None`` where there is none; the same input gives the same places.

    Several orders are tried, in each every name takes the best place left, and
    then has another look round; the order that names most, at the least cost, is kept.
    """
    choices = [_choices(name, i, scene) for i, name in enumerate(names)]
    best: tuple[tuple[int, float], list[Named | None]] | None = None
    for order in _orders(choices, scene):
        cost, found = _settle(choices, order)
        if best is None or cost < best[0]:
            best = (cost, found)
    return best[1] if best else []


def _orders(choices: Sequence[Sequence[tuple[float, Named]]], scene: Scene) -> Iterator[list[int]]:
    """Yield orders in which names may choose: the least free first, then from each side of the picture."""
    every = range(len(choices))
    yield sorted(every, key=lambda i: (len(choices[i]), i))
    yield sorted(every, key=lambda i: (*scene.spots[i], i))
    yield sorted(every, key=lambda i: (-scene.spots[i][0], i))
    yield sorted(every, key=lambda i: (scene.spots[i][1], i))
    yield sorted(every, key=lambda i: (-scene.spots[i][1], i))


def _settle(
    choices: Sequence[Sequence[tuple[float, Named]]], order: Sequence[int]
) -> tuple[tuple[int, float], list[Named | None]]:
    """Return where names come to stand that choose in this order, and what it costs."""
    found: list[Named | None] = [None] * len(choices)
    costs = [0.0] * len(choices)
    for _ in range(_ROUNDS):
        before = list(found)
        for i in order:
            others = [n for k, n in enumerate(found) if n is not None and k != i]
            costs[i], found[i] = next(
                ((cost, n) for cost, n in choices[i] if not any(_meet(n, o) for o in others)), (0.0, None)
            )
        if found == before:
            break
    return (sum(n is None for n in found), sum(costs)), found


def _choices(name: str, index: int, scene: Scene) -> list[tuple[float, Named]]:
    """Return every place that keeps off all marks and taken ground, the best first."""
    marks = [scene.mark(k) for k in range(len(scene.spots))]
    others = [m for k, m in enumerate(marks) if k != index]
    found: list[tuple[float, Named]] = []
    for block in _blocks(name):
        for cost, named in _round(block, scene.spots[index], scene.radius):
            off = [*others, *scene.taken]
            if not named.box.within(scene.ground) or named.box.meets(marks[index]):
                continue
            if any(named.box.meets(b) for b in off):
                continue
            if named.leader and any(crosses(named.leader, b) for b in off):
                continue
            found.append((cost + _weight(named, index, scene), named))
    return sorted(found, key=lambda f: f[0])


def _weight(named: Named, index: int, scene: Scene) -> float:
    """Return what it costs a name to lie on lines, and to be nearer to another mark than to its own."""
    over = sum(crosses(line, named.box) for line in scene.lines)
    cost = _OVER_TIE * over + _A_LINE * (len(named.block.lines) - 1)
    cost += _A_PIXEL * (named.box.right - named.box.left)
    leader = named.leader
    if leader:
        cut = sum(meet(leader, ((x1, y1), (x2, y2))) for x1, y1, x2, y2 in scene.lines)
        return cost + _ACROSS_TIE * cut
    own = _off(named.box, scene.spots[index])
    nearer = any(_off(named.box, s) < own + 3.0 for k, s in enumerate(scene.spots) if k != index)
    return cost + (_NEAR_OTHER if nearer else 0.0)


def _blocks(name: str) -> list[Words]:
    """Return the ways to break a name, those that cut it only where there is no other."""
    said = " ".join(name.split()) or "(no name)"
    broken = [Words((said,))] if width_of(said, SMALL) <= _ROOMS[0] else []
    broken += [wrap(said, room, SMALL) for room in _ROOMS]
    whole = [b for b in broken if not b.full]
    return list(dict.fromkeys(whole or broken[:1]))


def _round(block: Words, spot: Point, radius: float) -> Iterator[tuple[float, Named]]:
    """Yield places round a mark, from near to far, with what distance and side cost."""
    wide = max(width_of(line, SMALL) for line in block.lines)
    tall = SMALL * LEADING * len(block.lines)
    for far in _FAR:
        off = radius + _GAP + far
        for across, down, cost in _SIDES:
            x = spot[0] + across * off + _side(across) * wide / 2
            y = spot[1] + down * off + _side(down, 0.75) * tall / 2
            box = Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            anchor = "middle" if abs(across) < 0.1 else ("start" if across > 0 else "end")
            leader = _leader(box, spot, radius) if far >= _TIED else None
            yield cost + _A_STEP * far, Named(block, box, anchor, leader)


def _side(share: float, least: float = 0.5) -> float:
    """Return the side on which a name lies wholly, nought where it lies about the middle."""
    return math.copysign(1.0, share) if abs(share) >= least else share


def _leader(box: Box, spot: Point, radius: float) -> Segment:
    """Return the line from the edge of a mark to the nearest point of a name's rectangle."""
    x, y = min(max(spot[0], box.left), box.right), min(max(spot[1], box.top + 2.0), box.bottom - 2.0)
    length = math.dist((x, y), spot)
    share = radius / length if length > radius else 0.0
    return (spot[0] + (x - spot[0]) * share, spot[1] + (y - spot[1]) * share, x, y)


def _meet(one: Named, other: Named) -> bool:
    """Return whether two names, or the line of one and the other, meet."""
    if one.box.meets(other.box):
        return True
    if one.leader and crosses(one.leader, other.box):
        return True
    if other.leader and crosses(other.leader, one.box):
        return True
    if one.leader is None or other.leader is None:
        return False
    x1, y1, x2, y2 = other.leader
    return meet(one.leader, ((x1, y1), (x2, y2)))


def _off(box: Box, point: Point) -> float:
    """Return how far a point lies from a rectangle."""
    across = max(box.left - point[0], 0.0, point[0] - box.right)
    down = max(box.top - point[1], 0.0, point[1] - box.bottom)
    return math.hypot(across, down)
