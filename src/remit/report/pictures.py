"""The pictures of a comparison, each with its table."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from remit.appraisal.payers import paid_by
from remit.briefs.brief import Zone
from remit.design.design import TODAY
from remit.questions.drivers import Driver
from remit.report.answer import Answer
from remit.report.charts import (
    Distribution,
    DriverRow,
    IntervalRow,
    LineSeries,
    Meaning,
    Sides,
    StackRow,
    Table,
    ZoneShape,
    both_widths,
    distributions,
    distributions_table,
    drivers,
    drivers_table,
    intervals,
    intervals_table,
    lines,
    lines_table,
    stacked_bars,
    stacked_bars_table,
    zone_map,
    zone_map_table,
)
from remit.report.figures import error_figure, unit_of
from remit.report.sentences import spoken
from remit.simulate.outcome import Outcome

HALF_MINUTES = tuple(0.5 * b for b in range(61))
METRES_PER_DEGREE = 111_320.0
SHOWN_DRIVERS = 8


@dataclass(frozen=True)
class Picture:
    """A chart as HTML at two widths, and the same as a table."""

    title: str
    html: str
    table: Table
    note: str = ""


def pictures(answer: Answer) -> list[Picture]:
    """Return every picture of a comparison."""
    shown = [_headline(answer)]
    shown += [_responses(answer)] if answer.results.chart.shape[1] else []
    shown += [_months(answer), _money(answer)]
    others = [d for d in answer.designs if d != TODAY]
    shown += [
        _map(answer, d) for d in others if any(r.design == d and r.difference != 0.0 for r in answer.by_zone)
    ]
    shown += [_drivers(answer, d) for d in others if answer.drivers.get(d)]
    return shown


def _drawn(
    title: str, prefix: str, draw: Callable[[float, str], str], table: Table, note: str = ""
) -> Picture:
    return Picture(title, both_widths(draw, prefix), table, note)


def _headline(answer: Answer) -> Picture:
    rows = []
    headline, words = answer.headline, answer.outcomes.words
    scale = _shown(headline)
    for design in answer.designs:
        if design == TODAY:
            continue
        row = answer.row(design, headline.id)
        rows.append(
            IntervalRow(
                label=answer.designs[design].title,
                value=scale * row.difference,
                low=scale * row.low,
                high=scale * row.high,
                note=f"computing error {error_figure(row.monte_carlo_error, headline)}",
                assumption=answer.rests_on_assumption(design, headline.id),
            )
        )
    title, unit = words.title, words.unit
    meaning = Meaning("average over futures", "nine futures in ten", "", *words.sides)

    def draw(width: float, prefix: str) -> str:
        return intervals(
            rows,
            title=title,
            x_label=words.axis,
            unit=unit,
            meaning=meaning,
            width=width,
            id_prefix=prefix,
            heading=False,
        )

    return _drawn(title, "headline", draw, intervals_table(rows, unit=unit, meaning=meaning))


def _responses(answer: Answer) -> Picture:
    series = [
        Distribution(d.title, (*HALF_MINUTES, math.inf), tuple(float(x) for x in answer.results.chart[i]))
        for i, d in enumerate(answer.designs.values())
    ]
    title = "Urgent response: how soon a crew is there"

    def draw(width: float, prefix: str) -> str:
        return distributions(
            series,
            title=title,
            x_label="Minutes from the start of the published clock",
            width=width,
            id_prefix=prefix,
            heading=False,
        )

    note = "All futures together. Volunteers do not change when crews come, so their lines lie on today's."
    return _drawn(title, "response", draw, distributions_table(series), note)


def _months(answer: Answer) -> Picture:
    series = []
    outcome, words = answer.outcomes.by_id[answer.outcomes.by_month], answer.outcomes.words
    scale = _shown(outcome)
    for design in answer.designs.values():
        rows = [r for r in answer.by_month if r.design == design.id]
        months = tuple(f"2000-{int(r.group[1]):02d}" if int(r.group[1]) <= 12 else r.group[1] for r in rows)
        series.append(
            LineSeries(
                design.title,
                tuple(m.removeprefix("2000-").lstrip("0") for m in months),
                tuple(scale * r.value for r in rows),
            )
        )
    title, unit = words.by_month, unit_of(outcome)

    def draw(width: float, prefix: str) -> str:
        return lines(
            series,
            title=title,
            x_label="Month of the run",
            y_label=f"{outcome.name} ({unit})",
            unit=unit,
            band=False,
            width=width,
            id_prefix=prefix,
            heading=False,
        )

    return _drawn(title, "months", draw, lines_table(series, unit=unit, band=False), words.month_note)


def _shown(outcome: Outcome) -> float:
    """Return what an outcome is multiplied by where it is drawn: shares are drawn as per cent."""
    return 100.0 if outcome.unit == "share" else 1.0


def _money(answer: Answer) -> Picture:
    rows = []
    for design in answer.designs.values():
        if design.id == TODAY:
            continue
        payers = answer.outcomes.words.payers
        rows.append(StackRow(design.title, paid_by(answer.results, design.id, TODAY, payers)))
    title = f"Extra money and time a year by who gives it (pounds of {answer.brief.price_year})"

    def draw(width: float, prefix: str) -> str:
        return stacked_bars(
            rows,
            title=title,
            unit="£",
            x_label="Pounds a year more than today",
            width=width,
            id_prefix=prefix,
            heading=False,
        )

    note = "Unpaid time is shown once, at the brief's value of an hour, and is not part of public cost."
    return _drawn(title, "money", draw, stacked_bars_table(rows, unit="£"), note)


def _map(answer: Answer, design: str) -> Picture:
    headline, words = answer.headline, answer.outcomes.words
    scale = _shown(headline)
    values = {r.group[1]: scale * r.difference for r in answer.by_zone if r.design == design}
    shapes = [_shape(z, values.get(z.id, math.nan)) for z in answer.brief.locality.zones]
    title = f"{words.map_title}: {answer.designs[design].title}"

    def draw(width: float, prefix: str) -> str:
        return zone_map(
            shapes,
            title=title,
            unit=words.unit,
            value_label=f"{headline.name} against today",
            sides=Sides(*words.sides),
            width=width,
            id_prefix=prefix,
            heading=False,
        )

    table = zone_map_table(shapes, unit=words.unit)
    return _drawn(title, f"map-{_place_of(answer, design)}", draw, table, words.map_note)


def _place_of(answer: Answer, design: str) -> int:
    """Return the design's place in the comparison: a safe part of an id, whatever its name."""
    return list(answer.designs).index(design)


def _shape(zone: Zone, value: float) -> ZoneShape:
    # grid metres to degrees, well enough for a picture of one council
    latitude = 49.0 + (zone.northing + 100_000.0) / METRES_PER_DEGREE - 0.9
    longitude = -2.0 + (zone.easting - 400_000.0) / (METRES_PER_DEGREE * math.cos(math.radians(latitude)))
    return ZoneShape(zone.name, value, zone.rings, (longitude, latitude), zone.population, zone.is_inside)


def _drivers(answer: Answer, design: str) -> Picture:
    found = answer.drivers[design][:SHOWN_DRIVERS]
    title = f"What drives the difference: {answer.designs[design].title}"
    headline, words = answer.headline, answer.outcomes.words
    scale = _shown(headline)
    rows = [_driver_row(d, scale) for d in found]
    base = scale * answer.row(design, headline.id).difference

    def draw(width: float, prefix: str) -> str:
        return drivers(
            rows,
            title=title,
            x_label=words.axis,
            unit=words.unit,
            base=base,
            top=SHOWN_DRIVERS,
            width=width,
            id_prefix=prefix,
            heading=False,
        )

    clear = sum(d.is_clear for d in found)
    note = (
        f"{clear} of these can be told from chance with {answer.results.n_scenarios} futures; "
        "the rest may be chance. More futures (--scenarios) tell more."
    )
    return _drawn(
        title,
        f"drivers-{_place_of(answer, design)}",
        draw,
        drivers_table(rows, unit=words.unit, top=SHOWN_DRIVERS),
        note,
    )


def _driver_row(d: Driver, scale: float) -> DriverRow:
    words = f"{d.low_label} or {d.high_label}" + ("" if d.is_clear else "; may be chance")
    return DriverRow(
        spoken(d.name), at_low=scale * d.low, at_high=scale * d.high, note=words, assumption=d.is_assumption
    )
