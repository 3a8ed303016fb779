"""Response times as curves: the share of people reached within each time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from remit.report.charts.curve_names import name_curves
from remit.report.charts.digits import NOT_KNOWN, known, number, with_unit
from remit.report.charts.drawing import MARGIN, Sheet, nothing
from remit.report.charts.frame import (
    Axis,
    across,
    draw_across,
    draw_up,
    name_across,
    name_up,
    room_up,
    upright,
)
from remit.report.charts.lettering import width_of
from remit.report.charts.markers import key_rows, marker
from remit.report.charts.spacing import Box, Crowd, Point
from remit.report.charts.tables import Table
from remit.report.charts.tokens import INK, SMALL, WIDE, Stroke, stroke

MEDIAN, NINETIETH = 0.5, 0.9
_SHOWN = 0.97
_DENSE = 120
_COUNTED = "within the times counted"


@dataclass(frozen=True)
class Distribution:
    """Response times of one design: bin edges in rising order, and what fell in each bin.

    The last edge may be without limit. Counts may be weights.
    """

    name: str
    edges: tuple[float, ...]
    counts: tuple[float, ...]

    def __post_init__(self) -> None:
        if (self.edges or self.counts) and len(self.edges) != len(self.counts) + 1:
            raise ValueError(f"{self.name}: there must be one edge more than counts")
        if any(not b > a for a, b in pairwise(self.edges)):
            raise ValueError(f"{self.name}: edges must rise")

    @property
    def drawable(self) -> bool:
        """Whether anything was counted and every count is known."""
        return all(known(c) and c >= 0 for c in self.counts) and sum(self.counts) > 0

    def curve(self) -> list[Point]:
        """Return times and the share reached by each; what lies beyond the last known edge is left off.

        >>> Distribution("a", (0.0, 1.0, 2.0), (1.0, 3.0)).curve()
        [(0.0, 0.0), (1.0, 0.25), (2.0, 1.0)]
        """
        total, reached = math.fsum(self.counts), 0.0
        points: list[Point] = [(self.edges[0], 0.0)] if known(self.edges[0]) else []
        for edge, count in zip(self.edges[1:], self.counts, strict=True):
            reached += count / total
            if known(edge):
                points.append((edge, min(1.0, reached)))
        return points

    def quantile(self, share: float) -> float:
        """Return the time by which ``share`` is reached, straight within a bin, NaN where not known.

        >>> Distribution("a", (0.0, 1.0, 2.0), (1.0, 3.0)).quantile(0.25)
        1.0
        """
        if not self.drawable:
            return math.nan
        before: tuple[float, float] | None = None
        for time, reached in self.curve():
            if reached >= share - 1e-12:
                if before is None or reached == before[1]:
                    return time
                return before[0] + (time - before[0]) * max(0.0, share - before[1]) / (reached - before[1])
            before = (time, reached)
        return math.nan


def distributions(
    series: Sequence[Distribution],
    *,
    title: str,
    x_label: str,
    unit: str = "minutes",
    y_label: str = "Share reached within that time",
    x_max: float | None = None,
    width: float = WIDE,
    id_prefix: str | None = None,
    heading: bool = True,
) -> str:
    """Return curves of the share reached within each time, with markers at half and at nine in ten."""
    drawn = [(stroke(i), s) for i, s in enumerate(series) if s.drawable and len(s.curve()) > 1]
    about = _description(series, unit)
    sheet = Sheet(title, about, width=width, id_prefix=id_prefix, heading=heading)
    if not drawn:
        return nothing(sheet, about)
    name_up(sheet, y_label)
    top, height = sheet.bottom + 4.0, 300.0 if not sheet.narrow else 250.0
    up = upright(0.0, 100.0, top + height, top, unit="%")
    left, right = MARGIN + room_up(up), sheet.width - MARGIN - 16.0
    low, high = _reach([s for _, s in drawn], x_max)
    level = across(low, high, left, right)
    draw_across(sheet, level, top, top + height)
    draw_up(sheet, up, left, right)
    crowd = Crowd(Box(left + 2.0, top, right + 14.0, top + height - 2.0))
    _guides(sheet, up, left, right, crowd)
    _curves(sheet, drawn, level, up, crowd)
    sheet.reach(top + height)
    name_across(sheet, level, top + height, x_label)
    _key(sheet, series, unit)
    return sheet.svg()


def distributions_table(series: Sequence[Distribution], *, unit: str = "minutes") -> Table:
    """Return the same as a table: half, nine in ten, and the share reached by round times."""
    usable = [s for s in series if s.drawable and len(s.curve()) > 1]
    times = across(*_reach(usable, None), 0.0, 600.0).ticks if usable else ()
    times = tuple(t for t in times if t > 0)
    header = ("Design", f"Half reached within ({unit})", f"Nine in ten reached within ({unit})")
    rows = [
        (
            s.name,
            number(s.quantile(MEDIAN)),
            number(s.quantile(NINETIETH)),
            *(f"{number(100 * _share_at(s, t))}%" if s in usable else NOT_KNOWN for t in times),
        )
        for s in series
    ]
    return Table((*header, *(f"Share within {with_unit(number(t), unit)}" for t in times)), tuple(rows))


def _share_at(series: Distribution, time: float) -> float:
    """Return the share reached by ``time``."""
    before = (-math.inf, 0.0)
    for at, reached in series.curve():
        if at >= time:
            if not known(before[0]) or at == before[0]:
                return reached if at == time else 0.0
            return before[1] + (reached - before[1]) * (time - before[0]) / (at - before[0])
        before = (at, reached)
    return before[1]


def _reach(series: Sequence[Distribution], x_max: float | None) -> tuple[float, float]:
    """Return the times to show: from nought, or the first edge, to where nearly all are reached."""
    curves = [s.curve() for s in series]
    ends = [q if known(q := s.quantile(_SHOWN)) else c[-1][0] for s, c in zip(series, curves, strict=True)]
    low = min(0.0, min(c[0][0] for c in curves))
    high = x_max if x_max is not None and known(x_max) and x_max > low else max(ends)
    return low, high if high > low else low + 1.0


def _guides(sheet: Sheet, up: Axis, left: float, right: float, crowd: Crowd) -> None:
    """Draw and name the two levels that matter: half, and nine in ten."""
    for share, said in ((NINETIETH, "9 in 10"), (MEDIAN, "half")):
        y = up.scale.at(100 * share)
        sheet.line(left, y, right, y, stroke=INK, dash="2 3")
        sheet.words(left + 4.0, y - 4.0, said, size=SMALL, halo=True)
        crowd.take(Box(left, y - 17.0, left + 8.0 + width_of(said, SMALL), y))
        crowd.take_path([(left, y), (right, y)])


def _curves(
    sheet: Sheet, drawn: Sequence[tuple[Stroke, Distribution]], level: Axis, up: Axis, crowd: Crowd
) -> None:
    """Draw the curves, then their markers, then names and times where there is free ground."""
    paths = [_places(s, level, up) for _, s in drawn]
    for (look, s), points in zip(drawn, paths, strict=True):
        whole = sheet.path(points)
        sheet.mark(
            "path", d=whole, fill="none", stroke=look.colour, stroke_width=2.5, stroke_linejoin="round",
            stroke_dasharray=look.dash or None,
        )  # fmt: skip
        crowd.take_path(points)
        for share in (MEDIAN, NINETIETH):
            x, y = level.scale.at(s.quantile(share)), up.scale.at(100 * share)
            if known(x) and s.quantile(share) <= level.ticks[-1]:
                marker(sheet, look.marker, x, y, look.colour, size=11.0, hollow=share == NINETIETH)
                crowd.take(Box(x - 6.0, y - 6.0, x + 6.0, y + 6.0))
    for look, s in drawn:
        _times(sheet, look, s, level, up, crowd)
    named = [(look, s.name, points) for (look, s), points in zip(drawn, paths, strict=True)]
    ground = Box(level.scale.start + 4.0, up.scale.end, level.scale.end, up.scale.start - 4.0)
    name_curves(sheet, named, crowd, ground)


def _places(series: Distribution, level: Axis, up: Axis) -> list[Point]:
    """Return the curve's places, evenly thinned where there are very many, up to the end of the axis."""
    curve = series.curve()
    end = level.ticks[-1]
    shown = [(t, r) for t, r in curve if t <= end]
    if shown and shown[-1][0] < end and len(shown) < len(curve):
        shown.append((end, _share_at(series, end)))
    step = max(1, len(shown) // _DENSE)
    kept = [p for i, p in enumerate(shown) if i % step == 0 or i == len(shown) - 1]
    points = [(level.scale.at(t), up.scale.at(100 * r)) for t, r in kept]
    if curve[-1][0] < end and curve[-1][1] >= 1.0 - 1e-9:
        points.append((level.scale.at(end), up.scale.at(100.0)))
    return points


def _times(sheet: Sheet, look: Stroke, series: Distribution, level: Axis, up: Axis, crowd: Crowd) -> None:
    """Write the two times beside their markers where there is free ground."""
    for share in (MEDIAN, NINETIETH):
        time = series.quantile(share)
        if not known(time) or time > level.ticks[-1]:
            continue
        x, y, said = level.scale.at(time), up.scale.at(100 * share), number(time)
        room = width_of(said, SMALL)
        places = ((8.0, 16.0), (-room - 8.0, -6.0), (9.0, -6.0), (-room - 9.0, 16.0))
        box = crowd.settle(Box(x + dx, y + dy - 12.0, x + dx + room, y + dy + 2.0) for dx, dy in places)
        if box is not None:
            before = box.left < x
            at, anchor = (box.right, "end") if before else (box.left, "start")
            sheet.words(at, box.bottom - 2.0, said, size=SMALL, anchor=anchor, fill=look.words, halo=True)


def _key(sheet: Sheet, series: Sequence[Distribution], unit: str) -> None:
    """Write the key: each line's look, name and two times."""
    key_rows(
        sheet, [(stroke(i), s.name, _said(s, "" if sheet.narrow else unit)) for i, s in enumerate(series)]
    )
    sheet.note("Filled marker: half are reached. Hollow marker: nine in ten are reached.")


def _said(series: Distribution, unit: str) -> str:
    """Return the two times of one series in words."""
    if not series.drawable:
        return NOT_KNOWN
    half, most = series.quantile(MEDIAN), series.quantile(NINETIETH)
    if not known(half):
        return f"fewer than half {_COUNTED}"
    if not known(most):
        return f"half within {with_unit(number(half), unit)}, fewer than 9 in 10 {_COUNTED}"
    return f"half within {number(half)}, 9 in 10 within {with_unit(number(most), unit)}"


def _description(series: Sequence[Distribution], unit: str) -> str:
    """Return the picture in words."""
    if not series:
        return "Nothing to show: no designs were given."
    if not any(s.drawable for s in series):
        return "Nothing to show: no response times were counted."
    said = "; ".join(f"{s.name}: {_said(s, unit)}" for s in series)
    return f"Curves of the share of people reached within each time. {said}."
