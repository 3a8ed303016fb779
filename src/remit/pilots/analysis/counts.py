"""Counts: two shares, or two rates per time, of people drawn one by one."""

import math
from dataclasses import replace

import numpy as np

from remit.pilots.analysis.chance import N_DRAWS, randomised
from remit.pilots.analysis.estimate import NAN, Bools, Estimate, Ints, estimate, t_quantile, t_tail
from remit.pilots.analysis.means import welch

SHARES = ("difference", "ratio", "odds")


def two_shares(
    hits: tuple[int, int], trials: tuple[int, int], scale: str = "difference", level: float = 0.95
) -> Estimate:
    """Return the share of the new way against that of the old, by the normal approximation.

    The interval of a difference is Newcombe's (score intervals of both shares put together), which holds with
    few hits; ratios and odds go by the delta method on the log scale. The p-value of the difference pools.

    Args:
        hits: (new, old)
        trials: (new, old)
        scale: difference, ratio or odds.
        level: of the interval.

    >>> round(two_shares((30, 20), (100, 100)).value, 6)
    0.1
    """
    if scale not in SHARES:
        raise ValueError(f"{scale}: one of {', '.join(SHARES)}")
    (a, b), (n, m) = hits, trials
    p, q = a / n, b / m
    assumed: tuple[str, ...] = ("People do not affect one another.",)
    if scale == "difference":
        pooled = (a + b) / (n + m)
        noise = math.sqrt(pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m))
        se = math.sqrt(p * (1.0 - p) / n + q * (1.0 - q) / m)
        low, high = _newcombe(p, q, n, m, level)
        tail = t_tail((p - q) / noise, math.inf) if noise > 0.0 else 1.0
        name = "difference in shares"
        return Estimate("two shares", name, p - q, se, math.inf, low, high, tail, n + m, assumed=assumed)
    name = "log risk ratio" if scale == "ratio" else "log odds ratio"
    if min(a, b) == 0 or (scale == "odds" and (a == n or b == m)):
        assumed += ("One half was added to every count, since one is nought.",)
        a, b, n, m = a + 0.5, b + 0.5, n + 1, m + 1  # type: ignore[assignment]
        p, q = a / n, b / m
    if scale == "ratio":
        value, spread = math.log(p / q), 1 / a - 1 / n + 1 / b - 1 / m
    else:
        value = math.log(p / (1 - p) / (q / (1 - q)))
        spread = 1 / a + 1 / (n - a) + 1 / b + 1 / (m - b)
    return estimate(
        "two shares", name, value, math.sqrt(spread), math.inf, n=sum(trials), level=level, assumed=assumed
    )


def shares_of(
    outcome: Bools,
    treated: Bools,
    strata: Ints | None = None,
    scale: str = "difference",
    n_draws: int = N_DRAWS,
    seed: int = 1,
) -> Estimate:
    """Return two shares with the p-value of the random allocation itself."""
    hits = (int(outcome[treated].sum()), int(outcome[~treated].sum()))
    found = two_shares(hits, (int(treated.sum()), int((~treated).sum())), scale)
    if n_draws == 0:
        return found
    groups = np.zeros(len(outcome), np.int64) if strata is None else strata
    y = outcome.astype(float)
    return randomised(found, treated, groups, lambda draws: welch(draws, y), n_draws, seed)


def two_rates(events: tuple[int, int], time: tuple[float, float], scale: str = "ratio") -> Estimate:
    """Return the rate of the new way against that of the old, events taken for independent (Poisson).

    The p-value is exact: given all events, each falls to an arm in proportion to its time.

    Args:
        events: (new, old)
        time: (new, old) people times time at risk.
        scale: ratio or difference.

    >>> round(two_rates((20, 10), (100.0, 100.0)).ratio[0], 6)
    2.0
    """
    from scipy import stats

    (a, b), (s, t) = events, time
    assumed: tuple[str, ...] = (
        "Events fall independently of one another; where one brings the next, the interval is too narrow.",
    )
    n = a + b
    p = float(stats.binomtest(a, n, s / (s + t)).pvalue) if n else NAN
    if scale == "difference":
        value, se = a / s - b / t, math.sqrt(a / s**2 + b / t**2)
        found = estimate("two rates", "difference in rates", value, se, math.inf, n=n, assumed=assumed)
    else:
        if min(a, b) == 0:
            assumed += ("One half was added to both counts, since one is nought.",)
        more = 0.5 if min(a, b) == 0 else 0.0
        value = math.log((a + more) / s / ((b + more) / t))
        se = math.sqrt(1 / (a + more) + 1 / (b + more))
        found = estimate("two rates", "log rate ratio", value, se, math.inf, n=n, assumed=assumed)
    return replace(found, p_model=p)


def wilson(p: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Return Wilson's score interval of a share.

    >>> [round(x, 4) for x in wilson(0.5, 100)]
    [0.4038, 0.5962]
    """
    z = t_quantile(0.5 + level / 2.0, math.inf)
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - reach, middle + reach


def _newcombe(p: float, q: float, n: int, m: int, level: float) -> tuple[float, float]:
    (low1, high1), (low0, high0) = wilson(p, n, level), wilson(q, m, level)
    low = p - q - math.hypot(p - low1, high0 - q)
    high = p - q + math.hypot(high1 - p, q - low0)
    return low, high
