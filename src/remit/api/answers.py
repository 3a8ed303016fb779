"""Told: an answer as words and tables, with the typed result behind it; shows itself in a notebook."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from remit.report.charts import Table

T = TypeVar("T")


@dataclass(frozen=True)
class Told(Generic[T]):
    """What a question came to."""

    title: str
    found: T  # the typed result
    lines: Sequence[str]
    tables: tuple[tuple[str, Table], ...] = ()
    picture: str = field(default="", repr=False)  # an SVG with its own style

    def __str__(self) -> str:
        return "\n".join([self.title, "", *self.lines])

    def _repr_html_(self) -> str:
        """Return the answer as a notebook shows it; every word escaped."""
        said = "".join(f"<p>{html.escape(line)}</p>" for line in self.lines)
        tables = "".join(_as_html(title, table) for title, table in self.tables)
        return f"<h3>{html.escape(self.title)}</h3>{self.picture}{said}{tables}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self._repr_html_()}


def _as_html(title: str, table: Table) -> str:
    head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in table.header)
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    return f"<table><caption>{html.escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
