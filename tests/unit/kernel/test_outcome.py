import math

import pytest

from remit.kernel.layout import Curve, Scalar
from remit.kernel.outcome import first_help, survival
from worlds import row

LOGISTIC = {"LOGISTIC": 1, "INTERCEPT": 1.0, "CPR": -0.1, "SHOCK": -0.2, "CREW": -0.05}
STRAIGHT = {"INTERCEPT": 0.6, "CPR": -0.02, "SHOCK": -0.01, "CREW": -0.02, "FLOOR": 0.03}
NEVER = math.inf


def survive(
    curve: dict[str, float],
    crew: float = 10.0,
    helped: float = NEVER,
    shock: float = NEVER,
    u_cpr: float = 0.99,
    u_shock: float = 0.99,
    **scalars: float,
) -> float:
    return survival(row(Scalar, scalars), row(Curve, curve), crew, helped, shock, u_cpr, u_shock)


def odds(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))


def test_a_logistic_curve_adds_up_its_three_clocks():
    assert survive(LOGISTIC) == pytest.approx(odds(1.0 - 0.1 * 10 - 0.2 * 10 - 0.05 * 10))


def test_a_straight_curve_adds_up_its_three_clocks():
    assert survive(STRAIGHT) == pytest.approx(0.6 - 0.02 * 10 - 0.01 * 10 - 0.02 * 10)


def test_a_straight_curve_stays_within_its_floor_and_one():
    assert survive(STRAIGHT, crew=60.0) == pytest.approx(0.03)
    assert survive({**STRAIGHT, "INTERCEPT": 1.4}, crew=0.0) == 1.0


def test_a_volunteer_stops_the_clock_of_cpr_alone():
    assert survive(LOGISTIC, helped=4.0) == pytest.approx(odds(1.0 - 0.1 * 4 - 0.2 * 10 - 0.05 * 10))


def test_a_volunteer_with_a_defibrillator_stops_that_of_the_shock_too():
    assert survive(LOGISTIC, helped=4.0, shock=6.0) == pytest.approx(
        odds(1.0 - 0.1 * 4 - 0.2 * 6 - 0.05 * 10)
    )


def test_a_volunteer_who_comes_after_the_crew_changes_nothing():
    assert survive(LOGISTIC, helped=30.0, shock=31.0) == survive(LOGISTIC)


def test_a_bystander_begins_cpr_by_the_persons_own_draw():
    shares = {"BYSTANDER_CPR_SHARE": 0.5, "BYSTANDER_CPR_MINUTES": 2.0}
    assert survive(LOGISTIC, u_cpr=0.6, **shares) == survive(LOGISTIC)
    assert survive(LOGISTIC, u_cpr=0.4, **shares) == pytest.approx(odds(1.0 - 0.1 * 2 - 0.2 * 10 - 0.05 * 10))


def test_a_public_defibrillator_is_used_by_the_persons_own_draw():
    shares = {"BYSTANDER_SHOCK_SHARE": 0.5, "BYSTANDER_SHOCK_MINUTES": 5.0}
    assert survive(LOGISTIC, u_shock=0.6, **shares) == survive(LOGISTIC)
    assert survive(LOGISTIC, u_shock=0.4, **shares) == pytest.approx(
        odds(1.0 - 0.1 * 10 - 0.2 * 5 - 0.05 * 10)
    )


def test_a_curve_at_the_act_adds_the_way_to_the_person_and_the_pads():
    ways = {"TO_PATIENT_MINUTES": 2.0, "ATTACH_MINUTES": 1.0}
    assert survive(LOGISTIC, **ways) == pytest.approx(odds(1.0 - 0.1 * 12 - 0.2 * 13 - 0.05 * 12))


def test_a_curve_at_the_address_adds_neither():
    ways = {"TO_PATIENT_MINUTES": 2.0, "ATTACH_MINUTES": 1.0}
    assert survive({**LOGISTIC, "AT_ADDRESS": 1}, **ways) == survive(LOGISTIC)


def test_a_curve_from_collapse_adds_the_time_before_the_call():
    late = {"COLLAPSE_TO_CALL_MINUTES": 3.0}
    assert survive({**LOGISTIC, "FROM_COLLAPSE": 1}, **late) == pytest.approx(odds(1.0 - 0.35 * 13))
    assert survive(LOGISTIC, **late) == survive(LOGISTIC)


def test_clocks_stop_at_an_hour_so_that_nobody_coming_is_still_a_number():
    assert survive(LOGISTIC, crew=NEVER) == survive(LOGISTIC, crew=60.0) == survive(LOGISTIC, crew=500.0)


def test_a_curve_without_a_clock_is_the_same_for_all():
    assert survive({"INTERCEPT": 0.05}, crew=NEVER) == survive({"INTERCEPT": 0.05}, crew=1.0) == 0.05


@pytest.mark.parametrize("curve", [LOGISTIC, STRAIGHT])
def test_later_help_is_never_better_help(curve):
    chances = [survive(curve, crew=float(minutes)) for minutes in range(0, 90, 3)]
    assert chances == sorted(chances, reverse=True)


@pytest.mark.parametrize(
    ("crew", "helped", "first", "by_volunteer"),
    [
        (8.0, 3.0, 3.0, True),
        (8.0, 9.0, 8.0, False),
        (8.0, 8.0, 8.0, False),
        (8.0, NEVER, 8.0, False),
        (NEVER, 5.0, 5.0, True),
        (NEVER, NEVER, NEVER, False),
    ],
)
def test_first_help_is_whoever_is_there_first(crew, helped, first, by_volunteer):
    assert first_help(crew, helped) == (first, by_volunteer)
