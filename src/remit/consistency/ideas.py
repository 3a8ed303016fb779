"""Ideas: consistent designs that differ from one another, from today and from every model we know."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from remit.catalogue.changes import Changes
from remit.consistency.moves import CutShort
from remit.consistency.nearest import cp_model_of, distance_terms, effort, main_of, solved
from remit.consistency.space import Choice, Space
from remit.design.clauses import conditions_needed
from remit.design.design import TODAY, Design, Several, changes_from

APART = 3  # of the six, from today and from each other idea
APART_FROM_KNOWN = 2  # of the six, from each archetype
CONDITION, TENSION = 1500, 300  # against 1,000 for one point of difficulty


@dataclass(frozen=True)
class Idea:
    """A consistent design and how far it is from what is known."""

    design: Design
    changed: tuple[str, ...]  # against today
    effort: float
    nearest: str  # known model with the fewest settings that differ
    apart: int  # main values of the 24 that differ from it
    apart_six: int
    missing: tuple[str, ...]  # conditions it needs that are not granted here
    is_proven: bool


def find_ideas(
    today: Design,
    keep: Sequence[Choice],
    met: Collection[str],
    space: Space,
    changes: Changes,
    n: int,
    on_idea: Callable[[int], None] | None = None,
) -> list[Idea]:
    """Return up to ``n`` consistent designs, easiest first.

    Each has at least three of the six higher-order settings otherwise than today and than each idea before
    it, and two otherwise than each archetype. Among those it is the easiest to reach: fewest and easiest
    changes, fewest conditions that are not granted here, fewest tensions.
    """
    model, literals = cp_model_of(space, [space.literal(c) for c in keep], None)
    terms = distance_terms(today, space, changes, literals)
    terms += [(CONDITION, literals[at]) for name, at in space.granted.items() if name not in met]
    terms += [(-TENSION, literals[space.switch[name]]) for name in space.book.tensions]
    model.minimize(sum(weight * literal for weight, literal in terms))
    six = [v.id for v in space.catalogue.variables.values() if v.is_higher]
    known = {TODAY: mains_of(today, space), **archetype_mains(space)}
    for name, mains in known.items():
        _stay_apart(model, mains, APART if name == TODAY else APART_FROM_KNOWN, six, space, literals)
    ideas: list[Idea] = []
    for number in range(n):
        try:
            found = solved(model, space, literals, today)
        except CutShort:
            break  # those found so far stand; how many is told
        if found is None:
            break
        design = replace(found[0], id=f"idea_{number + 1}", title=f"Idea {number + 1}")
        mains = mains_of(design, space)
        nearest = min(known, key=lambda k: (_apart(mains, known[k], list(mains)), k))
        needed = {c.id for c in conditions_needed(design, today, space.catalogue)}
        missing = tuple(c for c in space.granted if c in needed and c not in met)
        ideas.append(
            Idea(
                design,
                tuple(changes_from(design, today)),
                effort(design, today, changes),
                nearest,
                _apart(mains, known[nearest], list(mains)),
                _apart(mains, known[nearest], six),
                missing,
                found[1],
            )
        )
        _stay_apart(model, mains, APART, six, space, literals)
        if on_idea is not None:
            on_idea(number + 1)
    return ideas


def mains_of(design: Design, space: Space) -> dict[str, str]:
    """Return the main option, or band, of each setting."""
    mains = {}
    for name in space.catalogue.variables:
        setting = design.settings[name]
        present = design.options(name, space.catalogue)
        mains[name] = setting.main if isinstance(setting, Several) else present[0] if present else ""
    return mains


def archetype_mains(space: Space) -> dict[str, dict[str, str]]:
    """Return the main option, or band, of each setting of each archetype."""
    variables = space.catalogue.variables
    return {
        a.id: {v: main_of(a.settings[v], variables[v]) for v in variables}
        for a in space.catalogue.archetypes.values()
    }


def _apart(one: dict[str, str], other: dict[str, str], variables: Sequence[str]) -> int:
    return sum(one[v] != other[v] for v in variables)


def _stay_apart(
    model: Any, mains: dict[str, str], least: int, six: Sequence[str], space: Space, literals: dict[int, Any]
) -> None:
    """Ask for at least ``least`` of the six main values otherwise than ``mains``."""
    same = [literals[space.main[v, mains[v]]] for v in six]
    model.add(sum(same) <= len(six) - least)
