import json

from remit.ensemble.ports import Failure, RunKey
from remit.report.store_text import runs_lines, runs_plain

FAILURE = Failure(RunKey("abc123", "neighbours", 4, 1), "lowering", "MEC002", "MEC002 too many")


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
