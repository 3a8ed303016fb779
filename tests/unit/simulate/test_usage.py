import numpy as np
import pytest

from remit.kernel.layout import DAY_TICKS, Kind
from remit.simulate.usage import (
    active_share,
    contacts_per_need,
    driven_plan,
    reach_by_week,
    users_by_week,
    weeks_of,
)
from small_streets import streets, streets_lowered

WEEKS = 20  # of the small brief: 134 days
NUMBERS = {
    "reports.duplicates": 0.25,
    "reports.online_share": 0.4,
    "reports.app_propensity": 5.0,
    "reports.app_shift_share": 0.5,
    "reports.seen_share": 0.4,
}
REACH = np.array([[0.6] * 3, [0.5] * 3])


def share_of(value: float) -> np.ndarray:
    return np.full((1, 3, 5), value)


def test_a_run_has_weeks_for_all_of_its_days():
    assert weeks_of(streets()) == WEEKS


def test_where_there_is_no_app_nobody_uses_it():
    assert not users_by_week(streets_lowered(), streets(), 7, [0, 1]).any()


def test_users_grow_differ_by_luck_and_are_fewer_where_people_are_poorer():
    users = users_by_week(streets_lowered(design="app"), streets(), 7, [0, 1, 2, 3])
    assert users.shape == (4, WEEKS, 5)
    assert (users[:, -1].sum(1) > users[:, 0].sum(1)).all()
    assert len({float(one.sum()) for one in users}) > 1
    share = active_share(users, streets())[:, -1].mean(0)
    poorest, richest = share[share > 0.0][[0, -1]]
    assert 0.0 < poorest < richest < 1.0


def test_the_same_luck_brings_the_same_users_whoever_else_is_run():
    lowered = streets_lowered(design="app")
    alone, beside = (users_by_week(lowered, streets(), 7, lucks) for lucks in ([3], [0, 3]))
    assert np.array_equal(alone[0], beside[1])


def test_a_plan_is_driven_in_steps_of_four_weeks_between_its_own_dates():
    dated = (
        "conditions_met: []",
        "conditions_met: []\nchanges: [{day: 10, why: x, multiply: {crews.number: 0.5}}]",
    )
    plan = streets_lowered(dated, design="app").plan
    share = np.linspace(0.0, 0.19, WEEKS)[:, None].repeat(5, 1)
    driven = driven_plan(plan, share, 5.0)
    assert (driven.segment_ticks / DAY_TICKS).tolist() == [0, 23, 28, 56, 84, 112]
    assert driven.missed[2] == pytest.approx(np.exp(-5.0 * share[4:8].mean(0)))
    assert np.array_equal(driven.crew_minutes[1], plan.crew_minutes[1])
    assert np.array_equal(driven.crew_minutes[0], plan.crew_minutes[0])
    assert (np.diff(driven.missed, axis=0) <= 0.0).all()


def test_reach_follows_dated_changes_week_by_week():
    dated = (
        "conditions_met: []",
        "conditions_met: []\nchanges: [{day: 15, why: x, multiply: {kinds.lamp.reach_share: 0.5}}]",
    )
    reach = reach_by_week(streets_lowered(dated).plan, WEEKS)
    assert reach[0].tolist() == [0.6] * WEEKS
    assert reach[1].tolist() == [0.5] * 4 + [0.25] * (WEEKS - 4)
    assert Kind.REACH_SHARE == 2


def test_without_users_reports_are_todays():
    each = contacts_per_need(share_of(0.0), REACH, NUMBERS)
    assert each.phone[0, 0, 0, 0] == pytest.approx(0.6 * 1.25 * 0.6)
    assert each.online[0, 0, 0, 0] == pytest.approx(0.6 * 1.25 * 0.4)
    assert not each.app.any()
    assert each.duplicates[0, 0, 0, 0] == pytest.approx(0.6 * 0.25)


@pytest.mark.parametrize("used", [0.0, 0.01, 0.2, 1.0])
def test_all_reports_are_first_ones_and_duplicates(used):
    each = contacts_per_need(share_of(used), REACH, NUMBERS)
    first = 1.0 - (1.0 - REACH[None, :, :, None]) * np.exp(-5.0 * used)
    assert each.phone + each.online + each.app == pytest.approx(first + each.duplicates)
    assert (each.duplicates >= -1e-12).all()


def test_users_report_more_move_some_and_make_fewer_twice_where_the_app_shows_the_first():
    few, many = (contacts_per_need(share_of(u), REACH, NUMBERS) for u in (0.01, 0.1))
    blind = contacts_per_need(share_of(0.1), REACH, NUMBERS | {"reports.seen_share": 0.0})
    assert (many.app > few.app).all()
    assert (many.phone < few.phone).all()
    assert (many.app < blind.app).all()
    assert (many.duplicates < blind.duplicates).all()
