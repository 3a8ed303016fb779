"""An estimate: what was found, how sure it is, by chance and by model, from how many, and what was assumed."""

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
NAN = math.nan


@dataclass(frozen=True)
class Estimate:
    """One effect: new way less old way, on a scale that is told."""

    estimator: str
    scale: str  # of ``value``, ``se`` and the interval
    value: float
    se: float
    df: float  # infinite where the normal curve is used
    low: float
    high: float
    p_model: float  # two-sided, by the model behind the interval
    n: int  # units (people, or periods of clusters) counted
    n_clusters: int = 0  # 0 where people were drawn one by one
    p_random: float = NAN  # two-sided, by drawing the allocation anew
    n_random: int = 0  # how many allocations were tried
    is_exact: bool = False  # every allocation that could have been drawn was tried
    assumed: tuple[str, ...] = ()

    def with_chance(self, p: float, n: int, *, is_exact: bool) -> "Estimate":
        """Return the estimate with the p-value that the random allocation itself gives."""
        return replace(self, p_random=p, n_random=n, is_exact=is_exact)

    @property
    def ratio(self) -> tuple[float, float, float]:
        """Value, low and high of a log scale as a ratio; NaN on other scales.

        >>> estimate("e", "log rate ratio", 0.0, 0.1, 10.0, n=5).ratio[0]
        1.0
        """
        if not self.scale.startswith("log "):
            return (NAN, NAN, NAN)
        return (math.exp(self.value), math.exp(self.low), math.exp(self.high))


def estimate(
    estimator: str,
    scale: str,
    value: float,
    se: float,
    df: float,
    *,
    n: int,
    n_clusters: int = 0,
    level: float = 0.95,
    assumed: tuple[str, ...] = (),
) -> Estimate:
    """Return an estimate with the interval and p-value of Student's t (normal where ``df`` is infinite).

    >>> round(estimate("e", "difference", 1.0, 0.5, math.inf, n=9).high, 2)
    1.98
    """
    if not (se >= 0.0 and df > 0.0):
        return Estimate(estimator, scale, value, NAN, df, NAN, NAN, NAN, n, n_clusters, assumed=assumed)
    reach = t_quantile(0.5 + level / 2.0, df) * se
    none = 1.0 if value == 0.0 else 0.0
    p = t_tail(value / se, df) if se > 0.0 else none
    return Estimate(
        estimator, scale, value, se, df, value - reach, value + reach, p, n, n_clusters, assumed=assumed
    )


def t_quantile(q: float, df: float) -> float:
    """Return a quantile of Student's t, of the normal curve where ``df`` is infinite.

    >>> round(t_quantile(0.975, 10), 3)
    2.228
    """
    from scipy import stats

    return float(stats.norm.ppf(q) if math.isinf(df) else stats.t.ppf(q, df))


def t_tail(t: float, df: float) -> float:
    """Return the chance of a value as far from 0 as ``t``, on both sides.

    >>> round(t_tail(1.96, math.inf), 3)
    0.05
    """
    from scipy import stats

    return float(2.0 * (stats.norm.sf(abs(t)) if math.isinf(df) else stats.t.sf(abs(t), df)))
