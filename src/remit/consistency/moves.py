"""What must move before or with what, on the straight way from one consistent design to another.

Each setting that differs moves once, straight to its new value. A rule then says one thing
about the order: when all settings in ``moved`` have moved, one in ``unless`` must have moved
too, else the design in between would break the rule. A condition says the same of the month
in which it is granted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.schema import Clause, Rule
from remit.consistency.rules import RuleBook
from remit.design.clauses import holds
from remit.design.design import Design, Several, changes_from


@dataclass(frozen=True)
class Order:
    """Once all of ``moved`` have moved, one of ``unless`` must have, or the condition be granted."""

    name: str  # rule or condition
    moved: tuple[str, ...]
    unless: tuple[str, ...]
    condition: str = ""


def rule_orders(start: Design, goal: Design, book: RuleBook, catalogue: Catalogue) -> list[Order]:
    """Return what each rule in force says of the order of moves."""
    orders = [_order(rule.id, rule.forbid, start, goal, catalogue) for rule in book.hard.values()]
    return [o for o in orders if o is not None]


def condition_orders(start: Design, goal: Design, met: Iterable[str], catalogue: Catalogue) -> list[Order]:
    """Return what each condition not yet granted says: what may move only once it is."""
    had = set(met)
    orders = []
    for condition in catalogue.conditions.values():
        if condition.id in had:
            continue
        for alternative in condition.required_by:
            order = _order(condition.id, alternative, start, goal, catalogue)
            if order is not None:
                orders.append(Order(condition.id, order.moved, order.unless, condition.id))
        orders += [
            Order(condition.id, (variable,), (), condition.id)
            for variable in condition.required_by_change_of
            if main_of(start, variable) != main_of(goal, variable)
        ]
    return orders


def main_of(design: Design, variable: str) -> object:
    """Return the main option of a setting, or the setting itself where it has one part only."""
    setting = design.settings[variable]
    return setting.main if isinstance(setting, Several) else setting


def _order(
    name: str, clauses: Sequence[Clause], start: Design, goal: Design, catalogue: Catalogue
) -> Order | None:
    """Return what clauses that may not all hold say of the order; None if they cannot all hold on the way."""
    moved, unless = [], []
    for variable in dict.fromkeys(clause.v for clause in clauses):
        own = [clause for clause in clauses if clause.v == variable]
        before = all(holds(clause, start, catalogue) for clause in own)
        after = all(holds(clause, goal, catalogue) for clause in own)
        if not before and not after:
            return None
        if after and not before:
            moved.append(variable)
        elif before and not after:
            unless.append(variable)
    if not moved:  # today's own service already has it, until something in ``unless`` moves
        return None
    return Order(name, tuple(moved), tuple(unless))


@dataclass(frozen=True)
class Linked:
    """Settings that move together, and the rules that tie them."""

    variables: tuple[str, ...]
    rules: tuple[Rule, ...]


def linked_moves(
    start: Design, goal: Design, book: RuleBook, catalogue: Catalogue
) -> tuple[list[Linked], bool]:
    """Return the moves in an order that breaks no rule, as small as can be, and whether that is proven.

    The largest group that must move at once is made as small as possible, then as many groups as possible.
    """
    from ortools.sat.python import cp_model

    variables = changes_from(goal, start)
    if not variables:
        return [], True
    orders = rule_orders(start, goal, book, catalogue)
    tied = tied_groups(variables, orders)
    model = cp_model.CpModel()
    steps = range(len(tied))
    group_at = [model.new_int_var(0, len(tied) - 1, f"t{i}") for i in range(len(tied))]
    at = {v: group_at[i] for i, group in enumerate(tied) for v in group}
    in_step = {(i, k): model.new_bool_var(f"{i}.{k}") for i in range(len(tied)) for k in steps}
    used = [model.new_bool_var(f"used{k}") for k in steps]
    largest = model.new_int_var(max(len(g) for g in tied), len(variables), "largest")
    for i in range(len(tied)):
        model.add_exactly_one(in_step[i, k] for k in steps)
        model.add(group_at[i] == sum(k * in_step[i, k] for k in steps))
    for k in steps:
        model.add(sum(len(g) * in_step[i, k] for i, g in enumerate(tied)) <= largest)
        model.add_bool_or([in_step[i, k] for i in range(len(tied))]).only_enforce_if(used[k])
    for order in orders:
        keep_order(model, order, at)
    model.minimize(len(variables) * largest - sum(used))
    solver = one_answer(cp_model)
    status = solver.solve(model)
    groups: dict[int, list[str]] = {}
    for v in variables:
        groups.setdefault(solver.value(at[v]), []).append(v)
    told = [Linked(tuple(g), _ties(g, orders, book)) for _, g in sorted(groups.items())]
    return told, status == cp_model.OPTIMAL


def tied_groups(variables: Sequence[str], orders: Sequence[Order]) -> list[tuple[str, ...]]:
    """Return the settings in groups, of which each must move at once: each needs each other, by way of others.

    Only orders that name one setting on either side are followed, so a larger set may still have to move
    together; never a smaller one.
    """
    needs = {v: {v} for v in variables}
    for order in orders:
        if len(order.moved) == 1 == len(order.unless):
            needs[order.moved[0]].add(order.unless[0])
    for _ in variables:  # so often at most does the reach grow
        needs = {v: set().union(*(needs[u] for u in reach)) for v, reach in needs.items()}
    groups = {tuple(u for u in variables if u in needs[v] and v in needs[u]) for v in variables}
    return sorted(groups, key=lambda g: variables.index(g[0]))


def keep_order(model: Any, order: Order, at: dict[str, Any], granted: Any = None) -> None:
    """Add to a model: the earliest of ``unless``, or the grant, is no later than the latest of ``moved``."""
    ways = []
    firsts = [at[v] for v in order.unless] + ([granted] if granted is not None else [])
    for first in firsts:
        for last in order.moved:
            way = model.new_bool_var("")
            model.add(first <= at[last]).only_enforce_if(way)
            ways.append(way)
    model.add_bool_or(ways)


class CutShort(Exception):  # noqa: N818 - not an error: a search that ended without an answer
    """The limit of the search was reached before an answer was found or shown not to exist."""


def one_answer(cp_model: Any, effort: float = 10.0) -> Any:
    """Return a solver that gives the same answer each time, on any machine.

    Its limit counts work done, not the clock: a unit is about a second of one core.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    return solver


def _ties(group: Sequence[str], orders: Sequence[Order], book: RuleBook) -> tuple[Rule, ...]:
    """Return the rules that speak of two settings or more of a group that moves at once."""
    if len(group) < 2:
        return ()
    inside = set(group)
    names = dict.fromkeys(o.name for o in orders if inside & set(o.moved) and inside & set(o.unless))
    return tuple(book.hard[n] for n in names)
