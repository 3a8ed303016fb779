from dataclasses import replace

import numpy as np
import pytest

from remit.design.design import TODAY
from remit.ground.faults import Faults
from remit.kernel.caseload.batch import run_caseload
from remit.kernel.caseload.layout import GRAINS, PLATFORM, PROVIDER, Employer, Scalar, World
from remit.kernel.commons.uptake_layout import Person
from small_brief import codes_of
from small_caseload import care_lowered
from small_meals import COOK, meals_lowered

WEEKS = 17
LOWERED = meals_lowered()
BESIDE = LOWERED.beside


def test_only_a_design_of_partners_has_neighbours_beside_it():
    assert BESIDE is not None
    assert meals_lowered(design=TODAY).beside is None
    assert meals_lowered(design="platform").beside is None


def test_a_brief_without_an_uptake_refuses_partners():
    with pytest.raises(Faults) as refused:
        care_lowered(relationship="federated_partners")
    assert codes_of(refused.value) == ["MEC001"]


def test_the_provider_goes_on_as_today():
    today = meals_lowered(design=TODAY)
    for name, ours, theirs in zip(LOWERED.plan._fields, LOWERED.plan, today.plan, strict=True):
        assert np.array_equal(ours, theirs), name


def test_nobody_is_paid_and_nobody_charges():
    rows = BESIDE.plan.employers
    money = [
        c for c in Employer if c.name in ("HOURLY", "PRICE", "CLIENT_FEE", "ONCOST", "MILEAGE", "OVERHEAD")
    ]
    assert not rows[:, :, money].any()
    assert not BESIDE.plan.scalars[:, [Scalar.LOCAL_WAGE, Scalar.POSTS, Scalar.POSTS_PER_HOUR]].any()
    assert not rows[:, PROVIDER].any()


def test_clients_are_those_of_the_provider():
    plan, other = LOWERED.plan, BESIDE.plan
    for name in ("births", "cell_keep", "cell_alias", "client_bands", "client_patterns", "first", "zone_km"):
        assert np.array_equal(getattr(plan, name), getattr(other, name)), name
    same = [World.INITIAL_CLIENTS, World.HOURS_MEAN, World.HOURS_SIGMA, World.COMPLEX_SHARE]
    assert np.array_equal(plan.world[same], other.world[same])
    assert np.array_equal(other.hazards, np.repeat(plan.hazards, WEEKS, axis=0))


def test_there_is_a_segment_for_every_week_and_a_dated_change_holds_from_its_own():
    assert BESIDE.plan.segment_weeks.tolist() == list(range(WEEKS))
    dated = meals_lowered(
        (
            "changes: []",
            'changes: [{day: 8, why: "More ask.", multiply: {neighbours.diner_share: 2, uptake.churn_per_week: 3}}]',
        )
    ).beside
    share = dated.plan.scalars[:, Scalar.MARKET_SHARE]
    assert share.tolist() == [0.5] * 5 + [1.0] * (WEEKS - 5)  # four weeks of warm-up and one
    assert dated.uptake.segment_weeks.tolist() == [0, 5]


def test_a_turn_is_as_many_whole_meals_as_a_cook_brings():
    world = BESIDE.plan.world
    assert int(world[World.CARER_HOURS_MEAN] * GRAINS) == 2 * 30 * 256  # two meals of half an hour
    assert world[World.CARER_HOURS_SIGMA] == 0.0
    assert BESIDE.plan.scalars[0, Scalar.MARKET_GRANT_STEP_HOURS] == 0.5
    assert BESIDE.plan.scalars[0, Scalar.MIN_VISIT_MINUTES] == 30.0


def test_there_is_room_for_everyone_whom_the_uptake_may_reach():
    reached = BESIDE.uptake.people[:, Person.REACHED].sum()
    assert BESIDE.plan.world[World.CARER_CEILING] == np.ceil(reached * 0.5)
    assert BESIDE.turns == pytest.approx(np.full(WEEKS, 0.5))


def test_cooks_cook_when_meals_are_eaten():
    bands = 0.25 * np.array([1, 0, 0, 0]) + 0.75 * np.array([0.4, 0.2, 0.2, 0.2])
    assert np.diff(BESIDE.plan.carer_patterns, prepend=0.0) == pytest.approx(bands)
    assert np.array_equal(BESIDE.plan.carer_bands, np.eye(4))


def test_people_of_a_fifth_live_where_its_small_areas_are():
    assert BESIDE.living.sum(axis=1) == pytest.approx(np.ones(5))
    assert BESIDE.living[4, 1] > BESIDE.living[0, 1]  # the second zone is the less deprived


def test_an_empty_pool_brings_nothing():
    tape = run_caseload(BESIDE.plan, WEEKS, 4, 1, np.arange(3))
    assert not tape.work.any()
    assert not tape.weekly[:, :, 5].any()


def test_all_numbers_that_are_run_are_told():
    assert len(LOWERED.arrays) == len(LOWERED.plan) + len(BESIDE.arrays)
    assert len(replace(LOWERED, beside=None).arrays) == len(LOWERED.plan)
    assert COOK == "neighbours"
    assert BESIDE.plan.employers[0, PLATFORM, Employer.JOIN_HAZARD] > 1000.0
