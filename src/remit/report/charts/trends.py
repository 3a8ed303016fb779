"""Values month by month as lines, with a band from low to high where one is given."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from remit.report.charts.digits import NOT_KNOWN, currency, known, number, short, with_unit
from remit.report.charts.drawing import MARGIN, Sheet, nothing
from remit.report.charts.frame import Axis, draw_up, name_up, room_up, upright
from remit.report.charts.lettering import Words, shorten, width_of, wrap
from remit.report.charts.markers import key_rows, marker
from remit.report.charts.months import Calendar, calendar, write_months
from remit.report.charts.spacing import spread
from remit.report.charts.tables import Table
from remit.report.charts.ticks import Scale, domain
from remit.report.charts.tokens import LEADING, SMALL, WIDE, Stroke, stroke

_END_ROOM = 170.0
_MARKED = 14


@dataclass(frozen=True)
class LineSeries:
    """One line: its months, as ``2026-01``, a value for each, and where known a low and a high."""

    name: str
    months: tuple[str, ...]
    values: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        sizes = {len(self.months), len(self.values)}
        sizes |= {len(v) for v in (self.low, self.high) if v}
        if len(sizes) > 1 or bool(self.low) != bool(self.high):
            raise ValueError(f"{self.name}: each month has one value, and a low and a high or neither")

    def last(self) -> int | None:
        """Return the index of the last known value."""
        return next((i for i in range(len(self.values) - 1, -1, -1) if known(self.values[i])), None)


def lines(
    series: Sequence[LineSeries],
    *,
    title: str,
    x_label: str,
    y_label: str,
    band: bool = True,
    unit: str = "",
    width: float = WIDE,
    id_prefix: str | None = None,
    heading: bool = True,
) -> str:
    """Return lines over the months, each named at its end, with their bands."""
    about = _description(series, unit)
    sheet = Sheet(title, about, width=width, id_prefix=id_prefix, heading=heading)
    drawn = [(stroke(i), s) for i, s in enumerate(series) if s.last() is not None]
    if not drawn:
        return nothing(sheet, about)
    name_up(sheet, y_label)
    top, height = sheet.bottom + 6.0, 300.0 if not sheet.narrow else 240.0
    up = upright(*_range([s for _, s in drawn], band), top + height, top, unit=currency(unit))
    left = MARGIN + room_up(up)
    blocks = [_end_words(sheet, s, unit) for _, s in drawn]
    right = sheet.width - MARGIN - 12.0 - max(width_of(w, SMALL) for b in blocks for w in b.lines)
    months = calendar([s.months for _, s in drawn])
    draw_up(sheet, up, left, right)
    scale = _along(months, left + 6.0, right - 8.0)
    if band:
        for look, s in drawn:
            _band(sheet, look, s, months, scale, up)
    for look, s in drawn:
        _line(sheet, look, s, months, scale, up)
    _ends(sheet, drawn, blocks, months, scale, up)
    sheet.reach(top + height)
    write_months(sheet, months, scale, top + height, x_label)
    if sheet.narrow or len(drawn) < len(series):
        _key(sheet, series)
    if band and any(s.low for _, s in drawn):
        sheet.note("Shaded: from low to high.")
    return sheet.svg()


def lines_table(
    series: Sequence[LineSeries], *, unit: str = "", band: bool = True, along: str = "Month"
) -> Table:
    """Return the same as a table: one row a month (or what is ``along``), the columns of each series side by side."""
    months = calendar([s.months for s in series])
    said = f" ({unit})" if unit else ""
    header, at = [along], []
    for s in series:
        header += [f"{s.name}{said}"] + ([f"{s.name}, low", f"{s.name}, high"] if band and s.low else [])
        at.append({m: i for i, m in enumerate(s.months)})
    body = []
    for month in months.names:
        cells = [month]
        for s, index in zip(series, at, strict=True):
            columns = [s.values, s.low, s.high] if band and s.low else [s.values]
            cells += [number(c[index[month]]) if month in index else NOT_KNOWN for c in columns]
        body.append(tuple(cells))
    return Table(tuple(header), tuple(body))


def _along(months: Calendar, left: float, right: float) -> Scale:
    """Return the scale of the months; a single one stands in the middle."""
    return Scale(0.0, months.length, left, right) if months.length > 0 else Scale(-1.0, 1.0, left, right)


def _range(series: Sequence[LineSeries], band: bool) -> tuple[float, float]:
    """Return the values to show, down to nought where that costs little room."""
    values = [v for s in series for v in (*s.values, *((*s.low, *s.high) if band else ()))]
    low, high = domain(values)
    return (0.0, high) if 0 < low <= 0.6 * high else (low, high)


def _places(
    months: Calendar, names: Sequence[str], values: Sequence[float], scale: Scale, up: Axis
) -> list[list[tuple[float, float]]]:
    """Return unbroken runs of places; a value that is not known ends a run."""
    runs: list[list[tuple[float, float]]] = [[]]
    for at, value in sorted((months.at(m), v) for m, v in zip(names, values, strict=True)):
        if known(value):
            runs[-1].append((scale.at(at), up.scale.at(value)))
        elif runs[-1]:
            runs.append([])
    return [r for r in runs if r]


def _band(sheet: Sheet, look: Stroke, s: LineSeries, months: Calendar, scale: Scale, up: Axis) -> None:
    """Shade the ground from low to high."""
    if not s.low:
        return
    both = [known(a) and known(b) for a, b in zip(s.low, s.high, strict=True)]
    low = [v if k else math.nan for v, k in zip(s.low, both, strict=True)]
    high = [v if k else math.nan for v, k in zip(s.high, both, strict=True)]
    lows, highs = (_places(months, s.months, v, scale, up) for v in (low, high))
    for under, over in zip(lows, highs, strict=True):
        if len(under) == 1:
            (x, y), (_, z) = under[0], over[0]
            sheet.line(x, y, x, z, stroke=look.colour, width=1.5)
            continue
        around = sheet.path([*over, *reversed(under)], closed=True)
        sheet.mark("path", d=around, fill=look.colour, fill_opacity=0.14)


def _line(sheet: Sheet, look: Stroke, s: LineSeries, months: Calendar, scale: Scale, up: Axis) -> None:
    """Draw one line with markers, thinned where there are many months."""
    runs = _places(months, s.months, s.values, scale, up)
    for run in runs:
        if len(run) > 1:
            sheet.mark(
                "path", d=sheet.path(run), fill="none", stroke=look.colour, stroke_width=2.5,
                stroke_linejoin="round", stroke_dasharray=look.dash or None,
            )  # fmt: skip
    points = [p for run in runs for p in run]
    step = max(1, math.ceil(len(points) / _MARKED))
    for i, (x, y) in enumerate(points):
        if (len(points) - 1 - i) % step == 0:
            marker(sheet, look.marker, x, y, look.colour)


def _end_words(sheet: Sheet, s: LineSeries, unit: str) -> Words:
    """Return what stands at a line's end: its name and last value, on a narrow sheet the value alone."""
    last = s.last()
    value = with_unit(short(s.values[last]), currency(unit)) if last is not None else NOT_KNOWN
    if sheet.narrow:
        return Words((value,))
    block = wrap(f"{s.name} {value}", _END_ROOM, SMALL, most=2)
    if not block.full:
        return block
    lines = wrap(s.name, _END_ROOM, SMALL, most=2).lines
    cut = shorten(lines[-1].rstrip("…") + "…", _END_ROOM - width_of(f" {value}", SMALL), SMALL).lines[0]
    return Words((*lines[:-1], f"{cut} {value}"), f"{s.name} {value}")


def _ends(
    sheet: Sheet,
    drawn: Sequence[tuple[Stroke, LineSeries]],
    blocks: Sequence[Words],
    months: Calendar,
    scale: Scale,
    up: Axis,
) -> None:
    """Write the words at the end of each line, kept off one another."""
    right = scale.end + 8.0
    wanted: list[tuple[float, float]] = []
    for _, s in drawn:
        last = s.last() or 0
        wanted.append((scale.at(months.at(s.months[last])), up.scale.at(s.values[last])))
    step = SMALL * LEADING
    sizes = [step * len(b.lines) + 2.0 for b in blocks]
    found = spread([y for _, y in wanted], sizes, up.scale.end - 10.0, up.scale.start + 10.0)
    for (look, _), block, (x, y), middle in zip(drawn, blocks, wanted, found, strict=True):
        if x < right - 12.0:
            sheet.line(x + 7.0, y, right + 6.0, middle, stroke=look.colour, dash="1 4")
        elif abs(middle - y) > 3.0:
            sheet.line(x + 6.0, y, right + 6.0, middle, stroke=look.colour, width=0.75)
        foot = middle - step * len(block.lines) / 2 + SMALL * 0.95
        sheet.words(right + 10.0, foot, block, size=SMALL, fill=look.words, halo=True)


def _key(sheet: Sheet, series: Sequence[LineSeries]) -> None:
    """Write the key under the plot, where lines are named by their values alone."""
    rows = [(stroke(i), s.name, NOT_KNOWN if s.last() is None else "") for i, s in enumerate(series)]
    key_rows(sheet, rows)


def _description(series: Sequence[LineSeries], unit: str) -> str:
    """Return the picture in words."""
    if not series:
        return "Nothing to show: no series were given."
    if all(s.last() is None for s in series):
        return "Nothing to show: no value is known."
    said = []
    for s in series:
        seen = [i for i, v in enumerate(s.values) if known(v)]
        if not seen:
            said.append(f"{s.name}: {NOT_KNOWN}")
            continue
        first, last = (f"{with_unit(short(s.values[i]), unit)} in {s.months[i]}" for i in (seen[0], seen[-1]))
        said.append(f"{s.name}: {first}" if len(seen) == 1 else f"{s.name}: from {first} to {last}")
    return f"Lines over the months. {'; '.join(said)}."
