"""Running: pieces of work made into runs, each batch written as it finishes, and none lost."""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from remit.briefs.scenario import Scenario
from remit.ensemble.batches import Piece, Pieces, Task, halves
from remit.ensemble.ports import Executor, Failure, Lost, RunBatch, RunKey, Writer
from remit.ensemble.question import Question
from remit.ground.faults import Faults
from remit.kernel.layout import CHART_BINS
from remit.mechanism.cost import YearlyCost, yearly_cost
from remit.mechanism.stages import average_yearly_cost, lower_transition
from remit.mechanism.values import Lowered
from remit.simulate.family import family_of
from remit.simulate.outcomes import outcome_columns
from remit.simulate.rows import luck_of

_own = threading.local()


@dataclass(frozen=True)
class Worked:
    """A finished piece and the seconds it took."""

    batch: RunBatch
    seconds: float


def run_piece(question: Question, everyone_only: bool, piece: Piece) -> Worked:
    """Return the runs of a piece of work; this is all that a worker does."""
    began = time.perf_counter()
    done = [run_task(question, task, everyone_only) for task in piece]
    return Worked(join(done, question), time.perf_counter() - began)


def run_task(question: Question, task: Task, everyone_only: bool = False) -> RunBatch:
    """Return the runs of one task; a design that fails becomes rows of failure, never a lost batch."""
    family = family_of(question.brief.family)
    columns = outcome_columns(question.brief)
    keys: list[RunKey] = []
    values, charts, failures = [], [], []
    groups: tuple[tuple[str, str], ...] = ()
    for name, replicates in task.wanted:
        named = [
            RunKey(question.run_id(name, task.scenario.number, r), name, task.scenario.number, r)
            for r in replicates
        ]
        try:
            lowered, cost = lowered_of(question, name, task.scenario)
            lucks = [luck_of(task.scenario.number, r) for r in replicates]
            held = getattr(_own, family.id, None)
            rows, room = family.run(lowered, question.brief, question.seed, lucks, cost, held, everyone_only)
            setattr(_own, family.id, room)
        except Faults as fault:
            failures += [Failure(k, "lowering", fault.faults[0].code, str(fault)) for k in named]
            continue
        except Exception as error:
            failures += [Failure(k, "running", type(error).__name__, f"{name}: {error}") for k in named]
            continue
        keys += named
        groups = rows.groups
        values.append(np.stack([rows.columns[c] for c in columns], axis=2))
        charts.append(rows.chart[:, :0] if everyone_only else rows.chart)
    return RunBatch(
        tuple(keys),
        groups,
        columns,
        np.concatenate(values) if values else np.empty((0, 0, len(columns))),
        np.concatenate(charts) if charts else np.empty((0, CHART_BINS)),
        tuple(failures),
        question.origin,
    )


def join(batches: Sequence[RunBatch], question: Question) -> RunBatch:
    """Return batches of one question as one."""
    made = [b for b in batches if b.keys]
    failures = tuple(f for b in batches for f in b.failures)
    if len(batches) == 1:
        return batches[0]
    if not made:
        return replace(batches[0], failures=failures)
    return RunBatch(
        tuple(k for b in made for k in b.keys),
        made[0].groups,
        made[0].columns,
        np.concatenate([b.values for b in made]),
        np.concatenate([b.chart for b in made]),
        failures,
        question.origin,
    )


def lost(question: Question, piece: Piece, reason: str) -> RunBatch:
    """Return a run that takes its worker with it as a row of failure."""
    failures = tuple(
        Failure(
            RunKey(question.run_id(name, task.scenario.number, r), name, task.scenario.number, r),
            "worker",
            "lost",
            reason,
        )
        for task in piece
        for name, replicates in task.wanted
        for r in replicates
    )
    nothing = np.empty((0, 0, 0))
    return RunBatch((), (), (), nothing, np.empty((0, 0)), failures, question.origin)


def lowered_of(question: Question, name: str, scenario: Scenario) -> tuple[Lowered, YearlyCost]:
    """Return the plan and the yearly cost of a design or of a transition."""
    brief, effects, catalogue, today = question.brief, question.effects, question.catalogue, question.today
    transition = question.transitions.get(name)
    if transition is not None and question.change_book is not None:
        lowered = lower_transition(
            transition, today, brief, scenario, effects, catalogue, question.change_book
        )
        return lowered, average_yearly_cost(transition, today, brief, scenario, effects, catalogue)
    design = question.designs[name]
    lowered = family_of(brief.family).lower(design, today, brief, scenario, effects, catalogue)
    return lowered, yearly_cost(design, today, lowered.values, brief, scenario, catalogue)


def run_missing(
    question: Question,
    tasks: Sequence[Task],
    store: Writer,
    executor: Executor,
    on_batch: Callable[[RunBatch], None],
    *,
    everyone_only: bool = False,
) -> None:
    """Run tasks; every batch is written, then told to ``on_batch``.

    An interrupt stops it between batches: what was written stays. A piece of work that takes its worker with it
    is halved until the run that does so is found; that run is a failure, the others are made.
    """
    pieces = Pieces(tasks)
    waiting: Iterable[Piece] = pieces
    while True:
        again: list[Piece] = []
        for got in executor.run(partial(run_piece, question, everyone_only), waiting):
            if isinstance(got, Lost):
                smaller = halves(got.task)
                again += smaller
                if smaller:
                    continue
                batch = lost(question, got.task, got.reason)
            else:
                batch = got.batch
                pieces.took(got.seconds, len(batch.keys))
            store.write(batch)
            on_batch(batch)
        if not again:
            return
        waiting = again
