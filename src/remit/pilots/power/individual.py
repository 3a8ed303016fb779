"""Individual: people are allocated one by one; sizes are of people measured in each arm.

Means by the noncentral t (both variances taken as equal, total variance within an arm). Two shares by the normal
test with the pooled variance under no effect (Fleiss), or on the arcsine scale (Cohen's h). A covariate known
before cuts the variance by 1 - r squared (Borm, Fransen and Lemmens 2007).
"""

import math

from remit.pilots.power.chances import Precision, critical


def means(n_0: float, n_1: float, sd: float, correlation: float = 0.0) -> Precision:
    """Return the precision of a difference of two means, adjusted for a covariate if it is told of.

    >>> means(20, 20, 1.0).df
    38
    """
    df = n_0 + n_1 - 2 - (1 if correlation else 0)
    variance = sd * sd * (1.0 - correlation * correlation) * (1.0 / n_0 + 1.0 / n_1)
    return Precision(math.sqrt(variance), df)


def shares(n_0: float, n_1: float, share_0: float, share_1: float, correlation: float = 0.0) -> Precision:
    """Return the precision of a difference of two shares; the test pools them, as if there were no effect."""
    kept = 1.0 - correlation * correlation
    pooled = (n_0 * share_0 + n_1 * share_1) / (n_0 + n_1)
    null = pooled * (1.0 - pooled) * (1.0 / n_0 + 1.0 / n_1)
    own = share_0 * (1.0 - share_0) / n_0 + share_1 * (1.0 - share_1) / n_1
    return Precision(math.sqrt(kept * own), se_null=math.sqrt(kept * null))


def arcsine(share_0: float, share_1: float) -> float:
    """Return Cohen's h, the difference of two shares on the scale where all have one spread.

    >>> round(arcsine(0.5, 0.75), 4)
    0.5236
    """
    return 2.0 * math.asin(math.sqrt(share_1)) - 2.0 * math.asin(math.sqrt(share_0))


def on_arcsine_scale(n_0: float, n_1: float) -> Precision:
    """Return the precision of Cohen's h."""
    return Precision(math.sqrt(1.0 / n_0 + 1.0 / n_1))


def rates(n_0: float, n_1: float, rate_0: float, rate_1: float, years: float) -> Precision:
    """Return the precision of a difference of two rates of events, each person followed for ``years``."""
    return Precision(math.sqrt(rate_0 / (n_0 * years) + rate_1 / (n_1 * years)))


def people_for_shares(share_0: float, share_1: float, alpha: float, power: float, sides: int = 2) -> float:
    """Return the people in each of two equal arms before rounding up, by the formula with the pooled variance.

    The wrong way of being significant is left out, as in R's power.prop.test.

    >>> round(people_for_shares(0.5, 0.75, 0.05, 0.9), 4)
    76.7069
    """
    middle = 0.5 * (share_0 + share_1)
    under_null = critical(alpha, sides) * math.sqrt(2.0 * middle * (1.0 - middle))
    under_effect = critical(1.0 - power, 1) * math.sqrt(share_0 * (1.0 - share_0) + share_1 * (1.0 - share_1))
    return ((under_null + under_effect) / (share_1 - share_0)) ** 2


def partially_nested(n_0: float, n_1: float, sd: float, group: float, icc: float) -> Precision:
    """Return the precision where one arm is served in groups, or by one worker each, and the other is not.

    The groups' arm has the groups' share ``icc`` of the total variance; the degrees of freedom are Satterthwaite's.
    """
    groups = n_1 / group
    served = sd * sd * (1.0 + (group - 1.0) * icc) / n_1
    alone = sd * sd / n_0
    if groups <= 1.0 or n_0 <= 1.0:
        return Precision(math.sqrt(served + alone), math.nan)
    df = (served + alone) ** 2 / (served * served / (groups - 1.0) + alone * alone / (n_0 - 1.0))
    return Precision(math.sqrt(served + alone), df)


def cycles(people: float, n_cycles: float, effect_sd: float, sd: float) -> Precision:
    """Return the precision of the mean effect of N-of-1 trials: each person has both ways, so many times over.

    Variance (effect variance + 2 variance / cycles) / people, effects differing from person to person (Senn 2019).
    """
    variance = (effect_sd * effect_sd + 2.0 * sd * sd / n_cycles) / people
    return Precision(math.sqrt(variance), people - 1)
