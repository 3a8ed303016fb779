"""Floor: the smallest p-value that a permutation test of so few units can give, whatever is found."""

import math

MOST_UNITS = 400


def ways(arms: tuple[int, ...]) -> float:
    """Return in how many ways units can be dealt to arms of these sizes (infinite where beyond counting).

    >>> ways((4, 4)), ways((1, 1, 1))
    (70.0, 6.0)
    """
    log = math.lgamma(sum(arms) + 1) - sum(math.lgamma(n + 1) for n in arms)
    return math.inf if log > 600.0 else float(round(math.exp(log))) if log < 30.0 else math.exp(log)


def smallest_p(
    arms: tuple[int, ...], sides: int = 2, *, share_kept: float = 1.0, n_ways: float = 0.0
) -> float:
    """Return the smallest p-value: one in all ways of dealing, two where the arms are equal and both ways count.

    Args:
        arms: units in each.
        sides: 1 or 2.
        share_kept: of the ways of dealing that constrained randomisation keeps.
        n_ways: the ways of dealing, where blocks or pairs make fewer of them.

    >>> round(smallest_p((4, 4)), 4), round(smallest_p((3, 3)), 4)
    (0.0286, 0.1)
    """
    kept = max(1.0, (n_ways or ways(arms)) * share_kept)
    mirrored = sides == 2 and len(arms) == 2 and arms[0] == arms[1]
    return min(1.0, (2.0 if mirrored else 1.0) / kept)


def fewest_units(alpha: float, sides: int = 2, *, share_kept: float = 1.0) -> int:
    """Return the fewest units in each of two equal arms for any p-value below ``alpha``; 0 where none will do.

    >>> fewest_units(0.05), fewest_units(0.05, share_kept=0.1)
    (4, 6)
    """
    for n in range(1, MOST_UNITS):
        if smallest_p((n, n), sides, share_kept=share_kept) < alpha:
            return n
    return 0


def fewest_steps(alpha: float) -> int:
    """Return the fewest units of a stepped wedge with one unit a step for any p-value below ``alpha``.

    >>> fewest_steps(0.05)
    4
    """
    return next(n for n in range(1, MOST_UNITS) if 1.0 / math.gamma(n + 1) < alpha)
