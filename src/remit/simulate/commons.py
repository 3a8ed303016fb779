"""The commons family simulated: the engine that a brief is about, and what came out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from remit.briefs.brief import Brief
from remit.ground.faults import fail
from remit.kernel.commons.campaign_batch import make_campaign_workspace, run_campaigns
from remit.kernel.commons.campaign_layout import CampaignPlan
from remit.kernel.commons.estate import run_estate
from remit.kernel.commons.estate_layout import EstatePlan
from remit.kernel.commons.uptake import run_uptake
from remit.kernel.layout import Ints
from remit.mechanism.cost import YearlyCost
from remit.mechanism.values import Lowered
from remit.simulate.adoption import adoption_rows
from remit.simulate.estate import estate_rows, overflowed, weeks_of
from remit.simulate.projects import project_rows, tail_of
from remit.simulate.rows import RunRows


@dataclass
class Room:
    """Room for a log of events, where one is asked for; the engines need no other memory from run to run."""

    log: Ints = field(default_factory=lambda: np.zeros((0, 4), np.int64))


def run(
    lowered: Lowered,
    brief: Brief,
    seed: int,
    lucks: Sequence[int],
    cost: YearlyCost,
    work: Room | None,
    everyone_only: bool = False,
) -> tuple[RunRows, Room]:
    """Return the outcomes of one plan for each replicate number, and the room for a log to use again.

    Raises:
        Faults: SIM001 if more repairs or campaigns are at hand at once than there is room for.
    """
    plan, weeks, numbers = lowered.plan, weeks_of(brief), np.asarray(lucks, np.int64)
    room = Room() if work is None else work
    if isinstance(plan, EstatePlan):
        estate = run_estate(plan, weeks, seed, numbers)
        if overflowed(estate):
            raise fail("SIM001", "more repairs waiting than the averages leave room for")
        return estate_rows(estate, lowered, brief, cost, everyone_only), room
    if isinstance(plan, CampaignPlan):
        whole = weeks + tail_of(plan)
        held = make_campaign_workspace(plan, whole, log_rows=len(room.log))
        campaigns = run_campaigns(plan, whole, seed, numbers, held)
        room.log = held.log
        if campaigns.ends[:, 1].any():
            raise fail("SIM001", "more campaigns at once than the averages leave room for")
        return project_rows(campaigns, lowered, brief, cost, everyone_only), room
    taken_up = run_uptake(plan, weeks, 0, seed, numbers)
    return adoption_rows(taken_up, lowered, brief, cost, everyone_only), room
