"""Lowering an app or a venture that people take up: the numbers ``uptake.*`` to an UptakePlan, for every family."""

from collections.abc import Sequence

import numpy as np

from remit.briefs.brief import Brief
from remit.briefs.fifths import N_FIFTHS
from remit.ground.units import UNITS
from remit.kernel.commons.layout import Floats
from remit.kernel.commons.uptake_layout import Person, Scalar, UptakePlan
from remit.mechanism.values import Values

WEEKS_A_YEAR = UNITS["per_week"].factor  # rates are kept a year
PLAIN: dict[Scalar, str] = {
    Scalar.ACTIVE_SHARE: "uptake.active_share",
    Scalar.CHURN_QUALITY: "uptake.churn_quality",
    Scalar.QUALITY_START: "uptake.quality_at_start",
    Scalar.UPKEEP: "uptake.upkeep",
    Scalar.MAKERS: "uptake.makers_at_start",
    Scalar.DRAWN: "uptake.drawn",
    Scalar.HALF: "uptake.half_makers",
    Scalar.MINUTES: "uptake.saved_minutes",
}
A_WEEK: dict[Scalar, str] = {
    Scalar.IMITATE: "uptake.imitate_per_week",
    Scalar.CHURN: "uptake.churn_per_week",
    Scalar.CHURN_NONE: "uptake.churn_none_per_week",
    Scalar.RETURN: "uptake.return_per_week",
    Scalar.QUALITY_RATE: "uptake.quality_per_week",
    Scalar.BEGIN: "uptake.begin_per_week",
    Scalar.FAIL: "uptake.fail_per_week",
    Scalar.USES: "uptake.uses_per_week",
}
OF_MAKERS = (Scalar.MAKERS, Scalar.BEGIN)


def has_uptake(values: Values) -> bool:
    """Tell whether the design has an app or venture that people may take up."""
    return values["uptake.on"] > 0.5


def uptake_plan(values: Values, brief: Brief, later: Sequence[tuple[int, Values]] = ()) -> UptakePlan:
    """Return the plan of an uptake: of the people inside the place, by its own fifths.

    A design without one gets a plan in which nobody makes and nobody signs up; its people still count as there.

    Args:
        values: the parameters of a design in a scenario.
        brief: whose place it is.
        later: first week and values of each dated change, in order.
    """
    people = people_by_fifth(brief, values)
    segments = [(0, values), *later]
    return UptakePlan(
        segment_weeks=np.array([week for week, _ in segments], np.int64),
        scalars=np.array([_scalars(v) for _, v in segments]),
        innovate=np.array([_innovate(v, people) for _, v in segments]),
        people=people,
    )


def population_by_fifth(brief: Brief) -> Floats:
    """Return ``(5,)`` people inside the place by own fifth, the most deprived first."""
    place = brief.locality
    shares = np.array(place.group_shares).reshape(-1, N_FIFTHS, N_FIFTHS).sum(2)
    inside = np.array([z.population if z.is_inside else 0.0 for z in place.zones])
    people: Floats = inside @ shares
    return people


def people_by_fifth(brief: Brief, values: Values) -> Floats:
    """Return ``(5, len(Person))`` whole people: whom it could reach, whom it could not, and who use it already."""
    meant = population_by_fifth(brief) * values["uptake.potential_share"]
    offline = np.linspace(
        values["uptake.offline_share_most_deprived"], values["uptake.offline_share_least_deprived"], N_FIFTHS
    )
    rows = np.zeros((N_FIFTHS, len(Person)))
    rows[:, Person.OFFLINE] = np.rint(meant * offline)
    rows[:, Person.REACHED] = np.rint(meant) - rows[:, Person.OFFLINE]
    if has_uptake(values):
        rows[:, Person.ACTIVE_START] = np.rint(
            rows[:, Person.REACHED] * values["uptake.active_at_start_share"]
        )
    return rows


def _scalars(values: Values) -> Floats:
    row = np.zeros(len(Scalar))
    for column, name in PLAIN.items():
        row[column] = values[name]
    for column, name in A_WEEK.items():
        row[column] = values[name] / WEEKS_A_YEAR
    if not has_uptake(values):
        row[list(OF_MAKERS)] = 0.0
    return row


def _innovate(values: Values, people: Floats) -> Floats:
    """Return the weekly hazard of signing up by fifth, its mean over those reached as the brief states it."""
    if not has_uptake(values):
        return np.zeros(N_FIFTHS)
    factor = np.linspace(values["uptake.deprived_factor"], 1.0, N_FIFTHS)
    reached = people[:, Person.REACHED]
    mean = float(factor @ reached) / (float(reached.sum()) or 1.0) or 1.0
    return factor * (values["uptake.innovate_per_week"] / WEEKS_A_YEAR / mean)
