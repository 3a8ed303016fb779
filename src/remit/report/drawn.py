"""A picture: a chart as HTML at two widths, and the same as a table."""

from collections.abc import Callable
from dataclasses import dataclass

from remit.report.charts import Table, both_widths
from remit.simulate.outcome import Outcome


@dataclass(frozen=True)
class Picture:
    """A chart as HTML at two widths, and the same as a table."""

    title: str
    html: str
    table: Table
    note: str = ""


def drawn(
    title: str, prefix: str, draw: Callable[[float, str], str], table: Table, note: str = ""
) -> Picture:
    """Return a picture drawn at both widths, with its table."""
    return Picture(title, both_widths(draw, prefix), table, note)


def shown_as(outcome: Outcome) -> float:
    """Return what an outcome is multiplied by where it is drawn: shares are drawn as per cent."""
    return 100.0 if outcome.unit == "share" else 1.0
