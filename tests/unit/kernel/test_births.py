import numpy as np
import pytest

from remit.kernel.batch import make_workspace
from remit.kernel.births import bear
from remit.kernel.layout import MINUTE_TICKS, Plan, Span
from worlds import make_plan

DAY = 1440.0
U = np.uint64


def born(plan: Plan, days: float, luck: int = 0, seed: int = 1) -> np.ndarray:
    work = make_workspace(plan, Span(0.0, days * DAY))
    n = bear(plan, work, U(seed), U(luck), days * DAY)
    return work.requests[:n].copy()


def test_as_many_are_born_as_the_rate_says():
    n = len(born(make_plan(rates=0.05), 200))
    assert n == pytest.approx(0.05 * 200 * DAY, abs=5 * np.sqrt(0.05 * 200 * DAY))


def test_births_come_in_order_and_before_the_end():
    births = born(make_plan(rates=0.1), 30)["birth"]
    assert (np.diff(births) >= 0).all()
    assert births[0] >= 0
    assert births[-1] < 30 * DAY * MINUTE_TICKS


def test_zones_and_kinds_share_births_by_their_rates():
    rates = np.array([[0.02, 0.06], [0.0, 0.12]])
    people = born(make_plan(rates=rates, kinds=[{}, {}]), 100)
    held = np.zeros((2, 2))
    np.add.at(held, (people["zone"], people["kind"]), 1)
    assert held[1, 0] == 0
    assert held / len(people) == pytest.approx(rates / rates.sum(), abs=0.01)


def test_nobody_is_born_in_an_hour_without_rate():
    shape = np.tile([0.0] * 12 + [2.0] * 12, 7)
    births = born(make_plan(rates=0.05, hour_shape=shape), 60)["birth"]
    assert len(births) > 1000
    assert (births // (60 * MINUTE_TICKS) % 24 >= 12).all()


def test_bad_days_spread_the_count_of_a_day():
    def spread(cv: float) -> float:
        births = born(make_plan(rates=0.1, day_cv=cv), 300)["birth"]
        daily = np.bincount(births // (int(DAY) * MINUTE_TICKS), minlength=300)
        return float(daily.var() / daily.mean())

    assert spread(0.0) == pytest.approx(1.0, abs=0.3)
    assert spread(0.5) > 10.0


def test_bad_days_leave_the_mean_as_it_is():
    counts = [len(born(make_plan(rates=0.02, day_cv=0.4), 100, luck)) for luck in range(20)]
    assert np.mean(counts) == pytest.approx(0.02 * 100 * DAY, rel=0.05)


def test_a_design_does_not_touch_births():
    few = make_plan(rates=0.05, crews=[{}], kinds=[{"NEED_SHARE": 0.2, "REACH_SHARE": 0.1}])
    many = make_plan(rates=0.05, crews=[{}] * 9, kinds=[{"SCENE_MINUTES": 90}])
    assert (born(few, 20) == born(many, 20)).all()


def test_another_replicate_meets_other_people():
    plan = make_plan(rates=0.05)
    assert not set(born(plan, 20, luck=0)["birth"]) & set(born(plan, 20, luck=1)["birth"])


def test_a_longer_run_begins_with_the_shorter_one():
    plan = make_plan(rates=0.05, day_cv=0.3)
    short, long = born(plan, 10), born(plan, 30)
    assert (long[: len(short)] == short).all()


def test_more_than_there_is_room_for_is_told():
    plan = make_plan(rates=0.5)
    work = make_workspace(plan, Span(0.0, DAY))
    assert bear(plan, work, U(1), U(0), 30 * DAY) == -1
