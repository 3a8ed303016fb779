"""Uptake: who signs up to an app or a venture, stays, drops out and comes back, and who makes it."""

import numpy as np
from numba import int64, types, uint64, void

from remit.kernel.commons.draws import chance, count, some
from remit.kernel.commons.layout import FIFTHS, Ints, Stream
from remit.kernel.commons.uptake_layout import Count, Person, Scalar, UptakePlan, UptakeTape
from remit.kernel.compiling import compiled, inlined
from remit.kernel.philox import uniforms

U = np.uint64
UPTAKE, MAKERS_STREAM = U(int(Stream.UPTAKE)), U(int(Stream.MAKERS))
N_FIFTHS = FIFTHS

IMITATE, ACTIVE_SHARE, RETURN = int(Scalar.IMITATE), int(Scalar.ACTIVE_SHARE), int(Scalar.RETURN)
CHURN, CHURN_QUALITY, CHURN_NONE = (
    int(Scalar.CHURN),
    int(Scalar.CHURN_QUALITY),
    int(Scalar.CHURN_NONE),
)
QUALITY_START, QUALITY_RATE, UPKEEP = (
    int(Scalar.QUALITY_START),
    int(Scalar.QUALITY_RATE),
    int(Scalar.UPKEEP),
)
MAKERS, BEGIN, DRAWN = int(Scalar.MAKERS), int(Scalar.BEGIN), int(Scalar.DRAWN)
FAIL, HALF, USES, MINUTES = int(Scalar.FAIL), int(Scalar.HALF), int(Scalar.USES), int(Scalar.MINUTES)
REACHED, OFFLINE, ACTIVE_START = int(Person.REACHED), int(Person.OFFLINE), int(Person.ACTIVE_START)
C_SIGNED, C_BEGAN, C_DROPPED, C_BACK = (
    int(Count.SIGNED),
    int(Count.BEGAN),
    int(Count.DROPPED),
    int(Count.BACK),
)
C_WEEKS, C_USES, C_MINUTES = int(Count.ACTIVE_WEEKS), int(Count.USES), int(Count.MINUTES)
C_END, C_EVER, C_REACHED, C_OFFLINE = (
    int(Count.ACTIVE_END),
    int(Count.EVER),
    int(Count.REACHED),
    int(Count.OFFLINE),
)

F1, F2, F3 = (types.Array(types.float64, n, "C") for n in (1, 2, 3))
I1, I2 = (types.Array(types.int64, n, "C") for n in (1, 2))
PLAN_TYPE = types.NamedTuple([I1, F2, F2, F2], UptakePlan)


@inlined
def turn_over(scalars, makers, users, reached, seed, luck, week):
    """Let makers begin and fail; return how many there are then, and how many failed."""
    u_begin, u_fail, _, _ = uniforms(seed, luck, MAKERS_STREAM, U(week), U(0))
    begun = count(u_begin, scalars[BEGIN] * (1.0 + scalars[DRAWN] * users / reached))
    failed = some(u_fail, makers, chance(scalars[FAIL]))
    return makers + begun - failed, failed


@inlined
def presence(makers, half):
    """Return how much of what makers could offer is there: half of it with ``half`` makers."""
    there = 0.0
    if makers > 0:
        there = makers / (makers + half)
    return there


@inlined
def count_week(scalars, sums, signed, began, dropped, back, active, quality):
    """Count one fifth's week."""
    uses = active * scalars[USES]
    sums[C_SIGNED] += signed
    sums[C_BEGAN] += began
    sums[C_DROPPED] += dropped
    sums[C_BACK] += back
    sums[C_WEEKS] += active
    sums[C_USES] += uses
    sums[C_MINUTES] += uses * (scalars[MINUTES] * quality)


@compiled()
def total_of(values):
    """Return the sum over the fifths, in their order."""
    total = 0.0
    for f in range(N_FIFTHS):
        total += values[f]
    return total


@compiled()
def people_of(plan, people):
    """Write who is active at the start, and who has never signed up; return how many are reached."""
    total = 0.0
    for f in range(N_FIFTHS):
        reached = int64(plan.people[f, REACHED])
        people[1, f] = min(reached, int64(plan.people[f, ACTIVE_START]))
        people[0, f] = reached - people[1, f]
        people[2, f] = 0
        total += reached
    return total


@compiled(void(PLAN_TYPE, I2, F2, F2, F2, uint64, uint64, int64, int64))
def respond(plan, people, counts, active, makers_told, seed, luck, warm, end):
    """Run one replicate of one plan and count into the given rows.

    Each week: the segment, quality, makers, then each fifth's people; those active are told at the week's end.

    Args:
        plan: the arrays of ``uptake_layout.UptakePlan``.
        people: working memory, ``(3, 5)``: never signed up, active, lapsed.
        counts: ``(5, len(Count))``.
        active: ``(end, 5)``.
        makers_told: ``(end, 3)``.
        seed: root seed.
        luck: number of the replicate, unique over scenarios.
        warm: weeks before which nothing is counted.
        end: weeks run.
    """
    reached = max(1.0, people_of(plan, people))  # nobody reached: nobody there to divide among
    never, using, lapsed = people[0], people[1], people[2]
    segment = 0
    quality, makers = plan.scalars[0, QUALITY_START], int64(plan.scalars[0, MAKERS])
    for week in range(end):
        while segment + 1 < plan.segment_weeks.shape[0] and plan.segment_weeks[segment + 1] <= week:
            segment += 1
        scalars = plan.scalars[segment]
        quality += scalars[QUALITY_RATE] * (scalars[UPKEEP] - quality)
        users = total_of(using)
        makers, failed = turn_over(scalars, makers, users, reached, seed, luck, week)
        there = presence(makers, scalars[HALF])
        makers_told[week, 0] = makers
        makers_told[week, 1] = failed
        makers_told[week, 2] = quality
        churn = scalars[CHURN] if makers > 0 else scalars[CHURN_NONE]
        drops = chance(churn * (1.0 + scalars[CHURN_QUALITY] * (1.0 - quality)))
        returns = chance(scalars[RETURN] * quality * there)
        for f in range(N_FIFTHS):
            u_sign, u_stay, u_out, u_back = uniforms(seed, luck, UPTAKE, U(5 * week + f), U(0))
            hazard = (plan.innovate[segment, f] + scalars[IMITATE] * users / reached) * quality * there
            signed = some(u_sign, never[f], chance(hazard))
            stayed = some(u_stay, signed, scalars[ACTIVE_SHARE])
            dropped = some(u_out, using[f], drops)
            back = some(u_back, lapsed[f], returns)
            never[f] -= signed
            using[f] += stayed + back - dropped
            lapsed[f] += signed - stayed + dropped - back
            active[week, f] = using[f]
            if week >= warm:
                count_week(scalars, counts[f], signed, stayed, dropped, back, using[f], quality)
    for f in range(N_FIFTHS):
        counts[f, C_END] = using[f]
        counts[f, C_EVER] = using[f] + lapsed[f]
        counts[f, C_REACHED] = plan.people[f, REACHED]
        counts[f, C_OFFLINE] = plan.people[f, OFFLINE]


@compiled(void(PLAN_TYPE, I2, F3, F3, F3, uint64, I1, int64, int64))
def run_all(plan, people, counts, active, makers, seed, lucks, warm, end):
    """Run one plan once for each number in ``lucks``; row r of every output belongs to ``lucks[r]``."""
    for r in range(lucks.shape[0]):
        respond(plan, people, counts[r], active[r], makers[r], seed, np.uint64(lucks[r]), warm, end)


def make_uptake_workspace() -> Ints:
    """Return working memory for runs of any plan: people by state (never signed up, active, lapsed) and fifth."""
    return np.zeros((3, FIFTHS), np.int64)


def make_uptake_tape(weeks: int, n_runs: int) -> UptakeTape:
    """Return empty rows for ``n_runs`` runs of so many weeks."""
    return UptakeTape(
        counts=np.zeros((n_runs, FIFTHS, len(Count))),
        active=np.zeros((n_runs, weeks, FIFTHS)),
        makers=np.zeros((n_runs, weeks, 3)),
    )


def run_uptake(
    plan: UptakePlan, weeks: int, warm: int, seed: int, lucks: Ints, work: Ints | None = None
) -> UptakeTape:
    """Return the tape of one plan run once for each replicate number.

    Args:
        plan: what to run.
        weeks: weeks of a run, warm-up included.
        warm: weeks before which nothing is counted.
        seed: root seed, 0 to 2**64 - 1.
        lucks: ``(R,)`` replicate numbers, unique over scenarios.
        work: working memory to use again; made if not given.
    """
    work = make_uptake_workspace() if work is None else work
    tape = make_uptake_tape(weeks, len(lucks))
    run_all(plan, work, *tape, np.uint64(seed), lucks, int(warm), int(weeks))
    return tape
