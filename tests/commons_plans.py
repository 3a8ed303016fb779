"""Small plans of the commons engines, made-up numbers, changed here and there."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from remit.kernel.alias import alias_table
from remit.kernel.commons import campaign_layout, uptake_layout
from remit.kernel.commons.campaign_batch import make_campaign_workspace, run_campaigns
from remit.kernel.commons.campaign_layout import CampaignPlan, CampaignTape
from remit.kernel.commons.uptake_layout import UptakePlan

PROJECTS = {
    "IDEAS": 10.0,
    "COST_MEAN": 4000.0,
    "COST_SIGMA": 0.7,
    "COST_LEAST": 200.0,
    "COST_MOST": 100_000.0,
    "APPEAL_SIGMA": 0.5,
    "NETWORK_MEAN": 200.0,
    "NETWORK_SIGMA": 0.6,
    "PANEL_ON": 0.0,
    "CROWD_ON": 1.0,
    "SHARES_ON": 0.0,
    "SHARES_LEAST": 20_000.0,
    "POT": 50_000.0,
    "ACCEPT": 0.6,
    "GRANT_MOST": 10_000.0,
    "LEAD": 3.0,
    "WEEKS": 6.0,
    "FEE": 0.05,
    "FRIENDS": 0.2,
    "EARLY": 2.0,
    "CROWD": 5.0,
    "MOMENTUM": 1.0,
    "SURGE": 2.0,
    "GIFT_MEAN": 45.0,
    "GIFT_SIGMA": 1.0,
    "GIFT_LEAST": 2.0,
    "GIFT_MOST": 2000.0,
    "OVER": 1.5,
    "KEEP": 0.0,
    "KEEP_LEAST": 0.5,
    "MATCH_ON": 0.0,
    "MATCH_MOST": 2500.0,
    "THRESHOLD": 0.25,
    "MATCH_RESPONSE": 0.2,
    "MATCH_SIZE": 0.1,
    "SHARE_WEEKS": 10.0,
    "SHARE_CROWD": 4.0,
    "SHARE_MEAN": 400.0,
    "SHARE_SIGMA": 0.8,
    "SHARE_SIZE_LEAST": 50.0,
    "SHARE_SIZE_MOST": 20_000.0,
    "MINIMUM": 0.6,
    "SHARE_MEMBERS": 20.0,
    "BOOSTER": 0.0,
    "BOOSTER_MOST": 10_000.0,
    "FAIL": 0.0,
    "BORN_UNTIL": 0.0,
    "INTEREST": 0.03,
    "WITHDRAW": 0.1,
    "DELIVER": 0.9,
    "LATE": 0.5,
    "OFFICER_PANEL": 300.0,
    "OFFICER_CAMPAIGN": 50.0,
    "OFFICER_OFFER": 500.0,
}
APP = {
    "IMITATE": 0.02,
    "ACTIVE_SHARE": 0.6,
    "CHURN": 0.01,
    "CHURN_QUALITY": 1.0,
    "CHURN_NONE": 0.5,
    "RETURN": 0.003,
    "QUALITY_START": 1.0,
    "QUALITY_RATE": 0.02,
    "UPKEEP": 0.8,
    "MAKERS": 5.0,
    "BEGIN": 0.05,
    "DRAWN": 10.0,
    "FAIL": 0.01,
    "HALF": 2.0,
    "USES": 1.5,
    "MINUTES": 4.0,
}
EVEN = np.full(5, 1.0)


def make_projects(zones: int = 3, cells: np.ndarray | None = None, **scalars: float) -> CampaignPlan:
    """Return a plan of campaigns: PROJECTS with some of its numbers changed, every idea coming forward."""
    assert set(PROJECTS) == {column.name for column in campaign_layout.Scalar}
    numbers = PROJECTS | scalars
    keep, alias = alias_table(np.ones(5 * zones) if cells is None else cells)
    return CampaignPlan(
        scalars=np.array([float(numbers[column.name]) for column in campaign_layout.Scalar]),
        cell_keep=keep,
        cell_alias=alias,
        forward=np.ones((3, 5)),
        match_share=np.full(5, 0.4),
        network_factor=EVEN.copy(),
        gift_factor=EVEN.copy(),
        reach=np.ones(zones),
        givers=np.tile(np.arange(1, 6) / 5.0, (zones, 1)),
    )


def make_app(
    *changes: Mapping[str, float],
    segment_weeks: tuple[int, ...] = (0,),
    reached: float = 2000.0,
    **first: float,
) -> UptakePlan:
    """Return a plan of uptake: APP changed by ``first``, each later segment changed further by its own numbers."""
    assert set(APP) == {column.name for column in uptake_layout.Scalar}
    rows = [APP | first]
    for change in changes:
        rows.append(rows[-1] | dict(change))
    assert len(rows) == len(segment_weeks)
    people = np.zeros((5, len(uptake_layout.Person)))
    people[:, uptake_layout.Person.REACHED] = reached
    people[:, uptake_layout.Person.OFFLINE] = 100.0
    people[:, uptake_layout.Person.ACTIVE_START] = 10.0
    return UptakePlan(
        segment_weeks=np.array(segment_weeks, np.int64),
        scalars=np.array([[float(row[column.name]) for column in uptake_layout.Scalar] for row in rows]),
        innovate=np.full((len(rows), 5), 0.002),
        people=people,
    )


class Ran(NamedTuple):
    """One run of a plan of campaigns, with its log."""

    tape: CampaignTape
    log: np.ndarray

    def rows(self, code: int) -> np.ndarray:
        """Return the log's rows of this code."""
        return self.log[self.log[:, 1] == code]

    def count(self, name: str) -> float:
        """Return a count over all fifths."""
        return float(self.tape.counts[0, :, campaign_layout.Count[name]].sum())


def run_projects(plan: CampaignPlan, weeks: int = 104, luck: int = 1, log_rows: int = 100_000) -> Ran:
    """Run a plan of campaigns once, keeping its log."""
    work = make_campaign_workspace(plan, weeks, log_rows)
    tape = run_campaigns(plan, weeks, 20240711, np.array([luck]), work)
    written = int((work.log[:, 1] > 0).sum())
    assert written < log_rows
    return Ran(tape, work.log[:written].copy())
