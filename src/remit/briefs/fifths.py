"""Fifths of deprivation: of the place's own people, and of the nation."""

from collections.abc import Sequence
from typing import Protocol

LAST_RANK = 32_844  # small areas of England in the 2019 index
N_FIFTHS = 5


class Zone(Protocol):
    """What is needed of a zone here."""

    @property
    def is_inside(self) -> bool:
        """Whether it is measured."""

    @property
    def small_areas(self) -> tuple[tuple[int, float], ...]:
        """National rank and people of each small area."""


def own_fifths(zones: Sequence[Zone]) -> dict[tuple[int, int], int]:
    """Return the own fifth (0 most deprived) of every (zone index, small area index) inside.

    Small areas are put in order of national rank and cut into five parts of equal
    population; one that straddles a cut goes where its middle lies.

    >>> from remit.briefs.brief import Zone
    >>> z = Zone("a", "A", True, (0, 100, 0), 1.0, 0, 0, ((5, 50), (9000, 50)))
    >>> own_fifths([z])
    {(0, 0): 1, (0, 1): 3}
    """
    areas = [
        (rank, i, j, people)
        for i, zone in enumerate(zones)
        if zone.is_inside
        for j, (rank, people) in enumerate(zone.small_areas)
    ]
    areas.sort()
    total = sum(people for *_, people in areas) or 1.0
    below = 0.0
    fifths = {}
    for _rank, i, j, people in areas:
        fifths[i, j] = min(N_FIFTHS - 1, int(N_FIFTHS * (below + 0.5 * people) / total))
        below += people
    return fifths


def national_fifth(rank: int) -> int:
    """Return the national fifth of a rank, 0 the most deprived.

    >>> national_fifth(1), national_fifth(32844)
    (0, 4)
    """
    return (rank * N_FIFTHS - 1) // LAST_RANK


def group_shares(zones: Sequence[Zone]) -> list[list[float]]:
    """Return each zone's shares of people by group: own fifth * 5 + national fifth.

    Zones without small areas (the ring) count as the middle of both.
    """
    fifths = own_fifths(zones)
    table = []
    for i, zone in enumerate(zones):
        row = [0.0] * (N_FIFTHS * N_FIFTHS)
        if zone.small_areas and zone.is_inside:
            total = sum(people for _, people in zone.small_areas)
            for j, (rank, people) in enumerate(zone.small_areas):
                row[fifths[i, j] * N_FIFTHS + national_fifth(rank)] += people / total
        else:
            row[2 * N_FIFTHS + 2] = 1.0
        table.append(row)
    return table
