"""Values with their ranges, one row each, on one scale: a forest plot."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from remit.report.charts.digits import NOT_KNOWN, currency, known, number, short, span, with_unit
from remit.report.charts.drawing import Sheet, nothing
from remit.report.charts.frame import Axis, across, draw_across, name_across
from remit.report.charts.lettering import width_of
from remit.report.charts.markers import marker
from remit.report.charts.rows import ASSUMPTION_NOTE, Columns, Place, RowText, columns, place_rows, write_row
from remit.report.charts.tables import Table
from remit.report.charts.ticks import domain
from remit.report.charts.tokens import INK, PAPER, QUIET, SERIES, SMALL, WIDE

_STRIP = 26.0
_COLOUR = SERIES[0]


@dataclass(frozen=True)
class IntervalRow:
    """One value with its range, and where given a second, wider range."""

    label: str
    value: float
    low: float = math.nan
    high: float = math.nan
    outer: tuple[float, float] | None = None
    note: str = ""
    assumption: bool = False

    def inner_range(self) -> tuple[float, float] | None:
        """Return the range from low to high, ``None`` where an end is not known."""
        return _ordered(self.low, self.high)

    def outer_range(self) -> tuple[float, float] | None:
        """Return the wider range from low to high, ``None`` where there is none."""
        return _ordered(*self.outer) if self.outer else None

    def ends(self) -> tuple[float, ...]:
        """Return every known value the row draws."""
        return (self.value, *(self.inner_range() or ()), *(self.outer_range() or ()))


@dataclass(frozen=True)
class Meaning:
    """What the marks stand for, in words for the note under the picture."""

    value: str = "best estimate"
    inner: str = "range"
    outer: str = "wider range"
    below: str = ""
    above: str = ""


_MEANING = Meaning()


def intervals(
    rows: Sequence[IntervalRow],
    *,
    title: str,
    x_label: str,
    zero_line: bool = True,
    unit: str = "",
    meaning: Meaning = _MEANING,
    x_range: tuple[float, float] | None = None,
    footnote: str = "",
    width: float = WIDE,
    id_prefix: str | None = None,
    heading: bool = True,
) -> str:
    """Return rows of values and ranges on one scale, with a line at zero unless told otherwise."""
    about = _description(rows, unit, x_label)
    sheet = Sheet(title, about, width=width, id_prefix=id_prefix, heading=heading)
    if not rows:
        return nothing(sheet, about)
    texts = [RowText(r.label, r.note, _figures(r, unit), r.assumption) for r in rows]
    beside = columns(sheet, texts)
    low, high = x_range or domain([e for r in rows for e in r.ends()], with_zero=zero_line)
    axis = across(low, high, beside.left, beside.right, unit=currency(unit))
    _sides(sheet, axis, meaning)
    places = place_rows(sheet, texts, beside, _STRIP)
    _ground(sheet, axis, places, zero_line)
    for row, text, place in zip(rows, texts, places, strict=True):
        write_row(sheet, text, place, beside)
        _mark(sheet, row, axis, place, beside)
    sheet.reach(places[-1].bottom + 6.0)
    name_across(sheet, axis, sheet.bottom, x_label)
    _notes(sheet, rows, meaning, footnote)
    return sheet.svg()


def intervals_table(rows: Sequence[IntervalRow], *, unit: str = "", meaning: Meaning = _MEANING) -> Table:
    """Return the same as a table: label, value, ranges, note, and whether it rests on an assumption."""
    outer = any(r.outer for r in rows)
    note = any(r.note for r in rows)
    assumed = any(r.assumption for r in rows)
    said = f" ({unit})" if unit else ""
    header = ["Row", meaning.value.capitalize() + said, f"Low of {meaning.inner}", f"High of {meaning.inner}"]
    header += [f"Low of {meaning.outer}", f"High of {meaning.outer}"] if outer else []
    header += ["Note"] if note else []
    header += ["Rests on an assumption"] if assumed else []
    body = []
    for r in rows:
        cells = [r.label, number(r.value), *_ends(r.inner_range())]
        cells += _ends(r.outer_range()) if outer else []
        cells += [r.note] if note else []
        cells += ["yes" if r.assumption else "no"] if assumed else []
        body.append(tuple(cells))
    return Table(tuple(header), tuple(body))


def _ordered(low: float, high: float) -> tuple[float, float] | None:
    """Return two ends in rising order, ``None`` where either is not known."""
    return (min(low, high), max(low, high)) if known(low) and known(high) else None


def _ends(ends: tuple[float, float] | None) -> list[str]:
    """Return the two ends of a range in words."""
    return [number(e) for e in ends] if ends else [NOT_KNOWN, NOT_KNOWN]


def _figures(row: IntervalRow, unit: str) -> tuple[str, ...]:
    """Return the figures beside a row: its value, and its range where known."""
    ends = row.inner_range()
    if not known(row.value):
        return (NOT_KNOWN, f"({span(*ends, unit)})") if ends else (NOT_KNOWN,)
    said = with_unit(short(row.value), currency(unit))
    return (said, f"({span(*ends, unit)})" if ends else "(range not known)")


def _sides(sheet: Sheet, axis: Axis, meaning: Meaning) -> None:
    """Write which way is which above the plot, on either side of zero where there is room."""
    if not (meaning.below or meaning.above) or not axis.ticks[0] <= 0 <= axis.ticks[-1]:
        return
    zero, foot = axis.scale.at(0.0), sheet.bottom + SMALL
    left, right = f"← {meaning.below}", f"{meaning.above} →"
    if zero - width_of(left, SMALL) < 18.0 or zero + width_of(right, SMALL) > sheet.width - 18.0:
        sides = (("Left", meaning.below), ("Right", meaning.above))
        sheet.note(" ".join(f"{side} of zero: {said}." for side, said in sides if said), gap=0.0)
        sheet.reach(sheet.bottom + 6.0)
        return
    if meaning.below:
        sheet.words(zero - 10.0, foot, left, size=SMALL, anchor="end", fill=QUIET)
    if meaning.above:
        sheet.words(zero + 10.0, foot, right, size=SMALL, fill=QUIET)
    sheet.reach(foot + 10.0)


def _ground(sheet: Sheet, axis: Axis, places: Sequence[Place], zero_line: bool) -> None:
    """Draw the grid behind the rows; on a narrow sheet only behind their strips."""
    strong = 0.0 if zero_line else None
    if sheet.narrow:
        for place in places:
            draw_across(sheet, axis, place.strip_top, place.strip_bottom + 4.0, strong=strong)
        return
    draw_across(sheet, axis, sheet.bottom - 2.0, places[-1].bottom + 6.0, strong=strong)


def _mark(sheet: Sheet, row: IntervalRow, axis: Axis, place: Place, beside: Columns) -> None:
    """Draw the ranges and the value of one row, or say that it is not known."""
    y = place.middle
    outer, inner = row.outer_range(), row.inner_range()
    if outer:
        low, high = axis.scale.at(outer[0]), axis.scale.at(outer[1])
        sheet.line(low, y, high, y, stroke=_COLOUR, width=1.5)
        for x in (low, high):
            sheet.line(x, y - 4.0, x, y + 4.0, stroke=_COLOUR, width=1.5)
    if inner:
        low, high = axis.scale.at(inner[0]), axis.scale.at(inner[1])
        sheet.line(low, y, high, y, stroke=_COLOUR, width=6.0)
    if known(row.value):
        x = axis.scale.at(row.value)
        marker(sheet, "square", x, y, PAPER, size=14.0)
        marker(sheet, "square", x, y, INK, size=11.0)
    elif not inner and not outer:
        sheet.words(beside.left + 4.0, y + SMALL * 0.35, NOT_KNOWN, size=SMALL, fill=QUIET, halo=True)


def _notes(sheet: Sheet, rows: Sequence[IntervalRow], meaning: Meaning, footnote: str) -> None:
    """Write what the marks mean, and what the daggers mean."""
    said = [f"Square: {meaning.value}."]
    if any(r.inner_range() for r in rows):
        said.append(f"Thick line: {meaning.inner}.")
    if any(r.outer_range() for r in rows):
        said.append(f"Thin line: {meaning.outer}.")
    sheet.note(" ".join(said))
    if any(r.assumption for r in rows):
        sheet.note(ASSUMPTION_NOTE, gap=2.0)
    if footnote:
        sheet.note(footnote, gap=2.0)


def _description(rows: Sequence[IntervalRow], unit: str, x_label: str) -> str:
    """Return the picture in words."""
    if not rows:
        return "Nothing to show: no rows were given."
    said = []
    for r in rows:
        value = with_unit(short(r.value), unit)
        ends = r.inner_range()
        reach = f", {span(*ends, unit)}" if ends else ", range not known"
        mark = " (assumption)" if r.assumption else ""
        said.append(f"{r.label}{mark}: {value}{reach if known(r.value) or ends else ''}")
    return f"Values with their ranges, {x_label}. {'; '.join(said)}."
