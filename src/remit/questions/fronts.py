"""Fronts: which designs no other design beats on all objectives at once, where outcomes are uncertain.

Objectives are given so that more is always better. Of each genome (a design: one setting for each variable) there
is a matrix (scenarios, objectives); scenario s is the same future for all genomes (common random numbers), so that
two genomes are compared by their differences in the same futures. A scenario in which a run failed (a value that
is not finite) is left out of the comparison of any pair that it belongs to, but of no other.

A genome's score is made from its own outcomes alone: no other genome can move it. Scores are compared exactly, so
what differs by no more than rounding should be rounded before it comes here.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from remit.kernel.layout import Floats

AIMS = ("mean", "tenth", "worst")
TENTH = 0.1
N_RESAMPLES = 64  # of scenarios; the error of the error is then about a tenth
N_DIRECTIONS = 60  # of trade-off, beside those to one objective alone
END = 0.001  # weight shared evenly in a direction to one objective alone
AUGMENTED = 0.05  # weight of the sum of shortfalls beside the weightiest
MOST_EXACT = 3  # objectives, for a hypervolume

Mask = npt.NDArray[np.bool_]
Ranks = npt.NDArray[np.int64]


def finished(values: Floats) -> Mask:
    """Return which rows are all finite: scenarios whose runs finished, or genomes with a score.

    Args:
        values: (..., objectives).
    """
    found: Mask = np.all(np.isfinite(values), axis=-1)
    return found


def summary(values: Floats, aim: str | Sequence[str]) -> Floats:
    """Return a genome's score in each objective, from its own outcomes over scenarios alone.

    Args:
        values: (scenarios, objectives); scenarios in which a run failed are left out.
        aim: for all objectives, or for each: "mean", "tenth" (10th centile: one scenario in ten is worse), "worst".

    Raises:
        ValueError: an unknown aim, or not one aim for each objective.

    >>> summary(np.array([[1.0, 5.0], [3.0, 4.0]]), ("mean", "worst")).tolist()
    [2.0, 4.0]
    """
    scores: Floats = _scores(values[finished(values)][None], _aims(aim, values.shape[-1]))[0]
    return scores


def error(values: Floats, aim: str | Sequence[str] = "mean") -> Floats:
    """Return the standard error of each score; NaN from fewer than two scenarios.

    Of a mean it is the usual one. Of a 10th centile or a worst case it is the spread over resampled scenarios
    (Efron's bootstrap, Annals of Statistics 7, 1979), which for a worst case is a rough guide only.

    Args:
        values: (scenarios, objectives), or differences of two genomes where the aim is the mean.
        aim: for all objectives, or for each.

    Raises:
        ValueError: an unknown aim, or not one aim for each objective.
    """
    values = values[finished(values)]
    aims = _aims(aim, values.shape[1])
    if len(values) < 2:
        return np.full(values.shape[1], np.nan)
    resampled = _resampled(values[None], aims)
    alone: Floats = _errors(
        values, np.zeros((1, *values.shape)), resampled[0], np.zeros_like(resampled), aims
    )[0]
    return alone


def difference(a: Floats, b: Floats, aim: str | Sequence[str] = "mean") -> tuple[Floats, Floats]:
    """Return by how much a scores above b in each objective, and the standard error of that (paired).

    Args:
        a: (scenarios, objectives).
        b: the same scenarios.
        aim: for all objectives, or for each.

    Raises:
        ValueError: matrices of different size, or aims that do not fit.
    """
    if a.shape != b.shape:
        raise ValueError(f"outcomes of {a.shape} cannot be paired with outcomes of {b.shape}")
    aims = _aims(aim, a.shape[1])
    common = finished(a) & finished(b)
    both = np.stack([a[common], b[common]])
    scores = _scores(both, aims)
    if common.sum() < 2:
        return scores[0] - scores[1], np.full(len(aims), np.nan)
    resampled = _resampled(both, aims)
    return scores[0] - scores[1], _errors(both[0], both[1:], resampled[0], resampled[1:], aims)[0]


def dominates(a: Floats, b: Floats, z: float = 0.0, aim: str | Sequence[str] = "mean") -> bool:
    """Return whether a is clearly at least as good as b in every objective and better in one.

    The rule, for the scenarios that both finished: with d the difference of the scores in an objective and e the
    standard error of that paired difference, d - z e must not be below 0 in any objective, and d must be above 0
    in at least one. With z = 0 that is Pareto's rule on the scores. The greater z, the fewer genomes dominate, and
    whoever dominates at a greater z does so at a smaller. An objective in which the two are the same in every
    scenario has d = e = 0: it neither stands in the way nor counts as better. It is not enough that a is "not
    clearly worse" in an objective: with few scenarios nothing is clear, and what is best there would be lost.

    Args:
        a: (scenarios, objectives).
        b: the same scenarios.
        z: standard errors; above 0, fewer than two common scenarios make nothing clear.
        aim: for all objectives, or for each.

    Raises:
        ValueError: matrices of different size, aims that do not fit, or z below 0.

    >>> a, b = np.array([[2.0, 1.0], [4.0, 1.0]]), np.array([[1.0, 1.0], [1.0, 1.0]])
    >>> dominates(a, b), dominates(a, b, z=2.1), dominates(a, a)
    (True, False, False)
    """
    if a.shape != b.shape:
        raise ValueError(f"outcomes of {a.shape} cannot be paired with outcomes of {b.shape}")
    return bool(domination(np.stack([a, b]), z, aim)[0, 1])


def domination(values: Floats, z: float = 0.0, aim: str | Sequence[str] = "mean") -> Mask:
    """Return a table whose [i, j] says whether genome i dominates genome j (see `dominates`).

    Args:
        values: (genomes, scenarios, objectives).
        z: standard errors.
        aim: for all objectives, or for each.

    Raises:
        ValueError: aims that do not fit, or z below 0 or not a number.
    """
    if not z >= 0.0:
        raise ValueError(f"z is {z}; it must be 0 or more")
    aims = _aims(aim, values.shape[2])
    beats = np.zeros((len(values), len(values)), dtype=np.bool_)
    if not len(values):
        return beats
    patterns, which = np.unique(finished(values), axis=0, return_inverse=True)
    groups = [np.flatnonzero(which.reshape(-1) == p) for p in range(len(patterns))]
    for p, ours in enumerate(groups):
        for q, theirs in enumerate(groups):
            common = patterns[p] & patterns[q]
            if common.sum() >= (2 if z > 0.0 else 1):
                a, b = values[ours][:, common], values[theirs][:, common]
                beats[np.ix_(ours, theirs)] = _beats(a, b, z, aims)
    return beats


def peel(beats: Mask) -> Ranks:
    """Return ranks from a table of who dominates whom: 0 for those whom nobody dominates, 1 once these are gone...

    This is the non-dominated sorting of Deb and others (NSGA-II, IEEE Trans. Evolutionary Computation 6, 2002).
    Where failed runs make a ring (a dominates b, b c, and c a), those go first whom the fewest dominate.

    Args:
        beats: [i, j] says whether i dominates j.

    >>> peel(np.array([[False, True, True], [False, False, True], [False, False, False]])).tolist()
    [0, 1, 2]
    """
    ranks = np.full(len(beats), -1, dtype=np.int64)
    counts = beats.sum(axis=0)
    rank = 0
    while (left := ranks < 0).any():
        layer = left & (counts == counts[left].min())
        ranks[layer] = rank
        counts = counts - beats[layer].sum(axis=0)
        rank += 1
    return ranks


def ranks(scores: Floats) -> Ranks:
    """Return each genome's rank, 0 on the front; one with a score that is no number gets len(scores), after all.

    Args:
        scores: (genomes, objectives), more is better.
    """
    found = np.full(len(scores), len(scores), dtype=np.int64)
    sound = finished(scores)
    found[sound] = peel(domination(scores[sound][:, None, :]))
    return found


def front(scores: Floats) -> list[int]:
    """Return the indices, in the order given, of the genomes whom none dominates; equal scores are all kept.

    Args:
        scores: (genomes, objectives), more is better; a genome with a NaN is never on the front.

    >>> front(np.array([[1.0, 2.0], [2.0, 1.0], [1.0, 1.0], [np.nan, 9.0], [1.0, 2.0]]))
    [0, 1, 4]
    """
    sound = finished(scores)
    return np.flatnonzero(sound & (ranks(scores) == 0)).tolist()


def crowding(scores: Floats) -> Floats:
    """Return how much room each genome has around it: more is less crowded, the ends of each objective infinite.

    The crowding distance of NSGA-II (Deb and others 2002) among distinct scores, so that it does not depend on
    the order given; genomes with the same scores get the same. One with a NaN gets 0.

    Args:
        scores: (genomes, objectives), of one rank.

    >>> crowding(np.array([[0.0, 4.0], [1.0, 3.0], [4.0, 0.0]])).tolist()
    [inf, 2.0, inf]
    """
    room = np.zeros(len(scores))
    sound = finished(scores)
    if not sound.any():
        return room
    rows, which = np.unique(scores[sound], axis=0, return_inverse=True)
    gaps = np.full(len(rows), np.inf if len(rows) < 3 else 0.0)
    for column in rows.T:
        order = np.argsort(column, kind="stable")
        ranged = column[order]
        if (span := ranged[-1] - ranged[0]) > 0.0:
            gaps[order[1:-1]] += (ranged[2:] - ranged[:-2]) / span
            gaps[order[[0, -1]]] = np.inf
    room[sound] = gaps[which.reshape(-1)]
    return room


def places(scores: Floats) -> Ranks:
    """Return each genome's best place (0 the first) in any of many directions of trade-off.

    In a direction each objective has a weight, and genomes are ordered by how far they fall short of the best of
    each objective, the weightiest shortfall counting (augmented Tchebycheff: Steuer and Choo, Mathematical
    Programming 26, 1983; as in MOEA/D, Zhang and Li 2007). With many objectives nearly all genomes are on the
    front, and room alone would favour the extreme over the good. Genomes with the same scores share a place. Unlike
    scores, places depend on the other genomes: they say whom to try next, never who is on a front.

    Args:
        scores: (genomes, objectives), all finite.
    """
    if not len(scores):
        return np.zeros(0, dtype=np.int64)
    rows, which = np.unique(scores, axis=0, return_inverse=True)
    best, spans = rows.max(axis=0), np.ptp(rows, axis=0)
    short = (best - rows) / np.where(spans > 0.0, spans, 1.0)
    found = np.full(len(rows), len(rows), dtype=np.int64)
    for weights in _directions(scores.shape[1]):
        weighted = short * weights
        cost = weighted.max(axis=1) + AUGMENTED * weighted.sum(axis=1)
        found = np.minimum(found, np.searchsorted(np.sort(cost), cost))
    return found[which.reshape(-1)]


@lru_cache(maxsize=16)
def _directions(n_objectives: int) -> Floats:
    """Return weights that add up to 1: nearly all on one objective, for each, then drawn evenly."""
    rng = np.random.Generator(np.random.PCG64(n_objectives))
    ends = (1.0 - END) * np.eye(n_objectives) + END / n_objectives
    return np.vstack([ends, rng.dirichlet(np.ones(n_objectives), N_DIRECTIONS)])


def hypervolume(scores: Floats, reference: Sequence[float]) -> float:
    """Return the size of what the scores dominate above a reference point: exact, for at most three objectives.

    Slicing by the last objective (Zitzler and Thiele, IEEE Trans. Evolutionary Computation 3, 1999; While and
    others 2006). Genomes with a NaN, or not above the reference in every objective, add nothing.

    Args:
        scores: (genomes, objectives), more is better.
        reference: one value for each objective.

    Raises:
        ValueError: more than three objectives, or a reference of another size.

    >>> hypervolume(np.array([[1.0, 2.0], [2.0, 1.0]]), (0.0, 0.0))
    3.0
    """
    n = len(reference)
    if not 1 <= n <= MOST_EXACT or scores.shape[1:] != (n,):
        raise ValueError(
            f"{n} reference values for scores of {scores.shape}; at most {MOST_EXACT} objectives"
        )
    above = scores[finished(scores)] - np.asarray(reference, dtype=np.float64)
    return _volume(above[(above > 0.0).all(axis=1)])


def _volume(above: Floats) -> float:
    if not len(above):
        return 0.0
    if above.shape[1] == 1:
        return float(above.max())
    ordered = above[np.argsort(-above[:, -1], kind="stable")]
    depths = ordered[:, -1] - np.append(ordered[1:, -1], 0.0)
    return math.fsum(d * _volume(ordered[: i + 1, :-1]) for i, d in enumerate(depths.tolist()) if d > 0.0)


def _aims(aim: str | Sequence[str], n_objectives: int) -> tuple[str, ...]:
    aims = (aim,) * n_objectives if isinstance(aim, str) else tuple(aim)
    if len(aims) != n_objectives or any(a not in AIMS for a in aims):
        raise ValueError(f"aims {aims} for {n_objectives} objectives; each must be one of {', '.join(AIMS)}")
    return aims


def _scores(values: Floats, aims: Sequence[str]) -> Floats:
    """Return (genomes, objectives) from (genomes, scenarios, objectives), all finite; NaN from no scenarios."""
    scores = np.full((len(values), len(aims)), np.nan)
    if values.shape[1]:
        for objective, aim in enumerate(aims):
            scores[:, objective] = _score(np.ascontiguousarray(values[:, :, objective]), aim)
    return scores


def _score(values: Floats, aim: str) -> Floats:
    """Return one score for each row; the same row has the same score to the last bit wherever it stands."""
    n = values.shape[-1]
    if aim == "mean":  # rounded once, so that the order of scenarios does not matter
        return np.array([math.fsum(row) / n for row in values.tolist()])
    if aim == "worst":
        return np.asarray(values.min(axis=-1))
    ranged = np.sort(values, axis=-1)
    at = TENTH * (n - 1)
    low = int(at)
    below, above = ranged[..., low], ranged[..., min(low + 1, n - 1)]
    return np.asarray(below + (at - low) * (above - below))


def _beats(a: Floats, b: Floats, z: float, aims: Sequence[str]) -> Mask:
    """Return who of a dominates whom of b; both (genomes, scenarios, objectives), finite."""
    ours, theirs = _scores(a, aims), _scores(b, aims)
    beats = np.zeros((len(a), len(b)), dtype=np.bool_)
    resampled = (_resampled(a, aims), _resampled(b, aims)) if z > 0.0 else (a, b)
    for i in range(len(a)):
        apart = ours[i] - theirs
        low = apart - z * _errors(a[i], b, resampled[0][i], resampled[1], aims) if z > 0.0 else apart
        beats[i] = (low >= 0.0).all(axis=1) & (apart > 0.0).any(axis=1)
    return beats


@lru_cache(maxsize=16)
def _drawn(n: int) -> npt.NDArray[np.int64]:
    """Return which scenarios are in each resample: the same for all genomes, so that these stay paired."""
    return np.random.Generator(np.random.PCG64(n)).integers(0, n, size=(N_RESAMPLES, n))


def _resampled(values: Floats, aims: Sequence[str]) -> Floats:
    """Return (genomes, resamples, objectives) of scores; of means nothing, their error has a formula."""
    scores = np.zeros((len(values), N_RESAMPLES, len(aims)))
    for objective, aim in enumerate(aims):
        if aim != "mean":
            scores[:, :, objective] = _score(values[:, :, objective][:, _drawn(values.shape[1])], aim)
    return scores


def _errors(a: Floats, b: Floats, a_resampled: Floats, b_resampled: Floats, aims: Sequence[str]) -> Floats:
    """Return (genomes of b, objectives) of standard errors of the difference of one genome from each."""
    errors = np.zeros((len(b), len(aims)))
    for objective, aim in enumerate(aims):
        if aim == "mean":
            apart = a[:, objective] - b[:, :, objective]
            errors[:, objective] = apart.std(axis=1, ddof=1) / math.sqrt(len(a))
        else:
            apart = a_resampled[:, objective] - b_resampled[:, :, objective]
            errors[:, objective] = apart.std(axis=1, ddof=1)
    return errors
