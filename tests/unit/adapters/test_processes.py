import multiprocessing
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import odd_jobs
from remit.adapters import processes
from remit.adapters.processes import Processes
from remit.ensemble.ports import Lost

PATIENCE = 60.0  # s; a loaded machine is slow to start a process


def gone(pid):
    """Say whether a process has ended; one that nobody has collected has."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_until(what):
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def lost(results):
    return {r.task: r.reason for r in results if isinstance(r, Lost)}


@pytest.fixture(autouse=True)
def no_process_is_left():
    yield
    assert multiprocessing.active_children() == []


def test_as_many_as_asked_else_as_cores():
    assert Processes(3).n_processes == 3
    assert Processes().n_processes == len(os.sched_getaffinity(0))


def test_every_task_comes_back_whatever_the_order():
    assert sorted(Processes(2).run(odd_jobs.double, range(100))) == [2 * x for x in range(100)]


def test_no_task_no_process(monkeypatch):
    monkeypatch.setattr(processes.SPAWN, "Process", None)
    assert list(Processes(2).run(odd_jobs.double, [])) == []


def test_no_more_processes_than_tasks_and_each_is_used_again():
    assert len(set(Processes(8).run(odd_jobs.own_process, range(1)))) == 1
    assert len(set(Processes(1).run(odd_jobs.own_process, range(20)))) == 1


def test_tasks_are_taken_as_they_are_needed():
    taken = []
    results = Processes(2).run(odd_jobs.double, (taken.append(x) or x for x in range(1000)))
    next(results)
    assert len(taken) <= 4
    results.close()
    assert len(taken) <= 4


def test_large_tasks_work_and_results_pass():
    pages = sorted(Processes(2).run(odd_jobs.page, range(4)), key=lambda p: p.name)
    assert [p.name for p in pages] == [0, 1, 2, 3]
    assert all(np.all(p.values == p.name) and len(p.values) == 1_000_000 for p in pages)
    assert list(Processes(1).run(odd_jobs.size, ["x" * 5_000_000] * 3)) == [5_000_000] * 3
    work = partial(odd_jobs.add, to=np.ones(1_000_000))
    assert sorted(Processes(2).run(work, range(3))) == [1.0, 2.0, 3.0]


def test_bad_tasks_cost_themselves_only():
    tasks = list(range(196))
    for place, trouble in ((10, "raises, caught"), (50, "killed"), (90, "sleeps"), (120, "leaves")):
        tasks.insert(place, trouble)
    # the sleeper's limit is the only time that matters: others end long before it on any machine
    results = list(Processes(2, most_seconds=3.0).run(odd_jobs.odd, tasks))
    assert len(results) == 200
    assert lost(results) == {
        "killed": "its process was ended by signal 9 (SIGKILL)",
        "leaves": "its process ended with code 3",
        "sleeps": "ran longer than 3 s",
    }
    assert "failed: caught" in results
    assert {r for r in results if isinstance(r, int)} == set(range(196))


def test_a_result_that_cannot_come_back_is_said_to_be_the_cause():
    troubles = ["unsendable", "unreadable", "out of memory", "exits"]
    results = list(Processes(2).run(odd_jobs.odd, [*troubles, 1]))
    assert 1 in results
    reasons = lost(results)
    assert sorted(reasons) == sorted(troubles)
    assert reasons["unsendable"].startswith("its result cannot be sent: ")
    assert reasons["unreadable"].startswith("its result cannot be read: ValueError")
    assert reasons["out of memory"] == "its process ran out of memory"
    assert reasons["exits"] == "its process ended with code 4"


def test_a_task_is_tried_a_second_time_and_no_third(tmp_path):
    assert list(Processes(1).run(odd_jobs.killed_once, [str(tmp_path / "once")])) == [2]
    again = partial(odd_jobs.killed_at_each_try, str(tmp_path / "always"))
    assert list(Processes(1).run(again, ["x"])) == [Lost("x", "its process was ended by signal 9 (SIGKILL)")]
    assert (tmp_path / "always").read_text() == ".."


def test_what_takes_too_long_is_not_tried_again(tmp_path):
    work = partial(odd_jobs.sleeps_and_tells, str(tmp_path / "tries"))
    assert list(Processes(1, most_seconds=3.0).run(work, ["x"])) == [Lost("x", "ran longer than 3 s")]
    assert (tmp_path / "tries").read_text() == "."


def test_a_slow_reader_of_results_costs_no_task():
    results = []
    for result in Processes(2, most_seconds=2.0).run(odd_jobs.double, range(4)):
        results.append(result)
        time.sleep(2.5 if len(results) == 1 else 0.0)
    assert sorted(results) == [0, 2, 4, 6]


def test_what_work_raises_is_raised_with_where():
    with pytest.raises(ZeroDivisionError, match="from the work") as caught:
        list(Processes(2).run(odd_jobs.odd, [*range(5), "raises", *range(1000)]))
    assert "odd_jobs.py" in caught.value.__notes__[0]
    with pytest.raises(RuntimeError, match="Touchy: 1 and 2"):
        list(Processes(1).run(odd_jobs.odd, ["raises, touchy"]))


def test_a_task_that_cannot_be_sent_is_raised():
    with pytest.raises((TypeError, AttributeError), match="pickle"):
        list(Processes(1).run(odd_jobs.double, [lambda: None]))


def test_a_task_that_cannot_be_read_is_lost():
    (one,) = list(Processes(1).run(odd_jobs.double, [odd_jobs.Unreadable()]))
    assert one.reason.startswith("its task cannot be read: ValueError")


def test_work_that_no_process_can_read_is_not_tried_for_ever(tmp_path):
    log = tmp_path / "starts"
    results = list(Processes(2).run(odd_jobs.CannotStart(str(log)), range(50)))
    assert sorted(lost(results)) == list(range(50))
    assert {r.reason for r in results} == {
        "no process could be started: the work cannot be read: ModuleNotFoundError: no module of that name"
    }
    assert len(log.read_text()) <= 3
    (one,) = list(Processes(1).run(odd_jobs.EndsAtStart(), [1]))
    assert one.reason == "no process could be started: its process ended with code 5"


def test_a_system_that_refuses_processes_is_not_asked_for_ever(monkeypatch):
    asked = []

    class Refused:
        pid = None

        def __init__(self, **_):
            pass

        def start(self):
            asked.append(1)
            raise OSError("too many processes")

    monkeypatch.setattr(processes.SPAWN, "Process", Refused)
    results = list(Processes(2).run(odd_jobs.double, range(5)))
    assert lost(results) == dict.fromkeys(
        range(5), "no process could be started: the system refused: too many processes"
    )
    assert len(asked) == 2


@pytest.mark.parametrize("how", ["close", "interrupt"])
def test_no_process_outlives_results_that_nobody_reads(how):
    results = Processes(2).run(odd_jobs.slow, [0.0, 600.0, 600.0, 600.0])
    pid = next(results)
    ends = {c.pid for c in multiprocessing.active_children()}
    assert pid in ends
    if how == "close":
        results.close()
    else:
        with pytest.raises(KeyboardInterrupt):
            results.throw(KeyboardInterrupt())
    assert all(gone(p) for p in ends)


PARENT = """
import sys
from pathlib import Path
from odd_jobs import tells_and_sleeps
from remit.adapters.processes import Processes
if __name__ == "__main__":
    list(Processes(2).run(tells_and_sleeps, [sys.argv[1]] * 2))
"""


@pytest.fixture
def parent(tmp_path):
    """Start a parent of two busy processes; return it and them."""
    script, told = tmp_path / "parent.py", tmp_path / "told"
    script.write_text(PARENT)
    told.mkdir()
    with subprocess.Popen(
        [sys.executable, str(script), str(told)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        start_new_session=True,  # a process group of its own: as the foreground group of a terminal
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            wait_until(lambda: len(list(told.iterdir())) == 2)
            yield process, [int(p.name) for p in told.iterdir()]
        finally:
            process.kill()


def test_an_interrupt_from_the_terminal_is_the_parents_to_act_on(parent):
    process, children = parent
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=PATIENCE)
    assert told.count("KeyboardInterrupt") == 1, told
    assert process.returncode not in (0, None)
    assert all(gone(p) for p in children)


def test_processes_end_with_a_parent_that_is_killed(parent):
    process, children = parent
    process.kill()
    wait_until(lambda: all(gone(p) for p in children))
