"""What a search found as a page: words, the trade-off as a picture, the front as a table."""

from collections.abc import Sequence

from remit.report.charts import TradeOffPoint, both_widths, trade_off
from remit.report.search_answer import Chosen, SearchAnswer
from remit.report.search_text import front_table, letter, title
from remit.report.template import Section


def front_section(answer: SearchAnswer, lines: Sequence[str]) -> Section:
    """Return the front as a part of a page; the picture shows the first two objectives."""
    tables = (("The front: differences to today, with twice their standard error", front_table(answer)),)
    picture = _picture(answer) if len(answer.objectives) > 1 else ""
    return Section("front", "The front", "", picture, tables, tuple(lines), is_answer=True)


def _picture(answer: SearchAnswer) -> str:
    across, up = (o.outcome for o in answer.objectives[:2])
    points = [TradeOffPoint("today", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, "today")]
    points += [_point(one, number) for number, one in enumerate(answer.chosen) if one.changes]
    points += [_point(one, -1) for one in answer.known]

    def draw(width: float, prefix: str) -> str:
        return trade_off(
            points,
            title=f"{across.name} and {up.name.lower()}, differences to today",
            x_label=f"{across.name}, {across.unit}",
            y_label=f"{up.name}, {up.unit}",
            x_better=across.better,
            y_better=up.better,
            width=width,
            id_prefix=prefix,
            heading=False,
        )

    return both_widths(draw, "front")


def _point(one: Chosen, number: int) -> TradeOffPoint:
    (x, y), (dx, dy) = one.values[:2], (2.0 * e for e in one.errors[:2])
    name = letter(number) if not one.is_known else title(one)
    kind = "known" if one.is_known else "found"
    return TradeOffPoint(name, x, x - dx, x + dx, y, y - dy, y + dy, kind)
