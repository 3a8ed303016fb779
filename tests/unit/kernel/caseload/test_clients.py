import numpy as np
import pytest

from caseloads import make_caseload, run_small
from remit.kernel.caseload.layout import Log

ALL = {"START_SHARE": 1.0}


def test_need_grows_or_shrinks_week_by_week_within_bounds():
    world = {"INITIAL_CLIENTS": 1, "HOURS_MOST": 11.0}
    need = run_small(make_caseload(world=world, growth=(0.02, 0, 0)), 10).weekly("NEEDED_HOURS")
    assert need[:5] == pytest.approx(10.0 * np.exp(0.02 * np.arange(5)), abs=1e-4)
    assert need[-1] == pytest.approx(11.0, abs=1e-4)


def test_hospital_ends_all_bookings_and_return_begins_anew():
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 30, "CARER_CEILING": 30},
        provider=ALL,
        hazards={(0, 3): 0.1, (3, 1): 0.5},
    )
    ran = run_small(plan, 40)
    assert len(ran.rows(Log.GO_TO_HOSPITAL)) > 20
    assert set(ran.rows(Log.BACK)[:, 3]) == {1}
    assert len(ran.rows(Log.LOSE)) == 0
    assert ran.count("DELIVERED_HOURS") == ran.count("GRANTED_HOURS")


def test_slots_go_by_order_of_birth_or_to_complex_clients_first():
    world = {"COMPLEX_SHARE": 0.4}
    for first in (0, 1):
        plan = make_caseload(births=8.0, world=world, scalars={"ASSESS_PER_WEEK": 3, "COMPLEX_FIRST": first})
        assessed = run_small(plan, 30).rows(Log.ASSESS)[:, 2]
        assert len(assessed) == pytest.approx(90, abs=4)
        assert (np.diff(assessed) > 0).all() == (first == 0)


def test_slots_add_up_from_fractions():
    plan = make_caseload(births=8.0, scalars={"ASSESS_PER_WEEK": 0.25})
    assert run_small(plan, 40).rows(Log.ASSESS)[:, 0].tolist() == list(range(3, 40, 4))


@pytest.mark.parametrize(
    ("share", "step", "hours"), [(1.0, 0.0, 10.3), (0.9, 0.5, 9.5), (0.5, 3.5, 3.5), (0.01, 2, 2)]
)
def test_hours_are_granted_by_share_and_step(share, step, hours):
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 1, "HOURS_MEAN": 10.3},
        scalars={"GRANT_SHARE": share, "GRANT_STEP_HOURS": step},
    )
    assert run_small(plan, 1).count("GRANTED_HOURS") == pytest.approx(hours, abs=1e-3)


def test_the_panel_takes_its_weeks():
    plan = make_caseload(births=4.0, scalars={"GRANT_DELAY_WEEKS": 3})
    ran = run_small(plan, 30)
    asked = {client: week for week, _, client, _ in ran.rows(Log.ASSESS).tolist()}
    waits = {week - asked[client] for week, _, client, _ in ran.rows(Log.GRANT).tolist()}
    assert waits == {3}


def test_reviews_grant_anew_every_so_many_weeks():
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 1, "CARER_CEILING": 3},
        growth=(-0.05, 0, 0),
        scalars={"REVIEW_WEEKS": 4},
        provider=ALL,
    )
    ran = run_small(plan, 13)
    assert ran.rows(Log.REVIEW)[:, 0].tolist() == [4, 8, 12]
    booked = ran.rows(Log.WEEK)[:, 2]
    assert (np.diff(booked)[[3, 7, 11]] < 0).all()
    assert np.count_nonzero(np.diff(booked)) == 3


def test_a_match_ends_by_its_hazard():
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 200, "CARER_CEILING": 200},
        provider=ALL | {"CHANGE_CLIENT": 0.05, "CHANGE_CARER": 0.05},
    )
    ran = run_small(plan, 30)
    helper_weeks = len(ran.rows(Log.MATCH)) * 1.0
    lost = len(ran.rows(Log.LOSE))
    assert lost > 300
    assert lost < helper_weeks
    assert ran.count("DELIVERED_HOURS") == ran.count("GRANTED_HOURS")
