"""The shape of an uptake plan and of what a run of it leaves behind: which number stands where."""

from enum import IntEnum
from typing import NamedTuple

from remit.kernel.commons.layout import Floats, Ints


class Scalar(IntEnum):
    """Columns of ``UptakePlan.scalars``: one row a segment."""

    IMITATE = 0  # a week
    ACTIVE_SHARE = 1
    CHURN = 2  # weekly hazard
    CHURN_QUALITY = 3
    CHURN_NONE = 4
    RETURN = 5
    QUALITY_START = 6  # of the first segment
    QUALITY_RATE = 7  # a week
    UPKEEP = 8
    MAKERS = 9  # of the first segment
    BEGIN = 10  # a week
    DRAWN = 11
    FAIL = 12  # weekly hazard
    HALF = 13
    USES = 14  # a week
    MINUTES = 15


class Person(IntEnum):
    """Columns of ``UptakePlan.people``: by fifth, whole run."""

    REACHED = 0  # people who could ever use it
    OFFLINE = 1  # people who could not
    ACTIVE_START = 2


class UptakePlan(NamedTuple):
    """All that the engine needs to run one uptake."""

    segment_weeks: Ints  # (G,): first week of each segment
    scalars: Floats  # (G, len(Scalar))
    innovate: Floats  # (G, 5): weekly hazard by fifth
    people: Floats  # (5, len(Person))


class Count(IntEnum):
    """Columns of ``UptakeTape.counts``: by fifth, summed over the weeks from ``warm`` on."""

    SIGNED = 0
    BEGAN = 1  # became active, coming back apart
    DROPPED = 2
    BACK = 3
    ACTIVE_WEEKS = 4
    USES = 5
    MINUTES = 6
    ACTIVE_END = 7  # at the run's end
    EVER = 8  # signed up by the run's end, or active at the start
    REACHED = 9
    OFFLINE = 10


class UptakeTape(NamedTuple):
    """What runs leave behind, one row a run."""

    counts: Floats  # (R, 5, len(Count))
    active: Floats  # (R, W, 5): active by week and fifth, at the week's end
    makers: Floats  # (R, W, 3): makers at the week's end, failures in the week, quality
