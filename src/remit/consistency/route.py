"""Route: the ordered, dated way from today's design to another, and what stands in its way.

Every setting that differs moves once, in the month in which its change takes effect, after the months
its preparation takes. In every month the design that holds breaks no rule and has every condition it
needs. A service can only change so much at once: the difficulties of what is in hand never add up to
more than its capacity, and only so many conditions are asked for at the same time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.changes import Changes, load_changes
from remit.consistency.rules import RuleBook
from remit.design.clauses import conditions_needed, holds
from remit.design.design import Design
from remit.design.transition import Stage, Transition

PACES = {"quick": 0.0, "typical": 0.5, "slow": 1.0}
AIMS = ("fastest", "cheapest", "safest")


@dataclass(frozen=True)
class RouteWish:
    """What a route must keep to."""

    months: int = 24
    aim: str = "fastest"
    pace: str = "typical"
    """Where in each range of months to plan: its short end, its middle or its long end."""
    capacity: int = 0
    """Points of difficulty that may be in hand at once; 0 takes 12, or what must move together if that is more."""
    asks: int = 4
    """Conditions that may be asked for at once."""
    refused: tuple[str, ...] = ()
    """Conditions that will not be granted."""

    def months_of(self, low: float, high: float) -> int:
        """Return how long something takes at this pace, in whole months, at least one."""
        return max(1, round(low + PACES[self.pace] * (high - low)))


@dataclass(frozen=True)
class Move:
    """One setting changes: worked on from ``begin``, in effect from ``effect``."""

    variable: str
    begin: int
    effect: int
    difficulty: int
    undo: str


@dataclass(frozen=True)
class Grant:
    """One condition: asked for from ``begin``, granted from ``granted`` on."""

    condition: str
    begin: int
    granted: int


@dataclass(frozen=True)
class Route:
    """A plan: what moves when, what is granted when, and how long both ways run."""

    start: Design
    goal: Design
    wish: RouteWish
    moves: tuple[Move, ...]  # by month of effect
    grants: tuple[Grant, ...]
    capacity: int
    settling_months: int
    double_variables: tuple[str, ...]
    is_proven: bool

    @property
    def last_month(self) -> int:
        """The month in which the last setting takes effect; 0 if nothing changes."""
        return max((m.effect for m in self.moves), default=0)

    @property
    def double_months(self) -> tuple[int, int] | None:
        """First and end month of running old and new side by side; None if nothing delivering changes."""
        months = [m.effect for m in self.moves if m.variable in self.double_variables]
        return (min(months), max(months) + self.settling_months) if months else None

    @property
    def no_return(self) -> int | None:
        """The month of the first move that the body cannot take back by itself; None if there is none."""
        months = [m.effect for m in self.moves if m.undo == "no"]
        return min(months) if months else None

    def load(self, month: int) -> int:
        """Return the points of difficulty in hand during a month."""
        return sum(m.difficulty for m in self.moves if m.begin <= month < m.effect)

    @property
    def heaviest_month(self) -> int:
        """The first month with the most in hand."""
        return max(range(max(1, self.last_month)), key=lambda m: (self.load(m), -m))

    def together(self) -> list[tuple[int, tuple[str, ...]]]:
        """Return (month, settings that take effect in it), in order."""
        months = sorted({m.effect for m in self.moves})
        return [(k, tuple(m.variable for m in self.moves if m.effect == k)) for k in months]

    @property
    def transition(self) -> Transition:
        """The route as dated designs, which the simulator runs."""
        stages = [Stage(0, self.start)]
        for month, variables in self.together():
            changed = {v: self.goal.settings[v] for v in variables}
            design = replace(
                stages[-1].design,
                id=f"{self.goal.id}@{month}",
                title=f"{self.goal.title}, month {month}",
                settings=MappingProxyType({**stages[-1].design.settings, **changed}),
            )
            stages.append(Stage(month, design))
        double = self.double_months or (-1, -1)
        return Transition(
            id=f"route_to_{self.goal.id}",
            title=f"The way to: {self.goal.title}",
            stages=tuple(stages),
            double_from=double[0],
            double_until=double[1],
            in_progress=tuple((m.variable, m.begin, m.effect) for m in self.moves),
        )


@dataclass(frozen=True)
class NoRoute:
    """Why there is no route that keeps to the wish."""

    reasons: tuple[str, ...]
    months: int
    shortest_months: int = 0  # without the limit of months; 0 if there is none at all
    is_proven: bool = True  # false where the search was cut short


def recheck(
    route: Route, book: RuleBook, met: Sequence[str], catalogue: Catalogue, changes: Changes | None = None
) -> list[str]:
    """Return what is wrong with a route, month by month, by the plain reading of rules; [] if nothing is.

    Shares no code with the planner: each month's design is read against every rule and condition.
    """
    wrong = [
        problem for k in range(route.last_month + 1) for problem in _wrong_in(k, route, book, met, catalogue)
    ]
    takes = months_of_moves([m.variable for m in route.moves], changes or load_changes(), route.wish)
    for move in route.moves:
        if move.begin < 0 or move.effect > route.wish.months:
            wrong.append(f"{move.variable}: months {move.begin} to {move.effect} are outside the plan")
        if move.effect - move.begin != takes[move.variable]:
            wrong.append(
                f"{move.variable}: {move.effect - move.begin} months, it takes {takes[move.variable]}"
            )
    wrong += _wrong_grants(route, catalogue)
    if route.transition.goal.digest != route.goal.digest:
        wrong.append("the route does not end at its goal")
    return wrong


def _wrong_grants(route: Route, catalogue: Catalogue) -> list[str]:
    wrong = []
    for grant in route.grants:
        lead = route.wish.months_of(*catalogue.conditions[grant.condition].lead_months)
        if grant.begin < 0 or grant.granted - grant.begin != lead:
            wrong.append(f"{grant.condition}: {grant.granted - grant.begin} months, it takes {lead}")
        if grant.condition in route.wish.refused:
            wrong.append(f"{grant.condition}: it will not be granted")
        asked = sum(g.begin <= grant.begin < g.granted for g in route.grants)
        if asked > route.wish.asks:
            wrong.append(f"month {grant.begin}: {asked} conditions asked for, {route.wish.asks} allowed")
    return wrong


def _wrong_in(
    month: int, route: Route, book: RuleBook, met: Sequence[str], catalogue: Catalogue
) -> list[str]:
    design = route.transition.at(month)
    had = {*met, *(g.condition for g in route.grants if g.granted <= month)}
    wrong = [
        f"month {month}: {rule.id} is broken: {rule.why}"
        for rule in book.hard.values()
        if all(holds(c, design, catalogue) for c in rule.forbid)
        and not all(holds(c, route.start, catalogue) for c in rule.forbid)
    ]
    wrong += [
        f"month {month}: {c.id} is not granted"
        for c in conditions_needed(design, route.start, catalogue)
        if c.id not in had
    ]
    if route.load(month) > route.capacity:
        wrong.append(f"month {month}: {route.load(month)} points in hand, {route.capacity} allowed")
    return wrong


def months_of_moves(variables: Sequence[str], changes: Changes, wish: RouteWish) -> dict[str, int]:
    """Return how many months each change takes at the wished pace."""
    return {v: wish.months_of(*changes.by_variable[v].months) for v in variables}
