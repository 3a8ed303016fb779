"""Many runs of one caseload plan: each run writes its own row, so rows do not depend on who computes them."""

import numpy as np
from numba import int64, types, void

from remit.kernel.caseload.layout import (
    BANDS,
    FIFTHS,
    HELPERS,
    ROUTES,
    Count,
    Floats,
    Ints,
    Plan,
    Scalar,
    Tape,
    Total,
    Weekly,
    Work,
    World,
)
from remit.kernel.caseload.memory import (
    CARER,
    CLIENT,
    F2,
    F3,
    F4,
    HELPER,
    I1,
    PLAN_TYPE,
    WORKSPACE_TYPE,
    Held,
    Level,
    Workspace,
)
from remit.kernel.caseload.year import respond
from remit.kernel.compiling import compiled

MOST_ZONES = 65_535


@compiled(void(PLAN_TYPE, WORKSPACE_TYPE, types.uint64, I1, int64, int64, F2, F4, F3, F3))
def run_years(plan, work, seed, lucks, warm, end, totals, counts, sums, weekly):
    """Run one plan once for each number in ``lucks``; row r of every output belongs to ``lucks[r]``."""
    for r in range(lucks.shape[0]):
        respond(plan, work, totals[r], counts[r], sums[r], weekly[r], seed, np.uint64(lucks[r]), warm, end)


def expected_clients(plan: Plan, weeks: int) -> Floats:
    """Return the mean number of clients at hand in each week, all delivered what they need."""
    share = float(plan.world[World.COMPLEX_SHARE])
    first = np.diff(np.concatenate([[0.0], np.minimum(plan.first, 1.0)]))
    first[-1] += 1.0 - first.sum()
    new = np.zeros((2, 4))
    new[0, :3], new[1, :3] = (1.0 - share) * first, share * first
    held = float(plan.world[World.INITIAL_CLIENTS]) * new
    most_need = plan.scalars[:, Scalar.NEED_SHARE]
    means = np.zeros(weeks)
    segment = 0
    for w in range(weeks):
        while segment + 1 < len(plan.segment_weeks) and plan.segment_weeks[segment + 1] <= w:
            segment += 1
        if w > 0:
            hazards = plan.hazards[segment]
            total = hazards.sum(axis=2)
            chance = -np.expm1(-total)
            split = np.divide(
                hazards, total[..., None], out=np.zeros_like(hazards), where=total[..., None] > 0
            )
            moved = np.einsum("xs,xst->xt", held * chance, split)[:, :4]
            held = held * (1.0 - chance) + moved
        held = held + plan.births[w % 52] * min(1.0, float(most_need[segment])) * new
        means[w] = held.sum()
    return means


def room_for_clients(plan: Plan, weeks: int) -> int:
    """Return how many clients a run needs room for at once: the mean and ten standard deviations."""
    most = float(expected_clients(plan, weeks).max(initial=0.0))
    return int(most + 10.0 * np.sqrt(most)) + 64


def make_workspace(plan: Plan, weeks: int, log_rows: int = 0, rows: int | None = None) -> Workspace:
    """Return working memory for runs of this plan.

    Args:
        plan: what is to be run.
        weeks: weeks of a run.
        log_rows: rows of the event log kept.
        rows: clients at hand at once; worked out if not given. A run that meets more says so (OVERFLOW).

    Raises:
        ValueError: if there are more zones than indices can count.
    """
    n_zones = len(plan.areas)
    if n_zones > MOST_ZONES:
        raise ValueError(f"a run holds at most {MOST_ZONES:,} zones; this one has {n_zones:,}")
    rows = room_for_clients(plan, weeks) if rows is None else rows
    n = int(plan.world[World.CARER_CEILING])
    teams = max(n + 1, n_zones)
    groups = teams + n_zones
    small = np.int32
    return Workspace(
        clients=np.zeros(rows, CLIENT),
        helpers=np.zeros((rows, HELPERS), HELPER),
        hours=np.zeros((rows, HELPERS, BANDS), small),
        granted=np.zeros((rows, BANDS), small),
        booked=np.zeros((rows, BANDS), small),
        active=np.zeros(rows, small),
        carers=np.zeros(n, CARER),
        can_do=np.zeros((n, BANDS), small),
        bookable=np.zeros((n, BANDS), small),
        taken=np.zeros((n, BANDS), small),
        ratio=np.zeros((n, BANDS)),
        got=np.zeros((n, 2), small),
        serves=np.zeros(n, small),
        group=np.zeros(n, small),
        flags=np.zeros(n, small),
        place=np.zeros((n, BANDS), small),
        lists=np.zeros((BANDS, n), small),
        list_start=np.zeros(groups + 1, small),
        list_length=np.zeros((groups, BANDS), small),
        patch_listed=np.zeros((int(plan.patches.max(initial=0)) + 2, BANDS), small),
        team_patch=np.zeros(teams, small),
        team_sizes=np.zeros((teams, 2), small),
        patch_need=np.zeros(int(plan.patches.max(initial=0)) + 1),
        visits=np.zeros((2, n_zones, 2)),
        travel=np.zeros((2, n_zones)),
        growth=np.zeros((2, 3)),
        state=np.zeros(len(Held), np.int64),
        levels=np.zeros(len(Level)),
        log=np.zeros((log_rows, 4), np.int64),
    )


def make_tape(weeks: int, n_runs: int) -> Tape:
    """Return empty rows for ``n_runs`` runs of so many weeks."""
    return Tape(
        totals=np.zeros((n_runs, len(Total))),
        counts=np.zeros((n_runs, ROUTES, FIFTHS, len(Count))),
        work=np.zeros((n_runs, 2, len(Work))),
        weekly=np.zeros((n_runs, weeks, len(Weekly))),
    )


def run_caseload(
    plan: Plan, weeks: int, warm: int, seed: int, lucks: Ints, work: Workspace | None = None
) -> Tape:
    """Return the tape of one plan run once for each replicate number.

    Args:
        plan: what to run.
        weeks: weeks of a run, warm-up included.
        warm: weeks before which nothing is counted.
        seed: root seed, 0 to 2**64 - 1.
        lucks: ``(R,)`` replicate numbers, unique over scenarios.
        work: working memory to use again; made if not given.
    """
    work = make_workspace(plan, weeks) if work is None else work
    tape = make_tape(weeks, len(lucks))
    run_years(plan, work, np.uint64(seed), lucks, int(warm), int(weeks), *tape)
    return tape
