"""Working memory of one thread: clients at hand, helpers, carers, lists; and the compiled types of all arrays."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import from_dtype, types

from remit.kernel.caseload.layout import Floats, Ints, Plan
from remit.kernel.compiling import inlined

Small = npt.NDArray[np.int32]

CLIENT = np.dtype(
    [
        ("need", "<f8"),  # hours a week
        ("budget", "<f8"),
        ("short", "<f8"),  # share undelivered in the last week at home
        ("u_direct", "<f8"),
        ("u_market", "<f8"),
        ("u_supported", "<f8"),
        ("number", "<i4"),
        ("born", "<i4"),
        ("ready", "<i4"),  # week of the grant, then of the next review
        ("team", "<i4"),  # -1 none
        ("events", "<i4"),
        ("matches", "<i4"),
        ("helpers", "<i4"),
        ("zone", "<u2"),
        ("fifth", "u1"),
        ("complex", "u1"),
        ("pattern", "u1"),
        ("route", "u1"),
        ("stage", "u1"),
        ("state", "u1"),
        ("helped", "u1"),
        ("thin", "u1"),  # bookings were cut: a helper may have no hours left
    ],
    align=True,
)
HELPER = np.dtype(
    [
        ("budget", "<f8"),
        ("carer", "<i4"),  # -1 none
        ("since", "<i4"),
    ],
    align=True,
)
CARER = np.dtype(
    [
        ("mark", "<f8"),
        ("hours", "<f8"),
        ("reservation", "<f8"),  # beside the local wage
        ("wish", "<f8"),
        ("price", "<f8"),  # own factor
        ("log_price", "<f8"),
        ("u_start", "<f8"),
        ("budget", "<f8"),
        ("unpaid", "<f8"),  # last week: unpaid travel over time worked
        ("known", "<f8"),  # last week: share of hours with clients known
        ("overload", "<f8"),
        ("available", "<i8"),  # grains a week, less sickness
        ("team", "<i4"),
        ("ready", "<i4"),  # joining: week of work; out: week rested
        ("events", "<i4"),
        ("zone", "<u2"),
        ("pattern", "u1"),
        ("state", "u1"),
        ("employer", "u1"),
    ],
    align=True,
)


class Held(IntEnum):
    """Entries of ``Workspace.state``."""

    ACTIVE = 0  # clients
    NEXT_ROW = 1  # rows from here on are free
    NEXT_CLIENT = 2
    LOG_ROWS = 3
    SEGMENT = 4
    STAFF = 5  # provider's carers working or joining
    FULL = 6
    TEAMS = 7  # highest team number in use + 1
    OVER = 8  # someone is booked beyond what is bookable
    FRESH = 9  # what all carers can do is to be measured anew


class Level(IntEnum):
    """Entries of ``Workspace.levels``."""

    CREDIT = 0  # assessment slots
    PRICE = 1  # platform's price level
    PAID_PROVIDER = 2  # hours paid over hours offered, as heard over about two months
    PAID_PLATFORM = 3
    PENDING = 4  # intensity until the next birth
    GRANTED = 5  # hours granted to the provider's clients last week
    MARKET_GRANTED = 6  # grains, this week
    MARKET_BOOKED = 7
    LEAN_PROVIDER = 8  # log of the leaving hazard that all of an employer's carers share
    LEAN_PLATFORM = 9


class Workspace(NamedTuple):
    """Working memory of one thread. N carers, G = N + Z groups (teams or zones, then platform zones)."""

    clients: npt.NDArray[np.void]  # (rows,)
    helpers: npt.NDArray[np.void]  # (rows, HELPERS)
    hours: Small  # (rows, HELPERS, 4) grains booked
    granted: Small  # (rows, 4) grains
    booked: Small  # (rows, 4)
    active: Small  # (rows,) rows in order of birth
    carers: npt.NDArray[np.void]  # (N,)
    can_do: Small  # (N, 4) grains of contact
    bookable: Small  # (N, 4)
    taken: Small  # (N, 4) grains booked
    ratio: Floats  # (N, 4) what is kept or delivered of a booking
    got: Small  # (N, 2) grains delivered this week, of them to clients known
    serves: Small  # (N,) employer of who works, else -1
    group: Small  # (N,) in whose lists who works stands
    flags: Small  # (N,) bit by band: booked beyond, then free, then clipped
    place: Small  # (N, 4) in the list of the band, -1 not there
    lists: Small  # (4, N) carers by group
    list_start: Small  # (G + 1,)
    list_length: Small  # (G, 4)
    patch_listed: Small  # (Z + 1, 4) listed in the teams of a patch; in the last row, on the rota
    team_patch: Small  # (N + 1,) -1 not in use
    team_sizes: Small  # (N + 1, 2) carers, clients
    patch_need: Floats  # (Z,) hours needed by the provider's clients at home
    visits: Floats  # (2, Z, 2) this week's visits and contact grains
    travel: Floats  # (2, Z) travel ratio
    growth: Floats  # (2, 3) factor on hours needed a week
    state: Ints  # (len(Held),)
    levels: Floats  # (len(Level),)
    log: Ints  # (L, 4)


class Sheet(NamedTuple):
    """The rows into which one run counts."""

    totals: Floats
    counts: Floats  # (3, 5, len(Count))
    work: Floats  # (2, len(Work))
    weekly: Floats  # (W, len(Weekly))


class Luck(NamedTuple):
    """Which luck a run meets, and which weeks it measures."""

    seed: int
    luck: int
    warm: int
    end: int


F1, F2, F3, F4 = (types.Array(types.float64, n, "C") for n in (1, 2, 3, 4))
I1, I2 = (types.Array(types.int64, n, "C") for n in (1, 2))
J1, J2, J3 = (types.Array(types.int32, n, "C") for n in (1, 2, 3))

PLAN_TYPE = types.NamedTuple(
    [I1, F1, F2, F3, F4, F3, F1, F1, F1, I1, F2, F1, F2, F1, F1, F1, I1, I2, F2], Plan
)
WORKSPACE_TYPE = types.NamedTuple(
    [
        types.Array(from_dtype(CLIENT), 1, "C"),
        types.Array(from_dtype(HELPER), 2, "C"),
        *(J3, J2, J2, J1),
        types.Array(from_dtype(CARER), 1, "C"),
        *(J2, J2, J2, F2, J2, J1, J1, J1, J2, J2, J1, J2, J2, J1, J2),
        *(F1, F3, F2, F2, I1, F1, I2),
    ],
    Workspace,
)


LOG_ROWS = int(Held.LOG_ROWS)


@inlined
def note(work, week, code, a, b):
    """Write a row of the event log while there is room."""
    n = work.state[LOG_ROWS]
    if n < work.log.shape[0]:
        row = work.log[n]
        row[0], row[1], row[2], row[3] = week, code, a, b
        work.state[LOG_ROWS] = n + 1
