"""Money by payer: one bar for each design, its parts end to end, its total beside it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.report.charts.digits import NOT_KNOWN, currency, known, number, short, with_unit
from remit.report.charts.drawing import MARGIN, Sheet, clean, nothing, tag
from remit.report.charts.frame import Axis, across, draw_across, name_across
from remit.report.charts.lettering import width_of, wrap
from remit.report.charts.rows import Place, RowText, columns, place_rows, write_row
from remit.report.charts.spacing import spread
from remit.report.charts.tables import Table
from remit.report.charts.ticks import domain
from remit.report.charts.tokens import INK, LEADING, PAPER, QUIET, SERIES, SMALL, WIDE, words_on

_BAR = 30.0
_BELOW = 30.0
_LETTERS = "ABCDEF"


@dataclass(frozen=True)
class StackRow:
    """One design and what each payer pays; what a payer saves is negative."""

    name: str
    parts: Mapping[str, float]

    def total(self) -> float:
        """Return the sum of all known parts, NaN when none is known.

        >>> StackRow("a", {"x": 5.0, "y": -2.0, "z": float("nan")}).total()
        3.0
        """
        seen = [v for v in self.parts.values() if known(v)]
        return math.fsum(seen) if seen else math.nan


@dataclass(frozen=True)
class _Money:
    """How amounts are written in the bars: all on the scale of the largest bar."""

    unit: str
    most: float

    def brief(self, value: float) -> str:
        """Return an amount in few letters, so £0.8m beside £2.4m."""
        for scale, word in ((1e9, "bn"), (1e6, "m")):
            if self.most >= scale and scale / 100 <= abs(value) < scale:
                return with_unit(number(value / scale, 2) + word, currency(self.unit))
        return with_unit(short(value, 3), currency(self.unit))


@dataclass(frozen=True)
class _Piece:
    """One part of a bar as it is drawn: whose it is, how much, from where to where."""

    payer: int
    value: float
    left: float
    right: float
    said: str

    @property
    def fits(self) -> bool:
        """Whether its letter and amount fit inside it."""
        return width_of(self.said, SMALL) + 6.0 <= self.right - self.left

    @property
    def middle(self) -> float:
        """Its middle."""
        return (self.left + self.right) / 2


def stacked_bars(
    rows: Sequence[StackRow],
    *,
    title: str,
    unit: str,
    x_label: str = "",
    width: float = WIDE,
    id_prefix: str | None = None,
    heading: bool = True,
) -> str:
    """Return one bar for each design, its payers in the same order in every bar, totals beside."""
    about = _description(rows, unit)
    sheet = Sheet(title, about, width=width, id_prefix=id_prefix, heading=heading)
    if not any(r.parts for r in rows):
        return nothing(sheet, about)
    pooled, payers = _pooled(rows)
    _key(sheet, payers)
    texts = [RowText(r.name, "", _figures(r, unit)) for r in pooled]
    beside = columns(sheet, texts)
    low, high = domain([s for r in pooled for s in _sides(r)], with_zero=True)
    axis = across(low, high, beside.left, beside.right, unit=currency(unit))
    money = _Money(unit, max(-low, high))
    bars = [_pieces(r, payers, axis, money) for r in pooled]
    below = [0.0 if all(p.fits for p in bar) else _BELOW for bar in bars]
    places = place_rows(sheet, texts, beside, _BAR, below=below, gap=18.0)
    _ground(sheet, axis, places)
    for row, text, place, bar in zip(pooled, texts, places, bars, strict=True):
        write_row(sheet, text, place, beside)
        _bar(sheet, row, payers, place, bar, unit)
        if not bar:
            _empty(sheet, row, place, axis)
        _beneath(sheet, place, [p for p in bar if not p.fits], beside.left, beside.right)
        _net(sheet, row, axis, place)
    sheet.reach(places[-1].bottom + 6.0)
    name_across(sheet, axis, sheet.bottom, x_label or unit)
    _notes(sheet, rows)
    return sheet.svg()


def stacked_bars_table(rows: Sequence[StackRow], *, unit: str) -> Table:
    """Return the same as a table: a row for each design, a column for each payer, and the total."""
    payers = list(dict.fromkeys(p for r in rows for p in r.parts))
    body = [
        (r.name, *(_cell(r.parts[p], unit) if p in r.parts else "0" for p in payers), _cell(r.total(), unit))
        for r in rows
    ]
    return Table(("Design", *payers, f"Total ({unit})" if unit else "Total"), tuple(body))


def _cell(value: float, unit: str) -> str:
    """Return an amount in full, with its currency sign."""
    return with_unit(number(value), currency(unit))


def _pooled(rows: Sequence[StackRow]) -> tuple[list[StackRow], list[str]]:
    """Return rows with at most six payers: the smallest are put together as all others."""
    payers = list(dict.fromkeys(p for r in rows for p in r.parts))
    if len(payers) <= len(SERIES):
        return list(rows), payers
    weight = {p: sum(abs(v) for r in rows if known(v := r.parts.get(p, 0.0))) for p in payers}
    large = sorted(payers, key=lambda p: -weight[p])[: len(SERIES) - 1]
    kept = [p for p in payers if p in large]
    rest = [p for p in payers if p not in large]
    name = f"{len(rest)} other payers"
    pooled = []
    for r in rows:
        others = [r.parts[p] for p in rest if p in r.parts]
        seen = [v for v in others if known(v)]
        parts = {p: r.parts[p] for p in kept if p in r.parts}
        if others:
            parts[name] = math.fsum(seen) if seen else math.nan
        pooled.append(StackRow(r.name, parts))
    return pooled, [*kept, name]


def _sides(row: StackRow) -> tuple[float, float]:
    """Return how far a bar reaches to either side of zero."""
    seen = [v for v in row.parts.values() if known(v)]
    return math.fsum(v for v in seen if v < 0), math.fsum(v for v in seen if v > 0)


def _pieces(row: StackRow, payers: Sequence[str], axis: Axis, money: _Money) -> list[_Piece]:
    """Return the parts of one bar, those paid to the right of zero, those saved to the left."""
    paid = saved = 0.0
    pieces = []
    for i, payer in enumerate(payers):
        value = row.parts.get(payer, 0.0)
        if not known(value) or value == 0.0:
            continue
        start = paid if value > 0 else saved
        left, right = sorted((axis.scale.at(start), axis.scale.at(start + value)))
        pieces.append(_Piece(i, value, left, right, f"{_LETTERS[i]} {money.brief(value)}"))
        if value > 0:
            paid += value
        else:
            saved += value
    return pieces


def _figures(row: StackRow, unit: str) -> tuple[str, ...]:
    """Return the total beside a bar."""
    said = with_unit(short(row.total()), currency(unit))
    missing = any(not known(v) for v in row.parts.values()) and known(row.total())
    return ("Total", said, "and what is", NOT_KNOWN) if missing else ("Total", said)


def _ground(sheet: Sheet, axis: Axis, places: Sequence[Place]) -> None:
    """Draw the grid behind the bars; on a narrow sheet only behind each bar."""
    spans = [(p.strip_top - 2.0, p.strip_bottom + 4.0) for p in places]
    if not sheet.narrow:
        spans = [(places[0].strip_top - 6.0, places[-1].bottom + 6.0)]
    for start, end in spans:
        draw_across(sheet, axis, start, end, strong=0.0)


def _bar(
    sheet: Sheet, row: StackRow, payers: Sequence[str], place: Place, bar: Sequence[_Piece], unit: str
) -> None:
    """Draw the parts of one bar, each with its letter and amount where they fit."""
    for p in bar:
        fill = SERIES[p.payer]
        whole = f"{row.name}, {payers[p.payer]}: {with_unit(number(p.value), unit)}"
        sheet.mark(
            "rect",
            tag("title", clean(whole)),
            x=p.left,
            y=place.strip_top,
            width=max(1.0, p.right - p.left),
            height=_BAR,
            fill=fill,
            stroke=PAPER,
            stroke_width=1.0,
        )
        if p.fits:
            y = place.middle + SMALL * 0.35
            sheet.words(p.middle, y, p.said, size=SMALL, anchor="middle", fill=words_on(fill))


def _empty(sheet: Sheet, row: StackRow, place: Place, axis: Axis) -> None:
    """Say why a row has no bar."""
    said = "nothing paid" if known(row.total()) else NOT_KNOWN
    x = axis.scale.at(0.0) + 6.0
    sheet.words(x, place.middle + SMALL * 0.35, said, size=SMALL, fill=QUIET, halo=True)


def _beneath(sheet: Sheet, place: Place, thin: Sequence[_Piece], left: float, right: float) -> None:
    """Write letters and amounts of thin parts below the bar, each tied to its part by a line."""
    words = [p.said for p in thin]
    if sum(width_of(w, SMALL) + 10.0 for w in words) > right - left:
        words = [w.split()[0] for w in words]
    middles = [p.middle for p in thin]
    sizes = [width_of(w, SMALL) + 10.0 for w in words]
    top = place.strip_bottom
    for said, start, end in zip(words, middles, spread(middles, sizes, left - 8.0, right + 8.0), strict=True):
        elbow = [(start, top - 2.0), (start, top + 2.0), (end, top + 14.0)]
        sheet.mark("path", d=sheet.path(elbow), fill="none", stroke=INK, stroke_width=1.0)
        sheet.words(end, top + 14.0 + SMALL * 0.85, said, size=SMALL, anchor="middle", halo=True)


def _net(sheet: Sheet, row: StackRow, axis: Axis, place: Place) -> None:
    """Mark the total above a bar that has parts on both sides of zero."""
    low, high = _sides(row)
    if low < 0 < high:
        x, y = axis.scale.at(row.total()), place.strip_top
        sheet.mark(
            "path", d=sheet.path([(x - 7, y - 11), (x + 7, y - 11), (x, y + 1)], closed=True), fill=INK
        )


def _key(sheet: Sheet, payers: Sequence[str]) -> None:
    """Write the key: letter, colour and payer, as many in a line as fit."""
    x, top = MARGIN, sheet.bottom
    for i, payer in enumerate(payers):
        block = wrap(payer, sheet.width - 2 * MARGIN - 32.0, SMALL, most=2)
        room = 32.0 + max(width_of(line, SMALL) for line in block.lines)
        if x > MARGIN and x + room > sheet.width - MARGIN:
            x, top = MARGIN, sheet.bottom + 4.0
        sheet.mark("rect", x=x, y=top, width=20.0, height=20.0, fill=SERIES[i])
        sheet.words(x + 10.0, top + 15.0, _LETTERS[i], size=SMALL, anchor="middle", fill=words_on(SERIES[i]))
        foot = sheet.words(x + 26.0, top + 15.0, block, size=SMALL)
        sheet.reach(max(top + 20.0, foot + SMALL * (LEADING - 1.0)))
        x += room + 14.0
    sheet.reach(sheet.bottom + 12.0)


def _notes(sheet: Sheet, rows: Sequence[StackRow]) -> None:
    """Say what the diamond means, and what is not known."""
    if any(s[0] < 0 < s[1] for s in map(_sides, rows)):
        sheet.note("Left of zero: saved. Black pointer: total, savings taken off.")
    missing = [f"{p} in {r.name}" for r in rows for p, v in r.parts.items() if not known(v)]
    if missing:
        sheet.note(f"Not known and left out: {'; '.join(missing)}.")


def _description(rows: Sequence[StackRow], unit: str) -> str:
    """Return the picture in words."""
    if not rows:
        return "Nothing to show: no designs were given."
    if not any(r.parts for r in rows):
        return "Nothing to show: no payments were given."
    said = []
    for r in rows:
        parts = ", ".join(f"{p} {with_unit(short(v), unit)}" for p, v in r.parts.items())
        said.append(f"{r.name}: total {with_unit(short(r.total()), unit)} ({parts or 'no payments'})")
    return f"Money by payer for each design. {'; '.join(said)}."
