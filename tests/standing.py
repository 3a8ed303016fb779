"""Where designs are judged in tests: a typical service, the small town, the brief of the gallery."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from remit.consistency.route import NoRoute, Route, RouteWish
from remit.workbench.briefs import open_brief
from remit.workbench.designs import Proposal, Standpoint, propose, stand_on
from remit.workbench.routes import find_routes, goal_for
from small_brief import opened

GOOD_RULES = """\
remit_rules: 1
rules:
- id: no_freelancers
  kind: normative
  forbid: [{v: who_involved, main_in: [freelancers]}]
  why: The council has promised its staff so.
  assumption: Agreed in 2024.
tensions:
- id: T_OURS
  kind: empirical
  forbid: [{v: power, in: [frontline_teams]}]
  why: It was tried once.
  source: our own review
soften: [E01]
"""
FORBIDS_TODAY = """\
remit_rules: 1
rules:
- id: no_orders
  kind: normative
  forbid: [{v: relationship, in: [hierarchical]}]
  why: Nobody likes them.
  assumption: Said in a meeting.
"""
"""Today's service gives orders, here as in the small town."""
NO_RESPONDERS = """\
remit_rules: 1
rules:
- id: we_decide
  kind: normative
  forbid: [{v: power, in: [community_responders]}]
  why: The council decides.
  assumption: Its constitution.
"""


def never(path: Path) -> str:
    """Read nothing: the test says that no file is needed."""
    raise AssertionError(f"{path} was read")


def files(**texts: str) -> Callable[[Path], str]:
    """Return a reader of files that are there in name only, by name without ending."""
    return lambda path: texts[path.stem]


@cache
def typical() -> Standpoint:
    """Return a typical service."""
    return stand_on(None, None, never)


@cache
def town() -> Standpoint:
    """Return the small town of the unit tests."""
    return stand_on(opened(), None, never)


@cache
def city() -> Standpoint:
    """Return the gallery's brief."""
    return stand_on(open_brief("cardiac-arrest", never), None, never)


def under(rules: str, place: Standpoint | None = None) -> Standpoint:
    """Return a place with local rules beside the catalogue's; a typical service if none is given."""
    return stand_on(place.opened if place else None, Path("rules.yaml"), files(rules=rules))


def proposed(text: str, place: Standpoint | None = None) -> Proposal:
    """Return what is meant by ``text``, no file being read."""
    return propose(text, place or typical(), never)


@cache
def ways_to(goal: str, *aims: str, months: int = 60, **wish: object) -> dict[str, Route | NoRoute]:
    """Return the routes of the gallery's brief to a goal, for these aims; the fastest if none is named."""
    place = city()
    asked = RouteWish(months=months, **wish)
    return find_routes(goal_for(goal, place, never), asked, place, aims or ("fastest",))
