"""Dependence: uncertain quantities that go together over scenarios, by a Gaussian copula.

Each quantity keeps its own range and shape; only which of its quantiles meets
which of another's is changed. Scenario by scenario, so more extend those drawn.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from remit.briefs.brief import Tied
from remit.briefs.together import lower_factor, name_faults
from remit.ground.faults import Fault, Faults, Place, fail
from remit.ground.quantity import NORMAL, Choice, Quantity
from remit.kernel.layout import Floats

LEAST = 2.0**-53
ROOT_HALF = math.sqrt(0.5)


def tie(names: Sequence[str], quantiles: Floats, ties: Sequence[Tied]) -> Floats:
    """Return the quantiles ``(n, k)`` with each group's rank correlations, each still uniform by itself.

    The first name of a group keeps its quantiles, and names outside groups keep theirs,
    to the bit. The others are no longer spread over their range as evenly as they were
    drawn: each is a mixture. At the far ends of two ranges a normal copula lets the tie go:
    it does not say that the worst of one comes with the worst of the other.

    Source: Embrechts, McNeil and Straumann 2002, "Correlation and dependence in risk management:
    properties and pitfalls" (the Gaussian copula); Spearman's rho of a normal pair: Pearson 1907.

    Args:
        names: One for each column.
        quantiles: ``(n, k)``, each strictly between 0 and 1, independent of one another.
        ties: The groups; every name of theirs is among ``names``, none in two of them.

    Raises:
        Faults: BRF022 for correlations that no numbers can have.

    >>> together = Tied(("a", "b"), ((1.0, 0.9), (0.9, 1.0)))
    >>> tie(["a", "b"], np.array([[0.25, 0.5]]), [together]).round(3).tolist()
    [[0.25, 0.27]]
    """
    tied = np.array(quantiles, np.float64)
    column = {name: i for i, name in enumerate(names)}
    for group in ties:
        factor = lower_factor(group.rank_correlation)
        if factor is None:
            raise fail("BRF022", f"no numbers go together as asked of {', '.join(group.names)}")
        own = [inverse_normal(quantiles[:, column[name]]) for name in group.names]
        for i, name in enumerate(group.names):
            if not any(factor[i][:i]):
                continue  # its own draws, to the bit
            # term by term: a matrix product may round a row differently when there are more rows
            mixed = factor[i][0] * own[0]
            for j in range(1, i + 1):
                mixed = mixed + factor[i][j] * own[j]
            tied[:, column[name]] = normal_cdf(mixed)
    return tied


def inverse_normal(u: Floats) -> Floats:
    """Return the standard normal values at quantiles ``u`` ``(n,)``: the standard library's, value by value.

    Source: Wichura 1988, "Algorithm AS 241", good to about 1e-16, as ``statistics.NormalDist`` has it
    and as quantities are drawn.

    >>> inverse_normal(np.array([0.5, 0.975])).round(6).tolist()
    [0.0, 1.959964]
    """
    return np.array([NORMAL.inv_cdf(x) for x in u.tolist()], np.float64)


def normal_cdf(z: Floats) -> Floats:
    """Return the standard normal quantiles of values ``z`` ``(n,)``, kept strictly between 0 and 1.

    >>> normal_cdf(np.array([0.0, 40.0])).tolist()
    [0.5, 0.9999999999999999]
    """
    u = np.array([0.5 * math.erfc(-ROOT_HALF * x) for x in z.tolist()], np.float64)
    return np.clip(u, LEAST, 1.0 - LEAST)


def check_ties(ties: Sequence[Tied], unknowns: Iterable[Quantity | Choice], file: str = "") -> None:
    """Refuse groups that name what is not there, what is certain, or a question with answers.

    Called when a question is posed, for only then is it known what all is uncertain;
    what a brief alone can tell is wrong was told when it was read.

    Args:
        ties: The groups of a brief.
        unknowns: All that may be drawn.
        file: The brief's file, for the faults.

    Raises:
        Faults: BRF014, BRF018, BRF019, all together.
    """
    known = {q.name: q for q in unknowns}
    faults = [
        Fault(code, Place(file, group.line, f"together[{i}].names[{j}]"), what, fix)
        for i, group in enumerate(ties)
        for j, name in enumerate(group.names)
        for code, what, fix in name_faults(name, known)
    ]
    if faults:
        raise Faults(faults)
