"""Quantity: a value with unit, range and source; never a bare number.

All values are kept in the canonical unit of their dimension. ``low`` and ``high``
are the ends of a uniform or triangular range, and the 5th and 95th percentile
of a normal or lognormal one.
"""

import math
from dataclasses import dataclass, replace
from statistics import NormalDist

from remit.ground.units import UNITS, Unit

NORMAL = NormalDist()
Z95 = NORMAL.inv_cdf(0.95)
SHAPES = ("fixed", "uniform", "triangular", "normal", "lognormal", "counts")


@dataclass(frozen=True)
class Quantity:
    """A number and what is known of it."""

    name: str
    value: float
    unit: str
    low: float
    high: float
    shape: str = "fixed"
    source: str = ""
    assumption: str = ""
    grade: str = ""
    note: str = ""
    calibrated_to: str = ""
    counts: tuple[int, int] = (0, 0)

    @property
    def is_uncertain(self) -> bool:
        """Whether a Scenario draws it."""
        return self.shape != "fixed"

    @property
    def is_assumption(self) -> bool:
        """Whether it has no published source."""
        return not self.source

    @property
    def mean(self) -> float:
        """The mean of what is believed; for counts the share itself.

        >>> Quantity("x", 1.0, "minute", 0.0, 5.0, "triangular").mean
        2.0
        """
        if self.shape == "triangular":
            return (self.low + self.value + self.high) / 3.0
        if self.shape == "uniform":
            return 0.5 * (self.low + self.high)
        if self.shape == "lognormal":
            sigma = math.log(self.high / self.low) / (2.0 * Z95)
            return self.value * math.exp(0.5 * sigma * sigma)
        return self.value

    def draw(self, u: float) -> float:
        """Return the value at quantile ``u`` of what is believed, 0 < u < 1.

        >>> Quantity("x", 2.0, "minute", 1.0, 4.0, "uniform").draw(0.5)
        2.5
        """
        return _DRAWS[self.shape](self, u)


@dataclass(frozen=True)
class Choice:
    """A question with several answers, one drawn by each Scenario."""

    name: str
    options: tuple[str, ...]
    weights: tuple[float, ...]
    source: str = ""
    assumption: str = ""
    note: str = ""

    @property
    def is_uncertain(self) -> bool:
        """Whether a Scenario draws it."""
        return len(self.options) > 1

    def draw(self, u: float) -> str:
        """Return the option at quantile ``u`` of the weights.

        >>> Choice("c", ("a", "b"), (1.0, 3.0)).draw(0.3)
        'b'
        """
        total = sum(self.weights)
        below = 0.0
        for option, weight in zip(self.options, self.weights, strict=True):
            below += weight / total
            if u < below:
                return option
        return self.options[-1]


def _fixed(q: Quantity, u: float) -> float:
    return q.value


def _uniform(q: Quantity, u: float) -> float:
    return q.low + u * (q.high - q.low)


def _triangular(q: Quantity, u: float) -> float:
    width = q.high - q.low
    if width <= 0.0:
        return q.value
    if u < (q.value - q.low) / width:
        return q.low + math.sqrt(u * width * (q.value - q.low))
    return q.high - math.sqrt((1.0 - u) * width * (q.high - q.value))


def _normal(q: Quantity, u: float) -> float:
    return q.value + NORMAL.inv_cdf(u) * (q.high - q.low) / (2.0 * Z95)


def _lognormal(q: Quantity, u: float) -> float:
    return q.value * math.exp(NORMAL.inv_cdf(u) * math.log(q.high / q.low) / (2.0 * Z95))


def _counts(q: Quantity, u: float) -> float:
    hits, trials = q.counts
    logit = math.log(hits / (trials - hits))
    spread = math.sqrt(1.0 / hits + 1.0 / (trials - hits))
    return 1.0 / (1.0 + math.exp(-(logit + NORMAL.inv_cdf(u) * spread)))


_DRAWS = {
    "fixed": _fixed,
    "uniform": _uniform,
    "triangular": _triangular,
    "normal": _normal,
    "lognormal": _lognormal,
    "counts": _counts,
}


def in_stated_unit(q: Quantity, unit: Unit | None) -> Quantity:
    """Return a quantity in another unit of its dimension, as it is if there is none such."""
    if unit is None or q.unit not in UNITS or UNITS[q.unit].dimension != unit.dimension:
        return q
    factor = UNITS[q.unit].factor / unit.factor
    return replace(q, value=q.value * factor, unit=unit.name, low=q.low * factor, high=q.high * factor)
