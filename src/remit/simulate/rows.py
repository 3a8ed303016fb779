"""What a run leaves behind, whatever the family: one row a replicate and group."""

from dataclasses import dataclass

import numpy as np

from remit.kernel.layout import Floats

LUCKS_PER_SCENARIO = 1 << 20


@dataclass(frozen=True)
class RunRows:
    """Outcomes of some replicates of one plan: one row a replicate and group."""

    groups: tuple[tuple[str, str], ...]  # (kind of group, its name)
    columns: dict[str, Floats]  # (R, G) by outcome id
    chart: Floats  # (R, bins) a distribution that the family draws, if it does


def luck_of(scenario: int, replicate: int) -> int:
    """Return the number of a replicate, unique over scenarios.

    >>> luck_of(2, 3)
    2097155
    """
    return scenario * LUCKS_PER_SCENARIO + replicate


def ratio(over: Floats, under: Floats) -> Floats:
    """Return one over the other, NaN where there is nothing to divide by."""
    return np.where(under > 0.0, over / under, np.nan)
