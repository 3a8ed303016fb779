"""Series: one place measured many times before and after, by generalised least squares.

A straight line before, a step and another slope after; what is left over is like its predecessor to the degree
``phi`` (Zhang, Wagner and Ross-Degnan 2011). The degree is taken as known; it never is, so power is a little lower.
"""

import math
from dataclasses import dataclass

from remit.pilots.power.chances import Precision


@dataclass(frozen=True)
class Broken:
    """How precisely a broken line is measured."""

    level: Precision  # the step at the change
    slope: Precision  # the change of slope a period


def broken_line(before: int, after: int, phi: float, sd: float = 1.0) -> Broken:
    """Return the precision of step and slope; ``sd`` is that of a measurement about the line.

    >>> round(broken_line(12, 12, 0.0).level.se, 6)
    0.820768
    """
    import numpy as np

    n = before + after
    if before < 2 or after < 2 or n < 5:
        nothing = Precision(math.inf)
        return Broken(nothing, nothing)
    t = np.arange(n, dtype=float) - before  # from the change, which keeps the sums small
    is_after = (t >= 0.0).astype(float)
    x = np.column_stack([np.ones(n), t, is_after, is_after * t])
    # whitened: each row less phi times its predecessor has independent rests
    white = x - phi * np.vstack([np.zeros((1, 4)), x[:-1]])
    white[0] = x[0] * math.sqrt(1.0 - phi * phi)
    variance = np.linalg.inv(white.T @ white) * (1.0 - phi * phi) * sd * sd
    return Broken(*(Precision(math.sqrt(float(variance[i, i]))) for i in (2, 3)))
