"""Clusters: teams, wards or homes were drawn, so they and not the people in them are what is counted.

One number per cluster, then Student's t between the arms. Weighted by people it answers for a person, unweighted
for a cluster; where the effect goes with size the two differ, and both may be right.
"""

from dataclasses import dataclass

import numpy as np

from remit.pilots.analysis.chance import N_DRAWS, randomised
from remit.pilots.analysis.estimate import NAN, Bools, Estimate, Floats, Ints, estimate
from remit.pilots.analysis.means import ols_hc2, welch

SCALES = {"mean": "difference in means", "odds": "log odds ratio", "rate": "log rate ratio"}
ADDED = "One half was added to hits (and to misses) of every cluster, since in some there is none."


@dataclass(frozen=True)
class Clustered:
    """One row per cluster."""

    total: Floats  # (clusters,) of the outcome: sum, hits or events
    size: Floats  # people, or time at risk
    treated: Bools
    strata: Ints  # clusters were drawn within them

    @property
    def n(self) -> int:
        """People, or whole units of time."""
        return round(float(self.size.sum()))


def gather(
    outcome: Floats, clusters: Ints, treated: Bools, strata: Ints | None = None, time: Floats | None = None
) -> Clustered:
    """Return people's outcomes gathered by cluster, in the order of cluster numbers.

    Args:
        outcome: (people,)
        clusters: (people,) numbers.
        treated: (people,)
        strata: (people,) or None.
        time: (people,) at risk; 1 each where None.

    Raises:
        ValueError: if a cluster stands in two arms, or in two strata.
    """
    names, inverse = np.unique(clusters, return_inverse=True)
    k = len(names)
    size = np.bincount(inverse, minlength=k).astype(float)
    share = np.bincount(inverse, treated.astype(float), k) / size
    size = size if time is None else np.bincount(inverse, time, k).astype(float)
    if not np.isin(share, (0.0, 1.0)).all():
        raise ValueError("a cluster stands in two arms")
    group = np.zeros(k, np.int64)
    if strata is not None:
        group[inverse] = strata
        if (group[inverse] != strata).any():
            raise ValueError("a cluster stands in two strata")
    return Clustered(np.bincount(inverse, outcome, k).astype(float), size, share == 1.0, group)


def on_scale(data: Clustered, scale: str) -> tuple[Floats, bool]:
    """Return one number per cluster on a scale, and whether one half had to be added."""
    total, size = data.total, data.size
    if scale == "mean":
        return total / size, False
    if scale == "rate":
        add = 0.5 if (total <= 0.0).any() else 0.0
        return np.log((total + add) / size), add > 0.0
    add = 0.5 if ((total <= 0.0) | (total >= size)).any() else 0.0
    return np.log((total + add) / (size - total + add)), add > 0.0


def cluster_t(
    data: Clustered,
    scale: str = "mean",
    n_draws: int = N_DRAWS,
    seed: int = 1,
    *,
    weighted: bool = False,
    lots: Floats | None = None,
) -> Estimate:
    """Return the difference between arms of one number per cluster; degrees of freedom clusters less 2.

    Args:
        data: the clusters.
        scale: mean, odds or rate (both log).
        n_draws: allocations drawn anew behind the p-value; 0 for none.
        seed: of those draws.
        weighted: by size, for the effect on a person; its standard error is HC2.
        lots: (draws, clusters) every draw that a constrained procedure could have made; None for any within strata.
    """
    y, is_added = on_scale(data, scale)
    k = len(y)
    assumed = ["Clusters do not affect one another.", f"Compared on the scale: {SCALES[scale]}."]
    assumed += [ADDED] if is_added else []
    assumed += ["Clusters count by their size." if weighted else "Every cluster counts the same."]
    if weighted:
        value, se = weighted_difference(y, data.size, data.treated)
        name = "cluster means weighted by size"
    else:
        value, se = pooled_difference(y, data.treated)
        name = "cluster means"
    found = estimate(name, SCALES[scale], value, se, k - 2.0, n=data.n, n_clusters=k, assumed=tuple(assumed))
    if n_draws == 0:
        return found
    weights = data.size if weighted else np.ones(k)

    def statistic(draws: Floats) -> Floats:
        return weighted_statistic(draws, y, weights)

    return randomised(found, data.treated, data.strata, statistic, n_draws, seed, lots)


def pooled_difference(y: Floats, treated: Bools) -> tuple[float, float]:
    """Return the difference in means and its standard error, the spread taken for the same in both arms.

    >>> pooled_difference(np.array([3.0, 5, 1, 3]), np.array([True, True, False, False]))
    (2.0, 1.4142135623730951)
    """
    a, b = y[treated], y[~treated]
    if len(a) == 0 or len(b) == 0 or len(y) < 3:
        return (NAN if len(a) == 0 or len(b) == 0 else float(a.mean() - b.mean())), NAN
    squares = ((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()
    se = np.sqrt(squares / (len(y) - 2) * (1 / len(a) + 1 / len(b)))
    return float(a.mean() - b.mean()), float(se)


def weighted_difference(y: Floats, weights: Floats, treated: Bools) -> tuple[float, float]:
    """Return the difference in weighted means and its HC2 standard error."""
    root = np.sqrt(weights)
    design = np.column_stack([root, root * treated])
    value, se, _ = ols_hc2(design, y * root, 1)
    return value, se


def weighted_statistic(draws: Floats, y: Floats, weights: Floats) -> Floats:
    """Return the weighted difference in means of each draw of labels, studentised where weights are equal."""
    if np.ptp(weights) == 0.0:
        return welch(draws, y)
    in1 = draws @ weights
    in0 = weights.sum() - in1
    sum1 = draws @ (weights * y)
    found: Floats = sum1 / in1 - ((weights * y).sum() - sum1) / in0
    return found
