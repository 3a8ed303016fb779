"""Months along the foot of a plot: their order, their places and their words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from remit.report.charts.drawing import MARGIN, Sheet
from remit.report.charts.lettering import shorten, width_of, wrap
from remit.report.charts.ticks import Scale
from remit.report.charts.tokens import AXIS, LEADING, QUIET, SMALL

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Calendar:
    """Names in order, and how far along each stands; ``dated`` if they are true months."""

    names: tuple[str, ...]
    places: tuple[float, ...]
    dated: bool

    @property
    def length(self) -> float:
        """How far along the last name stands."""
        return self.places[-1] if self.places else 0.0

    def at(self, name: str) -> float:
        """Return how far along a name stands."""
        return self.places[self.names.index(name)]


def calendar(lists: Sequence[Sequence[str]]) -> Calendar:
    """Return all months of some lists in order; words that are no months keep the order they come in.

    >>> calendar([("2025-12", "2026-02"), ("2026-01",)])
    Calendar(names=('2025-12', '2026-01', '2026-02'), places=(0.0, 1.0, 2.0), dated=True)
    """
    names = list(dict.fromkeys(name for one in lists for name in one))
    if names and all(_MONTH.fullmatch(n) for n in names):
        names.sort()
        first = _count(names[0])
        return Calendar(tuple(names), tuple(float(_count(n) - first) for n in names), True)
    return Calendar(tuple(names), tuple(float(i) for i in range(len(names))), False)


def write_months(sheet: Sheet, months: Calendar, scale: Scale, bottom: float, label: str) -> None:
    """Write the months below a plot, as many as fit, the year below January and the first."""
    free = -1e9
    year = ""
    for name, at in zip(months.names, months.places, strict=True):
        said, under = _said(name, months.dated)
        x = scale.at(at)
        said = shorten(said, 110.0, SMALL).lines[0]
        half = max(width_of(said, SMALL), width_of(under, SMALL) if under != year else 0.0) / 2
        middle = min(max(x, MARGIN + half), sheet.width - MARGIN - half)
        if middle - half < free:
            continue
        sheet.line(x, bottom, x, bottom + 4.0, stroke=AXIS)
        sheet.words(middle, bottom + SMALL + 5.0, said, size=SMALL, anchor="middle", fill=QUIET)
        if under != year:
            sheet.words(
                middle, bottom + SMALL * (1 + LEADING) + 5.0, under, size=SMALL, anchor="middle", fill=QUIET
            )
            year = under
        free = middle + half + 8.0
    foot = bottom + 5.0 + SMALL * (1 + LEADING if months.dated else 1.0)
    if label:
        block = wrap(label, sheet.width - 2 * MARGIN, SMALL)
        half = max(width_of(line, SMALL) for line in block.lines) / 2
        middle = min(max((scale.start + scale.end) / 2, MARGIN + half), sheet.width - MARGIN - half)
        foot = sheet.words(middle, foot + SMALL * LEADING + 2.0, block, size=SMALL, anchor="middle")
    sheet.reach(foot + SMALL * 0.4)


def _count(name: str) -> int:
    """Return a month as months since the year nought."""
    return int(name[:4]) * 12 + int(name[5:]) - 1


def _said(name: str, dated: bool) -> tuple[str, str]:
    """Return a month's short name and its year, or the word as it is."""
    return (_NAMES[int(name[5:]) - 1], name[:4]) if dated else (name, "")
