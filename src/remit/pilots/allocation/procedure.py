"""A procedure of allocation: groups of units among which labels are shuffled, or a list to choose one from.

Every method comes down to one of the two. A label is the number of an arm, or of a wave.
What was drawn, and what might have been drawn, come from the same object: that is what makes a
permutation test exact.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from remit.pilots.allocation.tickets import drawn_number, drawn_order

Labels = NDArray[np.int64]
EXTRA = "/extra"


@dataclass(frozen=True)
class Group:
    """Units among which labels are shuffled: those in ``labels``, and as many of ``extra`` as are wanting.

    Of seven units in two equal arms three of each are certain, and luck decides which arm has the
    seventh. Arms in ``extra`` have as many certain labels each, so that every outcome is as likely as another.
    """

    name: str
    units: tuple[int, ...]
    labels: tuple[int, ...]
    extra: tuple[int, ...] = ()

    @property
    def n_extra(self) -> int:
        """Return how many of ``extra`` fall to somebody."""
        return len(self.units) - len(self.labels)

    @property
    def n_ways(self) -> int:
        """Return in how many equally likely ways the labels can fall."""
        ways = math.factorial(len(self.units)) * math.comb(len(self.extra), self.n_extra)
        for n in Counter((*self.labels, *self.extra[: self.n_extra])).values():
            ways //= math.factorial(n)
        return ways

    def every(self) -> Labels:
        """Return all ways, one a row: for each choice of extras, every order from the first in number to the last."""
        ways: list[tuple[int, ...]] = []
        for chosen in combinations(self.extra, self.n_extra):
            ways += arrangements((*self.labels, *chosen))
        return np.array(ways, np.int64)


@dataclass(frozen=True)
class Shuffled:
    """Labels shuffled within groups, independently."""

    ids: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def n_ways(self) -> int:
        """Return how many equally likely outcomes the draw has."""
        return math.prod(g.n_ways for g in self.groups)

    def n_like(self, actual: Labels) -> int:
        """Return how many of the outcomes are ``actual``: one."""
        return 1

    def draw(self, seed: str, prefix: str = "") -> Labels:
        """Return the label of every unit: in each group, smallest ticket takes the first label, and so on."""
        found = np.full(len(self.ids), -1, np.int64)
        for group in self.groups:
            name = prefix + group.name
            order = drawn_order(seed, name + EXTRA, [str(e) for e in group.extra])
            labels = (*group.labels, *(group.extra[i] for i in order[: group.n_extra]))
            places = drawn_order(seed, name, [self.ids[u] for u in group.units])
            for label, place in zip(labels, places, strict=True):
                found[group.units[place]] = label
        return found

    def every(self) -> Labels:
        """Return all equally likely outcomes, one a row; the last group turns fastest."""
        rows = np.full((1, len(self.ids)), -1, np.int64)
        for group in self.groups:
            ways = group.every()
            rows = np.repeat(rows, len(ways), axis=0)
            rows[:, list(group.units)] = np.tile(ways, (len(rows) // len(ways), 1))
        return rows

    def many(self, n: int, key: int) -> Labels:
        """Return ``n`` independent outcomes, one a row: for tests, not for allocating anyone."""
        luck = np.random.Philox(key=key)
        rows = np.full((n, len(self.ids)), -1, np.int64)
        for group in self.groups:
            certain = np.tile(np.array(group.labels, np.int64), (n, 1))
            extra = np.array(group.extra, np.int64)[_orders(luck, n, len(group.extra))]
            labels = np.concatenate([certain, extra[:, : group.n_extra]], axis=1)
            order = _orders(luck, n, len(group.units))
            rows[:, list(group.units)] = np.take_along_axis(labels, order, axis=1)
        return rows

    def between(self, actual: Labels, labels: Sequence[int]) -> "Shuffled":
        """Return the draw among the units that got one of ``labels``; all others keep what they got.

        Given who got the rest, the labels left are shuffled among those who
        got them: a fair draw again, and the one to test two arms of several by.
        """
        groups = [Group(f"rest/{i}", (i,), (int(a),)) for i, a in enumerate(actual) if a not in labels]
        for group in self.groups:
            units = tuple(u for u in group.units if actual[u] in labels)
            if units:
                groups.append(Group(group.name, units, tuple(sorted(int(actual[u]) for u in units))))
        return Shuffled(self.ids, tuple(groups))


@dataclass(frozen=True)
class Chosen:
    """One allocation of a list, every one as likely as another: what constrained randomisation draws from."""

    ids: tuple[str, ...]
    rows: Labels = field(repr=False)

    @property
    def n_ways(self) -> int:
        """Return how many are on the list."""
        return len(self.rows)

    def n_like(self, actual: Labels) -> int:
        """Return how often ``actual`` is on the list."""
        return int((self.rows == actual).all(axis=1).sum())

    def draw(self, seed: str, prefix: str = "") -> Labels:
        """Return the row whose number, counted from 0, is the ticket of "choice" modulo the list's length."""
        return np.array(self.rows[drawn_number(seed, f"{prefix}choice", len(self.rows))])

    def every(self) -> Labels:
        """Return the list."""
        return self.rows

    def many(self, n: int, key: int) -> Labels:
        """Return ``n`` rows drawn with replacement."""
        words = np.random.Philox(key=key).random_raw(n)
        return np.array(self.rows[(words % np.uint64(len(self.rows))).astype(np.int64)])

    def between(self, actual: Labels, labels: Sequence[int]) -> "Chosen":
        """Return the rows that give everyone else what they got."""
        others = ~np.isin(actual, labels)
        same = (self.rows[:, others] == actual[others]).all(axis=1)
        return Chosen(self.ids, self.rows[same])


Procedure = Shuffled | Chosen


def _orders(luck: np.random.Philox, n: int, size: int) -> NDArray[np.intp]:
    """Return ``n`` orders of ``size`` things, one a row."""
    # only raw words are promised to be the same in every version of numpy
    words = luck.random_raw(n * size).reshape(n, size) if size else np.zeros((n, 0), np.uint64)
    return np.argsort(words, axis=1, kind="stable")


def smallest_p(procedure: Procedure, actual: Labels, both_ways: bool) -> float:
    """Return the smallest p-value that any result can reach: 1 over the number of allocations.

    A two-sided test of arms of one size has twice that (``both_ways``): the draw with the arms the
    other way round is as extreme.
    """
    floor = procedure.n_like(actual) / max(procedure.n_ways, 1)
    return min(floor * (2.0 if both_ways else 1.0), 1.0)


def arrangements(labels: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield every different order of ``labels``, in dictionary order.

    >>> list(arrangements([0, 1, 0]))
    [(0, 0, 1), (0, 1, 0), (1, 0, 0)]
    """
    row = sorted(labels)
    while True:
        yield tuple(row)
        i = len(row) - 2
        while i >= 0 and row[i] >= row[i + 1]:
            i -= 1
        if i < 0:
            return
        j = len(row) - 1
        while row[j] <= row[i]:
            j -= 1
        row[i], row[j] = row[j], row[i]
        row[i + 1 :] = reversed(row[i + 1 :])
