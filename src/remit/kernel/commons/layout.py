"""What the three commons engines share: names of array types, streams of draws, fifths."""

from enum import IntEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WEEKS_A_YEAR = 52
FIFTHS = 5


class Stream(IntEnum):
    """Numbers of the streams of draws."""

    ECONOMY = 30
    INCOME = 31
    REPAIR = 32
    GIVERS = 33
    VOLUNTEERS = 34
    IDEA = 35
    PLEDGES = 36
    PLEDGE = 37
    UPTAKE = 38
    MAKERS = 39
