"""Rows of a plot: a name and a note on the left, the plot's strip, and figures on the right.

On a narrow sheet there is no room side by side: the name and the figures stand
above the strip, which then has the whole width.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from remit.report.charts.drawing import MARGIN, Sheet
from remit.report.charts.lettering import Words, width_of, wrap
from remit.report.charts.tokens import LEADING, QUIET, SMALL, TEXT

_NAME_SHARE = 0.36
ASSUMPTION = "†"
ASSUMPTION_NOTE = f"{ASSUMPTION} rests on an assumption, not on measurement."


@dataclass(frozen=True)
class RowText:
    """The words of one row: its name, a note below it, and figures beside it, or joined on one line."""

    name: str
    note: str = ""
    figures: tuple[str, ...] = ()
    assumption: bool = False
    joint: str = " "

    @property
    def marked(self) -> str:
        """The name, with a dagger if it rests on an assumption."""
        return f"{self.name.strip()} {ASSUMPTION}".strip() if self.assumption else self.name.strip()


@dataclass(frozen=True)
class Columns:
    """Where the plot's strip begins and ends, and the room for words beside it."""

    left: float
    right: float
    name_room: float
    figures_room: float


@dataclass(frozen=True)
class Place:
    """Where one row lies: the top of its words, the top and bottom of its strip, and the foot of all."""

    top: float
    strip_top: float
    strip_bottom: float
    bottom: float

    @property
    def middle(self) -> float:
        """The middle of the strip."""
        return (self.strip_top + self.strip_bottom) / 2


def columns(sheet: Sheet, texts: Sequence[RowText], *, inset: float = 10.0) -> Columns:
    """Return the columns for these rows; ``inset`` keeps tick words inside the picture."""
    whole = sheet.width - 2 * MARGIN
    if sheet.narrow:
        return Columns(MARGIN + inset, sheet.width - MARGIN - inset, whole, whole)
    name_room = _least_room([t.marked for t in texts], 110.0, whole * _NAME_SHARE)
    lines = [line for t in texts for line in t.figures]
    figures_room = min(max((width_of(line, SMALL) for line in lines), default=0.0), whole * 0.28)
    right = sheet.width - MARGIN - (figures_room + 14.0 if figures_room else inset)
    return Columns(MARGIN + name_room + 16.0, right, name_room, figures_room)


def _least_room(names: Sequence[str], least: float, most: float) -> float:
    """Return the least room in which every name takes two lines or fewer, uncut."""
    room = least
    while room < most:
        broken = [wrap(name, room, TEXT, most=2) for name in names]
        if not any(b.full for b in broken):
            return max([least, *(width_of(line) for b in broken for line in b.lines)])
        room += 10.0
    return most


def place_rows(
    sheet: Sheet,
    texts: Sequence[RowText],
    across: Columns,
    strip: float,
    *,
    below: Sequence[float] = (),
    gap: float = 10.0,
) -> list[Place]:
    """Return the place of each row, one below another from where the sheet now ends.

    ``below`` is room kept free under each row's strip.
    """
    top = sheet.bottom
    places = []
    for text, under in zip(texts, below or [0.0] * len(texts), strict=True):
        name, figures = _heights(sheet, text, across)
        if sheet.narrow:
            start = top + name + figures + 2.0
            foot = start + strip + under
            places.append(Place(top, start, start + strip, foot))
            top = foot + gap + 8.0
        else:
            tall = max(name, figures, strip)
            start = top + (tall - strip) / 2
            foot = max(top + tall, start + strip + under)
            places.append(Place(top + (tall - name) / 2, start, start + strip, foot))
            top = foot + gap
    return places


def write_row(sheet: Sheet, text: RowText, place: Place, across: Columns) -> None:
    """Write the words of one row."""
    name, note, figures = _blocks(sheet, text, across)
    foot = place.top + TEXT * 0.95
    foot = sheet.words(MARGIN, foot, name)
    if note:
        foot = sheet.words(MARGIN, foot + SMALL * LEADING, note, size=SMALL, fill=QUIET)
    if not figures:
        return
    if sheet.narrow:
        sheet.words(MARGIN, foot + SMALL * LEADING, figures, size=SMALL)
        return
    tall = SMALL * LEADING * len(figures.lines)
    sheet.words(
        sheet.width - MARGIN, place.middle - tall / 2 + SMALL * 0.95, figures, size=SMALL, anchor="end"
    )


def _blocks(sheet: Sheet, text: RowText, across: Columns) -> tuple[Words, Words | None, Words | None]:
    """Return the broken lines of a row: name, note and figures."""
    name = wrap(text.marked or "(no name)", across.name_room, TEXT, most=3)
    if text.assumption and not name.lines[-1].endswith(ASSUMPTION):
        name = Words((*name.lines[:-1], f"{name.lines[-1][:-3].rstrip()}… {ASSUMPTION}"), name.full)
    note = wrap(text.note, across.name_room, SMALL, most=3) if text.note.strip() else None
    if not text.figures:
        return name, note, None
    if sheet.narrow:
        return name, note, wrap(text.joint.join(text.figures), across.figures_room, SMALL, most=3)
    broken = [line for said in text.figures for line in wrap(said, across.figures_room, SMALL).lines]
    return name, note, Words(tuple(broken))


def _heights(sheet: Sheet, text: RowText, across: Columns) -> tuple[float, float]:
    """Return the heights of a row's name with its note, and of its figures."""
    name, note, figures = _blocks(sheet, text, across)
    small = SMALL * LEADING
    tall = TEXT * LEADING * len(name.lines) + (small * len(note.lines) if note else 0.0)
    return tall, small * len(figures.lines) if figures else 0.0
