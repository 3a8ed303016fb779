"""Every store and every executor keeps the same promises, fakes among them."""

import threading

import numpy as np
import pytest

from answers import batch
from fakes import CountedStore, MemoryStore
from remit.adapters.executors import Serial, Threads
from remit.adapters.run_store import RunFolder
from remit.ground.faults import Faults

ASKED = {"digest": "a", "brief": "small-town", "seed": "1"}


@pytest.fixture(params=["memory", "folder"])
def store(request, tmp_path):
    return MemoryStore() if request.param == "memory" else RunFolder(tmp_path / "out")


@pytest.fixture(params=[Serial, lambda: Threads(1), lambda: Threads(3)], ids=["serial", "one", "three"])
def executor(request):
    return request.param()


def test_a_store_gives_back_what_it_was_given(store):
    store.open(ASKED)
    given = [batch([("today", 0, 0), ("b", 0, 1)]), batch([("today", 1, 0)], value=np.pi)]
    for one in given:
        store.write(one)
    kept = sorted(store.read(), key=lambda b: b.keys[0].scenario)
    assert [b.keys for b in kept] == [b.keys for b in given]
    for one, other in zip(kept, given, strict=True):
        assert (one.groups, one.columns) == (other.groups, other.columns)
        assert np.array_equal(one.values, other.values)
        assert np.array_equal(one.chart, other.chart)


def test_a_store_keeps_what_is_not_known_as_not_known(store):
    store.open(ASKED)
    store.write(batch([("today", 0, 0)], value=np.nan))
    assert np.isnan(store.read()[0].values).all()


def test_a_new_store_is_empty_and_a_batch_of_failures_adds_no_run_but_keeps_them(store):
    assert store.read() == []
    store.open(ASKED)
    store.write(batch([], failed=[("today", 0, 0)]))
    (kept,) = store.read()
    assert kept.keys == ()
    assert [f.key.design for f in kept.failures] == ["today"]


def test_a_store_goes_on_with_the_same_question_and_refuses_another(store):
    store.open(ASKED)
    store.write(batch([("today", 0, 0)]))
    store.open({**ASKED, "remit_version": "later"})
    assert len(store.read()) == 1
    with pytest.raises(Faults, match="ENS001"):
        store.open({**ASKED, "digest": "b"})
    assert len(store.read()) == 1


def test_an_executor_yields_every_result_once(executor):
    assert sorted(executor.run(lambda x: x * x, range(20))) == [x * x for x in range(20)]
    assert list(executor.run(lambda x: x, [])) == []


def test_an_executor_passes_a_failure_on(executor):
    def work(x):
        if x == 2:
            raise ValueError(f"no {x}")
        return x

    with pytest.raises(ValueError, match="no 2"):
        list(executor.run(work, range(5)))


def test_an_executor_takes_few_tasks_more_than_it_has_hands(executor):
    taken = []

    def tasks():
        for x in range(100):
            taken.append(x)
            yield x

    running = executor.run(lambda x: x, tasks())
    next(running)
    assert len(taken) <= 10
    running.close()


def test_an_executor_leaves_no_thread_behind_when_its_user_stops(executor):
    before = threading.active_count()
    running = executor.run(lambda x: x, range(50))
    next(running)
    running.close()
    assert threading.active_count() == before


def test_the_interrupting_store_interrupts():
    store = CountedStore(1, KeyboardInterrupt())
    store.write(batch([("today", 0, 0)]))
    with pytest.raises(KeyboardInterrupt):
        store.write(batch([("today", 1, 0)]))
    assert len(store.read()) == 1
