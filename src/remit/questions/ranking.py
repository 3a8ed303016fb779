"""Ranking: drop designs one by one, future by future, until the best is known.

The fully sequential procedure of Kim and Nelson (2001, "A fully sequential procedure for indifference-zone
selection in simulation"), for designs that meet the same futures: what counts is the spread of the *difference*
of two designs, so designs that rise and fall together are told apart soon. The promise: if the best design is
better on average than every other by at least the indifference, it is picked at the rate asked for. Of designs
closer than that any may be picked, which by the meaning of indifference does not matter.

The promise is proven for differences that are normal and futures that are drawn independently. Remit's futures
fill each unknown's range evenly within shuffled blocks (1, 16, 32, ... long), so that neighbours are, if anything,
more unlike than independent ones and averages settle sooner; the first stage should not cut a block short.

Two things beyond the paper. The spread of a difference is never taken for less than all futures so far show, so
that a first stage which by luck saw too little spread (or none at all) drops nothing hastily. And designs that
are the same in every future are told as equal and do not hold up the end.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from remit.kernel.layout import Floats, Ints

LEAST_STAGE = 12  # futures below which no spread is believed
AT_ONCE = 64  # futures looked at together; only the speed depends on it
HAIR = 1e-12  # of the largest value: differences below it are rounding

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Selecting:
    """What is asked of a selection; more is better, so give costs and minutes with a minus sign."""

    indifference: float  # a smaller difference of means does not matter
    confidence: float = 0.95  # how often the best is picked when it is better by the indifference
    first_stage: int = 48  # futures before any design may be dropped; 16, 48, 112, ... end a block


@dataclass(frozen=True)
class Selection:
    """Which designs are still in, and what comes next."""

    still_in: tuple[int, ...]
    eliminated_at: tuple[int, ...]  # by design: futures used when it was dropped; 0 where it is still in
    best: int | None  # the first of those that are equal; nothing while more than one may be best
    equal: tuple[int, ...]  # designs the same as ``best`` in every future used, itself left out
    is_done: bool
    n_used: int  # futures looked at until the end
    n_left_out: int  # of those passed, a design still in had failed
    n_most: int  # no more than about so many futures in all will be needed, as spreads look now
    why: str


@dataclass
class _Race:
    """Where the comparison stands after some futures."""

    alive: Ints  # designs still in
    sums: Floats  # (alive, alive) of differences, row design less column design
    squares: Floats  # (alive, alive) of squared differences
    first: Floats  # (alive, alive) variances seen in the first stage
    n: int = 0
    left_out: int = 0
    dropped: dict[int, int] = field(default_factory=dict)

    def keep(self, kept: Mask) -> None:
        """Drop designs."""
        self.dropped |= {int(i): self.n for i in self.alive[~kept]}
        both = np.ix_(kept, kept)
        self.alive, self.first = self.alive[kept], self.first[both]
        self.sums, self.squares = self.sums[both], self.squares[both]


def select(values: Floats, wish: Selecting, names: Sequence[str] = ()) -> Selection:
    """Return which designs may still be best, or the best once it is known.

    Call again with all rows, in the order drawn, as more futures come: the path is walked anew from the first row
    and depends on nothing else. A design that was dropped need not be run further: its values may then be NaN.

    Args:
        values: (scenarios, designs), averaged over replicates, more being better. A future in which a design
            still in has failed (NaN) is left out for all, and counted.
        wish: what is asked.
        names: of the designs, for the words.

    Raises:
        ValueError: a wish that cannot be met, an infinite value, sizes that do not fit together.

    >>> select(np.tile([1.0, 3.0, 3.0], (48, 1)), Selecting(0.5)).why
    'design 2 is best after 48 futures; the same in every one of them: design 3'
    """
    values = np.asarray(values, dtype=np.float64)
    _check(values, wish, names)
    k = values.shape[1]
    called = tuple(names) or tuple(f"design {i + 1}" for i in range(k))
    race, position = _first_stage(values, wish)
    scale = _scale(k, wish)
    if race.n >= wish.first_stage:
        _drop(race, scale, wish)
        # designs that are the same so far are read to the last row: they may yet part
        while position < len(values) and len(race.alive) > 1:
            position = _advance(race, values, position, scale, wish)
    return _told(race, wish, scale, called)


def _check(values: Floats, wish: Selecting, names: Sequence[str]) -> None:
    if values.ndim != 2 or values.shape[1] == 0:
        raise ValueError(f"{values.shape} values: scenarios by designs are expected, one design at least")
    if names and len(names) != values.shape[1]:
        raise ValueError(f"{len(names)} names for {values.shape[1]} designs")
    if np.isinf(values).any():
        raise ValueError("a value is infinite")
    if not (math.isfinite(wish.indifference) and wish.indifference > 0.0):
        raise ValueError(f"indifference {wish.indifference}: a number above 0 is expected")
    if not 0.5 < wish.confidence < 1.0:
        raise ValueError(f"confidence {wish.confidence}: between 0.5 and 1 is expected")
    if wish.first_stage < LEAST_STAGE:
        raise ValueError(f"a first stage of {wish.first_stage} futures: {LEAST_STAGE} at least are expected")


def _scale(k: int, wish: Selecting) -> float:
    """Return h squared (with c = 1): how many variances, in indifferences squared, end a pair's comparison."""
    spare = wish.first_stage - 1
    share = 2.0 * (1.0 - wish.confidence) / max(1, k - 1)  # Bonferroni, as the pairs share futures
    return max(0.0, math.pow(share, -2.0 / spare) - 1.0) * spare


def _first_stage(values: Floats, wish: Selecting) -> tuple[_Race, int]:
    """Return the race after the first stage (or as far as rows go), and the row that comes next."""
    k = values.shape[1]
    whole = np.flatnonzero(np.isfinite(values).all(axis=1))[: wish.first_stage]
    is_full = len(whole) == wish.first_stage
    position = int(whole[-1]) + 1 if is_full else len(values)
    gaps = _gaps(values[whole])
    sums, squares = gaps.sum(axis=0), (gaps**2).sum(axis=0)
    race = _Race(np.arange(k), sums, squares, np.zeros((k, k)), len(whole), position - len(whole))
    race.first = _variance(race.sums, race.squares, max(2, race.n))
    return race, position


def _gaps(rows: Floats) -> Floats:
    """Return (rows, designs, designs) differences; what is only rounding is nothing."""
    gaps: Floats = rows[:, :, None] - rows[:, None, :]
    size = np.abs(rows)
    gaps[np.abs(gaps) <= HAIR * np.maximum(size[:, :, None], size[:, None, :])] = 0.0
    return gaps


def _variance(sums: Floats, squares: Floats, n: Ints | int) -> Floats:
    variance: Floats = np.maximum(0.0, squares - sums**2 / n) / (n - 1.0)
    return variance


def _advance(race: _Race, values: Floats, position: int, scale: float, wish: Selecting) -> int:
    """Read on to the next future that drops a design, or some way; return the row that comes next."""
    rows = values[position : position + AT_ONCE, race.alive]
    good = np.flatnonzero(np.isfinite(rows).all(axis=1))
    if not len(good):
        race.left_out += len(rows)
        return position + len(rows)
    gaps = _gaps(rows[good])
    sums = race.sums + np.cumsum(gaps, axis=0)
    squares = race.squares + np.cumsum(gaps**2, axis=0)
    n = race.n + 1 + np.arange(len(good))
    lost = _lost(sums, squares, race.first, n[:, None, None], scale, wish)
    hits = np.flatnonzero(lost.any(axis=1))
    last = int(hits[0]) if len(hits) else len(good) - 1
    read = int(good[last]) + 1 if len(hits) else len(rows)
    race.sums, race.squares, race.n = sums[last], squares[last], int(n[last])
    race.left_out += read - last - 1
    if len(hits):
        race.keep(~lost[last])
    return position + read


def _drop(race: _Race, scale: float, wish: Selecting) -> None:
    """Drop what is out after the first stage."""
    n = np.full((1, 1, 1), race.n)
    lost = _lost(race.sums[None], race.squares[None], race.first, n, scale, wish)[0]
    if lost.any():
        race.keep(~lost)


def _lost(sums: Floats, squares: Floats, first: Floats, n: Ints, scale: float, wish: Selecting) -> Mask:
    """Tell which designs are behind any other by more than its room allows (the paper's screening)."""
    spread = np.maximum(first, _variance(sums, squares, n))
    room = np.maximum(0.0, scale * spread / (2.0 * wish.indifference) - wish.indifference * n / 2.0)
    lost: Mask = np.any(sums < -room, axis=2)
    return lost


def _told(race: _Race, wish: Selecting, scale: float, names: Sequence[str]) -> Selection:
    k = len(names)
    is_same = not race.squares.any()  # one design left, or all that are left are the same
    is_done = k == 1 or (race.n >= wish.first_stage and is_same)
    best = int(race.alive[0]) if is_done else None
    equal = tuple(int(i) for i in race.alive[1:]) if is_done else ()
    spread = np.maximum(race.first, _variance(race.sums, race.squares, max(2, race.n)))
    most = scale * float(spread.max()) / wish.indifference**2
    n_most = race.n if is_done else max(wish.first_stage, race.n + 1, math.floor(most) + 1)
    return Selection(
        tuple(int(i) for i in race.alive),
        tuple(race.dropped.get(i, 0) for i in range(k)),
        best,
        equal,
        is_done,
        race.n,
        race.left_out,
        n_most,
        _why(race, wish, names, is_done, n_most),
    )


def _why(race: _Race, wish: Selecting, names: Sequence[str], is_done: bool, n_most: int) -> str:
    left = f" ({race.left_out} futures left out: a run failed)" if race.left_out else ""
    still = [names[i] for i in race.alive]
    if is_done:
        same = f"; the same in every one of them: {', '.join(still[1:])}" if len(still) > 1 else ""
        return f"{still[0]} is best after {race.n} futures{same}{left}"
    if race.n < wish.first_stage:
        return f"{race.n} futures: no design is dropped before {wish.first_stage}{left}"
    leader = still[int(np.argmax(race.sums.sum(axis=1)))]
    return (
        f"after {race.n} futures any of {', '.join(still)} may be best ({leader} leads so far, without promise); "
        f"run these in more futures, about {n_most} in all at most{left}"
    )
