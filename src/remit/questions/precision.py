"""Precision: how many futures it takes to know each design's difference to a base as well as asked.

Futures are added until the mean paired difference of every design is known to an asked half-width. Looking after
each future and stopping when the interval happens to be narrow covers the truth less often than promised:
one stops where the spread seen is too small by luck (Chow and Robbins 1965; Starr 1966). Four things against that:

* looks only at a first stage and at its doublings, where the futures also fill every unknown's range evenly;
* Student's t at a level shared out over the designs (Bonferroni), which holds however they move together;
* the spread is raised to its own upper bound, RARELY_ABOVE of the time, from the fourth moment;
* the half-width is raised for skewness: the term of Hall's (1992) expansion by which a t interval covers too little.

Both raises fade as futures grow. What no interval can know is what has not been seen at all: a difference
that is nothing in all but a few futures looks like nothing until one of those few is drawn.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from remit.kernel.layout import Floats

LEAST_FEW = 12  # differences below which no spread is believed
RARELY_ABOVE = 0.99  # how surely the true spread is not above the one that is used
NORMAL_SPREAD = (
    2.0  # fourth standardised moment less one of a normal: never below, small samples show too little
)
EXACT_UP_TO = 30  # degrees of freedom with Student's distribution summed outright; beyond, an expansion
SELDOM_SEEN = 3.0  # over n: what could be missed in n futures one time in twenty (rule of three)


@dataclass(frozen=True)
class Precision:
    """How well differences are to be known, and within how many futures."""

    half_width: float  # in the outcome's own unit
    confidence: float = 0.95  # that every design's interval holds the truth
    least: int = 64  # the first look
    most: int = 4096


@dataclass(frozen=True)
class Ruling:
    """Whether the futures so far are enough, and how many to have next."""

    enough: bool
    n_next: int  # in all; as many as there are: go no further
    half_widths: Floats  # by design, of all futures so far; infinite where too few finished
    n_used: tuple[int, ...]  # by design: futures with a difference
    n_left_out: tuple[int, ...]  # by design: a run failed
    why: str


def next_size(differences: Floats, wish: Precision, names: Sequence[str] = ()) -> Ruling:
    """Return whether the futures so far are enough, and how many to have next.

    That is the first look, and from there on twice as many, never more than ``most``. Ask again with all rows,
    in the order drawn, after each step; it depends on nothing else. Between looks the last look passed rules,
    and what is known now must agree.

    Args:
        differences: (scenarios, designs) paired differences to the base, averaged over replicates; NaN where
            one of the two failed: left out for that design, and counted.
        wish: what is asked.
        names: of the designs, for the words.

    Raises:
        ValueError: a wish that cannot be met, an infinite difference, sizes that do not fit together.

    >>> next_size(np.zeros((64, 1)), Precision(0.5)).enough
    True
    """
    differences = np.asarray(differences, dtype=np.float64)
    _check(differences, wish, names)
    n, k = differences.shape
    called = tuple(names) or tuple(f"design {i + 1}" for i in range(k))
    widths = _half_widths(differences, wish.confidence)
    used = np.isfinite(differences).sum(axis=0)
    look, following = _looks(n, wish)
    at_look = widths if look == n else _half_widths(differences[:look], wish.confidence)
    enough = look > 0 and bool((at_look <= wish.half_width).all() and (widths <= wish.half_width).all())
    n_next = n if enough else following
    why = _why(differences, widths, wish, called, enough, n_next)
    left_out = tuple(int(n - u) for u in used)
    return Ruling(enough, n_next, widths, tuple(int(u) for u in used), left_out, why + _left_out(left_out))


def _check(differences: Floats, wish: Precision, names: Sequence[str]) -> None:
    if differences.ndim != 2 or differences.shape[1] == 0:
        raise ValueError(f"{differences.shape} differences: scenarios by designs are expected, one at least")
    if names and len(names) != differences.shape[1]:
        raise ValueError(f"{len(names)} names for {differences.shape[1]} designs")
    if np.isinf(differences).any():
        raise ValueError("a difference is infinite")
    if not (math.isfinite(wish.half_width) and wish.half_width > 0.0):
        raise ValueError(f"half-width {wish.half_width}: a number above 0 is expected")
    if not 0.5 <= wish.confidence < 1.0:
        raise ValueError(f"confidence {wish.confidence}: from 0.5 to below 1 is expected")
    if not LEAST_FEW <= wish.least <= wish.most:
        raise ValueError(
            f"from {wish.least} to {wish.most} futures: {LEAST_FEW} or more are expected, the most last"
        )


def _looks(n: int, wish: Precision) -> tuple[int, int]:
    """Return the last look passed (0: none yet) and how many futures to have at the next one."""
    if n >= wish.most:
        return n, n
    look = wish.least
    if n < look:
        return 0, look
    while 2 * look <= n:
        look *= 2
    return look, min(2 * look, wish.most)


def _half_widths(differences: Floats, confidence: float) -> Floats:
    """Return by design how well its mean difference is known; 0 where all differences are the same."""
    k = differences.shape[1]
    tail = (1.0 - confidence) / (2 * k)
    columns = (differences[np.isfinite(differences[:, i]), i] for i in range(k))
    return np.array([_half_width(column, tail) for column in columns])


def _half_width(values: Floats, tail: float) -> float:
    n = len(values)
    if n < LEAST_FEW:
        return math.inf
    if (values == values[0]).all():
        return 0.0
    largest = float(np.abs(values).max())
    scaled = values / largest  # so that fourth powers neither overflow nor vanish
    about = scaled - scaled.mean()
    spread = math.sqrt(float((about**2).mean()))
    if spread == 0.0:
        return 0.0
    skewness = float(((about / spread) ** 3).mean())
    moment = max(NORMAL_SPREAD, float(((about / spread) ** 4).mean()) - 1.0)
    z = -NormalDist().inv_cdf(tail)
    for_skewness = 1.0 + skewness**2 * max(0.0, z**4 + 2.0 * z**2 - 3.0) / (18.0 * n)
    for_spread = math.sqrt(1.0 + NormalDist().inv_cdf(RARELY_ABOVE) * math.sqrt(moment / n))
    error = spread * largest / math.sqrt(n - 1)
    return student(tail, n - 1) * error * for_skewness * for_spread


def student(tail: float, df: int) -> float:
    """Return what Student's t with ``df`` degrees of freedom exceeds with chance ``tail`` (below one half).

    Summed outright up to thirty degrees of freedom (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4), beyond
    that the normal deviate and its expansion (26.7.5).

    >>> round(student(0.025, 10), 3)
    2.228
    """
    z = -NormalDist().inv_cdf(tail)
    if df > EXACT_UP_TO:
        terms = (
            (z**3 + z) / 4.0,
            (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / 96.0,
            (3.0 * z**7 + 19.0 * z**5 + 17.0 * z**3 - 15.0 * z) / 384.0,
            (79.0 * z**9 + 776.0 * z**7 + 1482.0 * z**5 - 1920.0 * z**3 - 945.0 * z) / 92160.0,
        )
        return z + math.fsum(term / float(df) ** (i + 1) for i, term in enumerate(terms))
    low, high = 0.0, math.pi / 2.0  # of the angle whose tangent is t over the root of df
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (middle, high) if (1.0 - _within(middle, df)) / 2.0 > tail else (low, middle)
    return math.tan(low) * math.sqrt(df)


def _within(angle: float, df: int) -> float:
    """Return the chance that Student's t is, in size, at most tan(angle) times the root of ``df``."""
    cosine, sine = math.cos(angle), math.sin(angle)
    total, term = 0.0, cosine if df % 2 else 1.0
    for i in range(df % 2, df - 1, 2):
        total += term
        term *= cosine**2 * (i + 1) / (i + 2)
    return 2.0 / math.pi * (angle + sine * total) if df % 2 else sine * total


def _why(
    differences: Floats, widths: Floats, wish: Precision, names: Sequence[str], enough: bool, n_next: int
) -> str:
    n = len(differences)
    if enough and all((column == 0.0).all() for column in _finite(differences)):
        seldom = min(1.0, SELDOM_SEEN / int(np.isfinite(differences).sum(axis=0).min()))
        return (
            f"stopped at {n} futures: every design is identical to the base in all of them; a difference in fewer "
            f"than {100.0 * seldom:.2g} % of futures could still have been missed"
        )
    worst = int(np.argmax(widths))
    if math.isinf(widths[worst]):
        state = f"of {names[worst]} too few differences are known to say how well"
    else:
        state = f"the least certain difference, of {names[worst]}, is known to ±{widths[worst]:.3g}"
    asked = f"asked ±{wish.half_width:.3g}"
    asked += _same(differences, names)
    if enough:
        return f"stopped at {n} futures: {state}; {asked}"
    if n_next == n:
        return f"stopped at {n} futures, the most allowed, without reaching what was asked: {state}; {asked}"
    return f"not yet, with {n} futures: {state}; {asked}; have {n_next} next"


def _same(differences: Floats, names: Sequence[str]) -> str:
    """Return a warning of designs that have not differed so far: their half-width of 0 says little."""
    same = [n for n, c in zip(names, _finite(differences), strict=True) if len(c) and not c.any()]
    return f"; identical to the base so far: {', '.join(same)}" if same else ""


def _finite(differences: Floats) -> list[Floats]:
    return [column[np.isfinite(column)] for column in differences.T]


def _left_out(counts: Sequence[int]) -> str:
    most = max(counts)
    return f" (up to {most} futures left out for a design: the runs failed)" if most else ""
