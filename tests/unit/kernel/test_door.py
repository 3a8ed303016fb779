import numpy as np
import pytest

from event_rows import DAY, Told, tell
from remit.kernel.layout import MINUTE_TICKS, TICKS_PER_MINUTE, Log, Plan
from worlds import make_plan

RATE = 0.02
ALERTS = {
    "ALERT_ON": 1,
    "ALERT_RADIUS_M": 500,
    "ALERT_MAX": 5,
    "ALERT_DENSITY_PER_KM2": 10,
    "ALERT_CEILING_PER_KM2": 20,
    "ALERT_SEE_SHARE": 1,
    "ALERT_ACCEPT_SHARE": 0.5,
    "ALERT_M_PER_MINUTE": 100,
}


def world(kind: dict[str, float], **changes: object) -> Plan:
    changes.setdefault("crews", [{}] * 20)
    return make_plan(rates=RATE, kinds=[{"SCENE_MINUTES": 5, **kind}], **changes)


def people(told: Told, code: Log) -> set[int]:
    return set(told.rows(code)[:, 2].tolist())


def test_need_is_thinned_to_its_share():
    told = tell(world({"NEED_SHARE": 0.4}), 60)
    assert told.total("NOT_ARISEN") / told.total("BORN") == pytest.approx(0.6, abs=0.03)


def test_more_need_holds_everyone_of_less():
    less, more = (tell(world({"NEED_SHARE": share}), 30) for share in (0.3, 0.7))
    assert people(more, Log.NOT_ARISEN) < people(less, Log.NOT_ARISEN)


def test_more_access_holds_everyone_of_less():
    less, more = (tell(world({"REACH_SHARE": share}), 30) for share in (0.3, 0.7))
    assert people(more, Log.NOT_REACHED) < people(less, Log.NOT_REACHED)


def test_who_is_turned_away_for_good_counts_as_not_reached():
    told = tell(world({"REACH_SHARE": 0.0}), 30)
    assert told.total("NOT_REACHED") == told.total("BORN")
    assert told.total("SERVED") == 0.0


def test_who_is_turned_away_may_come_back_until_let_in():
    told = tell(world({"REACH_SHARE": 0.5, "AWAY_RETURN_SHARE": 1.0, "AWAY_RETURN_MINUTES": 60}), 60)
    assert told.total("RETURNS") == pytest.approx(told.total("BORN"), rel=0.1)
    assert told.total("NOT_REACHED") == told.total("RETURNS_AFTER_END")


def test_help_is_sought_after_the_call_and_its_dispatch():
    told = tell(world({"CALL_MINUTES": 2.0}, scalars={"DISPATCH_MINUTES": 1.0}), 30)
    birth, sent = told.minutes(Log.BIRTH), told.minutes(Log.ASSIGN)
    assert {round(sent[i] - birth[i], 3) for i in birth} == {3.0}


def test_without_a_call_help_is_sought_at_once():
    told = tell(world({}), 30)
    assert told.minutes(Log.BIRTH) == told.minutes(Log.ASSIGN)


def nobody(patience: float) -> Told:
    return tell(world({"PATIENCE_MINUTES": patience}, crew_minutes=np.zeros((1, 20))), 60)


def test_without_patience_people_leave_at_once():
    told = nobody(0.0)
    assert told.minutes(Log.ABANDON) == told.minutes(Log.BIRTH)


def test_patience_runs_out_after_its_mean():
    told = nobody(30.0)
    birth, left = told.minutes(Log.BIRTH), told.minutes(Log.ABANDON)
    assert np.mean([left[i] - birth[i] for i in left]) == pytest.approx(30.0, rel=0.1)
    assert len(left) == told.total("BORN")


def test_endless_patience_is_held_at_the_end():
    told = nobody(np.nan)
    assert told.total("ABANDONED") == 0.0
    assert told.total("HELD") == told.total("BORN")


@pytest.mark.parametrize(
    ("kind", "believed"),
    [
        ({}, {1}),
        ({"UNDER_SHARE": 1.0, "UNDER_PRIORITY": 3}, {3}),
        ({"OVER_SHARE": 1.0, "OVER_PRIORITY": 0}, {0}),
        ({"UNDER_SHARE": 0.3, "UNDER_PRIORITY": 3, "OVER_SHARE": 0.3, "OVER_PRIORITY": 0}, {0, 1, 3}),
    ],
)
def test_the_desk_believes_what_triage_says(kind, believed):
    told = tell(world({"PRIORITY": 1, **kind}), 30)
    assert set(told.requests["priority"]) == believed


def test_triage_errs_as_often_as_it_says():
    told = tell(world({"UNDER_SHARE": 0.2, "UNDER_PRIORITY": 3}), 100)
    assert (told.requests["priority"] == 3).mean() == pytest.approx(0.2, abs=0.03)


def test_volunteers_are_alerted_beside_a_crew():
    told = tell(world({"ALERTABLE": 1}, scalars=ALERTS), 30)
    assert told.minutes(Log.ALERT) == told.minutes(Log.ASSIGN)


@pytest.mark.parametrize(
    ("kind", "scalars"),
    [
        ({"ALERTABLE": 0}, ALERTS),
        ({"ALERTABLE": 1}, {**ALERTS, "ALERT_ON": 0}),
        ({"ALERTABLE": 1, "UNDER_SHARE": 1.0, "UNDER_PRIORITY": 3}, ALERTS),
    ],
    ids=["not alertable", "alerts off", "not recognised"],
)
def test_nobody_is_alerted(kind, scalars):
    assert len(tell(world(kind, scalars=scalars), 30).rows(Log.ALERT)) == 0


def test_a_volunteer_comes_so_long_after_the_call():
    told = tell(
        world({"ALERTABLE": 1, "CALL_MINUTES": 4.0}, scalars={**ALERTS, "ALERT_DELAY_MINUTES": 1.0}), 30
    )
    came = told.requests["help"][told.requests["help"] >= 0] / TICKS_PER_MINUTE
    assert came.min() >= 5.0


def alerts_by_half(**scalars: float) -> tuple[int, int]:
    told = tell(world({"ALERTABLE": 1}, scalars={**ALERTS, **scalars}), 200)
    rows = told.rows(Log.ALERT)
    half = 100 * DAY * MINUTE_TICKS
    return int(rows[rows[:, 0] < half][:, 3].sum()), int(rows[rows[:, 0] >= half][:, 3].sum())


def test_a_pool_that_lapses_thins_out():
    first, second = alerts_by_half(ALERT_LAPSE_PER_MINUTE=1e-5)
    assert second < 0.5 * first


def test_a_pool_that_is_kept_does_not():
    first, second = alerts_by_half()
    assert second == pytest.approx(first, rel=0.15)


def test_tired_volunteers_accept_less():
    assert sum(alerts_by_half(ALERT_FATIGUE=0.05)) < 0.5 * sum(alerts_by_half())
