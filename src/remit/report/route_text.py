"""A route in words: what moves when, what is granted when, what it costs, where it turns back no more."""

from collections.abc import Sequence

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.changes import Changes
from remit.consistency.route import NoRoute, Route
from remit.design.clauses import tensions
from remit.design.design import in_words
from remit.ground.deflator import inflate
from remit.report.charts import Task
from remit.report.design_text import wrapped

AIM_WORDS = {
    "fastest": "done as soon as can be",
    "cheapest": "as few months as can be with old and new side by side",
    "safest": "as little in hand at once as can be, what is hard to undo last",
}


def money_k(low: float, high: float) -> str:
    """Return a range of thousand pounds.

    >>> money_k(85.04, 423.0)
    '£85,000 to £420,000'
    """
    ends = (float(f"{1000.0 * k:.2g}") for k in (low, high))
    return " to ".join(f"£{x:,.0f}" for x in ends)


def one_off_cost(
    route: Route, catalogue: Catalogue, changes: Changes, price_year: int
) -> tuple[float, float]:
    """Return low and high one-off cost of a route's moves and grants, thousand pounds of ``price_year``."""
    moves = [changes.by_variable[m.variable].cost_k for m in route.moves]
    grants = [catalogue.conditions[g.condition].cost_k for g in route.grants]
    ends = [sum(k[end] for k in (*moves, *grants)) for end in (0, 1)]
    low, high = (inflate(k, changes.price_year, price_year) for k in ends)
    return low, high


def route_lines(route: Route, catalogue: Catalogue, changes: Changes, price_year: int) -> list[str]:
    """Return a route as a person reads it, month by month."""
    if not route.moves:
        return ["Nothing changes: today's service is already there."]
    proof = "" if route.is_proven else "; a better one may exist, the search was cut short"
    lines = wrapped(f"{route.wish.aim.capitalize()} ({AIM_WORDS[route.wish.aim]}{proof}).")
    lines += [f"In effect in month {route.last_month}.", ""]
    lines += [line for month in months_that_matter(route) for line in _month(month, route, catalogue)]
    return [*lines, "", *facts(route, catalogue, changes, price_year)]


def months_that_matter(route: Route) -> list[int]:
    """Return the months in which something begins, is granted or takes effect."""
    months = {m for move in route.moves for m in (move.begin, move.effect)}
    return sorted(months | {m for g in route.grants for m in (g.begin, g.granted)})


def _month(month: int, route: Route, catalogue: Catalogue) -> list[str]:
    said: list[str] = []
    asked = [catalogue.conditions[g.condition].name for g in route.grants if g.begin == month]
    said += [f"ask for: {', '.join(asked)}"] if asked else []
    begun = [catalogue.variables[m.variable].name.lower() for m in route.moves if m.begin == month]
    said += [f"begin work on: {', '.join(begun)}"] if begun else []
    granted = [catalogue.conditions[g.condition].name for g in route.grants if g.granted == month]
    said += [f"granted by now: {', '.join(granted)}"] if granted else []
    moved = [m.variable for m in route.moves if m.effect == month]
    if moved:
        together = " together" if len(moved) > 1 else ""
        said.append(f"takes effect{together}:")
        said += [f"  {in_words(v, route.goal.settings[v], catalogue)}" for v in moved]
    lines = [line for words in said for line in wrapped(words, " " * len("Month 000  "))]
    return [f"Month {month:>3}  {lines[0].strip()}", *lines[1:]]


def facts(route: Route, catalogue: Catalogue, changes: Changes, price_year: int) -> list[str]:
    """Return what is worth knowing of a route as a whole."""
    low, high = one_off_cost(route, catalogue, changes, price_year)
    lines = wrapped(
        f"One-off cost of changing settings and of what must be granted: {money_k(low, high)} of {price_year} "
        "for the whole scheme; where it serves more than this place, compare --route counts this place's share "
        "(planning ranges of the catalogue, an assumption)."
    )
    double = route.double_months
    if double:
        share = changes.double_share
        lines += wrapped(
            f"Old and new run side by side in months {double[0]} to {double[1]}, {double[1] - double[0]} months, "
            f"each at {share.low:.0%} to {share.high:.0%} of today's public cost on top (an assumption)."
        )
    else:
        lines += ["Nothing is run twice: the same people and the same body go on."]
    if route.no_return is None:
        hard = [catalogue.variables[m.variable].name.lower() for m in route.moves if m.undo == "hard"]
        lines += wrapped(
            "No point of no return: every step can be taken back"
            + (f", though {', '.join(hard)} only by another project." if hard else ".")
        )
    else:
        names = [catalogue.variables[m.variable].name.lower() for m in route.moves if m.undo == "no"]
        lines += wrapped(
            f"Point of no return: month {route.no_return}, when {', '.join(names)} changes; the council alone cannot "
            "take that back."
        )
    heavy = route.heaviest_month
    hand = [catalogue.variables[m.variable].name.lower() for m in route.moves if m.begin <= heavy < m.effect]
    lines += wrapped(
        f"Worst month to manage: {heavy}, with {route.load(heavy)} of {route.capacity} points of difficulty in hand "
        f"({', '.join(hand)})."
    )
    strained = {m: len(tensions(route.transition.at(m), catalogue)) for m in range(route.last_month + 1)}
    worst = max(strained, key=lambda m: (strained[m], -m))
    if strained[worst] > strained[0]:
        lines += wrapped(
            f"Most tensions at once: {strained[worst]} from month {worst} (today {strained[0]})."
        )
    return lines


def no_route_lines(found: NoRoute) -> list[str]:
    """Return why there is no route."""
    head = f"No route within {found.months} months." if found.shortest_months else "No route."
    lines = [head, *(line for r in found.reasons for line in wrapped(f"because {r}", "  "))]
    n = found.shortest_months
    if n:
        most = "takes" if found.is_proven else "found takes"
        lines.append(f"The shortest at this pace {most} {n} months: --months {n}")
    return lines


def tasks_of(route: Route, catalogue: Catalogue) -> list[Task]:
    """Return a route as the rows of a timetable: what is asked for, what changes, what runs twice."""
    tasks = [
        Task(catalogue.conditions[g.condition].name, g.begin, g.granted, "condition") for g in route.grants
    ]
    tasks += [Task(catalogue.variables[m.variable].name, m.begin, m.effect, "move") for m in route.moves]
    if route.double_months:
        first, end = route.double_months
        tasks.append(Task("Old way kept beside the new", first, end, "both"))
    return tasks


def marks_of(route: Route) -> Sequence[tuple[float, str]]:
    """Return the months to mark on a timetable."""
    return () if route.no_return is None else ((float(route.no_return), "no way back alone"),)
