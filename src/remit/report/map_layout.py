"""Where designs lie on a map: near where few settings differ, by classical scaling of their distances."""

from collections.abc import Mapping, Sequence

import numpy as np

Mains = Mapping[str, str]


def apart(one: Mains, other: Mains) -> int:
    """Return how many main values differ.

    >>> apart({"a": "x", "b": "y"}, {"a": "x", "b": "z"})
    1
    """
    return sum(one[v] != other[v] for v in one)


def places(designs: Sequence[Mains]) -> list[tuple[float, float]]:
    """Return a place for each design, so that distances on the map follow how many settings differ.

    Classical scaling (Torgerson 1952): the two directions along which squared distances vary most. Directions
    mean nothing by themselves; they are turned so that the farthest design lies to the right and above.
    """
    n = len(designs)
    if n == 0:
        return []
    squares = np.array([[apart(a, b) for b in designs] for a in designs], float) ** 2
    centre = np.eye(n) - 1.0 / n
    values, vectors = np.linalg.eigh(-0.5 * centre @ squares @ centre)
    found = []
    for k in (-1, -2) if n > 1 else (-1, -1):
        # designs on one line have no second direction: what is left is rounding, and would differ by machine
        spread = values[k] if values[k] > 1e-9 * values[-1] else 0.0
        axis = vectors[:, k] * np.sqrt(max(spread, 0.0))
        farthest = int(np.argmax(np.abs(np.round(axis, 9))))
        found.append(axis if axis[farthest] >= 0.0 else -axis)
    return [(float(x), float(y)) for x, y in zip(*found, strict=True)]


def nearest_ties(designs: Sequence[Mains]) -> list[tuple[int, int, int]]:
    """Return (design, its nearest, settings that differ), each pair once."""
    ties: dict[tuple[int, int], int] = {}
    for i, one in enumerate(designs):
        others = [(apart(one, other), j) for j, other in enumerate(designs) if j != i]
        if others:
            distance, j = min(others)
            ties[min(i, j), max(i, j)] = distance
    return [(i, j, distance) for (i, j), distance in ties.items()]
