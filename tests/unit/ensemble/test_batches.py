import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from answers import question
from fakes import MemoryStore
from remit.ensemble.batches import MOST_RUNS, Pieces, Task, halves, missing_tasks
from remit.ensemble.results import made_in
from remit.ensemble.runner import run_task
from remit.ensemble.sampling import scenarios


def asked():
    return question("neighbours", "one_more")


def drawn(n):
    return scenarios(asked().unknowns(), 0, n, 1)


def runs(piece):
    return [(t.scenario.number, n, r) for t in piece for n, replicates in t.wanted for r in replicates]


def test_what_is_missing_is_found():
    nothing = np.zeros((3, 3, 2), bool)
    everything = missing_tasks(asked().arms, drawn(3), nothing)
    assert [t.scenario.number for t in everything] == [0, 1, 2]
    assert [dict(t.wanted) for t in everything] == [dict.fromkeys(asked().designs, (0, 1))] * 3
    kept = [run_task(asked(), t) for t in missing_tasks(asked().arms, drawn(1), nothing[:, :1, :1])]
    rest = missing_tasks(asked().arms, drawn(2), made_in(kept, asked(), 2, 2))
    assert [set(dict(t.wanted).values()) for t in rest] == [{(1,)}, {(0, 1)}]
    kept += [run_task(asked(), t) for t in rest]
    assert missing_tasks(asked().arms, drawn(2), made_in(kept, asked(), 2, 2)) == []
    assert MemoryStore().read() == []


def tasks(n, replicates=4):
    return [Task(s, (("today", tuple(range(replicates))),)) for s in drawn(n)]


def test_pieces_hold_every_task_once_and_grow_with_what_is_learnt():
    pieces = Pieces(tasks(4000))
    cut = []
    for piece in pieces:
        cut.append(piece)
        pieces.took(0.0001 * sum(t.n_runs for t in piece), sum(t.n_runs for t in piece))
    assert [t.scenario.number for p in cut for t in p] == list(range(4000))
    assert len(cut[0]) == 1, "nothing is known yet"
    assert max(sum(t.n_runs for t in p) for p in cut) == MOST_RUNS
    pieces = Pieces(tasks(10))
    pieces.took(40.0, 4)
    assert [len(p) for p in pieces] == [1] * 10, "slow runs go one task at a time"


@given(st.integers(1, 7), st.integers(1, 5), st.integers(0, 10_000))
def test_halving_finds_any_single_run(n, replicates, which):
    piece = tuple(tasks(n, replicates))
    every = runs(piece)
    culprit = every[which % len(every)]
    seen = []
    while True:
        parts = halves(piece)
        if not parts:
            break
        assert sorted(r for p in parts for r in runs(p)) == sorted(runs(piece)), "nothing is lost on the way"
        seen.append(len(runs(piece)))
        (piece,) = (p for p in parts if culprit in runs(p))
    assert runs(piece) == [culprit]
    assert len(seen) <= n.bit_length() + replicates.bit_length() + 1
