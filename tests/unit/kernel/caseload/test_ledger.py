import numpy as np
import pytest

from caseloads import make_caseload, run_small

ALL = {"START_SHARE": 1.0}
ONE = {"INITIAL_CLIENTS": 1, "CARER_CEILING": 1}


def test_a_zero_hours_carer_is_paid_for_visits_and_a_secure_one_for_time():
    loose = run_small(make_caseload(world=ONE, provider=ALL | {"SECURE_SHARE": 0.0}), 1)
    secure = run_small(make_caseload(world=ONE, provider=ALL | {"SECURE_SHARE": 0.8}), 1)
    assert loose.worked("PAID_HOURS") == pytest.approx(10.0)
    assert loose.worked("UNPAID_IDLE_HOURS") == pytest.approx(20.0)
    assert secure.worked("PAID_HOURS") == pytest.approx(24.0)
    assert secure.worked("UNPAID_IDLE_HOURS") == pytest.approx(6.0)


def test_the_providers_books_balance():
    figures = {
        "PRICE": 25.0,
        "ONCOST": 0.2,
        "OVERHEAD": 4.0,
        "MILEAGE": 0.3,
        "SECURE_SHARE": 0.0,
        "TRAVEL_PAID": 1.0,
    }
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 20, "CARER_CEILING": 20},
        provider=ALL | figures,
        scalars={"TOUR_K": 0.7, "MIN_VISIT_MINUTES": 30},
    )
    ran = run_small(plan, 10)
    contact, road = ran.worked("CONTACT_HOURS"), ran.worked("TRAVEL_PAID_HOURS")
    assert road > 0 == ran.worked("TRAVEL_UNPAID_HOURS")
    assert ran.worked("PAY_POUNDS") == pytest.approx((contact + road) * 10.0)
    assert ran.worked("ONCOST_POUNDS") == pytest.approx(0.2 * ran.worked("PAY_POUNDS"))
    assert ran.worked("MILEAGE_POUNDS") == pytest.approx(road * 30.0 * 0.3)
    assert ran.worked("OVERHEAD_POUNDS") == pytest.approx(4.0 * contact)
    assert ran.worked("REVENUE_POUNDS") == pytest.approx(25.0 * contact)


def test_a_platform_keeps_fee_and_commission():
    plan = make_caseload(
        world=ONE,
        platform=ALL | {"HOURLY": 20.0, "CLIENT_FEE": 0.175, "COMMISSION": 0.075},
        scalars={"MARKET_SHARE": 1.0},
    )
    ran = run_small(plan, 1)
    assert ran.worked("PAY_POUNDS", 1) == pytest.approx(10 * 20.0 * 0.925)
    assert ran.worked("REVENUE_POUNDS", 1) == pytest.approx(10 * 20.0 * 1.175)
    assert ran.worked("SURPLUS_POUNDS", 1) == pytest.approx(10 * 20.0 * 0.25)


@pytest.mark.parametrize(("carers", "rises"), [(5, True), (100, False)])
def test_prices_follow_scarcity_within_bounds(carers, rises):
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 50, "CARER_CEILING": carers},
        platform=ALL,
        scalars={"MARKET_SHARE": 1.0, "PRICE_ELASTICITY": 0.1},
    )
    level = run_small(plan, 60).weekly("PRICE_LEVEL")
    assert level[0] == 1.0
    assert (np.diff(level)[:3] > 0).all() == rises
    assert level[-1] == (2.0 if rises else 0.5)


def test_travel_is_at_most_what_is_told():
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 20, "CARER_CEILING": 20},
        provider=ALL,
        scalars={"TOUR_K": 100.0, "TRAVEL_MOST": 0.5},
    )
    ran = run_small(plan, 10, warm=1)
    assert ran.worked("TRAVEL_UNPAID_HOURS") == pytest.approx(0.5 * ran.worked("CONTACT_HOURS"), rel=1e-4)
