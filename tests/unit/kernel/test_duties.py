import numpy as np
import pytest

from event_rows import DAY, Told, tell
from remit.kernel.layout import MINUTE_TICKS, Log
from worlds import make_plan

NEVER = 1e-7


def times(told: Told, code: Log) -> list[float]:
    """Return minutes of the rows of one code."""
    return [tick / MINUTE_TICKS for tick in told.rows(code)[:, 0].tolist()]


def shift(start: float, minutes: float, days: float = 7.0, rate: float = NEVER, **crew: float) -> Told:
    kinds = [{"SCENE_MINUTES": 30}]
    crews = [{"START_MINUTE": start, **crew}]
    return tell(make_plan(rates=rate, kinds=kinds, crews=crews, crew_minutes=[[minutes]]), days)


def test_a_crew_round_the_clock_comes_on_once_and_stays():
    told = shift(0, DAY)
    assert times(told, Log.ON_DUTY) == [0.0]
    assert times(told, Log.OFF_DUTY) == []
    assert told.total("DUTY_MINUTES") == 7 * DAY


def test_a_crew_that_is_never_on_stays_at_home():
    told = shift(480, 0)
    assert len(told.rows(Log.ON_DUTY)) == 0
    assert told.total("DUTY_MINUTES") == 0.0


def test_a_shift_begins_and_ends_by_the_clock():
    told = shift(480, 600)
    assert times(told, Log.ON_DUTY) == [480 + d * DAY for d in range(7)]
    assert times(told, Log.OFF_DUTY) == [1080 + d * DAY for d in range(7)]
    assert told.total("DUTY_MINUTES") == 7 * 600


def test_a_shift_falls_on_its_days():
    told = shift(480, 600, days=14, DAYS=0b1000001)
    assert [t // DAY for t in times(told, Log.ON_DUTY)] == [0, 6, 7, 13]


def test_a_night_shift_of_the_sunday_before_is_under_way_at_the_start():
    told = shift(1320, 480)
    assert times(told, Log.ON_DUTY)[:2] == [0.0, 1320.0]
    assert times(told, Log.OFF_DUTY)[0] == 360.0


def test_a_night_shift_that_does_not_work_on_sunday_is_not():
    assert times(shift(1320, 480, DAYS=0b0111111), Log.ON_DUTY)[0] == 1320.0


def test_nobody_is_sent_before_the_shift_and_work_waits_for_it():
    told = shift(480, 600, days=28, rate=0.002)
    assert all(480 <= t % DAY < 1080 for t in times(told, Log.ASSIGN))
    assert len(told.rows(Log.QUEUE)) > 0


def test_a_job_in_hand_is_finished_first():
    told = shift(480, 600, days=60, rate=0.01)
    late = [t for t in times(told, Log.OFF_DUTY) if t % DAY != 1080]
    assert late
    assert set(late) <= set(times(told, Log.CLEAR))


def test_a_break_falls_due_so_far_into_the_shift():
    told = shift(480, 600, BREAK_AFTER_MINUTES=200, BREAK_MINUTES=30)
    assert times(told, Log.BREAK) == [680 + d * DAY for d in range(7)]
    assert told.total("BREAK_MINUTES") == 7 * 30


def test_nobody_is_sent_during_a_break():
    told = shift(0, DAY, days=60, rate=0.01, BREAK_AFTER_MINUTES=200, BREAK_MINUTES=45)
    breaks = times(told, Log.BREAK)
    assert not any(b < t < b + 45 for t in times(told, Log.ASSIGN) for b in breaks)


def test_a_break_waits_for_the_job_in_hand():
    told = shift(0, DAY, days=60, rate=0.02, BREAK_AFTER_MINUTES=200, BREAK_MINUTES=45)
    late = [t for t in times(told, Log.BREAK) if t % DAY != 200]
    assert late
    assert set(late) <= set(times(told, Log.CLEAR))


@pytest.mark.parametrize(("before", "after", "code"), [(0.0, DAY, Log.ON_DUTY), (DAY, 0.0, Log.OFF_DUTY)])
def test_a_dated_change_brings_a_crew_on_or_takes_it_off(before, after, code):
    plan = make_plan(rates=NEVER, crew_minutes=[[before], [after]], segment_minutes=[0.0, 3 * DAY + 700])
    told = tell(plan, 7)
    assert [round(t, 3) for t in times(told, code)] == [3 * DAY + 700]


def test_a_dated_change_of_a_shift_counts_from_its_next_start():
    plan = make_plan(
        rates=NEVER,
        crews=[{"START_MINUTE": 480}],
        crew_minutes=[[600], [120]],
        segment_minutes=[0.0, 2 * DAY + 700],
    )
    lengths = np.subtract(times(tell(plan, 5), Log.OFF_DUTY), times(tell(plan, 5), Log.ON_DUTY))
    assert lengths.tolist() == [600, 600, 600, 120, 120]


def test_a_run_begins_on_a_monday():
    assert [t // DAY % 7 for t in times(shift(480, 600, days=14, DAYS=0b0000001), Log.ON_DUTY)] == [0, 0]
