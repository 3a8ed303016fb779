"""What a test weighs: a number for every allocation, from outcomes and who was treated in it.

Linear statistics are a weighted sum of the outcomes, the weights hanging on the allocation alone; for them
thousands of allocations, and the interval of an effect, are a few products of matrices.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]

ROUNDING = 1e-12  # outcomes that differ by no more, beside their size, are alike


class Statistic(Protocol):
    """A number for each allocation."""

    def values(self, outcomes: Numbers, exposures: Numbers) -> Numbers:
        """Return one number for each row of ``exposures`` (allocation x cell) given ``outcomes`` (cell)."""
        ...

    def at(self, seen: NDArray[np.bool_]) -> "Statistic":
        """Return the same statistic of those cells alone."""
        ...


@dataclass(frozen=True)
class Least:
    """The effect by generalised least squares: weights from a covariance, nuisance columns taken out.

    ``nuisance`` has a column for each thing to allow for (1 for all; periods; blocks; baseline), a row
    for each cell. ``covariance`` is between cells, known up to a factor; none means equal and independent.
    A wrong covariance costs power, never the test's level: the reference is the draw itself.
    """

    nuisance: Numbers
    covariance: Numbers | None = None

    def sieve(self) -> Numbers:
        """Return the matrix that takes the nuisance out and weighs what is left."""
        n = len(self.nuisance)
        inverse = np.eye(n) if self.covariance is None else np.linalg.inv(self.covariance)
        weighed = inverse @ self.nuisance
        taken = weighed @ np.linalg.pinv(self.nuisance.T @ weighed) @ weighed.T
        sieve: Numbers = inverse - taken
        return sieve

    def values(self, outcomes: Numbers, exposures: Numbers) -> Numbers:
        """Return the estimated effect under each row; 0 where a row leaves nothing to compare."""
        sifted = exposures @ self.sieve()
        size = np.einsum("kc,kc->k", sifted, exposures)
        free = size > 1e-9 * max(float(np.abs(size).max(initial=0.0)), 1e-300)
        effects = np.zeros(len(exposures))
        np.divide(sifted @ outcomes, size, out=effects, where=free)
        return effects

    def at(self, seen: NDArray[np.bool_]) -> "Least":
        """Return the statistic of the cells that were seen."""
        part = None if self.covariance is None else self.covariance[np.ix_(seen, seen)]
        return Least(self.nuisance[seen], part)


@dataclass(frozen=True)
class Studentised:
    """The difference in means over its own standard error: right also where the spread differs between arms."""

    def values(self, outcomes: Numbers, exposures: Numbers) -> Numbers:
        """Return Welch's t for each row; arms of one unit count as without spread."""
        if np.ptp(outcomes) <= ROUNDING * np.abs(outcomes).max():
            return np.zeros(len(exposures))
        n_one = exposures.sum(axis=1)
        n_two = exposures.shape[1] - n_one
        centred = outcomes - outcomes.mean()
        sums, squares = exposures @ centred, exposures @ centred**2
        mean_one = sums / np.maximum(n_one, 1)
        mean_two = -sums / np.maximum(n_two, 1)
        spread_one = np.maximum(squares - n_one * mean_one**2, 0.0)
        spread_two = np.maximum((centred**2).sum() - squares - n_two * mean_two**2, 0.0)
        error = spread_one / np.maximum(n_one * (n_one - 1), 1) + spread_two / np.maximum(
            n_two * (n_two - 1), 1
        )
        floor = 1e-12 * float((centred**2).sum()) + 1e-300
        t: Numbers = (mean_one - mean_two) / np.sqrt(np.maximum(error, floor))
        return t

    def at(self, seen: NDArray[np.bool_]) -> "Studentised":
        """Return itself: means are of whoever was seen."""
        return self


def difference_in_means(n_cells: int) -> Least:
    """Return the statistic of a parallel trial: mean of the treated less mean of the rest, unit means given."""
    return Least(np.ones((n_cells, 1)))


def within_strata(strata: NDArray[np.int64], covariance: Numbers | None = None) -> Least:
    """Return the effect with a mean of its own for each stratum, pair, block or period."""
    return Least((strata[:, None] == np.unique(strata)[None, :]).astype(np.float64), covariance)


def within_periods(n_units: int, n_periods: int, covariance: Numbers | None = None) -> Least:
    """Return the effect of a stepped wedge: units are compared within each period only.

    Cells run unit by unit, periods fastest. With a covariance that says how cells of a unit go together,
    comparisons of a unit with itself count as well, by generalised least squares.
    """
    return within_strata(np.tile(np.arange(n_periods, dtype=np.int64), n_units), covariance)


def treated(rows: Labels, arm: int = 1) -> Numbers:
    """Return who is treated in a parallel trial: 1 where the label is ``arm``, allocation x unit."""
    cells: Numbers = (np.atleast_2d(rows) == arm).astype(np.float64)
    return cells


def stepped(rows: Labels, starts: NDArray[np.int64], n_periods: int) -> Numbers:
    """Return who is treated when in a stepped wedge, allocation x (unit, period), periods fastest.

    ``starts`` has the first treated period of each wave, counted from 0.
    """
    begins = starts[np.atleast_2d(rows)]
    on = np.arange(n_periods)[None, None, :] >= begins[:, :, None]
    cells: Numbers = on.reshape(len(begins), -1).astype(np.float64)
    return cells


def nested_covariance(
    n_units: int, n_periods: int, between: float, within: float, error: Numbers | float, decay: float = 1.0
) -> Numbers:
    """Return the covariance of cell means, unit by unit: block exchangeable, or decaying with time apart.

    Args:
        n_units: Units.
        n_periods: Periods.
        between: Variance between units that lasts.
        within: Variance between a unit's periods.
        error: Variance of a cell's mean from those in it, one number or one a cell.
        decay: Correlation that is left of ``between`` after one period apart; 1 for all of it.
    """
    apart = np.abs(np.subtract.outer(np.arange(n_periods), np.arange(n_periods)))
    one = between * decay**apart + within * np.eye(n_periods)
    noise = np.diag(np.broadcast_to(np.asarray(error, np.float64), n_units * n_periods))
    whole: Numbers = np.asarray(np.kron(np.eye(n_units), one) + noise, np.float64)
    return whole
