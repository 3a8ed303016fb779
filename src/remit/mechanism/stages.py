"""A transition lowered: one plan whose numbers follow the settings month by month, and what each month costs."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from remit.briefs.brief import Brief
from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import Catalogue
from remit.catalogue.changes import Changes
from remit.design.design import Design
from remit.design.transition import Transition
from remit.ground.quantity import Quantity
from remit.mechanism.change import MONTH_MINUTES, ChangeEffects, in_the_middle
from remit.mechanism.cost import YearlyCost, yearly_cost
from remit.mechanism.effect import Effects
from remit.mechanism.lower import DAY_MINUTES, plan_of
from remit.mechanism.routing import check_way
from remit.mechanism.values import Lowered, Values, values_of

SWITCHED_ON = 0.5


@dataclass(frozen=True)
class ChangeBook:
    """What changing settings takes, and what being in the middle of it does."""

    changes: Changes
    effects: ChangeEffects


@dataclass(frozen=True)
class MonthCost:
    """What one month costs the public purse, in pounds of the brief's year."""

    service_gbp: float  # crews, kit, roles; calls come on top
    one_off_gbp: float  # changing settings and getting conditions granted
    double_gbp: float  # keeping the old way beside the new


def lower_transition(
    transition: Transition,
    today: Design,
    brief: Brief,
    scenario: Scenario,
    effects: Effects,
    catalogue: Catalogue,
    book: ChangeBook,
) -> Lowered:
    """Return the plan of a transition: the numbers of each month are those of the design that holds in it.

    Strain, settling in and slow growth come on top (``change.py``); a brief's own dated changes too.

    Raises:
        Faults: MEC001 a stage whose way of finding help this family does not have, MEC002 to MEC007 as for a design.
    """
    staged = _staged(transition, today, brief, scenario, effects, catalogue)
    switched = _switched_on(staged, transition, book.effects)
    difficulty = {v: c.difficulty for v, c in book.changes.by_variable.items()}
    first = brief.warm_up_days * DAY_MINUTES
    n_months = round(brief.days * DAY_MINUTES / MONTH_MINUTES)
    starts = {0.0, *(first + m * MONTH_MINUTES for m in range(1, n_months))}
    starts |= {(brief.warm_up_days + c.day - 1) * DAY_MINUTES for c in brief.changes}
    segments = []
    for minute in sorted(starts):
        month = max(0.0, (minute - first) / MONTH_MINUTES)
        values = staged[_stage_of(transition, month)]
        numbers = in_the_middle(
            values.numbers, month, transition, difficulty, switched, scenario, book.effects, brief.family
        )
        for change in brief.changes:
            if (
                change.happens_to(transition.id)
                and (brief.warm_up_days + change.day - 1) * DAY_MINUTES <= minute
            ):
                numbers.update({n: numbers[n] * f for n, f in change.multiply})
        segments.append((minute, Values(numbers, values.answers, values.route, values.family, values.steps)))
    return Lowered(plan_of(segments, brief, transition.id), staged[-1])


def _staged(
    transition: Transition,
    today: Design,
    brief: Brief,
    scenario: Scenario,
    effects: Effects,
    catalogue: Catalogue,
) -> list[Values]:
    staged = []
    for stage in transition.stages:
        values = values_of(stage.design, today, brief, scenario, effects, catalogue)
        check_way(values, brief, f"month {stage.month} of {transition.title}")
        staged.append(values)
    return staged


def _stage_of(transition: Transition, month: float) -> int:
    return max(i for i, s in enumerate(transition.stages) if s.month <= month + 1e-9)


def _switched_on(staged: list[Values], transition: Transition, effects: ChangeEffects) -> Mapping[str, float]:
    """Return the month from which each parameter that growth waits for stays on; absent if it never is."""
    found: dict[str, float] = {}
    for growth in effects.growth:
        for values, stage in zip(staged, transition.stages, strict=True):
            is_on = values[growth.since] > SWITCHED_ON
            if is_on and growth.since not in found and stage.month > 0:
                found[growth.since] = float(stage.month)
            elif not is_on:
                found.pop(growth.since, None)
    return found


def monthly_costs(
    transition: Transition,
    today: Design,
    brief: Brief,
    scenario: Scenario,
    effects: Effects,
    catalogue: Catalogue,
    book: ChangeBook,
    grants: Mapping[str, tuple[int, int]],
) -> list[MonthCost]:
    """Return what each month costs, calls apart.

    Args:
        transition: what moves when.
        today: the design it starts from.
        brief: the need and place, as long as is simulated.
        scenario: the future.
        effects: what settings do.
        catalogue: the framework.
        book: what changes take.
        grants: for each condition asked for, its first month and the month it is granted.
    """
    year = brief.price_year
    yearly: list[YearlyCost] = []
    for stage in transition.stages:
        values = values_of(stage.design, today, brief, scenario, effects, catalogue)
        yearly.append(yearly_cost(stage.design, today, values, brief, scenario, catalogue))
    share = values["money.roles_share"]
    spans = [
        (begin, end, scenario.value(book.changes.cost_of(v, year)) * share)
        for v, begin, end in transition.in_progress
    ]
    for name, (begin, end) in grants.items():
        spans.append((begin, end, scenario.value(grant_cost(name, catalogue, book.changes, year)) * share))
    double = scenario.value(book.changes.double_share) * yearly[0].public_gbp / 12.0
    months = []
    for month in range(round(brief.days * DAY_MINUTES / MONTH_MINUTES)):
        one_off = sum(gbp / (end - begin) for begin, end, gbp in spans if begin <= month < end)
        twice = double if transition.double_from <= month < transition.double_until else 0.0
        service = yearly[_stage_of(transition, month)].public_gbp / 12.0
        months.append(MonthCost(service, one_off, twice))
    return months


def grant_cost(condition: str, catalogue: Catalogue, changes: Changes, price_year: int) -> Quantity:
    """Return the one-off cost of getting a condition granted, in pounds of ``price_year``."""
    low, high = catalogue.conditions[condition].cost_k
    return changes.one_off(f"change.{condition}.cost_gbp", low, high, price_year)


def change_quantities(catalogue: Catalogue, book: ChangeBook, price_year: int) -> list[Quantity]:
    """Return everything uncertain about changing: what it does, what it costs, how long both ways run."""
    moves = [book.changes.cost_of(v, price_year) for v in book.changes.by_variable]
    grants = [grant_cost(c, catalogue, book.changes, price_year) for c in catalogue.conditions]
    return [*book.effects.quantities, *moves, *grants, book.changes.double_share]


def average_yearly_cost(
    transition: Transition,
    today: Design,
    brief: Brief,
    scenario: Scenario,
    effects: Effects,
    catalogue: Catalogue,
) -> YearlyCost:
    """Return the yearly cost of the service on average over all months, changing itself apart."""
    n_months = round(brief.days * DAY_MINUTES / MONTH_MINUTES)
    costs = []
    for i, stage in enumerate(transition.stages):
        values = values_of(stage.design, today, brief, scenario, effects, catalogue)
        until = transition.stages[i + 1].month if i + 1 < len(transition.stages) else n_months
        share = max(0, min(until, n_months) - min(stage.month, n_months)) / n_months
        costs.append((share, yearly_cost(stage.design, today, values, brief, scenario, catalogue)))
    return YearlyCost(
        **{f.name: sum(share * getattr(cost, f.name) for share, cost in costs) for f in fields(YearlyCost)}
    )
