import pytest

from commons_plans import make_projects, run_projects
from remit.kernel.commons.campaign_layout import Log, Scalar
from remit.kernel.commons.funded import fold_week

PANEL = {"PANEL_ON": 1.0, "CROWD_ON": 0.0, "POT": 1e9, "ACCEPT": 1.0}
OFFERS = {
    "SHARES_ON": 1.0,
    "SHARES_LEAST": 0.0,
    "SHARE_CROWD": 100.0,
    "SHARE_MEMBERS": 0.0,
    "OVER": 1.0,
    "DELIVER": 1.0,
    "IDEAS": 1.0,
}


def test_what_is_funded_is_made_or_lost_and_some_of_it_is_late():
    ran = run_projects(make_projects(**PANEL, DELIVER=0.7, LATE=0.4))
    made, lost, late = (ran.count(name) for name in ("MADE", "LOST", "LATE"))
    assert made / (made + lost) == pytest.approx(0.7, abs=0.06)
    assert late / made == pytest.approx(0.4, abs=0.07)
    assert ran.count("WORTH") == pytest.approx(ran.rows(Log.MADE)[:, 3].sum(), abs=made)
    assert ran.count("GRANTS") > ran.count("WORTH")


def test_all_or_nothing_is_delivered():
    assert run_projects(make_projects(**PANEL, DELIVER=1.0)).count("LOST") == 0
    assert run_projects(make_projects(**PANEL, DELIVER=0.0)).count("MADE") == 0


def test_a_business_folds_by_its_hazard_and_at_once_if_its_project_is_lost():
    plan = make_projects(FAIL=0.1)
    assert fold_week(plan.scalars, 7, 100, True, 0.5) == 7 + 6  # -ln 0.5 / 0.1 = 6.9
    assert fold_week(plan.scalars, 7, 10, True, 0.5) == 10
    assert fold_week(plan.scalars, 7, 100, False, 0.5) == 7
    plan.scalars[Scalar.FAIL] = 0.0
    assert fold_week(plan.scalars, 7, 100, True, 1e-9) == 100
    plan.scalars[Scalar.FAIL] = 1e-300
    assert fold_week(plan.scalars, 7, 100, True, 0.5) == 100


def test_shares_pay_interest_from_a_year_on_and_are_withdrawn_from_three():
    ran = run_projects(make_projects(**OFFERS, INTEREST=0.04, WITHDRAW=0.1), 400)
    interest = withdrawn = 0.0
    for week, _, _, raised in ran.rows(Log.OFFER_SUCCEEDS):
        left = float(raised)
        for w in range(week + 52, 400):
            interest += 0.04 / 52 * left
            if w >= week + 156:
                withdrawn += 0.1 / 52 * left
                left *= 1.0 - 0.1 / 52
    assert ran.count("INTEREST") == pytest.approx(interest, rel=1e-3)
    assert ran.count("WITHDRAWN") == pytest.approx(withdrawn, rel=1e-3)
    assert ran.count("INVESTORS_LOST") == 0


def test_investors_lose_what_they_have_not_withdrawn():
    ran = run_projects(make_projects(**OFFERS, FAIL=0.01, WITHDRAW=0.2), 400)
    folded = ran.rows(Log.FOLDED)
    assert ran.count("FOLDED") == len(folded) > 100
    assert ran.count("INVESTORS_LOST") == pytest.approx(folded[:, 3].sum(), abs=len(folded))
    assert ran.count("INVESTORS_LOST") + ran.count("WITHDRAWN") < ran.count("SHARES")
    lost = run_projects(make_projects(**OFFERS | {"DELIVER": 0.0}), 200)
    assert lost.count("INVESTORS_LOST") == pytest.approx(lost.count("SHARES"))
    assert lost.count("INTEREST") == 0
