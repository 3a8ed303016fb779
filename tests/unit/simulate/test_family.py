import numpy as np
import pytest

from remit.briefs.scenario import Scenario
from remit.briefs.vocabulary import FAMILIES
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY
from remit.mechanism.cost import YearlyCost, yearly_cost
from remit.mechanism.effect import load_effects
from remit.simulate.family import family_of
from remit.simulate.outcomes import outcome_columns
from small_brief import opened
from small_caseload import care, care_designs, care_lowered
from small_meals import meals_lowered

CATALOGUE = load_catalogue()
SMALL = {"response": (opened().brief, opened().designs), "caseload": (care(), care_designs())}
EACH = pytest.mark.parametrize("name", FAMILIES)
NOTHING = YearlyCost(0.0, 0.0, 0.0, 0.0)


def run_of(name: str, design: str = TODAY, everyone_only: bool = False, work: object = None):
    """Return a family's run of its small brief, all through the seam."""
    (brief, designs), family = SMALL[name], family_of(name)
    today, one, scenario = designs[TODAY], designs[design], Scenario()
    lowered = family.lower(one, today, brief, scenario, load_effects(name), CATALOGUE)
    cost = yearly_cost(one, today, lowered.values, brief, scenario, CATALOGUE)
    return family.run(lowered, brief, 7, [0, 1], cost, work, everyone_only)


@EACH
def test_a_family_is_found_once_by_its_name(name):
    assert family_of(name).id == name
    assert family_of(name) is family_of(name)


def test_no_other_family_is_known():
    with pytest.raises(KeyError):
        family_of("pool")


@EACH
def test_a_run_of_the_small_brief_yields_every_column(name):
    rows, _ = run_of(name)
    assert set(rows.columns) == set(outcome_columns(SMALL[name][0]))
    assert rows.groups[0] == ("all", "")
    assert all(v.shape == (2, len(rows.groups)) for v in rows.columns.values())
    assert len(rows.chart) == 2


@EACH
def test_everyone_alone_is_told_the_same_as_beside_the_groups(name):
    (alone, _), (full, _) = run_of(name, everyone_only=True), run_of(name)
    assert set(alone.columns) == set(full.columns)
    for column, values in alone.columns.items():
        assert np.array_equal(values[:, 0], full.columns[column][:, 0], equal_nan=True), column


@EACH
def test_working_memory_is_handed_in_again(name):
    _, work = run_of(name)
    assert run_of(name, work=work)[1] is work


def test_only_calls_have_ways_month_by_month():
    assert family_of("response").has_ways
    assert not family_of("caseload").has_ways


def test_a_caseloads_money_is_made_of_its_plan_its_cost_and_its_prices():
    inputs = family_of("caseload").cost_inputs
    dearer = care_lowered(("gbp_per_assessment: {value: 400,", "gbp_per_assessment: {value: 500,"))
    assert inputs(care_lowered(), NOTHING) == inputs(care_lowered(), NOTHING)
    assert inputs(dearer, NOTHING) != inputs(care_lowered(), NOTHING)
    assert inputs(care_lowered(design="teams"), NOTHING) != inputs(care_lowered(), NOTHING)
    assert inputs(care_lowered(), YearlyCost(0.0, 1.0, 0.0, 0.0)) != inputs(care_lowered(), NOTHING)


def test_money_of_meals_is_made_of_neighbours_too():
    inputs = family_of("caseload").cost_inputs
    alone, beside = meals_lowered(design=TODAY), meals_lowered()
    assert inputs(alone, NOTHING) != inputs(beside, NOTHING)
    dearer = meals_lowered(("gbp_per_signup: {value: 20,", "gbp_per_signup: {value: 21,"))
    assert inputs(dearer, NOTHING) != inputs(beside, NOTHING)
    fewer = meals_lowered(("churn_per_week: {value: 0.03,", "churn_per_week: {value: 0.04,"))
    assert inputs(fewer, NOTHING) != inputs(beside, NOTHING)
    assert inputs(meals_lowered(), NOTHING) == inputs(beside, NOTHING)
