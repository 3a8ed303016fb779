"""The key of a map: its classes with their breaks, its other marks, and its scale bar."""

from dataclasses import dataclass

from remit.report.charts.colouring import Classes
from remit.report.charts.digits import short
from remit.report.charts.drawing import MARGIN, Sheet, tag
from remit.report.charts.geometry import scale_bar
from remit.report.charts.lettering import width_of, wrap
from remit.report.charts.tokens import INK, LEADING, NO_DATA, PAPER, QUIET, RING, SMALL, words_on

_SWATCH = 22.0


@dataclass(frozen=True)
class Sides:
    """What it means to lie below and above zero, such as faster and slower."""

    below: str = ""
    above: str = ""


def hatch(sheet: Sheet) -> None:
    """Define the hatching of zones without data."""
    stroke = tag("path", d="M0 0V6", stroke=NO_DATA, stroke_width=2.0)
    ground = tag("rect", width=6.0, height=6.0, fill=PAPER)
    pattern = tag(
        "pattern",
        ground + stroke,
        id=f"{sheet.prefix}-none",
        width=6.0,
        height=6.0,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    sheet.define(pattern)


def write_key(
    sheet: Sheet,
    ramp: Classes,
    *,
    label: str,
    sides: Sides,
    known_values: bool,
    no_data: bool,
    ring: bool,
    largest: tuple[float, float] | None,
    pixels_a_km: float | None,
) -> None:
    """Write the whole key below a map."""
    if pixels_a_km:
        _bar(sheet, pixels_a_km)
    if label and known_values:
        foot = sheet.words(
            MARGIN, sheet.bottom + SMALL + 6.0, wrap(label, sheet.width - 2 * MARGIN, SMALL), size=SMALL
        )
        sheet.reach(foot + 6.0)
    if known_values:
        _swatches(sheet, ramp)
        _directions(sheet, ramp, sides)
    if no_data:
        _row(sheet, f"url(#{sheet.prefix}-none)", INK, 0.75, "no data")
    if ring:
        _row(sheet, PAPER, RING, 1.5, "outside the measured place")
    if largest:
        sheet.note(
            f"Circles: zones without an outline; their area shows people, {short(largest[0])} in the largest."
        )


def _bar(sheet: Sheet, pixels_a_km: float) -> None:
    """Draw the scale bar."""
    length, said = scale_bar(pixels_a_km, sheet.width * 0.25)
    y = sheet.bottom + 12.0
    right = sheet.width - MARGIN - width_of(said, SMALL) - 8.0
    left = right - length
    sheet.mark(
        "path", d=sheet.path([(left, y - 4), (left, y), (right, y), (right, y - 4)]), fill="none", stroke=INK,
        stroke_width=1.5,
    )  # fmt: skip
    sheet.words(right + 8.0, y + 3.0, said, size=SMALL)
    sheet.reach(y + 6.0)


def _swatches(sheet: Sheet, ramp: Classes) -> None:
    """Draw the classes side by side with the breaks below their edges."""
    count = len(ramp.colours)
    wide = min(72.0, (sheet.width - 2 * MARGIN) / count)
    top = sheet.bottom + 2.0
    for i, colour in enumerate(ramp.colours):
        x = MARGIN + i * wide
        sheet.mark("rect", x=x, y=top, width=wide, height=_SWATCH, fill=colour, stroke=INK, stroke_width=0.75)
        signs = ramp.signs(i)
        if signs:
            y = top + _SWATCH / 2 + SMALL * 0.35
            sheet.words(x + wide / 2, y, signs, size=SMALL, anchor="middle", fill=words_on(colour))
    foot = top + _SWATCH + SMALL + 3.0
    free = 0.0
    for i, said in enumerate(ramp.words()):
        x, half = MARGIN + (i + 1) * wide, width_of(said, SMALL) / 2
        if x - half >= free:
            sheet.words(x, foot, said, size=SMALL, anchor="middle", fill=QUIET)
            free = x + half + 3.0
    sheet.reach(foot + 4.0 if ramp.breaks else top + _SWATCH + 4.0)


def _directions(sheet: Sheet, ramp: Classes, sides: Sides) -> None:
    """Say which side of the classes means what."""
    if not (sides.below or sides.above):
        return
    count = len(ramp.colours)
    end = MARGIN + count * min(72.0, (sheet.width - 2 * MARGIN) / count)
    below, above = f"← {sides.below}" if sides.below else "", f"{sides.above} →" if sides.above else ""
    foot = sheet.bottom + SMALL + 2.0
    together = width_of(below, SMALL) + width_of(above, SMALL) + 16.0 <= end - MARGIN
    if below:
        foot = sheet.words(MARGIN, foot, wrap(below, sheet.width - 2 * MARGIN, SMALL), size=SMALL)
    if above and together:
        sheet.words(end, foot, above, size=SMALL, anchor="end")
    elif above:
        start = foot + SMALL * LEADING if below else foot
        foot = sheet.words(MARGIN, start, wrap(above, sheet.width - 2 * MARGIN, SMALL), size=SMALL)
    sheet.reach(foot + 4.0)


def _row(sheet: Sheet, fill: str, edge: str, width: float, said: str) -> None:
    """Write one row of the key: a swatch and its meaning."""
    top = sheet.bottom + 6.0
    sheet.mark("rect", x=MARGIN, y=top, width=28.0, height=18.0, fill=fill, stroke=edge, stroke_width=width)
    sheet.words(MARGIN + 38.0, top + 9.0 + SMALL * 0.35, said, size=SMALL)
    sheet.reach(top + 20.0)
