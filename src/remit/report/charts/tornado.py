"""What drives the outcome: for each uncertain quantity, how the outcome differs between its ends."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from remit.report.charts.digits import NOT_KNOWN, currency, known, number, short, with_unit
from remit.report.charts.drawing import Sheet, nothing
from remit.report.charts.forest import IntervalRow, Meaning, intervals, intervals_table
from remit.report.charts.frame import Axis, across, draw_across, name_across
from remit.report.charts.lettering import wrap
from remit.report.charts.markers import marker
from remit.report.charts.rows import ASSUMPTION_NOTE, Place, RowText, columns, place_rows, write_row
from remit.report.charts.tables import Table
from remit.report.charts.ticks import domain
from remit.report.charts.tokens import BAR, INK, LEADING, QUIET, SERIES, SMALL, WIDE

Measure = Literal["thirds", "correlation"]
_STRIP = 26.0
_LOW, _HIGH = SERIES[0], SERIES[1]
_CORRELATION = Meaning("correlation", "range", "wider range", "goes down with it", "goes up with it")


@dataclass(frozen=True)
class DriverRow:
    """One uncertain quantity.

    Either the outcome where the quantity is in its low and in its high third of
    scenarios, or its correlation with the outcome, with a range.
    """

    name: str
    at_low: float = math.nan
    at_high: float = math.nan
    correlation: float = math.nan
    correlation_range: tuple[float, float] | None = None
    note: str = ""
    assumption: bool = False

    def weight(self, measure: Measure) -> float:
        """Return how much the quantity matters, minus one where that is not known."""
        size = abs(self.correlation if measure == "correlation" else self.at_high - self.at_low)
        return size if known(size) else -1.0


def ranked(rows: Sequence[DriverRow], measure: Measure = "thirds") -> list[DriverRow]:
    """Return the rows from the strongest to the weakest, those not known last.

    >>> [r.name for r in ranked([DriverRow("a", 1.0, 2.0), DriverRow("b"), DriverRow("c", 5.0, 1.0)])]
    ['c', 'a', 'b']
    """
    return sorted(rows, key=lambda r: -r.weight(measure))


def drivers(
    rows: Sequence[DriverRow],
    *,
    title: str,
    x_label: str = "",
    unit: str = "",
    measure: Measure = "thirds",
    base: float | None = None,
    top: int = 10,
    width: float = WIDE,
    id_prefix: str | None = None,
    heading: bool = True,
) -> str:
    """Return the quantities that move the outcome most, the strongest first."""
    shown = ranked(rows, measure)[: max(1, top)]
    left = len(rows) - len(shown)
    more = f"{left} more {'quantity matters' if left == 1 else 'quantities matter'} less." if left else ""
    if measure == "correlation":
        return intervals(
            [_as_interval(r) for r in shown],
            title=title,
            x_label=x_label or "correlation with the outcome",
            meaning=_CORRELATION,
            x_range=(-1.0, 1.0),
            footnote=more,
            width=width,
            id_prefix=id_prefix,
            heading=heading,
        )
    about = _description(shown, unit, base, more)
    sheet = Sheet(title, about, width=width, id_prefix=id_prefix, heading=heading)
    if not shown:
        return nothing(sheet, about)
    _thirds(sheet, shown, x_label or unit, base, unit)
    if more:
        sheet.note(more, gap=2.0)
    return sheet.svg()


def drivers_table(
    rows: Sequence[DriverRow], *, unit: str = "", measure: Measure = "thirds", top: int = 10
) -> Table:
    """Return the same as a table, the strongest first."""
    shown = ranked(rows, measure)[: max(1, top)]
    if measure == "correlation":
        return intervals_table([_as_interval(r) for r in shown], meaning=_CORRELATION)
    said = f" ({unit})" if unit else ""
    header = ("Quantity", f"Outcome at its low third{said}", f"Outcome at its high third{said}", "Difference")
    body = [
        (
            r.name,
            number(r.at_low),
            number(r.at_high),
            number(r.at_high - r.at_low),
            "yes" if r.assumption else "no",
        )
        for r in shown
    ]
    return Table((*header, "Rests on an assumption"), tuple(body))


def _as_interval(row: DriverRow) -> IntervalRow:
    """Return a correlation as a value with its range."""
    low, high = row.correlation_range or (math.nan, math.nan)
    return IntervalRow(row.name, row.correlation, low, high, note=row.note, assumption=row.assumption)


def _thirds(sheet: Sheet, rows: Sequence[DriverRow], x_label: str, base: float | None, unit: str) -> None:
    """Draw the bars between the outcomes at both thirds."""
    texts = [RowText(r.name, r.note, _figures(r, unit), r.assumption, ", ") for r in rows]
    beside = columns(sheet, texts)
    values = [v for r in rows for v in (r.at_low, r.at_high)]
    middle = base if base is not None and known(base) else None
    low, high = domain([*values, *([] if middle is None else [middle])])
    axis = across(low, high, beside.left, beside.right, unit=currency(unit))
    _key(sheet)
    places = place_rows(sheet, texts, beside, _STRIP)
    bottom = places[-1].bottom + 6.0
    spans = (
        [(p.strip_top, p.strip_bottom + 4.0) for p in places] if sheet.narrow else [(sheet.bottom, bottom)]
    )
    for start, end in spans:
        draw_across(sheet, axis, start, end)
        if middle is not None:
            x = axis.scale.at(middle)
            sheet.line(x, start, x, end, width=1.5, dash="4 3")
    for row, text, place in zip(rows, texts, places, strict=True):
        write_row(sheet, text, place, beside)
        _bar(sheet, row, axis, place)
    sheet.reach(bottom)
    name_across(sheet, axis, bottom, x_label)
    if middle is not None:
        sheet.note(f"Broken line: over all scenarios, {with_unit(short(middle), unit)}.")
    if any(r.assumption for r in rows):
        sheet.note(ASSUMPTION_NOTE, gap=2.0)


def _bar(sheet: Sheet, row: DriverRow, axis: Axis, place: Place) -> None:
    """Draw one bar with a marker at either end."""
    y = place.middle
    if known(row.at_low) and known(row.at_high):
        low, high = axis.scale.at(row.at_low), axis.scale.at(row.at_high)
        sheet.line(low, y, high, y, stroke=BAR, width=12.0)
    elif not known(row.at_low) and not known(row.at_high):
        sheet.words(axis.scale.start + 4.0, y + SMALL * 0.35, NOT_KNOWN, size=SMALL, fill=QUIET, halo=True)
    if known(row.at_low):
        marker(sheet, "circle", axis.scale.at(row.at_low), y, _LOW, size=13.0, hollow=True)
    if known(row.at_high):
        marker(sheet, "diamond", axis.scale.at(row.at_high), y, _HIGH, size=13.0)


def _key(sheet: Sheet) -> None:
    """Write the key: which marker is which third."""
    for shape, hollow, colour, said in (
        ("circle", True, _LOW, "outcome where the quantity is in its low third"),
        ("diamond", False, _HIGH, "outcome where the quantity is in its high third"),
    ):
        block = wrap(said, sheet.width - 44.0, SMALL)
        y = sheet.bottom + SMALL * 0.6
        marker(sheet, shape, 16.0, y, colour, size=13.0, hollow=hollow)
        foot = sheet.words(30.0, y + SMALL * 0.35, block, size=SMALL, fill=INK)
        sheet.reach(foot + SMALL * (LEADING - 0.75))
    sheet.reach(sheet.bottom + 8.0)


def _figures(row: DriverRow, unit: str) -> tuple[str, ...]:
    """Return the figures beside a row."""
    if not known(row.at_low) and not known(row.at_high):
        return (NOT_KNOWN,)
    low, high = (with_unit(short(v), currency(unit)) for v in (row.at_low, row.at_high))
    return (f"low {low}", f"high {high}")


def _description(rows: Sequence[DriverRow], unit: str, base: float | None, more: str) -> str:
    """Return the picture in words."""
    if not rows:
        return "Nothing to show: no uncertain quantities were given."
    said = "; ".join(
        f"{r.name}{' (assumption)' if r.assumption else ''}: "
        f"{with_unit(short(r.at_low), unit)} at its low third, "
        f"{with_unit(short(r.at_high), unit)} at its high third"
        for r in rows
    )
    middle = (
        f" Over all scenarios: {with_unit(short(base), unit)}." if base is not None and known(base) else ""
    )
    return f"Uncertain quantities, those that move the outcome most first. {said}.{middle} {more}".strip()
