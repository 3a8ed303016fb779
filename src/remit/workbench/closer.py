"""sharpen: more futures where a preference flips, chosen before they are run; each counts as much as it stands for."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from remit.ensemble.futures import futures_of
from remit.ensemble.plans import PLANS
from remit.ensemble.ports import Executor
from remit.ground.faults import fail
from remit.kernel.layout import Floats
from remit.questions.boundary import Picked, choose
from remit.workbench.compare import describe
from remit.workbench.ensembles import Ensemble, Recipe, Shard, explore
from remit.workbench.questions import (
    column_of,
    design_named,
    outcome_named,
    paired,
    preferred_shares,
    unknowns_of,
)

CANDIDATES = 20  # futures looked at for each that is picked


@dataclass(frozen=True)
class Sharper:
    """What a store is to be asked for beside what it holds."""

    recipe: Recipe
    why: str


def sharpen(ensemble: Ensemble, prefer: str, over: str, outcome: str, by: float, n: int) -> Sharper:
    """Return a recipe with ``n`` more futures near where one design stops beating another.

    A store that was sharpened before goes on with the futures picked then.

    Raises:
        Faults: DSN007, BRF014 names that lead nowhere, ENS006 not all futures have finished, ENS008 a store that
            was sharpened for something else, or whose futures cannot be picked from.
    """
    recipe, spec = ensemble.recipe, outcome_named(outcome, ensemble.question.brief.measures)
    ours, theirs = design_named(prefer, ensemble), design_named(over, ensemble)
    what = f"{ours} over {theirs} on {spec.id} by {by:g}"
    if recipe.picked:
        if (recipe.picked_for, len(recipe.picked)) != (what, n):
            raise fail("ENS008", f"{len(recipe.picked):,} futures were picked for {recipe.picked_for}")
        return Sharper(recipe, f"{n:,} futures were picked before; the rest of them is made.")
    if recipe.vary or not PLANS[recipe.plan].extends:
        raise fail("ENS008", "its futures follow a plan that has no further ones to pick from")
    if not ensemble.made[:, : recipe.n_scenarios].any(axis=2).all():
        raise fail(
            "ENS006", "not every future of it has finished", fix="Go on with the same remit explore first."
        )
    picked = _pick(ensemble, paired_shares(ensemble, ours, theirs, outcome, by), (ours, theirs), n)
    numbers = tuple(int(i) + recipe.n_scenarios for i in picked.indices)
    weights = tuple(picked.weights[recipe.n_scenarios :].tolist())
    why = (
        f"{n:,} futures picked of {CANDIDATES * n:,} looked at, most of them where it is least sure which design is "
        f"better. Conditions use them by weight; for an average, all {recipe.n_scenarios + n:,} together tell as much "
        f"as {picked.n_worth:,.0f} drawn evenly, so other questions leave them out."
    )
    return Sharper(replace(recipe, picked=numbers, picked_weights=weights, picked_for=what), why)


def paired_shares(ensemble: Ensemble, ours: str, theirs: str, outcome: str, by: float) -> Floats:
    """Return ``(scenarios,)`` in which share of its simulated years one design beats another."""
    spec = outcome_named(outcome, ensemble.question.brief.measures)
    return preferred_shares(paired(ensemble.results([spec.difference_of or spec.id]), ours, theirs, spec), by)


def _pick(ensemble: Ensemble, shares: Floats, designs: tuple[str, str], n: int) -> Picked:
    first = ensemble.recipe.n_scenarios
    drawn = futures_of(ensemble.question, first + CANDIDATES * n)
    unknowns = unknowns_of(ensemble, designs)
    known = [column_of(u, drawn[:first]) for u in unknowns]
    candidates = [column_of(u, drawn[first:]) for u in unknowns]
    return choose(known, shares, candidates, n, seed=ensemble.recipe.seed)


def run_sharper(
    ensemble: Ensemble, sharper: Sharper, executor: Executor, on_progress: Callable[[int, int], None]
) -> None:
    """Run what is missing of a sharpened store; what was picked is written down before anything runs.

    Raises:
        Faults: ENS002 the disk will not take it.
    """
    said = {**describe(ensemble.question), "recipe": sharper.recipe.as_text()}
    ensemble.store.remember(said)
    explore(sharper.recipe, ensemble.question, ensemble.store, executor, Shard(), on_progress)
