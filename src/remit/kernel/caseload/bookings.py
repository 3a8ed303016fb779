"""Bookings between a client and a helper: made, cut, ended."""

import numpy as np

from remit.kernel.caseload.layout import BANDS, HELPERS, PLATFORM, PROVIDER, Log, Total
from remit.kernel.caseload.memory import note
from remit.kernel.compiling import compiled, inlined

U = np.uint64
T_LOSSES = int(Total.LOSSES)
LOG_LOSE = int(Log.LOSE)


@inlined
def unbook(work, row, h, b, grains):
    """Take grains of one band off a booking."""
    work.hours[row, h, b] -= grains
    work.booked[row, b] -= grains
    work.taken[U(work.helpers[row, h].carer), b] -= grains


@inlined
def end_match(work, totals, row, h):
    """End the match with helper ``h``."""
    for b in range(BANDS):
        grains = work.hours[row, h, b]
        if grains > 0:
            unbook(work, row, h, b, grains)
    work.helpers[row, h].carer = -1
    work.clients[row].helpers -= 1
    totals[T_LOSSES] += 1.0


@compiled()
def end_all(work, totals, row):
    """End all matches of a client, without a word in the log."""
    for h in range(HELPERS):
        if work.helpers[row, h].carer >= 0:
            end_match(work, totals, row, h)


@inlined
def lose(work, totals, week, row, h):
    """End the match with helper ``h`` and write it down."""
    note(work, week, LOG_LOSE, work.clients[row].number, work.helpers[row, h].carer)
    end_match(work, totals, row, h)


@inlined
def employer_of(route):
    """Return who employs the helpers of a route."""
    employer = PROVIDER
    if route == 2:
        employer = PLATFORM
    return employer
