"""The shape of a Plan and of a run's working memory: which number stands where.

One row of ``scalars``, ``kinds`` and ``crew_minutes`` per dated segment, so that
any parameter may change on any day. Everything is a plain array: minutes,
kilometres, shares; ticks are 2**-15 minute.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import from_dtype, types

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TICKS_PER_MINUTE = 32768.0
MINUTE_TICKS = 32768
DAY_TICKS = 1440 * MINUTE_TICKS
MONTH_MINUTES = 525600.0 / 12.0
MONTH_TICKS = 43_800 * MINUTE_TICKS
SLOT_BITS = 22  # a calendar key is ticks << 22 | slot: 127 years, 4 million slots
UNTOLD = 255
N_GROUPS = 25  # own fifth (0 = most deprived) * 5 + national fifth
MAX_PRIORITIES = 8
BINS_FINE = 600  # response histogram: 0.1 minute to one hour,
BINS_WIDE = 540  # then whole minutes to ten hours,
N_BINS = BINS_FINE + BINS_WIDE + 1  # then everything longer
CHART_BINS = 61  # half minutes to 30, then longer


class Scalar(IntEnum):
    """Columns of ``Plan.scalars``: one number for the whole service."""

    DISPATCH_MINUTES = 0
    TURNOUT_MINUTES = 1
    TRAVEL_FACTOR = 2
    RETURN_FACTOR = 3
    DIVERT_SAVING_MINUTES = 4
    ALERT_ON = 5
    ALERT_DELAY_MINUTES = 6
    ALERT_RADIUS_M = 7
    ALERT_MAX = 8
    ALERT_DENSITY_PER_KM2 = 9
    ALERT_CEILING_PER_KM2 = 10
    ALERT_SEE_SHARE = 11
    ALERT_ACCEPT_SHARE = 12
    ALERT_TURNOUT_MINUTES = 13
    ALERT_M_PER_MINUTE = 14
    ALERT_SPEED_SIGMA = 15
    ALERT_CIRCUITY = 16
    ALERT_DEFIBRILLATOR_SHARE = 17
    ALERT_DEFIBRILLATOR_MINUTES = 18
    ALERT_LAPSE_PER_MINUTE = 19
    ALERT_FATIGUE = 20
    BYSTANDER_CPR_SHARE = 21
    BYSTANDER_CPR_MINUTES = 22
    BYSTANDER_SHOCK_SHARE = 23
    BYSTANDER_SHOCK_MINUTES = 24
    TO_PATIENT_MINUTES = 25
    ATTACH_MINUTES = 26
    COLLAPSE_TO_CALL_MINUTES = 27
    SEVERE_SHARE = 28
    HELP_PATCHES = 29  # how many neighbouring patches may help one, where crews belong to patches
    OFFER_ON = 30  # 1 where requests are posted for crews to take
    OFFER_LOOK_MINUTES = 31
    OFFER_DEADLINE_MINUTES = 32
    OFFER_ACCEPT_SHARE = 33  # of an idle crew with no drive, at one look
    OFFER_FALL_PER_MINUTE = 34  # how fast that falls with the drive
    BIN_MINUTES = 35  # times are told in tenths of this, then in wholes
    PATCHES_ON = 36  # 1 where crews belong to patches


class Kind(IntEnum):
    """Columns of ``Plan.kinds``: one number per kind of request."""

    PRIORITY = 0
    NEED_SHARE = 1  # of the births at the brief's ceiling, how many arise in this design
    REACH_SHARE = 2  # of those, how many get through the door
    AWAY_RETURN_SHARE = 3
    AWAY_RETURN_MINUTES = 4
    CALL_MINUTES = 5
    CALL_SIGMA = 6
    UNDER_SHARE = 7
    UNDER_PRIORITY = 8
    OVER_SHARE = 9
    OVER_PRIORITY = 10
    SCENE_MINUTES = 11
    SCENE_SIGMA = 12
    CONVEY_SHARE = 13
    HANDOVER_MINUTES = 14
    HANDOVER_SIGMA = 15
    TRAVEL_SIGMA = 16
    PATIENCE_MINUTES = 17  # NaN waits for ever, 0 leaves at once, else the mean of an exponential
    REPEAT_SHARE = 18
    REPEAT_MINUTES = 19
    NEEDS = 20  # bit mask of crew skills
    ALERTABLE = 21
    DIVERTS = 22
    HAS_OUTCOME = 23
    CLOCK_MINUTES = 24  # the published clock starts this long after the call
    TARGET_MINUTES = 25
    URGENT = 26  # counted in the joint histogram of urgent kinds
    SELF_SHARE = 27  # of those let in, how many are settled without us
    SELF_MINUTES = 28


class Zone(IntEnum):
    """Columns of ``Plan.zones``."""

    INSIDE = 0  # 1 measured, 0 in the surrounding ring
    AREA_KM2 = 1
    ALERT_FACTOR = 2
    HOSPITAL_MINUTES = 3
    HOSPITAL_ZONE = 4


class Hour(IntEnum):
    """Rows of ``Plan.hours``: 168 hours of the week from Monday midnight."""

    BIRTHS_PER_MINUTE = 0
    TRAVEL_FACTOR = 1
    ALERT_FACTOR = 2


class CrewPlan(IntEnum):
    """Columns of ``Plan.crews``; minutes on duty a day are in ``Plan.crew_minutes``."""

    BASE = 0
    SKILLS = 1
    START_MINUTE = 2
    DAYS = 3  # bit mask, Monday first
    BREAK_AFTER_MINUTES = 4
    BREAK_MINUTES = 5
    PATCH = 6  # which column of ``Plan.patches`` is its own


class Curve(IntEnum):
    """Columns of ``Plan.curve``: survival by the three clocks, one row per severity."""

    LOGISTIC = 0  # 1: 1 / (1 + e**-x); 0: x itself, held within floor and 1
    INTERCEPT = 1
    CPR = 2
    SHOCK = 3
    CREW = 4
    FLOOR = 5
    FROM_COLLAPSE = 6  # 1: clocks start at collapse; 0: at the call
    AT_ADDRESS = 7  # 1: clocks stop at arrival at the address; 0: at the act itself (side, shock)


class Count(IntEnum):
    """Columns of the tallies of one run, per kind and group, kind and zone, or kind and month."""

    NEED = 0
    NOT_REACHED = 1
    ABANDONED = 2
    SERVED = 3
    RESPONSE_MINUTES = 4
    WITHIN_TARGET = 5
    ALERTED = 6
    ACCEPTED_ANY = 7
    ACCEPTED = 8
    VOLUNTEER_FIRST = 9
    HELP_MINUTES = 10
    SURVIVAL = 11
    SURVIVED = 12
    HELD = 13
    REPEAT = 14
    NOT_ARISEN = 15
    SELF = 16  # settled without us
    SELF_WITHIN = 17  # and within the target
    SELF_MINUTES = 18


N_COUNTS = len(Count)


class Total(IntEnum):
    """Columns of the whole-system totals of one run (ring included, warm-up included)."""

    BORN = 0
    NOT_ARISEN = 1
    NOT_REACHED = 2
    ABANDONED = 3
    SERVED = 4
    HELD = 5
    RETURNS = 6
    RETURNS_AFTER_END = 7
    DIVERTED = 8
    DUTY_MINUTES = 9
    TRAVEL_MINUTES = 10
    SCENE_MINUTES = 11
    HOSPITAL_MINUTES = 12
    BREAK_MINUTES = 13
    EVENTS = 14
    ALERTS = 15
    ACCEPTANCES = 16
    QUEUED = 17
    OVERFLOW = 18
    SELF = 19


N_TOTALS = len(Total)


class Plan(NamedTuple):
    """What one run needs to know: arrays only, the one product of lowering.

    Shapes: S segments, K kinds, Z zones, C crews, G = 25 groups.
    """

    segment_ticks: Ints  # (S,) first tick of each segment, 0 first
    scalars: Floats  # (S, len(Scalar))
    kinds: Floats  # (S, K, len(Kind))
    cell_keep: Floats  # (Z * K,) alias table of births over zone * K + kind
    cell_alias: Ints  # (Z * K,)
    hours: Floats  # (3, 168)
    zones: Floats  # (Z, len(Zone))
    groups: Floats  # (Z, G) cumulative shares of people by group
    group_alert: Floats  # (G,) volunteers' density by group, mean 1
    travel: Floats  # (Z to, Z from) minutes
    crews: Floats  # (C, len(CrewPlan))
    crew_minutes: Floats  # (S, C) minutes on duty a day, 1440 always, 0 never
    curve: Floats  # (2 severities, len(Curve))
    day_cv: Floats  # (1,) day-to-day overdispersion of births
    patches: (
        Ints  # (Z, P) rank of each patch for each zone, 0 its own; (0, 0) where crews never belong to any
    )
    missed: Floats  # (S, 5) factor by own fifth on the share who do not get in; (0, 5) for none


class Span(NamedTuple):
    """When a run begins to measure and ends, in minutes."""

    warm_minutes: float
    end_minutes: float


REQUEST = np.dtype(
    [
        ("birth", "<i8"),
        ("ready", "<i8"),
        ("scene", "<i8"),
        ("u_scene", "<f8"),
        ("prev", "<i4"),
        ("next", "<i4"),
        ("help", "<i4"),  # ticks after the call of the first volunteer, -1 none
        ("shock", "<i4"),  # ticks after the call of the first volunteer's defibrillator, -1 none
        ("zone", "<u2"),
        ("kind", "u1"),
        ("priority", "u1"),
        ("state", "u1"),
        ("visit", "u1"),
        ("group", "u1"),  # UNTOLD until it is asked for
    ],
    align=True,
)

CREW = np.dtype(
    [
        ("clear", "<i8"),  # tick of its live calendar entry, -1 none
        ("scene", "<i8"),
        ("leave", "<i8"),  # tick it set off
        ("half", "<i8"),  # idle: tick from which it counts as at its base
        ("after", "<i8"),  # ticks from scene to clear
        ("duty", "<i8"),  # tick it came on duty
        ("job", "<i4"),
        ("place", "<u2"),
        ("base", "<u2"),
        ("then", "<u2"),  # where it will be when clear
        ("rank", "<i4"),  # place in the idle list, -1 not there
        ("skills", "u1"),
        ("state", "u1"),
        ("leaving", "u1"),  # off duty once clear
        ("pause", "u1"),  # break once clear
    ],
    align=True,
)


class Log(IntEnum):
    """Codes of the event log's second column."""

    BIRTH = 1
    NOT_ARISEN = 2
    NOT_REACHED = 3
    ASSIGN = 4
    DIVERT = 5
    CLEAR = 6
    ABANDON = 7
    COME_BACK = 8
    ON_DUTY = 9
    OFF_DUTY = 10
    BREAK = 11
    ALERT = 12
    QUEUE = 13
    SELF = 14
    POST = 15


class Workspace(NamedTuple):
    """Working memory of one thread; its contents outlive one run only in tests."""

    requests: npt.NDArray[np.void]
    crews: npt.NDArray[np.void]
    idle: npt.NDArray[np.int32]
    heap: Ints
    queues: npt.NDArray[np.int32]  # (priorities, head | tail)
    state: Ints  # heap size, idle count, queued count, log length, segment, open requests, last tick, full
    draws: Floats  # (4, 256) block of birth draws
    tired: Floats  # (Z, 2) alerts a volunteer lately, tick of last decay
    bins: npt.NDArray[
        np.int32
    ]  # (K + 1, 6, N_BINS): kinds, then urgent kinds together; whole, then own fifths
    log: Ints  # (L, 4) tick, code, request, crew; L = 0 keeps none


class Sheet(NamedTuple):
    """The rows into which one run counts."""

    totals: Floats  # (N_TOTALS,) the whole system, ring included
    by_group: Floats  # (K, G, N_COUNTS)
    by_zone: Floats  # (Z, K, N_COUNTS)
    by_month: Floats  # (M, K, N_COUNTS)


class Replicate(NamedTuple):
    """Which luck a run meets and which part of it is measured."""

    seed: int  # root seed
    luck: int  # number of the replicate, unique over scenarios
    warm_tick: int  # before it nothing is counted
    end_tick: int  # births end


class Tape(NamedTuple):
    """What one batch of runs leaves behind, first axis the run."""

    totals: Floats  # (R, N_TOTALS)
    by_group: Floats  # (R, K, G, N_COUNTS)
    by_zone: Floats  # (R, Z, K, N_COUNTS)
    by_month: Floats  # (R, M, K, N_COUNTS)
    quantiles: Floats  # (R, K + 1, 12) median and 90th centile of response: whole, then own fifths
    chart: Floats  # (R, K + 1, CHART_BINS) response times in half minutes


F1, F2, F3, F4 = (types.Array(types.float64, n, "C") for n in (1, 2, 3, 4))
I1, I2 = (types.Array(types.int64, n, "C") for n in (1, 2))
J1, J2, J3 = (types.Array(types.int32, n, "C") for n in (1, 2, 3))

PLAN_TYPE = types.NamedTuple([I1, F2, F3, F1, I1, F2, F2, F2, F1, F2, F2, F2, F2, F1, I2, F2], Plan)
WORKSPACE_TYPE = types.NamedTuple(
    [
        types.Array(from_dtype(REQUEST), 1, "C"),
        types.Array(from_dtype(CREW), 1, "C"),
        J1,
        I1,
        J2,
        I1,
        F2,
        F2,
        J3,
        I2,
    ],
    Workspace,
)
