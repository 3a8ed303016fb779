"""Working memory of one thread that runs an estate, and the compiled types of all arrays."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numba import float64, int64, types

from remit.kernel.commons.estate_layout import Asset, EstatePlan, Scalar
from remit.kernel.commons.layout import FIFTHS, WEEKS_A_YEAR, Floats, Ints


class Held(IntEnum):
    """Entries of ``EstateWork.held``: what holds at the moment."""

    PRICES = 0
    WAGES = 1
    INFLATION = 2
    WAGE_GROWTH = 3
    RETURN = 4
    PRICE_STEP = 5  # factor a week
    WAGE_STEP = 6
    LAST_INFLATION = 7
    PURSE = 8
    FUND = 9  # after the year's spending left it
    FUND_GIVEN = 10  # given to the fund this year
    FUND_SPENDING = 11  # of the year
    OWN = 12  # 1 where the council's own body keeps it
    BACK = 13  # 1 once handed back
    FAILED_WEEK = 14
    LEAST = 15
    FIXED = 16
    OPTIMISM = 17
    DRAW = 18
    COVERAGE = 19
    LOOKS = 20
    LOOKS_START = 21
    NEED = 22
    OWED = 23  # repairs that wait, in pounds of the plan's year
    OVERFLOW = 24
    CALLS = 25  # of the week so far
    LOG_PRICES = 26


class Owed(IntEnum):
    """Columns of ``EstateWork.queue``: one row a repair that waits."""

    ASSET = 0
    PRICE = 1  # what is still to pay, in pounds of the plan's year


class EstateWork(NamedTuple):
    """What a run writes on and forgets."""

    held: Floats  # (len(Held),)
    flow: Floats  # (S, 4): AR state, shock, lost, on
    won: Floats  # (S, Y): pounds a week of the grants won in each year
    fund_starts: Floats  # (Y,)
    people: Ints  # (2, 5): givers, volunteers
    condition: Floats  # (A,)
    budget: Floats  # (A,): hazard left until the next surprise
    seen: Ints  # (A, 2): surprises so far, repairs that wait
    volunteered: Floats  # (A,): counted hours of volunteers this week
    queue: Floats  # (Q, len(Owed)): a ring
    ring: Ints  # (2,): first, how many


F1, F2, F3 = float64[::1], float64[:, ::1], float64[:, :, ::1]
I1, I2 = int64[::1], int64[:, ::1]
PLAN_TYPE = types.NamedTuple((F1, F2, F2, F2, F2, F2), EstatePlan)
WORK_TYPE = types.NamedTuple((F1, F2, F2, F1, I2, F1, F1, I2, F1, F2, I1), EstateWork)


def room_for_repairs(plan: EstatePlan, years: int) -> int:
    """Return how many repairs could wait at once: all that may arise, and ten standard deviations."""
    assets = plan.assets
    surprises = assets[:, Asset.RATE].sum() * years * (1.0 + plan.scalars[Scalar.NEGLECT])
    with np.errstate(divide="ignore", invalid="ignore"):
        often = np.where(
            assets[:, Asset.PERIOD] > 0.0, years * WEEKS_A_YEAR / assets[:, Asset.PERIOD] + 1.0, 0.0
        )
    return int(surprises + 10.0 * np.sqrt(surprises) + often.sum()) + 64


def make_estate_work(plan: EstatePlan, weeks: int) -> EstateWork:
    """Return working memory for runs of this plan over so many weeks."""
    n_streams, n_assets = len(plan.streams), len(plan.assets)
    years = -(-weeks // WEEKS_A_YEAR)
    return EstateWork(
        held=np.zeros(len(Held)),
        flow=np.zeros((n_streams, 4)),
        won=np.zeros((n_streams, years)),
        fund_starts=np.zeros(years),
        people=np.zeros((2, FIFTHS), np.int64),
        condition=np.zeros(n_assets),
        budget=np.zeros(n_assets),
        seen=np.zeros((n_assets, 2), np.int64),
        volunteered=np.zeros(n_assets),
        queue=np.zeros((room_for_repairs(plan, years), len(Owed))),
        ring=np.zeros(2, np.int64),
    )
