"""Questions, results and answers for tests: of the small brief, or made by hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from fakes import MemoryStore
from remit.adapters.executors import Serial
from remit.design.design import TODAY
from remit.ensemble.comparison import Compared
from remit.ensemble.ports import Failure, RunBatch, RunKey
from remit.ensemble.question import Question
from remit.ensemble.results import Results
from remit.report.answer import Answer
from remit.workbench.compare import Wish, choose_designs, pose, run_comparison
from small_brief import opened

ALL = ("all", "")


@cache
def question(*names: str, seed: int = 1, changes: tuple[tuple[str, str], ...] = ()) -> Question:
    """Return the small brief's question: today and these designs, all if none is named."""
    found = opened(*changes)
    return pose(found, choose_designs(found, names, []), seed)


@cache
def answer(
    *names: str,
    n_scenarios: int = 4,
    n_replicates: int = 2,
    changes: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """Return a true answer of the small brief."""
    wish = Wish(n_scenarios, n_replicates)
    return run_comparison(question(*names, changes=changes), wish, MemoryStore(), Serial(), lambda _: None)


def with_row(given: Answer, design: str, outcome: str, **changes: object) -> Answer:
    """Return the answer with one row of everyone changed."""
    assert any(r.design == design and r.outcome == outcome for r in given.rows)
    rows = tuple(
        replace(r, **changes) if (r.design, r.outcome) == (design, outcome) else r for r in given.rows
    )
    return replace(given, rows=rows)


def compared(**changes: object) -> Compared:
    """Return a settled, well computed gain of two lives."""
    row = Compared(
        design="neighbours",
        outcome="survivors",
        group=ALL,
        value=12.0,
        value_low=10.0,
        value_high=14.0,
        difference=2.0,
        low=1.0,
        high=3.0,
        monte_carlo_error=0.1,
        year_luck=3.0,
        share_higher=1.0,
        share_lower=0.0,
        n_scenarios=20,
    )
    return replace(row, **changes)


def results(
    values: Mapping[str, object],
    outcome: str = "survivors",
    groups: Sequence[tuple[str, str]] = (ALL,),
) -> Results:
    """Return results of one outcome from ``(scenarios, replicates)`` by design, the same in every group."""
    arrays = [np.asarray(v, float) for v in values.values()]
    columns = (outcome, "lives") if outcome == "survivors" else (outcome,)
    stacked = np.stack(arrays)[:, :, :, None, None] * np.ones((len(groups), len(columns)))
    return Results(tuple(values), tuple(groups), columns, stacked, np.zeros((len(arrays), 3)), ())


def batch(
    keys: Iterable[tuple[str, int, int]], value: float = 0.0, failed: Iterable[tuple[str, int, int]] = ()
) -> RunBatch:
    """Return a batch of one outcome and group; a run's value tells which it is, ``value`` is added."""
    named = tuple(RunKey(f"{d}-{s}-{r}", d, s, r) for d, s, r in keys)
    values = np.array([[[value + 100.0 * k.scenario + k.replicate]] for k in named]).reshape(-1, 1, 1)
    failures = tuple(
        Failure(RunKey(f"{d}-{s}-{r}", d, s, r), "lowering", "MEC005", f"{d} failed") for d, s, r in failed
    )
    values = np.repeat(values, 2, axis=2)
    return RunBatch(named, (ALL,), ("survivors", "lives"), values, np.ones((len(named), 3)), failures)


def others(given: Answer) -> list[str]:
    """Return the designs beside today's."""
    return [d for d in given.designs if d != TODAY]
