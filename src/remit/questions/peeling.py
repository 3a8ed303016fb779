"""The search for a box: few columns, each peeled and pasted from both ends at once, exactly.

In the family of PRIM (Friedman and Fisher 1999). Values are coded in 256 classes, so that one count for
each class tells what every peel and every paste of a column would do; the best interval (or the best set of
options) is then taken outright, not crept up on. Best is what tells the inside from the outside most: the
sum of squares between them, a compromise of coverage and density that needs no eye to choose it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from remit.kernel.layout import Floats, Ints

N_CODES = 256
COARSE = 4  # codes taken together while columns are chosen
BEAM = 4  # boxes kept while columns are chosen,
FIRST_BEAM = 24  # but of one column more: it may matter only where another does
CHOSEN_ON = 10_000  # most rows that columns are chosen on; limits are then set on all
MOST_ROUNDS = 20
HAIR = 1e-12  # of a gain, below which nothing is gained
BOTH_ENDS = (True, True)

Codes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Region = dict[int, Mask]  # column -> which codes are inside; a column that is not named is not limited
Ends = Mapping[int, tuple[bool, bool]]  # column -> whether its low and its high end may be limited


@dataclass(frozen=True)
class Sample:
    """Scenarios as the search sees them."""

    codes: Codes  # (columns, rows)
    is_choice: tuple[bool, ...]
    share: Floats  # how far each row is preferred, 0 to 1
    weight: Floats
    mass: Floats  # weights that sum to one
    lift: Floats  # mass times what the row is preferred beyond the average

    def rows(self, kept: Mask | Ints) -> "Sample":
        """Return some of the rows, their average taken anew."""
        return sample(self.codes[:, kept], self.is_choice, self.share[kept], self.weight[kept])


def sample(codes: Codes, is_choice: tuple[bool, ...], share: Floats, weight: Floats) -> Sample:
    """Return coded scenarios, ready for the search."""
    mass = weight / weight.sum() if len(weight) else weight
    return Sample(codes, is_choice, share, weight, mass, mass * (share - mass @ share))


def code(values: Floats) -> Codes:
    """Return classes in order of value: one for each value if they are few, else about equally full.

    >>> [int(c) for c in code(np.array([3.0, 1.0, 3.0, 2.0]))]
    [170, 0, 170, 85]
    """
    ordered = np.sort(values)
    distinct = ordered[np.r_[True, np.diff(ordered) > 0.0]]
    if len(distinct) > N_CODES:
        starts = np.arange(1, N_CODES) * len(ordered) // N_CODES
        return np.searchsorted(ordered[starts], values, side="right").astype(np.uint8)
    spread = (
        np.arange(len(distinct)) * N_CODES // len(distinct)
    )  # so that taking codes together parts few values
    return spread[np.searchsorted(distinct, values)].astype(np.uint8)


def inside(rows: Sample, region: Region, without: int = -1) -> Mask:
    """Tell which rows meet every limit, or every one but one column's."""
    met = np.ones(rows.codes.shape[1], dtype=np.bool_)
    for column, table in region.items():
        if column != without:
            met &= table[rows.codes[column]]
    return met


def search(train: Sample, most_limits: int, least_mass: float) -> Region:
    """Return the region of at most ``most_limits`` columns that stands out most; empty if none does.

    Columns join one by one, the best few sets of columns side by side.
    """
    thinned = train.rows(np.arange(0, len(train.share), max(1, -(-len(train.share) // CHOSEN_ON))))
    beam: list[tuple[float, Region]] = [(0.0, {})]
    best = beam[0]
    for size in range(1, most_limits + 1):
        wider = _joined(thinned, beam, least_mass)[: FIRST_BEAM if size == 1 else BEAM]
        if not wider:
            break
        polished = [polish(thinned, region, {}, least_mass, COARSE) for region in wider]
        beam = sorted(polished, key=lambda found: (-found[0], sorted(found[1])))
        best = beam[0] if beam[0][0] > best[0] + HAIR else best
    return polish(train, best[1], {}, least_mass)[1]


def _joined(train: Sample, beam: list[tuple[float, Region]], least_mass: float) -> list[Region]:
    """Return regions of one column more, best first."""
    found: dict[tuple[int, ...], tuple[float, Region]] = {}
    for before, region in beam:
        met = np.flatnonzero(inside(train, region))
        for column in range(len(train.is_choice)):
            if column in region:
                continue
            gain, table = _best(train, column, met, BOTH_ENDS, least_mass, COARSE)
            key = tuple(sorted([*region, column]))
            if gain > before + HAIR and gain > found.get(key, (0.0,))[0]:
                found[key] = gain, {**region, column: table}
    ranked = sorted(found, key=lambda key: (-found[key][0], key))
    return [found[key][1] for key in ranked]


def polish(
    train: Sample, region: Region, ends: Ends, least_mass: float, together: int = 1
) -> tuple[float, Region]:
    """Peel and paste the columns of a region in turn until none gains; return the gain and the region.

    Args:
        train: rows to learn from.
        region: where to begin; its columns may lose their limits, no other column gets one.
        ends: which ends may be limited, where not both.
        least_mass: the least share of all weight inside.
        together: how many codes are taken together.
    """
    gain = _gain(train, region)
    for _ in range(MOST_ROUNDS):
        before = gain
        for column in sorted(region):
            met = np.flatnonzero(inside(train, region, column))
            gained, table = _best(train, column, met, ends.get(column, BOTH_ENDS), least_mass, together)
            if gained > gain + HAIR:
                gain, region = gained, {**region, column: table}
        region = {column: table for column, table in region.items() if not table.all()}
        if gain <= before + HAIR:
            break
    return gain, region


def _gain(train: Sample, region: Region) -> float:
    met = inside(train, region)
    mass = float(train.mass[met].sum())
    return float(_between(np.array([mass]), np.array([train.lift[met].sum()]), 0.0)[0])


def _between(mass: Floats, lift: Floats, least_mass: float) -> Floats:
    """Return the sum of squares between inside and outside; nothing where inside is worse or too small."""
    allowed = (lift > 0.0) & (mass >= least_mass - HAIR)
    return np.where(allowed, lift * lift / np.maximum(mass * (1.0 - mass), HAIR), 0.0)


def _best(
    train: Sample, column: int, met: Ints, ends: tuple[bool, bool], least_mass: float, together: int
) -> tuple[float, Mask]:
    """Return the gain of the best limit on one column among rows that meet the others, and the limit."""
    codes = train.codes[column][met].astype(np.intp)
    mass: Floats = np.bincount(codes, train.mass[met], N_CODES).astype(np.float64, copy=False)
    lift: Floats = np.bincount(codes, train.lift[met], N_CODES).astype(np.float64, copy=False)
    if train.is_choice[column]:
        return _best_options(mass, lift, least_mass)
    if together > 1:
        mass, lift = (x.reshape(-1, together).sum(axis=1) for x in (mass, lift))
    gain, start, end = _best_interval(mass, lift, ends, least_mass)
    table = np.zeros(N_CODES, dtype=np.bool_)
    table[start * together : end * together] = True
    return gain, table


def _best_interval(
    mass: Floats, lift: Floats, ends: tuple[bool, bool], least_mass: float
) -> tuple[float, int, int]:
    """Return (gain, start, end), of all intervals of classes the best, and of equals the widest."""
    n = len(mass)
    starts = np.arange(n) if ends[0] else np.array([0])
    stops = np.arange(n, 0, -1) if ends[1] else np.array([n])
    masses, lifts = (np.concatenate(([0.0], np.cumsum(x))) for x in (mass, lift))
    gains = _between(
        masses[stops] - masses[starts][:, None], lifts[stops] - lifts[starts][:, None], max(least_mass, HAIR)
    )
    at, to = divmod(int(gains.argmax()), len(stops))
    if gains[at, to] <= 0.0:
        return 0.0, 0, n
    return float(gains[at, to]), int(starts[at]), int(stops[to])


def _best_options(mass: Floats, lift: Floats, least_mass: float) -> tuple[float, Mask]:
    """Return the gain of the best set of options, and the set; all of them if none is left out."""
    present = np.flatnonzero(mass > 0.0)
    order = present[np.argsort(-lift[present] / mass[present], kind="stable")]
    gains = _between(np.cumsum(mass[order]), np.cumsum(lift[order]), least_mass)[::-1]
    table = np.ones(N_CODES, dtype=np.bool_)
    if not len(order) or gains.max() <= 0.0:
        return 0.0, table
    left_out = int(gains.argmax())
    if left_out:
        table[:] = False
        table[order[: len(order) - left_out]] = True
    return float(gains[left_out]), table
