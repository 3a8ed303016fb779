"""What a search found, ready to be told: the front in futures that had no part in choosing it."""

from dataclasses import dataclass

from remit.catalogue.schema import Condition
from remit.design.design import Design
from remit.questions.confirm import Confirmed
from remit.questions.evolve import Found
from remit.simulate.outcome import Outcome


@dataclass(frozen=True)
class Objective:
    """What a search is for: an outcome's difference to today, by its mean or its worse futures."""

    outcome: Outcome
    aim: str = "mean"

    @property
    def column(self) -> str:
        """The column whose difference counts."""
        return self.outcome.difference_of or self.outcome.id

    @property
    def sign(self) -> float:
        """1 if more is better, -1 if less is."""
        return -1.0 if self.outcome.better == "down" else 1.0


@dataclass(frozen=True)
class Chosen:
    """A design of the front, in futures that had no part in choosing it."""

    name: str  # of a design of the brief, or a short name of its own
    design: Design
    is_known: bool
    changes: tuple[str, ...]  # how it differs from today, in words
    conditions: tuple[Condition, ...]  # that it needs and this place has not
    values: tuple[float, ...]  # difference to today by objective, in the outcome's own direction and unit
    errors: tuple[float, ...]
    is_beaten: bool  # in these futures another clearly beats it
    is_on_front: bool
    group: int | None  # those of one group cannot be told apart


@dataclass(frozen=True)
class SearchAnswer:
    """What a search found."""

    objectives: tuple[Objective, ...]
    held_as_today: tuple[str, ...]  # variables whose own cost is not in the model
    found: Found
    confirmed: Confirmed
    chosen: tuple[Chosen, ...]
    known: tuple[
        Chosen, ...
    ] = ()  # designs of the brief that are not on the front, in the same fresh futures
