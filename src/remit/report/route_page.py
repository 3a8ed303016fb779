"""A route as a page: a timetable for each way to go, and the same in words."""

from collections.abc import Mapping, Sequence
from functools import partial

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.changes import Changes
from remit.consistency.route import Move, NoRoute, Route
from remit.design.design import Design, changes_from, in_words
from remit.report.charts import Table, Task, both_widths, timetable, timetable_table
from remit.report.route_text import AIM_WORDS, facts, marks_of, no_route_lines, tasks_of
from remit.report.template import Section, fill


def render_route(
    today: Design,
    goal: Design,
    routes: Mapping[str, Route | NoRoute],
    catalogue: Catalogue,
    changes: Changes,
    price_year: int,
    place: str,
) -> str:
    """Return the page of the ways from today to a design, one section an aim."""
    sections = [_differences(today, goal, catalogue)]
    if any(isinstance(r, Route) and not r.moves for r in routes.values()):
        routes = {}
        sections = [Section("what", "Nothing changes", "Today's service is already there.")]
    told: dict[tuple[Move, ...], str] = {}
    for aim, route in routes.items():
        title = f"{aim.capitalize()}: {AIM_WORDS[aim]}"
        if isinstance(route, Route) and route.moves in told:
            sections.append(Section(aim, title, f"The same as the {told[route.moves]}."))
            continue
        if isinstance(route, Route):
            told[route.moves] = aim
        if isinstance(route, NoRoute):
            sections.append(Section(aim, title, " ".join(no_route_lines(route)) or "No route."))
        else:
            sections.append(_route(aim, title, route, catalogue, changes, price_year))
    return fill(
        "sections.html",
        title=f"The way to: {goal.title}",
        lead=f"From {place} as it is today. In every month the design that holds breaks no rule and has every "
        "condition it needs. Months and pounds are planning assumptions of the catalogue; a place's own record "
        "should replace them.",
        sections=sections,
    )


def _differences(today: Design, goal: Design, catalogue: Catalogue) -> Section:
    rows = tuple(
        (
            catalogue.variables[v].name,
            in_words(v, today.settings[v], catalogue).partition(": ")[2],
            in_words(v, goal.settings[v], catalogue).partition(": ")[2],
        )
        for v in changes_from(goal, today)
    )
    words = f"{len(rows)} of {len(catalogue.variables)} settings differ."
    return Section(
        "what",
        "What changes",
        words,
        "",
        (("Settings that change", Table(("Setting", "Today", "Then"), rows)),),
    )


def _route(
    aim: str, title: str, route: Route, catalogue: Catalogue, changes: Changes, price_year: int
) -> Section:
    tasks = tasks_of(route, catalogue)
    marks = marks_of(route)
    draw = partial(draw_plan, tasks, float(max(route.last_month, 1)), marks, title)
    return Section(
        aim,
        title,
        f"In effect in month {route.last_month}." + ("" if route.is_proven else " A better one may exist."),
        both_widths(draw, f"route-{aim}"),
        (("What begins and ends when", timetable_table(tasks)),),
        tuple(" ".join(line.split()) for line in _joined(facts(route, catalogue, changes, price_year))),
    )


def _joined(lines: Sequence[str]) -> list[str]:
    """Return wrapped lines as whole sentences."""
    joined: list[str] = []
    for line in lines:
        if line.startswith(" ") and joined:
            joined[-1] += f" {line.strip()}"
        else:
            joined.append(line)
    return joined


def draw_plan(
    tasks: Sequence[Task],
    months: float,
    marks: Sequence[tuple[float, str]],
    title: str,
    width: float,
    prefix: str,
) -> str:
    """Return a timetable of a plan."""
    return timetable(
        tasks, months=months, marks=marks, title=title, width=width, id_prefix=prefix, heading=False
    )
