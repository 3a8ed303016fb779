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
from small_commons import MADE, MEASURES, commons, commons_designs, commons_lowered
from small_meals import meals_lowered

CATALOGUE = load_catalogue()
SMALL = {
    "response": (opened().brief, opened().designs),
    "caseload": (care(), care_designs()),
    **{about: (commons(about), commons_designs(about)) for about in MEASURES},
}
EACH = pytest.mark.parametrize("name", SMALL)
NOTHING = YearlyCost(0.0, 0.0, 0.0, 0.0)
DEARER = "{value: 7, unit: gbp_per_year, price_year: 2025, " + MADE


def run_of(name: str, design: str = TODAY, everyone_only: bool = False, work: object = None):
    """Return a family's run of its small brief, all through the seam."""
    brief, designs = SMALL[name]
    family = family_of(brief.family)
    today, one, scenario = designs[TODAY], designs[design], Scenario()
    lowered = family.lower(one, today, brief, scenario, load_effects(brief.family), CATALOGUE)
    cost = yearly_cost(one, today, lowered.values, brief, scenario, CATALOGUE)
    return family.run(lowered, brief, 7, [0, 1], cost, work, everyone_only)


def test_every_family_has_a_small_brief():
    assert {brief.family for brief, _ in SMALL.values()} == set(FAMILIES)


@pytest.mark.parametrize("name", FAMILIES)
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
    assert not family_of("commons").has_ways


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


def test_the_money_of_the_commons_is_made_of_its_plan_its_cost_and_its_prices():
    inputs = family_of("commons").cost_inputs

    def differs(about: str, old: str, new: str) -> bool:
        return inputs(commons_lowered(about, (old, new)), NOTHING) != inputs(commons_lowered(about), NOTHING)

    for about in MEASURES:
        one = commons_lowered(about)
        assert inputs(one, NOTHING) == inputs(commons_lowered(about), NOTHING)
        assert inputs(one, YearlyCost(0.0, 1.0, 0.0, 0.0)) != inputs(one, NOTHING)
        assert differs(about, "money:\n", f"money:\n  publish_gbp_per_year: {DEARER}\n")
    assert differs("estate", "wage_gbp_per_hour: {value: 22,", "wage_gbp_per_hour: {value: 23,")
    assert differs("projects", "volunteer_hours: {value: 50,", "volunteer_hours: {value: 60,")
    assert differs("projects", "displaced_share: {value: 0.22,", "displaced_share: {value: 0.3,")
    assert differs("uptake", "gbp_per_hour: {value: 10,", "gbp_per_hour: {value: 11,")
    assert differs("uptake", "service_gbp_per_year: {value: 20000,", "service_gbp_per_year: {value: 20001,")


def test_events_of_the_commons_begin_with_the_run_and_have_room():
    family, brief = family_of("commons"), commons("projects")
    assert family.log_start(brief) == 0
    assert family.room(commons_lowered("projects"), brief, 50).log.shape == (50, 4)
