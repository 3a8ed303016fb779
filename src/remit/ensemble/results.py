"""Results: the table of runs as an array by design, scenario, replicate, group and outcome."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from remit.ensemble.batches import Made
from remit.ensemble.ports import Failure, Held, RunBatch, RunKey
from remit.ensemble.question import Question
from remit.kernel.layout import Floats

EVERYONE = (("all", ""),)


@dataclass(frozen=True)
class Results:
    """All finished runs of a question; NaN where a run is missing."""

    designs: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    values: Floats  # (designs, scenarios, replicates, groups, columns)
    chart: Floats  # (designs, bins): urgent response times, summed
    keys: tuple[RunKey, ...]  # in order of design, scenario, replicate
    failures: tuple[Failure, ...] = field(default=())

    @property
    def n_scenarios(self) -> int:
        """Scenarios per design."""
        return int(self.values.shape[1])

    @property
    def n_replicates(self) -> int:
        """Most replicates of any scenario."""
        return int(self.values.shape[2])

    def of(self, design: str, column: str, group: tuple[str, str] = ("all", "")) -> Floats:
        """Return ``(scenarios, replicates)`` of one outcome."""
        d, g, c = self.designs.index(design), self.groups.index(group), self.columns.index(column)
        return self.values[d, :, :, g, c]

    def in_common(self, column: str, designs: Sequence[str] = ()) -> Floats:
        """Return ``(designs, scenarios, replicates)`` of an outcome, NaN where any of the designs lacks the run.

        Averages of designs are compared over the same replicates only: a replicate is the same people and the
        same luck in each, and one that is missing in one design would leave its luck in the others.
        """
        values = np.stack([self.of(d, column) for d in designs or self.designs])
        return np.where(np.isfinite(values).all(axis=0), values, np.nan)


def means_of(values: Floats) -> Floats:
    """Return the mean over the last axis of what is known; NaN where nothing is."""
    counts = np.isfinite(values).sum(axis=-1)
    means: Floats = np.where(counts > 0, np.nansum(values, axis=-1) / np.maximum(counts, 1), np.nan)
    return means


def gather(batches: Iterable[RunBatch], designs: Sequence[str]) -> Results:
    """Return the results in batches, whatever the order in which they were made.

    Raises:
        ValueError: if no batch has a run of these designs.
    """
    every = list(batches)
    kept = [b for b in every if b.keys]
    rows = sorted(
        (
            (designs.index(k.design), k.scenario, k.replicate, b, i)
            for b, batch in enumerate(kept)
            for i, k in enumerate(batch.keys)
            if k.design in designs
        ),
    )
    failures = tuple(f for b in every for f in b.failures)
    if not rows:
        raise ValueError("no finished run")
    first = kept[0]
    shape = (len(designs), 1 + max(r[1] for r in rows), 1 + max(r[2] for r in rows))
    values = np.full((*shape, len(first.groups), len(first.columns)), np.nan)
    chart = np.zeros((len(designs), first.chart.shape[1]))
    keys = []
    held: set[tuple[int, int, int]] = set()
    for d, s, r, b, i in rows:
        if (d, s, r) in held:
            continue  # two parts may hold the same run
        held.add((d, s, r))
        values[d, s, r] = kept[b].values[i]
        chart[d] += kept[b].chart[i]
        keys.append(kept[b].keys[i])
    return Results(tuple(designs), first.groups, first.columns, values, chart, tuple(keys), failures)


def is_own(key: RunKey, question: Question, n_scenarios: int, n_replicates: int) -> bool:
    """Tell whether a run is one that the question asks for, by its identity."""
    return (
        key.design in question.arms
        and key.scenario < n_scenarios
        and key.replicate < n_replicates
        and key.run_id == question.run_id(key.design, key.scenario, key.replicate)
    )


def made_in(batches: Iterable[RunBatch], question: Question, n_scenarios: int, n_replicates: int) -> Made:
    """Return ``(designs, scenarios, replicates)``, whether a run is in the batches, finished or failed."""
    made = np.zeros((len(question.arms), n_scenarios, n_replicates), bool)
    arms = {name: a for a, name in enumerate(question.arms)}
    for batch in batches:
        for key in (*batch.keys, *(f.key for f in batch.failures)):
            if is_own(key, question, n_scenarios, n_replicates):
                made[arms[key.design], key.scenario, key.replicate] = True
    return made


def made_of(held: Held, numbers: Sequence[int], n_replicates: int) -> Made:
    """Return ``(designs, scenarios, replicates)``, whether a store holds a run.

    Args:
        held: what the store holds.
        numbers: of the scenarios asked for, ascending.
        n_replicates: asked for.
    """
    made = np.zeros((len(held.designs), len(numbers), n_replicates), bool)
    at, is_asked = _places(held, numbers, n_replicates)
    made[tuple(at[is_asked].T)] = True
    return made


def arrange(held: Held, numbers: Sequence[int], n_replicates: int) -> Results:
    """Return runs that a store holds as results for everyone; NaN where one is missing."""
    values = np.full((len(held.designs), len(numbers), n_replicates, 1, len(held.columns)), np.nan)
    at, is_asked = _places(held, numbers, n_replicates)
    d, s, r = at[is_asked].T
    values[d, s, r, 0] = held.values[is_asked]
    return Results(held.designs, EVERYONE, held.columns, values, np.zeros((len(held.designs), 0)), ())


def _places(held: Held, numbers: Sequence[int], n_replicates: int) -> tuple[np.ndarray, np.ndarray]:
    """Return where each run stands among the scenarios asked for, and whether it is asked for at all."""
    asked = np.asarray(numbers, np.int64)
    d, scenario, r = held.places.T
    s = np.searchsorted(asked, scenario)
    is_there = s < len(asked)
    is_there[is_there] = asked[s[is_there]] == scenario[is_there]
    return np.stack([d, s, r], axis=1), is_there & (r < n_replicates)
