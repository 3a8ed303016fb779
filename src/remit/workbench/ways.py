"""compare --route: the way from today to each design, simulated month by month beside today's service."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import load_catalogue
from remit.consistency.route import NoRoute, Route, RouteWish
from remit.design.design import TODAY, Design, changes_from
from remit.design.transition import Transition
from remit.ensemble.dependence import check_ties
from remit.ensemble.futures import futures_of
from remit.ensemble.ports import Executor, Store
from remit.ensemble.question import Question
from remit.ensemble.results import Results
from remit.ground.faults import fail
from remit.mechanism.change import load_change_effects
from remit.mechanism.effect import load_effects
from remit.mechanism.stages import ChangeBook, MonthCost, lower_transition, monthly_costs
from remit.questions.months import by_month, dip_of
from remit.questions.stopping import StopRule, StopTrial, try_out
from remit.report.way_answer import MonthMoney, WayAnswer, WayTold
from remit.simulate.response_outcomes import RESPONSE
from remit.workbench.briefs import OpenBrief
from remit.workbench.compare import Progress, Wish, describe, results_of, run_round
from remit.workbench.designs import Standpoint
from remit.workbench.routes import find_routes

AFTER = 12  # months simulated after the last setting has taken effect
DAYS_A_MONTH = 365.0 / 12.0


@dataclass(frozen=True)
class Ways:
    """What is asked: routes that there are, designs that have none, and over how many months."""

    question: Question
    routes: Mapping[str, Route]
    no_way: Mapping[str, NoRoute]
    months: int
    stop: StopRule | None
    handed_back: Mapping[str, int]  # month from which today's service is back, by arm
    stop_refused: Mapping[str, str]


def pose_ways(
    opened: OpenBrief,
    place: Standpoint,
    designs: Mapping[str, Design],
    wish: RouteWish,
    stop: StopRule | None,
    seed: int,
) -> Ways:
    """Return the question of how the way to each design fares.

    Raises:
        Faults: MEC001 and others if a stage cannot be simulated, RTE001 if no design has a way.
    """
    found = {
        name: find_routes(design, wish, place, (wish.aim,))[wish.aim]
        for name, design in designs.items()
        if name != TODAY and changes_from(design, place.today)
    }
    routes = {n: r for n, r in found.items() if isinstance(r, Route)}
    no_way = {n: r for n, r in found.items() if isinstance(r, NoRoute)}
    if not routes:
        reasons = [f"{name}: {'; '.join(r.reasons)}" for name, r in no_way.items()]
        raise fail("RTE001", " ".join(reasons) or "nothing differs from today")
    months = max(r.last_month for r in routes.values()) + AFTER
    if stop is not None and stop.month > months:
        raise fail("CLI001", f"--stop looks until month {stop.month}, and the course ends in month {months}")
    transitions = {
        route.transition.id: replace(route.transition, title=route.goal.title) for route in routes.values()
    }
    handed, refused = _handed_back(routes, stop, place) if stop else ({}, {})
    for arm, month in handed.items():
        assert stop is not None
        back = transitions[arm].handed_back(stop.month, month)
        transitions[back.id] = back
    brief = replace(opened.brief, days=round(months * DAYS_A_MONTH))
    question = Question(
        brief,
        {TODAY: opened.designs[TODAY]},
        load_effects(brief.family),
        load_catalogue(),
        seed,
        transitions,
        ChangeBook(place.ground.changes, load_change_effects(brief.family)),
    )
    check_ties(brief.together, question.unknowns(), brief.file)
    _check(question)
    return Ways(question, routes, no_way, months, stop, handed, refused)


def _check(question: Question) -> None:
    """Refuse what cannot be simulated in the central future, before anything runs."""
    assert question.change_book is not None
    for transition in question.transitions.values():
        lower_transition(
            transition,
            question.today,
            question.brief,
            Scenario(),
            question.effects,
            question.catalogue,
            question.change_book,
        )


def _handed_back(
    routes: Mapping[str, Route], stop: StopRule, place: Standpoint
) -> tuple[dict[str, int], dict[str, str]]:
    """Return the month from which today is back, by arm, and why the rule cannot be tried on other ways."""
    handed: dict[str, int] = {}
    refused: dict[str, str] = {}
    for route in routes.values():
        arm = route.transition.id
        first = route.moves[0].effect
        moved = [m for m in route.moves if m.effect < stop.month]
        if not moved:
            refused[arm] = (
                f"nothing has changed by month {stop.month}: the first change takes effect in month {first}"
            )
        elif route.no_return is not None and route.no_return < stop.month:
            refused[arm] = f"past the point of no return (month {route.no_return}) it cannot be handed back"
        else:
            # taking a change back takes at least as long as the quickest it could be made
            lag = max(place.ground.changes.by_variable[m.variable].months[0] for m in moved)
            handed[arm] = stop.month + lag
    return handed, refused


def run_ways(
    ways: Ways, wish: Wish, store: Store, executor: Executor, on_progress: Callable[[Progress], None]
) -> WayAnswer:
    """Run what is missing and tell each way. An interrupt keeps every batch that was written."""
    question = ways.question
    store.open(describe(question))
    drawn = futures_of(question, wish.n_scenarios)
    kept = store.read()
    run_round(question, drawn, wish.n_replicates, store, executor, kept, on_progress)
    return tell_ways(ways, drawn, results_of(question, kept, wish.n_scenarios, wish.n_replicates))


def partial_ways(ways: Ways, wish: Wish, store: Store) -> WayAnswer | None:
    """Return what an interrupted run has kept, or None if that is nothing."""
    drawn = futures_of(ways.question, wish.n_scenarios)
    try:
        results = results_of(ways.question, store.read(), wish.n_scenarios, 1 << 30)
    except ValueError:
        return None
    return replace(tell_ways(ways, drawn, results), is_complete=False)


def tell_ways(ways: Ways, drawn: Sequence[Scenario], results: Results) -> WayAnswer:
    """Return what finished runs say of each way."""
    told = [_tell(route, ways, drawn, results) for route in ways.routes.values()]
    return WayAnswer(
        brief=ways.question.brief,
        months=ways.months,
        ways=tuple(told),
        no_way=ways.no_way,
        results=results,
        provenance=describe(ways.question),
        failures=tuple(dict.fromkeys(f.message for f in results.failures)),
    )


def _tell(route: Route, ways: Ways, drawn: Sequence[Scenario], results: Results) -> WayTold:
    arm = route.transition.id
    lives = by_month(results, arm, RESPONSE.headline.id, ways.months)
    response = by_month(results, arm, "response_mean", ways.months)
    return WayTold(
        arm=arm,
        title=route.goal.title,
        route=route,
        lives=tuple(lives),
        response=tuple(response),
        money=tuple(_money(route, ways, drawn)),
        dip=dip_of(lives, RESPONSE.headline.id),
        response_dip=dip_of(response, "response_mean"),
        stop=_stop(route, ways, results),
        stop_refused=ways.stop_refused.get(arm, ""),
    )


def _stop(route: Route, ways: Ways, results: Results) -> StopTrial | None:
    arm = route.transition.id
    if ways.stop is None or arm not in ways.handed_back:
        return None
    back = ways.handed_back[arm]
    name = route.transition.handed_back(ways.stop.month, back).id
    return try_out(results, arm, name, ways.stop, route.moves[0].effect, back)


def _money(route: Route, ways: Ways, drawn: Sequence[Scenario]) -> list[MonthMoney]:
    """Return the extra public cost of each month against today; calls cost the same to a penny of a call."""
    question = ways.question
    grants = {g.condition: (g.begin, g.granted) for g in route.grants}
    costs = [_costs(route.transition, question, s, grants) for s in drawn]
    extra = np.array(
        [[m.service_gbp + m.one_off_gbp + m.double_gbp - c[0].service_gbp for m in c] for c in costs]
    )
    changing = np.array([[m.one_off_gbp for m in c] for c in costs])
    double = np.array([[m.double_gbp for m in c] for c in costs])
    return [
        MonthMoney(
            m,
            float(extra[:, m].mean()),
            float(np.percentile(extra[:, m], 5.0)),
            float(np.percentile(extra[:, m], 95.0)),
            float(changing[:, m].mean()),
            float(double[:, m].mean()),
        )
        for m in range(extra.shape[1])
    ]


def _costs(
    transition: Transition, question: Question, scenario: Scenario, grants: Mapping[str, tuple[int, int]]
) -> list[MonthCost]:
    assert question.change_book is not None
    return monthly_costs(
        transition,
        question.today,
        question.brief,
        scenario,
        question.effects,
        question.catalogue,
        question.change_book,
        grants,
    )
