"""Many runs of one campaigns plan: each run writes its own row, so rows do not depend on who computes them."""

import numpy as np
from numba import int64, uint64, void

from remit.kernel.commons.campaign_layout import GIFT_BINS, CampaignPlan, CampaignTape, Count, Scalar
from remit.kernel.commons.campaign_memory import (
    F1,
    F2,
    F3,
    I1,
    PLAN_TYPE,
    PROJECT,
    WORKSPACE_TYPE,
    Held,
    Level,
    Luck,
    Sheet,
    Workspace,
)
from remit.kernel.commons.campaigns import campaign_weeks
from remit.kernel.commons.ideas import bear_ideas
from remit.kernel.commons.layout import FIFTHS, WEEKS_A_YEAR, Ints
from remit.kernel.compiling import compiled
from remit.kernel.elementary import exp

ACTIVE, FULL, POT_LEFT = int(Held.ACTIVE), int(Held.FULL), int(Level.POT)
POT, EARLY = int(Scalar.POT), int(Scalar.EARLY)


@compiled()
def weigh_weeks(plan, work):
    """Write the friends' weights: most of them come early."""
    early, total = work.early, 0.0
    for t in range(early.shape[0]):
        early[t] = exp(-t / plan.scalars[EARLY])
        total += early[t]
    for t in range(early.shape[0]):
        early[t] = early[t] / total


@compiled(void(PLAN_TYPE, WORKSPACE_TYPE, F2, F2, F2, F2, F2, F1, uint64, uint64, int64))
def run_one(plan, work, counts, zones, gifts, sizes, weekly, ends, seed, luck_number, end):
    """Run one replicate of one plan and count into the given rows.

    Each week: the year's pot, ideas and the panel, then campaigns and offers in order of birth.
    """
    sheet = Sheet(counts, zones, gifts, sizes, weekly)
    luck = Luck(seed, luck_number, end)
    work.state[:] = 0
    work.levels[:] = 0.0
    for week in range(end):
        if week % WEEKS_A_YEAR == 0:
            work.levels[POT_LEFT] = plan.scalars[POT]
        bear_ideas(plan, work, sheet, luck, week)
        if work.state[FULL] != 0:
            break
        campaign_weeks(plan, work, sheet, luck, week)
    ends[0] = work.state[ACTIVE]
    ends[1] = work.state[FULL]


@compiled(void(PLAN_TYPE, WORKSPACE_TYPE, uint64, I1, int64, F3, F3, F3, F3, F3, F2))
def run_all(plan, work, seed, lucks, end, counts, zones, gifts, sizes, weekly, ends):
    """Run one plan once for each number in ``lucks``; row r of every output belongs to ``lucks[r]``."""
    weigh_weeks(plan, work)
    for r in range(lucks.shape[0]):
        luck = np.uint64(lucks[r])
        run_one(plan, work, counts[r], zones[r], gifts[r], sizes[r], weekly[r], ends[r], seed, luck, end)


def room_for_projects(plan: CampaignPlan, weeks: int) -> int:
    """Return how many campaigns and offers a run needs room for at once: the mean and ten standard deviations."""
    scalars = plan.scalars
    lasts = float(scalars[Scalar.LEAD] + max(scalars[Scalar.WEEKS], scalars[Scalar.SHARE_WEEKS]))
    most = float(scalars[Scalar.IDEAS]) * min(lasts + 1.0, float(weeks))
    return int(most + 10.0 * np.sqrt(most)) + 64


def make_campaign_workspace(
    plan: CampaignPlan, weeks: int, log_rows: int = 0, rows: int | None = None
) -> Workspace:
    """Return working memory for runs of this plan.

    Args:
        plan: what is to be run.
        weeks: weeks of a run.
        log_rows: rows of the event log kept.
        rows: campaigns and offers waiting or running at once; worked out if not given. A run that meets more
            stops and says so (``CampaignTape.ends``).
    """
    rows = room_for_projects(plan, weeks) if rows is None else rows
    return Workspace(
        projects=np.zeros(rows, PROJECT),
        active=np.arange(rows, dtype=np.int64),
        by_fifth=np.zeros((rows, FIFTHS, 2)),
        by_size=np.zeros((rows, GIFT_BINS, 2)),
        early=np.zeros(int(plan.scalars[Scalar.WEEKS])),
        state=np.zeros(len(Held), np.int64),
        levels=np.zeros(len(Level)),
        log=np.zeros((log_rows, 4), np.int64),
    )


def make_campaign_tape(plan: CampaignPlan, weeks: int, n_runs: int) -> CampaignTape:
    """Return empty rows for ``n_runs`` runs of so many weeks."""
    return CampaignTape(
        counts=np.zeros((n_runs, FIFTHS, len(Count))),
        zones=np.zeros((n_runs, len(plan.reach), 2)),
        gifts=np.zeros((n_runs, FIFTHS, 3)),
        sizes=np.zeros((n_runs, GIFT_BINS, 2)),
        weekly=np.zeros((n_runs, weeks, 2)),
        ends=np.zeros((n_runs, 2)),
    )


def run_campaigns(
    plan: CampaignPlan, weeks: int, seed: int, lucks: Ints, work: Workspace | None = None
) -> CampaignTape:
    """Return the tape of one plan run once for each replicate number.

    Args:
        plan: what to run.
        weeks: weeks of a run.
        seed: root seed, 0 to 2**64 - 1.
        lucks: ``(R,)`` replicate numbers, unique over scenarios.
        work: working memory to use again; made if not given. Its log, as far as it reaches, is that of the last run.
    """
    work = make_campaign_workspace(plan, weeks) if work is None else work
    tape = make_campaign_tape(plan, weeks, len(lucks))
    run_all(plan, work, np.uint64(seed), lucks, int(weeks), *tape)
    return tape
