"""A map of designs by how many settings differ: near designs are alike, and lines join the nearest."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from remit.report.charts.digits import NOT_KNOWN, known
from remit.report.charts.drawing import MARGIN, Sheet, nothing
from remit.report.charts.lettering import width_of, wrap
from remit.report.charts.markers import marker
from remit.report.charts.spacing import Box, Crowd, Point, Segment, crosses
from remit.report.charts.spot_names import Named, Scene, name_spots
from remit.report.charts.swatches import SAMPLE_TALL, SAMPLE_WIDE, write_swatches
from remit.report.charts.tables import Table
from remit.report.charts.tokens import AXIS, INK, LEADING, PAPER, SERIES, SMALL, WIDE

KINDS = {"archetype": "a known pattern", "own": "your design", "today": "as it is today"}
"""The kinds of design, and how each is said."""

_LOOKS = {"archetype": ("circle", SERIES[0]), "own": ("square", SERIES[1]), "today": ("diamond", INK)}
_SIZE = 16.0
_NUMBERED = 24.0
_RADIUS = 10.0
_APART = 40.0
_CLEAR = 4.0
_ROUNDS = 60
_ROOM_A_WORD = 4.0
_MOST_TALL = 460.0
_MEANING = (
    "Near each other: few settings differ. Up, down, left and right mean nothing. "
    "Number on a line: how many settings differ."
)


@dataclass(frozen=True)
class Spot:
    """One design and its place in the map; only distances between places have a meaning."""

    label: str
    x: float
    y: float
    kind: str = "archetype"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.label}: a spot is one of {', '.join(KINDS)}, not {self.kind}")


@dataclass(frozen=True)
class Tie:
    """A line between two designs, each by its place in the list, and how many settings differ."""

    one: int
    other: int
    settings: int

    def __post_init__(self) -> None:
        if self.one == self.other or min(self.one, self.other, self.settings) < 0:
            raise ValueError("a tie joins two different designs, by places and settings from nought up")


@dataclass(frozen=True)
class _Laid:
    """The map laid out: its ground, the place of each mark, and where numbers and names found room."""

    ground: Box
    places: tuple[Point, ...]
    numbers: tuple[Box | None, ...]
    names: tuple[Named | None, ...]


def kinship_map(
    spots: Sequence[Spot],
    ties: Sequence[Tie],
    *,
    title: str,
    note: str = "",
    width: float = WIDE,
    id_prefix: str | None = None,
    heading: bool = True,
) -> str:
    """Return a map of designs with equal scales across and up, each named, the nearest joined by lines."""
    _check(spots, ties)
    about = _description(spots, ties)
    sheet = Sheet(title, about, width=width, id_prefix=id_prefix, heading=heading)
    shown = [i for i, s in enumerate(spots) if _placed(s)]
    if not shown:
        return nothing(sheet, about)
    drawn, joined = [spots[i] for i in shown], _joined(ties, shown)
    _key(sheet, drawn)
    laid = _lay(sheet, drawn, joined)
    for tie in joined:
        sheet.line(*laid.places[tie.one], *laid.places[tie.other], stroke=AXIS, width=1.25)
    for tie, box in zip(joined, laid.numbers, strict=True):
        if box is not None:
            _number(sheet, box, str(tie.settings))
    unnamed = _spots(sheet, drawn, laid)
    sheet.reach(laid.ground.bottom)
    _notes(sheet, unnamed, None in laid.numbers, len(spots) - len(shown), note)
    return sheet.svg()


def kinship_table(spots: Sequence[Spot], ties: Sequence[Tie]) -> Table:
    """Return the same as a table: each design, the nearest to it, and how many settings differ."""
    _check(spots, ties)
    body = []
    for i, spot in enumerate(spots):
        own = [t for t in ties if i in (t.one, t.other)]
        least = min((t.settings for t in own), default=None)
        found = [t.other if t.one == i else t.one for t in own if t.settings == least]
        near = "; ".join(dict.fromkeys(spots[k].label for k in found))
        body.append((spot.label, near or NOT_KNOWN, NOT_KNOWN if least is None else str(least)))
    return Table(("Design", "Nearest", "Settings that differ"), tuple(body))


def _check(spots: Sequence[Spot], ties: Sequence[Tie]) -> None:
    """Refuse ties to designs that are not in the list."""
    if any(max(t.one, t.other) >= len(spots) for t in ties):
        raise ValueError("a tie joins designs of the list")


def _placed(spot: Spot) -> bool:
    """Return whether a design has a place in the map."""
    return known(spot.x) and known(spot.y)


def _joined(ties: Sequence[Tie], shown: Sequence[int]) -> list[Tie]:
    """Return the ties between designs that are drawn, each pair once, by their places among those."""
    at = {index: place for place, index in enumerate(shown)}
    found: dict[tuple[int, int], Tie] = {}
    for t in ties:
        if t.one in at and t.other in at:
            one, other = sorted((at[t.one], at[t.other]))
            found.setdefault((one, other), Tie(one, other, t.settings))
    return list(found.values())


def _lay(sheet: Sheet, spots: Sequence[Spot], ties: Sequence[Tie]) -> _Laid:
    """Return all marks, numbers and names in their places, the ground no taller than they need."""
    ground, places = _places(sheet, spots)
    lines = [(*places[t.one], *places[t.other]) for t in ties]
    numbers = _numbers(ground, places, ties, lines)
    taken = tuple(b for b in numbers if b is not None)
    names = name_spots([s.label for s in spots], Scene(ground, _RADIUS, tuple(places), taken, tuple(lines)))
    half = _NUMBERED / 2
    tops = [y - half for _, y in places] + [b.top for b in taken] + [n.box.top for n in names if n]
    ends = [y + half for _, y in places] + [b.bottom for b in taken] + [n.box.bottom for n in names if n]
    top, up = sheet.bottom + 2.0, min(tops) - sheet.bottom - 2.0
    return _Laid(
        Box(ground.left, top, ground.right, max(ends) - up),
        tuple((x, y - up) for x, y in places),
        tuple(_raised(b, up) if b else None for b in numbers),
        tuple(
            replace(n, box=_raised(n.box, up), leader=n.leader and _lifted(n.leader, up)) if n else None
            for n in names
        ),
    )


def _raised(box: Box, up: float) -> Box:
    """Return a rectangle moved up."""
    return Box(box.left, box.top - up, box.right, box.bottom - up)


def _lifted(line: Segment, up: float) -> Segment:
    """Return a line moved up."""
    return (line[0], line[1] - up, line[2], line[3] - up)


def _places(sheet: Sheet, spots: Sequence[Spot]) -> tuple[Box, list[Point]]:
    """Return more than enough ground for the map, and the place of each spot on it."""
    whole = sheet.width - 2 * MARGIN
    aside, above = (44.0, 60.0) if sheet.narrow else (80.0, 60.0)
    at = [(s.x, s.y) for s in spots]
    across, up = _span([x for x, _ in at]), _span([y for _, y in at])
    if sheet.narrow and across[1] > up[1]:
        # A tall sheet shows a wide map larger when it is turned; directions mean nothing in it.
        at, across, up = [(-y, x) for x, y in at], (-up[0], up[1]), across
    # All names together need several times the ground they cover, or there is no way to lay them out.
    covered = sum(width_of(s.label[:90], SMALL) + 30.0 for s in spots) * SMALL * LEADING
    needed = _ROOM_A_WORD * covered / whole
    most = max(_MOST_TALL, needed)
    sizes = ((whole - 2 * aside, across[1]), (most - 2 * above, up[1]))
    scale = min((room / size for room, size in sizes if size), default=0.0)
    tall = max(up[1] * scale + 2 * above, needed)
    ground = Box(MARGIN, 0.0, MARGIN + whole, tall)
    middle = (MARGIN + whole / 2, tall / 2)
    wanted = [(middle[0] + (x - across[0]) * scale, middle[1] - (y - up[0]) * scale) for x, y in at]
    return ground, _apart(wanted, ground)


def _span(values: Sequence[float]) -> tuple[float, float]:
    """Return the middle of some values and how far apart they lie, nought where that is but dust."""
    low, high = min(values), max(values)
    size = high - low
    dust = size <= 1e-9 * max(abs(low), abs(high)) or size < 1e-100
    return (low + high) / 2, 0.0 if dust else size


def _apart(wanted: Sequence[Point], ground: Box) -> list[Point]:
    """Return the places pushed apart until no mark hides another; those with room stay where they are."""
    places = list(wanted)
    for _ in range(_ROUNDS):
        moved = False
        for i, k in combinations(range(len(places)), 2):
            (x1, y1), (x2, y2) = places[i], places[k]
            off = math.hypot(x2 - x1, y2 - y1)
            if off >= _APART - 0.01:
                continue
            # Designs in the very same place part along a line that turns from pair to pair.
            turn = (i * 7 + k * 3) * 0.7
            way = ((x2 - x1) / off, (y2 - y1) / off) if off > 1e-6 else (math.cos(turn), math.sin(turn))
            push = (_APART - off) / 2
            places[i] = _held((x1 - way[0] * push, y1 - way[1] * push), ground)
            places[k] = _held((x2 + way[0] * push, y2 + way[1] * push), ground)
            moved = True
        if not moved:
            break
    return places


def _held(place: Point, ground: Box) -> Point:
    """Return a place held so far inside the ground that its mark is whole."""
    inset = _NUMBERED / 2 + 2.0
    x = min(max(place[0], ground.left + inset), ground.right - inset)
    return x, min(max(place[1], ground.top + inset), ground.bottom - inset)


def _numbers(
    ground: Box, places: Sequence[Point], ties: Sequence[Tie], lines: Sequence[Segment]
) -> list[Box | None]:
    """Return where the number of each tie stands, close to its middle, ``None`` where there is no room."""
    crowd = Crowd(ground)
    for x, y in places:
        crowd.take(Box(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS))
    found: list[Box | None] = []
    for k, (tie, line) in enumerate(zip(ties, lines, strict=True)):
        rest = [other for m, other in enumerate(lines) if m != k]
        free = [b for b in _beside(line, width_of(str(tie.settings), SMALL) + 2.0) if crowd.free(b)]
        # A number close to another line too might be read as that line's.
        over = [sum(crosses(other, _wider(b, _CLEAR)) for other in rest) for b in free]
        best = min(range(len(free)), key=lambda i: (over[i], i), default=None)
        found.append(None if best is None else free[best])
        if best is not None:
            crowd.take(free[best])
    return found


def _beside(line: Segment, wide: float) -> list[Box]:
    """Return rectangles on either side of a line, from its middle outwards."""
    x1, y1, x2, y2 = line
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    way = (-(y2 - y1) / length, (x2 - x1) / length)
    tall = SMALL
    off = abs(way[0]) * wide / 2 + abs(way[1]) * tall / 2 + 1.5
    found = []
    for share, more in (
        (0.5, 0.0),
        (0.44, 0.0),
        (0.56, 0.0),
        (0.5, 4.0),
        (0.36, 0.0),
        (0.64, 0.0),
        (0.5, 8.0),
    ):
        for side in (-off - more, off + more):
            x, y = x1 + (x2 - x1) * share + way[0] * side, y1 + (y2 - y1) * share + way[1] * side
            found.append(Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2))
    return found


def _wider(box: Box, by: float) -> Box:
    """Return a rectangle with a margin about it."""
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)


def _number(sheet: Sheet, box: Box, said: str) -> None:
    """Write a tie's number into its rectangle."""
    middle, foot = (box.left + box.right) / 2, (box.top + box.bottom) / 2 + SMALL * 0.35
    sheet.words(middle, foot, said, size=SMALL, anchor="middle", halo=True)


def _spots(sheet: Sheet, spots: Sequence[Spot], laid: _Laid) -> list[str]:
    """Draw the marks and their names; return the names that found no room, numbered in their marks."""
    unnamed: list[str] = []
    for n in laid.names:
        if n is not None and n.leader is not None:
            sheet.line(*n.leader, dash="1 3")
    for spot, place, n in zip(spots, laid.places, laid.names, strict=True):
        shape, colour = _LOOKS[spot.kind]
        marker(sheet, shape, *place, colour, size=_NUMBERED if n is None else _SIZE)
        if n is None:
            unnamed.append(spot.label)
            said = str(len(unnamed))
            y = place[1] + 12.0 * 0.35
            sheet.words(place[0], y, said, size=12.0, anchor="middle", fill=PAPER)
    for n in laid.names:
        if n is not None:
            sheet.words(n.x, n.box.top + SMALL * 0.95, n.block, size=SMALL, anchor=n.anchor, halo=True)
    return unnamed


def _key(sheet: Sheet, spots: Sequence[Spot]) -> None:
    """Write the key of the kinds that occur."""
    kinds = [kind for kind in KINDS if any(s.kind == kind for s in spots)]
    write_swatches(sheet, [(_sample(sheet, kind), KINDS[kind]) for kind in kinds])
    sheet.reach(sheet.bottom + 6.0)


def _sample(sheet: Sheet, kind: str) -> Callable[[float, float], None]:
    """Return what draws the sample of a kind."""
    shape, colour = _LOOKS[kind]
    return lambda x, y: marker(sheet, shape, x + SAMPLE_WIDE / 2, y + SAMPLE_TALL / 2, colour, size=_SIZE)


def _notes(sheet: Sheet, unnamed: Sequence[str], unsaid: bool, missing: int, note: str) -> None:
    """Write what the picture means, and what it had no room for."""
    for k, name in enumerate(unnamed, start=1):
        block = wrap(f"{k} {name}", sheet.width - 2 * MARGIN, SMALL)
        foot = sheet.words(MARGIN, sheet.bottom + SMALL + 4.0, block, size=SMALL)
        sheet.reach(foot + SMALL * 0.3)
    sheet.note(_MEANING)
    if unsaid:
        sheet.note("Some numbers have no room here; the table has them.", gap=2.0)
    if missing:
        said = "design is" if missing == 1 else "designs are"
        sheet.note(f"{missing} {said} not drawn: no known place.", gap=2.0)
    if note:
        sheet.note(note, gap=2.0)


def _description(spots: Sequence[Spot], ties: Sequence[Tie]) -> str:
    """Return the picture in words."""
    if not spots:
        return "Nothing to show: no designs were given."
    if not any(_placed(s) for s in spots):
        return "Nothing to show: no design has a known place."
    named = ", ".join(f"{s.label} ({KINDS[s.kind]})" for s in spots)
    count = f"{len(spots)} {'design' if len(spots) == 1 else 'designs'}"
    whole = f"Map of {count} by how many settings differ: {named}."
    near = sorted(ties, key=lambda t: t.settings)
    said = "; ".join(f"{spots[t.one].label} and {spots[t.other].label}: {t.settings}" for t in near)
    return f"{whole} Settings that differ: {said}." if said else whole
