import numpy as np
import pytest

from remit.kernel.caseload.layout import PLATFORM, PROVIDER, Count, Employer, Scalar, Weekly, Work, World
from remit.kernel.commons.uptake_layout import Person
from remit.kernel.commons.uptake_layout import Scalar as Take
from remit.simulate.caseload import MARKET_ROUTE
from remit.simulate.neighbours import filled, pools, run_neighbours, stopping
from small_meals import meals_lowered

SEED, WARM, WEEKS = 7, 4, 17
BESIDE = meals_lowered().beside
TAPE = run_neighbours(BESIDE, SEED, range(6), WARM)


def test_the_pool_holds_exactly_as_many_turns_as_there_are():
    working = TAPE.help.weekly[:, :, Weekly.PLATFORM_CARERS]
    assert (working <= TAPE.turns).all()  # who has just stopped leaves a week's gap
    assert working.sum() > 0.93 * TAPE.turns.sum()
    assert np.array_equal(TAPE.turns, np.floor(TAPE.cooks.sum(axis=2) * 0.5 + 0.5))


def test_the_cooks_of_a_week_are_those_of_the_end_of_the_week_before():
    assert np.array_equal(TAPE.cooks[:, 0], np.tile(BESIDE.uptake.people[:, Person.ACTIVE_START], (6, 1)))
    assert np.array_equal(TAPE.cooks[:, 1:], TAPE.uptake.active[:, :-1])


def test_a_larger_pool_holds_the_smaller():
    ceiling = int(BESIDE.plan.world[World.CARER_CEILING])
    sizes = pools(np.arange(ceiling + 1), ceiling, SEED, 3)
    assert sizes[0] == 0.0
    assert sizes[-1] == ceiling
    assert (np.diff(sizes) > 0.0).all()
    assert not np.array_equal(sizes, pools(np.arange(ceiling + 1), ceiling, SEED, 4))


def test_nobody_pays_and_nobody_is_paid():
    pounds = [c for c in Work if c.name.endswith("_POUNDS")]
    assert not TAPE.help.work[:, :, pounds].any()
    assert not TAPE.help.counts[..., [Count.CLIENT_POUNDS, Count.COUNCIL_POUNDS]].any()
    assert not TAPE.help.work[:, PROVIDER].any()
    assert TAPE.help.work[:, PLATFORM, Work.CONTACT_HOURS].min() > 0.0


def test_what_cooks_give_is_what_diners_get():
    given = TAPE.help.work[:, PLATFORM, Work.CONTACT_HOURS]
    got = TAPE.help.counts[:, MARKET_ROUTE, :, Count.DELIVERED_HOURS].sum(axis=1)
    assert given == pytest.approx(got)
    assert (given <= TAPE.help.work[:, PLATFORM, Work.AVAILABLE_HOURS]).all()


def test_a_run_is_the_same_alone_or_among_others():
    alone = run_neighbours(BESIDE, SEED, [4], WARM)
    assert np.array_equal(alone.help.weekly[0], TAPE.help.weekly[4])
    assert np.array_equal(alone.help.counts[0], TAPE.help.counts[4])


def uptake(**numbers: float):
    scalars = np.zeros((1, len(Take)))
    for name, value in numbers.items():
        scalars[0, Take[name]] = value
    return BESIDE.uptake._replace(scalars=scalars)


def test_who_stops_and_is_replaced_is_what_the_uptake_loses_less_the_fall():
    cooks = np.array([100.0, 100.0, 99.0, 90.0, 95.0])
    makers = np.tile([1.0, 0.0, 1.0], (5, 1))
    assert stopping(uptake(CHURN=0.02), cooks, makers) == pytest.approx([0.02, 0.02, 0.01, 0.0, 0.02])


def test_more_stop_where_quality_falls_and_where_nobody_runs_it():
    cooks = np.full(2, 10.0)
    makers = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5]])
    plan = uptake(CHURN=0.02, CHURN_QUALITY=2.0, CHURN_NONE=0.7)
    assert stopping(plan, cooks, makers) == pytest.approx([0.04, 0.7])


def test_without_cooks_the_pool_is_empty():
    nobody = np.zeros((WEEKS, 5))
    plan = filled(BESIDE, nobody, np.zeros(WEEKS, np.int64), np.zeros((WEEKS, 3)), SEED, 0)
    assert not plan.scalars[:, Scalar.POOL_PEOPLE].any()
    assert np.array_equal(plan.carer_zones, BESIDE.plan.carer_zones)


def test_cooks_live_where_their_fifths_do():
    least = np.zeros((WEEKS, 5))
    least[:, 4] = 10.0
    plan = filled(BESIDE, least, np.full(WEEKS, 5), np.ones((WEEKS, 3)), SEED, 0)
    assert np.diff(plan.carer_zones, prepend=0.0) == pytest.approx(BESIDE.living[4])
    assert plan.employers[0, PLATFORM, Employer.LEAVE_HAZARD] > 0.0
