import numpy as np
import pytest

from caseloads import make_caseload, run_small
from remit.kernel.caseload.layout import Employer, Log

ALL = {"START_SHARE": 1.0}
ONE = {"CARER_CEILING": 1, "INITIAL_CLIENTS": 10}


@pytest.mark.parametrize(
    ("figures", "contact"),
    [
        ({}, 30.0),
        ({"SICK_SHARE": 0.1}, 27.0),
        ({"OVERTIME_SHARE": 0.2}, 36.0),
        ({"SICK_SHARE": 0.1, "OVERTIME_SHARE": 0.2, "OVERBOOK_SHARE": 0.5}, 32.4),
    ],
)
def test_what_a_carer_can_do(figures, contact):
    ran = run_small(make_caseload(world=ONE, provider=ALL | figures), 1)
    assert ran.count("DELIVERED_HOURS") == pytest.approx(contact, abs=1e-3)
    over = 1.0 + figures.get("OVERBOOK_SHARE", 0.0)
    assert ran.count("BOOKED_HOURS") == pytest.approx(contact * over, abs=1e-3)


def test_bands_bound_what_can_be_done():
    plan = make_caseload(world=ONE, provider=ALL, client_bands=(0.5, 0.5, 0, 0), carer_bands=(0.2, 0, 0.8, 0))
    assert run_small(plan, 1).count("DELIVERED_HOURS") == pytest.approx(6.0, abs=1e-3)


def test_what_is_no_longer_bookable_is_given_up_in_proportion():
    plan = make_caseload(
        world={"CARER_CEILING": 1, "INITIAL_CLIENTS": 3},
        provider=[ALL, ALL | {"SICK_SHARE": 0.5}],
        segment_weeks=(0, 1),
    )
    ran = run_small(plan, 2)
    assert ran.rows(Log.WEEK)[:, 2] / 15360.0 == pytest.approx([30.0, 15.0], abs=1e-2)
    shares = ran.work.booked[ran.work.active[:3]].sum(axis=1) / 15360.0
    assert shares == pytest.approx([5.0] * 3, abs=1e-2)


def test_nobody_is_sought_for_less_than_a_minimum_visit():
    world = {"CARER_CEILING": 4, "INITIAL_CLIENTS": 1, "HOURS_MEAN": 1.9}
    for minutes, matches in ((28, 1), (29, 0)):
        ran = run_small(make_caseload(world=world, provider=ALL, scalars={"MIN_VISIT_MINUTES": minutes}), 1)
        assert len(ran.rows(Log.MATCH)) == matches


def test_travel_takes_from_what_can_be_done():
    def contact(k: float) -> float:
        plan = make_caseload(
            world={"CARER_CEILING": 20, "INITIAL_CLIENTS": 100},
            provider=ALL,
            scalars={"TOUR_K": k, "MIN_VISIT_MINUTES": 30},
        )
        ran = run_small(plan, 6)
        road = ran.worked("TRAVEL_UNPAID_HOURS") + ran.worked("TRAVEL_PAID_HOURS")
        assert (road > 0) == (k > 0)
        return float(ran.weekly("DELIVERED_HOURS")[-1])

    assert contact(0.0) == pytest.approx(600.0, abs=0.1)
    assert contact(2.0) < contact(0.7) < 600.0
    assert Employer.TRAVEL_PAID == 2


def test_lists_hold_everyone_with_time_once():
    work = run_small(
        make_caseload(zones=3, world={"CARER_CEILING": 50, "INITIAL_CLIENTS": 60}, provider=ALL), 3
    ).work
    free = work.bookable - work.taken
    for b in range(4):
        listed = [
            work.lists[b, start : start + length].tolist()
            for start, length in zip(work.list_start, work.list_length[:, b], strict=False)
        ]
        assert sorted(c for some in listed for c in some) == np.flatnonzero(free[:, b] >= 1).tolist()
