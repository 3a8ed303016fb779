"""The shape of a caseload Plan and of a run's working memory: which number stands where.

Hours, pounds, kilometres, shares and weekly hazards are plain floats; hours inside a run
are whole grains of 2**-8 minute, so that they conserve exactly.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

GRAINS = 15360.0  # an hour
BANDS = 4  # morning, midday, tea, bed
FIFTHS = 5
ROUTES = 3  # rota, teams, market
HELPERS = 6  # most helpers of a client at once
KNOWN_WEEKS = 4
HOSPITAL, RESIDENTIAL, DEAD, RECOVERED = 3, 4, 5, 6
AWAITING, PANEL, GRANTED = 0, 1, 2  # a client's stage
OUTSIDE, OUT, JOINING, WORKING = 0, 1, 2, 3  # a carer's state
PROVIDER, PLATFORM, NOBODY = 0, 1, 2


class World(IntEnum):
    """Entries of ``Plan.world``: what no design touches."""

    INITIAL_CLIENTS = 0
    HOURS_MEAN = 1
    HOURS_SIGMA = 2
    HOURS_LEAST = 3
    HOURS_MOST = 4
    COMPLEX_SHARE = 5
    COMPLEX_HOURS = 6  # factor on the mean
    CARER_CEILING = 7
    CARER_HOURS_MEAN = 8
    CARER_HOURS_SIGMA = 9
    CARER_HOURS_MOST = 10
    RESERVATION_SIGMA = 11
    WISH_MOST = 12
    PRICE_SIGMA = 13
    PAID_AT_START = 14  # hours paid over hours offered, as heard before the run


class Scalar(IntEnum):
    """Columns of ``Plan.scalars``: one number for the whole service and segment."""

    NEED_SHARE = 0
    PROVIDER_ROUTE = 1  # 0 rota, 1 teams
    MARKET_SHARE = 2
    CANNOT_DIRECT_SHARE = 3
    SUPPORTED_SHARE = 4
    SHORT_EFFECT = 5  # log effect of the undelivered share on hospital and residential care
    FAMILY_SHARE = 6
    ASSESS_PER_WEEK = 7
    COMPLEX_FIRST = 8
    GRANT_DELAY_WEEKS = 9
    GRANT_STEP_HOURS = 10
    GRANT_SHARE = 11
    REVIEW_WEEKS = 12
    POOL_PEOPLE = 13
    LOCAL_WAGE = 14
    POSTS = 15
    POSTS_PER_HOUR = 16
    REST_WEEKS = 17
    SWITCH_FACTOR = 18
    LEAVE_PAY = 19
    LEAVE_TRAVEL = 20
    LEAVE_INSECURE = 21
    LEAVE_DISCRETION = 22
    LEAVE_CONTINUITY = 23
    LEAVE_STAKE = 24
    LEAVE_OVERLOAD = 25
    TEAM_CAP = 26
    TEAM_CLIENTS = 27
    MIN_VISIT_MINUTES = 28
    TOUR_K = 29
    KM_PER_HOUR = 30
    TRAVEL_MOST = 31
    LOOKS_A_WEEK = 32
    REACH_ZONES = 33
    ACCEPT_CLIENT = 34
    ACCEPT_CARER = 35
    PRICE_EFFECT = 36
    KM_EFFECT_CLIENT = 37
    KM_EFFECT_CARER = 38
    HOURS_EFFECT = 39
    HOURS_WANTED = 40
    PRICE_ELASTICITY = 41
    PRICE_LEAST = 42
    PRICE_MOST = 43
    MARKET_GRANT_DELAY_WEEKS = 44  # of those who find help by market
    MARKET_GRANT_STEP_HOURS = 45
    MARKET_GRANT_SHARE = 46
    HOURS_FACTOR = 47  # hours that meet the same need


class Employer(IntEnum):
    """Columns of ``Plan.employers``: one number for the provider, one for the platform."""

    HOURLY = 0  # pounds: the provider's wage, the platform's price at price level 1
    SECURE_SHARE = 1  # of available hours, paid whether worked or not (provider)
    TRAVEL_PAID = 2  # share (provider)
    SICK_SHARE = 3
    OVERTIME_SHARE = 4
    OVERBOOK_SHARE = 5  # how far bookings may exceed what can be done: clipped visits
    LEAVE_HAZARD = 6
    JOIN_HAZARD = 7
    LAG_WEEKS = 8
    TRAINING_WEEKS = 9
    START_SHARE = 10
    DISCRETION = 11
    STAKE = 12
    CHANGE_CLIENT = 13  # weekly hazard of a match
    CHANGE_CARER = 14
    PRICE = 15  # pounds a delivered hour (provider)
    CLIENT_FEE = 16  # share on top of a carer's price (platform)
    COMMISSION = 17  # share of a carer's price (platform)
    CLIENT_PAYS = 18
    ONCOST = 19
    MILEAGE = 20  # pounds a kilometre
    OVERHEAD = 21  # pounds a contact hour


class Count(IntEnum):
    """Columns of ``Tape.counts``, by route and fifth, from the week ``warm`` on."""

    CLIENT_WEEKS = 0
    NEEDED_HOURS = 1
    GRANTED_HOURS = 2
    BOOKED_HOURS = 3
    DELIVERED_HOURS = 4
    CLIPPED_HOURS = 5
    UNDELIVERED_HOURS = 6
    OVER_HOURS = 7
    MAIN_HOURS = 8
    KNOWN_HOURS = 9
    FAMILY_HOURS = 10
    WAIT_ASSESS_WEEKS = 11
    WAIT_HELP_WEEKS = 12
    STARTS = 13
    HELPED = 14
    HELP_WEEKS = 15
    ENDED_UNHELPED = 16
    HOSPITAL_WEEKS = 17
    HOSPITAL_STAYS = 18
    RESIDENTIAL_MOVES = 19
    DEATHS = 20
    RECOVERIES = 21
    CLIENT_POUNDS = 22
    COUNCIL_POUNDS = 23


class Work(IntEnum):
    """Columns of ``Tape.work``, by employer, from the week ``warm`` on."""

    CARER_WEEKS = 0
    JOINING_WEEKS = 1
    AVAILABLE_HOURS = 2
    CONTACT_HOURS = 3
    TRAVEL_PAID_HOURS = 4
    TRAVEL_UNPAID_HOURS = 5
    PAID_HOURS = 6
    OVERTIME_HOURS = 7
    UNPAID_IDLE_HOURS = 8  # available, neither paid nor worked: hours of insecurity
    TRAINING_HOURS = 9
    HIRES = 10
    LEAVERS = 11
    VACANCY_WEEKS = 12
    PAY_POUNDS = 13
    ONCOST_POUNDS = 14
    MILEAGE_POUNDS = 15
    OVERHEAD_POUNDS = 16
    REVENUE_POUNDS = 17
    SURPLUS_POUNDS = 18
    SWITCHERS = 19  # leavers who go straight to the other employer


class Total(IntEnum):
    """Columns of ``Tape.totals``: the whole run, warm-up included."""

    BORN = 0
    NOT_ARISEN = 1
    MOVED = 2
    DIED = 3
    RECOVERED = 4
    HELD = 5
    MATCHES = 6
    LOSSES = 7
    TEAMS = 8
    OUTSIDE_WEEKS = 9
    OUT_WEEKS = 10
    JOINING_WEEKS = 11
    PROVIDER_WEEKS = 12
    PLATFORM_WEEKS = 13
    OVERFLOW = 14


class Weekly(IntEnum):
    """Columns of ``Tape.weekly``: one row a week, warm-up included."""

    AT_HOME = 0
    IN_HOSPITAL = 1
    WAIT_ASSESS = 2
    WAIT_HELP = 3
    NEEDED_HOURS = 4
    DELIVERED_HOURS = 5
    PROVIDER_CARERS = 6
    PLATFORM_CARERS = 7
    VACANCIES = 8
    PRICE_LEVEL = 9
    UNDELIVERED_HOURS = 10


class Log(IntEnum):
    """Codes of the event log's second column."""

    START = 1
    NOT_ARISEN = 2
    ASSESS = 3
    GRANT = 4
    REVIEW = 5
    MATCH = 6
    LOSE = 7
    HIRE = 8
    BEGIN = 9
    LEAVE = 10
    GO_TO_HOSPITAL = 11
    BACK = 12
    MOVE = 13
    DIE = 14
    RECOVER = 15
    CHANGE = 16
    SPLIT = 17
    WEEK = 18


class Plan(NamedTuple):
    """What one run needs to know. S segments, Z zones, P client and Q carer patterns of the day."""

    segment_weeks: Ints  # (S,) first week of each segment, 0 first
    world: Floats  # (len(World),)
    scalars: Floats  # (S, len(Scalar))
    employers: Floats  # (S, 2, len(Employer))
    hazards: Floats  # (S, 2 complex, 4 from, 7 to) a week
    growth: Floats  # (S, 2 complex, 3) log change of hours needed a week at home
    first: Floats  # (3,) cumulative shares of first states
    births: Floats  # (52,) clients a week at the ceiling
    cell_keep: Floats  # (Z * 5,) alias table over zone * 5 + fifth
    cell_alias: Ints  # (Z * 5,)
    client_bands: Floats  # (P, 4)
    client_patterns: Floats  # (P,) cumulative shares
    carer_bands: Floats  # (Q, 4)
    carer_patterns: Floats  # (Q,) cumulative shares
    carer_zones: Floats  # (Z,) cumulative shares
    areas: Floats  # (Z,) square kilometres
    patches: Ints  # (Z,) zone to patch
    neighbours: Ints  # (Z, N) zones, nearest first, -1 for none
    zone_km: Floats  # (Z, Z)


class Tape(NamedTuple):
    """What one batch of runs leaves behind, first axis the run."""

    totals: Floats  # (R, len(Total))
    counts: Floats  # (R, 3 routes, 5 fifths, len(Count))
    work: Floats  # (R, 2 employers, len(Work))
    weekly: Floats  # (R, W, len(Weekly))
