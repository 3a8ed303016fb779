"""Which number of a brief feeds which column of a caseload plan, and in which unit the engine counts it."""

import math
from collections.abc import Callable, Mapping

from remit.kernel.caseload.layout import Employer, Scalar, World
from remit.kernel.elementary import lognormal_sigma

MINUTES_AN_HOUR = 60.0
MINUTES_A_WEEK = 10_080.0
WEEKS_A_YEAR = 365.0 / 7.0
WITHOUT_END = 1e6  # what the engine takes for no limit

Rule = tuple[str, str]  # (how the unit is turned, the number's name)


def _per_km(metres: float) -> float:
    return 1000.0 / metres if math.isfinite(metres) else 0.0


TURN: Mapping[str, Callable[[float], float]] = {
    "as it is": lambda x: x,
    "hours": lambda x: x / MINUTES_AN_HOUR,
    "weeks": lambda x: x / MINUTES_A_WEEK,
    "a week": lambda x: x / WEEKS_A_YEAR,
    "spread": lognormal_sigma,
    "km an hour": lambda x: x * MINUTES_AN_HOUR / 1000.0,
    "1 over km": _per_km,
    "at most": lambda x: min(x, WITHOUT_END),
    "minutes": lambda x: x,
}

WORLD: Mapping[World, Rule] = {
    World.HOURS_SIGMA: ("spread", "clients.hours_cv"),
    World.HOURS_LEAST: ("hours", "clients.hours_least"),
    World.HOURS_MOST: ("hours", "clients.hours_most"),
    World.COMPLEX_SHARE: ("as it is", "clients.complex_share"),
    World.COMPLEX_HOURS: ("as it is", "clients.complex_hours_factor"),
    World.CARER_CEILING: ("as it is", "carers.ceiling"),
    World.CARER_HOURS_MEAN: ("hours", "carers.hours_per_week"),
    World.CARER_HOURS_SIGMA: ("spread", "carers.hours_cv"),
    World.CARER_HOURS_MOST: ("hours", "carers.hours_most"),
    World.RESERVATION_SIGMA: ("spread", "carers.reservation_cv"),
    World.WISH_MOST: ("as it is", "carers.wish_most"),
    World.PRICE_SIGMA: ("spread", "carers.price_cv"),
}

SCALARS: Mapping[Scalar, Rule] = {
    Scalar.CANNOT_DIRECT_SHARE: ("as it is", "market.cannot_direct_share"),
    Scalar.SUPPORTED_SHARE: ("as it is", "market.supported_share"),
    Scalar.SHORT_EFFECT: ("as it is", "fate.short_effect"),
    Scalar.HOURS_FACTOR: ("as it is", "clients.hours_factor"),
    Scalar.FAMILY_SHARE: ("as it is", "clients.family_share"),
    Scalar.ASSESS_PER_WEEK: ("a week", "assess.per_week"),
    Scalar.COMPLEX_FIRST: ("as it is", "assess.complex_first"),
    Scalar.GRANT_DELAY_WEEKS: ("weeks", "grant.delay_weeks"),
    Scalar.GRANT_STEP_HOURS: ("hours", "grant.step_hours"),
    Scalar.GRANT_SHARE: ("as it is", "grant.of_need"),
    Scalar.MARKET_GRANT_DELAY_WEEKS: ("weeks", "grant.delay_weeks"),
    Scalar.MARKET_GRANT_STEP_HOURS: ("hours", "grant.step_hours"),
    Scalar.MARKET_GRANT_SHARE: ("as it is", "grant.of_need"),
    Scalar.REVIEW_WEEKS: ("weeks", "grant.review_weeks"),
    Scalar.POOL_PEOPLE: ("as it is", "carers.pool"),
    Scalar.LOCAL_WAGE: ("as it is", "carers.local_wage_gbp_per_hour"),
    Scalar.REST_WEEKS: ("weeks", "work.rest_weeks"),
    Scalar.SWITCH_FACTOR: ("as it is", "work.switch_factor"),
    Scalar.LEAVE_PAY: ("as it is", "work.leave_pay"),
    Scalar.LEAVE_TRAVEL: ("as it is", "work.leave_travel"),
    Scalar.LEAVE_INSECURE: ("as it is", "work.leave_insecure"),
    Scalar.LEAVE_DISCRETION: ("as it is", "work.leave_discretion"),
    Scalar.LEAVE_CONTINUITY: ("as it is", "work.leave_continuity"),
    Scalar.LEAVE_STAKE: ("as it is", "work.leave_stake"),
    Scalar.LEAVE_OVERLOAD: ("as it is", "work.leave_overload"),
    Scalar.TEAM_CAP: ("at most", "teams.most_carers"),
    Scalar.TEAM_CLIENTS: ("at most", "teams.most_clients"),
    Scalar.MIN_VISIT_MINUTES: ("minutes", "find.least_visit_minutes"),
    Scalar.KM_PER_HOUR: ("km an hour", "travel.km_per_hour"),
    Scalar.TRAVEL_MOST: ("as it is", "travel.most_ratio"),
    Scalar.LOOKS_A_WEEK: ("as it is", "market.looks_per_week"),
    Scalar.ACCEPT_CLIENT: ("as it is", "market.client_accepts_share"),
    Scalar.ACCEPT_CARER: ("as it is", "market.carer_accepts_share"),
    Scalar.PRICE_EFFECT: ("as it is", "market.price_effect"),
    Scalar.KM_EFFECT_CLIENT: ("1 over km", "market.client_km"),
    Scalar.KM_EFFECT_CARER: ("1 over km", "market.carer_km"),
    Scalar.HOURS_EFFECT: ("as it is", "market.hours_effect"),
    Scalar.HOURS_WANTED: ("hours", "market.hours_wanted"),
    Scalar.PRICE_ELASTICITY: ("as it is", "price.scarcity_effect"),
    Scalar.PRICE_LEAST: ("as it is", "price.least_factor"),
    Scalar.PRICE_MOST: ("as it is", "price.most_factor"),
}

EMPLOYERS: Mapping[Employer, Rule] = {  # the same for both, each under its own name
    Employer.SECURE_SHARE: ("as it is", "secure_share"),
    Employer.SICK_SHARE: ("as it is", "sick_share"),
    Employer.OVERTIME_SHARE: ("as it is", "overtime_share"),
    Employer.OVERBOOK_SHARE: ("as it is", "overbook_share"),
    Employer.JOIN_HAZARD: ("a week", "join_per_year"),
    Employer.LAG_WEEKS: ("weeks", "lag_weeks"),
    Employer.TRAINING_WEEKS: ("weeks", "training_weeks"),
    Employer.START_SHARE: ("as it is", "start_share"),
    Employer.STAKE: ("as it is", "stake"),
    Employer.CHANGE_CLIENT: ("a week", "client_change_per_year"),
    Employer.CHANGE_CARER: ("a week", "carer_change_per_year"),
    Employer.CLIENT_PAYS: ("as it is", "client_pays_share"),
    Employer.MILEAGE: ("as it is", "mileage_gbp_per_km"),
    Employer.OVERHEAD: ("as it is", "overhead_gbp_per_hour"),
}
EMPLOYER_NAMES = ("provider", "platform")


def told(rule: Rule, numbers: Mapping[str, float], head: str = "") -> float:
    """Return a number as the engine counts it.

    >>> told(("hours", "clients.hours_per_week"), {"clients.hours_per_week": 720.0})
    12.0
    """
    how, name = rule
    return TURN[how](numbers[f"{head}.{name}" if head else name])
