"""Blocks: clusters, or people, were drawn within blocks (pairs among them), and each block is its own comparison.

The estimate is the mean over blocks of what the new way did less what the old way did in the same block. Its
spread is that of the units within blocks where every block has two of each arm at least, else (pairs) that of the
blocks. Nothing is taken for the same between blocks.
"""

import numpy as np

from remit.pilots.analysis.chance import N_DRAWS, randomised
from remit.pilots.analysis.clusters import ADDED, SCALES, Clustered, on_scale
from remit.pilots.analysis.estimate import NAN, Bools, Estimate, Floats, Ints, estimate

LEAST_WITHIN = 2


def blocked_difference(
    data: Clustered, scale: str = "mean", n_draws: int = N_DRAWS, seed: int = 1, *, weighted: bool = False
) -> Estimate:
    """Return the mean difference within blocks, with the spread of units within blocks, or of blocks.

    Degrees of freedom are units less two a block where the spread is within blocks, else blocks less 1. A few large
    blocks are too few to take a spread from.

    Args:
        data: one row per cluster (or person); ``strata`` are the blocks.
        scale: mean, odds or rate (both log).
        n_draws: allocations drawn anew behind the p-value; 0 for none.
        seed: of those draws.
        weighted: blocks by people in them, and clusters within a block, rather than each the same.
    """
    y, is_added = on_scale(data, scale)
    weights = data.size if weighted else np.ones(len(y))
    names, n_out = whole_blocks(data.treated, data.strata)
    kept = np.isin(data.strata, names)
    y, weights, treated, strata = y[kept], weights[kept], data.treated[kept], data.strata[kept]
    within = differences(treated[None, :].astype(float), y, weights, strata)[0]
    share = block_weights(weights, strata, weighted=weighted)
    value = float((share * within).sum()) if len(names) else NAN
    inside = None if weighted else _within(y, treated, strata, share)
    if inside is not None:
        se, freedom = inside
    else:
        se, freedom = _spread(within, share) if len(names) > 1 else NAN, len(names) - 1.0
    assumed = ["Blocks do not affect one another.", f"Compared on the scale: {SCALES[scale]}."]
    assumed += [ADDED] if is_added else []
    assumed += ["Blocks count by their size." if weighted else "Every block counts the same."]
    assumed += [f"{n_out} block(s) have one arm only and are left out."] if n_out else []
    found = estimate(
        "differences within blocks",
        SCALES[scale],
        value,
        se,
        freedom,
        n=round(float(data.size[kept].sum())),
        n_clusters=int(kept.sum()),
        assumed=tuple(assumed),
    )
    if n_draws == 0 or not len(names):
        return found
    return randomised(
        found, treated, strata, lambda d: differences(d, y, weights, strata) @ share, n_draws, seed
    )


def whole_blocks(treated: Bools, strata: Ints) -> tuple[Ints, int]:
    """Return the blocks with both arms, and how many have one only.

    >>> whole_blocks(np.array([True, False, True]), np.array([1, 1, 2]))
    (array([1]), 1)
    """
    names = np.unique(strata)
    both = np.array([0 < treated[strata == s].sum() < (strata == s).sum() for s in names], bool)
    return names[both], int((~both).sum())


def differences(draws: Floats, y: Floats, weights: Floats, strata: Ints) -> Floats:
    """Return (draws, blocks): within each block the new way's weighted mean less the old way's."""
    _, inverse = np.unique(strata, return_inverse=True)
    marks = np.zeros((len(y), inverse.max(initial=-1) + 1))
    marks[np.arange(len(y)), inverse] = 1.0
    in1, sum1 = (draws * weights) @ marks, (draws * (weights * y)) @ marks
    in0, sum0 = weights @ marks - in1, (weights * y) @ marks - sum1
    found: Floats = sum1 / in1 - sum0 / in0
    return found


def block_weights(weights: Floats, strata: Ints, *, weighted: bool) -> Floats:
    """Return each block's share of the estimate."""
    _, inverse = np.unique(strata, return_inverse=True)
    size = np.bincount(inverse, weights) if weighted else np.ones(inverse.max(initial=-1) + 1)
    share: Floats = size / size.sum()
    return share


def _within(y: Floats, treated: Bools, strata: Ints, share: Floats) -> tuple[float, float] | None:
    """Return the standard error from units within blocks, and its degrees of freedom; None if a block has too few.

    Each arm of a block has a variance of its own (Neyman's, stratified).
    """
    variance, freedom = 0.0, 0.0
    for part, name in zip(share, np.unique(strata), strict=True):
        new, old = y[(strata == name) & treated], y[(strata == name) & ~treated]
        if min(len(new), len(old)) < LEAST_WITHIN:
            return None
        variance += part**2 * float(new.var(ddof=1) / len(new) + old.var(ddof=1) / len(old))
        freedom += len(new) + len(old) - 2.0
    return (float(np.sqrt(variance)), freedom) if freedom > 0.0 else None


def _spread(within: Floats, share: Floats) -> float:
    """Return the standard error of a weighted mean of blocks: the usual one where all weigh the same."""
    away = within - (share * within).sum()
    return float(np.sqrt((share**2 * away**2 / (1.0 - share)).sum()))
