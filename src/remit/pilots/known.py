"""What is known of a number: lines of evidence wherever they are kept, and what studies of it say together."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from remit.pilots.discount import discounted
from remit.pilots.evidence import Record
from remit.pilots.pooling import Pooled, pool

LEAST_TO_POOL = 2


@dataclass(frozen=True)
class Line:
    """One thing known of one number, wherever it is kept."""

    parameter: str
    value: float
    low: float  # 95 in 100 of a record; the range of a brief's number as it states it
    high: float
    unit: str  # of a brief's number, or the scale of a record
    place: str
    date: str
    source: str
    grade: str
    kept_in: str  # the brief's name, or "register"


@dataclass(frozen=True)
class Together:
    """What the register's studies of one number say together, as they are and discounted."""

    parameter: str
    scale: str
    records: tuple[Record, ...]
    plain: Pooled
    discounted: Pooled


def together(records: Iterable[Record], way: str = "REML") -> tuple[Together, ...]:
    """Return what the studies of each number and scale say together, where there are at least two."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for r in records:
        groups.setdefault((r.parameter, r.scale), []).append(r)
    found = []
    for (parameter, scale), rows in sorted(groups.items()):
        if len(rows) < LEAST_TO_POOL:
            continue
        effects = np.array([r.estimate for r in rows])
        ses = np.array([r.se for r in rows])
        less = np.array([discounted(r.se, r.grades, r.distance) for r in rows])
        found.append(
            Together(parameter, scale, tuple(rows), pool(effects, ses, way), pool(effects, less, way))
        )
    return tuple(found)
