"""Parameter values of a design in a scenario: the brief's numbers, then the effects, each step kept."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from remit.briefs.brief import Brief
from remit.briefs.scenario import Scenario
from remit.briefs.vocabulary import spec_of
from remit.catalogue.catalogue import Catalogue
from remit.design.design import TODAY, Design, Several
from remit.ground.faults import fail
from remit.ground.quantity import Quantity
from remit.mechanism.effect import LEVEL, MAIN, ROUTES_OF, ROUTING, Effect, Effects


@dataclass(frozen=True)
class Step:
    """One step in the ancestry of a number."""

    what: str
    quantity: Quantity | None
    value: float


@dataclass
class Values:
    """The parameters of one design in one scenario, with their ancestry."""

    numbers: dict[str, float]
    answers: dict[str, str]
    route: str
    family: str
    steps: dict[str, list[Step]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> float:
        return self.numbers[name]


@dataclass(frozen=True)
class Lowered:
    """A plan, the one product that a kernel runs, with the values it came from."""

    plan: Any  # the Plan of the family's kernel: a named tuple of arrays
    values: Values
    uptake: Any = None  # the UptakePlan of an app or venture that drives the plan one way, if there is one
    beside: Any = (
        None  # people beside the service who run on a plan of their own, filled by an uptake, if there are
    )

    @property
    def arrays(self) -> tuple[Any, ...]:
        """All the numbers that are run."""
        return (*self.plan, *(self.uptake or ()), *(self.beside.arrays if self.beside is not None else ()))


def values_of(
    design: Design, today: Design, brief: Brief, scenario: Scenario, effects: Effects, catalogue: Catalogue
) -> Values:
    """Return every parameter's value: the brief's, changed by what the design sets otherwise than today.

    A setting that is as today leaves every number exactly as the brief states it.

    Raises:
        Faults: MEC005 if effects leave a parameter outside its bounds.
    """
    numbers, steps = {}, {}
    for name, quantity in brief.numbers.items():
        spec = spec_of(name, brief.family)
        drawn = scenario.value(quantity)
        # a normal or lognormal has no ends of its own: the parameter's bounds are its ends
        numbers[name] = min(max(drawn, spec.least), spec.most) if spec and math.isfinite(drawn) else drawn
        steps[name] = [Step("brief", quantity, numbers[name])]
    answers = {name: scenario.answer(choice) for name, choice in brief.choices.items()}
    values = Values(numbers, answers, _route(design, effects, catalogue), brief.family, steps)
    _hold_today(today, brief, values, scenario, effects, catalogue)
    for variable in catalogue.variables:
        _apply(variable, design, today, values, scenario, effects, catalogue)
    if design.id != TODAY:
        _check_bounds(values, brief)
    return values


def check_route(values: Values, where: str) -> None:
    """Refuse a way of finding help that the family does not have.

    Raises:
        Faults: MEC001.
    """
    if values.route not in ROUTES_OF[values.family]:
        raise fail("MEC001", f'"{values.route.replace("_", " ")}" in {where}')


def on_a_date(values: Values, multiply: Sequence[tuple[str, float]]) -> Values:
    """Return the values after a dated change: some multiplied; a share stays within none and all.

    Raises:
        Faults: MEC005 where another number would leave its bounds.
    """
    numbers = dict(values.numbers)
    for name, factor in multiply:
        spec, after = spec_of(name, values.family), numbers[name] * factor
        if spec is not None and spec.dimension == "share":
            after = min(1.0, max(0.0, after))
        if spec is not None and not spec.least <= after <= spec.most:
            raise fail("MEC005", f"{after:g}, allowed {spec.least:g} to {spec.most:g}", path=name)
        numbers[name] = after
    return Values(numbers, values.answers, values.route, values.family, values.steps)


def _hold_today(
    today: Design, brief: Brief, values: Values, scenario: Scenario, effects: Effects, catalogue: Catalogue
) -> None:
    """Let today's own options set what the brief does not state itself, so that today is what it says."""
    for variable in catalogue.variables:
        for option in options_in(today, variable, catalogue):
            for effect in effects.by_option.get((variable, option), ()):
                if (
                    effect.operator == "set"
                    and effect.amount is not None
                    and effect.parameter not in brief.given
                ):
                    _change(effect, values, scenario, f"{variable}: {option} (today)", 1.0, gained=True)


def options_in(design: Design, variable: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the options whose effects hold: those present, or LEVEL for a level."""
    if catalogue.variables[variable].kind == "level":
        return (LEVEL,)
    setting = design.settings[variable]
    return (*setting.present, MAIN + setting.main) if isinstance(setting, Several) else (str(setting),)


def _route(design: Design, effects: Effects, catalogue: Catalogue) -> str:
    for variable in catalogue.variables:
        for option in options_in(design, variable, catalogue):
            for effect in effects.by_option.get((variable, option), ()):
                if effect.parameter == ROUTING:
                    return effect.route
    return ROUTES_OF[effects.family][0]


def _apply(
    variable: str,
    design: Design,
    today: Design,
    values: Values,
    scenario: Scenario,
    effects: Effects,
    catalogue: Catalogue,
) -> None:
    """Apply one variable's effects, if its setting is not today's."""
    new, old = design.settings[variable], today.settings[variable]
    if new == old:
        return
    if catalogue.variables[variable].kind == "level":
        for effect in effects.by_option.get((variable, LEVEL), ()):
            most = catalogue.variables[variable].max or 1.0
            # from or to nothing a hundredth of the range stands in, but nothing bought is nothing had
            ratio = max(_level(new), 0.01 * most) / max(_level(old), 0.01 * most)
            if _level(new) == 0.0 and effect.amount is not None and effect.amount.low > 0.0:
                ratio = 0.0
            _change(
                effect, values, scenario, f"{variable} {_level(old):g} to {_level(new):g}", ratio, gained=True
            )
        return
    had, has = options_in(today, variable, catalogue), options_in(design, variable, catalogue)
    kept = {
        e.parameter
        for o in had
        if o in has
        for e in effects.by_option.get((variable, o), ())
        if e.operator == "set"
    }
    for option in had:
        for effect in effects.by_option.get((variable, option), ()) if option not in has else ():
            if effect.operator == "set" and effect.parameter in kept:
                continue  # another option that stays sets it too
            _change(effect, values, scenario, f"{variable}: no longer {option}", 1.0, gained=False)
    for option in has:
        for effect in effects.by_option.get((variable, option), ()) if option not in had else ():
            _change(effect, values, scenario, f"{variable}: {option}", 1.0, gained=True)


def _level(setting: object) -> float:
    if not isinstance(setting, int | float):
        raise TypeError(f"a level is not worked out yet: {setting}")
    return float(setting)


def _change(
    effect: Effect, values: Values, scenario: Scenario, what: str, ratio: float, *, gained: bool
) -> None:
    if effect.amount is None:
        return
    amount = scenario.value(effect.amount)
    for name in _names(effect.parameter, values.numbers):
        before = values.numbers[name]
        if effect.operator == "set":
            after = amount if gained else _neutral(name, values)
        elif effect.operator == "add":
            after = before + amount if gained else before - amount
        elif effect.operator == "multiply":
            after = before * amount if gained else before / amount
        else:
            after = before * ratio**amount
        spec = spec_of(name, values.family)
        if spec is not None and spec.dimension == "share":
            after = min(1.0, max(0.0, after))
        values.numbers[name] = after
        values.steps[name].append(Step(f"{what} ({effect.operator} {amount:.4g})", effect.amount, after))


def _neutral(name: str, values: Values) -> float:
    """Return the neutral value a number falls back to when what set it is gone; the brief's if it has none."""
    spec = spec_of(name, values.family)
    if spec is None or spec.default is None:
        return values.steps[name][0].value
    return float(spec.default)


def _names(pattern: str, numbers: Mapping[str, float]) -> list[str]:
    if "*" in pattern:
        return [n for n in numbers if fnmatchcase(n, pattern)]
    return [pattern] if pattern in numbers else []  # a stream of income that this place does not have


def _check_bounds(values: Values, brief: Brief) -> None:
    for name, steps in values.steps.items():
        spec = spec_of(name, brief.family)
        value = values.numbers[name]
        if len(steps) > 1 and spec is not None and not spec.least <= value <= spec.most:
            raise fail(
                "MEC005", f"{value:g}, allowed {spec.least:g} to {spec.most:g}", path=name, fix=steps[-1].what
            )
