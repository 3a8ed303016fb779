import json

import numpy as np

from remit.ensemble.ports import Failure, RunKey
from remit.kernel.layout import MINUTE_TICKS, Log
from remit.report.store_text import EVENTS, event_counts, event_lines, runs_lines, runs_plain

FAILURE = Failure(RunKey("abc123", "neighbours", 4, 1), "lowering", "MEC002", "MEC002 too many")
LOG = np.array([[0, Log.ON_DUTY, -1, 2], [1441 * MINUTE_TICKS, Log.BIRTH, 7, -1]], np.int64)


def test_a_failure_is_told_with_the_command_that_repeats_it():
    said = "\n".join(runs_lines("town", {}, [FAILURE, FAILURE], 10, "big", "0.1"))
    assert "2 failed: MEC002 too many" in said
    assert "remit rerun big abc123" in said
    assert "2 of 10 runs" in said


def test_runs_of_another_question_are_told():
    assert "3 runs of another question" in "\n".join(runs_lines("town", {}, [], 10, "big", "0.1", 3))


def test_an_empty_store_says_so():
    assert "Nothing has finished yet." in "\n".join(runs_lines("town", {}, [], 10, "big", "0.1"))


def test_json_has_each_failure():
    told = json.loads(json.dumps(runs_plain("town", {}, [FAILURE], 10)))
    assert told["failed"][0]["run"] == "abc123"


def test_every_kind_of_event_has_words():
    assert set(EVENTS) == set(Log)


def test_events_are_told_by_day_and_clock():
    said = event_lines(LOG, 1440.0, 10)
    assert said == ["  day   1 00:01.00  a need arises person 7"], "what happens in the warm-up is not told"
    assert event_lines(LOG, 0.0, 1)[0] == "  day   0 00:00.00  a crew comes on duty crew 2"
    assert "1 more events" in event_lines(LOG, 0.0, 1)[-1]
    assert len(event_counts(LOG)) == 2
