"""Uptake of an app drives reports one way: how many use it week by week, who reports for it, and by which channel."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from remit.briefs.brief import Brief
from remit.briefs.fifths import N_FIFTHS
from remit.kernel.commons.uptake import run_uptake
from remit.kernel.layout import DAY_TICKS, Floats, Ints, Kind, Plan
from remit.mechanism.uptake import population_by_fifth
from remit.mechanism.values import Lowered, Values

WEEK_TICKS = 7 * DAY_TICKS
STEP_TICKS = 4 * WEEK_TICKS  # reporting follows uptake in steps of four weeks


def weeks_of(brief: Brief) -> int:
    """Return how many weeks, the last perhaps not whole, a run takes with its warm-up."""
    return -(-(brief.warm_up_days + brief.days) // 7)


def users_by_week(lowered: Lowered, brief: Brief, seed: int, lucks: Sequence[int]) -> Floats:
    """Return ``(R, W, 5)`` active users by replicate, week and own fifth; none where there is no app."""
    weeks = weeks_of(brief)
    if lowered.uptake is None:
        return np.zeros((len(lucks), weeks, N_FIFTHS))
    tape = run_uptake(lowered.uptake, weeks, brief.warm_up_days // 7, seed, np.asarray(lucks, np.int64))
    users: Floats = tape.active
    return users


def active_share(users: Floats, brief: Brief) -> Floats:
    """Return users over all people of their fifth, of any age and online or not; 0 where nobody lives."""
    people = population_by_fifth(brief)
    share: Floats = np.divide(users, people, out=np.zeros_like(users), where=people > 0.0)
    return share


def driven_plan(plan: Plan, share: Floats, propensity: float) -> Plan:
    """Return the plan in which those who use the app report too, in steps of four weeks.

    A need that everyone else misses is missed by the app's users as well with chance ``exp(-propensity x share)``.

    Args:
        plan: the plan without the app.
        share: ``(W, 5)`` share of people who use it, by week and own fifth.
        propensity: reports of one need to be expected if everyone used it.
    """
    steps = np.arange(0, len(share) * WEEK_TICKS, STEP_TICKS, dtype=np.int64)
    starts = np.union1d(plan.segment_ticks, steps)
    of = np.searchsorted(plan.segment_ticks, starts, side="right") - 1
    first = np.minimum(starts // WEEK_TICKS, len(share) - 1)
    last = np.minimum(np.append(-(-starts[1:] // WEEK_TICKS), len(share)), len(share))
    means = [share[a : max(b, a + 1)].mean(axis=0) for a, b in zip(first, last, strict=True)]
    return plan._replace(
        segment_ticks=starts,
        scalars=plan.scalars[of],
        kinds=plan.kinds[of],
        crew_minutes=plan.crew_minutes[of],
        missed=np.exp(-propensity * np.array(means)),
    )


@dataclass(frozen=True)
class Contacts:
    """Reports to be expected of one need, by channel; every array ``(R, K, W, 5)``."""

    phone: Floats
    online: Floats
    app: Floats
    duplicates: Floats


def contacts_per_need(share: Floats, reach: Floats, values: Values) -> Contacts:
    """Return the reports of one need to be expected.

    Args:
        share: ``(R, W, 5)`` share of people who use the app.
        reach: ``(K, W)`` share of needs reported without it.
        values: the numbers ``reports.*``.
    """
    used = share[:, None]  # (R, 1, W, 5)
    told = reach[None, :, :, None]
    usual = told * (1.0 + values["reports.duplicates"])
    moved = usual * values["reports.app_shift_share"] * used
    new = values["reports.app_propensity"] * used
    any_report = 1.0 - (1.0 - told) * np.exp(-new)
    rest, by_app = usual - moved, moved + new
    total = rest + by_app
    first = np.divide(
        any_report, total, out=np.zeros_like(total), where=total > 0.0
    )  # who was first is chance
    not_made = values["reports.seen_share"] * by_app * (1.0 - first)
    online = rest * values["reports.online_share"]
    return Contacts(rest - online, online, by_app - not_made, total - not_made - any_report)


def reach_by_week(plan: Plan, weeks: int) -> Floats:
    """Return ``(K, W)`` the share of needs that get in without an app, by kind and week."""
    starts: Ints = np.arange(weeks, dtype=np.int64) * WEEK_TICKS
    of = np.searchsorted(plan.segment_ticks, starts, side="right") - 1
    reach: Floats = plan.kinds[of, :, Kind.REACH_SHARE].T
    return reach
