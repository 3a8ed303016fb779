"""Worth: what finding out is worth where one of two ways will be chosen and belief is normal.

In the money of the mean: the net benefit of the new way over today's, believed normal. To choose without more
knowledge gains max(0, mean); to choose with it gains the mean of what is above 0.
"""

import math

from remit.pilots.power.chances import normal_cdf


def worth_of_knowing(mean: float, sd: float) -> float:
    """Return the worth of knowing the net benefit exactly (EVPI).

    >>> round(worth_of_knowing(0.0, 1.0), 4)
    0.3989
    """
    if sd <= 0.0:
        return 0.0
    z = abs(mean) / sd
    return sd * (math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi) - z * normal_cdf(-z))


def worth_of_pilot(mean: float, sd: float, se: float) -> float:
    """Return the worth of a pilot that measures the net benefit with the standard error ``se`` (EVSI).

    >>> worth_of_pilot(0.0, 1.0, 0.0) == worth_of_knowing(0.0, 1.0)
    True
    """
    if math.isinf(se):
        return 0.0
    return worth_of_knowing(mean, sd * sd / math.sqrt(sd * sd + se * se)) if sd > 0.0 else 0.0
