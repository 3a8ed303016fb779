"""explore: an ensemble in a store that says what it holds, so that it can be asked and gone on with by itself."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from remit.briefs.scenario import Scenario
from remit.design.design import TODAY, Design
from remit.ensemble.ports import Executor, Failure, RunBatch, RunKey, Store
from remit.ensemble.question import Question
from remit.ensemble.results import Results, gather
from remit.ensemble.runner import run_missing
from remit.ensemble.sampling import scenarios
from remit.ground.faults import fail
from remit.workbench.briefs import OpenBrief
from remit.workbench.compare import choose_designs, describe, pose

OpenPlace = Callable[[str, Path | None], OpenBrief]


@dataclass(frozen=True)
class Recipe:
    """What a store was filled with, in the words of the command that did it."""

    brief: str
    place: str
    designs: tuple[str, ...]
    turns: tuple[str, ...]
    seed: int
    n_scenarios: int
    n_replicates: int

    def as_text(self) -> str:
        """Return it as one line of JSON."""
        return json.dumps(asdict(self))


class RecipeStore(Store, Protocol):
    """A store that says what it holds."""

    def held(self) -> dict[str, Any]:
        """Return what it says; nothing if that cannot be read."""

    def remember(self, question: dict[str, str]) -> None:
        """Write anew what it says."""


def _both(one: Recipe, other: Recipe) -> Recipe:
    """Return the recipe that asks for everything either does."""
    return replace(
        other,
        designs=tuple(dict.fromkeys([*one.designs, *other.designs])),
        turns=tuple(dict.fromkeys([*one.turns, *other.turns])),
        n_scenarios=max(one.n_scenarios, other.n_scenarios),
        n_replicates=max(one.n_replicates, other.n_replicates),
    )


@dataclass(frozen=True)
class Shard:
    """One of several parts of an ensemble that share nothing: every ``of``-th scenario."""

    number: int = 1
    of: int = 1

    def takes(self, scenario: Scenario) -> bool:
        """Tell whether a scenario is of this part."""
        return scenario.number % self.of == self.number - 1


def parse_shard(text: str) -> Shard:
    """Return the shard in ``text``.

    Raises:
        Faults: CLI001 not written as 3/16, or outside its range.

    >>> parse_shard("3/16")
    Shard(number=3, of=16)
    """
    number, sep, of = text.partition("/")
    if sep and number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of):
        return Shard(int(number), int(of))
    raise fail("CLI001", f'--shard "{text}"', fix="Write which part of how many, for example 3/16.")


@dataclass(frozen=True)
class Ensemble:
    """A store opened again: its question, its scenarios, what finished and what failed."""

    recipe: Recipe
    opened: OpenBrief
    question: Question
    drawn: tuple[Scenario, ...]
    results: Results | None  # None if nothing has finished yet
    failures: tuple[Failure, ...]
    n_done: int
    n_foreign: int = 0  # runs in the folder that answer another question, and are left out

    @property
    def n_wanted(self) -> int:
        """How many runs the recipe asks for."""
        return len(self.question.arms) * self.recipe.n_scenarios * self.recipe.n_replicates

    @property
    def designs(self) -> dict[str, Design]:
        """What is compared, today first."""
        return dict(self.question.designs)


def question_of(recipe: Recipe, open_place: OpenPlace) -> tuple[OpenBrief, Question]:
    """Return the brief and the question that a recipe asks.

    Raises:
        Faults: whatever is wrong with the brief or its designs.
    """
    opened = open_place(recipe.brief, Path(recipe.place) if recipe.place else None)
    designs = choose_designs(opened, recipe.designs, recipe.turns)
    return opened, pose(opened, designs, recipe.seed)


def explore(
    recipe: Recipe,
    question: Question,
    store: RecipeStore,
    executor: Executor,
    shard: Shard,
    on_progress: Callable[[int, int], None],
) -> None:
    """Run what is missing of an ensemble; what finished is kept whatever happens.

    Raises:
        Faults: ENS001 the store holds another question, ENS002 it cannot be written.
    """
    # designs by name, so that "all" today stays those of today when the brief gets another
    named = tuple(d for d in question.designs if d != TODAY and d not in recipe.turns)
    recipe = replace(recipe, designs=named)
    said = {**describe(question), "recipe": recipe.as_text()}
    store.open(said)
    held = store.held()
    if held.get("recipe") != said["recipe"]:
        # the same question asked for more: the store says from now on that it holds both
        store.remember({**said, "recipe": _both(read_recipe(held, recipe.brief), recipe).as_text()})
    drawn = [s for s in draw(recipe, question) if shard.takes(s)]
    kept, _ = own_runs(store.read(), question, recipe)
    wanted = {s.number for s in drawn}
    total = len(question.arms) * len(drawn) * recipe.n_replicates
    done = sum(_counted(b, wanted, recipe.n_replicates) for b in kept)
    on_progress(done, total)

    def told(batch: RunBatch) -> None:
        nonlocal done
        done += len(batch.keys) + len(batch.failures)
        on_progress(done, total)

    run_missing(question, drawn, range(recipe.n_replicates), store, executor, kept, told)


def _counted(batch: RunBatch, wanted: set[int], n_replicates: int) -> int:
    keys = [*batch.keys, *(f.key for f in batch.failures)]
    return sum(k.scenario in wanted and k.replicate < n_replicates for k in keys)


def draw(recipe: Recipe, question: Question) -> Sequence[Scenario]:
    """Return the scenarios of a recipe; more extend those already drawn."""
    return scenarios(question.unknowns(), 0, recipe.n_scenarios, question.seed)


def read_recipe(held: dict[str, Any], where: str) -> Recipe:
    """Return the recipe of a store.

    Raises:
        Faults: ENS003 it is no store, or of another version.
    """
    try:
        raw = json.loads(held["recipe"])
        recipe = Recipe(**{**raw, "designs": tuple(raw["designs"]), "turns": tuple(raw["turns"])})
        if not all(isinstance(n, int) and n > 0 for n in (recipe.n_scenarios, recipe.n_replicates)):
            raise ValueError
        return recipe
    except (KeyError, TypeError, ValueError):
        said = "it was not made by remit explore" if held else "no question.json in it can be read"
        raise fail("ENS003", said, file=where) from None


def open_ensemble(store: Store, held: dict[str, Any], where: str, open_place: OpenPlace) -> Ensemble:
    """Return a store opened again, to be asked.

    Raises:
        Faults: ENS003 it is no store, ENS004 its brief, designs or Remit itself have changed since.
    """
    recipe = read_recipe(held, where)
    opened, question = question_of(recipe, open_place)
    if question.digest != held.get("digest"):
        version = held.get("remit_version", "?")
        raise fail("ENS004", f"{recipe.brief}, filled by Remit {version}", file=where)
    batches, n_foreign = own_runs(store.read(), question, recipe)
    failures = tuple({f.key.run_id: f for b in batches for f in b.failures}.values())
    ours = [b for b in batches if b.keys]
    results = gather(ours, question.arms) if ours else None
    n_done = len(results.keys) if results is not None else 0
    drawn = tuple(draw(recipe, question))
    return Ensemble(recipe, opened, question, drawn, results, failures, n_done, n_foreign)


def own_runs(batches: Sequence[RunBatch], question: Question, recipe: Recipe) -> tuple[list[RunBatch], int]:
    """Return the runs that answer this question, and how many others lie beside them.

    A run's identity is worked out anew from everything that determines it, so a part copied from another store,
    or made from another brief, is never mixed in.
    """
    kept, n_foreign = [], 0
    for batch in batches:
        rows = [i for i, key in enumerate(batch.keys) if _is_own(key, question, recipe)]
        failures = tuple(f for f in batch.failures if _is_own(f.key, question, recipe))
        n_foreign += len(batch.keys) - len(rows)
        if len(rows) == len(batch.keys) and len(failures) == len(batch.failures):
            kept.append(batch)
        elif rows or failures:
            keys = tuple(batch.keys[i] for i in rows)
            values, chart = (batch.values[rows], batch.chart[rows]) if rows else (batch.values, batch.chart)
            kept.append(RunBatch(keys, batch.groups, batch.columns, values, chart, failures))
    return kept, n_foreign


def _is_own(key: RunKey, question: Question, recipe: Recipe) -> bool:
    return (
        key.design in question.arms
        and key.scenario < recipe.n_scenarios
        and key.replicate < recipe.n_replicates
        and key.run_id == question.run_id(key.design, key.scenario, key.replicate)
    )
