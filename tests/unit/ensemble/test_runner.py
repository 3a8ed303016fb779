from dataclasses import replace

import numpy as np
import pytest

from answers import question
from fakes import CountedStore, MemoryStore
from remit.adapters.executors import Serial, Threads
from remit.ensemble import runner
from remit.ensemble.batches import Task, missing_tasks
from remit.ensemble.results import gather, made_in
from remit.ensemble.runner import run_missing, run_task
from remit.ensemble.sampling import scenarios
from remit.ground.faults import fail
from remit.simulate.family import family_of
from remit.simulate.outcomes import outcome_columns

pytestmark = pytest.mark.usefixtures("single_tasks")
N = 3


def asked():
    return question("neighbours", "one_more")


def drawn(n=N):
    return scenarios(asked().unknowns(), 0, n, 1)


def run(store, n=N, replicates=2, executor=None, kept=None, on_batch=lambda b: None):
    kept = [] if kept is None else kept
    made = made_in(kept, asked(), n, replicates)
    tasks = missing_tasks(asked().arms, drawn(n), made)

    def told(batch):
        kept.append(batch)
        on_batch(batch)

    run_missing(asked(), tasks, store, executor or Serial(), told)
    return kept


def told(batches):
    return gather(batches, tuple(asked().designs))


def same(a, b):
    assert a.keys == b.keys
    assert np.array_equal(a.values, b.values, equal_nan=True)
    assert np.array_equal(a.chart, b.chart)


def broken(monkeypatch, error, number=1, name="neighbours"):
    family = family_of("response")
    whole = family.lower

    def lower(design, today, brief, scenario, effects, catalogue):
        if scenario.number == number and name in (design.id, ""):
            raise error
        return whole(design, today, brief, scenario, effects, catalogue)

    monkeypatch.setattr(runner, "family_of", lambda name: replace(family, lower=lower))


def test_a_task_gives_a_row_a_run_whatever_its_company():
    wanted = (("today", (0, 1)), ("neighbours", (1,)))
    batch = run_task(asked(), Task(drawn()[1], wanted))
    assert [(k.design, k.scenario, k.replicate) for k in batch.keys] == [
        ("today", 1, 0),
        ("today", 1, 1),
        ("neighbours", 1, 1),
    ]
    assert batch.columns == outcome_columns(asked().brief)
    assert batch.values.shape == (3, len(batch.groups), len(batch.columns))
    alone = run_task(asked(), Task(drawn()[1], (("neighbours", (1,)),)))
    assert np.array_equal(alone.values[0], batch.values[2], equal_nan=True)
    assert alone.keys[0] == batch.keys[2]


def test_designs_meet_the_same_people():
    found = told(run(MemoryStore()))
    for column in ("need", "requests"):
        assert np.array_equal(found.of("today", column), found.of("neighbours", column))


def test_a_design_that_fails_becomes_rows_of_failure_and_the_rest_survives(monkeypatch):
    whole = told(run(MemoryStore()))
    broken(monkeypatch, fail("MEC002", "12 per km2", path="alert.pool_factor"))
    found = told(run(MemoryStore()))
    assert [(f.key.design, f.key.scenario, f.key.replicate) for f in found.failures] == [
        ("neighbours", 1, 0),
        ("neighbours", 1, 1),
    ]
    assert {f.kind for f in found.failures} == {"MEC002"}
    assert all(f.origin and "12 per km2" in f.message for f in found.failures)
    d = found.designs.index("neighbours")
    assert np.isnan(found.values[d, 1]).all()
    expected = whole.values.copy()
    expected[d, 1] = np.nan
    assert np.array_equal(found.values, expected, equal_nan=True)


def test_a_scenario_in_which_everything_fails_loses_no_other(monkeypatch):
    broken(monkeypatch, fail("SIM001", "too many"), name="")
    batches = run(MemoryStore())
    assert len(batches) == N
    found = told(batches)
    assert len(found.failures) == 6
    assert np.isnan(found.values[:, 1]).all()
    assert np.isfinite(found.of("today", "survivors")[[0, 2]]).all()


@pytest.mark.parametrize("error", [ValueError("math domain error"), MemoryError()])
def test_a_run_that_breaks_is_a_row_too_never_a_lost_sweep(monkeypatch, error):
    broken(monkeypatch, error)
    found = told(run(MemoryStore()))
    assert {(f.key.design, f.key.scenario) for f in found.failures} == {("neighbours", 1)}
    assert {f.kind for f in found.failures} == {type(error).__name__}
    assert np.isfinite(found.of("today", "survivors")).all()


def test_nothing_is_run_twice():
    store = MemoryStore()
    kept = run(store)
    made = []
    run(store, n=4, replicates=3, kept=kept, on_batch=made.append)
    keys = [k.run_id for b in made for k in b.keys]
    assert len(keys) == 3 * (4 * 3 - 3 * 2)
    every = [k.run_id for b in store.read() for k in b.keys]
    assert len(every) == len(set(every)) == 3 * 4 * 3


def test_an_interrupted_sweep_goes_on_to_the_same_table():
    store = CountedStore(2, KeyboardInterrupt())
    kept = []
    with pytest.raises(KeyboardInterrupt):
        run(store, n=5, kept=kept)
    assert len(kept) == len(store.read()) == 2
    again = MemoryStore()
    again.batches = store.read()
    same(told(run(again, n=5, kept=again.read())), told(run(MemoryStore(), n=5)))


def test_threads_and_turns_give_the_same_bits():
    same(told(run(MemoryStore(), n=6, executor=Threads(3))), told(run(MemoryStore(), n=6)))


def test_replicates_added_later_are_those_made_at_once():
    store = MemoryStore()
    kept = run(store, replicates=1)
    same(told(run(store, replicates=3, kept=kept)), told(run(MemoryStore(), replicates=3)))


def test_a_batch_is_written_before_it_is_told():
    store = MemoryStore()
    run(store, on_batch=lambda b: seen.append(len(store.batches))) if (seen := []) is not None else None
    assert seen == [1, 2, 3]
