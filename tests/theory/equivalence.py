"""Estimates from independent replicates, and when one is equivalent to an expected value.

A value is a ratio of two sums over replicates (waits by people served, say). Controls are sums
whose mean is known to be zero whatever the queue does; regressing on them takes noise away.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Any

import numpy as np

CONFIDENCE = 0.99


def student_quantile(p: float, freedom: int) -> float:
    """Return the quantile of Student's t, by Cornish and Fisher's expansion: good to 1e-4 from 20 degrees on.

    >>> round(student_quantile(0.995, 49), 4), round(student_quantile(0.995, 100), 4)
    (2.68, 2.6259)
    """
    z = NormalDist().inv_cdf(p)
    first = (z**3 + z) / 4.0
    second = (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / 96.0
    third = (3.0 * z**7 + 19.0 * z**5 + 17.0 * z**3 - 15.0 * z) / 384.0
    return z + first / freedom + second / freedom**2 + third / freedom**3


@dataclass(frozen=True)
class Measured:
    """What the replicates of one case yield, one number a replicate."""

    tops: dict[str, np.ndarray]
    bottoms: dict[str, np.ndarray]
    controls: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))


@dataclass(frozen=True)
class Estimate:
    """A mean, its standard error and the degrees of freedom of that."""

    mean: float
    error: float
    freedom: int

    @property
    def half_width(self) -> float:
        """Half the width of the confidence interval."""
        return student_quantile(0.5 + CONFIDENCE / 2.0, self.freedom) * self.error


@dataclass(frozen=True)
class Adjustment:
    """How the means over replicates move, and how much surer they are, for controls whose mean is zero."""

    scores: np.ndarray  # (runs, q) orthonormal columns that span the controls, less their means
    means: np.ndarray  # (q,) what the controls' means come to in those columns

    def means_of(self, columns: np.ndarray) -> np.ndarray:
        """Return the means of columns as they would be had every control met its mean."""
        return columns.mean(axis=0) - self.means @ (self.scores.T @ columns)

    def error_of(self, residuals: np.ndarray) -> tuple[float, int]:
        """Return the standard error of the mean of ``residuals``, and its degrees of freedom."""
        n = len(residuals)
        freedom = n - 1 - self.scores.shape[1]
        left = residuals - residuals.mean()
        left = left - self.scores @ (self.scores.T @ left)
        return math.sqrt(float(left @ left) / freedom * (1.0 / n + float(self.means @ self.means))), freedom


def adjustment(controls: np.ndarray, n_runs: int) -> Adjustment:
    """Return the adjustment for (runs, m) controls, none if empty; columns that repeat others drop out."""
    if not controls.size:
        return Adjustment(np.zeros((n_runs, 0)), np.zeros(0))
    spread = controls.std(axis=0)
    scaled = controls[:, spread > 0.0] / spread[spread > 0.0]
    centred = scaled - scaled.mean(axis=0)
    sizes, directions = np.linalg.eigh(centred.T @ centred)
    kept = sizes > 1e-8 * sizes[-1]
    turn = directions[:, kept] / np.sqrt(sizes[kept])
    return Adjustment(centred @ turn, scaled.mean(axis=0) @ turn)


def ratio(top: np.ndarray, bottom: np.ndarray, adjust: Adjustment | None = None) -> Estimate:
    """Return the ratio of two means over replicates, its error by linearisation.

    >>> ratio(np.array([1.0, 3.0]), np.array([1.0, 1.0])).mean
    2.0
    """
    adjust = adjust or adjustment(np.zeros((0, 0)), len(top))
    mean_top, mean_bottom = adjust.means_of(np.column_stack([top, bottom]).astype(float))
    value = mean_top / mean_bottom
    error, freedom = adjust.error_of(top - value * bottom)
    return Estimate(float(value), error / abs(float(mean_bottom)), freedom)


@dataclass(frozen=True)
class Line:
    """One expected value held against its estimate; the interval is of the relative error.

    Where the expected value is small, the interval and the margin are absolute.
    """

    key: str
    expected: float
    estimate: Estimate
    low: float
    high: float
    margin: float

    @property
    def holds(self) -> bool:
        """Tell whether the whole interval lies within the margin."""
        return -self.margin < self.low <= self.high < self.margin

    def __str__(self) -> str:
        return (
            f"{self.key:28s} {self.expected:12.6g} {self.estimate.mean:12.6g} "
            f"[{100 * self.low:+.3f} %, {100 * self.high:+.3f} %]{'' if self.holds else '  OUTSIDE'}"
        )


def hold_against(key: str, expected: float, estimate: Estimate, margin: float, small: float) -> Line:
    """Return the line of one value: relative error, or absolute (margin x small) below ``small``."""
    unit = abs(expected) if abs(expected) >= small else 1.0
    allowed = margin if abs(expected) >= small else margin * small
    error = (estimate.mean - expected) / unit
    half = estimate.half_width / unit
    return Line(key, expected, estimate, error - half, error + half, allowed)


def control_scores(controls: np.ndarray) -> np.ndarray:
    """Return how many standard errors each control's mean lies from zero."""
    spread = controls.std(axis=0, ddof=1)
    kept = controls[:, spread > 0.0]
    return kept.mean(axis=0) / spread[spread > 0.0] * math.sqrt(len(controls))


def flat(expected: Mapping[str, Any]) -> dict[str, float]:
    """Return nested lists of numbers as one mapping.

    >>> flat({"a": [1, [2, 3]], "b": 4})
    {'a[0]': 1.0, 'a[1][0]': 2.0, 'a[1][1]': 3.0, 'b': 4.0}
    """
    numbers: dict[str, float] = {}
    for key, value in expected.items():
        if isinstance(value, list):
            numbers |= flat({f"{key}[{i}]": item for i, item in enumerate(value)})
        else:
            numbers[key] = float(value)
    return numbers
