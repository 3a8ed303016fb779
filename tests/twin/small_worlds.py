"""Small worlds that each press on some rules of the response family, and random ones that press on all."""

from random import Random

import numpy as np

from remit.kernel.layout import Hour, Plan
from worlds import make_plan

DAY = 1440.0
TRAVEL = [[1.0, 7.0, 9.0], [6.0, 1.0, 12.0], [10.0, 11.0, 2.0]]
RATES = [[0.015, 0.015], [0.01, 0.015], [0.01, 0.005]]
BASES = [{"BASE": 0}, {"BASE": 1}, {"BASE": 2}]
ROADS = {
    "TURNOUT_MINUTES": 1.5,
    "DISPATCH_MINUTES": 1.0,
    "RETURN_FACTOR": 0.8,
    "DIVERT_SAVING_MINUTES": 2.0,
    "TRAVEL_FACTOR": 1.1,
}
URGENT = {"PRIORITY": 0, "SCENE_MINUTES": 12, "SCENE_SIGMA": 0.5, "TRAVEL_SIGMA": 0.3}
ROUTINE = {"PRIORITY": 2, "SCENE_MINUTES": 18, "SCENE_SIGMA": -1, "TRAVEL_SIGMA": 0.3}
ALERTS = {
    "ALERT_ON": 1,
    "ALERT_DELAY_MINUTES": 0.5,
    "ALERT_RADIUS_M": 700,
    "ALERT_MAX": 4,
    "ALERT_DENSITY_PER_KM2": 6,
    "ALERT_CEILING_PER_KM2": 12,
    "ALERT_SEE_SHARE": 0.8,
    "ALERT_ACCEPT_SHARE": 0.7,
    "ALERT_TURNOUT_MINUTES": 1,
    "ALERT_M_PER_MINUTE": 120,
    "ALERT_SPEED_SIGMA": 0.3,
    "ALERT_CIRCUITY": 1.3,
    "ALERT_DEFIBRILLATOR_SHARE": 0.4,
    "ALERT_DEFIBRILLATOR_MINUTES": 1.1,
    "ALERT_LAPSE_PER_MINUTE": 2e-5,
    "ALERT_FATIGUE": 0.01,
    "BYSTANDER_CPR_SHARE": 0.4,
    "BYSTANDER_CPR_MINUTES": 3,
    "BYSTANDER_SHOCK_SHARE": 0.1,
    "BYSTANDER_SHOCK_MINUTES": 6,
    "TO_PATIENT_MINUTES": 1.5,
    "ATTACH_MINUTES": 1,
    "COLLAPSE_TO_CALL_MINUTES": 2,
    "SEVERE_SHARE": 0.4,
}
LOGISTIC = {"LOGISTIC": 1, "INTERCEPT": -0.26, "CPR": -0.106, "SHOCK": -0.139, "CREW": -0.01}
STRAIGHT = {"INTERCEPT": 0.67, "CPR": -0.023, "SHOCK": -0.011, "CREW": -0.021, "FLOOR": 0.01}
ALERT_ZONES = [{}, {"ALERT_FACTOR": 1.4, "AREA_KM2": 3}, {"ALERT_FACTOR": 0.6, "INSIDE": 0}]
HOSPITALS = [
    {"HOSPITAL_MINUTES": 5, "HOSPITAL_ZONE": 2},
    {"HOSPITAL_MINUTES": 8, "HOSPITAL_ZONE": 0, "INSIDE": 0},
    {"HOSPITAL_MINUTES": 9, "HOSPITAL_ZONE": 2},
]
SHIFTS = [
    {"BASE": 0, "START_MINUTE": 600, "BREAK_AFTER_MINUTES": 200, "BREAK_MINUTES": 30},
    {"BASE": 1, "START_MINUTE": 480, "BREAK_AFTER_MINUTES": 590, "BREAK_MINUTES": 30},
    {"BASE": 2, "START_MINUTE": 1320, "DAYS": 0b1010101, "BREAK_AFTER_MINUTES": 60, "BREAK_MINUTES": 45},
    {"BASE": 0, "START_MINUTE": 0, "DAYS": 0b0011111},
]
POSTS = {
    "OFFER_ON": 1,
    "OFFER_LOOK_MINUTES": 4,
    "OFFER_DEADLINE_MINUTES": 15,
    "OFFER_ACCEPT_SHARE": 0.6,
    "OFFER_FALL_PER_MINUTE": 0.1,
}
PATCHES = [[0, 1, 2], [2, 0, 1], [1, 2, 0]]  # of zone and patch
RETURNS = {"REPEAT_SHARE": 0.3, "REPEAT_MINUTES": 600}
TURNED_AWAY = {"REACH_SHARE": 0.7, "AWAY_RETURN_SHARE": 0.6, "AWAY_RETURN_MINUTES": 200, "NEED_SHARE": 0.8}
TRIAGE = {"UNDER_SHARE": 0.2, "UNDER_PRIORITY": 3, "OVER_SHARE": 0.1, "OVER_PRIORITY": 1}


def wavy(low: float, high: float) -> np.ndarray:
    """Return a factor for each hour of the week that rises from ``low`` to ``high`` through the week."""
    return np.linspace(low, high, 168)


def mixed_groups(plan: Plan) -> Plan:
    """Return the plan with people in all groups, volunteers uneven over them and over the hours."""
    rng = np.random.default_rng(1)
    shares = rng.dirichlet(np.ones(25), len(plan.zones))
    plan.hours[Hour.ALERT_FACTOR] = wavy(0.5, 1.5)
    return plan._replace(groups=np.cumsum(shares, axis=1), group_alert=rng.random(25) * 2.0)


def alerts(curve: tuple[dict[str, float], dict[str, float]]) -> Plan:
    """Return a world of volunteers and survival."""
    both = {"ALERTABLE": 1, "HAS_OUTCOME": 1}
    kinds = [URGENT | TRIAGE | RETURNS | both, ROUTINE | TURNED_AWAY | both]
    plan = make_plan(
        rates=RATES,
        kinds=kinds,
        crews=BASES,
        travel=TRAVEL,
        scalars=ROADS | ALERTS,
        zones=ALERT_ZONES,
        curve=curve,
    )
    return mixed_groups(plan)


def dated_changes(everything: bool = False) -> Plan:
    """Return a world whose crews, roads, volunteers and kinds change by date; or one with all there is."""
    full = TRIAGE | RETURNS | {"ALERTABLE": 1, "HAS_OUTCOME": 1, "DIVERTS": 1, "CONVEY_SHARE": 0.3}
    urgent = URGENT | (full if everything else {"ALERTABLE": 1, "HAS_OUTCOME": 1})
    urgent |= {"HANDOVER_MINUTES": 15, "HANDOVER_SIGMA": 0.3, "CALL_MINUTES": 2, "CALL_SIGMA": 0.4}
    routine = ROUTINE | {"PATIENCE_MINUTES": 90} | (TURNED_AWAY if everything else {})
    later = [urgent | {"SCENE_MINUTES": 20, "NEED_SHARE": 0.5}, routine | {"PRIORITY": 1, "SCENE_SIGMA": 0.0}]
    base = ROADS | ALERTS
    denser = base | {"ALERT_DENSITY_PER_KM2": 11, "ALERT_MAX": 8}
    plan = make_plan(
        rates=RATES,
        crews=SHIFTS,
        crew_minutes=[[1440, 600, 480, 0], [600, 1440, 480, 700], [1440, 0, 1440, 700], [0, 600, 300, 1440]],
        travel=TRAVEL,
        scalars=[base, base | {"TRAVEL_FACTOR": 1.4}, denser, denser | {"ALERT_ON": 0}],
        zones=HOSPITALS if everything else ALERT_ZONES,
        curve=(LOGISTIC | {"FROM_COLLAPSE": 1}, STRAIGHT),
        segment_minutes=[0, 3 * DAY, 5 * DAY + 700, 8 * DAY],
        kinds_by_segment=[[urgent, routine], later, later, [urgent, routine]],
        hour_shape=wavy(0.6, 1.4) if everything else None,
        day_cv=0.3 if everything else 0.0,
    )
    if everything:
        plan.hours[Hour.TRAVEL_FACTOR] = wavy(1.3, 0.8)
        return mixed_groups(plan)
    return plan


def overdispersed() -> Plan:
    """Return a world of good and bad days, busy hours, triage errors, hospitals and skills."""
    hospital = {"CONVEY_SHARE": 0.5, "HANDOVER_MINUTES": 20, "HANDOVER_SIGMA": 0.4}
    plan = make_plan(
        rates=[[0.02, 0.02], [0.01, 0.02], [0.02, 0.01]],
        kinds=[URGENT | TRIAGE | hospital | {"NEEDS": 1}, ROUTINE | TRIAGE | hospital | {"NEEDS": 3}],
        crews=[b | {"SKILLS": skills} for b, skills in zip(BASES * 2, (1, 2, 3, 3, 0, 255), strict=True)],
        travel=TRAVEL,
        scalars=ROADS,
        zones=HOSPITALS,
        hour_shape=wavy(0.5, 1.5),
        day_cv=0.5,
    )
    plan.hours[Hour.TRAVEL_FACTOR] = wavy(0.7, 1.6)
    return plan


def roads(kinds: list[dict[str, float]], **rest: object) -> Plan:
    """Return a world of three zones, two kinds and, if nothing else is said, a crew in each zone."""
    return make_plan(
        **({"rates": RATES, "crews": BASES, "travel": TRAVEL, "scalars": ROADS, "kinds": kinds} | rest)
    )


def small_worlds() -> dict[str, Plan]:
    """Return the named worlds."""
    weak = URGENT | {"PATIENCE_MINUTES": 0} | RETURNS
    diverts = [URGENT | {"DIVERTS": 1, "PATIENCE_MINUTES": 40}, ROUTINE | {"PATIENCE_MINUTES": 60}]
    return {
        "one of each": make_plan(rates=0.04, kinds=[{"SCENE_MINUTES": 12, "SCENE_SIGMA": -1}]),
        "roads": roads([URGENT, ROUTINE]),
        "diversion": roads(diverts),
        "no saving asked": roads(diverts, scalars=ROADS | {"DIVERT_SAVING_MINUTES": -1, "RETURN_FACTOR": 0}),
        "patience": roads([weak, ROUTINE | {"PATIENCE_MINUTES": 30} | TURNED_AWAY], crews=BASES[:2]),
        "for ever": roads([URGENT | RETURNS, ROUTINE | TURNED_AWAY | {"PATIENCE_MINUTES": np.nan}]),
        "alerts": alerts((LOGISTIC | {"FROM_COLLAPSE": 1}, STRAIGHT)),
        "alerts, other clocks": alerts((LOGISTIC | {"AT_ADDRESS": 1}, STRAIGHT | {"FROM_COLLAPSE": 1})),
        "shifts": roads(diverts, crews=SHIFTS, crew_minutes=[[1440, 600, 480, 1439]]),
        "dated changes": dated_changes(),
        "bad days": overdispersed(),
        "all at once": dated_changes(everything=True),
    } | routed_worlds(diverts)


def routed_worlds(diverts: list[dict[str, float]]) -> dict[str, Plan]:
    """Return worlds of patches, posts, and needs that settle themselves or are missed unevenly."""
    own = [b | {"PATCH": p} for b, p in zip(BASES * 2, (0, 1, 2) * 2, strict=True)]
    settles = [URGENT | TURNED_AWAY | {"SELF_SHARE": 0.3, "SELF_MINUTES": 60}, ROUTINE | RETURNS]
    either = [k | {"REACH_SHARE": 0.6, "SELF_SHARE": 0.1, "SELF_MINUTES": 9} for k in diverts]
    missed = [[0.2, 0.5, 1.0, 1.0, 1.4], [1.0, 0.1, 0.0, 0.6, 0.3]]
    dated = {"segment_minutes": [0, 4 * DAY]}
    teams = ROADS | {"PATCHES_ON": 1}
    helps = {"patches": PATCHES, "crews": own, "kinds": diverts}
    return {
        "patches alone": roads(**helps | {"crews": own[:4]}, scalars=teams),
        "patches that help": roads(**helps, scalars=teams | {"HELP_PATCHES": 1}),
        "patches from a date": roads(**helps, scalars=[ROADS, teams | {"HELP_PATCHES": 1}], **dated),
        "posts": roads(diverts, scalars=ROADS | POSTS),
        "posts left to the desk": roads(
            diverts, scalars=ROADS | POSTS | {"OFFER_ACCEPT_SHARE": 0, "OFFER_LOOK_MINUTES": 2}
        ),
        "settled without us": roads(settles, crews=BASES[:2]),
        "missed unevenly": mixed_groups(roads(either, missed=missed, **dated)),
        "every way": mixed_groups(
            roads(
                either,
                crews=own[:3],
                patches=PATCHES,
                missed=missed,
                scalars=[teams | POSTS, teams | POSTS | {"HELP_PATCHES": 2, "OFFER_LOOK_MINUTES": 1}],
                **dated,
            )
        ),
    }


def random_kind(r: Random, scale: float) -> dict[str, float]:
    """Return a random kind of request; durations are in units of ``scale`` minutes."""
    pick, priority = r.choice, r.randrange(4)
    return {
        "PRIORITY": priority,
        "NEED_SHARE": pick([1, 1, 0.7]),
        "REACH_SHARE": pick([1, 1, 0.6]),
        "AWAY_RETURN_SHARE": pick([0, 0.7, 1]),
        "AWAY_RETURN_MINUTES": scale * pick([0, 60, 900]),
        "CALL_MINUTES": scale * pick([0, 0, 1, 2]),
        "CALL_SIGMA": pick([0, 0.5, -1]),
        "UNDER_SHARE": pick([0, 0.2]),
        "UNDER_PRIORITY": priority + r.randrange(3),
        "OVER_SHARE": pick([0, 0.2]),
        "OVER_PRIORITY": max(0, priority - r.randrange(3)),
        "SCENE_MINUTES": scale * pick([0, 5, 20, 40]),
        "SCENE_SIGMA": pick([0, 0.5, -1]),
        "CONVEY_SHARE": pick([0, 0, 0.5, 1]),
        "HANDOVER_MINUTES": scale * pick([0, 10, 30]),
        "HANDOVER_SIGMA": pick([0, 0.4, -1]),
        "TRAVEL_SIGMA": pick([0, 0.3, 0.6]),
        "PATIENCE_MINUTES": pick([np.nan, np.nan, 0, scale * 5, scale * 60, scale * 300]),
        "REPEAT_SHARE": pick([0, 0, 0.3, 0.9]),
        "REPEAT_MINUTES": scale * pick([0, 30, 1000]),
        "NEEDS": pick([0, 0, 1, 2, 3]),
        "ALERTABLE": pick([0, 1]),
        "DIVERTS": pick([0, 1]),
        "HAS_OUTCOME": pick([0, 1]),
        "SELF_SHARE": pick([0, 0, 0.3]),
        "SELF_MINUTES": scale * pick([0, 40]),
    }


def random_scalars(r: Random, scale: float, has_patches: bool) -> dict[str, float]:
    """Return the numbers of a random service."""
    pick = r.choice
    roads = {
        "DISPATCH_MINUTES": scale * pick([0, 0, 1]),
        "TURNOUT_MINUTES": scale * pick([0, 1.5, 5]),
        "TRAVEL_FACTOR": pick([1, 1.3, 0.7]),
        "RETURN_FACTOR": pick([1, 0.6, 0]),
        "DIVERT_SAVING_MINUTES": scale * pick([0, 2, -1]),
    }
    volunteers = {
        "ALERT_ON": pick([0, 1, 1]),
        "ALERT_DELAY_MINUTES": scale * pick([0, 0.5]),
        "ALERT_RADIUS_M": pick([300, 800]),
        "ALERT_MAX": pick([1, 3, 10]),
        "ALERT_DENSITY_PER_KM2": pick([1, 5, 9]),
        "ALERT_CEILING_PER_KM2": pick([10, 5]),
        "ALERT_ACCEPT_SHARE": pick([1, 0.8, 0.3]),
        "ALERT_SPEED_SIGMA": pick([0, 0.3]),
        "ALERT_DEFIBRILLATOR_SHARE": pick([0, 0.4, 1]),
        "ALERT_LAPSE_PER_MINUTE": pick([0, 1e-4]),
        "ALERT_FATIGUE": pick([0, 0.01]),
        "SEVERE_SHARE": pick([0, 0.4, 1]),
    }
    posts = {
        "HELP_PATCHES": pick([0, 1, 3]),
        "PATCHES_ON": has_patches and pick([0, 1, 1]),
        "OFFER_ON": pick([0, 0, 1]),
        "OFFER_LOOK_MINUTES": scale * pick([0, 1, 7]),
        "OFFER_DEADLINE_MINUTES": scale * pick([0, 10, 90]),
        "OFFER_ACCEPT_SHARE": pick([0, 0.3, 1]),
        "OFFER_FALL_PER_MINUTE": pick([0, 0.1]),
    }
    return ALERTS | roads | volunteers | posts


def random_crews(
    r: Random, scale: float, n_zones: int, n_segments: int
) -> tuple[list[dict[str, float]], list]:
    """Return random crews and their minutes on duty by segment."""
    pick, n_crews = r.choice, r.randint(1, 6)
    tiny = scale < 1.0
    crews = [
        {
            "BASE": r.randrange(n_zones),
            "SKILLS": pick([3, 3, 1, 2, 255]),
            "START_MINUTE": scale * pick([0, 5, 50, 100]) if tiny else pick([0, 0, 480, 600, 1320, 1439]),
            "DAYS": pick([127, 127, 31, 96, 85, 64]),
            "BREAK_AFTER_MINUTES": scale * pick([0, 60, 200, 470, 480, 590]),
            "BREAK_MINUTES": scale * pick([0, 30, 45, 60]),
            "PATCH": r.randrange(n_zones),
        }
        for _ in range(n_crews)
    ]
    lengths = [1440, 1440, 0] + ([scale * m for m in (30, 480, 600)] if tiny else [30, 480, 720, 1000, 1439])
    return crews, [[pick(lengths) for _ in crews] for _ in range(n_segments)]


def random_zones(r: Random, scale: float, n_zones: int) -> list[dict[str, float]]:
    """Return random zones."""
    pick = r.choice
    return [
        {
            "INSIDE": pick([1, 1, 0]),
            "AREA_KM2": pick([0.5, 3, 20]),
            "ALERT_FACTOR": pick([1, 0.5, 1.5]),
            "HOSPITAL_MINUTES": scale * pick([0, 8, 20]),
            "HOSPITAL_ZONE": r.randrange(n_zones),
        }
        for _ in range(n_zones)
    ]


def random_world(seed: int, scale: float = 1.0) -> tuple[Plan, float]:
    """Return a random plan and when its births end.

    A ``scale`` of a power of two far below 1 squeezes all durations into a few
    ticks, so that much happens at the same tick.
    """
    r = Random(seed)
    pick, n_zones, n_kinds = r.choice, r.randint(1, 4), r.randint(1, 3)
    end = float(r.randint(1, 10) * 1440 if scale == 1.0 else r.randint(1, 3))
    starts = {0.0} | {max(1.0, int(r.random() * end / s) * s) for s in pick([[], [1440], [0.5, 60, 1440]])}
    if scale < 1.0:
        starts = {0.0} | {end * r.random() for _ in range(len(starts) - 1)}
    segments = sorted(starts)
    crews, crew_minutes = random_crews(r, scale, n_zones, len(segments))
    rate = pick([0.3, 0.8, 1.5]) * len(crews) / (pick([30, 60]) * scale)
    rates = np.array([[r.random() + 0.01 for _ in range(n_kinds)] for _ in range(n_zones)])
    rates *= min(rate, 1500.0 / end) / rates.sum()
    kinds = [random_kind(r, scale) for _ in range(n_kinds)]
    patches = pick([None, [r.sample(range(n_zones), n_zones) for _ in range(n_zones)]])
    scalars = random_scalars(r, scale, patches is not None)
    curves = [{"FROM_COLLAPSE": pick([0, 1]), "AT_ADDRESS": pick([0, 1])} for _ in range(2)]
    plan = make_plan(
        rates=rates,
        crews=crews,
        crew_minutes=crew_minutes,
        travel=[[scale * pick([0, 3, 7, 7.5, 12, 20]) for _ in range(n_zones)] for _ in range(n_zones)],
        scalars=[scalars, *(pick([scalars, random_scalars(r, scale, bool(patches))]) for _ in segments[1:])],
        zones=random_zones(r, scale, n_zones),
        curve=[base | c for base, c in zip(r.sample([LOGISTIC, STRAIGHT], 2), curves, strict=True)],
        day_cv=pick([0.0, 0.2, 0.6]),
        segment_minutes=segments,
        kinds_by_segment=[kinds] + [pick([kinds, r.sample(kinds, n_kinds)]) for _ in segments[1:]],
        hour_shape=pick([None, np.array([pick([0.0, 0.5, 1.0, 2.0]) for _ in range(168)])]),
        patches=patches,
        missed=pick([None, [[pick([0.0, 0.5, 1.0]) for _ in range(5)] for _ in segments]]),
    )
    if pick([0, 1]):
        plan.hours[Hour.TRAVEL_FACTOR] = [pick([0.7, 1.0, 1.3]) for _ in range(168)]
        plan = mixed_groups(plan)
    return plan, end
