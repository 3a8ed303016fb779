"""Neighbours' meals simulated: first who takes up cooking, then, one way, who finds whom, a replicate at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from remit.kernel.caseload.batch import make_workspace, run_caseload
from remit.kernel.caseload.folk import STREAM_CARER
from remit.kernel.caseload.layout import PLATFORM, Employer, Floats, Ints, Plan, Scalar, Tape, World
from remit.kernel.commons.uptake import run_uptake
from remit.kernel.commons.uptake_layout import Person, UptakePlan, UptakeTape
from remit.kernel.commons.uptake_layout import Scalar as Take
from remit.kernel.philox import uniforms
from remit.mechanism.caseload.neighbours import Neighbours

U = np.uint64
N_MAKERS, QUALITY = 0, 2  # of ``UptakeTape.makers``


@dataclass(frozen=True)
class NeighbourTape:
    """What runs leave behind, first axis the run: of the uptake, and of cooks and diners."""

    uptake: UptakeTape
    help: Tape
    cooks: Floats  # (R, W, 5) active cooks by week and fifth: those of the end of the week before
    turns: Ints  # (R, W) turns of cooking there were to be had


def run_neighbours(beside: Neighbours, seed: int, lucks: Sequence[int], warm: int) -> NeighbourTape:
    """Return what neighbours cook in each replicate."""
    weeks, numbers = len(beside.turns), np.asarray(lucks, np.int64)
    uptake = run_uptake(beside.uptake, weeks, warm, seed, numbers)
    start = np.broadcast_to(beside.uptake.people[:, Person.ACTIVE_START], (len(numbers), 1, 5))
    cooks = np.concatenate([start, uptake.active[:, :-1]], axis=1)
    turns = np.floor(cooks.sum(axis=2) * beside.turns + 0.5).astype(np.int64)
    turns = np.minimum(turns, int(beside.plan.world[World.CARER_CEILING]))
    room = make_workspace(beside.plan, weeks)
    tapes = []
    for r, luck in enumerate(numbers):
        plan = filled(beside, cooks[r], turns[r], uptake.makers[r], seed, int(luck))
        tapes.append(run_caseload(plan, weeks, warm, seed, numbers[r : r + 1], room))
    return NeighbourTape(
        uptake, Tape(*(np.concatenate(parts) for parts in zip(*tapes, strict=True))), cooks, turns
    )


def filled(beside: Neighbours, cooks: Floats, turns: Ints, makers: Floats, seed: int, luck: int) -> Plan:
    """Return the plan of one replicate: so many turns each week, cooks who stop, and where they live.

    Args:
        beside: the plan with an empty pool.
        cooks: ``(W, 5)`` active cooks by fifth.
        turns: ``(W,)`` turns of cooking.
        makers: ``(W, 3)`` makers, failures, quality by week, of the uptake.
        seed: root seed.
        luck: number of the replicate.
    """
    plan = beside.plan
    scalars, employers = plan.scalars.copy(), plan.employers.copy()
    scalars[:, Scalar.POOL_PEOPLE] = pools(turns, int(plan.world[World.CARER_CEILING]), seed, luck)
    employers[:, PLATFORM, Employer.LEAVE_HAZARD] = stopping(beside.uptake, cooks.sum(axis=1), makers)
    where = cooks.sum(axis=0) @ beside.living
    zones = np.cumsum(where) / where.sum() if where.sum() > 0.0 else plan.carer_zones.copy()
    zones[-1] = 1.0
    return plan._replace(scalars=scalars, employers=employers, carer_zones=zones)


def pools(turns: Ints, ceiling: int, seed: int, luck: int) -> Floats:
    """Return the size of the pool at which exactly so many are in it: a larger one holds the smaller."""
    marks = np.array(
        [uniforms(U(seed), U(luck), STREAM_CARER, U(c), U(0))[0] for c in range(ceiling)], np.float64
    )
    ranked = np.concatenate([[0.0], np.sort(marks), [1.0]])
    edges = 0.5 * (ranked[:-1] + ranked[1:]) * ceiling
    edges[0] = 0.0
    edges[-1] = float(ceiling)
    found: Floats = edges[turns]
    return found


def stopping(uptake: UptakePlan, cooks: Floats, makers: Floats) -> Floats:
    """Return the weekly hazard at which a cook stops whose place another takes.

    Where the number of cooks falls, those who are no longer in the pool have stopped already: they are part of the
    uptake's churn, and are taken off it.
    """
    weeks = np.arange(len(cooks))
    taken = np.searchsorted(uptake.segment_weeks, weeks, side="right") - 1
    row = uptake.scalars[taken]
    churn = row[:, Take.CHURN] * (1.0 + row[:, Take.CHURN_QUALITY] * (1.0 - makers[:, QUALITY]))
    churn = np.where(makers[:, N_MAKERS] > 0.0, churn, row[:, Take.CHURN_NONE])
    change = np.diff(cooks, prepend=cooks[:1])
    before = np.concatenate([cooks[:1], cooks[:-1]])
    lost = np.divide(-np.minimum(change, 0.0), before, out=np.zeros_like(before), where=before > 0.0)
    replaced: Floats = np.maximum(0.0, churn - lost)
    return replaced
