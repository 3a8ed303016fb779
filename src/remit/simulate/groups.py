"""Columns of outcomes by group: everyone, the place's own fifths, and periods of a run."""

from collections.abc import Sequence

import numpy as np

from remit.kernel.commons.layout import Floats

N_FIFTHS = 5

Columns = dict[str, Floats]
Groups = tuple[tuple[str, str], ...]


def groups_of(n_periods: int, period: str, everyone_only: bool, zones: Sequence[str] = ()) -> Groups:
    """Return the groups a run is told by: everyone, fifths, periods, zones.

    >>> groups_of(2, "year", False)[-2:]
    (('year', '1'), ('year', '2'))
    >>> groups_of(2, "year", True)
    (('all', ''),)
    """
    if everyone_only:
        return (("all", ""),)
    fifths = tuple(("own_fifth", str(f + 1)) for f in range(N_FIFTHS))
    periods = ((period, str(p + 1)) for p in range(n_periods))
    return (("all", ""), *fifths, *periods, *(("zone", z) for z in zones))


def laid_out(
    groups: Groups,
    everyone: Floats,
    by_fifth: Floats | None = None,
    by_period: Floats | None = None,
    by_zone: Floats | None = None,
) -> Floats:
    """Return ``(R, groups)``: everyone's value, those of fifths, periods and zones that are known, NaN elsewhere.

    Args:
        groups: as of ``groups_of``.
        everyone: ``(R,)``.
        by_fifth: ``(R, 5)``.
        by_period: ``(R, periods)``.
        by_zone: ``(R, zones)``.
    """
    table = np.full((len(everyone), len(groups)), np.nan)
    table[:, 0] = everyone
    if len(groups) > 1:
        if by_fifth is not None:
            table[:, 1 : 1 + N_FIFTHS] = by_fifth
        if by_period is not None:
            table[:, 1 + N_FIFTHS : 1 + N_FIFTHS + by_period.shape[1]] = by_period
        if by_zone is not None:
            table[:, -by_zone.shape[1] :] = by_zone
    return table
