"""Answers of an ensemble as a page: words first, then a table; the same that the terminal says."""

from collections.abc import Sequence

from remit.questions.drivers import Driver
from remit.questions.worth import Worth
from remit.report.charts import (
    DriverRow,
    IntervalRow,
    Meaning,
    Table,
    both_widths,
    drivers,
    drivers_table,
    intervals,
)
from remit.report.sentences import spoken
from remit.report.template import Section, fill

MOST_ROWS = 10


def render_answer(title: str, lead: str, sections: Sequence[Section]) -> str:
    """Return the page of one answer."""
    return fill("sections.html", title=title, lead=lead, sections=sections)


def words_section(
    name: str, title: str, lines: Sequence[str], tables: Sequence[tuple[str, Table]]
) -> Section:
    """Return a section of words and tables, the first line above all."""
    return Section(name, title, "", "", tuple(tables), tuple(lines), is_answer=True)


def worth_section(found: Worth, unit: str, lines: Sequence[str], table: Table) -> Section:
    """Return what knowing more is worth, with its picture."""
    some = [x for x in found.learned if x.high > 0.0][:MOST_ROWS]  # the rest is worth nothing by itself
    rows = [IntervalRow(spoken(x.name), x.value, x.low, x.high) for x in some]
    meaning = Meaning("worth", "nine resamples in ten")

    def draw(width: float, prefix: str) -> str:
        return intervals(
            rows, title="What knowing each unknown alone is worth", x_label=unit, meaning=meaning, width=width,
            id_prefix=prefix, heading=False,
        )  # fmt: skip

    picture = both_widths(draw, "worth") if rows else ""
    tables = (("What each unknown alone is worth", table),) if table.rows else ()
    return Section(
        "worth",
        "What is worth finding out",
        "",
        picture,
        tables,
        tuple(lines),
        is_answer=True,
    )


def drivers_section(design: str, found: Sequence[Driver], unit: str, lines: Sequence[str]) -> Section:
    """Return what moves a design's difference: the first line above all, then a tornado and its table."""
    rows = [
        DriverRow(
            spoken(d.name), d.low, d.high, note=f"{d.low_label} / {d.high_label}", assumption=d.is_assumption
        )
        for d in found[:MOST_ROWS]
    ]

    def draw(width: float, prefix: str) -> str:
        return drivers(
            rows, title=f"What moves {design}", x_label=unit, width=width, id_prefix=prefix, heading=False
        )

    picture = both_widths(draw, f"drivers-{design}".replace("_", "-")) if rows else ""
    tables = (("The picture as a table", drivers_table(rows)),) if rows else ()
    return Section(
        f"drivers-{design}",
        f"What moves {design.replace('_', ' ')}",
        "",
        picture,
        tables,
        tuple(lines[:1]),
        is_answer=True,
    )
