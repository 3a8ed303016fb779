"""remit route: the ordered, dated way from today's service to another design."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from remit.consistency.route import NoRoute, Route
    from remit.design.design import Design
    from remit.workbench.designs import Standpoint

NO = 1
EPILOG = """\b
Examples:
  remit route cardiac-arrest --to volunteer_responders
  remit route cardiac-arrest --to self_managing_teams --months 36 --aim safest
  remit route my-brief.yaml --to mine.yaml --refused community_capacity
"""


@click.command(epilog=EPILOG, short_help="Plan the way from today to another design.")
@click.argument("brief")
@click.option(
    "--to",
    "goal",
    required=True,
    metavar="NAME|FILE",
    help="Where to go: an archetype as this place would have it, a design of the brief, or a design file.",
)
@click.option(
    "--months", type=click.IntRange(1, 240), default=24, show_default=True, help="Months there are."
)
@click.option(
    "--aim",
    type=click.Choice(["fastest", "cheapest", "safest", "all"]),
    default="all",
    show_default=True,
    help="What to make small: months; months with old and new side by side; what is in hand at once.",
)
@click.option(
    "--pace",
    type=click.Choice(["quick", "typical", "slow"]),
    default="typical",
    show_default=True,
    help="Which end of each range of months to plan with.",
)
@click.option(
    "--capacity",
    type=click.IntRange(1, 100),
    help="Points of difficulty that may be in hand at once; 12 if not given, or what must move together.",
)
@click.option(
    "--asks",
    type=click.IntRange(1, 20),
    default=4,
    show_default=True,
    help="Conditions that may be asked for at once.",
)
@click.option("--refused", default="", help="Conditions that will not be granted, separated by commas.")
@click.option("--rules", type=click.Path(path_type=Path), help="A file of a place's own rules.")
@click.option("--out", type=click.Path(path_type=Path), help="The page to write.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def route(
    brief: str,
    goal: str,
    months: int,
    aim: str,
    pace: str,
    capacity: int | None,
    asks: int,
    refused: str,
    rules: Path | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Plan the way from BRIEF's today to another design: which settings move when, which must move together.

    Also which conditions come first with their lead times, how long old and new run side by side, what it costs,
    the point of no return and the worst month. To see it simulated: remit compare BRIEF --route
    """
    from remit import wiring
    from remit.cli.waiting import waiting
    from remit.consistency.route import AIMS, RouteWish
    from remit.workbench.routes import find_routes, goal_for
    from remit.workbench.thinking import named_conditions

    place = wiring.standpoint(brief, rules)
    target = goal_for(goal, place, wiring.read_text)
    wish = RouteWish(months, AIMS[0], pace, capacity or 0, asks, tuple(named_conditions(refused, place)))
    with waiting("Planning"):
        found = find_routes(target, wish, place, AIMS if aim == "all" else (aim,))
    return _tell(found, target, place, out, as_json)


def _tell(
    found: "Mapping[str, Route | NoRoute]",
    goal: "Design",
    place: "Standpoint",
    out: Path | None,
    as_json: bool,
) -> int:
    """Print the routes and write their page; 1 if there is none."""
    from remit.consistency.route import NoRoute
    from remit.report.route_plain import route_plain
    from remit.report.route_text import no_route_lines, route_lines

    assert place.opened is not None
    brief, ground = place.opened.brief, place.ground
    page = out or Path("remit-results") / f"{brief.id}-to-{goal.id}.html"
    routes = [r for r in found.values() if not isinstance(r, NoRoute)]
    if as_json:
        plain = {
            aim: route_plain(r, place.catalogue, ground.changes, brief.price_year) for aim, r in found.items()
        }
        click.echo(json.dumps(plain, indent=2, ensure_ascii=False))
        if routes and out is not None:
            _write(out, goal, found, place)
        return 0 if routes else NO
    if routes and not any(r.moves for r in routes):
        click.echo(f"{goal.title}: nothing changes, today's service is already there.")
        return 0
    click.echo(f"{brief.title}\nFrom today in {brief.locality.name} to: {goal.title}\n")
    told: dict[object, str] = {}
    for aim, route in found.items():
        what = route.reasons if isinstance(route, NoRoute) else route.moves
        if what in told:
            if not isinstance(route, NoRoute):
                click.echo(f"{aim.capitalize()}: the same as the {told[what]}.\n")
            continue
        told[what] = aim
        lines = (
            no_route_lines(route)
            if isinstance(route, NoRoute)
            else route_lines(route, place.catalogue, ground.changes, brief.price_year)
        )
        click.echo("\n".join(lines) + "\n")
    if not routes:
        return NO
    _write(page, goal, found, place)
    click.echo(f"Timetable  {page}")
    return 0


def _write(page: Path, goal: "Design", found: "Mapping[str, Route | NoRoute]", place: "Standpoint") -> None:
    from remit import wiring
    from remit.ground.faults import fail
    from remit.report.route_page import render_route

    assert place.opened is not None
    year = place.opened.brief.price_year
    text = render_route(place.today, goal, found, place.catalogue, place.ground.changes, year, place.name)
    try:
        wiring.write_text(page, text)
    except OSError as error:
        raise fail("DOC011", error.strerror or str(error), file=str(page)) from None
