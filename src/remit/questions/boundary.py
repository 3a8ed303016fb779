"""Boundary: which further futures to run so that the conditions of a preference are found with fewer of them.

What the unknowns are in a future is known before it is run. Futures far from where a preference changes teach
little. A committee of boxes, each searched on another part of what is known, votes on every candidate (Seung, Opper
and Sompolinsky 1992, "Query by committee"); candidates are put into strata by their share of votes and more
are drawn where the votes are split. The allocation is like Neyman's (1934), but by p(1 - p) where his has
its root: his is best for a mean, and here it is the edge that is sought.

Weights undo the leaning. Each pick stands for its stratum's share of the candidates. The futures known before
stand for as much as their number, not for their strata: strata were made from what came out in them, so
weighting those same futures by stratum would lean. Both parts are then unbiased, and so is the mean of them.
Picks far from the edge weigh up to five times the average: a plain mean over all is known *less* well than
from as many futures drawn evenly (``n_worth`` says how much). This is for finding conditions, not for means.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from remit.kernel.layout import Floats, Ints
from remit.questions.boxes import KINDS, LEAST_SCENARIOS, Column
from remit.questions.peeling import N_CODES, Codes, Mask, Sample, code, inside, sample, search

MEMBERS = 24
READ = 0.632  # share of known futures that each member reads: as many as are distinct in a bootstrap
EVENLY = 0.2  # share of picks in proportion to strata, so that a wrong committee costs little
LEAST_IN_STRATUM = 4  # picks, on average, else strata are joined
LEAST_MASS = 0.05
EDGES = (0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.97)  # of the share of votes
UNDECIDED = 0.5


@dataclass(frozen=True)
class Picked:
    """Which candidates to run, and how much each future then counts."""

    indices: Ints  # of the candidates, ascending
    weights: Floats  # of the known futures, then of the picks in that order; one on average
    votes: Floats  # by candidate: share of the committee that expects the preference there
    sizes: tuple[int, ...]  # of the strata, by ascending votes
    taken: tuple[int, ...]  # of each
    n_worth: float  # futures drawn evenly that a weighted mean is worth (Kish 1965)
    why: str


def choose(
    known: Sequence[Column],
    preferred: Floats,
    candidates: Sequence[Column],
    n: int,
    *,
    seed: int,
    weights: Floats | None = None,
    most_limits: int = 3,
) -> Picked:
    """Return which ``n`` candidates to run next, and weights with which a mean over all run is unbiased.

    Candidates must be a stretch of the stream from which none has been taken: for a second round offer the
    stretch that follows, and give the first round's weights.

    Args:
        known: the unknowns in the futures run so far.
        preferred: for each of those the share of its replicates in which the preference holds; NaN if it failed.
        candidates: the same unknowns in futures that could be run.
        n: how many to pick.
        seed: of the committee and the draw.
        weights: of the futures run so far, from an earlier round; alike if not given.
        most_limits: most columns that a box limits.

    Raises:
        ValueError: columns that do not match, values that are missing, or a number that cannot be picked.
    """
    preferred = np.asarray(preferred, dtype=np.float64)
    before = np.ones(len(preferred)) if weights is None else np.asarray(weights, dtype=np.float64)
    m = _checked(known, preferred, before, candidates, n)
    rng = np.random.default_rng(seed)
    used = np.isfinite(preferred) & (before > 0.0)
    votes = np.full(m, UNDECIDED)
    if used.sum() >= LEAST_SCENARIOS and known:
        votes = _votes(known, preferred, before, used, candidates, most_limits, rng)
    strata = _strata(votes, n)
    sizes = np.bincount(strata)
    split = np.asarray(np.bincount(strata, weights=_doubt(votes)), dtype=np.float64)
    taken = _allocated(sizes, split, n)
    drawn = [
        rng.choice(np.flatnonzero(strata == h), taken[h], replace=False, shuffle=False)
        for h in range(len(sizes))
    ]
    indices = np.sort(np.concatenate(drawn)).astype(np.int64)
    share = sizes / m * n / taken  # of a pick in each stratum: one on average
    scaled = before * (len(before) / before.sum()) if len(before) else before
    every = np.concatenate([scaled, share[strata[indices]]])
    worth = float(every.sum() ** 2 / (every**2).sum())
    why = _why(int(used.sum()), sizes, taken, worth, len(every))
    return Picked(indices, every, votes, tuple(sizes.tolist()), tuple(taken.tolist()), worth, why)


def _checked(
    known: Sequence[Column], preferred: Floats, weights: Floats, candidates: Sequence[Column], n: int
) -> int:
    """Return how many candidates there are; refuse what would give a silent wrong answer."""
    if [(c.name, c.kind, c.options) for c in known] != [(c.name, c.kind, c.options) for c in candidates]:
        raise ValueError("known futures and candidates do not have the same columns in the same order")
    if not candidates:
        raise ValueError("no column says what the candidates are")
    if len({c.name for c in known}) < len(known):
        raise ValueError("two columns have the same name")
    if ((preferred < 0.0) | (preferred > 1.0)).any():
        raise ValueError("preferred: shares from 0 to 1, NaN for a failed run")
    if len(weights) != len(preferred) or not np.isfinite(weights).all() or (weights < 0.0).any():
        raise ValueError("weights: one for each known future, nothing or more")
    if len(weights) and weights.sum() == 0.0:
        raise ValueError("weights: all are 0")
    m = len(candidates[0].values)
    for columns, size in ((known, len(preferred)), (candidates, m)):
        for column in columns:
            _check_column(column, size)
    if not 1 <= n <= m:
        raise ValueError(f"{n} picks of {m} candidates")
    return m


def _check_column(column: Column, size: int) -> None:
    values = np.asarray(column.values, dtype=np.float64)
    if column.kind not in KINDS:
        raise ValueError(f"{column.name}: kind {column.kind} is none of {', '.join(KINDS)}")
    if len(values) != size:
        raise ValueError(f"{column.name}: {len(values)} values for {size} futures")
    if not np.isfinite(values).all():
        raise ValueError(f"{column.name}: a value is missing or without bounds")
    if column.kind == "choice":
        if len(column.options) > N_CODES:
            raise ValueError(f"{column.name}: more than {N_CODES} options")
        if (values != np.round(values)).any() or ((values < 0) | (values >= len(column.options))).any():
            raise ValueError(f"{column.name}: a value is no index into the options")


def _votes(
    known: Sequence[Column],
    preferred: Floats,
    weights: Floats,
    used: Mask,
    candidates: Sequence[Column],
    most_limits: int,
    rng: np.random.Generator,
) -> Floats:
    """Return by candidate the share of members whose box holds it; one that finds none is undecided."""
    both = [
        (c.kind, np.concatenate([np.asarray(v.values, np.float64) for v in (c, d)]))
        for c, d in zip(known, candidates, strict=True)
    ]
    codes = np.stack([v.astype(np.uint8) if kind == "choice" else code(v) for kind, v in both])
    is_choice = tuple(kind == "choice" for kind, _ in both)
    offered = _sample_of(codes[:, len(preferred) :], is_choice)
    rows = np.flatnonzero(used)
    votes = np.zeros(len(offered.share))
    for _ in range(MEMBERS):
        read = np.sort(rng.choice(rows, round(READ * len(rows)), replace=False))
        region = search(
            sample(codes[:, read], is_choice, preferred[read], weights[read]), most_limits, LEAST_MASS
        )
        votes += inside(offered, region) if region else UNDECIDED
    return votes / MEMBERS


def _sample_of(codes: Codes, is_choice: tuple[bool, ...]) -> Sample:
    """Return candidates as the search sees rows; nothing has come out in them yet."""
    return sample(codes, is_choice, np.zeros(codes.shape[1]), np.ones(codes.shape[1]))


def _doubt(votes: Floats) -> Floats:
    """Return how split the votes are, never quite nothing (Laplace: half a vote more for either side)."""
    p = (votes * MEMBERS + 0.5) / (MEMBERS + 1.0)
    doubt: Floats = p * (1.0 - p)
    return doubt


def _strata(votes: Floats, n: int) -> npt.NDArray[np.intp]:
    """Return the stratum of each candidate by its votes; the smallest join a neighbour while picks are few."""
    strata = np.unique(np.searchsorted(EDGES, votes), return_inverse=True)[1]
    while (top := int(strata.max())) and top + 1 > n // LEAST_IN_STRATUM:
        sizes = np.bincount(strata)
        h = int(np.argmin(sizes))
        up = h == 0 or (h < top and sizes[h + 1] < sizes[h - 1])
        strata = np.where(strata > h - (not up), strata - 1, strata)
    return strata


def _allocated(sizes: npt.NDArray[np.intp], doubt: Floats, n: int) -> Ints:
    """Return how many to take of each stratum: at least one, at most all, ``n`` together.

    Args:
        sizes: candidates in each stratum.
        doubt: summed over the candidates in each.
        n: how many to take, no fewer than there are strata.
    """
    wanted = n * (EVENLY * sizes / sizes.sum() + (1.0 - EVENLY) * doubt / doubt.sum())
    taken: Ints = np.clip(np.floor(wanted), 1, sizes).astype(np.int64)
    while (short := n - int(taken.sum())) != 0:
        # one by one to where most is lacking, or from where there is most too many
        lacking = np.where(taken < sizes, wanted - taken, -np.inf)
        spare = np.where(taken > 1, taken - wanted, -np.inf)
        if short > 0:
            taken[int(np.argmax(lacking))] += 1
        else:
            taken[int(np.argmax(spare))] -= 1
    return taken


def _why(n_used: int, sizes: npt.NDArray[np.intp], taken: Ints, worth: float, n_all: int) -> str:
    if n_used < LEAST_SCENARIOS:
        return f"drawn evenly: {n_used} futures are too few to tell where, {LEAST_SCENARIOS} are needed"
    if len(sizes) == 1:
        return "drawn evenly: the committee of boxes is of one mind, or undecided, about every candidate"
    most = int(np.argmax(taken / sizes))
    return (
        f"{int(taken.sum())} of {int(sizes.sum())} candidates in {len(sizes)} strata by the committee's votes, of "
        f"one up to {100.0 * taken[most] / sizes[most]:.0f} %; for a mean the {n_all} futures are worth {worth:.0f}"
    )
