import numpy as np
import pytest

from remit.kernel.alert import call_volunteers
from remit.kernel.layout import TICKS_PER_MINUTE, Replicate, Scalar
from worlds import row

U = np.uint64
REP = Replicate(U(1), U(0), 0, 1)
PLAIN = {
    "ALERT_RADIUS_M": 500,
    "ALERT_MAX": 100,
    "ALERT_CEILING_PER_KM2": 20,
    "ALERT_SEE_SHARE": 0.8,
    "ALERT_ACCEPT_SHARE": 0.5,
    "ALERT_DELAY_MINUTES": 0.5,
    "ALERT_TURNOUT_MINUTES": 1.0,
    "ALERT_M_PER_MINUTE": 100,
    "ALERT_CIRCUITY": 1.2,
    "ALERT_DEFIBRILLATOR_SHARE": 1.0,
    "ALERT_DEFIBRILLATOR_MINUTES": 2.0,
}


def call(
    density: float = 10.0, tired: float = 1.0, n: int = 400, visit: int = 0, **scalars: float
) -> np.ndarray:
    """Return (alerted, accepted, first help, first shock) of each of ``n`` people."""
    values = row(Scalar, PLAIN, scalars)
    return np.array([call_volunteers(values, density, tired, REP, U(i), visit) for i in range(n)])


def test_as_many_are_alerted_as_stand_within_the_radius():
    alerted = call(n=2000)[:, 0]
    mean = 10 * np.pi * 0.25
    assert alerted.mean() == pytest.approx(mean, abs=5 * np.sqrt(mean / 2000))
    assert alerted.var() == pytest.approx(mean, rel=0.15)


def test_of_those_who_see_some_accept():
    alerted, accepted, _, _ = call(n=2000).T
    assert accepted.sum() / alerted.sum() == pytest.approx(0.8 * 0.5, abs=0.02)


def test_no_more_are_alerted_than_allowed():
    assert call(ALERT_MAX=3)[:, 0].max() == 3


def test_a_denser_pool_holds_everyone_of_a_thinner_one():
    thin, dense = call(density=4.0), call(density=12.0)
    assert (dense[:, 0] >= thin[:, 0]).all()
    assert (dense[:, 1] >= thin[:, 1]).all()
    came = thin[:, 2] >= 0
    assert (dense[came, 2] <= thin[came, 2]).all()


def test_a_wider_radius_alerts_everyone_of_a_narrower_one():
    near, far = call(ALERT_RADIUS_M=300), call(ALERT_RADIUS_M=900)
    assert (far[:, :2] >= near[:, :2]).all()


def test_tired_people_accept_less_and_are_alerted_all_the_same():
    fresh, tired = call(), call(tired=0.3)
    assert (tired[:, 0] == fresh[:, 0]).all()
    assert (tired[:, 1] <= fresh[:, 1]).all()
    assert tired[:, 1].sum() < 0.5 * fresh[:, 1].sum()


@pytest.mark.parametrize("scalars", [{"ALERT_SEE_SHARE": 0.0}, {"ALERT_ACCEPT_SHARE": 0.0}])
def test_where_nobody_sees_or_accepts_nobody_comes(scalars):
    found = call(**scalars)
    assert found[:, 0].sum() > 0
    assert (found[:, 1] == 0).all()
    assert (found[:, 2:] == -1).all()


def test_where_nobody_is_near_nobody_is_alerted():
    assert (call(density=0.0) == [0, 0, -1, -1]).all()


def test_help_comes_after_delay_turnout_and_the_way():
    help_minutes = call()[:, 2] / TICKS_PER_MINUTE
    came = help_minutes[help_minutes >= 0]
    assert came.min() >= 1.5
    assert came.max() <= 1.5 + 500 * 1.2 / 100 + 1e-4


def test_a_defibrillator_comes_later_than_who_brings_it():
    _, _, helped, shock = call().T
    came = helped >= 0
    assert ((shock - helped)[came] == 2.0 * TICKS_PER_MINUTE).all()


def test_without_defibrillators_there_is_no_shock():
    found = call(ALERT_DEFIBRILLATOR_SHARE=0.0)
    assert (found[:, 2] >= 0).any()
    assert (found[:, 3] == -1).all()


def test_a_later_visit_meets_other_volunteers():
    assert (call(visit=0)[:, 0] != call(visit=1)[:, 0]).any()


def test_the_last_visit_has_draws_of_its_own():
    assert (call(visit=199)[:, 0] != call(visit=200)[:, 0]).any()
