"""Planning a route: a schedule of moves and grants on CP-SAT, and why there is none when there is none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.changes import Changes
from remit.consistency.moves import (
    CutShort,
    condition_orders,
    keep_order,
    main_of,
    one_answer,
    rule_orders,
    tied_groups,
)
from remit.consistency.route import Grant, Move, NoRoute, Route, RouteWish, months_of_moves
from remit.consistency.rules import RuleBook
from remit.consistency.verdict import check
from remit.design.clauses import conditions_needed
from remit.design.design import Design, changes_from

FIRST, SECOND = 1_000_000, 2_000  # what is aimed at, what comes next; months by the way count one
MOST_MONTHS = 240
LIGHTEST = "lightest"  # as little in hand at once as can be, and nothing else
MOST_CAPACITY = 1000
CAPACITY = 12  # about three or four settings in hand at once
MOST_EFFORT = 5.0  # of one search, about seconds of one core; counted in work done, so alike on any machine
REASON_EFFORT = 0.25  # of each search for what holds a route up


@dataclass(frozen=True)
class Ground:
    """What a route is planned on: rules, conditions this place has, the framework, what changes take."""

    book: RuleBook
    met: tuple[str, ...]
    catalogue: Catalogue
    changes: Changes


@dataclass(frozen=True)
class _Model:
    model: Any
    effect: dict[str, Any]
    grant: dict[str, Any]
    asked: dict[str, Any]
    peak: Any


def plan_route(start: Design, goal: Design, wish: RouteWish, ground: Ground) -> Route | NoRoute:
    """Return the route from one design to another, or why there is none within the wish.

    ``start`` may break rules: then it is what it is, and only what the moves add is refused. ``goal`` must
    break none.
    """
    groups = _tied(start, goal, ground)
    needed = max((_points(g, ground) for g in groups), default=0)
    is_given = wish.capacity > 0
    wish = replace(wish, capacity=wish.capacity or max(CAPACITY, needed))
    refused = [*_refused(start, goal, wish, ground), *_too_heavy(groups, wish, ground)]
    if refused:
        return NoRoute(tuple(refused), wish.months)
    try:
        return _search(start, goal, wish, ground, is_given=is_given)
    except CutShort:
        reason = "the search was cut short: no route was found, which does not prove that there is none"
        return NoRoute((reason,), wish.months, is_proven=False)


def _search(
    start: Design, goal: Design, wish: RouteWish, ground: Ground, *, is_given: bool
) -> Route | NoRoute:
    """Return the route within the wish; else the shortest at this capacity; else at the least that has one."""
    try:
        found = _solve(start, goal, wish, ground)
    except CutShort:
        # with more months there are more ways, and one is found sooner; it may well keep to the wish
        found = _solve(start, goal, replace(wish, months=MOST_MONTHS, aim="fastest"), ground)
        if found is None or found.last_month > wish.months:
            raise
        found = replace(found, wish=wish, is_proven=False)
    if found is not None:
        return found
    free = _solve(start, goal, replace(wish, months=MOST_MONTHS, aim="fastest"), ground)
    if free is not None:
        return NoRoute(
            tuple(_what_holds_up(free, wish, ground)), wish.months, free.last_month, free.is_proven
        )
    return _with_more_capacity(start, goal, wish, ground, is_given=is_given)


def _with_more_capacity(
    start: Design, goal: Design, wish: RouteWish, ground: Ground, *, is_given: bool
) -> Route | NoRoute:
    """Return the route at the least capacity that has one, or why there is none at the one that was given.

    Several settings may have to move at once without any two needing each other: what they weigh together is
    only known once a route is found.
    """
    free = replace(wish, capacity=MOST_CAPACITY, months=MOST_MONTHS, aim=LIGHTEST)
    lightest = _solve(start, goal, free, ground)
    if lightest is None:
        reason = "no order of moves keeps every month consistent with the conditions that may be had"
        return NoRoute((reason,), wish.months)
    least = max(lightest.load(m) for m in range(lightest.last_month))
    proof = "the fewest possible" if lightest.is_proven else "the fewest found"
    if is_given:
        reason = (
            f"no more than {wish.capacity} points of difficulty may be in hand at once; {proof} is {least}"
        )
        return NoRoute((reason,), wish.months, is_proven=lightest.is_proven)
    found = _solve(start, goal, replace(wish, capacity=least), ground)
    if found is not None:
        return found
    shortest = _solve(start, goal, replace(wish, capacity=least, months=MOST_MONTHS, aim="fastest"), ground)
    last = shortest or lightest
    return NoRoute(
        (f"with {least} points of difficulty in hand at once, {proof}",),
        wish.months,
        last.last_month,
    )


def _refused(start: Design, goal: Design, wish: RouteWish, ground: Ground) -> list[str]:
    catalogue = ground.catalogue
    broken = {f.rule.id for f in check(start, start, ground.book, (), catalogue).broken}
    wrong = [
        f"the goal breaks {f.rule.id}: {f.rule.why}"
        for f in check(goal, start, ground.book, (), catalogue).broken
        if f.rule.id not in broken
    ]
    needed = conditions_needed(goal, start, catalogue)
    return wrong + [
        f"{c.name} ({c.id}) is needed and will not be granted: {c.plain}"
        for c in needed
        if c.id in wish.refused and c.id not in ground.met
    ]


def _solve(
    start: Design, goal: Design, wish: RouteWish, ground: Ground, effort: float = MOST_EFFORT
) -> Route | None:
    """Return the best route found, or None if it is proven that there is none; raise ``CutShort`` otherwise."""
    from ortools.sat.python import cp_model

    variables = changes_from(goal, start)
    takes = months_of_moves(variables, ground.changes, wish)
    built = _build(cp_model, start, goal, wish, ground, takes)
    solver = one_answer(cp_model, effort)
    status = solver.solve(built.model)
    if status == cp_model.UNKNOWN:
        raise CutShort
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    by_variable = ground.changes.by_variable
    moves = [
        Move(
            v,
            solver.value(built.effect[v]) - takes[v],
            solver.value(built.effect[v]),
            by_variable[v].difficulty,
            by_variable[v].undo,
        )
        for v in variables
    ]
    grants = [
        Grant(c, solver.value(at) - _lead(c, wish, ground), solver.value(at))
        for c, at in built.grant.items()
        if solver.boolean_value(built.asked[c])
    ]
    return Route(
        start,
        goal,
        wish,
        tuple(sorted(moves, key=lambda m: (m.effect, variables.index(m.variable)))),
        tuple(sorted(grants, key=lambda g: (g.granted, g.condition))),
        wish.capacity,
        round(ground.changes.settling_months.value / 43_800.0),
        _delivering(start, goal, ground),
        status == cp_model.OPTIMAL,
    )


def _delivering(start: Design, goal: Design, ground: Ground) -> tuple[str, ...]:
    """Return the settings whose main option changes and that make old and new run side by side."""
    names = ground.changes.double_variables
    return tuple(v for v in names if main_of(start, v) != main_of(goal, v))


def _lead(condition: str, wish: RouteWish, ground: Ground) -> int:
    return wish.months_of(*ground.catalogue.conditions[condition].lead_months)


def _build(
    cp_model: Any, start: Design, goal: Design, wish: RouteWish, ground: Ground, takes: dict[str, int]
) -> _Model:
    """Return the schedule as a model: orders from rules and conditions, capacity, and what is aimed at."""
    model = cp_model.CpModel()
    effect = {v: model.new_int_var(takes[v], max(takes[v], wish.months), f"effect {v}") for v in takes}
    for v in takes:
        if takes[v] > wish.months:
            model.add_bool_or([])
    orders = rule_orders(start, goal, ground.book, ground.catalogue)
    for order in orders:
        keep_order(model, order, effect)
    for group in tied_groups(list(takes), orders):
        for v in group[1:]:
            model.add(effect[v] == effect[group[0]])  # already implied, said once more for speed
    asked, grant = _grants(model, effect, start, goal, wish, ground)
    built = _Model(model, effect, grant, asked, _peak(model, effect, takes, wish, ground))
    model.minimize(_aim(built, _delivering(start, goal, ground), wish, ground))
    return built


def _peak(model: Any, effect: dict[str, Any], takes: dict[str, int], wish: RouteWish, ground: Ground) -> Any:
    """Return the most points of difficulty in hand at once, limited by the capacity."""
    peak = model.new_int_var(0, wish.capacity, "peak")
    spans = [model.new_interval_var(effect[v] - takes[v], takes[v], effect[v], f"work on {v}") for v in takes]
    if spans:
        model.add_cumulative(spans, [ground.changes.by_variable[v].difficulty for v in takes], peak)
    return peak


def _grants(
    model: Any, effect: dict[str, Any], start: Design, goal: Design, wish: RouteWish, ground: Ground
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Add the conditions: asked for or not, granted a lead time later, and what waits for them."""
    orders = condition_orders(start, goal, ground.met, ground.catalogue)
    certain = {c.id for c in conditions_needed(goal, start, ground.catalogue)}
    asked: dict[str, Any] = {}
    grant: dict[str, Any] = {}
    spans = []
    for name in dict.fromkeys(o.condition for o in orders):
        lead = _lead(name, wish, ground)
        asked[name] = model.new_bool_var(f"asked {name}")
        grant[name] = model.new_int_var(lead, lead + 2 * wish.months + 1, f"granted {name}")
        spans.append(
            model.new_optional_interval_var(grant[name] - lead, lead, grant[name], asked[name], name)
        )
        model.add(grant[name] > wish.months).only_enforce_if(~asked[name])  # as good as never
        if name in wish.refused:
            model.add(asked[name] == 0)
        elif name in certain:
            model.add(asked[name] == 1)
    if spans:
        model.add_cumulative(spans, [1] * len(spans), wish.asks)
    for order in orders:
        keep_order(model, order, effect, grant[order.condition])
    return asked, grant


def _aim(built: _Model, delivering: Sequence[str], wish: RouteWish, ground: Ground) -> Any:
    """Return what to make small: months; months of double running; or what is in hand at once, hard to undo last."""
    model, effect = built.model, built.effect
    if not effect:
        return 0
    last = model.new_int_var(0, wish.months, "last")
    model.add_max_equality(last, list(effect.values()))
    both: Any = 0
    if delivering:
        first_of, last_of = (model.new_int_var(0, wish.months, n) for n in ("first of", "last of"))
        model.add_min_equality(first_of, [effect[v] for v in delivering])
        model.add_max_equality(last_of, [effect[v] for v in delivering])
        both = last_of - first_of
    by_the_way = sum(effect.values()) + sum(built.grant.values()) + SECOND * sum(built.asked.values())
    if wish.aim == LIGHTEST:
        return built.peak
    if wish.aim == "cheapest":
        return FIRST * both + SECOND * last + by_the_way
    if wish.aim == "safest":
        weight = {"easy": 0, "hard": 1, "no": 4}
        early = sum(weight[ground.changes.by_variable[v].undo] * (last - at) for v, at in effect.items())
        return FIRST * built.peak + SECOND * (early + last) + by_the_way
    return FIRST * last + SECOND * both + by_the_way


def _tied(start: Design, goal: Design, ground: Ground) -> list[tuple[str, ...]]:
    orders = rule_orders(start, goal, ground.book, ground.catalogue)
    return tied_groups(changes_from(goal, start), orders)


def _points(group: Sequence[str], ground: Ground) -> int:
    return sum(ground.changes.by_variable[v].difficulty for v in group)


def _too_heavy(groups: Sequence[tuple[str, ...]], wish: RouteWish, ground: Ground) -> list[str]:
    told = []
    for group in groups:
        points = _points(group, ground)
        if points > wish.capacity:
            how = "must move together" if len(group) > 1 else "moves by itself"
            told.append(
                f"{_names(group, ground)} {how}: {points} points of difficulty at once, "
                f"and no more than {wish.capacity} may be in hand"
            )
    return told


def _names(group: Sequence[str], ground: Ground) -> str:
    return ", ".join(ground.catalogue.variables[v].name.lower() for v in group)


def _what_holds_up(free: Route, wish: RouteWish, ground: Ground) -> list[str]:
    """Return what makes the shortest route as long as it is: what would shorten it if it took no time."""
    wide = replace(wish, months=MOST_MONTHS, aim="fastest")
    names, variables = ground.catalogue.conditions, ground.catalogue.variables
    reasons = []
    if _is_shorter(free, replace(wide, capacity=MOST_CAPACITY), ground):
        reasons.append(f"capacity: no more than {wish.capacity} points of difficulty may be in hand at once")
    if _is_shorter(free, replace(wide, asks=len(names)), ground):
        reasons.append(f"no more than {wish.asks} conditions may be asked for at once")
    reasons += [
        f"{names[g.condition].name} ({g.condition}) takes {g.granted - g.begin} months to be granted"
        for g in free.grants
        if _is_shorter(free, wide, replace(ground, met=(*ground.met, g.condition)))
    ]
    reasons += [
        f"{variables[m.variable].name.lower()} takes {m.effect - m.begin} months to change"
        for m in free.moves
        if m.effect - m.begin > wish.months or m.effect == free.last_month
    ]
    tied = [g for g in _tied(free.start, free.goal, ground) if len(g) > 1]
    reasons += [f"{_names(g, ground)} must move together" for g in tied]
    return reasons


def _is_shorter(free: Route, wish: RouteWish, ground: Ground) -> bool:
    """Tell whether a shorter route is found under another wish or ground, in a short search."""
    try:
        route = _solve(
            free.start, free.goal, replace(wish, months=free.last_month - 1), ground, REASON_EFFORT
        )
    except CutShort:
        return False
    return route is not None


def routes_by_aim(
    start: Design, goal: Design, wish: RouteWish, ground: Ground, aims: Sequence[str]
) -> dict[str, Route | NoRoute]:
    """Return a route for each aim; one found for another aim stands in where it is better at this one."""
    found = {aim: plan_route(start, goal, replace(wish, aim=aim), ground) for aim in aims}
    routes = [r for r in found.values() if isinstance(r, Route)]
    for aim, own in found.items():
        best = min(routes, key=lambda r: _measure(r, aim), default=None)
        if best is not None and (isinstance(own, NoRoute) or _measure(best, aim) < _measure(own, aim)):
            found[aim] = replace(best, wish=replace(best.wish, aim=aim), is_proven=False)
    return found


def _measure(route: Route, aim: str) -> float:
    """Return what an aim makes small."""
    if aim == "cheapest":
        double = route.double_months
        return float(double[1] - double[0]) if double else 0.0
    if aim == "safest":
        return float(max((route.load(m) for m in range(route.last_month)), default=0))
    return float(route.last_month)


def met_by(today: Design, granted: Collection[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Return the conditions a place has: those granted, and those that today's service already leans on."""
    in_use = [c.id for c in conditions_needed(today, today, catalogue)]
    return tuple(dict.fromkeys([*(c for c in catalogue.conditions if c in granted), *in_use]))
