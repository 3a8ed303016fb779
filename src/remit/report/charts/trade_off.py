"""Designs by two objectives, as differences to today: what one gains in one, and gives up in the other."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median_low

from remit.report.charts.digits import NOT_KNOWN, known, number, signed, span
from remit.report.charts.drawing import MARGIN, Sheet, nothing
from remit.report.charts.frame import (
    Axis,
    across,
    draw_across,
    draw_up,
    name_across,
    name_up,
    room_up,
    upright,
)
from remit.report.charts.lettering import width_of, wrap
from remit.report.charts.markers import marker
from remit.report.charts.spacing import Box, Point, Segment
from remit.report.charts.spot_names import Scene
from remit.report.charts.spot_numbers import beside_names, close_names, number_spots, together, write_numbers
from remit.report.charts.swatches import SAMPLE_TALL, SAMPLE_WIDE, write_swatches
from remit.report.charts.tables import Table
from remit.report.charts.ticks import domain
from remit.report.charts.tokens import INK, LEADING, QUIET, SERIES, SMALL, WIDE

KINDS = {"found": "found by the search", "known": "a known pattern", "today": "as it is today"}
"""The kinds of design, and how each is said."""

_LOOKS = {"found": ("circle", SERIES[0]), "known": ("square", SERIES[1]), "today": ("diamond", INK)}
_SIDES = {"up": "more is better", "down": "less is better"}
_SIZE = 13.0
_RADIUS = 7.0
_INSET = 10.0
_STRIP = 24.0
_THIN = 1.25
_LONGEST = 2.0
_COLUMNS = 3


@dataclass(frozen=True)
class TradeOffPoint:
    """One design: its differences to today in two objectives, each with its range."""

    label: str
    x: float
    x_low: float
    x_high: float
    y: float
    y_low: float
    y_high: float
    kind: str = "found"
    note: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.label}: a design is one of {', '.join(KINDS)}, not {self.kind}")

    def placed(self) -> bool:
        """Return whether the design has a place in the plot."""
        return known(self.x) and known(self.y)

    def x_range(self) -> tuple[float, float] | None:
        """Return the range across from low to high, ``None`` where an end is not known."""
        return _ordered(self.x_low, self.x_high)

    def y_range(self) -> tuple[float, float] | None:
        """Return the range up from low to high, ``None`` where an end is not known."""
        return _ordered(self.y_low, self.y_high)


_TODAY = TradeOffPoint("today", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, "today")


@dataclass(frozen=True)
class _Plot:
    """The frame: its ground, and the two scales within it."""

    ground: Box
    across: Axis
    up: Axis

    def at(self, point: TradeOffPoint) -> Point:
        """Return the place of a design."""
        return self.across.scale.at(point.x), self.up.scale.at(point.y)


def trade_off(
    points: Sequence[TradeOffPoint],
    *,
    title: str,
    x_label: str,
    y_label: str,
    x_better: str = "none",
    y_better: str = "none",
    width: float = WIDE,
    id_prefix: str | None = None,
    heading: bool = True,
) -> str:
    """Return designs by two objectives, today at nought both ways, each with a thin cross of its ranges."""
    about = _description(points, (x_label, y_label), (x_better, y_better))
    sheet = Sheet(title, about, width=width, id_prefix=id_prefix, heading=heading)
    drawn = [p for p in points if p.placed()]
    if not drawn:
        return nothing(sheet, about)
    marks = sorted(drawn, key=lambda p: p.kind == "today")
    if marks[-1].kind != "today":
        marks.append(_TODAY)
    _key(sheet, marks)
    name_up(sheet, y_label)
    plot = _plot(sheet, marks, y_better)
    taken = _ground(sheet, plot, y_better)
    cut = [_cross(sheet, p, plot) for p in marks]
    listed, remarks = _labels(sheet, marks, plot, taken)
    sheet.reach(plot.ground.bottom)
    _name_across(sheet, plot.across, plot.ground.bottom, x_label, x_better)
    _list(sheet, listed)
    _notes(sheet, points, marks, any(cut), remarks)
    return sheet.svg()


def trade_off_table(points: Sequence[TradeOffPoint], x_label: str, y_label: str) -> Table:
    """Return the same as a table: each design, its differences with their ranges, kind and note."""
    note = any(p.note for p in points)
    header = ["Design"]
    for label in (x_label, y_label):
        header += [label, f"{label}, low", f"{label}, high"]
    header += ["Kind"] + (["Note"] if note else [])
    body = []
    for p in points:
        cells = [p.label, number(p.x), *_ends(p.x_range()), number(p.y), *_ends(p.y_range()), KINDS[p.kind]]
        body.append((*cells, p.note) if note else tuple(cells))
    return Table(tuple(header), tuple(body))


def _ordered(low: float, high: float) -> tuple[float, float] | None:
    """Return two ends in rising order, ``None`` where either is not known."""
    return (min(low, high), max(low, high)) if known(low) and known(high) else None


def _ends(ends: tuple[float, float] | None) -> tuple[str, str]:
    """Return the two ends of a range in words."""
    return (number(ends[0]), number(ends[1])) if ends else (NOT_KNOWN, NOT_KNOWN)


def _reach(values: Sequence[float], ranges: Sequence[tuple[float, float] | None]) -> tuple[float, float]:
    """Return what one axis shows: nought, all values, and the ranges but for those far longer than most."""
    low, high = domain(values, with_zero=True)
    arms = [max(v - r[0], r[1] - v) for v, r in zip(values, ranges, strict=True) if r and r[0] < r[1]]
    if not arms:
        return low, high
    most = max((high - low) / 2, _LONGEST * median_low(arms))
    ends = [e for r in ranges if r for e in r]
    return min(low, max(low - most, min(ends))), max(high, min(high + most, max(ends)))


def _plot(sheet: Sheet, points: Sequence[TradeOffPoint], y_better: str) -> _Plot:
    """Return the frame of the plot, taller where many designs share a narrow sheet."""
    top = sheet.bottom + 4.0
    tall = (320.0 + 6.0 * max(0, len(points) - 6)) if sheet.narrow else 420.0
    bottom = top + tall
    ends = (
        bottom - (_STRIP if y_better == "down" else _INSET),
        top + (_STRIP if y_better == "up" else _INSET),
    )
    up = upright(*_reach([p.y for p in points], [p.y_range() for p in points]), *ends, most=7)
    left, right = MARGIN + room_up(up) + 4.0, sheet.width - MARGIN
    x_ends = _reach([p.x for p in points], [p.x_range() for p in points])
    level = across(*x_ends, left + _INSET, right - _INSET)
    return _Plot(Box(left, top, right, bottom), level, up)


def _ground(sheet: Sheet, plot: _Plot, y_better: str) -> list[Box]:
    """Draw the grid, the cross hairs at today and which way up is better; return the ground taken."""
    g = plot.ground
    draw_up(sheet, plot.up, g.left, g.right)
    draw_across(sheet, plot.across, g.top, g.bottom, strong=0.0)
    zero, level = plot.across.scale.at(0.0), plot.up.scale.at(0.0)
    sheet.line(g.left, level, g.right, level, width=1.5)
    if y_better == "none":
        return []
    said = "↑ better" if y_better == "up" else "↓ better"
    wide = width_of(said, SMALL)
    x = g.left + 4.0
    if x - 4.0 < zero < x + wide + 4.0:
        x = zero + 6.0
    top = g.top + 1.0 if y_better == "up" else g.bottom - SMALL - 3.0
    sheet.words(x, top + SMALL * 0.85, said, size=SMALL, fill=QUIET, halo=True)
    return [Box(x, top, x + wide, top + SMALL + 2.0)]


def _lines(point: TradeOffPoint, plot: _Plot) -> list[Segment]:
    """Return the lines of a design's cross, cut at the ends of the scales."""
    x, y = plot.at(point)
    found = []
    for ends, axis, level in ((point.x_range(), plot.across, True), (point.y_range(), plot.up, False)):
        if ends and ends[0] < ends[1]:
            low, high = axis.scale.at(ends[0]), axis.scale.at(ends[1])
            found.append((low, y, high, y) if level else (x, low, x, high))
    return found


def _cross(sheet: Sheet, point: TradeOffPoint, plot: _Plot) -> bool:
    """Draw the cross of a design's ranges; return whether any end of it had to be cut."""
    colour = _LOOKS[point.kind][1]
    for line in _lines(point, plot):
        sheet.line(*line, stroke=colour, width=_THIN)
    x, y = plot.at(point)
    cut = False
    for ends, axis, level in ((point.x_range(), plot.across, True), (point.y_range(), plot.up, False)):
        if not ends or ends[0] == ends[1]:
            continue
        dust = 1e-9 * (axis.ticks[-1] - axis.ticks[0])
        for beyond, tick in (
            (ends[0] < axis.ticks[0] - dust, 0),
            (ends[1] > axis.ticks[-1] + dust, -1),
        ):
            if beyond:
                end = axis.scale.at(axis.ticks[tick])
                side = math.copysign(1.0, (1.0 if tick else -1.0) * (axis.scale.end - axis.scale.start))
                _arrow(sheet, (end, y) if level else (x, end), side, level, colour)
                cut = True
    return cut


def _arrow(sheet: Sheet, end: Point, side: float, level: bool, colour: str) -> None:
    """Draw the small arrow of a range that goes on beyond the plot."""
    outline = ((side * 8.0, 0.0), (0.0, -4.0), (0.0, 4.0))
    points = [(end[0] + (a if level else b), end[1] + (b if level else a)) for a, b in outline]
    sheet.mark("path", d=sheet.path(points, closed=True), fill=colour)


def _labels(
    sheet: Sheet, points: Sequence[TradeOffPoint], plot: _Plot, taken: Sequence[Box]
) -> tuple[list[TradeOffPoint], list[str]]:
    """Draw the marks with their names or numbers; return those numbered, and what to say of the numbers."""
    places = [plot.at(p) for p in points]
    zero, level = plot.across.scale.at(0.0), plot.up.scale.at(0.0)
    g = plot.ground
    hairs = ((zero, g.top, zero, g.bottom), (g.left, level, g.right, level))
    ranges = [line for p in points for line in _lines(p, plot)]
    scene = Scene(g, _RADIUS, tuple(places), tuple(taken), (*hairs, *ranges))
    names = close_names([p.label for p in points], scene)
    rest = sorted((i for i, n in enumerate(names) if n is None), key=lambda i: (*places[i], i))
    order, said = together(rest, places)
    numbers = number_spots(said, beside_names(scene, names))
    for p, place in zip(points, places, strict=True):
        shape, colour = _LOOKS[p.kind]
        marker(sheet, shape, *place, colour, size=_SIZE)
    write_numbers(sheet, numbers, _SIZE / 2)
    for n in names:
        if n is not None and n.leader is not None:
            sheet.line(*n.leader, dash="1 3")
    for n in names:
        if n is not None:
            sheet.words(n.x, n.box.top + SMALL * 0.95, n.block, size=SMALL, anchor=n.anchor, halo=True)
    remarks = []
    if len(said) < len(order):
        remarks.append("Numbers together: designs that all but lie on one another.")
    if None in numbers:
        remarks.append("Some numbers have no room here; the table has their places.")
    return [points[i] for i in order], remarks


def _name_across(sheet: Sheet, axis: Axis, bottom: float, label: str, better: str) -> None:
    """Write the ticks' words, the name of the level axis, and at its end which way is better."""
    if better == "none":
        name_across(sheet, axis, bottom, label)
        return
    name_across(sheet, axis, bottom, "")
    left, right = axis.scale.start - _INSET, axis.scale.end + _INSET
    foot = sheet.bottom + SMALL
    said, rising = ("better →", True) if better == "up" else ("← better", False)
    x, anchor = (right, "end") if rising else (left, "start")
    sheet.words(x, foot, said, size=SMALL, anchor=anchor, fill=QUIET)
    beside = width_of(label, SMALL) + width_of(said, SMALL) + 16.0 <= right - left
    if not beside:
        foot += SMALL * LEADING
    block = wrap(label, right - left, SMALL)
    if any(block.lines):
        if beside and not rising:
            foot = sheet.words(right, foot, block, size=SMALL, anchor="end")
        else:
            foot = sheet.words(left, foot, block, size=SMALL)
    sheet.reach(foot + SMALL * 0.4)


def _key(sheet: Sheet, points: Sequence[TradeOffPoint]) -> None:
    """Write the key of the kinds that occur."""
    kinds = [kind for kind in KINDS if any(p.kind == kind for p in points)]
    write_swatches(sheet, [(_sample(sheet, kind), KINDS[kind]) for kind in kinds])
    sheet.reach(sheet.bottom + 8.0)


def _sample(sheet: Sheet, kind: str) -> Callable[[float, float], None]:
    """Return what draws the sample of a kind."""
    shape, colour = _LOOKS[kind]
    return lambda x, y: marker(sheet, shape, x + SAMPLE_WIDE / 2, y + SAMPLE_TALL / 2, colour, size=_SIZE)


def _list(sheet: Sheet, listed: Sequence[TradeOffPoint]) -> None:
    """Write the numbers with their names below the plot, on a wide sheet in columns to be read down."""
    if not listed:
        return
    number = width_of(str(len(listed)), SMALL) + 4.0
    aside = number + 24.0
    whole = sheet.width - 2 * MARGIN + 16.0
    widest = max(width_of(p.label, SMALL) for p in listed) + aside + 16.0
    columns = 1 if sheet.narrow else (_COLUMNS if widest <= whole / _COLUMNS else 2)
    room = whole / columns
    tall = math.ceil(len(listed) / columns)
    top = sheet.bottom + 8.0
    for column in range(columns):
        x, y = MARGIN + column * room, top
        first = column * tall
        for k, p in enumerate(listed[first : first + tall], start=first + 1):
            block = wrap(p.label or "(no name)", room - aside - 16.0, SMALL, most=6)
            foot = y + SMALL
            sheet.words(x + number, foot, str(k), size=SMALL, anchor="end", weight="bold")
            shape, colour = _LOOKS[p.kind]
            marker(sheet, shape, x + number + 12.0, foot - SMALL * 0.35, colour, size=11.0)
            foot = sheet.words(x + aside, foot, block, size=SMALL)
            y = foot + SMALL * (LEADING - 0.9)
        sheet.reach(y)


def _notes(
    sheet: Sheet,
    points: Sequence[TradeOffPoint],
    marks: Sequence[TradeOffPoint],
    cut: bool,
    remarks: Sequence[str],
) -> None:
    """Write what the lines mean, the designs' own notes, and how many designs are left out."""
    said = ["Black lines: no difference to today."]
    if any(r and r[0] < r[1] for p in marks for r in (p.x_range(), p.y_range())):
        said.append("Thin lines through a mark: its range from low to high.")
    if cut:
        said.append("Small arrow: the range goes on beyond the plot; the table has its end.")
    sheet.note(" ".join([*said, *remarks]))
    for p in marks:
        if p.note:
            sheet.note(f"{p.label}: {p.note}", gap=2.0)
    missing = sum(not p.placed() for p in points)
    if missing:
        words = "design is" if missing == 1 else "designs are"
        sheet.note(f"{missing} {words} not drawn: a value is not known.", gap=2.0)


def _description(points: Sequence[TradeOffPoint], labels: tuple[str, str], better: tuple[str, str]) -> str:
    """Return the picture in words."""
    if not points:
        return "Nothing to show: no designs were given."
    shown = [p for p in points if p.placed()]
    if not shown:
        return "Nothing to show: no design has known values."
    ways = [
        f"{label} ({_SIDES[b]})" if b in _SIDES else label for label, b in zip(labels, better, strict=True)
    ]
    said = "; ".join(
        f"{p.label} ({KINDS[p.kind]}): {signed(p.x)} ({_span(p.x_range())}) and "
        f"{signed(p.y)} ({_span(p.y_range())}){f', {p.note}' if p.note else ''}"
        for p in shown
    )
    count = f"{len(shown)} {'design' if len(shown) == 1 else 'designs'}"
    return f"{count} by their differences to today, across {ways[0]}, up {ways[1]}: {said}."


def _span(ends: tuple[float, float] | None) -> str:
    """Return a range in words."""
    return span(*ends) if ends else "range not known"
