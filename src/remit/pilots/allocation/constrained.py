"""Constrained randomisation: of many allocations only the balanced ones are drawn from.

The list is kept whole: the draw chooses one row of it, and the analysis takes the list as what might
have been. What balance costs is told: pairs of units that the list always, or never, puts together.
"""

from dataclasses import dataclass, field

import numpy as np

from remit.pilots.allocation.balance import balance_scores
from remit.pilots.allocation.procedure import Chosen, Labels, Shuffled
from remit.pilots.allocation.scheme import Numbers, Scheme

MOST_LISTED = 20_000  # up to so many allocations, all are candidates


@dataclass(frozen=True)
class Constrained:
    """The balanced allocations, and how they came to be."""

    procedure: Chosen
    n_candidates: int
    is_every: bool
    """All that there are were candidates; otherwise they were drawn, by the seed."""
    worst_score: float
    """The highest score of balance that was kept."""
    scores: Numbers = field(repr=False)


def constrain(shuffled: Shuffled, scheme: Scheme, values: Numbers, seed: str) -> Constrained:
    """Return the best share of candidates by score of balance, in the order of candidates.

    All candidates with the score of the last one kept are kept too, so that no order decides.
    """
    is_every = shuffled.n_ways <= MOST_LISTED
    if is_every:
        rows = shuffled.every()
    else:
        rows = np.array([shuffled.draw(seed, f"{i}/") for i in range(scheme.n_candidates)])
    scores = balance_scores(values, rows, len(scheme.arms))
    n_wanted = max(int(np.ceil(round(scheme.keep_share * len(rows), 6))), 1)
    worst = float(np.sort(scores)[n_wanted - 1])
    kept = scores <= worst
    return Constrained(Chosen(shuffled.ids, rows[kept]), len(rows), is_every, worst, scores[kept])


@dataclass(frozen=True)
class Bound:
    """Two units whom balance ties."""

    one: str
    two: str
    is_always: bool


def bound_pairs(ids: tuple[str, ...], rows: Labels) -> tuple[Bound, ...]:
    """Return pairs of units that are in one arm in every row, or in none.

    Such a pair is no longer independent luck: outcomes that go together in it can make a false finding.
    """
    n = rows.shape[1]
    together = np.zeros((n, n), np.int64)
    for arm in np.unique(rows):
        here = (rows == arm).astype(np.int64)
        together += here.T @ here
    return tuple(
        Bound(ids[i], ids[j], bool(together[i, j]))
        for i in range(n)
        for j in range(i + 1, n)
        if together[i, j] in (0, len(rows))
    )
