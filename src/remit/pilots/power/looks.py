"""Looks: a pilot looked at several times, which may stop at any of them without fooling itself.

The chance of crossing a boundary is worked out look by look (Armitage, McPherson and Rowe 1969): what is known at a
look is what was known at the last, where it went on, and an independent step. Boundaries are those of Wang and
Tsiatis (1987), or spend the allowed error as Lan and DeMets do. Looks are equally far apart.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from remit.pilots.power.chances import critical, least_real, normal_cdf

Floats = npt.NDArray[np.float64]
LEAST_NODES, NODES_A_LOOK = 32, 8
FAR = 8.5  # standard deviations beyond which there is nothing


@dataclass(frozen=True)
class Course:
    """What looking does: chances of stopping, look by look, and the part of the pilot that is needed on average."""

    upper: tuple[float, ...]  # chance of first crossing upwards at each look
    lower: tuple[float, ...]
    used: float  # expected share of the largest size

    def power_of(self, sides: int = 2) -> float:
        """Return the chance of a significant result: either way, or upwards only for one side."""
        return sum(self.upper) + (sum(self.lower) if sides == 2 else 0.0)


def course(bounds: tuple[float, ...], drift: float) -> Course:
    """Return what happens at each look where the last look's z has the mean ``drift``.

    >>> round(course((1.959964,), 0.0).power_of(), 6)
    0.05
    """
    from scipy.special import ndtr

    n = len(bounds)
    step, mean = 1.0 / n, drift / n
    ends = [b * math.sqrt((k + 1) * step) for k, b in enumerate(bounds)]
    nodes, weights = _nodes(LEAST_NODES + NODES_A_LOOK * n)
    at: Floats = np.zeros(1)
    mass: Floats = np.ones(1)
    upper, lower, going = [], [], 0.0
    spread = math.sqrt(step)
    for k, end in enumerate(ends):
        going += float(mass.sum())
        upper.append(float(mass @ ndtr((at + mean - end) / spread)))
        lower.append(float(mass @ ndtr((-end - at - mean) / spread)))
        middle, reach = drift * (k + 1) * step, FAR * math.sqrt((k + 1) * step)
        low, high = max(-end, middle - reach), min(end, middle + reach)
        if high <= low or k == n - 1:
            break
        new = 0.5 * (high - low) * nodes + 0.5 * (high + low)
        apart = (new[:, None] - at[None, :] - mean) / spread
        density = np.exp(-0.5 * apart * apart) @ mass / (spread * math.sqrt(2.0 * math.pi))
        at, mass = new, 0.5 * (high - low) * weights * density
    rest = (0.0,) * (n - len(upper))
    return Course((*upper, *rest), (*lower, *rest), going * step)


@lru_cache(maxsize=64)
def _nodes(n: int) -> tuple[Floats, Floats]:
    """Return the nodes and weights of Gauss and Legendre."""
    nodes, weights = np.polynomial.legendre.leggauss(n)
    return np.asarray(nodes), np.asarray(weights)


@lru_cache(maxsize=64)
def wang_tsiatis(looks: int, delta: float, alpha: float = 0.05, sides: int = 2) -> tuple[float, ...]:
    """Return the z that stops at each look; ``delta`` 0 is O'Brien-Fleming, 0.5 Pocock.

    >>> [round(b, 2) for b in wang_tsiatis(3, 0.0)]
    [3.47, 2.45, 2.0]
    """
    shape = [((k + 1) / looks) ** (delta - 0.5) for k in range(looks)]

    def short(last: float) -> float:
        return _error(tuple(last * s for s in shape), sides) - alpha

    first = critical(alpha, sides)
    if looks == 1:
        return (first,)
    last = least_real(short, first)
    return tuple(last * s for s in shape)


def _error(bounds: tuple[float, ...], sides: int) -> float:
    """Return the chance of a false alarm; of one-sided tests that of crossing upwards (both may stop downwards)."""
    found = course(bounds, 0.0)
    return sum(found.upper) * (2 if sides == 2 else 1)


@lru_cache(maxsize=64)
def lan_demets(looks: int, alpha: float = 0.05) -> tuple[float, ...]:
    """Return the z of each look of a two-sided test that spends its error as O'Brien and Fleming's would.

    Each side spends half: 2 - 2 Phi(z of a quarter of alpha over the root of the time so far).

    >>> [round(b, 2) for b in lan_demets(3)]
    [3.71, 2.51, 1.99]
    """
    half = 0.5 * alpha
    start = critical(half, 2)
    bounds: tuple[float, ...] = ()
    spent = 0.0
    for k in range(looks):
        allowed = 2.0 * (1.0 - normal_cdf(start / math.sqrt((k + 1) / looks)))
        bounds = (*bounds, _next_bound(bounds, looks, allowed - spent))
        spent = allowed
    return bounds


def _next_bound(before: tuple[float, ...], looks: int, allowed: float) -> float:
    """Return the boundary of the next look that is crossed upwards with the chance ``allowed``."""
    k = len(before)

    def short(bound: float) -> float:
        full = (*before, bound, *(math.inf,) * (looks - k - 1))
        return course(full, 0.0).upper[k] - allowed

    return least_real(short, 0.5)


@lru_cache(maxsize=256)
def drift_for(bounds: tuple[float, ...], power: float, sides: int = 2) -> float:
    """Return how far from 0 the last look's z must lie on average for that power."""
    return least_real(lambda drift: power - course(bounds, drift).power_of(sides), 1.0)


def inflation(bounds: tuple[float, ...], alpha: float, power: float, sides: int = 2) -> float:
    """Return how many times larger than a pilot looked at once it must be planned.

    >>> round(inflation(wang_tsiatis(6, 0.25), 0.05, 0.8), 3)
    1.077
    """
    once = critical(alpha, sides) + critical(1.0 - power, 1)
    return (drift_for(bounds, power, sides) / once) ** 2


def mixture_boundary(information: float, rho: float, alpha: float = 0.05) -> float:
    """Return the boundary that a sum may be held against at every moment (Robbins 1970; Howard et al. 2021).

    >>> round(mixture_boundary(100.0, 1.0), 3)
    32.73
    """
    v = information + rho
    return math.sqrt(v * math.log(v / (rho * alpha * alpha)))
