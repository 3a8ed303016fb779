"""Discount: how much less a study counts for a place that it did not come from, or that it shows less surely.

The rule, our own and stated so that it can be argued with: a study counts as if it were a share of its size,

    share = grade share x nearness

where the grade share is 1 at the top of a scale, 0.1 at its bottom, and in equal ratios between; and nearness is
exp(-distance), distance being how many standard deviations the places lie apart in what matters (0 for the same
place). A share of the size leaves the estimate where it is and divides the squared standard error by the share.
"""

import math

from remit.pilots.grades import Grade

LOWEST = 0.1


def grade_share(grades: tuple[Grade, ...]) -> float:
    """Return what grades leave of a study: the lowest of them holds; a study without any counts as the lowest.

    >>> grade_share((Grade("maryland", "", 5, "", ""),)), grade_share(())
    (1.0, 0.1)
    """
    if not grades:
        return LOWEST
    return float(LOWEST ** (1.0 - min(g.height for g in grades)))


def nearness(distance: float) -> float:
    """Return what distance leaves of a study.

    >>> nearness(0.0)
    1.0
    """
    if not distance >= 0.0:
        raise ValueError("a distance is 0 or more")
    return math.exp(-distance)


def discounted(se: float, grades: tuple[Grade, ...], distance: float) -> float:
    """Return the standard error of a study for another place.

    >>> round(discounted(0.1, (), 0.0), 3)
    0.316
    """
    return se / math.sqrt(grade_share(grades) * nearness(distance))
