"""Outcomes: what is measured, in which unit, which way is better, and how a family tells them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """A measured result."""

    id: str
    name: str
    unit: str
    better: str  # up, down, or none where neither is
    meaning: str
    decimals: int = 2
    is_headline: bool = False
    by_group: bool = True
    difference_of: str = ""  # the column whose difference is told, where that is not the outcome itself


@dataclass(frozen=True)
class Words:
    """How a family's headline is told."""

    unit: str  # of a difference
    better: str
    worse: str
    nothing: str
    beats: str  # one design against another
    luck: str
    title: str
    axis: str
    sides: tuple[str, str]  # what lies left and right of no difference
    by_month: str
    month_note: str
    payers: tuple[tuple[str, str], ...]  # who pays, and the outcome that says how much
    parties: tuple[
        tuple[str, str, str], ...
    ]  # who has a stake, in which outcome, and which way is better for them
    map_title: str = ""  # of a map of differences by zone, in families that tell zones
    map_note: str = ""


@dataclass(frozen=True)
class Outcomes:
    """The outcomes of a family, in the order in which they are told."""

    every: tuple[Outcome, ...]
    summary: tuple[str, ...]  # in the first table of a report
    shown: tuple[str, ...]  # in the terminal
    by_month: str
    luck: str  # the outcome whose spread between years is told as a year's luck
    words: Words
    first: tuple[str, ...]  # columns of a run table before the outcomes
    last: tuple[str, ...]  # and after them
    by_kind: str = ""  # the outcome that is also kept by kind of request

    @property
    def headline(self) -> Outcome:
        """The outcome that designs are first compared by."""
        return next(o for o in self.every if o.is_headline)

    @property
    def by_id(self) -> dict[str, Outcome]:
        """The outcomes by id."""
        return {o.id: o for o in self.every}
