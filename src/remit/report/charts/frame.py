"""The frame of a plot: its ground, its thin grey lines, its ticks and the names of its axes."""

from dataclasses import dataclass

from remit.report.charts.digits import with_unit
from remit.report.charts.drawing import MARGIN, Sheet
from remit.report.charts.lettering import width_of, wrap
from remit.report.charts.ticks import Scale, round_ticks, tick_words
from remit.report.charts.tokens import AXIS, GRID, LEADING, QUIET, SMALL


@dataclass(frozen=True)
class Axis:
    """A scale with its ticks and their words."""

    scale: Scale
    ticks: tuple[float, ...]
    words: tuple[str, ...]


def across(low: float, high: float, start: float, end: float, *, unit: str = "") -> Axis:
    """Return a level axis from ``start`` to ``end``, with as many ticks as their words leave room for."""
    for most in range(7, 1, -1):
        ticks = round_ticks(low, high, most)
        words = tuple(with_unit(w, unit) for w in tick_words(ticks))
        widest = max(width_of(w, SMALL) for w in words)
        if widest + 10.0 <= (end - start) / max(1, len(ticks) - 1):
            break
    return Axis(Scale(ticks[0], ticks[-1], start, end), ticks, words)


def upright(low: float, high: float, bottom: float, top: float, *, most: int = 6, unit: str = "") -> Axis:
    """Return an upright axis from ``bottom`` up to ``top``."""
    ticks = round_ticks(low, high, most)
    words = tuple(with_unit(w, unit) for w in tick_words(ticks))
    return Axis(Scale(ticks[0], ticks[-1], bottom, top), ticks, words)


def draw_across(sheet: Sheet, axis: Axis, top: float, bottom: float, *, strong: float | None = None) -> None:
    """Draw the upright grid lines of a level axis; the one at ``strong`` is dark."""
    for tick in axis.ticks:
        x = axis.scale.at(tick)
        if tick != strong:
            sheet.line(x, top, x, bottom, stroke=GRID)
    if strong is not None and axis.ticks[0] <= strong <= axis.ticks[-1]:
        x = axis.scale.at(strong)
        sheet.line(x, top, x, bottom, width=1.5)


def name_across(sheet: Sheet, axis: Axis, bottom: float, label: str) -> None:
    """Write the ticks' words below a level axis and its name below them."""
    foot = bottom + SMALL + 4.0
    ends = [axis.scale.start, axis.scale.end]
    free = -1e9
    for tick, said in zip(axis.ticks, axis.words, strict=True):
        x = axis.scale.at(tick)
        half = width_of(said, SMALL) / 2
        middle = min(max(x, MARGIN + half), sheet.width - MARGIN - half)
        if middle - half < free:
            continue
        sheet.line(x, bottom, x, bottom + 4.0, stroke=AXIS)
        sheet.words(middle, foot, said, size=SMALL, anchor="middle", fill=QUIET)
        free = middle + half + 4.0
    if label:
        room = min(sheet.width - 2 * MARGIN, max(ends[1] - ends[0], 200.0))
        block = wrap(label, room, SMALL)
        middle = sum(ends) / 2
        half = max(width_of(line, SMALL) for line in block.lines) / 2
        middle = min(max(middle, MARGIN + half), sheet.width - MARGIN - half)
        foot = sheet.words(middle, foot + SMALL * LEADING + 3.0, block, size=SMALL, anchor="middle")
    sheet.reach(foot + SMALL * 0.4)


def name_up(sheet: Sheet, label: str) -> None:
    """Write the name of an upright axis above it, level, so that nobody turns their head."""
    if label:
        block = wrap(label, sheet.width - 2 * MARGIN, SMALL)
        foot = sheet.words(MARGIN, sheet.bottom + SMALL, block, size=SMALL)
        sheet.reach(foot + 10.0)


def draw_up(sheet: Sheet, axis: Axis, left: float, right: float) -> None:
    """Draw the level grid lines of an upright axis and the ticks' words to its left."""
    for tick, said in zip(axis.ticks, axis.words, strict=True):
        y = axis.scale.at(tick)
        sheet.line(left, y, right, y, stroke=AXIS if tick == axis.ticks[0] or tick == 0 else GRID)
        sheet.words(left - 6.0, y + SMALL * 0.35, said, size=SMALL, anchor="end", fill=QUIET)


def room_up(axis: Axis) -> float:
    """Return the room the words of an upright axis take."""
    return max(width_of(w, SMALL) for w in axis.words) + 8.0
