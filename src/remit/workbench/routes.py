"""The way from today to a design: which design that is here, and the routes to it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from remit.consistency.plan import routes_by_aim
from remit.consistency.route import NoRoute, Route, RouteWish, recheck
from remit.design.design import Design
from remit.ground.faults import fail
from remit.workbench.designs import Standpoint, grown_from_signature, propose


def goal_for(name: str, place: Standpoint, read_text: Callable[[Path], str]) -> Design:
    """Return the design that a route leads to.

    A design of the brief at hand goes before an archetype of the same name. An archetype is taken as this place
    would have it: today, its signature and public role, and the fewest repairs.

    Raises:
        Faults: DSN for a name that leads nowhere, DSN009 an archetype that cannot be had here.
    """
    opened = place.opened
    is_own = opened is not None and name in opened.written
    if name in place.catalogue.archetypes and not is_own:
        near = grown_from_signature(name, place)
        if near is None:
            raise fail("DSN009", f'"{name}"')
        return near.design
    return propose(name, place, read_text).design


def end_of(name: str, place: Standpoint, read_text: Callable[[Path], str]) -> Design:
    """Return a design to compare with: where a brief is at hand an archetype as that place would have it, if it can."""
    is_own = place.opened is not None and name in place.opened.written
    if place.opened is not None and name in place.catalogue.archetypes and not is_own:
        near = grown_from_signature(name, place)
        if near is not None:
            return near.design
    return propose(name, place, read_text).design


def find_routes(
    goal: Design, wish: RouteWish, place: Standpoint, aims: Sequence[str]
) -> dict[str, Route | NoRoute]:
    """Return the route from today for each aim; every month of each is read again by the plain rules.

    Raises:
        AssertionError: a route that the plain reading refuses, which is a defect of ours.
    """
    found = routes_by_aim(place.today, goal, wish, place.ground, aims)
    for route in found.values():
        if isinstance(route, Route):
            wrong = recheck(route, place.ground.book, place.ground.met, place.catalogue)
            if wrong:
                raise AssertionError("; ".join(wrong))
    return found
