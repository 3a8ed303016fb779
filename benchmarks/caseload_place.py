"""A council's home care for the benchmark: 2,000 clients, 900 carers, a year after half a year of warm-up."""

import numpy as np

from caseloads import make_caseload
from remit.kernel.caseload.layout import Plan

WEEKS, WARM = 78, 26
ZONES = 12
BIRTHS = 24.0  # clients a week
WORLD = {
    "INITIAL_CLIENTS": 2000,
    "HOURS_MEAN": 13.0,
    "HOURS_SIGMA": 0.6,
    "HOURS_LEAST": 2.0,
    "HOURS_MOST": 70.0,
    "COMPLEX_SHARE": 0.2,
    "COMPLEX_HOURS": 1.6,
    "CARER_CEILING": 1500,
    "CARER_HOURS_MEAN": 31.0,
    "CARER_HOURS_SIGMA": 0.3,
    "RESERVATION_SIGMA": 0.1,
    "WISH_MOST": 0.1,
    "PRICE_SIGMA": 0.1,
}
SCALARS = {
    "SHORT_EFFECT": 0.3,
    "FAMILY_SHARE": 0.4,
    "ASSESS_PER_WEEK": 40,
    "GRANT_DELAY_WEEKS": 1,
    "GRANT_STEP_HOURS": 0.5,
    "REVIEW_WEEKS": 26,
    "LOCAL_WAGE": 11.5,
    "POSTS": 900,
    "REST_WEEKS": 4,
    "SWITCH_FACTOR": 0.1,
    "LEAVE_PAY": -1.0,
    "LEAVE_TRAVEL": 0.5,
    "LEAVE_CONTINUITY": -0.2,
    "LEAVE_OVERLOAD": 0.5,
    "MIN_VISIT_MINUTES": 30,
    "TOUR_K": 0.9,
    "LOOKS_A_WEEK": 4,
    "REACH_ZONES": 3,
    "ACCEPT_CLIENT": 0.7,
    "ACCEPT_CARER": 0.7,
    "PRICE_EFFECT": 1.0,
    "KM_EFFECT_CLIENT": 0.02,
    "KM_EFFECT_CARER": 0.02,
    "HOURS_EFFECT": 0.5,
    "PRICE_ELASTICITY": 0.02,
}
PROVIDER = {
    "HOURLY": 12.6,
    "SECURE_SHARE": 0.3,
    "TRAVEL_PAID": 0.3,
    "SICK_SHARE": 0.04,
    "OVERTIME_SHARE": 0.05,
    "OVERBOOK_SHARE": 0.05,
    "LEAVE_HAZARD": 0.007,
    "JOIN_HAZARD": 0.05,
    "LAG_WEEKS": 4,
    "TRAINING_WEEKS": 2,
    "START_SHARE": 1.0,
    "CHANGE_CLIENT": 0.01,
    "CHANGE_CARER": 0.05,
    "PRICE": 22.0,
    "CLIENT_PAYS": 0.2,
    "ONCOST": 0.2,
    "OVERHEAD": 4.0,
}
PLATFORM = {
    "HOURLY": 20.0,
    "SICK_SHARE": 0.04,
    "LEAVE_HAZARD": 0.006,
    "JOIN_HAZARD": 0.05,
    "LAG_WEEKS": 2,
    "START_SHARE": 1.0,
    "CHANGE_CLIENT": 0.01,
    "CHANGE_CARER": 0.01,
    "COMMISSION": 0.216,
    "CLIENT_PAYS": 0.2,
}
HAZARDS = {
    (0, 1): 0.01,
    (0, 3): 0.01,
    (0, 4): 0.002,
    (0, 5): 0.003,
    (1, 3): 0.02,
    (1, 4): 0.005,
    (1, 5): 0.008,
    (2, 0): 0.05,
    (2, 3): 0.01,
    (2, 6): 0.08,
    (3, 0): 0.3,
    (3, 1): 0.15,
    (3, 2): 0.1,
    (3, 4): 0.03,
    (3, 5): 0.05,
}
CLIENT_BANDS = ((0.4, 0.2, 0.2, 0.2), (0.5, 0.1, 0.1, 0.3), (0.3, 0.4, 0.2, 0.1))
CARER_BANDS = ((0.4, 0.2, 0.2, 0.2), (0.5, 0.3, 0.1, 0.1), (0.2, 0.1, 0.3, 0.4))


def council(route: int) -> Plan:
    """Return the council's plan for a route: 0 rota, 1 patch teams, 2 market."""
    around = np.array([[(z + d) % ZONES for d in (1, -1, 2, -2)] for z in range(ZONES)])
    return make_caseload(
        births=BIRTHS,
        zones=ZONES,
        world=WORLD,
        scalars=SCALARS
        | {"PROVIDER_ROUTE": float(route == 1)}
        | ({"MARKET_SHARE": 1.0, "POOL_PEOPLE": 1100} if route == 2 else {}),
        provider=PROVIDER | ({"START_SHARE": 0.0} if route == 2 else {}),
        platform=PLATFORM | ({} if route == 2 else {"START_SHARE": 0.0}),
        hazards=HAZARDS,
        complex_factor=1.3,
        growth=(0.0, 0.01, -0.03),
        first=(0.5, 0.3, 0.2),
        client_bands=CLIENT_BANDS,
        carer_bands=CARER_BANDS,
        areas=25.0,
        neighbours=around,
    )
