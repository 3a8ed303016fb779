"""Whole numbers by pairs of settings: a triangle of cells, each with its number, darker where it is more."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from remit.report.charts.colouring import Classes, classes
from remit.report.charts.drawing import MARGIN, Sheet, clean, nothing, place, tag
from remit.report.charts.lettering import shorten, width_of, wrap
from remit.report.charts.swatches import SAMPLE_TALL, SAMPLE_WIDE, write_swatches
from remit.report.charts.tables import Table
from remit.report.charts.ticks import round_up
from remit.report.charts.tokens import GRID, LEADING, PAPER, QUIET, RING, SEQUENTIAL, SMALL, WIDE, words_on

_NAME_SHARE = 0.38
_MOST_CELL = 34.0
_NAMED_CELL = 17.5
_LEAST_DIGITS = 9.0
_LEAST_LETTER = 8.0
_LETTERS = "abcdefg"
_NO_NAME = "(no name)"
_SAID = 6

Counts = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class _Grid:
    """Where the cells lie: the left of the first column, the top of the second row, the size of a cell."""

    left: float
    top: float
    cell: float
    count: int

    def corner(self, row: int, column: int) -> tuple[float, float]:
        """Return the top left corner of a cell; the first row has none."""
        return self.left + column * self.cell, self.top + (row - 1) * self.cell


@dataclass(frozen=True)
class _Writing:
    """What stands in the cells: numbers, or where they are too wide the letters of their classes."""

    ramp: Classes
    size: float
    letters: bool

    def said(self, count: int) -> str:
        """Return what stands in a cell."""
        return _LETTERS[self.ramp.index(count)] if self.letters else f"{count:,}"


def pair_matrix(
    names: Sequence[str],
    counts: Counts,
    *,
    title: str,
    note: str = "",
    most_label: str = "impossible pairs",
    width: float = WIDE,
    id_prefix: str | None = None,
    heading: bool = True,
) -> str:
    """Return a triangle of cells, one for each pair of settings, with its number where it is above nought."""
    found = _found(names, counts)
    about = _description(names, found, most_label)
    sheet = Sheet(title, about, width=width, id_prefix=id_prefix, heading=heading)
    if not found:
        return nothing(sheet, about)
    named = _named_room(sheet, names)
    grid = _grid(sheet, names, named)
    writing = _writing(grid, found)
    _cells(sheet, names, grid, writing, found, most_label)
    if named is None:
        _heads(sheet, grid)
    else:
        _row_names(sheet, names, grid, named)
        _column_names(sheet, names, grid, named)
    sheet.reach(grid.corner(grid.count, 0)[1] + 8.0)
    _key(sheet, writing, max(found.values()), most_label)
    if named is None:
        _list(sheet, names)
    if note:
        sheet.note(note)
    return sheet.svg()


def pair_matrix_table(names: Sequence[str], counts: Counts) -> Table:
    """Return the same as a table: each pair with a count above nought, the largest count first."""
    body = [(one, other, f"{count:,}") for one, other, count in _ranked(names, _found(names, counts))]
    return Table(("Setting", "Other setting", "Count"), tuple(body))


def _found(names: Sequence[str], counts: Counts) -> dict[tuple[int, int], int]:
    """Return the counts above nought by row and column, the row being the later of the two settings."""
    found: dict[tuple[int, int], int] = {}
    for (one, other), count in counts.items():
        pair = (max(one, other), min(one, other))
        if pair[0] == pair[1] or pair[1] < 0 or pair[0] >= len(names) or count < 0:
            raise ValueError("a pair is two different settings of the list, its count nought or more")
        if found.setdefault(pair, count) != count:
            raise ValueError("a pair has one count, whichever setting comes first")
    return {pair: count for pair, count in sorted(found.items()) if count > 0}


def _ranked(names: Sequence[str], found: Counts) -> list[tuple[str, str, int]]:
    """Return both names and the count of each pair, the largest count first, then by name."""
    told = [(names[column], names[row], count) for (row, column), count in found.items()]
    return sorted(told, key=lambda t: (-t[2], t[0], t[1]))


def _named_room(sheet: Sheet, names: Sequence[str]) -> float | None:
    """Return the room for names beside the rows, ``None`` where numbers must stand for them."""
    whole = sheet.width - 2 * MARGIN
    room = min(max(width_of(" ".join(n.split()), SMALL) for n in names), whole * _NAME_SHARE)
    cell = (whole - room - 8.0) / (len(names) - 1)
    return None if sheet.narrow or cell < _NAMED_CELL else room


def _grid(sheet: Sheet, names: Sequence[str], named: float | None) -> _Grid:
    """Return the grid, with room above it for the names of the columns."""
    whole, count = sheet.width - 2 * MARGIN, len(names)
    beside = width_of(str(count), SMALL) + 6.0 if named is None else named + 8.0
    cell = min(_MOST_CELL, (whole - beside) / (count - 1))
    above = max(cell, SMALL * LEADING)
    if named is not None:
        rooms = [min(named, width_of(" ".join(n.split()), SMALL)) for n in names[:-1]]
        above = max(room + 8.0 - k * cell for k, room in enumerate(rooms))
    return _Grid(MARGIN + beside, sheet.bottom + max(above, 8.0), cell, count)


def _writing(grid: _Grid, found: Counts) -> _Writing:
    """Return the classes of the counts, and the size in which numbers or letters fit into the cells."""
    most = max(found.values())
    step = _step(most)
    breaks = [k * step + 1 for k in range(1, math.ceil(most / step))]
    ramp = classes([], diverging=False, breaks=breaks)
    tallest = min(SMALL, grid.cell * 0.72)
    size = min(tallest, (grid.cell - 2.0) / width_of(f"{most:,}", 1.0))
    if size >= _LEAST_DIGITS:
        return _Writing(ramp, size, letters=False)
    return _Writing(ramp, tallest if tallest >= _LEAST_LETTER else 0.0, letters=True)


def _step(most: int) -> int:
    """Return how many whole numbers a class holds, so that there are seven classes or fewer."""
    return math.ceil(round_up(most / len(SEQUENTIAL)))


def _cells(
    sheet: Sheet, names: Sequence[str], grid: _Grid, writing: _Writing, found: Counts, most_label: str
) -> None:
    """Draw the triangle of cells, each with its number."""
    for row in range(1, grid.count):
        for column in range(row):
            x, y = grid.corner(row, column)
            count = found.get((row, column), 0)
            if not count:
                sheet.mark("rect", x=x, y=y, width=grid.cell, height=grid.cell, fill=PAPER, stroke=GRID)
                continue
            fill = writing.ramp.colour(count)
            whole = tag("title", clean(f"{names[column]} and {names[row]}, {most_label}: {count:,}"))
            sheet.mark(
                "rect", whole, x=x, y=y, width=grid.cell, height=grid.cell, fill=fill, stroke=GRID,
            )  # fmt: skip
            if writing.size:
                middle, foot = x + grid.cell / 2, y + grid.cell / 2 + writing.size * 0.35
                said = writing.said(count)
                sheet.words(middle, foot, said, size=writing.size, anchor="middle", fill=words_on(fill))


def _row_names(sheet: Sheet, names: Sequence[str], grid: _Grid, room: float) -> None:
    """Write the name of each row to its left."""
    for row in range(1, grid.count):
        y = grid.corner(row, 0)[1] + grid.cell / 2 + SMALL * 0.35
        said = shorten(names[row] or _NO_NAME, room, SMALL)
        sheet.words(grid.left - 8.0, y, said, size=SMALL, anchor="end")


def _column_names(sheet: Sheet, names: Sequence[str], grid: _Grid, room: float) -> None:
    """Write the name of each column upright above its first cell, where the other half of the square is free."""
    for column in range(grid.count - 1):
        x, y = grid.corner(column + 1, column)
        said = shorten(names[column] or _NO_NAME, room, SMALL)
        # The words lie along the first line of their own ground, which is then turned and put in place.
        turned = f"translate({place(x + grid.cell / 2 - SMALL * 0.65)} {place(y - 6.0)}) rotate(-90)"
        whole = tag("title", clean(said.full)) if said.full else ""
        sheet.mark(
            "text", whole + (clean(said.lines[0]) or " "), x=0.0, y=SMALL, font_size=SMALL, transform=turned
        )


def _heads(sheet: Sheet, grid: _Grid) -> None:
    """Write the number of each row to its left and of each column above it, fewer where all do not fit."""
    digits = width_of(str(grid.count), 1.0)
    size = max(_LEAST_LETTER, min(SMALL, grid.cell * 0.8, (grid.cell - 1.0) / digits))
    step = max(1, math.ceil(max(size * digits + 1.0, size) / grid.cell))
    for k in range(0, grid.count, step):
        if k:
            y = grid.corner(k, 0)[1] + grid.cell / 2 + size * 0.35
            sheet.words(grid.left - 4.0, y, str(k + 1), size=size, anchor="end", weight="bold")
        if k < grid.count - 1:
            x, y = grid.corner(k + 1, k)
            sheet.words(x + grid.cell / 2, y - 3.0, str(k + 1), size=size, anchor="middle", weight="bold")


def _key(sheet: Sheet, writing: _Writing, most: int, most_label: str) -> None:
    """Write what the numbers count, and the key of the classes."""
    label = " ".join(most_label.split())
    said = f"{label[:1].upper()}{label[1:]} between each two settings. Blank: none."
    if writing.letters and writing.size:
        said += " Letters: the numbers they stand for are these."
    block = wrap(said, sheet.width - 2 * MARGIN, SMALL, most=4)
    foot = sheet.words(MARGIN, sheet.bottom + SMALL + 4.0, block, size=SMALL)
    sheet.reach(foot + 8.0)
    step = _step(most)
    entries = []
    for k in range(len(writing.ramp.colours)):
        low, high = k * step + 1, min((k + 1) * step, most)
        said = f"{low:,}" if low == high else f"{low:,} to {high:,}"
        entries.append((_sample(sheet, writing, k), said))
    write_swatches(sheet, entries)
    if not writing.size:
        sheet.note("There is no room for the numbers here; the table has them.")


def _sample(sheet: Sheet, writing: _Writing, index: int) -> Callable[[float, float], None]:
    """Return what draws the sample of a class, with its letter where letters stand in the cells."""
    fill = writing.ramp.colours[index]

    def draw(x: float, y: float) -> None:
        sheet.mark("rect", x=x, y=y, width=SAMPLE_WIDE, height=SAMPLE_TALL, fill=fill, stroke=RING)
        if writing.letters and writing.size:
            foot = y + SAMPLE_TALL / 2 + SMALL * 0.3
            sheet.words(
                x + SAMPLE_WIDE / 2, foot, _LETTERS[index], size=SMALL, anchor="middle", fill=words_on(fill)
            )

    return draw


def _list(sheet: Sheet, names: Sequence[str]) -> None:
    """Write the settings with their numbers, in as many columns as their names leave room for."""
    lead = width_of(f"{len(names)} ", SMALL)
    whole = sheet.width - 2 * MARGIN
    longest = lead + max(width_of(" ".join(n.split()), SMALL) for n in names)
    columns = max(1, min(3, int((whole + 14.0) // (longest + 14.0))))
    deep = math.ceil(len(names) / columns)
    wide = (whole + 14.0) / columns
    top = sheet.bottom + 8.0
    for k, name in enumerate(names):
        x, y = MARGIN + (k // deep) * wide, top + SMALL + (k % deep) * SMALL * LEADING
        sheet.words(x + lead - width_of(" ", SMALL), y, str(k + 1), size=SMALL, anchor="end", fill=QUIET)
        sheet.words(x + lead, y, shorten(name or _NO_NAME, wide - 14.0 - lead, SMALL), size=SMALL)
        sheet.reach(y + SMALL * 0.3)


def _description(names: Sequence[str], found: Counts, most_label: str) -> str:
    """Return the picture in words."""
    if not names:
        return "Nothing to show: no settings were given."
    if len(names) == 1:
        return "Nothing to show: a single setting has no pairs."
    label = " ".join(most_label.split())
    if not found:
        return f"Nothing to show: {len(names)} settings, and no {label} between them."
    every = len(names) * (len(names) - 1) // 2
    ranked = _ranked(names, found)
    said = "; ".join(f"{one} and {other}: {count:,}" for one, other, count in ranked[:_SAID])
    whole = f"Numbers for pairs of {len(names)} settings, {label}: {len(found)} of {every} pairs have any"
    whole += f", {sum(found.values()):,} in all."
    return f"{whole} {'Most' if len(ranked) > _SAID else 'They are'}: {said}."
