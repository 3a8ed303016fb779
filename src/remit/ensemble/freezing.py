"""Freezing: scenarios in blocks in which one unknown at a time is swapped, for shares of variance (pick-freeze).

Two independent futures A and B make a block: A; A with each factor in turn taken from B; with pairs also B with each
in turn taken from A; and B. A factor is a named unknown; the last one is everything else together (if there is
anything else), so that the shares are of all that is not known. Blocks are numbered, so that more extend those
already there (Saltelli et al. 2010, Computer Physics Communications 181, 259-270; Jansen 1999).
"""

from collections.abc import Sequence

import numpy as np

from remit.ensemble.plans import DEFAULT_PLAN, quantiles
from remit.kernel.layout import Floats

OTHER = "other future: "  # before a name: its draw in B


def points_in_block(n_factors: int, pairs: bool) -> int:
    """Return how many scenarios a block has.

    Raises:
        ValueError: if there is no factor.

    >>> points_in_block(3, False), points_in_block(3, True)
    (5, 8)
    """
    if n_factors < 1:
        raise ValueError(f"{n_factors} factors")
    return (2 if pairs else 1) * n_factors + 2


def frozen(
    names: Sequence[str], table_a: Floats, table_b: Floats, vary: Sequence[str], pairs: bool
) -> Floats:
    """Return ``(blocks * points, names)`` of scenarios, block by block.

    Args:
        names: of all unknowns, a column each.
        table_a: ``(blocks, names)`` quantiles of A.
        table_b: the same of B.
        vary: names of unknowns that are factors by themselves.
        pairs: whether each block also has B with each factor of A.
    """
    groups = [np.array([name == v for name in names]) for v in vary]
    rest = np.array([name not in vary for name in names])
    groups += [rest] if rest.any() else []
    points = [table_a]
    points += [np.where(group, table_b, table_a) for group in groups]
    if pairs:
        points += [np.where(group, table_a, table_b) for group in groups]
    points.append(table_b)
    return np.stack(points, axis=1).reshape(-1, len(names))


def bases(names: Sequence[str], start: int, stop: int, seed: int) -> tuple[Floats, Floats]:
    """Return ``(stop - start, names)`` quantiles of A and of B for blocks ``start`` to ``stop`` - 1."""
    others = [OTHER + name for name in names]
    return (
        quantiles(DEFAULT_PLAN, names, start, stop, stop, seed),
        quantiles(DEFAULT_PLAN, others, start, stop, stop, seed),
    )
