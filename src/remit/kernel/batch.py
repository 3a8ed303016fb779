"""Many runs of one plan: each run writes its own row, so rows do not depend on who computes them.

The compiled loop holds no lock on the interpreter: threads run batches side by
side, each with a workspace of its own.
"""

import math

import numpy as np
from numba import types, void

from remit.kernel.compiling import compiled
from remit.kernel.layout import (
    CHART_BINS,
    CREW,
    F2,
    F3,
    F4,
    I1,
    MAX_PRIORITIES,
    MONTH_MINUTES,
    N_BINS,
    N_COUNTS,
    N_GROUPS,
    N_TOTALS,
    PLAN_TYPE,
    REQUEST,
    SLOT_BITS,
    WORKSPACE_TYPE,
    Hour,
    Ints,
    Plan,
    Span,
    Tape,
    Workspace,
)
from remit.kernel.response import respond
from remit.kernel.tally import quantile

MOST_ZONES = 65_535
MOST_KINDS = 254
MOST_CREWS = 65_535


@compiled(
    void(PLAN_TYPE, WORKSPACE_TYPE, types.uint64, I1, types.float64, types.float64, F2, F4, F4, F4, F3, F3)
)
def run_series(plan, work, seed, lucks, warm, end, totals, by_group, by_zone, by_month, quantiles, chart):
    """Run one plan once for each number in ``lucks``; row r of every output belongs to ``lucks[r]``."""
    for r in range(lucks.shape[0]):
        respond(
            plan, work, totals[r], by_group[r], by_zone[r], by_month[r], seed, np.uint64(lucks[r]), warm, end
        )
        for k in range(plan.kinds.shape[1] + 1):
            for f in range(6):
                quantiles[r, k, 2 * f] = quantile(work.bins[k, f], 0.5)
                quantiles[r, k, 2 * f + 1] = quantile(work.bins[k, f], 0.9)
            for b in range(N_BINS):
                chart[r, k, min(b // 5, CHART_BINS - 1)] += work.bins[k, 0, b]


def room_for_births(plan: Plan, span: Span) -> int:
    """Return how many births a run needs room for: the mean and ten standard deviations."""
    rates = plan.hours[Hour.BIRTHS_PER_MINUTE] * 60.0
    n_hours = math.ceil(span.end_minutes / 60.0)
    hourly = np.concatenate([np.tile(rates, n_hours // 168), rates[: n_hours % 168]])
    daily = np.add.reduceat(hourly, np.arange(0, n_hours, 24))
    mean = float(hourly.sum())
    variance = mean + float(((daily * float(plan.day_cv[0])) ** 2).sum())
    return int(mean + 10.0 * math.sqrt(variance)) + 64


def make_workspace(plan: Plan, span: Span, log_rows: int = 0) -> Workspace:
    """Return working memory for runs of this plan.

    Raises:
        ValueError: if a run would hold more people, zones or kinds than its indices can count.
    """
    room = room_for_births(plan, span)
    n_crews, n_zones, n_kinds = plan.crews.shape[0], plan.zones.shape[0], plan.kinds.shape[1]
    if (
        room + 5 * n_crews + 1 >= 1 << SLOT_BITS
        or n_zones > MOST_ZONES
        or n_kinds > MOST_KINDS
        or n_crews > MOST_CREWS
    ):
        raise ValueError(
            f"a run holds at most {1 << SLOT_BITS:,} people, {MOST_ZONES:,} zones and {MOST_KINDS} kinds; "
            f"this one has about {room:,}, {n_zones:,} and {n_kinds}"
        )
    return Workspace(
        requests=np.zeros(room, REQUEST),
        crews=np.zeros(n_crews, CREW),
        idle=np.zeros(n_crews, np.int32),
        heap=np.zeros(2 * room + 8 * n_crews + 64, np.int64),
        queues=np.full((MAX_PRIORITIES, 2), -1, np.int32),
        state=np.zeros(8, np.int64),
        draws=np.zeros((4, 256)),
        tired=np.zeros((n_zones, 2)),
        bins=np.zeros((n_kinds + 1, 6, N_BINS), np.int32),
        log=np.zeros((log_rows, 4), np.int64),
    )


def make_tape(plan: Plan, span: Span, n_runs: int) -> Tape:
    """Return empty rows for ``n_runs`` runs of this plan."""
    n_kinds, n_zones = plan.kinds.shape[1], plan.zones.shape[0]
    n_months = int((span.end_minutes - span.warm_minutes) / MONTH_MINUTES) + 1
    return Tape(
        totals=np.zeros((n_runs, N_TOTALS)),
        by_group=np.zeros((n_runs, n_kinds, N_GROUPS, N_COUNTS)),
        by_zone=np.zeros((n_runs, n_zones, n_kinds, N_COUNTS)),
        by_month=np.zeros((n_runs, n_months, n_kinds, N_COUNTS)),
        quantiles=np.zeros((n_runs, n_kinds + 1, 12)),
        chart=np.zeros((n_runs, n_kinds + 1, CHART_BINS)),
    )


def run_plan(plan: Plan, span: Span, seed: int, lucks: Ints, work: Workspace | None = None) -> Tape:
    """Return the tape of one plan run once for each replicate number.

    Args:
        plan: what to run.
        span: minutes of warm-up and end.
        seed: root seed, 0 to 2**64 - 1.
        lucks: ``(R,)`` replicate numbers, unique over scenarios.
        work: working memory to use again; made if not given.
    """
    work = make_workspace(plan, span) if work is None else work
    tape = make_tape(plan, span, len(lucks))
    run_series(plan, work, np.uint64(seed), lucks, float(span.warm_minutes), float(span.end_minutes), *tape)
    return tape
