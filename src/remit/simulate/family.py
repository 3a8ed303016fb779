"""The seam between families of service: how designs of each are lowered, run, named and costed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np

from remit.briefs.brief import Brief
from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import Catalogue
from remit.design.design import Design
from remit.mechanism.cost import YearlyCost
from remit.mechanism.effect import Effects
from remit.mechanism.values import Lowered
from remit.simulate.outcome import Outcomes
from remit.simulate.outcomes import outcomes_of
from remit.simulate.rows import RunRows


class Lower(Protocol):
    """From a design and a scenario to a plan."""

    def __call__(
        self,
        design: Design,
        today: Design,
        brief: Brief,
        scenario: Scenario,
        effects: Effects,
        catalogue: Catalogue,
    ) -> Lowered:
        """Return the plan; raise ``Faults`` where the design cannot run."""


class Run(Protocol):
    """From a plan to named outcomes."""

    def __call__(
        self,
        lowered: Lowered,
        brief: Brief,
        seed: int,
        lucks: Sequence[int],
        cost: YearlyCost,
        work: object,
        everyone_only: bool = False,
    ) -> tuple[RunRows, object]:
        """Return one row a replicate and group, and working memory to hand in again."""


@dataclass(frozen=True)
class Family:
    """What a family of service brings."""

    id: str
    outcomes: Outcomes
    lower: Lower
    run: Run
    cost_inputs: Callable[[Lowered, YearlyCost], object]  # all of which a year's money is made, luck apart
    has_ways: bool  # whether the way from today to a design can be simulated month by month
    has_events: bool  # whether a run can be told event by event


@cache
def family_of(name: str) -> Family:
    """Return a family by name.

    >>> family_of("response").outcomes.headline.id
    'survivors'
    """
    return {"response": _response, "caseload": _caseload}[name]()


def _response() -> Family:
    from remit.mechanism.lower import lower

    def run(*args: object, **options: object) -> tuple[RunRows, object]:
        from remit.simulate import response  # loads the engine

        rows, work = response.run(*args, **options)  # type: ignore[arg-type]
        return rows, work

    def cost_inputs(lowered: Lowered, cost: YearlyCost) -> object:
        return cost.public_gbp, lowered.values["money.gbp_per_call"]

    return Family(
        "response", outcomes_of("response"), lower, run, cost_inputs, has_ways=True, has_events=True
    )


def _caseload() -> Family:
    from remit.mechanism.caseload.lower import lower

    def run(*args: object, **options: object) -> tuple[RunRows, object]:
        from remit.simulate import caseload  # loads the engine

        rows, work = caseload.run(*args, **options)  # type: ignore[arg-type]
        return rows, work

    def cost_inputs(lowered: Lowered, cost: YearlyCost) -> object:
        values = lowered.values
        beside = [values[n] for n in sorted(values.numbers) if n.startswith("money.")]
        return cost.public_gbp, beside, [np.ascontiguousarray(a).tobytes() for a in lowered.plan]

    return Family(
        "caseload", outcomes_of("caseload"), lower, run, cost_inputs, has_ways=False, has_events=False
    )
