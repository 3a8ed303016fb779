"""Answer: a finished comparison, ready to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from remit.briefs.brief import Brief
from remit.consistency.verdict import Verdict
from remit.design.design import TODAY, Design
from remit.ensemble.comparison import Compared
from remit.ensemble.results import Results
from remit.questions.drivers import Driver
from remit.simulate.outcome import Outcome, Outcomes
from remit.simulate.outcomes import outcomes_of


@dataclass(frozen=True)
class Answer:
    """A comparison of designs with today."""

    brief: Brief
    designs: Mapping[str, Design]
    results: Results
    rows: tuple[Compared, ...]  # every outcome of every design, everyone
    by_fifth: tuple[Compared, ...]  # outcomes told by group, own and national fifths
    by_zone: tuple[Compared, ...]  # headline only
    by_month: tuple[Compared, ...]
    rivals: tuple[Compared, ...]  # headline of a design against the one that was given the same money
    drivers: Mapping[str, tuple[Driver, ...]]  # of the headline difference, by design
    cost_drivers: Mapping[str, tuple[Driver, ...]]
    assumed: Mapping[str, tuple[str, ...]]  # assumptions on which only that design's plan depends
    assumed_costs: Mapping[str, tuple[str, ...]]  # the same for its cost
    stopped: str  # why no more was computed
    provenance: Mapping[str, str]
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)  # how each design stands in this place
    is_complete: bool = True
    failures: tuple[str, ...] = field(default=())
    findings: tuple[str, ...] = field(
        default=()
    )  # what follows from the numbers alone: law, prices, who is left out

    @property
    def outcomes(self) -> Outcomes:
        """The outcomes that the brief is about."""
        return outcomes_of(self.brief.measures)

    @property
    def headline(self) -> Outcome:
        """The outcome that designs are first compared by."""
        return self.outcomes.headline

    def row(self, design: str, outcome: str) -> Compared:
        """Return one outcome of one design for everyone."""
        return next(r for r in self.rows if r.design == design and r.outcome == outcome)

    def fifth(self, design: str, outcome: str, kind: str, name: str) -> Compared | None:
        """Return one outcome of one design in one fifth, or None if it is not told by fifth."""
        wanted = (kind, name)
        return next(
            (r for r in self.by_fifth if (r.design, r.outcome, r.group) == (design, outcome, wanted)), None
        )

    def has_people(self, kind: str, name: str) -> bool:
        """Tell whether anybody in the headline need lives in a fifth."""
        wanted = (kind, name)
        return wanted in self.results.groups and bool(np.nansum(self.results.of(TODAY, "need", wanted)) > 0.0)

    def rests_on_assumption(self, design: str, outcome: str) -> bool:
        """Tell whether a difference to today leans on something nobody published.

        It does where something that only this design depends on is assumed, where an
        assumption is among the unknowns that clearly move the difference, or where
        nothing stands out (too few futures, say) and the brief has assumptions:
        the mark is left out only where what moves the difference is published.
        """
        is_cost = outcome.startswith("cost")
        found = (self.cost_drivers if is_cost else self.drivers).get(design, ())
        own = (self.assumed_costs if is_cost else self.assumed).get(design, ())
        clear = [d for d in found if d.is_clear]
        if own or not clear:
            return bool(own) or any(q.is_assumption for q in self.brief.numbers.values())
        return any(d.is_assumption for d in clear)
