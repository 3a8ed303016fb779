import numpy as np
import pytest

from caseloads import make_caseload, run_small

ALL = {"START_SHARE": 1.0}


def test_hours_of_a_single_client_are_counted():
    ran = run_small(make_caseload(world={"INITIAL_CLIENTS": 1, "CARER_CEILING": 1}, provider=ALL), 6)
    for name in ("NEEDED_HOURS", "GRANTED_HOURS", "BOOKED_HOURS", "DELIVERED_HOURS", "MAIN_HOURS"):
        assert ran.count(name) == pytest.approx(60.0)
    assert ran.count("KNOWN_HOURS") == pytest.approx(20.0)  # weeks 4 and 5
    assert ran.count("CLIENT_WEEKS") == 6
    assert ran.count("UNDELIVERED_HOURS") == 0


def test_family_fills_its_share_of_what_is_undelivered_dated():
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 1},
        scalars=[{"FAMILY_SHARE": 0.5}, {"FAMILY_SHARE": 0.2}],
        segment_weeks=(0, 3),
    )
    ran = run_small(plan, 6)
    assert ran.count("UNDELIVERED_HOURS") == pytest.approx(60.0)
    assert ran.count("FAMILY_HOURS") == pytest.approx(0.5 * 30 + 0.2 * 30)


def test_more_than_needed_is_told_apart():
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 1, "CARER_CEILING": 1}, provider=ALL, scalars={"GRANT_SHARE": 1.2}
    )
    ran = run_small(plan, 1)
    assert ran.count("OVER_HOURS") == pytest.approx(2.0)
    assert ran.count("UNDELIVERED_HOURS") == 0


def test_first_help_is_waited_for_from_birth():
    plan = make_caseload(
        births=2.0, world={"CARER_CEILING": 100}, provider=ALL, scalars={"GRANT_DELAY_WEEKS": 3}
    )
    ran = run_small(plan, 30, warm=5)
    assert ran.count("HELP_WEEKS") == 3 * ran.count("HELPED")
    assert ran.count("WAIT_HELP_WEEKS") == 0
    assert ran.count("HELPED") < ran.count("STARTS")  # the last weeks' are still waiting
    assert (ran.weekly("WAIT_ASSESS")[4:] > 0).all()


def test_who_ends_before_any_help_is_not_forgotten():
    ran = run_small(make_caseload(births=5.0, hazards={(0, 5): 0.2}), 30)
    assert ran.count("HELPED") == 0
    assert ran.count("ENDED_UNHELPED") == ran.count("DEATHS") > 0


def test_clients_and_council_divide_the_price():
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 1, "CARER_CEILING": 1}, provider=ALL | {"PRICE": 24.0, "CLIENT_PAYS": 0.25}
    )
    ran = run_small(plan, 1)
    assert ran.count("CLIENT_POUNDS") == pytest.approx(60.0)
    assert ran.count("COUNCIL_POUNDS") == pytest.approx(180.0)


def test_fifths_are_counted_apart():
    cells = np.array([1.0, 0, 0, 0, 1.0])
    ran = run_small(make_caseload(births=10.0, cells=cells), 10)
    weeks = ran.tape.counts[0, 0, :, 0]
    assert (weeks[[0, 4]] > 0).all()
    assert not weeks[1:4].any()
