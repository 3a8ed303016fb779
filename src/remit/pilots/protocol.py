"""Protocol: what a pilot will do, written down before it begins.

All numbers under ``assume`` are kept in the canonical unit of their dimension, as everywhere in Remit; ``Outcome.unit``
is the unit in which people speak of the outcome. The first arm is today's service (Law 3).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from remit.ground.quantity import Quantity

Cell = str | int | float

ID = "id"  # the column that names what is allocated
NOT_YET, IN_IT, BETWEEN, UNSEEN = "0", "1", "t", "."  # the cells of a stepped wedge's pattern


@dataclass(frozen=True)
class Outcome:
    """What is measured on everybody, in every arm, by the same means."""

    name: str  # a plain word: also the name of its column in the data
    kind: str  # continuous, binary or rate
    unit: str  # of the closed vocabulary
    better: str  # up or down
    title: str = ""


@dataclass(frozen=True)
class Arm:
    """One way of running the service; the first is today's."""

    id: str
    title: str
    share: float  # of the units; all arms together 1


@dataclass(frozen=True)
class UnitTable:
    """What is to be allocated: one row each, known before the pilot begins."""

    columns: tuple[str, ...]  # the first is ``id``
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The names of the units, in the file's order."""
        return tuple(str(row[0]) for row in self.rows)

    def column(self, name: str) -> tuple[Cell, ...]:
        """Return one column, in the order of the rows.

        >>> UnitTable(("id", "ward"), (("a", 1), ("b", 2))).column("ward")
        (1, 2)
        """
        at = self.columns.index(name)
        return tuple(row[at] for row in self.rows)

    def is_numeric(self, name: str) -> bool:
        """Tell whether a column holds numbers only."""
        return not any(isinstance(cell, str) for cell in self.column(name))


@dataclass(frozen=True)
class Constraints:
    """How chance may deal: the method of allocation and what it must keep in balance."""

    method: str = "simple"  # simple, blocked, matched, constrained or stepped_wedge
    block: str = ""  # column: chance deals within each of its values
    covariates: tuple[str, ...] = ()  # columns to keep in balance
    best_share: float = (
        0.1  # constrained: the share of allocations that balance best, among which chance chooses
    )
    candidates: int = 10_000  # constrained: how many allocations are looked at where all are too many
    steps: int = 0  # stepped wedge: waves that begin one after another
    per_step: tuple[int, ...] = ()  # stepped wedge: units that begin at each step
    pattern: tuple[
        str, ...
    ] = ()  # stepped wedge: a row a step, a sign a period (0, 1, t in between, . not seen)


@dataclass(frozen=True)
class Analysis:
    """How the result will be worked out, fixed beforehand."""

    primary: str = ""  # the estimator; empty is the usual one of the design
    covariates: tuple[str, ...] = ()
    permutations: int = 10_000


@dataclass(frozen=True)
class Source:
    """Where a number comes from."""

    cite: str
    url: str = ""
    status: str = "seen"


@dataclass(frozen=True)
class Protocol:
    """A pilot's design, complete enough to be registered before it begins."""

    id: str
    title: str
    question: str
    design: str  # an id of the table of designs
    outcome: Outcome
    unit: str  # what is allocated, in the singular: person, team, ward, week
    arms: tuple[Arm, ...]
    other_outcomes: tuple[Outcome, ...] = ()
    units: UnitTable | None = None
    constraints: Constraints = Constraints()
    alpha: float = 0.05
    power: float = 0.8
    sides: int = 2
    analysis: Analysis = Analysis()
    stopping: str = ""
    assume: Mapping[str, Quantity] = field(default_factory=lambda: MappingProxyType({}))
    sources: Mapping[str, Source] = field(default_factory=lambda: MappingProxyType({}))
    notes: str = ""

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every outcome, the primary one first."""
        return (self.outcome, *self.other_outcomes)

    @property
    def n_units(self) -> int:
        """How many units are to be allocated: those listed, else those assumed; 0 where neither is told."""
        if self.units is not None:
            return len(self.units.rows)
        return round(self.assume["units"].value) if "units" in self.assume else 0

    def assumed(self, name: str, otherwise: float = float("nan")) -> float:
        """Return an assumed number in its canonical unit, or what holds where it is not given."""
        return self.assume[name].value if name in self.assume else otherwise
