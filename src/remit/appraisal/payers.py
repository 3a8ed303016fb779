"""Money by payer: the public purse, grants, and unpaid time valued once and kept outside public cost."""

from collections.abc import Sequence

import numpy as np

from remit.ensemble.results import Results
from remit.kernel.layout import Floats


def paid_by(results: Results, design: str, base: str, payers: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Return a design's yearly pounds by payer beyond another design's, averaged over scenarios that both finished.

    Args:
        results: finished runs.
        design: whose money.
        base: beside whose.
        payers: who pays, and the column that says how much.
    """
    return {who: _mean(results.of(design, c) - results.of(base, c)) for who, c in payers}


def _mean(values: Floats) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if len(finite) else float("nan")


def extra_per_life(results: Results, design: str, base: str) -> float:
    """Return extra public pounds for each extra life of the mean difference; NaN where lives do not rise.

    A ratio of means, not a mean of ratios: scenarios in which nothing is gained count too.
    """
    money = _mean(results.of(design, "cost_public") - results.of(base, "cost_public"))
    lives = _mean(results.of(design, "lives") - results.of(base, "lives"))
    return money / lives if lives > 0.0 else float("nan")
