"""What an allocation is asked for: units with what is known of each, arms or waves, and how luck is bounded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Method = Literal["simple", "blocked", "pairs", "constrained"]
MOST_STRATA = 4  # a column with more different numbers is cut in two


@dataclass(frozen=True)
class Units:
    """The units of a pilot in the order written: an id each, and columns of what is known before."""

    ids: tuple[str, ...]
    columns: Mapping[str, tuple[str | float, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def is_number(self, column: str) -> bool:
        """Say whether every value of a column is a number."""
        return all(isinstance(v, int | float) and not isinstance(v, bool) for v in self.columns[column])

    def numbers(self, columns: Sequence[str]) -> tuple[tuple[str, ...], Numbers]:
        """Return names and values (unit x name): numbers as they are, words as 1 for each that has the word.

        Of words with two values only the second (in dictionary order) has a name: the first is the rest.
        """
        names: list[str] = []
        values: list[list[float]] = []
        for column in columns:
            row = self.columns[column]
            if self.is_number(column):
                names.append(column)
                values.append([float(v) for v in row])
                continue
            words = sorted({str(v) for v in row})
            for word in words[1:] if len(words) <= 2 else words:
                names.append(f"{column}: {word}")
                values.append([float(str(v) == word) for v in row])
        return tuple(names), np.array(values, np.float64).reshape(len(names), len(self)).T


@dataclass(frozen=True)
class Scheme:
    """How units are given to arms, or to waves of a roll-out."""

    method: Method
    arms: tuple[str, ...]
    """Arms, or waves in the order in which they begin; the first arm is what units are compared with."""
    ratio: tuple[int, ...]
    """How many units to each arm, as parts of a whole."""
    blocks: tuple[str, ...] = ()
    """Columns within whose values arms are evened out."""
    block_size: int = 0
    """Units to a permuted block, in the order written; 0 for the whole stratum."""
    balance: tuple[str, ...] = ()
    """Columns to match or to balance on."""
    keep_share: float = 0.1
    """The share of candidate allocations that is balanced enough, of constrained ones."""
    n_candidates: int = 10_000
    """How many candidates are drawn where they are too many to list."""
    is_wedge: bool = False
    """The arms are waves: all units get it, some later."""

    def labels(self, n: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the labels that ``n`` units have for certain, and those of which luck adds what is wanting.

        Whole numbers first, then the largest remainders; luck decides only among arms with equal parts.

        >>> Scheme("simple", ("a", "b"), (1, 1)).labels(5)
        ((0, 0, 1, 1), (0, 1))
        >>> Scheme("simple", ("a", "b"), (1, 2)).labels(4)
        ((0, 1, 1, 1), ())
        """
        total = sum(self.ratio)
        counts = [n * parts // total for parts in self.ratio]
        left = n - sum(counts)
        # the larger remainder first, and of equal ones the larger arm
        ranks = [(n * parts % total, parts) for parts in self.ratio]
        extra: tuple[int, ...] = ()
        for rank in sorted(set(ranks), reverse=True):
            alike = tuple(a for a, r in enumerate(ranks) if r == rank)
            if len(alike) > left:
                extra = alike if left else ()
                break
            for arm in alike:
                counts[arm] += 1
            left -= len(alike)
        return tuple(arm for arm, count in enumerate(counts) for _ in range(count)), extra

    def sizes(self, labels: Sequence[int]) -> tuple[int, ...]:
        """Return how many units each arm has."""
        return tuple(int(n) for n in np.bincount(np.asarray(labels, np.int64), minlength=len(self.arms)))


def strata(units: Units, blocks: Sequence[str]) -> dict[str, list[int]]:
    """Return the units of each stratum, strata in the order of their names, units as written.

    A column of many different numbers makes two strata, cut at its median.
    """
    parts = [_cut(units, b) for b in blocks]
    found: dict[str, list[int]] = {}
    for i in range(len(units)):
        name = "; ".join(f"{b} {part[i]}" for b, part in zip(blocks, parts, strict=True)) or "all"
        found.setdefault(name, []).append(i)
    return dict(sorted(found.items()))


def _cut(units: Units, column: str) -> list[str]:
    values = units.columns[column]
    if not units.is_number(column) or len(set(values)) <= MOST_STRATA:
        return [f"{v:.12g}" if isinstance(v, float) else str(v) for v in values]
    numbers = [float(v) for v in values]
    middle = float(np.median(numbers))
    return [f"up to {middle:.12g}" if v <= middle else f"above {middle:.12g}" for v in numbers]
