"""explore: an ensemble in a store that says what it holds, so that it can be asked and gone on with by itself."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from remit.briefs.scenario import Scenario
from remit.design.design import TODAY, Design
from remit.ensemble.batches import Made, missing_tasks
from remit.ensemble.freezing import points_in_block
from remit.ensemble.futures import futures_of
from remit.ensemble.plans import DEFAULT_PLAN, PLANS, Sampling
from remit.ensemble.ports import Executor, Failure, Held, Origin, RunBatch, RunKey, Writer
from remit.ensemble.question import Question
from remit.ensemble.results import Results, arrange, made_of
from remit.ensemble.runner import run_missing
from remit.ground.faults import fail
from remit.questions.variance import LEAST_BLOCKS
from remit.workbench.briefs import OpenBrief, surprised
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
    detail: bool = False  # outcomes by fifth, zone and month are kept too
    plan: str = DEFAULT_PLAN  # how futures are drawn
    vary: tuple[str, ...] = ()  # unknowns swapped one at a time, for shares of variance
    pairs: bool = False  # and two at a time
    picked: tuple[int, ...] = ()  # further futures, near where a preference flips
    picked_weights: tuple[float, ...] = ()  # how much each counts; every other future counts one
    picked_for: str = ""  # which preference, in words
    surprise: str = ""  # which of the brief's surprises comes true

    def as_text(self) -> str:
        """Return it as one line of JSON."""
        return json.dumps(asdict(self))

    @property
    def sampling(self) -> Sampling:
        """How its futures are drawn."""
        fixed = self.plan in PLANS and not PLANS[self.plan].extends
        return Sampling(self.plan, self.n_scenarios if fixed else 0, self.vary, self.pairs)


class RecipeStore(Writer, Protocol):
    """A store that says what it holds."""

    def open(self, question: dict[str, str]) -> None:
        """Begin or go on; raise ``Faults`` ENS001 if it holds another question."""

    def held(self) -> dict[str, Any]:
        """Return what it says; nothing if that cannot be read."""

    def remember(self, question: dict[str, str]) -> None:
        """Write anew what it says."""

    def note(self, recipe: str, shard: str, remit_version: str) -> None:
        """Remember that runs were asked for, before any is made."""

    def columns(self, origin: Origin, wanted: Sequence[str] = ()) -> Held:
        """Return where each run of this origin stands, and wanted outcomes of it."""

    def failures(self) -> list[Failure]:
        """Return every failure kept."""

    def forget_failures(self) -> None:
        """Forget every failure, so that those runs are made again."""

    @property
    def where(self) -> str:
        """What to call the store in a message."""

    def find(self, origin: Origin, beginning: str) -> list[RunKey]:
        """Return the runs of this origin whose identity begins so."""


def _both(one: Recipe, other: Recipe) -> Recipe:
    """Return the recipe that asks for everything either does."""
    return replace(
        other,
        designs=tuple(dict.fromkeys([*one.designs, *other.designs])),
        turns=tuple(dict.fromkeys([*one.turns, *other.turns])),
        n_scenarios=max(one.n_scenarios, other.n_scenarios),
        n_replicates=max(one.n_replicates, other.n_replicates),
        picked=one.picked or other.picked,
        picked_weights=one.picked_weights or other.picked_weights,
        picked_for=one.picked_for or other.picked_for,
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
    made: Made  # (arms, scenarios, replicates), whether a run finished
    failures: tuple[Failure, ...]
    n_foreign: int  # runs in the folder that answer another question, and are left out
    store: RecipeStore
    gone: tuple[str, ...] = ()  # designs that the brief no longer has: their runs are left out

    @cached_property
    def n_done(self) -> int:
        """How many of the wanted runs finished."""
        return int(self.made.sum())

    @property
    def done_by_design(self) -> dict[str, int]:
        """How many runs of each design finished."""
        return {name: int(n) for name, n in zip(self.question.arms, self.made.sum(axis=(1, 2)), strict=True)}

    @property
    def n_wanted(self) -> int:
        """How many runs the recipe asks for."""
        return self.made.size

    @property
    def designs(self) -> dict[str, Design]:
        """What is compared, today first."""
        return dict(self.question.designs)

    def weights(self) -> list[float]:
        """Return how much each future counts: one, and those picked near a boundary less or more."""
        return [1.0] * self.recipe.n_scenarios + list(self.recipe.picked_weights)

    def results(self, columns: Sequence[str], with_picked: bool = False) -> Results:
        """Return some outcomes of every finished run, for everyone; only these are read from the store.

        Args:
            columns: outcomes.
            with_picked: futures that were picked near a boundary too, which a mean must weigh.

        Raises:
            Faults: ENS006 nothing has finished yet.
        """
        held = self.store.columns(self.question.origin, tuple(dict.fromkeys(columns)))
        if not len(held.places):
            raise fail("ENS006", "no run has finished yet")
        drawn = self.drawn if with_picked else self.drawn[: self.recipe.n_scenarios]
        return arrange(held, [s.number for s in drawn], self.recipe.n_replicates)


def question_of(recipe: Recipe, open_place: OpenPlace) -> tuple[OpenBrief, Question]:
    """Return the brief and the question that a recipe asks.

    Raises:
        Faults: whatever is wrong with the brief or its designs.
    """
    opened = _opened(recipe, open_place)
    check_blocks(recipe)
    designs = choose_designs(opened, recipe.designs, recipe.turns)
    return opened, pose(opened, designs, recipe.seed, recipe.sampling)


def _opened(recipe: Recipe, open_place: OpenPlace) -> OpenBrief:
    """Return the brief of a recipe, in its place, with its surprise come true."""
    place = Path(recipe.place) if recipe.place else None
    return surprised(open_place(recipe.brief, place), recipe.surprise)


def check_blocks(recipe: Recipe) -> None:
    """Refuse too few futures for shares of variance.

    Raises:
        Faults: CLI001, with how many it takes.
    """
    if recipe.pairs and not recipe.vary:
        raise fail("CLI001", "--pairs without --vary", fix="Name the unknowns to swap: --vary NAME,NAME")
    if recipe.vary:
        least = LEAST_BLOCKS * points_in_block(len(recipe.vary) + 1, recipe.pairs)
        if recipe.n_scenarios < least:
            what = f"{recipe.n_scenarios:,} futures do not tell shares of {len(recipe.vary)} unknowns and the rest"
            raise fail("CLI001", what, fix=f"Ask for {least:,} or more: --scenarios {least}")


def explore(
    recipe: Recipe,
    question: Question,
    store: RecipeStore,
    executor: Executor,
    shard: Shard,
    on_progress: Callable[[int, int], None],
    retry: bool = False,
) -> None:
    """Run what is missing of an ensemble; what finished is kept whatever happens.

    Args:
        recipe: what is asked.
        question: the same, posed.
        store: where runs are kept.
        executor: who runs them.
        shard: which part of the futures.
        on_progress: hears of runs done and runs wanted.
        retry: make failed runs again.

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
        before = read_recipe(held, store.where)
        if before.detail != recipe.detail:
            way = "with" if before.detail else "without"
            raise fail("ENS008", f"it was begun {way} --detail", file=store.where)
        if before.picked and recipe.n_scenarios > before.n_scenarios:
            what = f"futures were picked for {before.picked_for}, beyond the first {before.n_scenarios:,}"
            raise fail("ENS008", what, file=store.where)
        both = _both(before, recipe)
        store.remember({**said, "recipe": both.as_text()})
    if retry:
        store.forget_failures()
    store.note(recipe.as_text(), f"{shard.number}/{shard.of}", said["remit_version"])
    drawn = [s for s in draw(recipe, question) if shard.takes(s)]
    made, _ = _settled(store.columns(question.origin), store.failures(), question, drawn, recipe.n_replicates)
    done, total = int(made.sum()), made.size
    on_progress(done, total)

    def told(batch: RunBatch) -> None:
        nonlocal done
        done += len(batch.keys) + len(batch.failures)
        on_progress(done, total)

    tasks = missing_tasks(question.arms, drawn, made)
    run_missing(question, tasks, store, executor, told, everyone_only=not recipe.detail)


def _settled(
    held: Held, failures: Sequence[Failure], question: Question, drawn: Sequence[Scenario], n_replicates: int
) -> tuple[Made, tuple[Failure, ...]]:
    """Return which runs need not be made (finished or failed), and those that failed."""
    numbers = [s.number for s in drawn]
    made = made_of(held, numbers, n_replicates)
    at = {number: i for i, number in enumerate(numbers)}
    arms = {name: a for a, name in enumerate(question.arms)}
    failed = {}
    for f in failures:
        k = f.key
        is_own = k.design in arms and k.run_id == question.run_id(k.design, k.scenario, k.replicate)
        if is_own and k.scenario in at and k.replicate < n_replicates:
            place = arms[k.design], at[k.scenario], k.replicate
            if not made[place]:
                failed[place] = f
    for place in failed:
        made[place] = True
    return made, tuple(failed.values())


def draw(recipe: Recipe, question: Question) -> Sequence[Scenario]:
    """Return the scenarios of a recipe; more extend those already drawn, and picked ones come last."""
    drawn = futures_of(question, max((recipe.n_scenarios, *(number + 1 for number in recipe.picked))))
    return drawn[: recipe.n_scenarios] + [drawn[number] for number in recipe.picked]


def read_recipe(held: dict[str, Any], where: str) -> Recipe:
    """Return the recipe of a store.

    Raises:
        Faults: ENS003 it is no store, or of another version.
    """
    try:
        raw = json.loads(held["recipe"])
        listed = {k: tuple(v) for k, v in raw.items() if isinstance(v, list)}
        recipe = Recipe(**{**raw, **listed})
        if not all(isinstance(n, int) and n > 0 for n in (recipe.n_scenarios, recipe.n_replicates)):
            raise ValueError
        return recipe
    except (AttributeError, KeyError, TypeError, ValueError):
        said = (
            "it was filled by remit search or compare, not by explore"
            if held
            else "no question.json in it can be read"
        )
        raise fail("ENS003", said, file=where) from None


def open_ensemble(store: RecipeStore, where: str, open_place: OpenPlace) -> Ensemble:
    """Return a store opened again, to be asked.

    Raises:
        Faults: ENS003 it is no store, ENS004 its brief, designs or Remit itself have changed since.
    """
    held = store.held()
    recipe = read_recipe(held, where)
    opened = _opened(recipe, open_place)
    there = tuple(d for d in recipe.designs if d in opened.written)
    gone = tuple(d for d in recipe.designs if d not in opened.written)
    recipe = replace(recipe, designs=there or recipe.designs)
    question = pose(
        opened, choose_designs(opened, recipe.designs, recipe.turns), recipe.seed, recipe.sampling
    )
    if question.digest != held.get("digest"):
        version = held.get("remit_version", "?")
        what = (
            f"{recipe.brief}, its place, the catalogue or the effects changed since Remit {version} filled it"
        )
        raise fail("ENS004", what, file=where)
    drawn = tuple(draw(recipe, question))
    runs = store.columns(question.origin)
    made = made_of(runs, [s.number for s in drawn], recipe.n_replicates)
    _, failures = _settled(runs, store.failures(), question, drawn, recipe.n_replicates)
    return Ensemble(recipe, opened, question, drawn, made, failures, runs.n_foreign, store, gone)
