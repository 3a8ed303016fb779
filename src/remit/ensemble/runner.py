"""Running: which runs are missing, their batches, and each written as it finishes."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from remit.briefs.scenario import Scenario
from remit.ensemble.ports import Executor, Failure, RunBatch, RunKey, Store
from remit.ensemble.question import Question
from remit.ground.faults import Faults
from remit.kernel.layout import CHART_BINS, Workspace
from remit.mechanism.cost import YearlyCost, yearly_cost
from remit.mechanism.lower import Lowered, lower, span_of
from remit.mechanism.stages import average_yearly_cost, lower_transition
from remit.simulate.simulate import luck_of, outcome_columns, room_for, simulate


@dataclass(frozen=True)
class Task:
    """Some replicates of some designs in one scenario."""

    scenario: Scenario
    wanted: tuple[tuple[str, tuple[int, ...]], ...]  # (design, replicates)


_own = threading.local()


def missing_tasks(
    question: Question, scenarios: Sequence[Scenario], replicates: range, done: set[tuple[str, str]]
) -> list[Task]:
    """Return what is still to be run, scenario by scenario; ``done`` holds (design, run id)."""
    tasks = []
    for scenario in scenarios:
        wanted = []
        for name in question.arms:
            missing = tuple(
                r for r in replicates if (name, question.run_id(name, scenario.number, r)) not in done
            )
            if missing:
                wanted.append((name, missing))
        if wanted:
            tasks.append(Task(scenario, tuple(wanted)))
    return tasks


def run_task(question: Question, task: Task) -> RunBatch:
    """Return the runs of one task; a design that fails becomes rows of failure, never a lost batch."""
    span = span_of(question.brief)
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
            work: Workspace = room_for(lowered.plan, span, getattr(_own, "work", None))
            _own.work = work
            lucks = [luck_of(task.scenario.number, r) for r in replicates]
            rows = simulate(lowered, question.brief, span, question.seed, lucks, cost, work)
        except Faults as fault:
            failures += [Failure(k, "lowering", fault.faults[0].code, str(fault)) for k in named]
            continue
        except Exception as error:
            failures += [Failure(k, "running", type(error).__name__, f"{name}: {error}") for k in named]
            continue
        keys += named
        groups = rows.groups
        values.append(np.stack([rows.columns[c] for c in columns], axis=2))
        charts.append(rows.chart)
    return RunBatch(
        tuple(keys),
        groups,
        columns,
        np.concatenate(values) if values else np.empty((0, 0, len(columns))),
        np.concatenate(charts) if charts else np.empty((0, CHART_BINS)),
        tuple(failures),
    )


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
    lowered = lower(design, today, brief, scenario, effects, catalogue)
    return lowered, yearly_cost(design, today, lowered.values, brief, scenario, catalogue)


def run_missing(
    question: Question,
    scenarios: Sequence[Scenario],
    replicates: range,
    store: Store,
    executor: Executor,
    kept: list[RunBatch],
    on_batch: Callable[[RunBatch], None],
) -> None:
    """Run what ``kept`` does not hold yet; every batch is written, added to ``kept`` and told to ``on_batch``.

    An interrupt stops it between batches: what was written stays.
    """
    done = {(key.design, key.run_id) for batch in kept for key in batch.keys}
    done |= {(f.key.design, f.key.run_id) for batch in kept for f in batch.failures}
    tasks = missing_tasks(question, scenarios, replicates, done)
    for batch in executor.run(lambda task: run_task(question, task), tasks):
        store.write(batch)
        kept.append(batch)
        on_batch(batch)
