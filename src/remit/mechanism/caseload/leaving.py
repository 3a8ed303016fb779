"""Leaving: the rate at which carers would go at no terms at all, so that at today's terms it is the one observed."""

import math
from collections.abc import Mapping

from remit.mechanism.caseload.hour import net_of_carried
from remit.mechanism.caseload.tables import WEEKS_A_YEAR

Numbers = Mapping[str, float]


def leaving_hazard(per_year: float, numbers: Numbers, todays: Numbers) -> float:
    """Return the engine's leaving hazard a week for a rate observed at today's terms.

    The engine multiplies its hazard by exp(what the terms add). What today's terms add is taken out beforehand, so
    that today's service has the observed rate whatever the coefficients, and other terms move it from there.

    Args:
        per_year: the rate at today's terms.
        numbers: of the design: what pay, security and the rest do to leaving.
        todays: of today's service: the terms at which the rate was observed.
    """
    return per_year / WEEKS_A_YEAR * math.exp(-terms(numbers, todays))


def terms(numbers: Numbers, todays: Numbers) -> float:
    """Return what today's terms add to the logarithm of the leaving hazard."""
    ratio = todays["work.usual_travel_ratio"]
    unpaid = ratio * (1.0 - todays["provider.travel_paid_share"]) / (1.0 + ratio)
    wage = todays["provider.wage_gbp_per_hour"] * net_of_carried(todays)
    pay = wage / todays["carers.local_wage_gbp_per_hour"]
    return (
        numbers["work.leave_pay"] * math.log(pay)
        + numbers["work.leave_insecure"] * (1.0 - todays["provider.secure_share"])
        + numbers["work.leave_stake"] * todays["provider.stake"]
        + numbers["work.leave_travel"] * unpaid
        + numbers["work.leave_continuity"] * todays["work.usual_known_share"]
    )
