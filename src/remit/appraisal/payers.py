"""Money by payer: the public purse, grants, and unpaid time valued once and kept outside public cost."""

from dataclasses import dataclass

import numpy as np

from remit.ensemble.results import Results


@dataclass(frozen=True)
class Paid:
    """Yearly pounds of one design by who bears them, averaged over scenarios."""

    design: str
    public_gbp: float
    grants_gbp: float
    unpaid_hours: float
    unpaid_value_gbp: float


def paid_by(results: Results, design: str) -> Paid:
    """Return a design's yearly money by payer."""
    mean = {
        c: float(np.nanmean(results.of(design, c)))
        for c in ("cost_public", "cost_grants", "unpaid_hours", "unpaid_value")
    }
    return Paid(design, mean["cost_public"], mean["cost_grants"], mean["unpaid_hours"], mean["unpaid_value"])


def extra_per_life(results: Results, design: str, base: str) -> float:
    """Return extra public pounds for each extra life of the mean difference; NaN where lives do not rise.

    A ratio of means, not a mean of ratios: scenarios in which nothing is gained count too.
    """
    money = float(np.nanmean(results.of(design, "cost_public") - results.of(base, "cost_public")))
    lives = float(np.nanmean(results.of(design, "survivors") - results.of(base, "survivors")))
    return money / lives if lives > 0.0 else float("nan")
