import contextlib
import itertools
import logging
import os
import signal
import subprocess
import sys
import time
from functools import partial

import numpy as np
import pytest

import odd_jobs
import remit
from remit.adapters import cluster
from remit.adapters.cluster import DaskCluster
from remit.ensemble.ports import Lost
from remit.ground.faults import Faults

distributed = pytest.importorskip("distributed")

PATIENCE = 60.0  # s; a loaded machine is slow to start a worker
QUIET = {"dashboard_address": ":0", "silence_logs": logging.CRITICAL + 1}


def wait_until(what):
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def local(n_workers):
    """Return a cluster of as many processes, one thread in each."""
    return distributed.LocalCluster(n_workers=n_workers, threads_per_worker=1, processes=True, **QUIET)


def lost(results):
    return {r.task: r.reason for r in results if isinstance(r, Lost)}


def codes(caught):
    return {f.code for f in caught.value.faults}


@pytest.fixture(scope="module")
def two():
    with local(2) as here:
        yield here


@pytest.fixture
def hands(two):
    two.wait_for_workers(2, timeout=PATIENCE)
    return DaskCluster(two.scheduler_address, PATIENCE)


def all_is_let_go(here):
    """Wait until the scheduler holds nothing of a run, nor its client."""
    wait_until(lambda: not here.scheduler.tasks)
    wait_until(lambda: not [c for c in here.scheduler.clients if c.startswith("Client-")])


def test_every_task_comes_back_whatever_the_order(two, hands):
    assert sorted(hands.run(odd_jobs.double, range(50))) == [2 * x for x in range(50)]
    assert list(hands.run(odd_jobs.double, [])) == []
    all_is_let_go(two)


def test_work_and_results_of_arrays_pass(hands):
    work = partial(odd_jobs.add, to=np.ones(2_000_000))  # more than Dask lets a graph be without a warning
    assert sorted(hands.run(work, range(5))) == [1.0, 2.0, 3.0, 4.0, 5.0]
    pages = sorted(hands.run(odd_jobs.page, range(3)), key=lambda p: p.name)
    assert all(np.all(p.values == p.name) and len(p.values) == 1_000_000 for p in pages)
    assert list(hands.run(odd_jobs.size, ["x" * 1_000_000])) == [1_000_000]


def test_work_and_tasks_may_be_such_as_only_dask_can_send(hands):
    assert sorted(hands.run(lambda task: task(3), [lambda x: x + 1])) == [4]


def test_two_tasks_use_two_workers(hands):
    assert len(set(hands.run(odd_jobs.slow, [2.0, 2.0]))) == 2


def test_tasks_are_taken_as_they_are_needed_and_close_lets_all_go(two, hands):
    taken = []
    results = hands.run(odd_jobs.double, (taken.append(x) or x for x in itertools.count()))
    next(results)
    assert len(taken) <= 3 * cluster.PER_THREAD * 2
    results.close()
    all_is_let_go(two)


def test_an_interrupt_lets_all_go(two, hands):
    results = hands.run(odd_jobs.slow, [0.0] + [0.5] * 100)
    next(results)
    with pytest.raises(KeyboardInterrupt):
        results.throw(KeyboardInterrupt())
    all_is_let_go(two)


def test_what_work_raises_is_raised(two, hands):
    with pytest.raises(ZeroDivisionError, match="from the work"):
        list(hands.run(odd_jobs.odd, [*range(5), "raises", *range(100)]))
    with pytest.raises(FileNotFoundError, match="its own"):  # not taken for trouble of the line
        list(hands.run(odd_jobs.odd, ["raises, as a line does"]))
    all_is_let_go(two)


def test_bad_tasks_cost_themselves_only(hands):
    tasks = [*range(20), "killed", *range(20, 40), "unsendable", "raises, caught", "out of memory"]
    results = list(hands.run(odd_jobs.odd, tasks))
    assert {r for r in results if isinstance(r, int)} == set(range(40))
    assert "failed: caught" in results
    reasons = lost(results)
    assert len(results) == len(tasks)
    assert sorted(reasons) == ["killed", "out of memory", "unsendable"]
    assert reasons["killed"] == "each worker that ran it ended, 4 in a row"
    assert reasons["out of memory"] == "its worker ran out of memory"
    assert reasons["unsendable"].startswith("its result cannot be sent: ")


def test_workers_that_are_killed_lose_nothing(two, hands):
    work = partial(odd_jobs.slow_double, np.ones(10), 0.1)
    results = hands.run(work, range(40))
    seen, killed = [], set()
    for pid, value in results:
        seen.append(value)
        if pid not in killed and len(killed) < 2 and len(seen) > 3:
            killed.add(pid)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    assert len(killed) == 2  # and with the two, the work itself was gone from every worker
    assert sorted(seen) == [2.0 * x for x in range(40)]


def test_another_version_on_the_cluster_is_refused(hands, monkeypatch):
    monkeypatch.setattr(remit, "__version__", "9.9")
    with pytest.raises(Faults, match=r"the worker tcp://.* has Remit .*, here is 9\.9") as caught:
        list(hands.run(odd_jobs.double, range(5)))
    assert codes(caught) == {"CLU003"}
    monkeypatch.setattr(cluster, "_check_workers", lambda *_: None)  # as for one that joins later
    with pytest.raises(Faults, match=r"the worker tcp://.* has Remit .*, here is 9\.9") as caught:
        list(hands.run(odd_jobs.double, range(5)))
    assert codes(caught) == {"CLU003"}


def test_words_for_another_version():
    assert cluster._told("scheduler", "0.0").startswith("the scheduler has Remit 0.0, here is ")
    assert cluster._told("tcp://a:1", ModuleNotFoundError()).startswith("the worker tcp://a:1 has no Remit, ")
    assert "cannot say which Remit it has (TypeError('x')), " in cluster._told("tcp://a:1", TypeError("x"))
    assert cluster._told("tcp://a:1", OSError("gone meanwhile")) == ""


def test_workers_may_join_and_leave(monkeypatch):
    monkeypatch.setattr(cluster, "LOOK_EVERY", 0.2)
    monkeypatch.setattr(cluster, "LONGEST_WITHOUT_WORKERS", 1.0)
    with local(1) as here:
        results = DaskCluster(here.scheduler_address, PATIENCE).run(odd_jobs.slow, itertools.repeat(0.2))
        pids = {next(results)}
        here.scale(2)
        end = time.monotonic() + PATIENCE
        while len(pids) < 2:
            pids.add(next(results))
            assert time.monotonic() < end, "the worker that joined was not used"
        here.scale(0)
        with pytest.raises(Faults, match="has no worker any more") as caught:
            list(results)
        assert codes(caught) == {"CLU001"}


def test_a_scheduler_out_of_reach_is_said_to_be_so_in_seconds():
    begun = time.monotonic()
    for address in ("tcp://127.0.0.1:9", "nonsense://x", "127.0.0.1:notaport"):
        with pytest.raises(Faults, match="was not reached") as caught:
            list(DaskCluster(address, patience=1.0).run(odd_jobs.double, range(5)))
        assert codes(caught) == {"CLU001"}
    assert time.monotonic() - begun < PATIENCE / 2


def test_a_scheduler_without_workers_is_said_to_have_none():
    with local(0) as here, pytest.raises(Faults, match="has no worker") as caught:
        list(DaskCluster(here.scheduler_address, patience=1.0).run(odd_jobs.double, range(5)))
    assert codes(caught) == {"CLU001"}


def test_dask_not_installed_is_said_with_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Faults, match=r"\[cluster\]") as caught:
        list(DaskCluster("tcp://127.0.0.1:9").run(odd_jobs.double, range(5)))
    assert codes(caught) == {"CLU002"}


ELSEWHERE = """
import logging, sys, time
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=logging.CRITICAL
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        time.sleep(600.0)
"""


def test_a_scheduler_that_goes_away_in_the_middle_is_said_to_be_gone(tmp_path):
    script = tmp_path / "elsewhere.py"
    script.write_text(ELSEWHERE)
    with subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            address = process.stdout.readline().strip()
            results = DaskCluster(address, patience=10.0).run(odd_jobs.slow, [0.0] + [0.2] * 1000)
            next(results)
            os.killpg(process.pid, signal.SIGKILL)
            with pytest.raises(Faults, match="lost touch with the scheduler") as caught:
                list(results)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert codes(caught) == {"CLU001"}
    assert "the same command goes on from there" in str(caught.value)
