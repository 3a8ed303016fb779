"""The draw itself: from units, a scheme and a seed to who gets what, and all that might have been."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from remit.ground.identity import canonical
from remit.pilots.allocation.balance import BalanceRow, balance_table
from remit.pilots.allocation.constrained import Bound, Constrained, bound_pairs, constrain
from remit.pilots.allocation.pairs import distances, is_best, match
from remit.pilots.allocation.procedure import Group, Labels, Procedure, Shuffled, smallest_p
from remit.pilots.allocation.scheme import Scheme, Units, strata
from remit.pilots.allocation.tickets import sha256


@dataclass(frozen=True)
class Pair:
    """Two units that were matched, and how far apart they are in standard deviations."""

    one: str
    two: str
    distance: float


@dataclass(frozen=True)
class Allocation:
    """Who gets what, by which seed, and what else it might have been."""

    units: Units
    scheme: Scheme
    seed: str
    labels: Labels = field(repr=False)
    procedure: Procedure = field(repr=False)
    balance: tuple[BalanceRow, ...]
    pairs: tuple[Pair, ...] = ()
    pairs_are_best: bool = True
    constrained: Constrained | None = None
    bound: tuple[Bound, ...] = ()
    shuffled: Shuffled = field(kw_only=True, repr=False)
    """The shuffle within groups that candidates come from; the procedure itself where there is no constraint."""

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Return unit and arm, in the order the units were written."""
        arms = (self.scheme.arms[a] for a in self.labels)
        return tuple(zip(self.units.ids, arms, strict=True))

    @property
    def digest(self) -> str:
        """Return the SHA-256 sum of the allocation: its rows as JSON without spaces."""
        return sha256(canonical([list(r) for r in self.rows]))

    def floor(self, is_two_sided: bool = True) -> float:
        """Return the smallest p-value that a comparison with the first arm can reach, the worst of arms."""
        ratio = self.scheme.ratio
        if self.scheme.is_wedge:
            return smallest_p(self.procedure, self.labels, both_ways=False)
        if len(ratio) == 2:
            alike = is_two_sided and ratio[0] == ratio[1]
            return smallest_p(self.procedure, self.labels, both_ways=alike)
        return max(
            smallest_p(
                self.procedure.between(self.labels, (0, arm)),
                self.labels,
                both_ways=is_two_sided and ratio[0] == ratio[arm],
            )
            for arm in range(1, len(ratio))
        )


def allocate(units: Units, scheme: Scheme, seed: str) -> Allocation:
    """Return the allocation that a seed gives; units and scheme are checked before (see ``checks``)."""
    matched: tuple[tuple[int, int], ...] = ()
    pairs: tuple[Pair, ...] = ()
    are_best = True
    if scheme.method == "pairs":
        matched, pairs, are_best = _matched(units, scheme)
        shuffled = _pair_groups(units, matched)
    else:
        shuffled = stratum_groups(units, scheme)
    procedure: Procedure = shuffled
    constrained = None
    bound: tuple[Bound, ...] = ()
    if scheme.method == "constrained":
        constrained = constrain(shuffled, scheme, units.numbers(scheme.balance)[1], seed)
        procedure = constrained.procedure
        bound = bound_pairs(units.ids, procedure.rows)
    labels = procedure.draw(seed)
    columns = [c for c in units.columns if c in (*scheme.blocks, *scheme.balance) or units.is_number(c)]
    return Allocation(
        units,
        scheme,
        seed,
        labels,
        procedure,
        balance_table(units, columns, labels, len(scheme.arms)),
        pairs,
        are_best,
        constrained,
        bound,
        shuffled=shuffled,
    )


def stratum_groups(units: Units, scheme: Scheme) -> Shuffled:
    """Return a group for each stratum, or for each permuted block within it."""
    groups = []
    for name, members in strata(units, scheme.blocks).items():
        size = scheme.block_size or len(members)
        for n, start in enumerate(range(0, len(members), size), 1):
            part = tuple(members[start : start + size])
            title = f"{name}, block {n}" if scheme.block_size else name
            groups.append(Group(title, part, *scheme.labels(len(part))))
    return Shuffled(units.ids, tuple(groups))


def _matched(units: Units, scheme: Scheme) -> tuple[tuple[tuple[int, int], ...], tuple[Pair, ...], bool]:
    """Return pairs of places and of ids, matched within strata, and whether none could be better."""
    values = units.numbers(scheme.balance)[1]
    apart = distances(values)
    matched: list[tuple[int, int]] = []
    are_best = True
    for members in strata(units, scheme.blocks).values():
        here = np.array(members)
        matched += [(members[a], members[b]) for a, b in match(apart[np.ix_(here, here)])]
        are_best = are_best and is_best(len(members))
    matched.sort()
    pairs = tuple(Pair(units.ids[a], units.ids[b], float(apart[a, b])) for a, b in matched)
    return tuple(matched), pairs, are_best


def _pair_groups(units: Units, matched: Sequence[tuple[int, int]]) -> Shuffled:
    groups = [Group(f"pair {n}", pair, (0, 1)) for n, pair in enumerate(matched, 1)]
    return Shuffled(units.ids, tuple(groups))
