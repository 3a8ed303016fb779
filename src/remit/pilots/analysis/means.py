"""Difference in means of people drawn one by one, adjusted for what was known of them before.

The adjustment is Lin's (2013): covariates less their mean, also times the arm, so that it cannot do harm in large
samples whatever the truth. Standard errors are HC2, which do not take the spread in both arms for the same.
"""

import numpy as np

from remit.pilots.analysis.chance import N_DRAWS, randomised
from remit.pilots.analysis.estimate import NAN, Bools, Estimate, Floats, Ints, estimate

LEAST_IN_ARM = 2


def difference_in_means(
    outcome: Floats,
    treated: Bools,
    covariates: Floats | None = None,
    strata: Ints | None = None,
    n_draws: int = N_DRAWS,
    seed: int = 1,
) -> Estimate:
    """Return the mean of the new way less that of the old.

    Args:
        outcome: (people,) without missing values.
        treated: (people,)
        covariates: (people, covariates) measured before allocation, or None.
        strata: (people,) within which people were drawn; None for one draw over all.
        n_draws: allocations drawn anew behind the p-value; 0 for none.
        seed: of those draws.
    """
    n = len(outcome)
    groups = np.zeros(n, np.int64) if strata is None else strata
    x = np.zeros((n, 0)) if covariates is None else covariates - covariates.mean(axis=0)
    arm = treated.astype(float)
    design = np.column_stack([np.ones(n), arm, x, x * arm[:, None]])
    value, se, df = ols_hc2(design, outcome, 1)
    assumed = ["People do not affect one another."]
    if x.shape[1]:
        assumed.append("Covariates were measured before allocation; adjusted after Lin (2013).")
    if min(arm.sum(), n - arm.sum()) < LEAST_IN_ARM:
        se = NAN
    found = estimate(
        "difference in means, HC2", "difference in means", value, se, df, n=n, assumed=tuple(assumed)
    )
    if n_draws == 0:
        return found
    rest = _left_over(outcome, x, groups)
    return randomised(found, treated, groups, lambda draws: welch(draws, rest), n_draws, seed)


def ols_hc2(design: Floats, outcome: Floats, column: int) -> tuple[float, float, float]:
    """Return a coefficient of least squares, its HC2 standard error and degrees of freedom.

    >>> x = np.column_stack([np.ones(4), [0.0, 0, 1, 1]])
    >>> value, se, df = ols_hc2(x, np.array([1.0, 3, 4, 8]), 1)
    >>> round(value, 6), round(se, 6), df
    (4.0, 2.236068, 2.0)
    """
    inverse = np.linalg.pinv(design.T @ design)
    solve = inverse @ design.T
    residual = outcome - design @ (solve @ outcome)
    leverage = np.einsum("ij,ji->i", design, solve)
    scaled = residual / np.sqrt(np.maximum(1.0 - leverage, 1e-12))
    se = float(np.sqrt(((solve[column] * scaled) ** 2).sum()))
    df = float(len(outcome) - np.linalg.matrix_rank(design))
    return float(solve[column] @ outcome), se, df


def welch(draws: Floats, outcome: Floats) -> Floats:
    """Return the difference in means over its standard error for each draw of labels.

    Studentised, so that the test stays honest where the new way changes the spread and not the mean.
    """
    n1 = draws.sum(axis=1)
    n0 = draws.shape[1] - n1
    sum1, square1 = draws @ outcome, draws @ outcome**2
    sum0, square0 = outcome.sum() - sum1, (outcome**2).sum() - square1
    spread1 = (square1 - sum1**2 / n1) / np.maximum(n1 - 1.0, 1.0) / n1
    spread0 = (square0 - sum0**2 / n0) / np.maximum(n0 - 1.0, 1.0) / n0
    noise = np.sqrt(np.maximum(spread1 + spread0, 0.0))
    t: Floats = (sum1 / n1 - sum0 / n0) / np.where(noise > 0.0, noise, 1.0)
    return t


def _left_over(outcome: Floats, x: Floats, groups: Ints) -> Floats:
    """Return what strata and covariates leave of the outcome, arms not looked at."""
    marks = np.column_stack([groups == g for g in np.unique(groups)]).astype(float)
    design = np.column_stack([marks, x])
    rest: Floats = outcome - design @ np.linalg.lstsq(design, outcome, rcond=None)[0]
    return rest
