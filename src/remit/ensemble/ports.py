"""What the ensemble asks of the outside: a store to keep runs in, and hands to run them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from remit.kernel.layout import Floats, Ints

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class RunKey:
    """Which run: its identity, and the design, scenario and replicate behind it."""

    run_id: str
    design: str
    scenario: int
    replicate: int


@dataclass(frozen=True)
class Failure:
    """A run that did not finish, as data."""

    key: RunKey
    origin: str
    kind: str
    message: str


@dataclass(frozen=True)
class Origin:
    """What runs were made from: the question's identity, and that of each design by name."""

    question: str = ""
    designs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RunBatch:
    """Finished runs: values by run, group and outcome column; and those that failed."""

    keys: tuple[RunKey, ...]
    groups: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    values: Floats  # (runs, groups, columns)
    chart: Floats  # (runs, bins); no bins where it is not kept
    failures: tuple[Failure, ...] = field(default=())
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True)
class Held:
    """Runs that a store holds, as columns."""

    designs: tuple[str, ...]
    places: Ints  # (runs, 3): which design, scenario, replicate
    columns: tuple[str, ...]
    values: Floats  # (runs, columns), for everyone; NaN where an outcome is not known
    n_foreign: int  # runs of another question, left out


class Writer(Protocol):
    """All that a worker gets of a store."""

    def write(self, batch: RunBatch) -> None:
        """Keep a batch, wholly or not at all."""


class Store(Writer, Protocol):
    """Where runs are kept."""

    def open(self, question: dict[str, str]) -> None:
        """Begin or go on; raise ``Faults`` ENS001 if it holds another question."""

    def read(self) -> list[RunBatch]:
        """Return every batch kept so far."""


@dataclass(frozen=True)
class Lost(Generic[T]):
    """A task whose worker died, or took too long, each time it was tried."""

    task: T
    reason: str  # in words: how the worker ended


class Executor(Protocol):
    """Hands that run tasks; results come as they finish."""

    def run(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R | Lost[T]]:
        """Yield the result of each task, in any order; a task that takes its worker with it comes back as lost."""
