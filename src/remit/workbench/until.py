"""until: draw futures until a difference is known precisely enough, or which design is best, and say why it stopped."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from remit.design.design import TODAY
from remit.ensemble.plans import PLANS
from remit.ensemble.ports import Executor
from remit.ensemble.question import Question
from remit.ensemble.results import Results, arrange, means_of
from remit.ground.faults import fail
from remit.kernel.layout import Floats
from remit.questions.precision import Precision, next_size
from remit.questions.ranking import Selecting, select
from remit.simulate.outcome import Outcome
from remit.workbench.ensembles import Recipe, RecipeStore, Shard, draw, explore

LEAST = 64


@dataclass(frozen=True)
class StopWish:
    """When there are futures enough: one of the two."""

    outcome: Outcome
    half_width: float = 0.0  # each difference to today is known to plus or minus this
    indifference: float = 0.0  # the best design is known, but for others within this of it


@dataclass(frozen=True)
class Stopped:
    """How many futures there are, and why no more."""

    n_scenarios: int
    enough: bool
    why: str


def explore_until(
    recipe: Recipe,
    question: Question,
    store: RecipeStore,
    executor: Executor,
    wish: StopWish,
    on_progress: Callable[[int, int], None],
) -> Stopped:
    """Run rounds of futures, each at most twice as many as before, until they are enough or ``recipe`` allows no more.

    Raises:
        Faults: CLI001 a plan that cannot be extended, or fewer futures than a first round; else as ``explore``.
    """
    if recipe.vary or (recipe.plan in PLANS and not PLANS[recipe.plan].extends):
        raise fail(
            "CLI001", "a stopping rule needs futures that can be extended", fix="Leave out --plan or --vary."
        )
    most = recipe.n_scenarios
    if most < 2 * LEAST:
        raise fail(
            "CLI001", f"{most:,} futures at most", fix=f"Allow {2 * LEAST:,} or more with --scenarios."
        )
    n = LEAST
    while True:
        now = replace(recipe, n_scenarios=n)
        explore(now, question, store, executor, Shard(), on_progress)
        values = _means(now, question, store, wish.outcome)
        stopped = (
            _precise(values, question, wish, n, most)
            if wish.half_width
            else _ranked(values, question, wish, n, most)
        )
        if stopped.enough or stopped.n_scenarios == n:
            return stopped
        n = stopped.n_scenarios


def _means(recipe: Recipe, question: Question, store: RecipeStore, outcome: Outcome) -> Floats:
    """Return ``(scenarios, designs)`` of the outcome, more being better, over replicates that all finished."""
    column = outcome.difference_of or outcome.id
    held = store.columns(question.origin, (column,))
    results: Results = arrange(held, [s.number for s in draw(recipe, question)], recipe.n_replicates)
    sign = -1.0 if outcome.better == "down" else 1.0
    return sign * means_of(results.in_common(column)).T


def _precise(values: Floats, question: Question, wish: StopWish, n: int, most: int) -> Stopped:
    others = [d for d in question.arms if d != TODAY]
    base = question.arms.index(TODAY)
    apart = np.delete(values - values[:, [base]], base, axis=1)
    ruling = next_size(apart, Precision(wish.half_width, least=LEAST, most=most), others)
    return Stopped(ruling.n_next if not ruling.enough else n, ruling.enough, ruling.why)


def _ranked(values: Floats, question: Question, wish: StopWish, n: int, most: int) -> Stopped:
    found = select(values, Selecting(wish.indifference), question.arms)
    return Stopped(n if found.is_done else min(most, 2 * n), found.is_done, found.why)
