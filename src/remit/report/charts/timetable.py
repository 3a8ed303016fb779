"""A plan over months: one bar for each task, with the months that matter marked across all of them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from remit.report.charts.digits import NOT_KNOWN, known, number, span
from remit.report.charts.drawing import MARGIN, Sheet, clean, nothing, tag
from remit.report.charts.frame import Axis, across, draw_across, name_across
from remit.report.charts.lettering import Words, width_of, wrap
from remit.report.charts.rows import Place, RowText, columns, place_rows, write_row
from remit.report.charts.spacing import spread
from remit.report.charts.swatches import SAMPLE_TALL, SAMPLE_WIDE, write_swatches
from remit.report.charts.tables import Table
from remit.report.charts.ticks import Scale, domain, tick_words
from remit.report.charts.tokens import INK, LEADING, PAPER, QUIET, SERIES, SMALL, WIDE

KINDS = {
    "condition": "Condition to be granted",
    "move": "Setting being changed",
    "both": "Old beside new",
}
"""The kinds of task, and how each is said."""

_STRIP = 20.0
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
_MOST_TICKS = 9
_LEAST_BAR = 8.0
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NAME_ROOM, _LEAST_NAME_ROOM = 150.0, 84.0
_STEM = 12.0


@dataclass(frozen=True)
class Task:
    """One task: from which month to which, and whether it is a condition, a move, or double running."""

    label: str
    start: float
    end: float
    kind: str = "move"
    note: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.label}: a task is one of {', '.join(KINDS)}, not {self.kind}")

    def months(self) -> tuple[float, float] | None:
        """Return its first and last month in order, ``None`` where either is not known.

        >>> Task("Move", 9.0, 6.0).months()
        (6.0, 9.0)
        """
        if not (known(self.start) and known(self.end)):
            return None
        return min(self.start, self.end), max(self.start, self.end)


@dataclass(frozen=True)
class _Mark:
    """A month that matters: its name, and the letter it has where names do not fit."""

    month: float
    name: str
    letter: str


def timetable(
    tasks: Sequence[Task],
    *,
    months: float,
    title: str,
    marks: Sequence[tuple[float, str]] = (),
    width: float = WIDE,
    id_prefix: str | None = None,
    heading: bool = True,
) -> str:
    """Return one bar for each task along the months, in the order given, with dashed lines at the marks."""
    about = _description(tasks, months, marks)
    sheet = Sheet(title, about, width=width, id_prefix=id_prefix, heading=heading)
    if not tasks:
        return nothing(sheet, about)
    _key(sheet, tasks)
    texts = [RowText(t.label, t.note, (_when(t, "Month" if sheet.narrow else ""),)) for t in tasks]
    beside = columns(sheet, texts)
    dated = _dated(marks)
    ends = [e for t in tasks for e in t.months() or ()]
    low, high = domain([*ends, *(m.month for m in dated), months], with_zero=True)
    axis = _axis(low, high, beside.left, beside.right)
    lettered = _mark_names(sheet, dated, axis)
    places = place_rows(sheet, texts, beside, _STRIP, gap=8.0)
    spans = _spans(sheet, places)
    for top, bottom in spans:
        draw_across(sheet, axis, top, bottom, strong=0.0)
    for task, place in zip(tasks, places, strict=True):
        _bar(sheet, task, place, axis)
    for mark in dated:
        for top, bottom in spans:
            _mark_line(sheet, axis.scale.at(mark.month), top, bottom)
    for task, text, place in zip(tasks, texts, places, strict=True):
        write_row(sheet, text, place, beside)
        if task.months() is None:
            y = place.middle + SMALL * 0.35
            sheet.words(beside.left + 4.0, y, NOT_KNOWN, size=SMALL, fill=QUIET, halo=True)
    sheet.reach(places[-1].bottom + 6.0)
    name_across(sheet, axis, sheet.bottom, "Months from the start")
    _notes(sheet, dated, marks, lettered)
    return sheet.svg()


def timetable_table(tasks: Sequence[Task]) -> Table:
    """Return the same as a table: what, kind, from month, to month, note."""
    body = []
    for t in tasks:
        when = t.months() or (t.start, t.end)
        body.append((t.label, KINDS[t.kind], number(when[0]), number(when[1]), t.note))
    return Table(("What", "Kind", "From month", "To month", "Note"), tuple(body))


def _when(task: Task, before: str = "") -> str:
    """Return the months of a task in words."""
    when = task.months()
    if when is None:
        return NOT_KNOWN
    said = number(when[0]) if when[0] == when[1] else span(*when)
    several = "" if when[0] == when[1] or not before else "s"
    return f"{before}{several} {said}".strip()


def _axis(low: float, high: float, left: float, right: float) -> Axis:
    """Return the months along the foot, in steps that divide years or gather them."""
    high = max(high, low + 1.0)
    if high - low > _STEPS[-1] * (_MOST_TICKS - 1):
        return across(low, high, left, right)
    for step in _STEPS:
        first, last = math.floor(low / step + 1e-9), math.floor(high / step + 1e-9)
        ticks = tuple(float(k * step) for k in range(first, last + 1))
        words = tick_words(ticks)
        apart = step * (right - left) / (high - ticks[0])
        if len(ticks) <= _MOST_TICKS and max(width_of(w, SMALL) for w in words) + 10.0 <= apart:
            break
    return Axis(Scale(ticks[0], high, left, right), ticks, words)


def _dated(marks: Sequence[tuple[float, str]]) -> list[_Mark]:
    """Return the marks whose month is known, in order, lettered."""
    found = sorted((month, k) for k, (month, _) in enumerate(marks) if known(month))
    return [
        _Mark(month, " ".join(marks[k][1].split()) or "(no name)", _letter(place))
        for place, (month, k) in enumerate(found)
    ]


def _letter(place: int) -> str:
    """Return the letter of the mark at ``place``, with a number after the first alphabet."""
    turn, at = divmod(place, len(_LETTERS))
    return f"{_LETTERS[at]}{turn or ''}"


def _mark_names(sheet: Sheet, marks: Sequence[_Mark], axis: Axis) -> bool:
    """Write the marks' names above the plot, tied to their lines; return whether letters stand for them.

    Where there are more names than room, letters stand above and the names below
    the plot; where there is no room for letters either, the months below suffice.
    """
    if not marks:
        return False
    whole = sheet.width - 2 * MARGIN
    room = min(_NAME_ROOM, whole / len(marks) - 10.0)
    blocks = [wrap(m.name, max(room, _LEAST_NAME_ROOM), SMALL) for m in marks]
    lettered = room < _LEAST_NAME_ROOM or any(b.full for b in blocks)
    if lettered:
        blocks = [Words((m.letter,), m.name) for m in marks]
    sizes = [max(width_of(line, SMALL) for line in b.lines) + 10.0 for b in blocks]
    if sum(sizes) > whole:
        return True
    step = SMALL * LEADING
    foot = sheet.bottom + step * max(len(b.lines) for b in blocks)
    wanted = [axis.scale.at(m.month) for m in marks]
    found = spread(wanted, sizes, MARGIN, sheet.width - MARGIN)
    for block, x, middle in zip(blocks, wanted, found, strict=True):
        first = foot - step * (len(block.lines) - 1) - SMALL * 0.2
        sheet.words(middle, first, block, size=SMALL, anchor="middle")
        elbow = [(middle, foot + 3.0), (x, foot + _STEM), (x, foot + _STEM + 4.0)]
        sheet.mark("path", d=sheet.path(elbow), fill="none", stroke=INK, stroke_width=1.0)
    sheet.reach(foot + _STEM + 8.0)
    return lettered


def _spans(sheet: Sheet, places: Sequence[Place]) -> list[tuple[float, float]]:
    """Return the stretches behind the bars, on a narrow sheet one for each, so that no line meets words."""
    if sheet.narrow:
        return [(p.strip_top - 2.0, p.strip_bottom + 4.0) for p in places]
    return [(places[0].top - 4.0, places[-1].bottom + 6.0)]


def _mark_line(sheet: Sheet, x: float, top: float, bottom: float) -> None:
    """Draw one dashed line, white between its dashes, so that it also shows on a dark bar."""
    sheet.line(x, top, x, bottom, stroke=PAPER, width=1.75)
    sheet.line(x, top, x, bottom, width=1.75, dash="5 3")


def _fill(sheet: Sheet, kind: str) -> str:
    """Return what fills the bars of a kind."""
    return SERIES[0] if kind == "move" else f"url(#{sheet.prefix}-{kind})"


def _key(sheet: Sheet, tasks: Sequence[Task]) -> None:
    """Write the key of the kinds that occur, and define their patterns."""
    kinds = [kind for kind in KINDS if any(t.kind == kind for t in tasks)]
    if "condition" in kinds:
        lines = tag("path", d="M0 0V6", stroke=QUIET, stroke_width=2.0)
        _pattern(sheet, "condition", PAPER, lines, turn="rotate(45)")
    if "both" in kinds:
        lines = tag("rect", width=6.0, height=3.0, fill=SERIES[1])
        _pattern(sheet, "both", PAPER, lines)
    write_swatches(sheet, [(_sample(sheet, kind), KINDS[kind]) for kind in kinds])
    sheet.reach(sheet.bottom + 10.0)


def _sample(sheet: Sheet, kind: str) -> Callable[[float, float], None]:
    """Return what draws the sample of a kind."""
    return lambda x, y: _block(sheet, kind, x, y, SAMPLE_WIDE, SAMPLE_TALL)


def _pattern(sheet: Sheet, kind: str, ground: str, lines: str, turn: str | None = None) -> None:
    """Define the pattern of a kind: lines on a ground."""
    inside = tag("rect", width=6.0, height=6.0, fill=ground) + lines
    name = f"{sheet.prefix}-{kind}"
    sheet.define(
        tag("pattern", inside, id=name, width=6.0, height=6.0, patternUnits="userSpaceOnUse",
            patternTransform=turn)
    )  # fmt: skip


def _block(sheet: Sheet, kind: str, x: float, y: float, wide: float, tall: float, said: str = "") -> None:
    """Draw a block of a kind, with words for the pointer."""
    edge = {"condition": QUIET, "both": SERIES[1]}.get(kind, SERIES[0])
    sheet.mark(
        "rect", tag("title", clean(said)) if said else "", x=x, y=y, width=wide, height=tall,
        fill=_fill(sheet, kind), stroke=edge, stroke_width=1.5,
    )  # fmt: skip


def _bar(sheet: Sheet, task: Task, place: Place, axis: Axis) -> None:
    """Draw the bar of one task; one of no length still shows."""
    when = task.months()
    if when is None:
        return
    left, right = axis.scale.at(when[0]), axis.scale.at(when[1])
    short = max(0.0, _LEAST_BAR - (right - left))
    whole = f"{task.label}: {KINDS[task.kind].lower()}, {_when(task, 'month')}"
    left, tall = left - short / 2, place.strip_bottom - place.strip_top
    _block(sheet, task.kind, left, place.strip_top, right - left + short / 2, tall, whole)


def _notes(sheet: Sheet, dated: Sequence[_Mark], marks: Sequence[tuple[float, str]], lettered: bool) -> None:
    """Say what the letters stand for, and which marks have no known month."""
    if lettered:
        for m in dated:
            sheet.note(f"{m.letter}, month {number(m.month)}: {m.name}.", fill=INK, gap=3.0)
    missing = [name for month, name in marks if not known(month)]
    if missing:
        sheet.note(f"Month not known, so not drawn: {'; '.join(missing)}.")


def _description(tasks: Sequence[Task], months: float, marks: Sequence[tuple[float, str]]) -> str:
    """Return the picture in words."""
    if not tasks:
        return "Nothing to show: no tasks were given."
    over = f" over {number(months)} {'month' if months == 1 else 'months'}" if known(months) else ""
    said = [f"{t.label}: {KINDS[t.kind].lower()}, {_when(t, 'month')}" for t in tasks]
    whole = f"Plan of {len(tasks)} {'task' if len(tasks) == 1 else 'tasks'}{over}. {'; '.join(said)}."
    if marks:
        named = "; ".join(f"{name}: {f'month {number(m)}' if known(m) else NOT_KNOWN}" for m, name in marks)
        whole += f" Marked: {named}."
    return whole
