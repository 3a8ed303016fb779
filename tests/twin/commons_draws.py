"""What the three commons twins share: draws by name, whole numbers and sizes from one draw each.

Written from ``docs/explanation/commons.md``. Only ``uniforms`` and the arithmetic of single numbers
(``exp``, ``log``, ``normal_quantile``) are the kernel's, and those are tested elsewhere.
"""

import math

import numpy as np

from remit.kernel.elementary import exp, log, normal_quantile
from remit.kernel.philox import uniforms

ECONOMY, INCOME, REPAIR, GIVERS, VOLUNTEERS, IDEA, PLEDGES, PLEDGE, UPTAKE, MAKERS = range(30, 40)
FIFTHS = range(5)

__all__ = ["Draws", "chance", "count", "exp", "log", "lognormal", "some", "z"]


class Draws:
    """The luck of one run."""

    def __init__(self, seed: int, luck: int) -> None:
        self.seed, self.luck = np.uint64(seed), np.uint64(luck)

    def of(self, stream: int, entity: int, block: int = 0) -> tuple[float, float, float, float]:
        """Return the four draws of an entity's block."""
        return uniforms(self.seed, self.luck, np.uint64(stream), np.uint64(entity), np.uint64(block))


def z(u: float) -> float:
    """Return the normal quantile."""
    return normal_quantile(u)


def lognormal(u: float, mean: float, sigma: float) -> float:
    """Return a size of this mean; sigma is the spread of its logarithm."""
    return mean if sigma == 0 else mean * exp(sigma * z(u) - sigma**2 / 2)


def chance(hazard: float) -> float:
    """Return the chance of a week from its hazard."""
    return 1 - exp(-hazard)


def count(u: float, mean: float) -> int:
    """Return a Poisson number."""
    if mean <= 0:
        return 0
    if mean >= 32:
        return max(0, math.floor(mean + math.sqrt(mean) * z(u) + 0.5))
    p = below = exp(-mean)
    for n in range(200):
        if u < below:
            return n
        p = p * mean / (n + 1)
        below += p
    return 200


def some(u: float, n: int, p: float) -> int:
    """Return how many of n, each with chance p."""
    if n <= 0 or p <= 0:
        return 0
    if p >= 1:
        return n
    if n * p >= 32:
        found = math.floor(n * p + math.sqrt(n * p * (1 - p)) * z(u) + 0.5)
        return min(max(found, 0), n)
    most = min(n, 200)
    pk = below = exp(n * log(1 - p))
    for k in range(most):
        if u < below:
            return k
        pk = pk * (n - k) / (k + 1) * (p / (1 - p))
        below += pk
    return most
