"""Numbers beside marks in the plane: near their own mark, tied to it by a line where that is not plain."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from remit.report.charts.drawing import Sheet
from remit.report.charts.lettering import width_of
from remit.report.charts.spacing import Box, Point, Segment, crosses, meet
from remit.report.charts.spot_names import Named, Scene, name_spots
from remit.report.charts.tokens import PAPER, SMALL

_TALL = 16.0
_GAP = 0.0
_ONE_PLACE = 5.0
_MOST_OVER = 2  # so many lines a name may lie on
_ASIDE = 2.5  # so that two numbers side by side are not read as one
_FAR = (0.0, 5.0, 10.0, 16.0, 23.0, 31.0, 40.0, 52.0, 66.0, 82.0, 100.0, 125.0, 150.0)
_TURNS = 16
_ROUNDS = 4
_TOO_FAR = 60.0  # how far from its mark a number costs twice as much, a pixel
_OVER_LINE = 2.0  # each line of the picture that a number lies on
_A_LEADER = 8.0  # a line to its mark
_LEVEL = 6.0  # such a line that runs as a range would
_OVER_MARK = 25.0  # each mark that a number's own line passes over
_OVER_LEADER = 60.0  # each line of another number that its own line cuts
_UNTIED = 3.0  # how much nearer its own mark must be than any other, to do without a line


@dataclass(frozen=True)
class Numbered:
    """Where one number stands, and a line to its mark where it does not stand close beside it."""

    said: str
    box: Box
    leader: Segment | None = None


def number_spots(numbers: Sequence[tuple[int, str]], scene: Scene) -> list[Numbered | None]:
    """Return a place for each number at the mark it belongs to, ``None`` where there is none.

    Each is given as the place of its mark among the marks, and what to say.
    Several orders are tried and the cheapest is kept; the same input gives the
    same places.
    """
    choices = [_choices(said, index, scene) for index, said in numbers]
    every = range(len(choices))
    at = [scene.spots[index] for index, _ in numbers]
    orders = (
        sorted(every, key=lambda i: (len(choices[i]), i)),
        sorted(every, key=lambda i: (-_lonely(at, i), i)),
        sorted(every, key=lambda i: (_lonely(at, i), i)),
        sorted(every, key=lambda i: (*at[i], i)),
    )
    tried = [_settle(choices, order) for order in orders]
    return min(tried, key=lambda t: t[0])[1]


def together(rest: Sequence[int], places: Sequence[Point]) -> tuple[list[int], list[tuple[int, str]]]:
    """Return marks in the order of their numbers, and what to say at which of them.

    Those that all but lie on one another follow each other and share what is said.

    >>> together([0, 1, 2, 3], [(0.0, 0.0), (40.0, 0.0), (1.0, 0.0), (0.0, 2.0)])
    ([0, 2, 3, 1], [(0, '1–3'), (1, '4')])
    """
    groups: list[list[int]] = []
    for i in rest:
        group = next((g for g in groups if math.dist(places[g[0]], places[i]) < _ONE_PLACE), None)
        if group is None:
            groups.append([i])
        else:
            group.append(i)
    said, first = [], 1
    for g in groups:
        last = first + len(g) - 1
        between = "" if first == last else (", " if last == first + 1 else "–")
        said.append((g[0], f"{first}{between}{last}" if between else str(first)))
        first = last + 1
    return [i for g in groups for i in g], said


def close_names(labels: Sequence[str], scene: Scene) -> list[Named | None]:
    """Return the names that stand close beside their marks; ``None`` where a number is better.

    The last mark is named before all others, close by or not. Marks in one place
    are better off as numbers: the list of these can show what lies below another.
    Names first keep off lines; those with no such place may then lie on a few.
    """
    found: list[Named | None] = [None] * len(labels)
    found[-1] = _some(labels, [len(labels) - 1], scene)[0]
    for lines, most in (((*scene.lines, *scene.lines), len(scene.lines)), ((), _MOST_OVER)):
        rest = [i for i, n in enumerate(found) if n is None and not _shared(scene.spots, i)]
        around = replace(beside_names(scene, found), lines=lines)
        for i, n in zip(rest, _some(labels, rest, around), strict=True):
            over = sum(crosses(line, n.box) for line in scene.lines) if n else 0
            if n and over <= most and _fits(n, i, scene.spots, found):
                found[i] = n
    return found


def _some(labels: Sequence[str], wanted: Sequence[int], scene: Scene) -> list[Named | None]:
    """Return places for the names of some of the marks, in the order asked for."""
    order = [*wanted, *(i for i in range(len(scene.spots)) if i not in wanted)]
    return name_spots([labels[i] for i in wanted], replace(scene, spots=tuple(scene.spots[i] for i in order)))


def _shared(spots: Sequence[Point], index: int) -> bool:
    """Return whether another mark lies in all but the same place."""
    return any(math.dist(spots[index], s) < _ONE_PLACE for k, s in enumerate(spots) if k != index)


def _fits(named: Named, index: int, spots: Sequence[Point], others: Sequence[Named | None]) -> bool:
    """Return whether a name is whole, plainly at its mark, and not to be read as one with another."""
    wider = _with_margin(named.box)
    return (
        not (named.leader or named.block.full)
        and plainly_at(named.box, index, spots)
        and not any(wider.meets(n.box) for n in others if n is not None)
    )


def beside_names(scene: Scene, names: Sequence[Named | None]) -> Scene:
    """Return what other words must keep off too, once these names are written."""
    return replace(scene, taken=(*scene.taken, *(_with_margin(n.box) for n in names if n is not None)))


def write_numbers(sheet: Sheet, numbers: Sequence[Numbered | None], radius: float) -> None:
    """Write the numbers over marks of a radius; a number's line ends at the mark's edge, a dot is its middle."""
    led = [n.leader for n in numbers if n is not None and n.leader is not None]
    parts = [(x1, y1, *_edge((x1, y1, x2, y2), radius), x2, y2) for x1, y1, x2, y2 in led]
    for _, _, x, y, x2, y2 in parts:
        sheet.line(x, y, x2, y2, stroke=PAPER, width=2.5)
    for x1, y1, x, y, x2, y2 in parts:
        sheet.line(x, y, x2, y2)
        sheet.mark("circle", cx=x1, cy=y1, r=1.75, fill=PAPER)
    for n in numbers:
        if n is not None:
            middle = (n.box.left + n.box.right) / 2
            foot = (n.box.top + n.box.bottom) / 2 + SMALL * 0.35
            sheet.words(middle, foot, n.said, size=SMALL, anchor="middle", weight="bold", halo=True)


def gap(box: Box, point: Point) -> float:
    """Return how far a point lies from a rectangle.

    >>> gap(Box(0.0, 0.0, 2.0, 2.0), (5.0, 6.0))
    5.0
    """
    across = max(box.left - point[0], 0.0, point[0] - box.right)
    down = max(box.top - point[1], 0.0, point[1] - box.bottom)
    return math.hypot(across, down)


def plainly_at(box: Box, index: int, spots: Sequence[Point]) -> bool:
    """Return whether words in a rectangle plainly belong to one mark, nearer than to any at another place."""
    at = spots[index]
    own = gap(box, at) + _UNTIED
    return all(gap(box, s) > own for s in spots if math.dist(s, at) >= _ONE_PLACE)


def _lonely(at: Sequence[Point], index: int) -> float:
    """Return how far a mark is from the others, about."""
    return sum(min(60.0, math.dist(at[index], other)) for other in at)


def _choices(said: str, index: int, scene: Scene) -> list[tuple[float, Numbered]]:
    """Return every place off all marks and taken ground, the best first."""
    own = scene.spots[index]
    marks = [scene.mark(k) for k in range(len(scene.spots))]
    # The line of a mark that lies on another cannot keep off that one.
    others = [m for s, m in zip(scene.spots, marks, strict=True) if math.dist(s, own) > 2 * scene.radius]
    found = []
    for far, box in _round(said, own, scene.radius):
        if not box.within(scene.ground) or any(box.meets(b) for b in (*marks, *scene.taken)):
            continue
        cost = far * (1.0 + far / _TOO_FAR) + _OVER_LINE * sum(crosses(line, box) for line in scene.lines)
        if far <= _FAR[1] and plainly_at(box, index, scene.spots):
            found.append((cost, Numbered(said, box)))
            continue
        leader = _leader(box, own)
        if not any(crosses(leader, b) for b in scene.taken):
            level = min(abs(leader[0] - leader[2]), abs(leader[1] - leader[3])) < 1.0
            cost += (
                _A_LEADER + (_LEVEL if level else 0.0) + _OVER_MARK * sum(crosses(leader, m) for m in others)
            )
            found.append((cost, Numbered(said, box, leader)))
    return sorted(found, key=lambda f: f[0])


def _round(said: str, spot: Point, radius: float) -> Iterator[tuple[float, Box]]:
    """Yield rectangles round a mark, from near to far."""
    wide = width_of(said, SMALL) + 2 * _ASIDE
    for far in _FAR:
        off = radius + _GAP + far
        for turn in range(_TURNS):
            angle = 2 * math.pi * turn / _TURNS
            across, down = math.cos(angle), math.sin(angle)
            # The nearest edge of the number is as far off as the round asks, whatever the side.
            x = spot[0] + across * (off + wide / 2 * abs(across) ** 0.5)
            y = spot[1] + down * (off + _TALL / 2 * abs(down) ** 0.5)
            yield far, Box(x - wide / 2, y - _TALL / 2, x + wide / 2, y + _TALL / 2)


def _leader(box: Box, spot: Point) -> Segment:
    """Return the line from the middle of a mark to the nearest point of a number's rectangle."""
    x = min(max(spot[0], box.left + 2.0), box.right - 2.0)
    y = min(max(spot[1], box.top + 2.0), box.bottom - 2.0)
    return (spot[0], spot[1], x, y)


def _settle(
    choices: Sequence[Sequence[tuple[float, Numbered]]], order: Sequence[int]
) -> tuple[tuple[int, float], list[Numbered | None]]:
    """Return where numbers come to stand that choose in this order, and what it costs."""
    found: list[Numbered | None] = [None] * len(choices)
    costs = [0.0] * len(choices)
    for _ in range(_ROUNDS):
        for i in order:
            others = [n for k, n in enumerate(found) if n is not None and k != i]
            costs[i], found[i] = _best(choices[i], others)
    return (sum(n is None for n in found), sum(costs)), found


def _best(
    choices: Sequence[tuple[float, Numbered]], others: Sequence[Numbered]
) -> tuple[float, Numbered | None]:
    """Return the cheapest place left beside the others."""
    best: tuple[float, Numbered | None] = (math.inf, None)
    for cost, n in choices:
        if cost >= best[0]:
            break
        if any(_meet(n, o) for o in others):
            continue
        cuts = sum(_cut(n.leader, o.leader) for o in others)
        if cost + _OVER_LEADER * cuts < best[0]:
            best = (cost + _OVER_LEADER * cuts, n)
    return best if best[1] is not None else (0.0, None)


def _meet(one: Numbered, other: Numbered) -> bool:
    """Return whether two numbers, or the line of one and the other, meet."""
    return (
        one.box.meets(other.box)
        or (one.leader is not None and crosses(one.leader, other.box))
        or (other.leader is not None and crosses(other.leader, one.box))
    )


def _cut(one: Segment | None, other: Segment | None) -> bool:
    """Return whether two lines cross, those that only begin at one mark left out."""
    if one is None or other is None or math.dist(one[:2], other[:2]) < 1.0:
        return False
    return meet(one, ((other[0], other[1]), (other[2], other[3])))


def _with_margin(box: Box) -> Box:
    """Return a rectangle with room at both sides, so that words in a line are not read as one."""
    return Box(box.left - 2 * _ASIDE, box.top, box.right + 2 * _ASIDE, box.bottom)


def _edge(line: Segment, radius: float) -> Point:
    """Return where a line that begins in the middle of a mark leaves it."""
    x1, y1, x2, y2 = line
    share = min(1.0, radius / max(0.01, math.dist((x1, y1), (x2, y2))))
    return x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
