"""The caseload engine held against theory it can express exactly: clients, states, staff, assessment, hours.

Written before anything was run: seed 20240711 for every case, replicates numbered from 0; a mean over replicates lies
within FURTHEST = 4 of its standard errors of the exact value (a sound case fails about once in 16,000), a
variance within its own (chi-squared) 4 standard errors.
"""

import json

import numpy as np
import pytest

from caseloads import hazard_table, make_caseload
from remit.kernel.caseload.batch import run_caseload
from remit.kernel.caseload.layout import Count, Plan, Tape, Total, Weekly, Work
from shared_data import shared_file

SEED = 20240711
FURTHEST = 4.0
RUNS = 300
SEASON = 20.0 + 10.0 * np.sin(2.0 * np.pi * np.arange(52) / 52.0)


def ran(plan: Plan, weeks: int, warm: int = 0, runs: int = RUNS) -> Tape:
    return run_caseload(plan, weeks, warm, SEED, np.arange(runs))


def assert_mean(values: np.ndarray, exact: float) -> None:
    error = values.std(ddof=1) / len(values) ** 0.5
    assert abs(values.mean() - exact) < FURTHEST * error, (values.mean(), exact, error)


def assert_variance(values: np.ndarray, exact: float) -> None:
    error = exact * (2.0 / (len(values) - 1)) ** 0.5
    assert abs(values.var(ddof=1) - exact) < FURTHEST * error, (values.var(ddof=1), exact, error)


def staying(hazard: float, weeks: int) -> np.ndarray:
    """Return the chance to be still there k weeks after the week of birth."""
    return np.exp(-hazard * np.arange(weeks))


# -- caseload: M/G/infinity and Mt/G/infinity ---------------------------------------------------------


@pytest.mark.parametrize("week", [5, 60])
def test_unlimited_help_makes_a_caseload_of_poisson_size(week):
    hazard = 0.08
    tape = ran(make_caseload(births=12.0, hazards={(0, 5): hazard}), 61)
    at_home = tape.weekly[:, week, Weekly.AT_HOME]
    exact = 12.0 * staying(hazard, week + 1).sum()
    assert_mean(at_home, exact)
    assert_variance(at_home, exact)


@pytest.mark.parametrize("week", [70, 83, 96, 109])
def test_a_season_of_starts_goes_through_the_caseload(week):
    hazard = 0.1
    tape = ran(make_caseload(births=SEASON, hazards={(0, 6): hazard}), 110)
    born = SEASON[np.arange(week + 1) % 52]
    exact = float(born @ staying(hazard, week + 1)[::-1])
    assert_mean(tape.weekly[:, week, Weekly.AT_HOME], exact)
    assert_variance(tape.weekly[:, week, Weekly.AT_HOME], exact)


def test_a_thinned_caseload_is_the_share_of_a_whole_one():
    plan = make_caseload(births=12.0, hazards={(0, 5): 0.08}, scalars={"NEED_SHARE": 0.25})
    assert_mean(ran(plan, 40).weekly[:, -1, Weekly.AT_HOME], 3.0 * staying(0.08, 40).sum())


# -- an absorbing chain of client states --------------------------------------------------------------

HAZARDS = {
    (0, 1): 0.05,
    (0, 3): 0.04,
    (0, 5): 0.01,
    (1, 3): 0.1,
    (1, 4): 0.04,
    (1, 5): 0.06,
    (2, 0): 0.1,
    (2, 6): 0.2,
    (3, 0): 0.4,
    (3, 1): 0.3,
    (3, 4): 0.1,
    (3, 5): 0.1,
}


def chain(hazards: dict[tuple[int, int], float]) -> np.ndarray:
    """Return the weekly transition matrix of the seven states."""
    rates = np.vstack([hazard_table(hazards)[0], np.zeros((3, 7))])
    total = rates.sum(axis=1, keepdims=True)
    step = np.divide(rates, total, out=np.zeros_like(rates), where=total > 0) * -np.expm1(-total)
    return step + np.diag(np.exp(-total[:, 0]))


def test_states_are_an_absorbing_chain():
    n, first = 50.0, (0.5, 0.2, 0.3)
    tape = ran(make_caseload(world={"INITIAL_CLIENTS": n}, hazards=HAZARDS, first=first), 400)
    step = chain(HAZARDS)
    start = np.array([*first, 0.0])
    weeks_in = start @ np.linalg.inv(np.eye(4) - step[:4, :4])
    ends = weeks_in @ step[:4, 4:]
    counts = tape.counts.sum(axis=(1, 2))
    assert (tape.totals[:, Total.HELD] == 0).all()
    assert_mean(counts[:, Count.CLIENT_WEEKS], n * weeks_in[:3].sum())
    assert_mean(counts[:, Count.HOSPITAL_WEEKS], n * weeks_in[3])
    assert_mean(counts[:, Count.HOSPITAL_STAYS], n * float(weeks_in[:3] @ step[:3, 3]))
    for name, share in zip(("MOVED", "DIED", "RECOVERED"), ends, strict=True):
        assert_mean(tape.totals[:, Total[name]], n * share)


def test_need_left_undone_drives_to_hospital_as_told():
    effect = np.log(3.0)
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 200},
        hazards={(0, 3): 0.02, (0, 4): 0.01, (0, 5): 0.01},
        scalars={"SHORT_EFFECT": effect},
    )
    tape = ran(plan, 2, runs=RUNS)  # nobody helps: the first week's short is 0, the second's 1
    chance = -np.expm1(-(3 * 0.02 + 3 * 0.01 + 0.01))
    assert_mean(tape.counts.sum(axis=(1, 2))[:, Count.HOSPITAL_STAYS], 200 * chance * 0.6)
    assert_mean(tape.totals[:, Total.DIED], 200 * chance * 0.1)


# -- staff: immigration and death ---------------------------------------------------------------------


def test_staff_settles_where_joining_and_leaving_balance():
    join, leave, n = 0.06, 0.02, 80
    plan = make_caseload(
        world={"CARER_CEILING": n},
        provider={"JOIN_HAZARD": join, "LEAVE_HAZARD": leave},
        scalars={"POSTS": 1e6},
    )
    staff = ran(plan, 150).weekly[:, -1, Weekly.PROVIDER_CARERS]
    p_join, p_leave = -np.expm1(-join), -np.expm1(-leave)
    share = p_join / (p_join + p_leave)
    assert_mean(staff, n * share)
    assert_variance(staff, n * share * (1.0 - share))


def test_staff_without_joiners_dies_out_at_its_rate():
    n, leave = 80, 0.03
    plan = make_caseload(
        world={"CARER_CEILING": n},
        provider={"START_SHARE": 1.0, "LEAVE_HAZARD": leave},
        scalars={"LEAVE_PAY": -2.0, "LOCAL_WAGE": 5.0, "LEAVE_STAKE": 0.0},
    )
    rate = leave * (10.0 / 5.0) ** -2.0
    assert_mean(ran(plan, 40).weekly[:, -1, Weekly.PROVIDER_CARERS], n * np.exp(-rate * 40))


def test_posts_bound_the_staff():
    plan = make_caseload(world={"CARER_CEILING": 100}, provider={"JOIN_HAZARD": 1.0}, scalars={"POSTS": 30.0})
    tape = ran(plan, 60, runs=20)
    assert (tape.weekly[:, -1, Weekly.PROVIDER_CARERS] == 30).all()
    assert (tape.weekly[:, -1, Weekly.VACANCIES] == 0).all()


# -- assessment ---------------------------------------------------------------------------------------


def waiting_list(arrivals: float, slots: int, weeks: int, most: int = 400) -> np.ndarray:
    """Return the distribution of the waiting after a week's slots: Lindley's recursion, exactly."""
    k = np.arange(most)
    log_p = k * np.log(arrivals) - arrivals - np.cumsum(np.log(np.maximum(k, 1)))
    born = np.exp(log_p)
    held = np.zeros(most)
    held[0] = 1.0
    for _ in range(weeks):
        there = np.convolve(held, born)[:most]
        held = np.zeros(most)
        held[0] = there[: slots + 1].sum()
        held[1 : most - slots] = there[slots + 1 :]
    return held


def test_waiting_for_assessment_follows_its_recursion():
    plan = make_caseload(births=9.0, scalars={"ASSESS_PER_WEEK": 10.0})
    waiting = ran(plan, 60).weekly[:, -1, Weekly.WAIT_ASSESS]
    held = waiting_list(9.0, 10, 60)
    mean = float(held @ np.arange(len(held)))
    assert_mean(waiting, mean)


def test_too_few_slots_make_the_list_grow_by_the_difference():
    plan = make_caseload(births=12.0, scalars={"ASSESS_PER_WEEK": 4.5})
    tape = ran(plan, 80)
    born = tape.totals[:, Total.BORN]
    slots = np.floor(4.5 * 80)
    spare = tape.weekly[:, -1, Weekly.WAIT_ASSESS] - (born - slots)
    assert (
        spare >= 0
    ).all()  # slots lost in the first weeks, if any, and no more than the first weeks' slots
    assert spare.max() <= 30
    assert_mean(born, 12.0 * 80)


# -- hours --------------------------------------------------------------------------------------------


def test_hours_given_are_all_there_are_when_more_is_needed():
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 60, "CARER_CEILING": 10, "CARER_HOURS_SIGMA": 0.3, "HOURS_SIGMA": 0.5},
        provider={"START_SHARE": 1.0},
    )
    tape = ran(plan, 10, runs=20)
    work = tape.work[:, 0]
    np.testing.assert_allclose(work[:, Work.CONTACT_HOURS], work[:, Work.AVAILABLE_HOURS], rtol=1e-12)
    delivered = tape.counts[..., Count.DELIVERED_HOURS].sum(axis=(1, 2))
    np.testing.assert_allclose(delivered, work[:, Work.CONTACT_HOURS], rtol=1e-12)


def test_hours_given_are_all_that_is_granted_when_there_are_enough():
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 20, "CARER_CEILING": 40, "HOURS_SIGMA": 0.5}, provider={"START_SHARE": 1.0}
    )
    counts = ran(plan, 10, runs=20).counts.sum(axis=(1, 2))
    np.testing.assert_array_equal(counts[:, Count.DELIVERED_HOURS], counts[:, Count.GRANTED_HOURS])


def test_rounds_are_as_long_as_the_published_approximation():
    cases = json.loads(shared_file("cases/queue_cases.json").read_text())["cases"]
    rounds = [case for case in cases if case["model"].startswith("Round length")]
    assert rounds
    for case in rounds:
        stops, area = case["inputs"]["n"], case["inputs"]["area"]
        k = float(case["inputs"]["constant"])
        plan = make_caseload(
            world={"INITIAL_CLIENTS": 4 * stops, "CARER_CEILING": 8 * stops, "HOURS_MEAN": 7.0},
            provider={"START_SHARE": 1.0},
            scalars={"TOUR_K": k, "KM_PER_HOUR": 1000.0, "MIN_VISIT_MINUTES": 15.0},
            client_bands=np.eye(4),
            carer_bands=np.eye(4),
            areas=area,
        )
        tape = ran(plan, 30, warm=29, runs=40)
        road = tape.work[:, 0, Work.TRAVEL_UNPAID_HOURS] * 1000.0 / 28.0  # km a band of a day
        assert road.mean() == pytest.approx(case["expected"]["asymptotic_length"], rel=0.02)
