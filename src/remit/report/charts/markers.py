"""Marker shapes, and the rows of a key that show a series' line, marker and name."""

import math
from collections.abc import Sequence

from remit.report.charts.drawing import MARGIN, Sheet
from remit.report.charts.lettering import width_of, wrap
from remit.report.charts.tokens import LEADING, PAPER, QUIET, SMALL, TEXT, Stroke

SAMPLE = 40.0
_ARM = 0.38


def marker(
    sheet: Sheet, shape: str, x: float, y: float, colour: str, *, size: float = 9.0, hollow: bool = False
) -> None:
    """Draw a marker of about ``size`` across; a hollow one is white inside."""
    fill, edge = (PAPER, colour) if hollow else (colour, PAPER)
    width = 2.0 if hollow else 1.0
    if shape == "circle":
        sheet.mark("circle", cx=x, cy=y, r=size / 2, fill=fill, stroke=edge, stroke_width=width)
        return
    points = [(x + dx * size, y + dy * size) for dx, dy in _outline(shape)]
    sheet.mark("path", d=sheet.path(points, closed=True), fill=fill, stroke=edge, stroke_width=width)


def key_rows(sheet: Sheet, rows: Sequence[tuple[Stroke, str, str]]) -> None:
    """Write a key under all marks: for each line its look, its name, and a detail.

    The details stand beside the names if all of them fit there, or else below.
    """
    left = MARGIN + SAMPLE + 10.0
    room = sheet.width - left - MARGIN
    beside = all(width_of(name) + 16.0 + width_of(detail, SMALL) <= room for _, name, detail in rows)
    sheet.reach(sheet.bottom + 4.0)
    for look, name, detail in rows:
        said = wrap(name, room, TEXT, most=3)
        middle = sheet.bottom + 5.0 + TEXT * LEADING / 2
        sheet.line(MARGIN, middle, MARGIN + SAMPLE, middle, stroke=look.colour, width=2.5, dash=look.dash)
        marker(sheet, look.marker, MARGIN + SAMPLE / 2, middle, look.colour)
        foot = sheet.words(left, middle + TEXT * 0.35, said)
        if detail and beside:
            sheet.words(sheet.width - MARGIN, foot, detail, size=SMALL, anchor="end", fill=QUIET)
        elif detail:
            block = wrap(detail, room, SMALL, most=4)
            foot = sheet.words(left, foot + SMALL * LEADING, block, size=SMALL, fill=QUIET)
        sheet.reach(foot + TEXT * 0.3)


def _outline(shape: str) -> list[tuple[float, float]]:
    """Return the corners of a shape about the origin, one unit across."""
    if shape == "square":
        return [(-0.45, -0.45), (0.45, -0.45), (0.45, 0.45), (-0.45, 0.45)]
    if shape == "triangle":
        return [(0.0, -0.6), (0.55, 0.4), (-0.55, 0.4)]
    if shape == "diamond":
        return [(0.0, -0.62), (0.62, 0.0), (0.0, 0.62), (-0.62, 0.0)]
    arm = _ARM / 2
    plus = [
        (-arm, -0.6), (arm, -0.6), (arm, -arm), (0.6, -arm), (0.6, arm), (arm, arm),
        (arm, 0.6), (-arm, 0.6), (-arm, arm), (-0.6, arm), (-0.6, -arm), (-arm, -arm),
    ]  # fmt: skip
    if shape == "plus":
        return plus
    turn = math.sqrt(0.5)
    return [((px - py) * turn, (px + py) * turn) for px, py in plus]
