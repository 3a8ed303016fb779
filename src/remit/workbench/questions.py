"""What an ensemble is asked: when does one design win, what drives it, which is safe, what is worth finding out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from remit.briefs.scenario import Scenario
from remit.design.design import TODAY
from remit.ensemble.batches import Made
from remit.ensemble.results import Results, means_of
from remit.ground.document import parse_document
from remit.ground.faults import fail, nearest
from remit.ground.quantity import Choice, Quantity
from remit.kernel.layout import Floats
from remit.questions.boxes import Column, Discovery, discover
from remit.questions.drivers import Driver, drivers
from remit.questions.robust import Robust, robust
from remit.questions.weights import Stakes, parse_weights
from remit.questions.worth import Known, Worth, worth, worth_at_least
from remit.simulate.outcome import Outcome
from remit.simulate.outcomes import outcomes_of
from remit.workbench.compare import reach
from remit.workbench.ensembles import Ensemble

Unknown = Quantity | Choice


def outcome_named(name: str, measures: str) -> Outcome:
    """Return an outcome of a table of outcomes by its id; the headline if no name is given.

    Raises:
        Faults: BRF014 there is none of that name.
    """
    outcomes = outcomes_of(measures)
    known = outcomes.by_id
    if name and name not in known:
        close = nearest(name, list(known)) or f"Known: {', '.join(known)}."
        raise fail("BRF014", f'no outcome "{name}"', fix=close)
    return known[name] if name else outcomes.headline


def weighable(measures: str) -> tuple[str, ...]:
    """Return the outcomes of a table of which more, or less, is better."""
    return tuple(o.id for o in outcomes_of(measures).every if o.better != "none")


def design_named(name: str, ensemble: Ensemble) -> str:
    """Return a design's name.

    Raises:
        Faults: DSN007 the store has none of that name.
    """
    if name not in ensemble.question.arms:
        raise fail("DSN007", f'"{name}"', fix=nearest(name, list(ensemble.question.arms)))
    return name


def no_shared_draws(ensemble: Ensemble) -> None:
    """Refuse a store whose futures share draws: what is asked takes them for independent of each other.

    Raises:
        Faults: ENS009.
    """
    if ensemble.recipe.vary:
        raise fail("ENS009", f"unknowns were swapped in it: {', '.join(ensemble.recipe.vary)}")


def unknowns_of(ensemble: Ensemble, designs: Sequence[str]) -> list[Unknown]:
    """Return the unknowns that touch the plan or cost of any of these designs, each once."""
    found = reach(ensemble.question)
    told: dict[str, Unknown] = {}
    for name in designs:
        if name in found:
            told.update({u.name: u for u in (*found[name].plan, *found[name].cost)})
    return list(told.values())


def drawn_values(unknown: Unknown, drawn: Sequence[Scenario]) -> Floats:
    """Return the value of an unknown in each scenario; of a choice the number of its answer."""
    if isinstance(unknown, Choice):
        return np.array([unknown.options.index(s.answer(unknown)) for s in drawn], float)
    return np.array([s.value(unknown) for s in drawn])


def paired(results: Results, ours: str, theirs: str, outcome: Outcome) -> Floats:
    """Return ``(scenarios, replicates)`` of how much better ours is, in the outcome's good direction."""
    column = outcome.difference_of or outcome.id
    apart = results.of(ours, column) - results.of(theirs, column)
    return apart if outcome.better != "down" else -apart


@dataclass(frozen=True)
class Conditions:
    """When one design beats another."""

    prefer: str
    over: str
    outcome: Outcome
    by: float
    found: Discovery
    largest: float  # the most by which any scenario prefers it, in the outcome's unit
    unknowns: Mapping[str, Unknown]


def conditions(
    ensemble: Ensemble, prefer: str, over: str, outcome: str, by: float, most_limits: int
) -> Conditions:
    """Return the conditions under which one design beats another by more than an amount.

    Preference is a probability: the share of a future's simulated years in which it does.

    Raises:
        Faults: DSN007, BRF014 names that lead nowhere, ENS006 nothing has finished, CLI001 a design over itself.
    """
    ours, theirs = design_named(prefer, ensemble), design_named(over, ensemble)
    if ours == theirs:
        raise fail("CLI001", f'"{ours}" over itself')
    spec = outcome_named(outcome, ensemble.question.brief.measures)
    no_shared_draws(ensemble)
    results = ensemble.results([spec.difference_of or spec.id], with_picked=True)
    apart = paired(results, ours, theirs, spec)
    known = np.isfinite(apart)
    counts = known.sum(axis=1)
    shares = preferred_shares(apart, by)
    drawn = ensemble.drawn[: results.n_scenarios]
    unknowns = unknowns_of(ensemble, (ours, theirs))
    columns = [column_of(u, drawn) for u in unknowns]
    weights = counts * np.array(ensemble.weights()[: len(counts)])
    found = discover(columns, shares, weights, most_limits=most_limits, seed=ensemble.recipe.seed)
    sums = np.where(known, apart, 0.0).sum(axis=1)
    means = sums[counts > 0] / counts[counts > 0]
    largest = float(means.max()) if len(means) else float("nan")
    return Conditions(ours, theirs, spec, by, found, largest, {u.name: u for u in unknowns})


def preferred_shares(apart: Floats, by: float) -> Floats:
    """Return ``(scenarios,)`` the share of simulated years in which a paired difference is above an amount."""
    known = np.isfinite(apart)
    counts = known.sum(axis=1)
    wins = (np.where(known, apart, -np.inf) > by).sum(axis=1)
    return np.where(counts > 0, wins / np.maximum(counts, 1), np.nan)


def column_of(unknown: Unknown, drawn: Sequence[Scenario]) -> Column:
    """Return what an unknown was in each scenario, as a column to look for conditions on."""
    values = drawn_values(unknown, drawn)
    if isinstance(unknown, Choice):
        return Column(unknown.name, values, "choice", unknown.options)
    return Column(unknown.name, values)


def what_drives(ensemble: Ensemble, outcome: str) -> dict[str, list[Driver]]:
    """Return what moves each design's difference to today in an outcome, strongest first.

    Raises:
        Faults: BRF014 no such outcome, ENS006 nothing has finished.
    """
    spec = outcome_named(outcome, ensemble.question.brief.measures)
    no_shared_draws(ensemble)
    column = spec.difference_of or spec.id
    results = ensemble.results([column])
    return {
        name: drivers(results, ensemble.drawn, unknowns_of(ensemble, (name,)), name, TODAY, column)
        for name in ensemble.question.designs
        if name != TODAY
    }


def replicate_means(results: Results, outcome: Outcome) -> Floats:
    """Return ``(scenarios, designs)`` of an outcome, averaged over the replicates that every design finished."""
    return means_of(results.in_common(outcome.id)).T


def how_robust(ensemble: Ensemble, stakes: Stakes) -> Robust:
    """Return how each design stands over all futures, for each stakeholder's weights.

    Raises:
        Faults: ENS006 nothing has finished.
    """
    measures = ensemble.question.brief.measures
    specs = {name: outcome_named(name, measures) for name in weighable(measures)}
    better = {name: spec.better for name, spec in specs.items()}
    results = ensemble.results(list(better))
    values = {name: replicate_means(results, spec) for name, spec in specs.items()}
    return robust(values, results.designs, better, stakes)


def uneven_futures(ensemble: Ensemble) -> int:
    """Return in how many futures a year of some design is missing that another has."""
    return _n_uneven(ensemble.made[:, : ensemble.recipe.n_scenarios])


def _n_uneven(made: Made) -> int:
    """Return in how many futures some design has a year that another lacks."""
    uneven: Made = np.any(made, axis=0) & ~np.all(made, axis=0)
    return int(np.count_nonzero(np.any(uneven, axis=1)))


@dataclass(frozen=True)
class Weighed:
    """What knowing more is worth at most, and at least where luck is kept from judging what it chose."""

    found: Worth
    at_least: float  # NaN with one replicate
    n_uneven: int  # futures in which a year of some design is missing: it is left out for all


def what_is_worth(ensemble: Ensemble, outcome: str, gbp_each: float) -> Weighed:
    """Return what knowing each unknown would be worth in choosing among the designs.

    Args:
        ensemble: an ensemble.
        outcome: what the choice is judged by.
        gbp_each: pounds of public money that count as much as one of the outcome; 0 leaves money out.

    Raises:
        Faults: BRF014 no such outcome, ENS006 nothing has finished.
    """
    spec = outcome_named(outcome, ensemble.question.brief.measures)
    no_shared_draws(ensemble)
    results = ensemble.results([spec.id, "cost_public"])
    by_replicate = _by_replicate(results, spec, gbp_each)
    values = means_of(np.moveaxis(by_replicate, 1, 2))
    drawn = ensemble.drawn[: results.n_scenarios]
    known = [
        Known(u.name, drawn_values(u, drawn), isinstance(u, Choice))
        for u in unknowns_of(ensemble, list(ensemble.question.designs))
    ]
    told = worth(values, results.designs, known, seed=ensemble.recipe.seed)
    return Weighed(told, worth_at_least(by_replicate), n_uneven(results, spec.id))


def _by_replicate(results: Results, spec: Outcome, gbp_each: float) -> Floats:
    """Return ``(scenarios, replicates, designs)`` of what a choice is judged by; NaN where a design lacks the run."""
    values = (1.0 if spec.better != "down" else -1.0) * results.in_common(spec.id)
    if gbp_each > 0.0:
        values = values - results.in_common("cost_public") / gbp_each
    return np.moveaxis(values, 0, 2)


def n_uneven(results: Results, column: str) -> int:
    """Return in how many futures a year of some design is missing that another has: it is left out for all."""
    have = np.stack([np.isfinite(results.of(d, column)) for d in results.designs])
    return _n_uneven(have)


def stakes_in(file: Path | None, read_text: Callable[[Path], str], measures: str) -> Stakes:
    """Return the weights in a file; without one everybody cares for the headline alone.

    Raises:
        Faults: whatever is wrong with the file.
    """
    if file is None:
        return Stakes({"everyone": {outcome_named("", measures).id: 1.0}})
    return parse_weights(parse_document(read_text(file), str(file)), weighable(measures))
