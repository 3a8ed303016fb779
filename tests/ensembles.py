"""Ensembles of the small brief in a folder, for tests."""

from collections.abc import Callable
from pathlib import Path

from remit import wiring
from remit.adapters.executors import Serial
from remit.workbench.ensembles import Ensemble, Recipe, Shard, explore, question_of
from small_brief import SMALL

DESIGNS = ("neighbours", "one_more")
WHOLE = Shard()


def recipe(n_scenarios: int = 6, n_replicates: int = 2, designs: tuple[str, ...] = DESIGNS) -> Recipe:
    """Return the recipe of a small ensemble."""
    return Recipe(str(SMALL), "", designs, (), 1, n_scenarios, n_replicates)


def fill(
    folder: Path,
    wanted: Recipe,
    shard: Shard = WHOLE,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Run what is missing of an ensemble into a folder."""
    _, question = question_of(wanted, wiring.brief_at)
    explore(wanted, question, wiring.results_folder(folder), Serial(), shard, told)


def held(folder: Path) -> Ensemble:
    """Return the ensemble in a folder."""
    return wiring.ensemble_at(folder)
