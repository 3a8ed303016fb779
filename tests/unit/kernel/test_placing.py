from event_rows import tell
from remit.kernel.layout import Log
from worlds import make_plan

WORK = {"SCENE_MINUTES": 30}


def test_an_idle_crew_is_sent_and_with_none_the_request_waits():
    told = tell(make_plan(rates=0.05, kinds=[WORK]), 5)
    assert {Log.ASSIGN, Log.QUEUE} <= set(told.log[:, 1])
    assert told.total("QUEUED") == len(told.rows(Log.QUEUE))


def test_a_request_that_loses_its_crew_seeks_another_or_goes_to_the_front():
    kinds = [{"PRIORITY": 0, "DIVERTS": 1, "SCENE_MINUTES": 5}, {"PRIORITY": 2, "SCENE_MINUTES": 5}]
    told = tell(make_plan(rates=[[0.01, 0.03]], kinds=kinds, travel=[[20.0]], crews=[{}] * 2), 20)
    rows = told.log.tolist()
    lost = [(i, row) for i, row in enumerate(rows[:-2]) if row[1] == Log.DIVERT]
    assert lost
    assert all(rows[i + 2][2] == row[2] and rows[i + 2][1] in (Log.ASSIGN, Log.QUEUE) for i, row in lost)
