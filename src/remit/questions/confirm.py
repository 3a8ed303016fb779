"""Confirmation: what a front is worth in scenarios that had no part in choosing it.

Whoever picks the best of many by what was measured picks luck as well as merit (the winner's curse): in the
scenarios used for choosing, the front looks better than it is. Here it is tried in fresh ones, and its members are
compared with each other in pairs, scenario by scenario.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from remit.kernel.layout import Floats
from remit.questions.evolve import Evaluate, Genome
from remit.questions.fronts import Mask, difference, domination, error, finished, peel, summary


@dataclass(frozen=True)
class Fresh:
    """A genome in fresh scenarios."""

    genome: Genome
    scores: tuple[
        float, ...
    ]  # by objective, by its aim, of the scenarios it finished; NaN where it finished none
    errors: tuple[float, ...]  # standard errors; NaN from fewer than two finished
    n_scenarios: int
    n_failed: int
    is_on_front: bool  # no other is at least as good in every objective and better in one
    is_beaten: bool  # another clearly dominates it: by z standard errors in every objective that differs
    group: int | None  # which of the groups it is in; None where it finished nothing


@dataclass(frozen=True)
class Confirmed:
    """A front in fresh scenarios.

    That two cannot be told apart is no proof that they are alike, and it does not carry over: a may be like b, and
    b like c, and yet a and c differ. So in a group every two cannot be told apart; `alike` has all such pairs.
    """

    fresh: tuple[Fresh, ...]  # in the order given
    alike: tuple[tuple[Genome, Genome], ...]  # pairs that cannot be told apart on any objective
    groups: tuple[tuple[Genome, ...], ...]  # each genome in the first group that it is like all of
    scenarios: range
    findings: tuple[str, ...]  # in words


def confirm(
    genomes: Sequence[Genome],
    evaluate: Evaluate,
    scenarios: range,
    *,
    chosen_on: range,
    aims: Sequence[str],
    z: float = 2.0,
) -> Confirmed:
    """Return how the genomes of a front fare in fresh scenarios, and which of them cannot be told apart.

    Two cannot be told apart if for every objective their paired difference is within z standard errors of 0, or
    they have fewer than two scenarios in common that both finished. With many pairs and objectives, some that are
    alike will seem to differ: at z = 2 about one in twenty by luck.

    Args:
        genomes: the front; at least one, no genome twice.
        evaluate: as for `search`.
        scenarios: at least two, none used for choosing.
        chosen_on: the scenarios used for choosing (`Found.scenarios`).
        aims: by objective: "mean", "tenth" or "worst".
        z: standard errors.

    Raises:
        ValueError: scenarios used before, too few, genomes missing or twice, aims or outcomes that do not fit.
    """
    values = _values(genomes, evaluate, scenarios, chosen_on, len(aims))
    sound: Mask = np.any(finished(values), axis=1)
    on_front = _on_front(values, sound, aims)
    beaten: Mask = np.any(domination(values, z, aims), axis=0)
    alike = _alike(values, sound, aims, z)
    groups = _groups(sound, alike)
    fresh = tuple(
        Fresh(
            genome,
            tuple(summary(values[i], aims).tolist()),
            tuple(error(values[i], aims).tolist()),
            len(scenarios),
            int((~finished(values[i])).sum()),
            bool(on_front[i]),
            bool(beaten[i]),
            next((number for number, group in enumerate(groups) if i in group), None),
        )
        for i, genome in enumerate(genomes)
    )
    pairs = tuple((genomes[i], genomes[j]) for i, j in combinations(range(len(genomes)), 2) if alike[i, j])
    grouped = tuple(tuple(genomes[i] for i in group) for group in groups)
    return Confirmed(fresh, pairs, grouped, scenarios, _findings(fresh, grouped))


def _values(
    genomes: Sequence[Genome], evaluate: Evaluate, scenarios: range, chosen_on: range, n_objectives: int
) -> Floats:
    """Return (genomes, scenarios, objectives)."""
    if not genomes or len(dict.fromkeys(genomes)) != len(genomes):
        raise ValueError("no genomes to confirm, or one of them twice")
    if len(scenarios) < 2:
        raise ValueError(f"{len(scenarios)} fresh scenarios tell nothing of error; at least 2")
    if again := [s for s in scenarios if s in chosen_on]:
        raise ValueError(f"scenario {again[0]} was used for choosing: it is not fresh")
    given = evaluate(tuple(genomes), scenarios)
    shape = (len(scenarios), n_objectives)
    for genome in genomes:
        if genome not in given or np.shape(given[genome]) != shape:
            got = np.shape(given[genome]) if genome in given else "nothing"
            raise ValueError(f"evaluate gave {got} for {genome}, not {shape}")
    return np.stack([np.asarray(given[g], dtype=np.float64) for g in genomes])


def _on_front(values: Floats, sound: Mask, aims: Sequence[str]) -> Mask:
    on_front = np.zeros(len(values), dtype=np.bool_)
    on_front[sound] = peel(domination(values[sound], 0.0, aims)) == 0
    return on_front


def _alike(values: Floats, sound: Mask, aims: Sequence[str], z: float) -> Mask:
    """Return which pairs cannot be told apart on any objective."""
    alike = np.zeros((len(values), len(values)), dtype=np.bool_)
    for i, j in combinations(np.flatnonzero(sound).tolist(), 2):
        apart, errors = difference(values[i], values[j], aims)
        is_told = np.abs(apart) > z * errors  # nothing is told where the error is not known
        alike[i, j] = alike[j, i] = not is_told.any()
    return alike


def _groups(sound: Mask, alike: Mask) -> list[list[int]]:
    """Return each in the first group all of whose members it is like, in the order given."""
    groups: list[list[int]] = []
    for i in np.flatnonzero(sound).tolist():
        home = next((group for group in groups if alike[i, group].all()), None)
        if home is None:
            groups.append([i])
        else:
            home.append(i)
    return groups


def _findings(fresh: Sequence[Fresh], groups: Sequence[Sequence[Genome]]) -> tuple[str, ...]:
    n = len(fresh)
    n_front, n_beaten = sum(f.is_on_front for f in fresh), sum(f.is_beaten for f in fresh)
    found = [
        f"Of {n} designs on the front, {n_front} are still on it in {fresh[0].n_scenarios} fresh scenarios; "
        f"{n_beaten} are clearly beaten by another."
    ]
    n_failed = sum(f.n_failed == f.n_scenarios for f in fresh)
    if n_failed:
        found.append(f"{n_failed} finished no fresh scenario, so nothing can be said of them.")
    n_some = sum(0 < f.n_failed < f.n_scenarios for f in fresh)
    if n_some:
        found.append(f"{n_some} failed in some: these scenarios are left out where they are compared.")
    found += [
        f"{len(group)} designs cannot be told apart on any objective in these scenarios."
        for group in groups
        if len(group) > 1
    ]
    return tuple(found)
