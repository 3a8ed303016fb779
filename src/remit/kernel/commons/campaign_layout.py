"""The shape of a campaigns plan and of what a run of it leaves behind: which number stands where."""

from enum import IntEnum
from typing import NamedTuple

from remit.kernel.commons.layout import Floats, Ints

PANEL, CAMPAIGN, OFFER = range(3)  # routes
ROUTES = 3
GIFT_BINS = 64  # of a gift's size: bin = floor(4 x log2(size) + 1e-9), held within 0 and 63


class Scalar(IntEnum):
    """Entries of ``CampaignPlan.scalars``."""

    IDEAS = 0  # a week
    COST_MEAN = 1
    COST_SIGMA = 2
    COST_LEAST = 3
    COST_MOST = 4
    APPEAL_SIGMA = 5
    NETWORK_MEAN = 6
    NETWORK_SIGMA = 7
    PANEL_ON = 8
    CROWD_ON = 9
    SHARES_ON = 10
    SHARES_LEAST = 11
    POT = 12  # a year
    ACCEPT = 13
    GRANT_MOST = 14
    LEAD = 15  # weeks
    WEEKS = 16
    FEE = 17
    FRIENDS = 18
    EARLY = 19
    CROWD = 20  # pledges a week and unit of reach
    MOMENTUM = 21
    SURGE = 22
    GIFT_MEAN = 23
    GIFT_SIGMA = 24
    GIFT_LEAST = 25
    GIFT_MOST = 26
    OVER = 27
    KEEP = 28
    KEEP_LEAST = 29
    MATCH_ON = 30
    MATCH_MOST = 31
    THRESHOLD = 32
    MATCH_RESPONSE = 33
    MATCH_SIZE = 34
    SHARE_WEEKS = 35
    SHARE_CROWD = 36
    SHARE_MEAN = 37
    SHARE_SIGMA = 38
    SHARE_SIZE_LEAST = 39
    SHARE_SIZE_MOST = 40
    MINIMUM = 41
    SHARE_MEMBERS = 42
    BOOSTER = 43
    BOOSTER_MOST = 44
    FAIL = 45  # weekly hazard
    INTEREST = 46  # a year
    WITHDRAW = 47  # a year
    DELIVER = 48
    LATE = 49
    OFFICER_PANEL = 50
    OFFICER_CAMPAIGN = 51
    OFFICER_OFFER = 52
    BORN_UNTIL = 53  # week from which on no idea is born; 0: none such


class CampaignPlan(NamedTuple):
    """All that the engine needs to run a place's projects."""

    scalars: Floats  # (len(Scalar),)
    cell_keep: Floats  # alias table over zone x 5 + fifth
    cell_alias: Ints
    forward: Floats  # (3, 5): share that comes forward, by route and fifth
    match_share: Floats  # (5,)
    network_factor: Floats  # (5,)
    gift_factor: Floats  # (5,) of the giver's fifth
    reach: Floats  # (Z,): people in reach of a zone's projects, weighted by distance and means
    givers: Floats  # (Z, 5): cumulative shares of the givers' fifths


class Count(IntEnum):
    """Columns of ``CampaignTape.counts``: by the fifth of the idea."""

    IDEAS = 0
    HELD = 1  # would not have ended before the run's end
    MISSED = 2  # taken by no route, or not come forward
    REFUSED = 3  # by the panel
    CAME = 4  # came forward: panel, campaign or offer
    STARTED = 5  # campaigns and offers begun
    SUCCEEDED = 6
    SMALLER = 7  # kept what was raised
    FAILED = 8
    FUNDED = 9  # grants, successes and smaller projects
    MADE = 10
    LATE = 11
    LOST = 12  # funded and not delivered
    WORTH = 13  # pounds of projects made
    GRANTS = 14  # pounds
    MATCH = 15  # pounds paid
    BOOSTER = 16
    COLLECTED = 17  # pounds of gifts collected, match apart
    FEES = 18
    SHARES = 19  # pounds of shares bought by people
    INTEREST = 20
    WITHDRAWN = 21
    INVESTORS_LOST = 22
    OFFICERS = 23
    ASKED = 24  # goals of campaigns and offers that ended, pounds
    FOLDED = 25  # share-funded businesses that failed before the run's end


class CampaignTape(NamedTuple):
    """What runs leave behind, one row a run."""

    counts: Floats  # (R, 5, len(Count)): by the fifth of the idea
    zones: Floats  # (R, Z, 2): projects made, and pounds of their worth
    gifts: Floats  # (R, 5, 3): by the giver's fifth: gifts collected, pounds collected, pounds of shares
    sizes: Floats  # (R, 64, 2): gifts collected by size: how many, pounds
    weekly: (
        Floats  # (R, W, 2): projects made by week of funding; pounds paid by the pot, a match when set aside
    )
    ends: Floats  # (R, 2): campaigns still running at the end (must be 0), 1 if there was no room


class Log(IntEnum):
    """Codes of the event log's second column; a row is week, code, idea, pounds rounded."""

    BORN = 1  # cost
    MISSED = 2  # 0
    HELD = 3  # 0
    REFUSED = 4  # cost
    GRANTED = 5  # cost
    BEGINS = 6  # goal, of a campaign or an offer
    SET_ASIDE = 7  # match
    SUCCEEDS = 8  # raised, match included
    FAILS = 9
    SMALLER = 10
    OFFER_SUCCEEDS = 11  # raised, booster included
    OFFER_FAILS = 12
    MADE = 13  # worth
    LOST = 14  # worth it would have had
    FOLDED = 15  # pounds that investors lost; written when the offer succeeds
