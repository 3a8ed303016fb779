"""Neighbours who cook: a second plan of the caseload engine, in which nobody is paid, and the uptake that fills it.

The uptake says week by week how many cooks are active and how many stop; the engine says who finds whom. So the
plan here has the same clients as today's provider and, for carers, cooks: a turn of cooking is a carer with as many
meals a week as a cook brings each time. All wages, prices, fees and travel in it are 0, and every cook is willing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from remit.briefs.brief import Brief
from remit.kernel.caseload.layout import BANDS, GRAINS, PLATFORM, Employer, Floats, Ints, Plan, Scalar, World
from remit.kernel.commons.uptake_layout import Person, UptakePlan
from remit.kernel.commons.uptake_layout import Scalar as Take
from remit.mechanism.caseload.tables import MINUTES_AN_HOUR
from remit.mechanism.geography import own_fifths
from remit.mechanism.uptake import uptake_plan
from remit.mechanism.values import Values

DAYS_A_WEEK = 7
AT_ONCE = 1e6  # a weekly hazard, or slots a week, at which nobody waits
UNPAID = (  # of scalars: what pay, posts and the law of leaving would do, which is nothing here
    Scalar.LOCAL_WAGE,
    Scalar.POSTS,
    Scalar.POSTS_PER_HOUR,
    Scalar.REST_WEEKS,
    Scalar.SWITCH_FACTOR,
    Scalar.LEAVE_PAY,
    Scalar.LEAVE_TRAVEL,
    Scalar.LEAVE_INSECURE,
    Scalar.LEAVE_DISCRETION,
    Scalar.LEAVE_CONTINUITY,
    Scalar.LEAVE_STAKE,
    Scalar.LEAVE_OVERLOAD,
    Scalar.TOUR_K,
    Scalar.PRICE_ELASTICITY,
    Scalar.FAMILY_SHARE,
    Scalar.SHORT_EFFECT,
    Scalar.PROVIDER_ROUTE,
    Scalar.POOL_PEOPLE,
)


@dataclass(frozen=True)
class Neighbours:
    """What a run of neighbours' meals needs to know: one segment a week, the pool still empty."""

    plan: Plan
    uptake: UptakePlan
    turns: Floats  # (W,) how often an active cook cooks in a week
    living: Floats  # (5, Z) where the people of each fifth live, shares of the fifth

    @property
    def arrays(self) -> tuple[Floats | Ints, ...]:
        """All the numbers that are run."""
        return (*self.plan, *self.uptake, self.turns, self.living)


def neighbours_of(segments: Sequence[tuple[int, Values]], plan: Plan, brief: Brief) -> Neighbours:
    """Return the neighbours beside a provider.

    Args:
        segments: first week and values of the design, dated changes on top, in order.
        plan: the provider's, whose clients they are.
        brief: whose place it is.
    """
    values = segments[0][1]
    uptake = uptake_plan(values, brief, segments[1:])
    weeks = np.arange((brief.warm_up_days + brief.days) // DAYS_A_WEEK, dtype=np.int64)
    taken = np.searchsorted(uptake.segment_weeks, weeks, side="right") - 1
    turns = uptake.scalars[taken, Take.USES]
    return Neighbours(_plan(segments, plan, weeks, turns, uptake), uptake, turns, _living(brief))


def _plan(
    segments: Sequence[tuple[int, Values]], plan: Plan, weeks: Ints, turns: Floats, uptake: UptakePlan
) -> Plan:
    at = np.searchsorted(plan.segment_weeks, weeks, side="right") - 1
    meal = segments[0][1]["meals.paid_minutes"] / MINUTES_AN_HOUR
    bands = np.diff(plan.client_patterns, prepend=0.0) @ plan.client_bands
    patterns = np.cumsum(bands) / bands.sum()
    patterns[-1] = 1.0
    scalars = np.array([_scalars(plan.scalars[s], segments[s][1], meal) for s in range(len(segments))])
    return plan._replace(
        segment_weeks=weeks,
        world=_world(plan.world, segments[0][1]["neighbours.meals_a_turn"] * meal, turns, uptake),
        scalars=scalars[at],
        employers=np.array([_employers(plan.employers[s]) for s in range(len(segments))])[at],
        hazards=plan.hazards[at],
        growth=plan.growth[at],
        carer_bands=np.eye(BANDS),  # a cook brings meals at one time of day, as clients need them
        carer_patterns=patterns,
    )


def _world(before: Floats, hours: float, turns: Floats, uptake: UptakePlan) -> Floats:
    row = before.copy()
    people = uptake.people[:, Person.REACHED].sum()
    row[World.CARER_CEILING] = max(1.0, math.ceil(people * float(turns.max(initial=0.0))))
    # half a grain more, so that a meal is a whole one after rounding
    row[World.CARER_HOURS_MEAN] = row[World.CARER_HOURS_MOST] = hours + 0.5 / GRAINS
    row[[World.CARER_HOURS_SIGMA, World.RESERVATION_SIGMA, World.WISH_MOST, World.PRICE_SIGMA]] = 0.0
    row[World.PAID_AT_START] = 1.0
    return row


def _scalars(before: Floats, values: Values, meal: float) -> Floats:
    row = before.copy()
    row[list(UNPAID)] = 0.0
    row[Scalar.ASSESS_PER_WEEK] = AT_ONCE
    row[Scalar.MARKET_SHARE] = values["neighbours.diner_share"]
    row[Scalar.MARKET_GRANT_SHARE] = values["neighbours.wanted_share"]
    row[Scalar.MARKET_GRANT_STEP_HOURS] = meal
    row[Scalar.MIN_VISIT_MINUTES] = meal * MINUTES_AN_HOUR
    return row


def _employers(before: Floats) -> Floats:
    """Return a provider that employs nobody, and a platform that pays nobody and takes whom the uptake sends."""
    rows = np.zeros_like(before)
    kept = [Employer.CHANGE_CLIENT, Employer.CHANGE_CARER]
    rows[PLATFORM, kept] = before[PLATFORM, kept]
    rows[PLATFORM, [Employer.JOIN_HAZARD, Employer.START_SHARE]] = AT_ONCE, 1.0
    return rows


def _living(brief: Brief) -> Floats:
    """Return where the people of each fifth live: ``(5, Z)``, each row adding up to 1."""
    people = np.array([z.population for z in brief.locality.zones])
    there = (people[:, None] * own_fifths(brief)).T
    whole = there.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(there, whole, out=np.full_like(there, 1.0 / len(people)), where=whole > 0)
    return shares
