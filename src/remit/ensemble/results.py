"""Results: the table of runs as an array by design, scenario, replicate, group and outcome."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from remit.ensemble.ports import Failure, RunBatch, RunKey
from remit.kernel.layout import Floats


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
