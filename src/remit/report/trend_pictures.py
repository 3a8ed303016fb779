"""Outcomes month by month or year by year, all designs together."""

import numpy as np

from remit.ensemble.comparison import Compared
from remit.kernel.layout import Floats
from remit.report.answer import Answer
from remit.report.charts import LineSeries, lines, lines_table
from remit.report.drawn import Picture, drawn, shown_as
from remit.report.figures import unit_of
from remit.simulate.outcome import Outcome

FAN = (5.0, 95.0)  # centiles of all runs


def trend_pictures(answer: Answer) -> list[Picture]:
    """Return a picture of each outcome that is told by period, the main one first.

    Years carry a fan over all runs, so over what is not known and luck alike; months only their means.
    """
    outcomes = answer.outcomes
    told = [outcomes.by_id[o] for o in (outcomes.by_month, *outcomes.also_by_month)]
    return [_trend(answer, outcome) for outcome in told if _has_any(answer, outcome)]


def _has_any(answer: Answer, outcome: Outcome) -> bool:
    """Tell whether there is anything to draw: the main outcome always, others where something happens."""
    if outcome.id == answer.outcomes.by_month:
        return True
    return any(
        r.value not in (0.0,) and r.value == r.value for r in answer.by_month if r.outcome == outcome.id
    )


def _trend(answer: Answer, outcome: Outcome) -> Picture:
    words, period = answer.outcomes.words, answer.outcomes.period
    is_first = outcome.id == answer.outcomes.by_month
    has_fan = period == "year" and not outcome.is_chance
    scale = shown_as(outcome)
    series = []
    for design in answer.designs.values():
        rows = [r for r in answer.by_month if (r.design, r.outcome) == (design.id, outcome.id)]
        names = tuple(r.group[1] for r in rows)
        values = tuple(scale * r.value for r in rows)
        ends = [_ends(answer, row, scale) for row in rows] if has_fan else []
        series.append(LineSeries(design.title, names, values, *zip(*ends, strict=True)))
    name = outcome.name.removesuffix(" at the end")
    title = words.by_month if is_first else f"{name}, {period} by {period}"
    unit = unit_of(outcome)

    def draw(width: float, prefix: str) -> str:
        return lines(
            series,
            title=title,
            x_label=f"{period.capitalize()} of the run",
            y_label=f"{name} ({unit})",
            unit=unit,
            band=has_fan,
            width=width,
            id_prefix=prefix,
            heading=False,
        )

    note = words.month_note if is_first or has_fan else "Share of all runs in which it has happened by then."
    table = lines_table(series, unit=unit, band=has_fan, along=period.capitalize())
    return drawn(title, "months" if is_first else f"{period}s-{outcome.id}", draw, table, note)


def _ends(answer: Answer, row: Compared, scale: float) -> tuple[float, float]:
    """Return between what nine runs in ten lie."""
    values: Floats = answer.results.of(row.design, row.outcome, row.group)
    known = values[np.isfinite(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.percentile(known, FAN)
    return scale * float(low), scale * float(high)
