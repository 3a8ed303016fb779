"""Numbers that a pilot's design may assume: what each means, its dimension, its bounds and what holds without it."""

from typing import NamedTuple

OUTCOME = "outcome"  # the dimension of whatever the pilot measures


class PilotNumber(NamedTuple):
    """A number under ``assume``."""

    name: str
    dimension: str
    unit: str  # how it is usually stated
    least: float
    most: float
    default: float  # in the canonical unit; NaN where it must be given if a design asks for it
    meaning: str


MUST = float("nan")
MANY = 1e9
YEAR = 525_600.0  # minutes
_ROWS = (
    ("baseline", OUTCOME, "", -1e12, 1e12, MUST, "the outcome under today's service: a mean, a share or a rate"),
    ("sd", OUTCOME, "", 1e-12, 1e12, MUST, "standard deviation of the outcome among all people of both arms"),
    ("effect", OUTCOME, "", -1e12, 1e12, MUST, "the smallest change worth finding, with its sign"),
    ("effect_sd", OUTCOME, "", 0.0, 1e12, 0.0, "standard deviation of the effect from one unit to another"),
    ("units", "count", "number", 2.0, MANY, MUST, "how many units are allocated in all, where none are listed"),
    ("cluster_size", "count", "people", 1.0, MANY, MUST, "people measured in each unit (a stepped wedge: each period)"),
    ("cluster_size_cv", "factor", "factor", 0.0, 5.0, 0.0, "how unequal units are: deviation over mean of size"),
    ("icc", "share", "share", 0.0, 1.0, MUST, "share of the variance that lies between units"),
    ("cac", "share", "share", 0.0, 1.0, 1.0, "how far a unit keeps its level from one period to another"),
    ("iac", "share", "share", 0.0, 1.0, 0.0, "how far a person keeps theirs, where the same people are measured again"),
    ("churn", "share", "share", 0.0, 1.0, 0.0, "share of a period's people who are others in any other period"),
    ("decay", "share", "share", 0.0, 1.0, 1.0, "what is kept of a unit's likeness to itself by each further period"),
    ("rate_cv", "factor", "factor", 0.0, 5.0, MUST, "standard deviation over mean of the true rates of units"),
    ("follow_up", "time", "year", 1.0, 100.0 * YEAR, YEAR, "how long each person is followed, for a rate"),
    ("attrition", "share", "share", 0.0, 0.95, 0.0, "share of those allocated who are not measured at the end"),
    ("baseline_correlation", "share", "share", -0.99, 0.99, 0.0, "of the outcome with what is known from before"),
    ("cluster_correlation", "share", "share", 0.0, 1.0, 0.0, "of a unit's level before and after, its people apart"),
    ("periods_before", "count", "number", 0.0, 10_000.0, 1.0, "measurements before the change"),
    ("periods_after", "count", "number", 1.0, 10_000.0, 1.0, "measurements after the change"),
    ("autocorrelation", "share", "share", -0.99, 0.99, 0.0, "of one measurement with the next, trends apart"),
    ("looks", "count", "number", 1.0, 50.0, 1.0, "times that the result is looked at, the last included"),
    ("boundary", "factor", "factor", -1.0, 0.7, 0.0, "stopping early: 0 hardly (O'Brien-Fleming), 0.5 evenly (Pocock)"),
    ("design_effect", "factor", "factor", 1.0, 100.0, 2.7519384, "how many times more people than chance it needs"),
)  # fmt: skip

NUMBERS = {row[0]: PilotNumber(*row) for row in _ROWS}
