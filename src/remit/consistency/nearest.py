"""The nearest consistent designs: to mend one that clashes, or to complete a half-thought.

Nearest means that the fewest and easiest settings change: each changed setting counts its
difficulty (catalogue, changes), a level more for each further band, an option beside the
main one a fifth. Among equally near designs come first those whose new settings are known
from an archetype that makes the same choices, then those in fewer tensions, then those that
need fewer conditions that are not granted here. Every answer is proven the nearest possible
by the solver, or says that it is not.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from remit.catalogue.catalogue import load_catalogue
from remit.catalogue.changes import Changes
from remit.catalogue.schema import Variable
from remit.consistency.moves import CutShort
from remit.consistency.space import Choice, Space, setting_of, values_of
from remit.design.design import Design, Setting, Several, changes_from

SCALE = 1000  # one point of difficulty; leaves room below for tensions and conditions
BESIDE = 5  # an option beside the main one counts a fifth
UNKNOWN_COMPANY, TENSION, CONDITION = 6, 4, 1  # far below the least real change, 800
MOST_EFFORT = 20.0  # about seconds of one core


@dataclass(frozen=True)
class Near:
    """A consistent design and how far it is from where we began."""

    design: Design
    changed: tuple[str, ...]
    effort: float  # sum of difficulties
    is_proven: bool  # no nearer one exists (but those told before it)


@dataclass(frozen=True)
class Wish:
    """What a design must be: choices that stand, conditions that may be used, how many answers."""

    keep: tuple[Choice, ...] = ()
    granted: tuple[str, ...] | None = None  # None: any condition may be asked for
    met: tuple[str, ...] = ()  # conditions this place has; others count against a design
    n: int = 3


def nearest_designs(base: Design, wish: Wish, space: Space, changes: Changes) -> list[Near]:
    """Return up to ``wish.n`` consistent designs, nearest to ``base`` first, each a different set of changes.

    None of them merely adds to the changes of an earlier one. Empty if nothing that keeps what must stand
    is consistent.
    """
    model, literals = cp_model_of(space, [space.literal(c) for c in wish.keep], wish.granted)
    terms = distance_terms(base, space, changes, literals)
    terms += _second_thoughts(wish, space, literals)
    model.minimize(sum(weight * literal for weight, literal in terms))
    _leave_unchanged(model, base, wish, space, literals)
    answers: list[Near] = []
    for _ in range(wish.n):
        found = solved(model, space, literals, base)
        if found is None:
            break
        design, is_proven = found
        answers.append(_near(design, base, changes, is_proven))
        block(model, design, base, space, literals)
        if not answers[-1].changed:
            break
    return answers


def _leave_unchanged(model: Any, base: Design, wish: Wish, space: Space, literals: dict[int, Any]) -> None:
    """Where a change needs a condition that may not be had, let the main options it is about stay as in ``base``."""
    if wish.granted is None:
        return
    for condition in space.catalogue.conditions.values():
        for name in condition.required_by_change_of if condition.id not in wish.granted else ():
            main = _main_of(base, space.catalogue.variables[name])
            model.add_bool_and([literals[space.main[name, main]]])


def _main_of(design: Design, variable: Variable) -> str:
    """Return the main option of a setting, or the band of a level."""
    setting = design.settings[variable.id]
    if isinstance(setting, float):
        return variable.band_of(setting)
    return setting.main if isinstance(setting, Several) else str(setting)


def cp_model_of(
    space: Space, units: Sequence[int], granted: Collection[str] | None
) -> tuple[Any, dict[int, Any]]:
    """Return a CP-SAT model of the consistent designs, and its variable for each literal of the space."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    literals = {n: model.new_bool_var(f"x{n}") for n in range(1, space.n_literals + 1)}

    def signed(literal: int) -> Any:
        return literals[literal] if literal > 0 else ~literals[-literal]

    for clause in space.clauses:
        model.add_bool_or([signed(literal) for literal in clause])
    refused = [] if granted is None else [n for n in space.conditions(granted) if n < 0]
    for literal in (*space.rules_on(), *refused, *units):
        model.add_bool_and([signed(literal)])
    return model, literals


def distance_terms(
    base: Design, space: Space, changes: Changes, literals: dict[int, Any]
) -> list[tuple[int, Any]]:
    """Return (weight, 0 or 1) terms whose sum is how hard it is to get from ``base`` to a design."""
    terms: list[tuple[int, Any]] = []
    for name, variable in space.catalogue.variables.items():
        weight = SCALE * changes.by_variable[name].difficulty
        setting = base.settings[name]
        for option, factor in _steps(variable, base):
            if factor:
                terms.append((int(weight * factor), literals[space.main[name, option]]))
        if isinstance(setting, Several):
            for option in variable.options:
                literal = literals[space.present[name, option]]
                is_there = option in setting.present
                terms.append((weight // BESIDE, 1 - literal if is_there else literal))
    return terms


def _steps(variable: Variable, base: Design) -> list[tuple[str, float]]:
    """Return how many times its difficulty a variable counts for each main option or band."""
    names = values_of(variable)
    setting = base.settings[variable.id]
    if isinstance(setting, float):
        at = names.index(variable.band_of(setting))
        return [(n, 0.0 if i == at else 1.0 + 0.5 * (abs(i - at) - 1)) for i, n in enumerate(names)]
    main = setting.main if isinstance(setting, Several) else str(setting)
    return [(n, 0.0 if n == main else 1.0) for n in names]


def _second_thoughts(wish: Wish, space: Space, literals: dict[int, Any]) -> list[tuple[int, Any]]:
    """Return small terms: each tension that a design is in, each condition it needs that is not granted here."""
    tense = [(-TENSION, literals[space.switch[name]]) for name in space.book.tensions]
    asked = [(CONDITION, literals[n]) for name, n in space.granted.items() if name not in wish.met]
    known = _company(wish, space)
    strange = [(UNKNOWN_COMPANY, literals[n]) for at, n in space.main.items() if known and at not in known]
    return tense + asked + strange


def _company(wish: Wish, space: Space) -> set[tuple[str, str]]:
    """Return the main options and bands of every archetype that makes the choices to be kept."""
    known: set[tuple[str, str]] = set()
    for archetype in space.catalogue.archetypes.values():
        mains = {(v, main_of(raw, space.catalogue.variables[v])) for v, raw in archetype.settings.items()}
        if wish.keep and all((c.variable, c.option) in mains for c in wish.keep if c.kind == "main"):
            known |= mains
    return known


def main_of(raw: Any, variable: Variable) -> str:
    """Return the main option, or the band, of a setting as an archetype writes it."""
    if variable.kind == "level":
        return variable.band_of(float(raw))
    return str(raw["main"] if isinstance(raw, dict) else raw)


def solved(model: Any, space: Space, literals: dict[int, Any], base: Design) -> tuple[Design, bool] | None:
    """Return the best design of a model and whether it is proven best; None if it is proven that there is none.

    Raises:
        CutShort: the search ended without an answer.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # the same question gets the same answer
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = MOST_EFFORT  # work done, not the clock
    status = solver.solve(model)
    if status == cp_model.UNKNOWN:
        raise CutShort
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    settings: dict[str, Setting] = {}
    for name, variable in space.catalogue.variables.items():
        names = values_of(variable)
        main = next(o for o in names if solver.boolean_value(literals[space.main[name, o]]))
        present = [o for o in names if solver.boolean_value(literals[space.present[name, o]])]
        settings[name] = setting_of(variable, main, present, base.settings[name])
        settings[name] = _as_before(settings[name], base.settings[name])
    design = replace(base, id=base.id, settings=MappingProxyType(settings))
    return design, status == cp_model.OPTIMAL


def _as_before(new: Setting, old: Setting) -> Setting:
    """Return the old setting where only the order of its options differs."""
    if isinstance(new, Several) and isinstance(old, Several):
        if (new.main, set(new.also)) == (old.main, set(old.also)):
            return old
        kept = [o for o in old.present if o in new.also]
        return Several(new.main, tuple([*kept, *(o for o in new.also if o not in kept)]))
    return new


def block(model: Any, design: Design, base: Design, space: Space, literals: dict[int, Any]) -> None:
    """Refuse further answers that make every change this one makes."""
    undone: list[Any] = []
    for name in changes_from(design, base):
        for option, is_there in _differences(name, design, base, space):
            table = space.main if is_there is None else space.present
            literal = literals[table[name, option]]
            undone.append(literal if is_there is False else ~literal)
    model.add_bool_or(undone) if undone else model.add_bool_or([])


def _differences(name: str, design: Design, base: Design, space: Space) -> Iterable[tuple[str, bool | None]]:
    """Yield (option, None) for a new main option or band, (option, whether it is there now) for those beside."""
    new, old = design.settings[name], base.settings[name]
    variable = space.catalogue.variables[name]
    if isinstance(new, Several) and isinstance(old, Several):
        if new.main != old.main:
            yield new.main, None
        for option in variable.options:
            if option != new.main and (option in new.present) != (option in old.present):
                yield option, option in new.present
    elif isinstance(new, float):
        yield variable.band_of(new), None
    else:
        yield str(new), None


def _near(design: Design, base: Design, changes: Changes, is_proven: bool) -> Near:
    changed = tuple(changes_from(design, base))
    return Near(design, changed, effort(design, base, changes), is_proven)


def effort(design: Design, base: Design, changes: Changes) -> float:
    """Return the sum of the difficulties of what changes; options beside the main one count a fifth."""
    total = 0.0
    for name in changes_from(design, base):
        new, old = design.settings[name], base.settings[name]
        weight = float(changes.by_variable[name].difficulty)
        if isinstance(new, Several) and isinstance(old, Several):
            beside = len(set(new.present) ^ set(old.present))
            total += weight * ((new.main != old.main) + beside / BESIDE)
        else:
            total += weight * _bands_between(name, new, old)
    return total


def _bands_between(name: str, new: Setting, old: Setting) -> float:
    """Return 1, and for a level half more for each band beyond the next."""
    if not isinstance(new, float) or not isinstance(old, float):
        return 1.0
    variable = load_catalogue().variables[name]
    names = values_of(variable)
    apart = abs(names.index(variable.band_of(new)) - names.index(variable.band_of(old)))
    return 1.0 + 0.5 * max(0, apart - 1)
