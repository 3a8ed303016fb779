"""search: which consistent designs are best on several objectives at once, in many futures; resumable to the bit."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from remit.design.design import TODAY, Design, changes_from, in_words
from remit.ensemble.batches import missing_tasks
from remit.ensemble.futures import futures_of
from remit.ensemble.ports import Executor, RunBatch
from remit.ensemble.question import Question
from remit.ensemble.results import arrange, made_of
from remit.ensemble.runner import run_missing
from remit.ground.faults import fail
from remit.ground.identity import canonical
from remit.kernel.layout import Floats
from remit.mechanism.effect import load_effects
from remit.questions.confirm import Fresh, confirm
from remit.questions.evolve import Evaluate, Genome, Progress, SearchWish, search
from remit.questions.fronts import AIMS, domination, error, finished, peel, summary
from remit.report.search_answer import Chosen, Objective, SearchAnswer
from remit.workbench.breeding import Breeding
from remit.workbench.briefs import OpenBrief
from remit.workbench.compare import describe, pose
from remit.workbench.designs import Standpoint
from remit.workbench.ensembles import RecipeStore
from remit.workbench.questions import outcome_named
from remit.workbench.thinking import judge

USUAL = ("", "cost_public")  # the headline, and money


def parse_objectives(names: Sequence[str], measures: str = "response") -> tuple[Objective, ...]:
    """Return the objectives in names such as ``cost_public`` or ``survivors:tenth``.

    Raises:
        Faults: BRF014 an unknown outcome, CLI001 one for which neither way is better, an unknown aim, or one twice.
    """
    found = []
    for name in names or USUAL:
        outcome, _, aim = name.partition(":")
        spec = outcome_named(outcome, measures)
        if spec.better == "none":
            raise fail(
                "CLI001", f'"{outcome}" is neither better up nor down', fix="Choose another objective."
            )
        if (aim or "mean") not in AIMS:
            raise fail("CLI001", f'no aim "{aim}"', fix=f"Write one of: {', '.join(AIMS)}.")
        found.append(Objective(spec, aim or "mean"))
    if len({o.outcome.id for o in found}) < len(found):
        raise fail("CLI001", "an objective is named twice")
    return tuple(found)


@dataclass(frozen=True)
class Quest:
    """A search to be made: where, for what, among which designs, and how long."""

    opened: OpenBrief
    objectives: tuple[Objective, ...]
    breeding: Breeding
    wish: SearchWish
    n_replicates: int


def plan_search(
    opened: OpenBrief,
    place: Standpoint,
    objectives: tuple[Objective, ...],
    wish: SearchWish,
    n_replicates: int,
    let_go: Collection[str] = (),
    only_open: bool = False,
) -> Quest:
    """Return a search among the consistent designs of a place.

    Raises:
        Faults: DSN001 a variable let go that there is not.
    """
    effects = load_effects(opened.brief.family)
    unknown = [v for v in let_go if v not in place.catalogue.variables]
    if unknown:
        raise fail("DSN001", f'"{unknown[0]}"')
    breeding = Breeding(place, opened.designs, effects, let_go, only_open)
    return Quest(
        opened, objectives, breeding, replace(wish, aims=tuple(o.aim for o in objectives)), n_replicates
    )


def run_search(
    quest: Quest, store: RecipeStore, executor: Executor, on_progress: Callable[[Progress], None]
) -> SearchAnswer:
    """Return the front, each design of it tried again in as many fresh futures.

    Every run is kept in the store. Broken off and begun again, the same search takes the same steps: what is in the
    store is not made again, and the answer is the same to the bit.

    Raises:
        Faults: ENS001 the store holds another question, ENS002 it cannot be written, CLI001 a wish without sense.
    """
    trials = Trials(quest, store, executor)
    try:
        found = search(quest.breeding, trials.evaluate, quest.wish, on_progress)
    except ValueError as error:
        raise fail("CLI001", str(error)) from None
    front = simplest(found.front, found.scenarios, quest, trials.evaluate)
    fresh = range(len(found.scenarios), 2 * len(found.scenarios))
    confirmed = confirm(
        front, trials.evaluate, fresh, chosen_on=found.scenarios, aims=quest.wish.aims, z=quest.wish.z
    )
    held = tuple(sorted(quest.breeding.held_as_today))
    told = [_chosen(quest, one) for one in confirmed.fresh]
    sign = quest.objectives[0].sign
    chosen = tuple(
        sorted(told, key=lambda c: (-sign * c.values[0], c.name))
    )  # best on the first objective first
    others = [g for g in quest.breeding.starts if g not in front and g != quest.breeding.today]
    beside = trials.evaluate(others, fresh) if others else {}
    known = tuple(_chosen(quest, _beside(g, beside[g], quest.wish.aims)) for g in others)
    return SearchAnswer(quest.objectives, held, found, confirmed, chosen, known)


def simplest(
    front: Sequence[Genome], scenarios: range, quest: Quest, evaluate: Evaluate
) -> tuple[Genome, ...]:
    """Return the front with every change undone that brings nothing in any objective, each design once.

    What a search breeds carries changes along that do nothing. One is undone if without it no objective is any worse
    in the scenarios used for choosing, first in a few of them; and again, until none is left, for a change may matter
    only beside another. What is then bettered by another is no longer on the front.
    """
    now = list(front)
    while True:
        before = list(now)
        for gene in range(len(quest.breeding.genes)):
            now = _undone(now, gene, scenarios, quest, evaluate)
        if now == before:
            break
    kept = tuple(dict.fromkeys(now))
    told = evaluate(kept, scenarios)
    ranks = peel(domination(np.stack([told[g] for g in kept]), 0.0, quest.wish.aims))
    return tuple(g for g, rank in zip(kept, ranks, strict=True) if rank == 0)


def _undone(
    now: Sequence[Genome], gene: int, scenarios: range, quest: Quest, evaluate: Evaluate
) -> list[Genome]:
    """Return designs with one change undone where that costs nothing, in runs that both finished."""
    today, aims = quest.breeding.today, quest.wish.aims
    tries = {
        g: (*g[:gene], today[gene], *g[gene + 1 :]) for g in dict.fromkeys(now) if g[gene] != today[gene]
    }
    tries = {g: t for g, t in tries.items() if quest.breeding.design(t) is not None}
    for part in (scenarios[: max(1, len(scenarios) // 4)], scenarios):
        told = evaluate([*dict.fromkeys([*tries, *tries.values()])], part) if tries else {}
        tries = {g: t for g, t in tries.items() if _is_no_worse(told[t], told[g], aims)}
    return [tries.get(g, g) for g in now]


def _is_no_worse(one: Floats, other: Floats, aims: Sequence[str]) -> bool:
    both = finished(one) & finished(other)
    if not np.any(both) or np.any(finished(other) & ~finished(one)):
        return False  # one that fails where the other does not is no simpler way to the same
    return bool(np.all(summary(one[both], aims) >= summary(other[both], aims)))


class Trials:
    """Runs designs in futures, each once, and gives what they differ from today by."""

    def __init__(self, quest: Quest, store: RecipeStore, executor: Executor) -> None:
        self.quest, self.store, self.executor = quest, store, executor
        self.seed = quest.wish.seed
        self.base = pose(quest.opened, {TODAY: quest.opened.designs[TODAY]}, self.seed)
        if "recipe" in store.held():
            raise fail(
                "ENS008", "it is a store of futures; a search fills a folder of its own", file=store.where
            )
        said = {**describe(self.base), "search": canonical(asdict(quest.wish))}
        store.open(said)
        self.drawn = futures_of(self.base, 2 * quest.wish.most_scenarios)

    def evaluate(self, genomes: Sequence[Genome], scenarios: range) -> dict[Genome, Floats]:
        """Return ``(scenarios, objectives)`` for each genome: differences to today, more being better."""
        named = {g: design_name(self.quest.breeding.design(g)) for g in genomes}
        designs = {name: self.quest.breeding.design(g) for g, name in named.items()}
        whole = {TODAY: self.base.today, **{n: d for n, d in designs.items() if d is not None}}
        question = replace(self.base, designs=whole)
        self._run(question, scenarios)
        columns = tuple(dict.fromkeys(o.column for o in self.quest.objectives))
        held = self.store.columns(question.origin, columns)
        results = arrange(held, list(scenarios), self.quest.n_replicates)
        told, objectives = {}, self.quest.objectives
        for genome, name in named.items():
            apart = (results.of(name, o.column) - results.of(TODAY, o.column) for o in objectives)
            better = [o.sign * _mean(a) for o, a in zip(objectives, apart, strict=True)]
            told[genome] = np.stack(better, axis=1)
        return told

    def _run(self, question: Question, scenarios: range) -> None:
        drawn = [self.drawn[i] for i in scenarios]
        made = made_of(self.store.columns(question.origin), list(scenarios), self.quest.n_replicates)
        failed = {f.key.run_id for f in self.store.failures()}
        for a, name in enumerate(question.arms):
            for s, scenario in enumerate(scenarios):
                for r in range(self.quest.n_replicates if failed else 0):
                    made[a, s, r] |= question.run_id(name, scenario, r) in failed
        tasks = missing_tasks(question.arms, drawn, made)
        run_missing(question, tasks, self.store, self.executor, _nothing, everyone_only=True)


def _nothing(batch: RunBatch) -> None:
    pass


def _mean(values: Floats) -> Floats:
    """Return the mean over the replicates that finished; NaN where none did."""
    counts = np.isfinite(values).sum(axis=1)
    return np.where(counts > 0, np.nansum(values, axis=1) / np.maximum(counts, 1), np.nan)


def design_name(design: Design | None) -> str:
    """Return a short name that follows from what a design sets."""
    return f"d-{design.digest[:10]}" if design is not None else ""


def _beside(genome: Genome, values: Floats, aims: Sequence[str]) -> Fresh:
    """Return a known design that is not on the front, in the same fresh futures."""
    done = finished(values)
    scores, errors = tuple(summary(values, aims).tolist()), tuple(error(values, aims).tolist())
    return Fresh(genome, scores, errors, len(values), int((~done).sum()), False, False, None)


def _chosen(quest: Quest, fresh: Fresh) -> Chosen:
    design = quest.breeding.design(fresh.genome)
    assert design is not None, "what is on the front was run"
    place, catalogue = quest.breeding.place, quest.breeding.place.catalogue
    names: Mapping[str, str] = {d.digest: name for name, d in quest.breeding.known.items()}
    changes = tuple(in_words(v, design.settings[v], catalogue) for v in changes_from(design, place.today))
    signs = [o.sign for o in quest.objectives]
    return Chosen(
        names.get(design.digest, design_name(design)),
        design,
        design.digest in names,
        changes,
        judge(design, place).missing,
        tuple(s * v for s, v in zip(signs, fresh.scores, strict=True)),
        fresh.errors,
        fresh.is_beaten,
        fresh.is_on_front,
        fresh.group,
    )
