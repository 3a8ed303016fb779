"""Transition: the dated way from today's design to another; each stage is a whole design."""

from dataclasses import dataclass

from remit.design.design import Design, changes_from
from remit.ground.identity import digest


@dataclass(frozen=True)
class Stage:
    """What holds from the start of a month on; month 0 is today."""

    month: int
    design: Design


@dataclass(frozen=True)
class Transition:
    """Stages in order of date; the first is today's design at month 0."""

    id: str
    title: str
    stages: tuple[Stage, ...]
    double_from: int = -1
    """Month from which the old way runs beside the new; -1 never."""
    double_until: int = -1
    in_progress: tuple[tuple[str, int, int], ...] = ()
    """(variable, first month of work on its change, month it takes effect)"""

    @property
    def digest(self) -> str:
        """Identity of what happens when; its name does not count."""
        return digest(
            [
                [(s.month, s.design.digest) for s in self.stages],
                [self.double_from, self.double_until],
                [list(p) for p in self.in_progress],
            ]
        )

    @property
    def goal(self) -> Design:
        """The design that is reached."""
        return self.stages[-1].design

    @property
    def last_month(self) -> int:
        """The month in which the last setting takes effect."""
        return self.stages[-1].month

    def at(self, month: float) -> Design:
        """Return the design that holds in a month."""
        return [s.design for s in self.stages if s.month <= month][-1]

    def moves(self) -> list[tuple[int, tuple[str, ...]]]:
        """Return (month, variables that move together) in order."""
        pairs = zip(self.stages, self.stages[1:], strict=False)
        return [(new.month, tuple(changes_from(new.design, old.design))) for old, new in pairs]

    def handed_back(self, decided: int, back: int) -> "Transition":
        """Return this transition given up: no move from month ``decided`` on, today's design from month ``back`` on."""
        kept = tuple(s for s in self.stages if s.month < decided)
        return Transition(
            id=f"{self.id}_handed_back",
            title=f"{self.title}, handed back in month {back}",
            stages=(*kept, Stage(back, self.stages[0].design)) if len(kept) > 1 else kept,
            double_from=self.double_from if 0 <= self.double_from < decided else -1,
            double_until=min(self.double_until, back) if 0 <= self.double_from < decided else -1,
            in_progress=tuple((v, a, min(b, decided)) for v, a, b in self.in_progress if a < decided),
        )
