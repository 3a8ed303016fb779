"""Are the arms alike in what was known before? A table for readers, and a score for constraints."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from remit.pilots.allocation.scheme import Numbers, Units

Labels = NDArray[np.int64]
ROUND = 9  # digits kept of a score: equals must not be told apart by rounding
FAR = 0.25  # standardised differences above this are worth a word


@dataclass(frozen=True)
class BalanceRow:
    """One thing known before, arm by arm."""

    name: str
    means: tuple[float, ...]
    differences: tuple[float, ...]
    """Mean of each arm less that of the first, in standard deviations of all units; NaN where none differs."""

    @property
    def worst(self) -> float:
        """Return the largest difference, signs apart; 0 where all units are alike."""
        return max((abs(d) for d in self.differences if not math.isnan(d)), default=0.0)


def balance_table(
    units: Units, columns: Sequence[str], labels: Labels, n_arms: int
) -> tuple[BalanceRow, ...]:
    """Return means by arm and standardised differences of every column."""
    names, values = units.numbers(columns)
    found = []
    for name, column in zip(names, values.T, strict=True):
        means = [
            float(column[labels == a].mean()) if (labels == a).any() else math.nan for a in range(n_arms)
        ]
        spread = float(column.std(ddof=1)) if len(column) > 1 else 0.0
        differences = [(m - means[0]) / spread if spread > 0 else math.nan for m in means[1:]]
        found.append(BalanceRow(name, tuple(means), tuple(differences)))
    return tuple(found)


def balance_scores(values: Numbers, rows: Labels, n_arms: int) -> Numbers:
    """Return how unlike the arms are, a number for each row: 0 where all means agree.

    For every arm and every column: the arm's mean less the mean of all, in standard deviations, squared,
    times the arm's share of units; summed. With two arms of fixed sizes this ranks as the sum of squared standardised
    differences does (Raab and Butcher 2001, in the form "B(l2)" of Li and others 2016).
    """
    spread = values.std(axis=0, ddof=1)
    scaled = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    score = np.zeros(len(rows))
    for arm in range(n_arms):
        here = (rows == arm).astype(np.float64)
        size = here.sum(axis=1)
        means = here @ scaled / np.maximum(size, 1)[:, None]
        score += size / rows.shape[1] * (means**2).sum(axis=1)
    found: Numbers = np.round(score, ROUND)
    return found
