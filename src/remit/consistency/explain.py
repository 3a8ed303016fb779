"""Why some choices cannot stand together: the smallest sets of choices and rules that clash.

A clash is a minimal unsatisfiable subset: take any one of its choices or rules away and
the rest can be completed to a whole design. The smallest are found exactly (implicit
hitting sets) and put in a fixed order, so that the same question gets the same words. Each
is proven once more by trying every combination of the settings that its rules speak of,
with the plain reading of rules that no solver shares.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.schema import Clause, Rule
from remit.consistency.space import Choice, Space, values_of

MOST_CLASHES = 12
MOST_TRIED = 200_000
KINDS = ("logical", "normative", "empirical")

Picture = tuple[str, frozenset[str]]  # main option or band, and every option present


@dataclass(frozen=True)
class Clash:
    """Choices and rules of which any one, taken away, would end the clash."""

    choices: tuple[Choice, ...]
    rules: tuple[Rule, ...]
    is_proven: bool  # tried out in full by the plain reading too


def explain(choices: Sequence[Choice], space: Space, most: int = MOST_CLASHES) -> list[Clash]:
    """Return every smallest clash among choices, up to ``most``; none if they can be completed.

    Rules of logic come before rules of law, those before what has not been seen to work.
    """
    from pysat.examples.optux import OptUx
    from pysat.formula import WCNF

    choices = list(dict.fromkeys(choices))
    if is_possible(space, choices):
        return []
    problem = WCNF()
    problem.extend(space.clauses)
    problem.extend([[literal] for literal in space.conditions(None)])
    rules = [space.book.hard[name] for name in space.book.hard]
    for choice in choices:
        problem.append([space.literal(choice)], weight=1)
    for rule in rules:
        problem.append([space.switch[rule.id]], weight=1)
    found: list[list[int]] = []
    with OptUx(problem) as smallest:
        for numbers in smallest.enumerate():
            if len(found) >= 4 * most or (found and len(numbers) > len(found[0])):
                break
            found.append(sorted(numbers))
    everything: list[Choice | Rule] = [*choices, *rules]
    clashes = [_clash([everything[n - 1] for n in numbers], space.catalogue) for numbers in found]
    return sorted(clashes, key=_order)[:most]


def _order(clash: Clash) -> tuple[int, int, list[str]]:
    size = len(clash.choices) + len(clash.rules)
    worst = max((KINDS.index(r.kind) for r in clash.rules), default=0)
    return size, worst, [r.id for r in clash.rules]


def _clash(parts: Sequence[Choice | Rule], catalogue: Catalogue) -> Clash:
    choices = tuple(p for p in parts if isinstance(p, Choice))
    rules = tuple(p for p in parts if isinstance(p, Rule))
    return Clash(choices, rules, is_minimal(choices, rules, catalogue))


def is_possible(space: Space, choices: Iterable[Choice], granted: Iterable[str] | None = None) -> bool:
    """Tell whether some whole design makes these choices and breaks no rule, with these conditions granted."""
    from pysat.solvers import Solver

    wanted = [space.literal(c) for c in choices]
    with Solver(name="minisat22", bootstrap_with=space.clauses) as solver:
        return bool(solver.solve([*space.rules_on(), *space.conditions(granted), *wanted]))


def explain_rules(space: Space) -> list[str]:
    """Return the ids of a smallest set of rules that leaves no design at all; none if some design is left."""
    clashes = explain((), space, 1)
    return [rule.id for clash in clashes for rule in clash.rules]


def is_minimal(choices: Sequence[Choice], rules: Sequence[Rule], catalogue: Catalogue) -> bool:
    """Tell by trying everything whether choices and rules clash, and no longer do when one is taken away.

    Returns False too if there are more combinations than are tried.
    """
    variables = sorted({clause.v for rule in rules for clause in rule.forbid} | {c.variable for c in choices})
    pictures = [_that_differ(v, rules, choices, catalogue) for v in variables]
    if prod(len(p) for p in pictures) > MOST_TRIED:
        return False
    kept: list[Choice | Rule] = [*choices, *rules]
    breaks_one: set[int] = set()
    for combination in product(*pictures):
        world = dict(zip(variables, combination, strict=True))
        broken = [i for i, part in enumerate(kept) if not _stands(part, world)]
        if not broken:
            return False
        if len(broken) == 1:
            breaks_one.add(broken[0])
    return len(breaks_one) == len(kept)


def _that_differ(
    variable: str, rules: Sequence[Rule], choices: Sequence[Choice], catalogue: Catalogue
) -> list[Picture]:
    """Return settings of a variable, one for each way in which rules and choices see it."""
    clauses = [c for r in rules for c in r.forbid if c.v == variable]
    own = [c for c in choices if c.variable == variable]
    seen: dict[tuple[bool, ...], Picture] = {}
    for picture in _pictures(variable, _named(variable, rules, choices), catalogue):
        looks = (*(_true(c, picture) for c in clauses), *(_stands(c, {variable: picture}) for c in own))
        seen.setdefault(looks, picture)
    return list(seen.values())


def _named(variable: str, rules: Sequence[Rule], choices: Sequence[Choice]) -> set[str]:
    """Return the options whose presence, beside the main one, is spoken of."""
    found = {o for r in rules for c in r.forbid if c.v == variable for o in (*c.has_any, *c.has_none)}
    return found | {c.option for c in choices if c.variable == variable and c.kind != "main"}


def _pictures(variable: str, named: set[str], catalogue: Catalogue) -> Iterator[Picture]:
    spec = catalogue.variables[variable]
    for main in values_of(spec):
        beside = sorted(named - {main}) if spec.kind == "multi" else []
        for size in range(len(beside) + 1):
            for also in combinations(beside, size):
                yield main, frozenset((main, *also))


def _stands(part: Choice | Rule, world: dict[str, Picture]) -> bool:
    if isinstance(part, Rule):
        return not all(_true(clause, world[clause.v]) for clause in part.forbid)
    main, present = world[part.variable]
    if part.kind == "main":
        return main == part.option
    return (part.option in present) == (part.kind == "has")


def _true(clause: Clause, picture: Picture) -> bool:
    main, present = picture
    inside = [s for s in (clause.in_, clause.main_in) if s]
    outside = (*clause.not_in, *clause.main_not_in)
    return (
        all(main in s for s in inside)
        and main not in outside
        and (not clause.has_any or bool(present & set(clause.has_any)))
        and not present & set(clause.has_none)
    )
