"""Levels that are worked out: as much as costs the same as another design, or some crews more."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from remit.briefs.brief import Brief
from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import Catalogue
from remit.design.design import TODAY, Design, Setting, Solved
from remit.ground.faults import fail
from remit.mechanism.cost import yearly_cost
from remit.mechanism.effect import LEVEL, Effects
from remit.mechanism.values import values_of

MEANS = Scenario(at_means=True)


def solve_designs(
    names: Sequence[str], designs: dict[str, Design], brief: Brief, effects: Effects, catalogue: Catalogue
) -> dict[str, Design]:
    """Return the named designs with every solved level turned into a number, for the mean of what is not known.

    Cost is linear in a level that scales crews, so two points give the answer exactly.

    Raises:
        Faults: DSN003 the level that would do is out of range, DSN005 cost does not depend on it, DSN008 it
            leans on a level that is itself worked out.
    """
    return {name: _solve(designs[name], designs, brief, effects, catalogue) for name in names}


def _solve(
    design: Design, designs: dict[str, Design], brief: Brief, effects: Effects, catalogue: Catalogue
) -> Design:
    for variable, setting in design.settings.items():
        if isinstance(setting, Solved):
            level = _level(variable, setting, design, designs, brief, effects, catalogue)
            design = replace(design, settings=MappingProxyType({**design.settings, variable: level}))
    return design


def _level(
    variable: str,
    wanted: Solved,
    design: Design,
    designs: dict[str, Design],
    brief: Brief,
    effects: Effects,
    catalogue: Catalogue,
) -> float:
    today = designs[TODAY]
    old = today.settings[variable]
    if sum(isinstance(s, Solved) for s in design.settings.values()) > 1:
        raise fail("DSN008", "two levels of one design are to be worked out", path=f"designs.{design.id}")
    if not isinstance(old, float):
        raise fail("DSN005", f"{variable} of today is not a number", path=f"designs.{design.id}")

    def public_cost(one: Design) -> float:
        values = values_of(one, today, brief, MEANS, effects, catalogue)
        return yearly_cost(one, today, values, brief, MEANS, catalogue).public_gbp

    def with_level(level: Setting) -> Design:
        return replace(design, settings=MappingProxyType({**design.settings, variable: level}))

    if wanted.equal_cost_to:
        rival = designs[wanted.equal_cost_to]
        if any(isinstance(s, Solved) for s in rival.settings.values()):
            raise fail("DSN008", f'"{rival.id}"', path=f"designs.{design.id}.{variable}")
        at_old, at_more = public_cost(with_level(old)), public_cost(with_level(old * 1.1))
        goal = public_cost(rival)
        if at_more == at_old:
            raise fail(
                "DSN005", f"cost does not depend on {variable}", path=f"designs.{design.id}.{variable}"
            )
        level = old + (goal - at_old) * (old * 0.1) / (at_more - at_old)
    elif not any(e.parameter == "crews.number" for e in effects.by_option.get((variable, LEVEL), ())):
        raise fail("DSN005", f"{variable} does not act on crews", path=f"designs.{design.id}.{variable}")
    else:
        number = brief.numbers["crews.number"].mean * brief.locality.inside_share
        level = old * (number + wanted.more_crews) / number
    low, high = catalogue.variables[variable].min or 0.0, catalogue.variables[variable].max or 0.0
    if not low <= level <= high:
        raise fail(
            "DSN003",
            f"{variable} would have to be {level:.3f}, allowed {low:g} to {high:g}",
            path=f"designs.{design.id}.{variable}",
        )
    return level
