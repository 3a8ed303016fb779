from dataclasses import replace

import numpy as np
import pytest

from remit.briefs.scenario import Scenario
from remit.catalogue.changes import load_changes
from remit.design.design import TODAY
from remit.design.transition import Stage, Transition
from remit.ground.faults import Faults
from remit.kernel.batch import run_plan
from remit.kernel.layout import Kind, Scalar, Total
from remit.mechanism.change import load_change_effects
from remit.mechanism.cost import yearly_cost
from remit.mechanism.lower import lower, span_of
from remit.mechanism.stages import (
    ChangeBook,
    average_yearly_cost,
    change_quantities,
    lower_transition,
    monthly_costs,
)
from small_brief import CATALOGUE, EFFECTS, opened, today_with

BOOK = ChangeBook(load_changes(), load_change_effects("response"))
MONTHS = 18
BRIEF = replace(opened().brief, days=round(MONTHS * 365 / 12))
TODAYS = opened().designs[TODAY]
GOAL = opened().designs["neighbours"]


def way(*stages, **parts):
    return Transition("way", "A way", (Stage(0, TODAYS), *stages), **parts)


def lowered(transition, scenario=None):
    return lower_transition(transition, TODAYS, BRIEF, scenario or Scenario(), EFFECTS, CATALOGUE, BOOK)


def costs(transition, grants=None, scenario=None):
    return monthly_costs(
        transition, TODAYS, BRIEF, scenario or Scenario(), EFFECTS, CATALOGUE, BOOK, grants or {}
    )


def run(plan):
    return run_plan(plan, span_of(BRIEF), 1, np.arange(3))


def test_a_way_that_goes_nowhere_is_today_to_the_last_count():
    plain = lower(TODAYS, TODAYS, BRIEF, Scenario(), EFFECTS, CATALOGUE).plan
    still = lowered(way()).plan
    assert len(still.segment_ticks) == MONTHS
    ours, theirs = run(still), run(plain)
    counted = [t for t in Total if t != Total.EVENTS]  # month ends are events too
    assert np.array_equal(ours.totals[:, counted], theirs.totals[:, counted])
    assert np.array_equal(ours.by_group, theirs.by_group)


def test_each_month_has_the_numbers_of_the_design_that_holds_in_it():
    plan = lowered(way(Stage(6, GOAL))).plan
    on = plan.scalars[:, Scalar.ALERT_ON] > 0.5
    assert list(on) == [False] * 6 + [True] * (MONTHS - 6)
    goal = lower(GOAL, TODAYS, BRIEF, Scenario(), EFFECTS, CATALOGUE).plan
    assert plan.scalars[-1, Scalar.ALERT_RADIUS_M] == goal.scalars[0, Scalar.ALERT_RADIUS_M]
    assert np.array_equal(plan.kinds[-1][:, Kind.SCENE_MINUTES], goal.kinds[0][:, Kind.SCENE_MINUTES])
    assert np.array_equal(plan.group_alert, goal.group_alert), "where volunteers stand is the goal's"


def test_the_pool_grows_and_lapse_is_counted_from_the_first_alert_on():
    plan = lowered(way(Stage(6, GOAL))).plan
    density = plan.scalars[6:, Scalar.ALERT_DENSITY_PER_KM2]
    goal = lower(GOAL, TODAYS, BRIEF, Scenario(), EFFECTS, CATALOGUE).plan
    full = goal.scalars[0, Scalar.ALERT_DENSITY_PER_KM2]
    start = BOOK.effects.growth[0].start.value
    assert density[0] == pytest.approx(start * full)
    assert (np.diff(density) > 0.0).all()
    assert (plan.scalars[:, Scalar.ALERT_LAPSE_PER_MINUTE] == 0.0).all()


def test_strain_takes_crews_off_the_road_while_work_is_in_hand():
    plan = lowered(way(Stage(6, GOAL), in_progress=(("relationship", 2, 6),))).plan
    on_duty = plan.crew_minutes.sum(axis=1)
    assert on_duty[0] == on_duty[6]
    assert on_duty[2] < on_duty[0]


def test_a_briefs_own_dated_change_comes_on_top():
    (change,) = opened(
        ("\nmoney:\n", "\nchanges: [{day: 40, why: ice, multiply: {crews.travel_factor: 2}}]\nmoney:\n")
    ).brief.changes
    brief = replace(BRIEF, changes=(change,))
    plan = lower_transition(way(), TODAYS, brief, Scenario(), EFFECTS, CATALOGUE, BOOK).plan
    assert len(plan.segment_ticks) == MONTHS + 1
    factors = plan.scalars[:, Scalar.TRAVEL_FACTOR]
    assert factors[0] == factors[1] == 1.0
    assert (factors[2:] == 2.0).all()


def test_a_stage_that_this_family_cannot_simulate_is_refused():
    teams = today_with(opened().designs, relationship="decentralised_teams")
    with pytest.raises(Faults) as raised:
        lowered(way(Stage(3, teams)))
    assert [f.code for f in raised.value.faults] == ["MEC001"]
    assert "month 3" in str(raised.value)


def test_costs_follow_the_design_and_what_changing_takes():
    grants = {"risk_appetite": (0, 4)}
    moved = way(Stage(6, GOAL), in_progress=(("relationship", 2, 6),), double_from=6, double_until=9)
    told = costs(moved, grants)
    assert len(told) == MONTHS
    values = lower(TODAYS, TODAYS, BRIEF, Scenario(), EFFECTS, CATALOGUE).values
    today = yearly_cost(TODAYS, TODAYS, values, BRIEF, Scenario(), CATALOGUE).public_gbp
    assert told[0].service_gbp == pytest.approx(today / 12)
    assert told[-1].service_gbp > told[0].service_gbp, "public roles cost"
    share = values["money.roles_share"]
    spent = sum(m.one_off_gbp for m in told)
    expected = BOOK.changes.cost_of("relationship", BRIEF.price_year).value
    low, high = CATALOGUE.conditions["risk_appetite"].cost_k
    assert spent == pytest.approx(
        share * (expected + BOOK.changes.one_off("x", low, high, BRIEF.price_year).value)
    )
    double = [m.double_gbp for m in told]
    assert double[6:9] == [pytest.approx(today / 12 * BOOK.changes.double_share.value)] * 3
    assert sum(double) == pytest.approx(sum(double[6:9]))


def test_the_average_yearly_cost_weighs_stages_by_their_months():
    moved = way(Stage(6, GOAL))
    told = costs(moved)
    average = average_yearly_cost(moved, TODAYS, BRIEF, Scenario(), EFFECTS, CATALOGUE)
    assert average.public_gbp == pytest.approx(sum(m.service_gbp for m in told) * 12 / MONTHS)


def test_everything_uncertain_about_changing_has_a_name_of_its_own():
    names = [q.name for q in change_quantities(CATALOGUE, BOOK, 2023)]
    assert len(names) == len(set(names))
    assert all(n.startswith("change.") for n in names)
