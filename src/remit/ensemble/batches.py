"""Batches: which runs are missing, cut into pieces of work that take about a second, and halved when lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from remit.briefs.scenario import Scenario

SECONDS = 1.0  # of work in a piece: what a killed worker costs at most
MOST_RUNS = 1000  # in a piece, however fast they are
Made = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Task:
    """Some replicates of some designs in one scenario."""

    scenario: Scenario
    wanted: tuple[tuple[str, tuple[int, ...]], ...]  # (design, replicates)

    @property
    def n_runs(self) -> int:
        """How many runs it makes."""
        return sum(len(replicates) for _, replicates in self.wanted)


Piece = tuple[Task, ...]


def missing_tasks(arms: Sequence[str], scenarios: Sequence[Scenario], made: Made) -> list[Task]:
    """Return what is still to be run, scenario by scenario.

    Args:
        arms: designs and transitions.
        scenarios: the futures wanted.
        made: ``(arms, scenarios, replicates)``, whether a run is there already.
    """
    tasks = []
    for i in np.flatnonzero(~made.all(axis=(0, 2))).tolist():
        left = [(name, np.flatnonzero(~made[a, i]).tolist()) for a, name in enumerate(arms)]
        tasks.append(Task(scenarios[i], tuple((name, tuple(r)) for name, r in left if r)))
    return tasks


class Pieces:
    """Cuts tasks into pieces that take about a second, as far as the runs made so far tell."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = tasks
        self.seconds_a_run = 0.0

    def __iter__(self) -> Iterator[Piece]:
        """Yield pieces; the first ones are single tasks, until it is known how long runs take."""
        at = 0
        while at < len(self.tasks):
            most = SECONDS / self.seconds_a_run if self.seconds_a_run else 1.0
            piece, n_runs = [self.tasks[at]], self.tasks[at].n_runs
            at += 1
            while at < len(self.tasks) and n_runs + self.tasks[at].n_runs <= min(most, MOST_RUNS):
                piece.append(self.tasks[at])
                n_runs += self.tasks[at].n_runs
                at += 1
            yield tuple(piece)

    def took(self, seconds: float, n_runs: int) -> None:
        """Learn from a finished piece how long its runs took."""
        if n_runs:
            self.seconds_a_run = max(seconds / n_runs, 1e-9)


def halves(piece: Piece) -> tuple[Piece, ...]:
    """Return a piece cut in two, so that a run which takes its worker with it is found; none if it is one run."""
    if len(piece) > 1:
        middle = len(piece) // 2
        return piece[:middle], piece[middle:]
    (task,) = piece
    single = [(name, r) for name, replicates in task.wanted for r in replicates]
    if len(single) < 2:
        return ()
    middle = len(single) // 2
    return tuple((Task(task.scenario, _together(part)),) for part in (single[:middle], single[middle:]))


def _together(single: Sequence[tuple[str, int]]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    names = dict.fromkeys(name for name, _ in single)
    return tuple((name, tuple(r for other, r in single if other == name)) for name in names)
