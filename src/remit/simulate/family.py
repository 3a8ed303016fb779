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
from remit.kernel.layout import MINUTE_TICKS, Ints
from remit.mechanism.cost import YearlyCost
from remit.mechanism.effect import Effects
from remit.mechanism.values import Lowered
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


class HasLog(Protocol):
    """Working memory in which a run writes what happened."""

    @property
    def log(self) -> Ints:
        """``(rows, 4)``, as many as were asked for."""


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
    ) -> tuple[RunRows, HasLog]:
        """Return one row a replicate and group, and working memory to hand in again."""


@dataclass(frozen=True)
class Family:
    """What a family of service brings."""

    id: str
    lower: Lower
    run: Run
    cost_inputs: Callable[[Lowered, YearlyCost], object]  # all of which a year's money is made, luck apart
    has_ways: bool  # whether the way from today to a design can be simulated month by month
    room: Callable[[Lowered, Brief, int], HasLog]  # working memory with room for so many events
    log_start: Callable[[Brief], int]  # when measuring begins, in the log's own time


@cache
def family_of(name: str) -> Family:
    """Return a family by name.

    >>> family_of("response").has_ways
    True
    """
    return {"response": _response, "caseload": _caseload, "commons": _commons}[name]()


def has_ways(brief: Brief) -> bool:
    """Tell whether the way from today to a design of this brief can be simulated month by month."""
    return family_of(brief.family).has_ways and brief.measures == brief.family


def _response() -> Family:
    from remit.mechanism.lower import lower, span_of

    def run(lowered: Lowered, brief: Brief, *args: object, **options: object) -> tuple[RunRows, HasLog]:
        from remit.simulate import reports, response  # loads the engine

        measure = {"response": response.run, "reports": reports.run}[brief.measures]
        rows, work = measure(lowered, brief, *args, **options)  # type: ignore[arg-type]
        return rows, work

    def room(lowered: Lowered, brief: Brief, n_events: int) -> HasLog:
        from remit.kernel.batch import make_workspace

        return make_workspace(lowered.plan, span_of(brief), log_rows=n_events)

    def cost_inputs(lowered: Lowered, cost: YearlyCost) -> object:
        values = lowered.values
        beside = [values[n] for n in sorted(values.numbers) if n.startswith(("reports.", "money.gbp_per_"))]
        app = [values["money.app_gbp_per_year"], *lowered.uptake] if lowered.uptake is not None else []
        return cost.public_gbp, beside, [np.ascontiguousarray(a).tobytes() for a in app]

    return Family(
        "response",
        lower,
        run,
        cost_inputs=cost_inputs,
        has_ways=True,
        room=room,
        log_start=lambda brief: int(span_of(brief).warm_minutes * MINUTE_TICKS),
    )


def _caseload() -> Family:
    from remit.mechanism.caseload.lower import lower

    def run(lowered: Lowered, brief: Brief, *args: object, **options: object) -> tuple[RunRows, HasLog]:
        if brief.measures == "meals":
            from remit.simulate import meals as told
        else:
            from remit.simulate import caseload as told  # type: ignore[no-redef]  # loads the engine

        rows, work = told.run(lowered, brief, *args, **options)  # type: ignore[arg-type]
        return rows, work

    def room(lowered: Lowered, brief: Brief, n_events: int) -> HasLog:
        from remit.kernel.caseload.batch import make_workspace

        return make_workspace(lowered.plan, (brief.warm_up_days + brief.days) // 7, log_rows=n_events)

    def cost_inputs(lowered: Lowered, cost: YearlyCost) -> object:
        values = lowered.values
        beside = [
            values[n] for n in sorted(values.numbers) if n.startswith(("money.", "neighbours.", "meals."))
        ]
        return cost.public_gbp, beside, [np.ascontiguousarray(a).tobytes() for a in lowered.arrays]

    return Family(
        "caseload",
        lower,
        run,
        cost_inputs,
        has_ways=False,
        room=room,
        log_start=lambda brief: brief.warm_up_days // 7,
    )


def _commons() -> Family:
    from remit.mechanism.commons.lower import lower

    def run(*args: object, **options: object) -> tuple[RunRows, HasLog]:
        from remit.simulate import commons  # loads the engines

        rows, work = commons.run(*args, **options)  # type: ignore[arg-type]
        return rows, work

    def room(lowered: Lowered, brief: Brief, n_events: int) -> HasLog:
        from remit.simulate.commons import Room

        return Room(np.zeros((n_events, 4), np.int64))

    def cost_inputs(lowered: Lowered, cost: YearlyCost) -> object:
        values = lowered.values
        heads = ("money.", "pot.", "projects.volunteer_hours", "crowd.displaced_share", "benefit.")
        beside = [values[n] for n in sorted(values.numbers) if n.startswith(heads)]
        return cost.public_gbp, beside, [np.ascontiguousarray(a).tobytes() for a in lowered.plan]

    return Family(
        "commons",
        lower,
        run,
        cost_inputs,
        has_ways=False,
        room=room,
        log_start=lambda brief: 0,
    )
