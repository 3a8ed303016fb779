"""Answers of an ensemble as a page: words first, then a table; the same that the terminal says."""

from collections.abc import Sequence

from remit.questions.boxes import Discovery
from remit.questions.drivers import Driver
from remit.questions.robust import Robust
from remit.questions.worth import Worth
from remit.report.charts import (
    DriverRow,
    IntervalRow,
    Meaning,
    Table,
    both_widths,
    drivers,
    intervals,
)
from remit.report.sentences import spoken
from remit.report.template import Section, fill

MOST_ROWS = 10
NO_PICTURE = "No unknown can be told from chance, so there is no picture; the table has the strongest."


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
    some = [x for x in found.learned if x.is_clear][
        :MOST_ROWS
    ]  # the others may be chance: a picture would deceive
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
        if d.is_clear  # the others may be chance: a picture would deceive
    ]

    def draw(width: float, prefix: str) -> str:
        return drivers(
            rows, title=f"What moves {design}", x_label=unit, width=width, id_prefix=prefix, heading=False
        )

    picture = both_widths(draw, f"drivers-{design}".replace("_", "-")) if rows else ""
    tables = (("The strongest, clear or not", _drivers_table(found)),) if found else ()
    return Section(
        f"drivers-{design}",
        f"What moves {design.replace('_', ' ')}",
        "",
        picture,
        tables,
        (lines[0], NO_PICTURE) if found and not rows else tuple(lines[:1]),
        is_answer=True,
    )


def _drivers_table(found: Sequence[Driver]) -> Table:
    head = ("Unknown", "Rank correlation", "Where low or least", "Difference there", "Where high or most",
            "Difference there", "Clear")  # fmt: skip
    rows = [
        (
            spoken(d.name),
            f"{d.strength:+.2f}",
            d.low_label.replace("_", " "),
            f"{d.low:+.3g}",
            d.high_label.replace("_", " "),
            f"{d.high:+.3g}",
            "yes" if d.is_clear else "may be chance",
        )
        for d in found[:MOST_ROWS]
    ]
    return Table(head, tuple(rows))


def chance_section(
    found: Discovery, share: str, lines: Sequence[str], tables: Sequence[tuple[str, Table]]
) -> Section:
    """Return when one design beats another: words, how sure inside each box beside everywhere, conditions."""
    rows = [
        IntervalRow(f"box {i}" if len(found.boxes) > 1 else "where the conditions hold", b.density, b.density_low,
                    b.density_high)
        for i, b in enumerate(found.boxes, 1)
    ]  # fmt: skip
    rows.append(IntervalRow("everywhere", found.share_preferred))
    meaning = Meaning("share", "nine in ten")

    def draw(width: float, prefix: str) -> str:
        return intervals(
            rows, title=share, x_label="share of simulated years", meaning=meaning, width=width, id_prefix=prefix,
            heading=False,
        )  # fmt: skip

    picture = both_widths(draw, "when") if found.boxes else ""
    return Section("when", "When", "", picture, tuple(tables), tuple(lines), is_answer=True)


def standings_section(found: Robust, who: str, name: str, lines: Sequence[str], table: Table) -> Section:
    """Return how designs stand for one stakeholder: words, regret as a picture, table."""
    told = [s for s in found.standings if s.stakeholder == who]
    rows = [IntervalRow(s.design.replace("_", " "), s.mean_regret, 0.0, s.max_regret) for s in told]
    meaning = Meaning("mean regret", "from none to the largest in any future")

    def draw(width: float, prefix: str) -> str:
        return intervals(
            rows, title=f"Regret by the weights of {who}", x_label="regret: score below the best design's",
            meaning=meaning, width=width, id_prefix=prefix, heading=False,
        )  # fmt: skip

    picture = both_widths(draw, name) if rows else ""
    return Section(
        name, f"By the weights of {who}", "", picture, (("Standings", table),), tuple(lines), is_answer=True
    )
