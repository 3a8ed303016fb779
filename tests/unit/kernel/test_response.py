import numpy as np
import pytest

from event_rows import DAY, Told, tell
from remit.kernel.batch import make_workspace, run_plan
from remit.kernel.layout import MINUTE_TICKS, Count, Log, Plan, Span, Total
from worlds import make_plan

KIND = {"SCENE_MINUTES": 20, "SCENE_SIGMA": 0.6, "TRAVEL_SIGMA": 0.2}


def world(n_crews: int = 3, rate: float = 0.03, **changes: object) -> Plan:
    changes.setdefault("kinds", [KIND])
    changes.setdefault("crews", [{}] * n_crews)
    return make_plan(rates=rate, travel=[[5.0]], **changes)


def on_scene(told: Told) -> dict[int, int]:
    """Return ticks on the scene of everyone served."""
    return {int(i): int(tick - told.requests[i]["scene"]) for tick, _, i, _ in told.rows(Log.CLEAR)}


def test_the_same_run_gives_the_same_bits():
    one, two = tell(world(), 30), tell(world(), 30)
    assert (one.log == two.log).all()
    assert all(a.tobytes() == b.tobytes() for a, b in zip(one.tape, two.tape, strict=True))


def test_nobody_is_lost():
    kinds = [{**KIND, "NEED_SHARE": 0.8, "REACH_SHARE": 0.9, "PATIENCE_MINUTES": 30}]
    told = tell(world(2, kinds=kinds), 60)
    ends = ("NOT_ARISEN", "NOT_REACHED", "ABANDONED", "SERVED", "HELD")
    assert told.total("BORN") == sum(told.total(name) for name in ends)
    assert all(told.total(name) > 0 for name in ends[:4])


def test_the_same_people_call_on_the_same_days_whoever_serves_them():
    few, many = tell(world(1), 30), tell(world(9), 30)
    assert few.minutes(Log.BIRTH) == many.minutes(Log.BIRTH)


def test_a_person_takes_as_long_on_the_scene_whoever_comes():
    few, many = on_scene(tell(world(1), 30)), on_scene(tell(world(9), 30))
    assert len(few) > 500
    assert all(few[i] == many[i] for i in few if i in many)


def test_more_crews_come_no_later_on_the_whole():
    waits = [tell(world(n), 30).tape.by_group[0].sum((0, 1))[Count.RESPONSE_MINUTES] for n in (1, 2, 4)]
    assert waits[0] > waits[1] > waits[2]


def test_need_that_comes_back_is_served_again():
    told = tell(world(9, kinds=[{**KIND, "REPEAT_SHARE": 0.5, "REPEAT_MINUTES": 60}]), 60)
    assert told.total("SERVED") == pytest.approx(2 * told.total("BORN"), rel=0.1)
    assert told.total("SERVED") == told.total("BORN") + told.total("RETURNS")


def test_nobody_is_born_after_the_end_and_the_open_are_finished():
    told = tell(world(2, rate=0.06), 30)
    end = 30 * DAY * MINUTE_TICKS
    assert told.rows(Log.BIRTH)[:, 0].max() < end
    assert told.log[:, 0].max() > end
    assert told.total("HELD") == 0.0


def test_crews_work_no_longer_than_they_are_on_duty():
    told = tell(world(1, rate=0.2), 30)
    work = sum(told.total(f"{name}_MINUTES") for name in ("TRAVEL", "SCENE", "HOSPITAL"))
    assert work == pytest.approx(told.total("DUTY_MINUTES"), rel=0.01)
    assert work <= told.total("DUTY_MINUTES") + 1e-6
    assert told.total("DUTY_MINUTES") == 30 * DAY


def test_a_dated_change_counts_from_its_day():
    before, after = {"SCENE_MINUTES": 10}, {"SCENE_MINUTES": 25}
    plan = world(9, segment_minutes=[0.0, 10 * DAY], kinds=None, kinds_by_segment=[[before], [after]])
    told = tell(plan, 20)
    sent = told.minutes(Log.ASSIGN)
    lengths = {(sent[i] >= 10 * DAY, t // MINUTE_TICKS) for i, t in on_scene(told).items()}
    assert lengths == {(False, 10), (True, 25)}


def test_an_alert_leaves_the_crews_as_they_were():
    alerts = {
        "ALERT_ON": 1,
        "ALERT_RADIUS_M": 800,
        "ALERT_MAX": 3,
        "ALERT_DENSITY_PER_KM2": 9,
        "ALERT_CEILING_PER_KM2": 9,
        "ALERT_SEE_SHARE": 1,
        "ALERT_ACCEPT_SHARE": 1,
        "ALERT_M_PER_MINUTE": 100,
    }
    kinds = [{**KIND, "ALERTABLE": 1}]
    without, with_alert = tell(world(kinds=kinds), 30), tell(world(kinds=kinds, scalars=alerts), 30)
    assert len(with_alert.rows(Log.ALERT)) > 0
    assert with_alert.minutes(Log.ASSIGN) == without.minutes(Log.ASSIGN)


def test_a_run_too_small_for_its_people_says_so():
    plan = world()
    small = plan._replace(hours=plan.hours * 0.01)
    span = Span(0.0, 30 * DAY)
    tape = run_plan(plan, span, 1, np.array([0]), make_workspace(small, span))
    assert tape.totals[0, Total.OVERFLOW] == 1.0
