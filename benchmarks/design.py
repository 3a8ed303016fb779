"""How long one waits for the answers of ``remit design`` and ``remit route``: ``python benchmarks/design.py``.

One core, warm (libraries imported), median of rounds, beside how many rules there are. Nothing here fails a build.
"""

import argparse
import platform
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from ortools.sat.python import cp_model  # noqa: F401 - imported before anything is timed

from remit import wiring
from remit.consistency.route import AIMS, RouteWish
from remit.workbench.designs import propose
from remit.workbench.routes import find_routes, goal_for
from remit.workbench.thinking import between, complete, have_ideas, judge, mend, openness, why_not

GOALS_MS = {
    "check": 20,
    "explain": 300,
    "repair": 300,
    "complete": 300,
    "ideas, 12": 3000,
    "route, 24 months": 10_000,
}


def answers() -> dict[str, Callable[[], object]]:
    """Return what is asked, by name."""
    place = wiring.standpoint(None, None)
    borough = wiring.standpoint("cardiac-arrest", None)
    read = Path.read_text
    clash = propose("power=frontline_teams", place, read)
    deep = propose(
        "power=frontline_teams, public_role=deliverer, data=siloed, structure=functional_departments",
        place,
        read,
    )
    half = propose("power=frontline_teams, funding_method=community_shares", place, read)
    whole = propose("member_cooperative", place, read)
    goal = goal_for("self_managing_teams", borough, read)
    far = goal_for("member_cooperative", place, read)
    return {
        "check": lambda: judge(clash.design, place),
        "explain": lambda: why_not(clash, place),
        "explain, several rules": lambda: why_not(deep, place),
        "repair": lambda: mend(clash, (), place, 3),
        "complete": lambda: complete(half, place.today, place, 1),
        "between": lambda: between(place.today, whole.design, place),
        "ideas, 12": lambda: have_ideas(borough, 12, ()),
        "open": lambda: openness(place, ()),
        "route, 24 months": lambda: find_routes(goal, RouteWish(24), borough, AIMS[:1]),
        "three routes, 36 months, far": lambda: find_routes(far, RouteWish(36), place, AIMS),
    }


def main() -> None:
    """Print milliseconds of each answer beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    asked = answers()
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(rounds + 1):
        for name, answer in asked.items():
            started = time.process_time()
            answer()
            spent[name].append((time.process_time() - started) * 1000.0)
    place = wiring.standpoint(None, None)
    book, space = place.ground.book, place.space()
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    print(
        f"{len(book.hard)} rules, {len(book.tensions)} tensions, {len(place.catalogue.conditions)} conditions, "
        f"{space.n_literals} literals, {len(space.clauses)} clauses\n"
    )
    print(f"{'answer':<32}{'ms':>10}{'slowest':>10}{'goal':>8}")
    for name, times in spent.items():
        warm = times[1:]
        print(f"{name:<32}{median(warm):>10.1f}{max(warm):>10.1f}{GOALS_MS.get(name, '-'):>8}")


if __name__ == "__main__":
    main()
