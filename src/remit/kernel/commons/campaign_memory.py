"""Working memory of one thread that runs campaigns: those waiting and running; and the compiled types of all arrays."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import from_dtype, types

from remit.kernel.commons.campaign_layout import CampaignPlan
from remit.kernel.commons.layout import Floats, Ints
from remit.kernel.compiling import inlined

NO_MATCH, ON_OFFER, SET_ASIDE = range(3)  # a campaign's match

PROJECT = np.dtype(
    [
        ("cost", "<f8"),
        ("goal", "<f8"),
        ("appeal", "<f8"),
        ("network", "<f8"),
        ("pledged", "<f8"),  # pounds, match apart
        ("match", "<f8"),  # pounds on offer or set aside
        ("u_delivered", "<f8"),
        ("u_late", "<f8"),
        ("u_fails", "<f8"),
        ("number", "<i8"),
        ("pledges", "<i8"),
        ("start", "<i4"),  # week
        ("weeks", "<i4"),
        ("set_week", "<i4"),  # week in which the match was set aside
        ("zone", "<i4"),
        ("fifth", "u1"),
        ("route", "u1"),
        ("matched", "u1"),
    ],
    align=True,
)


class Held(IntEnum):
    """Entries of ``Workspace.state``."""

    ACTIVE = 0  # campaigns and offers waiting or running
    NEXT_IDEA = 1
    LOG_ROWS = 2
    FULL = 3


class Level(IntEnum):
    """Entries of ``Workspace.levels``."""

    PENDING = 0  # intensity until the next birth
    POT = 1  # pounds left this year


class Workspace(NamedTuple):
    """Working memory of one thread."""

    projects: npt.NDArray[np.void]  # (rows,)
    active: Ints  # (rows,) all rows; the first ACTIVE of them are at hand, in order of birth
    by_fifth: Floats  # (rows, 5, 2) pledges and pounds by the giver's fifth
    by_size: Floats  # (rows, 64, 2) pledges and pounds by size
    early: Floats  # (WEEKS,) friends' weights
    state: Ints  # (len(Held),)
    levels: Floats  # (len(Level),)
    log: Ints  # (L, 4)


class Sheet(NamedTuple):
    """The rows into which one run counts."""

    counts: Floats
    zones: Floats
    gifts: Floats
    sizes: Floats
    weekly: Floats


class Luck(NamedTuple):
    """Which luck a run meets, and how many weeks it has."""

    seed: int
    luck: int
    end: int


F1, F2, F3 = (types.Array(types.float64, n, "C") for n in (1, 2, 3))
I1, I2 = (types.Array(types.int64, n, "C") for n in (1, 2))

PLAN_TYPE = types.NamedTuple([F1, F1, I1, F2, F1, F1, F1, F1, F2], CampaignPlan)
WORKSPACE_TYPE = types.NamedTuple(
    [types.Array(from_dtype(PROJECT), 1, "C"), I1, F3, F3, F1, I1, F1, I2], Workspace
)

LOG_ROWS = int(Held.LOG_ROWS)


@inlined
def note(work, week, code, idea, pounds):
    """Write a row of the event log while there is room."""
    n = work.state[LOG_ROWS]
    if n < work.log.shape[0]:
        row = work.log[n]
        row[0], row[1], row[2], row[3] = week, code, idea, int(pounds + 0.5)
        work.state[LOG_ROWS] = n + 1
