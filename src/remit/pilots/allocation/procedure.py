"""A procedure of allocation: groups of units among which labels are shuffled, or a list to choose one from.

Every method comes down to one of the two. A label is the number of an arm, or of a wave.
What was drawn, and what might have been drawn, come from the same object: that is what makes a
permutation test exact.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from remit.pilots.allocation.tickets import drawn_number, drawn_order

Labels = NDArray[np.int64]
SPARE = "spare-"


@dataclass(frozen=True)
class Group:
    """Units among which the labels are shuffled; labels beyond the units fall to spares and drop out.

    Spares let a group of seven have four of one arm and three of the other with luck deciding
    which, instead of the order in which arms are written.
    """

    name: str
    units: tuple[int, ...]
    labels: tuple[int, ...]

    @property
    def n_spare(self) -> int:
        """Return how many labels fall to nobody."""
        return len(self.labels) - len(self.units)

    @property
    def n_ways(self) -> int:
        """Return in how many equally likely ways the labels can fall, spares counted."""
        ways = math.factorial(len(self.labels))
        for n in Counter(self.labels).values():
            ways //= math.factorial(n)
        return ways


@dataclass(frozen=True)
class Shuffled:
    """Labels shuffled within groups, independently."""

    ids: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def n_ways(self) -> int:
        """Return how many equally likely outcomes the draw has."""
        return math.prod(g.n_ways for g in self.groups)

    def draw(self, seed: str, prefix: str = "") -> Labels:
        """Return the label of every unit: in each group, smallest ticket takes the first label, and so on."""
        found = np.full(len(self.ids), -1, np.int64)
        for group in self.groups:
            names = [self.ids[u] for u in group.units]
            names += [f"{SPARE}{i + 1}" for i in range(group.n_spare)]
            for label, place in zip(group.labels, drawn_order(seed, prefix + group.name, names), strict=True):
                if place < len(group.units):
                    found[group.units[place]] = label
        return found

    def every(self) -> Labels:
        """Return all equally likely outcomes, one a row, in the order of ``recipe``: the last group turns fastest."""
        rows = np.full((1, len(self.ids)), -1, np.int64)
        for group in self.groups:
            ways = np.array(list(arrangements(group.labels)), np.int64)[:, : len(group.units)]
            rows = np.repeat(rows, len(ways), axis=0)
            rows[:, list(group.units)] = np.tile(ways, (len(rows) // len(ways), 1))
        return rows

    def many(self, n: int, key: int) -> Labels:
        """Return ``n`` independent outcomes, one a row: for tests, not for allocating anyone."""
        luck = np.random.Philox(key=key)
        rows = np.full((n, len(self.ids)), -1, np.int64)
        for group in self.groups:
            size = len(group.labels)
            # only raw words are promised to be the same in every version of numpy
            words = luck.random_raw(n * size).reshape(n, size)
            order = np.argsort(words, axis=1, kind="stable")
            rows[:, list(group.units)] = np.array(group.labels)[order][:, : len(group.units)]
        return rows

    def between(self, actual: Labels, labels: Sequence[int]) -> "Shuffled":
        """Return the draw among the units that got one of ``labels``; all others keep what they got.

        Given who got the rest and what fell to spares, the labels left are shuffled among those who
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
