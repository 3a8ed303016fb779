"""Ways simulated, as a page: lives, response and money month by month, the timetable, the stop rule."""

from collections.abc import Sequence
from functools import partial

from remit.catalogue.catalogue import load_catalogue
from remit.questions.months import MonthRow
from remit.report.charts import LineSeries, both_widths, lines, lines_table, timetable_table
from remit.report.route_page import draw_plan
from remit.report.route_text import marks_of, no_route_lines, tasks_of
from remit.report.template import Section, fill
from remit.report.way_answer import WayAnswer, WayTold
from remit.report.way_text import money_table, months_table, not_in_it, way_sentences


def render_ways(answer: WayAnswer, command: str) -> str:
    """Return the page of the ways from today to each design."""
    sections = [s for way in answer.ways for s in _way(way, answer)]
    sections += [
        Section(f"none-{name}", f"No way yet: {name.replace('_', ' ')}", " ".join(no_route_lines(found)))
        for name, found in answer.no_way.items()
    ]
    sections.append(
        Section(
            "limits",
            "What this must not be used for",
            not_in_it(answer),
            lines=(*answer.brief.not_for, f"Do it again: {command}"),
        )
    )
    return fill(
        "sections.html",
        title=f"The way from today: {answer.brief.title}",
        lead=f"{answer.brief.locality.name}; {answer.months} months simulated, today's service beside each way, in the "
        f"same {answer.n_scenarios} futures. The dip on the way, the recovery, and what it costs to get there."
        + (
            ""
            if answer.is_complete
            else " Not complete: the run was interrupted, and what finished is shown."
        ),
        sections=sections,
    )


def _way(way: WayTold, answer: WayAnswer) -> list[Section]:
    slug = way.arm.replace("_", "-")
    lives = _against_today(way.lives)
    response = _against_today(way.response)
    worse = LineSeries("worse than today", _names(way.lives), tuple(100.0 * r.share_worse for r in way.lives))
    return [
        Section(
            slug,
            f"The way to: {way.title}",
            "",
            _picture(
                lives, "Lives against today, month by month", "lives a year against today", f"{slug}-lives"
            ),
            (
                ("The way in steps of three months", months_table(way)),
                ("Lives by month", lines_table([lives])),
            ),
            tuple(way_sentences(way, answer)),
            is_answer=True,
        ),
        Section(
            f"{slug}-response",
            "Response on the way",
            "",
            _picture(
                response,
                "Response against today",
                "minutes against today (more is slower)",
                f"{slug}-minutes",
            ),
            (("Response by month", lines_table([response])),),
            is_part=True,
        ),
        Section(
            f"{slug}-worse",
            "How often worse than today",
            "Of all futures, those whose average course is below today's in that month.",
            _picture(
                worse, "Share of futures with fewer lives than today", "per cent of futures", f"{slug}-share"
            ),
            (("Share by month", lines_table([worse])),),
            is_part=True,
        ),
        _plan(way, answer, slug),
    ]


def _plan(way: WayTold, answer: WayAnswer, slug: str) -> Section:
    tasks = tasks_of(way.route, load_catalogue())
    draw = partial(draw_plan, tasks, float(answer.months), marks_of(way.route), f"The plan: {way.title}")
    tables = (
        ("What begins and ends when", timetable_table(tasks)),
        ("Money by month", money_table(way.money)),
    )
    return Section(f"{slug}-plan", "The plan", "", both_widths(draw, f"{slug}-plan"), tables, is_part=True)


def _against_today(rows: Sequence[MonthRow]) -> LineSeries:
    return LineSeries(
        "against today",
        _names(rows),
        tuple(r.difference for r in rows),
        tuple(r.low for r in rows),
        tuple(r.high for r in rows),
    )


def _picture(series: LineSeries, title: str, label: str, prefix: str) -> str:
    return both_widths(partial(_lines, [series], title, label), prefix)


def _names(rows: Sequence[MonthRow]) -> tuple[str, ...]:
    return tuple(str(r.month) for r in rows)


def _lines(series: Sequence[LineSeries], title: str, label: str, width: float, prefix: str) -> str:
    return lines(
        series,
        title=title,
        x_label="months from the start",
        y_label=label,
        width=width,
        id_prefix=prefix,
        heading=False,
    )
