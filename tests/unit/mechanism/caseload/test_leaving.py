import math

import pytest

from remit.kernel.caseload.layout import PROVIDER, Employer, Plan, Scalar
from remit.mechanism.caseload.leaving import leaving_hazard, terms
from small_caseload import care, care_lowered

WEEK = 365 / 7
COEFFICIENTS = ("pay", "travel", "insecure", "continuity", "stake", "discretion")
SELF_EMPLOYED = ("  employment_terms: zero_hours\n", "  employment_terms: self_employed\n")


def numbers(**changed: float) -> dict[str, float]:
    """Return the small brief's numbers, some changed."""
    found = {name: q.value for name, q in care().numbers.items()}
    return found | {name.replace("__", "."): value for name, value in changed.items()}


def engine_terms(plan: Plan, usual: dict[str, float]) -> float:
    """Return what the engine adds for a provider's carer with today's usual travel and clients known."""
    scalar, firm = plan.scalars[0], plan.employers[0, PROVIDER]
    ratio = usual["work.usual_travel_ratio"]
    unpaid = ratio * (1.0 - firm[Employer.TRAVEL_PAID]) / (1.0 + ratio)
    return (
        scalar[Scalar.LEAVE_PAY] * math.log(firm[Employer.HOURLY] / scalar[Scalar.LOCAL_WAGE])
        + scalar[Scalar.LEAVE_INSECURE] * (1.0 - firm[Employer.SECURE_SHARE])
        + scalar[Scalar.LEAVE_DISCRETION] * firm[Employer.DISCRETION]
        + scalar[Scalar.LEAVE_STAKE] * firm[Employer.STAKE]
        + scalar[Scalar.LEAVE_TRAVEL] * unpaid
        + scalar[Scalar.LEAVE_CONTINUITY] * usual["work.usual_known_share"]
    )


def yearly_rate(plan: Plan, usual: dict[str, float]) -> float:
    """Return the engine's leaving rate a year of the provider at the usual terms."""
    hazard = plan.employers[0, PROVIDER, Employer.LEAVE_HAZARD]
    return float(hazard * math.exp(engine_terms(plan, usual)) * WEEK)


def test_terms_are_what_the_coefficients_say():
    said = 2.0 * math.log(12 / 11) + 3.0 * 0.8 + 5.0 * 0.25 * 0.6 / 1.25 + 7.0 * 0.6 + 11.0 * 0.0
    given = numbers(
        work__leave_pay=2.0,
        work__leave_insecure=3.0,
        work__leave_travel=5.0,
        work__leave_continuity=7.0,
        work__leave_stake=11.0,
    )
    assert terms(given, numbers()) == pytest.approx(said)
    assert terms(given, numbers(provider__stake=0.5)) == pytest.approx(said + 5.5)


@pytest.mark.parametrize("key", COEFFICIENTS)
@pytest.mark.parametrize("size", [-2.0, 0.0, 1.5])
def test_at_todays_terms_carers_leave_at_the_observed_rate_whatever_the_coefficients(key, size):
    old = f"leave_{key}: {{value: {care().numbers[f'work.leave_{key}'].value:g},"
    change = (old, f"leave_{key}: {{value: {size},")
    assert yearly_rate(care_lowered(change).plan, numbers()) == pytest.approx(0.3)


def test_the_observed_rate_holds_where_today_is_self_employed():
    plan = care_lowered(SELF_EMPLOYED).plan
    assert yearly_rate(plan, numbers()) == pytest.approx(0.3)


def test_without_coefficients_the_hazard_is_the_rate():
    none = numbers(**{f"work__leave_{key}": 0.0 for key in COEFFICIENTS})
    assert leaving_hazard(0.3, none, numbers()) == pytest.approx(0.3 / WEEK)


def test_a_designs_terms_do_not_move_what_is_taken_out_beforehand():
    secure = care_lowered(employment_terms="guaranteed_hours").plan
    today = care_lowered().plan
    column = (0, PROVIDER, Employer.LEAVE_HAZARD)
    assert secure.employers[column] == today.employers[column]


def test_better_terms_than_todays_lower_the_rate():
    secure = care_lowered(employment_terms="guaranteed_hours").plan
    gained = -0.3 * (0.75 - 0.2) - 0.4 * 0.25 / 1.25 * (0.9 - 0.4)
    assert yearly_rate(secure, numbers()) == pytest.approx(0.3 * math.exp(gained))
