"""Small estates, places with campaigns and uptakes in which the commons twins are held against the kernels."""

from collections.abc import Mapping
from random import Random
from typing import Any

import numpy as np

from remit.kernel.alias import alias_table
from remit.kernel.commons import campaign_layout as campaigns
from remit.kernel.commons import estate_layout as estates
from remit.kernel.commons import uptake_layout as uptakes
from remit.kernel.commons.estate_layout import COUNCIL, GIVERS, GRANTS, USERS, Asset, EstatePlan, Income

Numbers = Mapping[str, float]
ALWAYS = {"ON": 1, "END": 1e6, "INDEX": 1, "RENEW": 1, "STAYS": 1}
EVEN = ((0, 0, 0),) * 5


def filled(columns: Any, numbers: Numbers) -> list[float]:
    """Return a row with some columns filled, the others 0; an unknown name is a mistake."""
    row = [0.0] * len(columns)
    for name, value in numbers.items():
        row[columns[name]] = float(value)
    return row


def make_estate(
    numbers: Numbers,
    streams: list[Numbers],
    assets: list[Numbers],
    givers: Any = EVEN,
    volunteers: Any = ((0, 0),) * 5,
) -> EstatePlan:
    """Return an estate; volunteers share their hours evenly over assets, more on the first for fifth 0."""
    share = np.full((len(assets), 5), 1.0 / max(1, len(assets)))
    if len(assets) > 1:
        share[0, 0] += 0.5 * share[1, 0]
        share[1, 0] *= 0.5
    return EstatePlan(
        scalars=np.array(filled(estates.Scalar, {"WAGE": 15, "SPEND": 0, "AVERAGE": 1} | dict(numbers))),
        streams=np.array([filled(Income, ALWAYS | dict(s)) for s in streams]).reshape(-1, len(Income)),
        assets=np.array([filled(Asset, {"SIZE": 1} | dict(a)) for a in assets]).reshape(-1, len(Asset)),
        givers=np.array(givers, float),
        volunteers=np.array(volunteers, float),
        volunteer_share=share,
    )


ECONOMY = {
    "INFLATION_MEAN": 0.025,
    "INFLATION_PHI": 0.6,
    "INFLATION_SIGMA": 0.012,
    "INFLATION_START": 0.04,
    "WAGE_MEAN": 0.008,
    "WAGE_PHI": 0.3,
    "WAGE_SIGMA": 0.01,
    "WAGE_WITH": -0.4,
    "RETURN_MEAN": 0.035,
    "RETURN_SIGMA": 0.12,
    "RETURN_WITH": -0.2,
}
LAND = {"OPEN_WEIGHT": 0.2, "NEGLECT": 1.5}
PARK = {"SIZE": 12, "HOURS": 30, "MATERIALS": 90, "START": 0.7, "RECOVER": 0.03, "DECAY": 0.02}
PARK = PARK | {"RATE": 1.5, "COST": 4000, "COST_SIGMA": 0.9}
GREEN = {"SIZE": 3, "HOURS": 8, "MATERIALS": 10, "START": 0.5, "RECOVER": 0.05, "DECAY": 0.03, "RATE": 0.4}
GREEN = GREEN | {"COST": 900, "PERIODIC": 6000, "PERIOD": 70, "FIRST_DUE": 9}
BANK = {"SIZE": 5, "MATERIALS": 60, "START": 0.9, "RECOVER": 0.02, "DECAY": 0.01}
BANK = BANK | {"PERIODIC": 15000, "PERIOD": 156, "FIRST_DUE": 60}
LANDS = [PARK, GREEN, BANK]  # about 39,000 pounds of routine a year, 12,000 of repairs
FEE = {
    "PAYER": USERS,
    "AMOUNT": 9000,
    "SIGMA": 0.2,
    "PHI": 0.5,
    "LOOKS": 0.8,
    "GROWTH": 0.01,
    "RAISING": 0.05,
}
BUDGET = {"PAYER": COUNCIL, "AMOUNT": 40000}
WON = {"PAYER": GRANTS, "AMOUNT": 11000, "WINS": 0.8, "LASTS": 75, "RAISING": 0.1, "RENEW": 0.9}
PEOPLE = ((20, 0.2, 30), (30, 0.3, 45), (40, 0.4, 60), (55, 0.8, 90), (60, 1.2, 130))
HANDS = ((10, 0.2), (8, 0.2), (12, 0.3), (9, 0.4), (3, 0.1))
GIVING = {
    "LAPSE": 0.008,
    "GIFT_INDEX": 0.7,
    "TO_FUND": 0.3,
    "GIVERS_RAISING": 0.15,
    "GIVERS_START": 5,
    "VOLUNTEER_LAPSE": 0.01,
    "VOLUNTEERS_START": 11,
    "VOLUNTEER_HOURS": 1.5,
    "VOLUNTEER_WORTH": 0.6,
    "SUPERVISION": 2.5,
}
FREE = {
    "INDEPENDENT": 1,
    "FIXED": 6000,
    "KEEP": 0.1,
    "DRAW": 0.3,
    "PROVISION": 9000,
    "LEAST": 0.3,
    "HOLD": 2500,
}
FALLEN = {
    "GUARANTEE": 0.7,
    "STEP_IN": 8000,
    "FALLBACK": 30000,
    "FALLBACK_GROWTH": -0.02,
    "FALLBACK_INDEX": 0.8,
    "FALLBACK_LEAST": 0.4,
    "FALLBACK_FIXED": 2000,
}
RICH = {"CAPITAL": 600000, "FEE": 0.006}

ESTATES = {
    "council in plenty": make_estate(
        ECONOMY | LAND | {"LEAST": 0.2, "DRAW": 0.5, "CARRY": 0.1, "FIXED": 3000, "START_RESERVES": 5000},
        [BUDGET | {"AMOUNT": 60000}, FEE],
        LANDS,
    ),
    "council in need": make_estate(
        ECONOMY | LAND | {"LEAST": 0.8, "OPTIMISM": 0.1, "PROVISION": 5000, "HOLD": 1e9},
        [BUDGET | {"AMOUNT": 25000, "GROWTH": -0.04, "INDEX": 0.5}, FEE, WON],
        LANDS,
        volunteers=HANDS,
    ),
    "fixed spending": make_estate(
        ECONOMY | LAND | GIVING | FREE | RICH | {"SPEND": 22000, "START_RESERVES": 30000, "BORROW": 1e7},
        [FEE | {"RAMP": 30, "START": 4}, BUDGET | {"END": 120, "TAPER": 40, "AMOUNT": 20000}],
        LANDS,
        PEOPLE,
        HANDS,
    ),
    "share of an average": make_estate(
        ECONOMY
        | LAND
        | GIVING
        | FREE
        | RICH
        | {
            "RULE": 1,
            "SPEND": 0.045,
            "AVERAGE": 3,
            "BORROW": 20000,
            "INTEREST": 0.07,
            "CAPITAL_PAYER": GIVERS,
        }
        | {"OPTIMISM": 0.1},
        [FEE | {"CAP": 8500, "RENEW": 0.7}, WON | {"WINS": 1.5}, BUDGET | {"AMOUNT": 9000, "RENEW": 0.8}],
        LANDS,
        PEOPLE,
        HANDS,
    ),
    "with prices and a floor": make_estate(
        ECONOMY
        | LAND
        | FREE
        | FALLEN
        | {"CAPITAL": 90000, "RULE": 2, "SPEND": 30000, "FLOOR": 0.2, "INTEREST": 0.1}
        # the fund runs down, debts grow, the council takes over
        | {"BORROW": 15000, "START_RESERVES": 8000, "LEAST": 0.7},
        [FEE | {"START": 20, "STAYS": 0}, BUDGET | {"AMOUNT": 9000, "STAYS": 0}],
        LANDS,
    ),
    "handed back": make_estate(
        ECONOMY
        | LAND
        | GIVING
        | FREE
        | FALLEN
        | {"LEAST": 0.9, "OPTIMISM": 0.3, "BORROW": 3000, "INTEREST": 0.1},
        [
            BUDGET | {"AMOUNT": 12000, "STAYS": 0},
            FEE,
            WON | {"STAYS": 0},
            {"ON": 0, "AMOUNT": 5000, "PAYER": USERS},
        ],
        LANDS,
        PEOPLE,
        HANDS,
    ),
    "nothing at all": make_estate({}, [], []),
}


def random_estate(seed: int) -> EstatePlan:
    """Return an estate with everything somewhere between the small ones."""
    draw = Random(seed)
    numbers = ECONOMY | LAND | GIVING | FREE | FALLEN | RICH
    numbers = {name: value * draw.uniform(0.5, 1.5) for name, value in numbers.items()}
    numbers |= {"INDEPENDENT": draw.random() < 0.7, "RULE": draw.randrange(3), "AVERAGE": draw.randint(1, 4)}
    numbers |= {
        "SPEND": 0.05 if numbers["RULE"] == 1 else 25000,
        "FLOOR": 0.02,
        "BORROW": draw.choice([0, 5e3, 5e4]),
    }
    numbers |= {
        "GIVERS_START": draw.randint(0, 60),
        "VOLUNTEERS_START": draw.randint(0, 60),
        "GUARANTEE": 0.6,
    }
    numbers |= {"LEAST": draw.choice([0.1, 0.5, 0.9]), "OPTIMISM": draw.uniform(0, 0.4), "INTEREST": 0.08}
    numbers |= {
        "CAPITAL": draw.choice([0, 5e4, 5e5]),
        "CAPITAL_PAYER": draw.randrange(5),
        "CARRY": draw.random(),
    }
    streams = []
    for like in (FEE, BUDGET, WON, FEE, BUDGET):
        stream = like | {"ON": draw.random() < 0.8, "STAYS": draw.random() < 0.5, "PAYER": draw.randrange(5)}
        if "WINS" in like:  # what a grant that stopped would have paid is left open
            stream |= {"PAYER": GRANTS}
        stream |= {
            "START": draw.choice([0, draw.randint(0, 150)]),
            "END": draw.choice([1e6, draw.randint(60, 300)]),
        }
        stream |= {
            "RAMP": draw.choice([0, 40]),
            "TAPER": draw.choice([0, 30]),
            "RENEW": draw.uniform(0.7, 1.1),
        }
        streams.append(
            stream | {"CAP": draw.choice([0, 9000]), "AMOUNT": like["AMOUNT"] * draw.uniform(0.2, 1.3)}
        )
    return make_estate(numbers, streams, LANDS, PEOPLE, HANDS)


def make_place(numbers: Numbers, match_share: Any = (0.5,) * 5) -> campaigns.CampaignPlan:
    """Return a place of three zones whose projects are paid for by panel, campaign or share offer."""
    weights = np.array([[3, 2, 1, 1, 0], [1, 2, 2, 1, 1], [0, 1, 1, 3, 4]], float)
    keep, alias = alias_table(weights.ravel())
    givers = np.array([[3, 2, 2, 2, 1], [1, 1, 2, 2, 2], [1, 1, 1, 3, 6]], float)
    return campaigns.CampaignPlan(
        scalars=np.array(filled(campaigns.Scalar, IDEAS | dict(numbers))),
        cell_keep=keep,
        cell_alias=alias,
        forward=np.array([[0.5, 0.6, 0.7, 0.8, 0.9], [0.4, 0.5, 0.7, 0.9, 1.0], [0.8] * 5]),
        match_share=np.array(match_share, float),
        network_factor=np.array([0.7, 0.8, 1.0, 1.2, 1.5]),
        gift_factor=np.array([0.5, 0.7, 1.0, 1.2, 1.8]),
        reach=np.array([0.6, 1.0, 1.7]),
        givers=np.cumsum(givers / givers.sum(axis=1, keepdims=True), axis=1),
    )


IDEAS = {
    "IDEAS": 1.3,
    "COST_MEAN": 3000,
    "COST_SIGMA": 0.8,
    "COST_LEAST": 500,
    "COST_MOST": 60000,
    "APPEAL_SIGMA": 0.6,
    "NETWORK_MEAN": 60,
    "NETWORK_SIGMA": 0.7,
    "SHARES_LEAST": 8000,
    "POT": 30000,
    "ACCEPT": 0.6,
    "GRANT_MOST": 7000,
    "LEAD": 2,
    "WEEKS": 6,
    "FEE": 0.06,
    "FRIENDS": 0.3,
    "EARLY": 1.5,
    "CROWD": 6,
    "MOMENTUM": 1.2,
    "SURGE": 1.8,
    "GIFT_MEAN": 40,
    "GIFT_SIGMA": 0.9,
    "GIFT_LEAST": 3,
    "GIFT_MOST": 900,
    "OVER": 1.2,
    "DELIVER": 0.9,
    "LATE": 0.4,
    "OFFICER_PANEL": 400,
    "OFFICER_CAMPAIGN": 150,
    "OFFICER_OFFER": 700,
}
MATCHED = {"MATCH_ON": 1, "MATCH_MOST": 3000, "THRESHOLD": 0.25, "MATCH_RESPONSE": 0.2, "MATCH_SIZE": 0.15}
OFFERS = {
    "SHARES_ON": 1,
    "SHARE_WEEKS": 9,
    "SHARE_CROWD": 4,
    "SHARE_MEAN": 350,
    "SHARE_SIGMA": 0.7,
    "SHARE_SIZE_LEAST": 50,
    "SHARE_SIZE_MOST": 5000,
    "MINIMUM": 0.7,
    "SHARE_MEMBERS": 20,
    "BOOSTER": 0.5,
    "BOOSTER_MOST": 6000,
    "FAIL": 0.004,
    "INTEREST": 0.04,
    "WITHDRAW": 0.15,
}
PLACES = {
    "panel": make_place({"PANEL_ON": 1}),
    "panel without a pot": make_place({"PANEL_ON": 1, "POT": 0}),
    "crowd": make_place({"CROWD_ON": 1, "PANEL_ON": 1, "LEAD": 0}),
    "match, more for the deprived": make_place({"CROWD_ON": 1} | MATCHED, (1.0, 0.75, 0.5, 0.25, 0.0)),
    "match, small pot": make_place({"CROWD_ON": 1, "POT": 6000, "CROWD": 4, "WEEKS": 9} | MATCHED),
    "keep it": make_place({"CROWD_ON": 1, "KEEP": 1, "KEEP_LEAST": 0.3, "CROWD": 2, "POT": 20000} | MATCHED),
    "shares": make_place({"PANEL_ON": 1} | OFFERS),
    "all together": make_place({"CROWD_ON": 1, "IDEAS": 3.0, "CROWD": 4} | MATCHED | OFFERS),
    "no ideas": make_place({"CROWD_ON": 1, "IDEAS": 0}),
}


def random_place(seed: int) -> campaigns.CampaignPlan:
    """Return a place with everything somewhere around the others."""
    draw = Random(seed)
    switches = {"CROWD_ON", "PANEL_ON", "SHARES_ON", "MATCH_ON", "KEEP"}
    numbers = IDEAS | MATCHED | OFFERS | {"PANEL_ON": 1, "CROWD_ON": 1, "KEEP": 1, "KEEP_LEAST": 0.5}
    whole = {"LEAD", "WEEKS", "SHARE_WEEKS", "SHARE_MEMBERS"}
    for name, value in numbers.items():
        if name in switches:
            numbers[name] = draw.random() < 0.7
        else:
            scaled = value * draw.uniform(0.5, 1.5)
            numbers[name] = round(scaled) if name in whole else scaled
    return make_place(numbers | {"FEE": draw.uniform(0, 0.1)}, [draw.random() for _ in range(5)])


def make_uptake(
    *segments: tuple[int, Numbers], innovate: Any = None, people: Any = None
) -> uptakes.UptakePlan:
    """Return an uptake; each segment is its first week and its numbers."""
    start = [[400, 150, 0], [500, 120, 10], [600, 90, 25], [700, 60, 0], [800, 30, 60]]
    return uptakes.UptakePlan(
        segment_weeks=np.array([week for week, _ in segments], np.int64),
        scalars=np.array([filled(uptakes.Scalar, USED | dict(numbers)) for _, numbers in segments]),
        innovate=np.array(innovate or [[0.001, 0.002, 0.003, 0.004, 0.006]] * len(segments), float),
        people=np.array(people or start, float),
    )


USED = {
    "IMITATE": 0.09,
    "ACTIVE_SHARE": 0.6,
    "CHURN": 0.02,
    "CHURN_QUALITY": 1.5,
    "CHURN_NONE": 0.3,
    "RETURN": 0.01,
    "QUALITY_START": 0.8,
    "QUALITY_RATE": 0.02,
    "UPKEEP": 0.6,
    "MAKERS": 2,
    "BEGIN": 0.02,
    "DRAWN": 4,
    "FAIL": 0.01,
    "HALF": 1,
    "USES": 2,
    "MINUTES": 3.5,
}
UPTAKES = {
    "spreads": make_uptake((0, {})),
    "makers die out": make_uptake((0, {"BEGIN": 0, "FAIL": 0.06})),
    "makers come back": make_uptake((0, {"BEGIN": 0.01, "FAIL": 0.08, "MAKERS": 1, "HALF": 0, "DRAWN": 0})),
    "two segments": make_uptake(
        (0, {"UPKEEP": 0.9}),
        (40, {"UPKEEP": 0.2, "QUALITY_RATE": 0.1, "CHURN": 0.05, "USES": 1}),
        innovate=[[0.001] * 5, [0.0, 0.01, 0.0, 0.02, 0.03]],
    ),
    "many people": make_uptake((0, {"MAKERS": 60, "BEGIN": 2.5}), people=[[60000, 9000, 500]] * 5),
    "nobody": make_uptake((0, {"MAKERS": 0}), people=[[0, 5, 0]] * 5),
}


def random_uptake(seed: int) -> uptakes.UptakePlan:
    """Return an uptake with everything somewhere around the others."""
    draw = Random(seed)

    def numbers() -> dict[str, float]:
        changed = {name: value * draw.uniform(0.3, 1.4) for name, value in USED.items()}
        held = {name: min(changed[name], 1.0) for name in ("ACTIVE_SHARE", "QUALITY_START", "UPKEEP")}
        return changed | held | {"MAKERS": draw.randrange(5), "HALF": draw.choice([0, 0.5, 3])}

    return make_uptake((0, numbers()), (draw.randint(1, 50), numbers()), (60, numbers()))
