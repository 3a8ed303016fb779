import os
import threading
import time

import pytest

from remit.adapters.executors import Serial, Threads


def test_threads_are_as_many_as_asked_else_as_cores():
    assert Threads(3).n_threads == 3
    assert Threads().n_threads == len(os.sched_getaffinity(0))
    assert Threads(None).n_threads == Threads().n_threads


def test_work_is_done_side_by_side():
    meeting = threading.Barrier(2, timeout=20.0)
    assert len(list(Threads(2).run(lambda _: meeting.wait(), range(2)))) == 2


def test_results_come_as_they_finish():
    first_may_end = threading.Event()

    def work(x):
        if x == 0:
            assert first_may_end.wait(20.0)
        return x

    results = Threads(2).run(work, range(3))
    assert next(results) != 0
    first_may_end.set()
    assert len(list(results)) == 2


def test_an_interrupt_waits_for_the_tasks_in_hand_and_starts_no_other():
    started, ended = [], []

    def work(x):
        started.append(x)
        time.sleep(0.02)
        ended.append(x)
        return x

    results = Threads(2).run(work, range(100))
    next(results)
    with pytest.raises(KeyboardInterrupt):
        results.throw(KeyboardInterrupt())
    assert sorted(started) == sorted(ended)
    assert len(started) <= 8
    assert threading.active_count() == 1 or not any(
        t.name.startswith("ThreadPoolExecutor") for t in threading.enumerate()
    )


def test_a_failure_stops_the_rest():
    done = []

    def work(x):
        if x == 1:
            raise ZeroDivisionError
        done.append(x)

    with pytest.raises(ZeroDivisionError):
        list(Threads(1).run(work, range(100)))
    assert len(done) < 10


def test_one_after_the_other_is_in_order_and_lazy():
    done = []
    results = Serial().run(done.append, range(5))
    assert done == []
    next(results)
    assert done == [0]
    list(results)
    assert done == [0, 1, 2, 3, 4]
