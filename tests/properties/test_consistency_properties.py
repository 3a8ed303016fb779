"""The solver against a plain evaluator written here from the rules as they stand in the file, and nothing else."""

from dataclasses import replace
from importlib import resources
from types import MappingProxyType

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pysat.solvers import Solver

from design_spaces import BOOK, CATALOGUE, CHANGES, SPACE, typical
from remit.consistency.explain import is_possible
from remit.consistency.moves import linked_moves
from remit.consistency.nearest import Wish, nearest_designs
from remit.consistency.plan import plan_route
from remit.consistency.route import Route, RouteWish
from remit.consistency.space import choices_of, setting_of, values_of
from remit.consistency.verdict import check
from remit.design.design import Design, Several

RAW = yaml.safe_load(resources.files("remit.catalogue").joinpath("data", "rules.yaml").read_text("utf-8"))
BANDS = yaml.safe_load(
    resources.files("remit.catalogue").joinpath("data", "variables.yaml").read_text("utf-8")
)
BANDS = {v["id"]: v["bands"] for v in BANDS["variables"] if v["kind"] == "level"}
TODAY = typical().today


def seen(design):
    """Return (main, present) of every setting as plain words."""
    told = {}
    for name, setting in design.settings.items():
        if isinstance(setting, Several):
            told[name] = (setting.main, {setting.main, *setting.also})
        elif isinstance(setting, float):
            band = [b for b, least in BANDS[name].items() if setting >= least][-1]
            told[name] = (band, {band})
        else:
            told[name] = (setting, {setting})
    return told


def clause_true(clause, told):
    main, present = told[clause["v"]]
    for key in ("in", "main_in"):
        if key in clause and main not in clause[key]:
            return False
    for key in ("not_in", "main_not_in"):
        if key in clause and main in clause[key]:
            return False
    if "has_any" in clause and not present & set(clause["has_any"]):
        return False
    return not ("has_none" in clause and present & set(clause["has_none"]))


def broken(design, part="hard"):
    told = seen(design)
    return [r["id"] for r in RAW[part] if all(clause_true(c, told) for c in r["forbid"])]


@st.composite
def any_designs(draw):
    """Draw any design, consistent or not."""
    made = {}
    for name, variable in CATALOGUE.variables.items():
        main = draw(st.sampled_from(values_of(variable)))
        beside = (
            draw(st.sets(st.sampled_from(values_of(variable)), max_size=3))
            if variable.kind == "multi"
            else ()
        )
        made[name] = setting_of(variable, main, [main, *beside], None)
    return Design("drawn", "Drawn", MappingProxyType(made))


@st.composite
def consistent_designs(draw):
    """Draw a consistent design: walk the settings in a random order, each time among values that can be completed."""
    order = draw(st.permutations(list(CATALOGUE.variables)))
    with Solver(name="minisat22", bootstrap_with=SPACE.clauses) as solver:
        fixed = [*SPACE.rules_on(), *SPACE.conditions(None)]
        for name in order:
            for option in draw(st.permutations(values_of(CATALOGUE.variables[name]))):
                if solver.solve([*fixed, SPACE.main[name, option]]):
                    fixed.append(SPACE.main[name, option])
                    break
        assert solver.solve(fixed)
        true = {n for n in solver.get_model() if n > 0}
    made = {}
    for name, variable in CATALOGUE.variables.items():
        names = values_of(variable)
        main = next(o for o in names if SPACE.main[name, o] in true)
        made[name] = setting_of(variable, main, [o for o in names if SPACE.present[name, o] in true], None)
    return Design("drawn", "Drawn", MappingProxyType(made))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(consistent_designs())
def test_what_the_solver_calls_consistent_breaks_no_rule_read_plainly(design):
    assert broken(design) == []


@settings(max_examples=300, deadline=None, derandomize=True)
@given(any_designs())
def test_solver_verdict_and_plain_reading_agree_on_any_design(design):
    told = check(design, TODAY, BOOK, (), CATALOGUE)
    assert [f.rule.id for f in told.broken] == broken(design)
    assert [f.rule.id for f in told.tensions] == broken(design, "tension")
    assert is_possible(SPACE, choices_of(design, CATALOGUE, CATALOGUE.variables)) == (not broken(design))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(any_designs())
def test_the_nearest_to_anything_is_consistent_and_proven(design):
    (near,) = nearest_designs(design, Wish(n=1), SPACE, CHANGES)
    assert broken(near.design) == []
    assert near.is_proven
    assert bool(near.changed) == bool(broken(design))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(consistent_designs(), consistent_designs())
def test_every_step_between_two_consistent_designs_is_consistent(start, goal):
    steps, _ = linked_moves(start, goal, BOOK, CATALOGUE)
    at = start
    for step in steps:
        at = at.changed(**{v: goal.settings[v] for v in step.variables})
        assert broken(at) == []
    assert at.digest == goal.digest


@settings(max_examples=4, deadline=None, derandomize=True)
@given(consistent_designs())
def test_every_month_of_a_route_to_anywhere_is_consistent_with_its_conditions_granted(goal):
    found = plan_route(TODAY, replace(goal, id="goal"), RouteWish(160), typical().ground)
    assert isinstance(found, Route), found
    for month in range(found.last_month + 1):
        design = found.transition.at(month)
        assert broken(design) == []
        had = {*typical().ground.met, *(g.condition for g in found.grants if g.granted <= month)}
        told = seen(design)
        for condition in CATALOGUE.conditions.values():
            raw = [
                [c.model_dump(by_alias=True, exclude_defaults=True) for c in a] for a in condition.required_by
            ]
            if any(all(clause_true(c, told) for c in alternative) for alternative in raw):
                assert condition.id in had, (month, condition.id)
