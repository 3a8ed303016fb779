"""Randomisation inference: how often would luck alone have given this, had the draw been repeated?

Allocations are drawn again by the very procedure that made the real one, and the statistic is worked out
for each with the outcomes as they are. No bell curve and no large numbers are assumed.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from remit.pilots.allocation.procedure import Procedure
from remit.pilots.statistic import Labels, Least, Numbers, Statistic

MOST_LISTED = 20_000  # up to so many equally likely allocations, each is tried
N_DRAWS = 10_000
MOST_CELLS = 4_000_000  # how many numbers are held at once
CLOSE = 1e-9  # values nearer than this, beside their size, are one value: ties must not hang on rounding
ROUNDING = 1e-12  # of the largest outcome: what adding up may lose
Side = Literal["two", "more", "less"]
Exposure = Callable[[Labels], Numbers]


@dataclass(frozen=True)
class Reference:
    """The allocations that might have been."""

    rows: Labels = field(repr=False)
    is_exact: bool
    """Every possible one is there; otherwise so many were drawn."""


def reference(
    procedure: Procedure, n_draws: int = N_DRAWS, key: int = 1, most: int = MOST_LISTED
) -> Reference:
    """Return every allocation where there are at most ``most``, else ``n_draws`` drawn again by the procedure.

    ``key`` is a number below 2**128: the same gives the same draws.
    """
    if procedure.n_ways <= most:
        return Reference(procedure.every(), True)
    return Reference(procedure.many(n_draws, key), False)


@dataclass(frozen=True)
class Finding:
    """A test's answer."""

    statistic: float
    p: float
    side: Side
    n_allocations: int
    is_exact: bool
    p_error: float
    """Standard error of p from drawing only some allocations; 0 where each was tried."""


def permutation_test(
    outcomes: Numbers,
    actual: Labels,
    against: Reference,
    statistic: Statistic,
    exposure: Exposure,
    side: Side = "two",
    shift: float = 0.0,
) -> Finding:
    """Return the p-value of "the effect is ``shift`` for everybody".

    With every allocation tried, p is the share at least as extreme as the real one (itself among them).
    With n drawn, p = (1 + count) / (1 + n), which is never too small whatever n is.

    Args:
        outcomes: One number a cell (a unit, or a unit in a period, periods fastest); NaN where none was seen.
        actual: The label of each unit as drawn.
        against: The allocations that might have been.
        statistic: What is worked out for each.
        exposure: Who is treated in which cell, from labels.
        side: "two", or "more" or "less" where only that would be evidence.
        shift: The effect supposed.
    """
    spread = _Spread(outcomes, actual, against, statistic, exposure)
    n = len(against.rows)
    p, seen = spread.p(shift, side)
    error = 0.0 if against.is_exact else math.sqrt(p * (1 - p) / (n + 1))
    return Finding(seen, p, side, n, against.is_exact, error)


@dataclass(frozen=True)
class Interval:
    """Effects that the test does not rule out; an end is infinite where no effect that way can be ruled out."""

    low: float
    high: float
    share: float
    """What share of such intervals hold the true effect, at least."""


def interval(
    outcomes: Numbers,
    actual: Labels,
    against: Reference,
    statistic: Statistic,
    exposure: Exposure,
    alpha: float = 0.05,
) -> Interval:
    """Return the effects, the same for everybody, that a two-sided test at ``alpha`` does not rule out.

    Each end is sought where the one-sided test at alpha / 2 turns, by halving. The p-value of a shift falls
    as it moves away, so there is one turning point to each side; where cells are missing or of unequal
    weight it may waver by an allocation or two close to the turn.
    """
    spread = _Spread(outcomes, actual, against, statistic, exposure)
    centre = spread.centre()
    scale = float(np.nanstd(outcomes)) or max(abs(centre), 1.0)
    low = _turn(lambda e: spread.p(e, "more")[0] > alpha / 2, centre, -scale)
    high = _turn(lambda e: spread.p(e, "less")[0] > alpha / 2, centre, scale)
    return Interval(low, high, 1 - alpha)


def _turn(is_held: Callable[[float], bool], start: float, step: float) -> float:
    """Return the furthest effect that is held, going from ``start`` by doubling and then halving."""
    inside, outside = start, start + step
    for _ in range(40):
        if not is_held(outside):
            break
        inside, step = outside, step * 2
        outside = inside + step
    else:
        return math.copysign(math.inf, step)
    for _ in range(60):
        middle = (inside + outside) / 2
        if middle in (inside, outside):
            break
        inside, outside = (middle, outside) if is_held(middle) else (inside, middle)
    return inside


class _Spread:
    """The statistic under every allocation, for any shift."""

    def __init__(
        self, outcomes: Numbers, actual: Labels, against: Reference, statistic: Statistic, exposure: Exposure
    ) -> None:
        seen: NDArray[np.bool_] = np.isfinite(outcomes)
        if not seen.any():
            raise ValueError("no outcome was seen")
        self.seen = seen
        self.outcomes = outcomes[seen]
        self.statistic = statistic.at(seen)
        self.against = against
        self.exposure = exposure
        self.real = exposure(actual)[:, seen]
        # a linear statistic of outcomes less a shift is that of the outcomes less the shift times that of exposure
        is_linear = isinstance(self.statistic, Least)
        self.base = self._values(self.outcomes) if is_linear else None
        self.slope = self._values(self.real[0]) if is_linear else None

    def _values(self, outcomes: Numbers) -> Numbers:
        """Return the statistic of the real allocation, then of every row of the reference."""
        rows = self.against.rows
        step = max(MOST_CELLS // max(len(self.seen), 1), 1)
        parts = [self.statistic.values(outcomes, self.real)]
        for start in range(0, len(rows), step):
            exposures = self.exposure(rows[start : start + step])[:, self.seen]
            parts.append(self.statistic.values(outcomes, exposures))
        return np.concatenate(parts)

    def at(self, shift: float) -> Numbers:
        """Return the real statistic and those of the reference, the shift taken from whoever was treated."""
        if self.base is not None and self.slope is not None:
            return self.base - shift * self.slope
        return self._values(self.outcomes - shift * self.real[0])

    def centre(self) -> float:
        """Return the effect at which the real statistic is nothing: what the outcomes estimate."""
        if self.base is not None:
            return float(self.base[0])
        on = self.real[0] > 0
        return float(self.outcomes[on].mean() - self.outcomes[~on].mean())

    def p(self, shift: float, side: Side) -> tuple[float, float]:
        """Return the p-value of a shift, and the real statistic."""
        values = self.at(shift)
        real, others = float(values[0]), values[1:]
        slack = CLOSE * float(np.abs(values).max()) + ROUNDING * float(np.abs(self.outcomes).max())
        if side == "two":
            count = int((np.abs(others) >= abs(real) - slack).sum())
        elif side == "more":
            count = int((others >= real - slack).sum())
        else:
            count = int((others <= real + slack).sum())
        n = len(others)
        return (count / n if self.against.is_exact else (1 + count) / (1 + n)), real
