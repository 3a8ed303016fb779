"""The shape of an estate's plan and of what a run of it leaves behind: which number stands where.

Weeks, pounds of the plan's year, hours, weekly hazards and shares are plain floats.
"""

from enum import IntEnum
from typing import NamedTuple

from remit.kernel.commons.layout import Floats

COUNCIL, GIVERS, USERS, BUSINESSES, GRANTS, FUND = range(6)  # who pays
PAYERS = 6


class Scalar(IntEnum):
    """Entries of ``EstatePlan.scalars``."""

    # the economy: logarithms a year
    INFLATION_MEAN = 0
    INFLATION_PHI = 1
    INFLATION_SIGMA = 2
    INFLATION_START = 3
    WAGE_MEAN = 4
    WAGE_PHI = 5
    WAGE_SIGMA = 6
    WAGE_WITH = 7  # correlation of real wages with prices
    RETURN_MEAN = 8  # real
    RETURN_SIGMA = 9
    RETURN_WITH = 10
    # the body
    INDEPENDENT = 11
    START_RESERVES = 12
    FIXED = 13  # pounds a year
    LEAST = 14  # coverage below which the body may not plan
    OPTIMISM = 15
    KEEP = 16  # reserves not drawn on, in years of routine need
    DRAW = 17  # share of the reserves above that drawn in a year
    PROVISION = 18  # pounds a year set aside for repairs when coverage is planned
    HOLD = 19  # pounds that stay in the purse when a repair is paid
    CARRY = 20  # years of routine need that the council's own body may carry over
    BORROW = 21
    INTEREST = 22  # a year, on what is owed
    GUARANTEE = 23  # share of debts that the council pays at hand-back
    STEP_IN = 24
    FALLBACK = 25  # pounds a year that the council pays after hand-back
    FALLBACK_GROWTH = 26
    FALLBACK_INDEX = 27
    FALLBACK_LEAST = 28
    FALLBACK_FIXED = 29
    # routine work
    WAGE = 30  # pounds an hour
    OPEN_WEIGHT = 31
    NEGLECT = 32
    # the endowment
    CAPITAL = 33
    CAPITAL_PAYER = 34
    RULE = 35  # 0 fixed, 1 share of the average, 2 with prices and a floor
    SPEND = 36
    AVERAGE = 37
    FLOOR = 38
    FEE = 39
    # givers and volunteers
    LAPSE = 40
    GIFT_INDEX = 41
    TO_FUND = 42
    GIVERS_RAISING = 43
    GIVERS_START = 44
    VOLUNTEER_LAPSE = 45
    VOLUNTEERS_START = 46
    VOLUNTEER_HOURS = 47
    VOLUNTEER_WORTH = 48
    SUPERVISION = 49  # pounds an hour


class Income(IntEnum):
    """Columns of ``EstatePlan.streams``: one row a stream of income."""

    ON = 0
    PAYER = 1
    AMOUNT = 2
    START = 3
    END = 4
    RAMP = 5
    TAPER = 6
    GROWTH = 7
    INDEX = 8
    SIGMA = 9
    PHI = 10
    CAP = 11
    LOOKS = 12
    RENEW = 13
    WINS = 14
    LASTS = 15
    RAISING = 16
    STAYS = 17


class Asset(IntEnum):
    """Columns of ``EstatePlan.assets``: one row an asset."""

    SIZE = 0
    HOURS = 1  # a week
    MATERIALS = 2  # pounds a week
    START = 3  # condition
    RECOVER = 4  # a week
    DECAY = 5
    RATE = 6  # surprise repairs a year
    COST = 7
    COST_SIGMA = 8
    PERIODIC = 9
    PERIOD = 10
    FIRST_DUE = 11


class EstatePlan(NamedTuple):
    """All that the engine needs to run one estate under one body."""

    scalars: Floats  # (len(Scalar),)
    streams: Floats  # (S, len(Income))
    assets: Floats  # (A, len(Asset))
    givers: Floats  # (5, 3): givers at first, JOIN a week, GIFT pounds a year
    volunteers: Floats  # (5, 2): active volunteers at first, VOLUNTEER_JOIN a week
    volunteer_share: Floats  # (A, 5): share of each fifth's hours that goes to each asset


class Year(IntEnum):
    """Columns of ``EstateTape.years``: pounds of the day summed over the year's weeks, unless said otherwise."""

    FROM_COUNCIL = 0  # all that the council pays to the purse: streams, fallback, calls; capital apart
    FROM_GIVERS = 1  # the purse's part and the fund's
    FROM_USERS = 2
    FROM_BUSINESSES = 3
    FROM_GRANTS = 4
    FROM_FUND = 5  # the fund's spending, as it reaches the purse
    CALL = 6  # the part of FROM_COUNCIL that was not pledged, debts and step-in among it
    STEP_IN = 7
    BACK = 8  # left over, and given back to the council
    RAISING = 9
    FIXED = 10
    ROUTINE = 11
    SUPERVISION = 12
    REPAIRS = 13
    INTEREST = 14
    WRITTEN_OFF = 15  # debts that nobody pays
    TO_FUND = 16  # of gifts
    CAPITAL = 17
    CAPITAL_COUNCIL = 18  # the part of it that the council paid
    PURSE = 19  # at the year's end
    FUND = 20  # at the year's end, before the next year's return
    OWED_BY_FUND = 21  # of the year's spending, what has not reached the purse yet: 0 at a year's end
    QUEUE = 22  # repairs waiting at the year's end, in pounds of the plan's year
    COVERAGE = 23  # mean over the weeks
    CONDITION = 24  # mean over the weeks, weighted by size
    GIVERS = 25  # mean over the weeks
    VOLUNTEERS = 26  # mean over the weeks
    VOLUNTEER_HOURS = 27
    PRICES = 28  # mean price index over the weeks
    INSOLVENT = 29  # 1 from the year of insolvency on
    NEED = 30  # pounds of routine work needed
    RETURNS = 31  # what the fund earned at the start of this year
    SURPRISES = 32  # repairs that joined the queue


class EstateTape(NamedTuple):
    """What runs leave behind, one row a run."""

    years: Floats  # (R, Y, len(Year))
    assets: Floats  # (R, Y, A): mean condition of each asset in each year
    gifts: Floats  # (R, Y, 5): pounds given by fifth
    streams: Floats  # (R, Y, S): pounds of the day of each stream of income
    ends: Floats  # (R, 2): week of insolvency (-1 if none), 1 if a queue overflowed
