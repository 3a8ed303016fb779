"""Small caseload worlds in which the twin is held against the kernel."""

from typing import Any

import numpy as np

from caseloads import make_caseload
from remit.kernel.caseload.layout import Plan

PEOPLE = {
    "INITIAL_CLIENTS": 20,
    "HOURS_SIGMA": 0.6,
    "HOURS_LEAST": 1.0,
    "HOURS_MOST": 40.0,
    "COMPLEX_SHARE": 0.3,
    "COMPLEX_HOURS": 1.5,
    "CARER_CEILING": 18,
    "CARER_HOURS_SIGMA": 0.4,
    "RESERVATION_SIGMA": 0.2,
    "WISH_MOST": 0.3,
    "PRICE_SIGMA": 0.15,
}
LIVES = {
    (0, 1): 0.02,
    (0, 3): 0.03,
    (0, 4): 0.005,
    (0, 5): 0.01,
    (1, 0): 0.02,
    (1, 3): 0.05,
    (1, 5): 0.02,
    (2, 0): 0.05,
    (2, 6): 0.1,
    (3, 0): 0.3,
    (3, 1): 0.1,
    (3, 2): 0.1,
    (3, 4): 0.05,
    (3, 5): 0.05,
}
STAFFED = {"START_SHARE": 0.8, "LEAVE_HAZARD": 0.02, "JOIN_HAZARD": 0.1, "CHANGE_CARER": 0.1}
HARD = {
    "SHORT_EFFECT": 0.8,
    "ASSESS_PER_WEEK": 0.8,
    "COMPLEX_FIRST": 1,
    "GRANT_DELAY_WEEKS": 2,
    "GRANT_STEP_HOURS": 0.5,
    "GRANT_SHARE": 0.95,
    "HOURS_FACTOR": 0.9,
    "MARKET_GRANT_DELAY_WEEKS": 1,
    "MARKET_GRANT_STEP_HOURS": 0.75,
    "MARKET_GRANT_SHARE": 1.05,
    "REVIEW_WEEKS": 6,
    "NEED_SHARE": 0.9,
    "POSTS": 14,
    "REST_WEEKS": 3,
    "MIN_VISIT_MINUTES": 30,
    "TOUR_K": 0.9,
    "TRAVEL_MOST": 0.6,
    "LEAVE_PAY": -1.0,
    "LEAVE_TRAVEL": 1.0,
    "LEAVE_INSECURE": 0.3,
    "LEAVE_DISCRETION": -0.4,
    "LEAVE_CONTINUITY": -0.5,
    "LEAVE_STAKE": -0.2,
    "LEAVE_OVERLOAD": 2.0,
}
STRICT = {
    "HOURLY": 10.5,
    "SECURE_SHARE": 0.5,
    "TRAVEL_PAID": 0.4,
    "SICK_SHARE": 0.05,
    "OVERTIME_SHARE": 0.1,
    "OVERBOOK_SHARE": 0.08,
    "LAG_WEEKS": 2,
    "TRAINING_WEEKS": 1,
    "DISCRETION": 0.5,
    "STAKE": 0.3,
    "CHANGE_CLIENT": 0.02,
    "CLIENT_PAYS": 0.2,
}
OPEN = {
    "HOURLY": 14.0,
    "COMMISSION": 0.2,
    "CLIENT_FEE": 0.1,
    "START_SHARE": 0.6,
    "LEAVE_HAZARD": 0.02,
    "JOIN_HAZARD": 0.1,
    "CHANGE_CLIENT": 0.03,
    "CHANGE_CARER": 0.02,
    "SECURE_SHARE": 0.0,
    "SICK_SHARE": 0.03,
    "LAG_WEEKS": 1,
}
CHOOSY = {
    "MARKET_SHARE": 1.0,
    "LOOKS_A_WEEK": 3,
    "REACH_ZONES": 1,
    "ACCEPT_CLIENT": 0.8,
    "ACCEPT_CARER": 0.7,
    "PRICE_EFFECT": 1.0,
    "KM_EFFECT_CLIENT": 0.05,
    "KM_EFFECT_CARER": 0.05,
    "HOURS_EFFECT": 0.5,
    "PRICE_ELASTICITY": 0.1,
    "CANNOT_DIRECT_SHARE": 0.3,
    "SUPPORTED_SHARE": 0.3,
    "SWITCH_FACTOR": 0.5,
}
TEAMS = {"PROVIDER_ROUTE": 1, "TEAM_CAP": 4, "TEAM_CLIENTS": 12}
DAY = ((0.4, 0.2, 0.2, 0.2), (0.6, 0.0, 0.1, 0.3))
ROUND = ((0.25, 0.25, 0.25, 0.25), (0.7, 0.3, 0.0, 0.0), (0.0, 0.1, 0.4, 0.5))


def world(**kwargs: Any) -> Plan:
    """Return a world of three zones with lives and patterns of the day."""
    given = {
        "births": np.linspace(0.5, 2.0, 52),
        "zones": 3,
        "world": PEOPLE,
        "hazards": LIVES,
        "complex_factor": 1.5,
        "growth": (0.0, 0.02, -0.03),
        "first": (0.5, 0.3, 0.2),
        "client_bands": DAY,
        "carer_bands": ROUND,
        "areas": (10.0, 20.0, 30.0),
        "patches": (0, 0, 1),
        "neighbours": np.array([[1, 2], [0, -1], [1, 0]]),
    }
    return make_caseload(**(given | kwargs))


SOFT = HARD | {"ASSESS_PER_WEEK": 10}
WORLDS = {
    "plain rota": world(provider=STAFFED, scalars={"POSTS": 14}),
    "hard rota": world(provider=STAFFED | STRICT, scalars=HARD),
    "posts follow hours": world(
        provider=STAFFED | STRICT, scalars=HARD | {"POSTS": 1, "POSTS_PER_HOUR": 0.04}
    ),
    "teams": world(provider=STAFFED | STRICT, scalars=HARD | TEAMS | {"TEAM_CAP": 2}),
    "one patch": world(provider=STAFFED, scalars=SOFT | TEAMS | {"TEAM_CAP": 3}, patches=(0, 0, 0)),
    "market": world(platform=OPEN, scalars=SOFT | CHOOSY | {"CANNOT_DIRECT_SHARE": 0}),
    "mixed": world(provider=STAFFED | STRICT, platform=OPEN, scalars=SOFT | CHOOSY | {"MARKET_SHARE": 0.5}),
    "mixed teams": world(
        provider=STAFFED, platform=OPEN, scalars=SOFT | CHOOSY | TEAMS | {"MARKET_SHARE": 0.6, "TEAM_CAP": 1}
    ),
    "dated changes": world(
        segment_weeks=(0, 12, 25, 40),
        provider=[STAFFED, STAFFED | {"LEAVE_HAZARD": 0.3}, STAFFED | STRICT, STAFFED],
        platform=OPEN,
        scalars=[
            SOFT | {"POOL_PEOPLE": 14},
            SOFT | CHOOSY | {"MARKET_SHARE": 0.7},
            SOFT | CHOOSY | TEAMS | {"MARKET_SHARE": 0.1, "POOL_PEOPLE": 17, "TEAM_CAP": 1},
            SOFT | {"NEED_SHARE": 0.5},
        ],
    ),
}
LIFE = "START GRANT MATCH LOSE HIRE LEAVE GO_TO_HOSPITAL BACK MOVE DIE RECOVER CHANGE"
SHOWN = {
    "plain rota": LIFE + " ASSESS",
    "hard rota": LIFE + " ASSESS REVIEW NOT_ARISEN BEGIN",
    "posts follow hours": "HIRE LEAVE",
    "teams": LIFE + " SPLIT REVIEW",
    "one patch": "SPLIT MATCH",
    "market": "MATCH LOSE HIRE LEAVE BEGIN",
    "mixed": "MATCH LOSE HIRE LEAVE",
    "mixed teams": "MATCH SPLIT",
    "dated changes": "MATCH LOSE LEAVE HIRE",
}


def some(rng: np.random.Generator, *layers: dict[str, float]) -> dict[str, float]:
    """Return some of the entries of the layers, each kept with its layer's chance."""
    kept: dict[str, float] = {}
    for layer in layers:
        kept |= {name: value for name, value in layer.items() if rng.random() < 0.7}
    return kept


def random_caseload(seed: int) -> Plan:
    """Return a random small world."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 4))
    layers = [{}, TEAMS, CHOOSY | {"MARKET_SHARE": float(rng.random())}]
    return world(
        segment_weeks=sorted({0, *rng.integers(1, 40, n - 1).tolist()}),
        provider=some(rng, STAFFED, STRICT),
        platform=some(rng, OPEN) | {"START_SHARE": 0.5},
        scalars=some(rng, HARD)
        | {"POSTS": float(rng.integers(0, 20))}
        | some(rng, layers[rng.integers(3)], layers[rng.integers(3)]),
        world=some(rng, PEOPLE)
        | {"INITIAL_CLIENTS": int(rng.integers(0, 30)), "CARER_CEILING": int(rng.integers(0, 30))},
        complex_factor=float(rng.choice([0.0, 1.0, 2.0])),
    )
