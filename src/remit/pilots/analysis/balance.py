"""Who was in the arms: how many were allocated, counted and lost, and how alike the arms were before."""

from dataclasses import dataclass

import numpy as np

from remit.pilots.analysis.estimate import NAN, Bools, Floats


@dataclass(frozen=True)
class Flow:
    """What became of those allocated to one arm."""

    arm: str
    units: int  # allocated
    units_seen: int  # with at least one row of data
    rows: int
    counted: int  # rows with the outcome
    missing: int  # rows without it


@dataclass(frozen=True)
class Alike:
    """One thing known beforehand, in two arms."""

    name: str
    new: float
    old: float
    apart: float  # difference over the standard deviation of both arms together; NaN where all are the same


def alike(name: str, values: Floats, treated: Bools) -> Alike:
    """Return how far two arms were apart before; empty cells are left out.

    >>> alike("age", np.array([1.0, 3.0, 3.0, 5.0]), np.array([False, False, True, True])).apart
    1.4142135623730951
    """
    seen = np.isfinite(values)
    one, two = values[seen & treated], values[seen & ~treated]
    if len(one) < 2 or len(two) < 2:
        return Alike(name, NAN, NAN, NAN)
    spread = np.sqrt((one.var(ddof=1) + two.var(ddof=1)) / 2.0)
    gap = float(one.mean() - two.mean())
    return Alike(name, float(one.mean()), float(two.mean()), float(gap / spread) if spread > 0.0 else NAN)
