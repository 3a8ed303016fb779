"""A key of small samples, each with its meaning beside it, as many in a line as fit."""

from collections.abc import Callable, Sequence

from remit.report.charts.drawing import MARGIN, Sheet
from remit.report.charts.lettering import width_of, wrap
from remit.report.charts.tokens import LEADING, SMALL

SAMPLE_WIDE, SAMPLE_TALL = 28.0, 18.0
_BESIDE = 8.0
_APART = 16.0

Draw = Callable[[float, float], None]
"""Draws one sample whose top left corner is at the place given."""


def write_swatches(sheet: Sheet, entries: Sequence[tuple[Draw, str]]) -> None:
    """Write the key below all marks: each sample with its meaning beside it, in the order given."""
    x, top = MARGIN, sheet.bottom
    room = sheet.width - 2 * MARGIN - SAMPLE_WIDE - _BESIDE
    for draw, meaning in entries:
        block = wrap(meaning, room, SMALL, most=3)
        taken = SAMPLE_WIDE + _BESIDE + max(width_of(line, SMALL) for line in block.lines)
        if x > MARGIN and x + taken > sheet.width - MARGIN:
            x, top = MARGIN, sheet.bottom + 5.0
        draw(x, top)
        first = top + SAMPLE_TALL / 2 + SMALL * 0.35
        foot = sheet.words(x + SAMPLE_WIDE + _BESIDE, first, block, size=SMALL)
        sheet.reach(max(top + SAMPLE_TALL, foot + SMALL * (LEADING - 1.0)))
        x += taken + _APART
