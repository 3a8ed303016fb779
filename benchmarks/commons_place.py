"""A town's commons for the benchmark: 60 parks kept by an independent body, and a year of 500 campaigns."""

import numpy as np

from remit.kernel.commons.campaign_layout import CampaignPlan
from remit.kernel.commons.estate_layout import BUSINESSES, COUNCIL, GRANTS, USERS, EstatePlan
from twin.commons_worlds import make_estate, make_place

YEARS = 40
WEEKS = 52 * YEARS
ASSETS = 60
ECONOMY = {
    "INFLATION_MEAN": 0.022,
    "INFLATION_PHI": 0.6,
    "INFLATION_SIGMA": 0.01,
    "INFLATION_START": 0.03,
    "WAGE_MEAN": 0.008,
    "WAGE_PHI": 0.3,
    "WAGE_SIGMA": 0.01,
    "WAGE_WITH": -0.3,
    "RETURN_MEAN": 0.035,
    "RETURN_SIGMA": 0.12,
    "RETURN_WITH": -0.2,
}
BODY = {
    "INDEPENDENT": 1,
    "START_RESERVES": 600e3,
    "FIXED": 120e3,
    "LEAST": 0.75,
    "OPTIMISM": 0.03,
    "KEEP": 0.2,
    "DRAW": 0.3,
    "PROVISION": 230e3,
    "HOLD": 50e3,
    "BORROW": 250e3,
    "INTEREST": 0.06,
    "GUARANTEE": 0.8,
    "STEP_IN": 300e3,
    "FALLBACK": 500e3,
    "FALLBACK_INDEX": 0.8,
    "FALLBACK_LEAST": 0.4,
    "FALLBACK_FIXED": 60e3,
    "CARRY": 0.05,
    "WAGE": 15.0,
    "OPEN_WEIGHT": 0.1,
    "NEGLECT": 1.0,
    "CAPITAL": 5e6,
    "RULE": 1,
    "SPEND": 0.04,
    "AVERAGE": 3,
    "FEE": 0.005,
    "LAPSE": 0.003,
    "GIFT_INDEX": 0.8,
    "TO_FUND": 0.1,
    "GIVERS_RAISING": 0.15,
    "VOLUNTEER_LAPSE": 0.005,
    "VOLUNTEER_HOURS": 1.5,
    "VOLUNTEER_WORTH": 0.5,
    "SUPERVISION": 2.0,
}
STREAMS: list[dict[str, float]] = [
    {"PAYER": COUNCIL, "AMOUNT": 230e3, "GROWTH": -0.005, "INDEX": 0.9, "STAYS": 0},
    {"PAYER": BUSINESSES, "AMOUNT": 420e3, "SIGMA": 0.1, "PHI": 0.7, "STAYS": 1},
    {"PAYER": USERS, "AMOUNT": 330e3, "SIGMA": 0.12, "PHI": 0.4, "LOOKS": 0.4, "RAISING": 0.05, "STAYS": 1},
    {
        "PAYER": USERS,
        "AMOUNT": 180e3,
        "SIGMA": 0.2,
        "LOOKS": 0.6,
        "GROWTH": 0.008,
        "RAISING": 0.1,
        "STAYS": 1,
    },
    {"PAYER": BUSINESSES, "AMOUNT": 60e3, "SIGMA": 0.3, "PHI": 0.5, "GROWTH": 0.008, "STAYS": 0},
    {"PAYER": GRANTS, "AMOUNT": 30e3, "WINS": 4.0, "LASTS": 104, "RAISING": 0.1, "STAYS": 0},
]
ASSET_ROWS = [
    {
        "SIZE": 1.0 + i % 7,
        "HOURS": 10.0 + 4.0 * (i % 7),
        "MATERIALS": 40.0 + 5.0 * (i % 5),
        "START": 0.7,
        "RECOVER": 0.02,
        "DECAY": 0.015,
        "RATE": 0.5,
        "COST": 5000.0,
        "COST_SIGMA": 0.9,
        "PERIODIC": 30e3 if i % 2 else 0.0,
        "PERIOD": 780 if i % 2 else 0,
        "FIRST_DUE": 13 * i,
    }
    for i in range(ASSETS)
]
GIVERS = [(150.0, 0.5, 40.0), (250.0, 0.8, 50.0), (400.0, 1.2, 60.0), (500.0, 1.5, 70.0), (700.0, 2.1, 90.0)]
VOLUNTEERS = [(30.0, 0.15), (40.0, 0.2), (60.0, 0.3), (60.0, 0.3), (40.0, 0.2)]
YEAR = 52
PROJECTS = {
    "IDEAS": 15.1,
    "CROWD_ON": 1,
    "COST_MEAN": 4000.0,
    "POT": 200e3,
    "MATCH_ON": 1,
    "MATCH_MOST": 2500.0,
    "THRESHOLD": 0.25,
    "MATCH_RESPONSE": 0.2,
    "MATCH_SIZE": 0.1,
    "CROWD": 7.0,
}
MATCH_SHARE = 0.5


def estate() -> EstatePlan:
    """Return the parks as a plan."""
    plan = make_estate(BODY | ECONOMY, STREAMS, ASSET_ROWS, GIVERS, VOLUNTEERS)
    return plan._replace(volunteer_share=np.full((ASSETS, 5), 1.0 / ASSETS))


def projects() -> CampaignPlan:
    """Return the campaigns as a plan: about 500 begin in a year of 52 weeks."""
    return make_place(PROJECTS, [MATCH_SHARE] * 5)
