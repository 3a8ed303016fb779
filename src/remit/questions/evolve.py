"""Search: the designs that are best on several objectives, among too many to try, each costly and uncertain.

New designs are bred from the best so far (crossing two, changing a setting or so) as in NSGA-II (Deb and others,
IEEE Trans. Evolutionary Computation 6, 2002). With many objectives nearly all designs are on the front; among them
those go first that come high in some direction of trade-off (MOEA/D: Zhang and Li, ibid. 11, 2007).
They race: each is tried in a few scenarios; those that another clearly beats in the same scenarios are dropped, and
the best of the others are tried in twice as many, and again (Maron and Moore, Hoeffding races, 1994; Jamieson and
Talwalkar, successive halving, 2016). Each generation begins with other scenarios in turn:
if all began with the same few, what fares badly in just these would never be found. The front is judged only among
designs tried in all scenarios. A space small enough to try whole is tried whole.

The steps follow from the space, the wish and the outcomes alone: no clock, no order of sets. So a search that was
broken off and is begun again, with what was computed kept by `evaluate`, takes the same steps to the same end.
"""

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from remit.kernel.layout import Floats
from remit.questions.fronts import AIMS, Mask, crowding, domination, finished, peel, places, summary

Genome = tuple[int, ...]  # gene i is the setting of variable i: from 0 to below sizes[i]
Evaluate = Callable[[Sequence[Genome], range], dict[Genome, Floats]]

ROUNDS = 8  # of tries for new consistent genomes; each round changes more
LEAST_FINISHED = 0.5  # share of its scenarios that a genome must finish to count at all
RESERVE = 8  # one part in so many of the budget only finishes what was begun
NONE = "no consistent design was found to begin with"
WHY = {
    "whole": "Every consistent design was tried in every scenario.",
    "budget": "The evaluations allowed are spent.",
    "patience": "No new design has come onto the front for some generations.",
    "generations": "The generations allowed are over.",
    "exhausted": "No new consistent design was found to try, and none waits for more scenarios.",
}


class Space(Protocol):
    """The designs to search."""

    @property
    def sizes(self) -> Sequence[int]:
        """Return how many settings each variable has."""

    @property
    def starts(self) -> Sequence[Genome]:
        """Return genomes to begin with."""

    def repair(self, genomes: list[Genome]) -> list[Genome | None]:
        """Return for each a consistent genome near it, or None; a consistent one unchanged."""


@dataclass(frozen=True)
class SearchWish:
    """How to search."""

    aims: tuple[str, ...]  # by objective: "mean", "tenth" or "worst" over scenarios
    most_evaluations: int  # runs of one genome in one scenario
    first_scenarios: int = 8
    most_scenarios: int = 64  # the first, doubled some times
    population: int = 32  # parents, and at most so many children in a generation
    most_generations: int = 40
    patience: int = 8  # generations without a new front member
    z: float = 2.0  # standard errors by which one must beat another for it to be dropped
    seed: int = 1


@dataclass(frozen=True)
class Progress:
    """How far a search has come."""

    generation: int
    evaluations: int
    most_evaluations: int
    n_front: int


@dataclass(frozen=True)
class Tried:
    """A genome that was evaluated."""

    genome: Genome
    scores: tuple[float, ...]  # by objective, by its aim; NaN where every run failed
    means: tuple[float, ...]
    scenarios: range  # tried; scores of genomes tried in different ones are not comparable
    n_failed: int
    is_dropped: bool  # clearly beaten by another in the same scenarios, or failed in most


@dataclass(frozen=True)
class Step:
    """One generation."""

    evaluations: int  # so far
    n_new: int  # genomes first tried
    n_front: int
    n_new_on_front: int  # never on the front before


@dataclass(frozen=True)
class Found:
    """What a search found. Its scores are of the scenarios used to choose: too good; see `confirm`."""

    archive: tuple[Tried, ...]  # in the order first tried
    front: tuple[Genome, ...]  # of those tried in all scenarios, in the order of the archive
    history: tuple[Step, ...]
    evaluations: int
    scenarios: range  # used for choosing
    why: str  # a key of WHY


def search(space: Space, evaluate: Evaluate, wish: SearchWish, told: Callable[[Progress], None]) -> Found:
    """Return the designs that are best on several objectives, found within a number of evaluations.

    Args:
        space: the designs.
        evaluate: gives (scenarios, objectives) for each genome, more being better, NaN where a run failed; the same
            for the same genome and scenario. It is asked once for each; what it raises ends the search.
        wish: how to search.
        told: hears of progress after every generation.

    Raises:
        ValueError: a wish or a space that makes no sense, a budget too small for one generation in all
            scenarios, a repair or an evaluation that gives something else than it should, or no consistent design.
    """
    _check(space, wish)
    state = _Search(space, evaluate, wish)
    if math.prod(space.sizes) * wish.most_scenarios <= wish.most_evaluations:
        return state.whole(told)
    parents: list[Genome] = []
    stale, why = 0, "generations"
    for generation in range(wish.most_generations):
        born = state.begun(state.born(parents, generation), generation)
        n_promoted = state.race()
        if not born and not n_promoted:
            why = "budget" if state.is_ending() or state.was_cut else "exhausted"
            break
        parents = state.parents(parents + born)
        step = state.step(len(born))
        told(Progress(generation + 1, state.spent, wish.most_evaluations, step.n_front))
        stale = 0 if step.n_new_on_front else stale + 1
        if stale >= wish.patience:
            why = "patience"
            break
    return state.found(why)


def _check(space: Space, wish: SearchWish) -> None:
    if not wish.aims or any(a not in AIMS for a in wish.aims):
        raise ValueError(f"aims {wish.aims}: one of {', '.join(AIMS)} for each objective")
    if not space.sizes or min(space.sizes) < 1:
        raise ValueError(f"sizes {tuple(space.sizes)}: each variable needs a setting")
    if not 1 <= wish.first_scenarios <= wish.most_scenarios:
        raise ValueError(f"first {wish.first_scenarios} of at most {wish.most_scenarios} scenarios")
    steps, rest = divmod(wish.most_scenarios, wish.first_scenarios)
    if rest or steps & (steps - 1):
        raise ValueError(f"{wish.most_scenarios} scenarios are not {wish.first_scenarios} doubled some times")
    if wish.population < 2 or wish.most_generations < 1 or wish.patience < 1 or not wish.z >= 0.0:
        raise ValueError("a population below 2, no generations, no patience, or z below 0")
    least = max(wish.population, len(space.starts)) * wish.most_scenarios
    whole = math.prod(space.sizes) * wish.most_scenarios
    if wish.most_evaluations < min(least, whole):
        raise ValueError(
            f"{wish.most_evaluations} evaluations are too few: one generation in all scenarios takes up to {least}"
        )


class _Search:
    """What a search knows so far; dictionaries keep the order in which genomes were first tried."""

    def __init__(self, space: Space, evaluate: Evaluate, wish: SearchWish) -> None:
        self.space, self.evaluate, self.wish = space, evaluate, wish
        self.values: dict[Genome, Floats] = {}  # (scenarios, objectives); NaN where not tried or failed
        self.tried: dict[Genome, range] = {}
        self.alive: dict[Genome, None] = {}
        self.seen_on_front: dict[Genome, None] = {}
        self.history: list[Step] = []
        self.spent = 0
        self.was_cut = False  # by the budget
        self.levels = [wish.first_scenarios]  # numbers of scenarios
        while self.levels[-1] < wish.most_scenarios:
            self.levels.append(2 * self.levels[-1])

    def is_ending(self) -> bool:
        """Return whether what is left of the budget only finishes what was begun."""
        left = self.wish.most_evaluations - self.spent
        reserve = self.wish.most_evaluations // RESERVE if len(self.levels) > 1 else 0
        return left <= reserve or left < self.levels[0]

    def whole(self, told: Callable[[Progress], None]) -> Found:
        """Return what trying every genome in every scenario finds; nothing is dropped by luck."""
        every = self.consistent(list(itertools.product(*(range(n) for n in self.space.sizes))))
        if not every:
            raise ValueError(NONE)
        self.levels = [self.wish.most_scenarios]
        for i in range(0, len(every), self.wish.population):
            born = self.begun(every[i : i + self.wish.population], 0)
            self.race()
            step = self.step(len(born))
            number = i // self.wish.population + 1
            told(Progress(number, self.spent, self.wish.most_evaluations, step.n_front))
        return self.found("whole")

    def consistent(self, genomes: list[Genome]) -> list[Genome]:
        """Return the consistent genomes near some, each once, none that was tried before."""
        repaired = self.space.repair(genomes)
        if len(repaired) != len(genomes):
            raise ValueError(f"repair gave {len(repaired)} genomes for {len(genomes)}")
        new: dict[Genome, None] = {}
        for given in repaired:
            if given is None:
                continue
            genome = tuple(int(gene) for gene in given)
            sizes = self.space.sizes
            if len(genome) != len(sizes) or any(not 0 <= g < n for g, n in zip(genome, sizes, strict=True)):
                raise ValueError(f"repair gave {genome}, which is not in the space of sizes {tuple(sizes)}")
            if genome not in self.values:
                new[genome] = None
        return list(new)

    def born(self, parents: Sequence[Genome], generation: int) -> list[Genome]:
        """Return new consistent genomes: the starts and random ones first, then children."""
        if self.is_ending():
            return []
        starts = [] if generation else self.consistent([tuple(g) for g in self.space.starts])
        new = dict.fromkeys(starts)
        for turn in range(ROUNDS):
            missing = self.wish.population - len(new)
            if missing <= 0:
                break
            seeds = np.random.SeedSequence([self.wish.seed, generation, turn])
            rng = np.random.Generator(np.random.PCG64(seeds))
            drawn = [_child(rng, parents, self.space.sizes, 2.0**turn) for _ in range(missing)]
            new.update(dict.fromkeys(self.consistent(drawn)))
        if not new and not self.values:
            raise ValueError(NONE)
        return list(new)

    def begun(self, genomes: list[Genome], generation: int) -> list[Genome]:
        """Try new genomes in the first few scenarios, which are others in each generation; return which."""
        n = self.levels[0]
        start = generation % (self.levels[-1] // n) * n
        return self.evaluated(genomes, range(start, start + n))

    def promoted(self, genomes: list[Genome]) -> int:
        """Try genomes in as many further scenarios as they were tried in; return how many the budget allows."""
        further: dict[range, list[Genome]] = {}
        for genome in genomes:  # the other half of the next wider block, so that blocks meet in the end
            start, n = self.tried[genome].start, len(self.tried[genome])
            other = start + n if start // n % 2 == 0 else start - n
            further.setdefault(range(other, other + n), []).append(genome)
        return sum(len(self.evaluated(group, scenarios)) for scenarios, group in further.items())

    def evaluated(self, genomes: list[Genome], scenarios: range) -> list[Genome]:
        """Evaluate genomes, as many as the budget allows; return which."""
        allowed = (self.wish.most_evaluations - self.spent) // len(scenarios)
        self.was_cut |= allowed < len(genomes)
        genomes = genomes[:allowed]
        given = self.evaluate(tuple(genomes), scenarios) if genomes else {}
        shape = (len(scenarios), len(self.wish.aims))
        for genome in genomes:
            if genome not in given or np.shape(given[genome]) != shape:
                got = np.shape(given[genome]) if genome in given else "nothing"
                raise ValueError(f"evaluate gave {got} for {genome}, not {shape}")
            nothing = np.full((self.levels[-1], len(self.wish.aims)), np.nan)
            self.values.setdefault(genome, nothing)[scenarios.start : scenarios.stop] = given[genome]
            old = self.tried.get(genome, scenarios)
            self.tried[genome] = range(min(old.start, scenarios.start), max(old.stop, scenarios.stop))
            self.alive[genome] = None
        self.spent += len(genomes) * len(scenarios)
        return genomes

    def race(self) -> int:
        """Drop who is clearly beaten, try the best of the others in more scenarios; return how many those are."""
        n_promoted = 0
        self.drop()
        for height, n in enumerate(self.levels[:-1]):
            waiting = [g for g in self.ordered(list(self.alive)) if len(self.tried[g]) == n]
            n_promoted += self.promoted(waiting[: max(1, self.wish.population >> (height + 1))])
            self.drop()
        return n_promoted

    def drop(self) -> None:
        """Drop who failed in most scenarios, or is clearly beaten by one tried in all of its scenarios."""
        self.alive = {g: None for g in self.alive if not self.has_failed(g)}
        beaten: dict[Genome, None] = {}
        for scenarios in dict.fromkeys(self.tried[g] for g in self.alive):
            field = [g for g in self.alive if _covers(self.tried[g], scenarios)]  # few do not overrule many
            values = self.stacked(field)[:, scenarios.start : scenarios.stop]
            lost: Mask = np.any(domination(values, self.wish.z, self.wish.aims), axis=0)
            is_judged = [self.tried[g] == scenarios for g in field]
            beaten |= {g: None for g, j, b in zip(field, is_judged, lost.tolist(), strict=True) if j and b}
        self.alive = {g: None for g in self.alive if g not in beaten}

    def parents(self, others: Iterable[Genome]) -> list[Genome]:
        """Return the best to breed from, best first: of those alive, the last parents and the last children."""
        pool = [g for g in dict.fromkeys([*self.alive, *others]) if not self.has_failed(g)]
        return self.ordered(pool)[: self.wish.population]

    def has_failed(self, genome: Genome) -> bool:
        return bool(finished(self.values[genome]).sum() < LEAST_FINISHED * len(self.tried[genome]))

    def ordered(self, genomes: Sequence[Genome]) -> list[Genome]:
        """Return genomes, best first: each by its standing among all that were tried in its scenarios too."""
        keys: list[tuple[tuple[float, ...], int]] = []
        for scenarios in dict.fromkeys(self.tried[g] for g in genomes):
            rows = slice(scenarios.start, scenarios.stop)
            field = [i for i, g in enumerate(genomes) if _covers(self.tried[g], scenarios)]
            field = [i for i in field if finished(self.values[genomes[i]][rows]).any()]
            standing = _standing(self.stacked([genomes[i] for i in field])[:, rows], self.wish.aims)
            both = zip(standing, field, strict=True)
            keys += [(key, i) for key, i in both if self.tried[genomes[i]] == scenarios]
        return [genomes[i] for _, i in sorted(keys)]

    def stacked(self, genomes: Sequence[Genome]) -> Floats:
        """Return (genomes, scenarios, objectives)."""
        shape = (len(genomes), self.levels[-1], len(self.wish.aims))
        return np.array([self.values[g] for g in genomes]).reshape(shape)

    def front(self) -> list[Genome]:
        """Return who is on the front, among those tried in all scenarios."""
        full = [g for g in self.alive if len(self.tried[g]) == self.levels[-1]]
        ranks = peel(domination(self.stacked(full), 0.0, self.wish.aims))
        on_front = {g for g, rank in zip(full, ranks, strict=True) if rank == 0}
        return [g for g in self.values if g in on_front]

    def step(self, n_new: int) -> Step:
        """Note a generation."""
        front = self.front()
        fresh = [g for g in front if g not in self.seen_on_front]
        self.seen_on_front.update(dict.fromkeys(fresh))
        self.history.append(Step(self.spent, n_new, len(front), len(fresh)))
        return self.history[-1]

    def found(self, why: str) -> Found:
        """Return what was found."""
        aims = self.wish.aims
        archive = tuple(
            Tried(
                genome,
                tuple(summary(values, aims).tolist()),
                tuple(summary(values, "mean").tolist()),
                self.tried[genome],
                len(self.tried[genome]) - int(finished(values).sum()),
                genome not in self.alive,
            )
            for genome, values in self.values.items()
        )
        scenarios = range(self.levels[-1])
        return Found(archive, tuple(self.front()), tuple(self.history), self.spent, scenarios, why)


def _covers(wide: range, narrow: range) -> bool:
    return wide.start <= narrow.start and narrow.stop <= wide.stop


def _standing(values: Floats, aims: Sequence[str]) -> list[tuple[float, ...]]:
    """Return a key for each genome, the least the best: by rank, by best place in any direction, by room.

    Those with the same scores as one before come after all others: they tell nothing new.
    """
    ranks = peel(domination(values, 0.0, aims))
    scores = np.array([summary(v, aims) for v in values]).reshape(len(values), len(aims))
    best, room = places(scores), np.zeros(len(values))
    for rank in np.unique(ranks):
        room[ranks == rank] = crowding(scores[ranks == rank])
    counts: dict[tuple[float, ...], int] = {}
    keys: list[tuple[float, ...]] = []
    for i, row in enumerate(scores.tolist()):
        copy = counts[tuple(row)] = counts.get(tuple(row), -1) + 1
        keys.append((copy, int(ranks[i]), int(best[i]), -float(room[i])))
    return keys


def _child(
    rng: np.random.Generator, parents: Sequence[Genome], sizes: Sequence[int], n_changes: float
) -> Genome:
    """Return a cross of two good parents with some settings changed, or without parents a random genome."""
    settings = np.asarray(sizes, dtype=np.int64)
    if not parents:
        return tuple(rng.integers(0, settings).tolist())
    best = rng.integers(0, len(parents), size=(2, 2)).min(axis=1).tolist()  # two tournaments of two
    first, second = (np.array(parents[i], dtype=np.int64) for i in best)
    child = np.where(rng.random(len(settings)) < 0.5, first, second)
    movable = np.flatnonzero(settings > 1)
    changed = rng.random(len(settings)) < n_changes / max(len(movable), 1)
    if len(movable) and ((child == first).all() or (child == second).all()):
        changed[rng.choice(movable)] = True
    other = (child + rng.integers(1, np.maximum(settings, 2))) % settings
    return tuple(np.where(changed, other, child).tolist())
