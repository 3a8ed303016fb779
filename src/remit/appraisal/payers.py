"""Money by payer: the public purse, grants, and unpaid time valued once and kept outside public cost."""

from dataclasses import dataclass

import numpy as np

from remit.ensemble.results import Results
from remit.kernel.layout import Floats


@dataclass(frozen=True)
class Paid:
    """Yearly pounds by who bears them, beyond another design's, averaged over scenarios."""

    design: str
    public_gbp: float
    grants_gbp: float
    unpaid_hours: float
    unpaid_value_gbp: float


def paid_by(results: Results, design: str, base: str) -> Paid:
    """Return a design's yearly money by payer beyond another design's, over the scenarios that both finished."""
    columns = ("cost_public", "cost_grants", "unpaid_hours", "unpaid_value")
    extra = {c: _mean(results.of(design, c) - results.of(base, c)) for c in columns}
    return Paid(
        design, extra["cost_public"], extra["cost_grants"], extra["unpaid_hours"], extra["unpaid_value"]
    )


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
