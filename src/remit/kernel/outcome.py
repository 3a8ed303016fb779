"""What becomes of a person: survival by the clocks of CPR, defibrillator and crew.

CPR counts once, from whoever begins it; without a defibrillator there is no
credit for a shock.
"""

import math

from remit.kernel.compiling import compiled
from remit.kernel.elementary import exp
from remit.kernel.layout import Curve, Scalar

LOGISTIC = int(Curve.LOGISTIC)
INTERCEPT = int(Curve.INTERCEPT)
CPR = int(Curve.CPR)
SHOCK = int(Curve.SHOCK)
CREW_CLOCK = int(Curve.CREW)
FLOOR = int(Curve.FLOOR)
FROM_COLLAPSE = int(Curve.FROM_COLLAPSE)
AT_ADDRESS = int(Curve.AT_ADDRESS)
CPR_SHARE = int(Scalar.BYSTANDER_CPR_SHARE)
CPR_MINUTES = int(Scalar.BYSTANDER_CPR_MINUTES)
SHOCK_SHARE = int(Scalar.BYSTANDER_SHOCK_SHARE)
SHOCK_MINUTES = int(Scalar.BYSTANDER_SHOCK_MINUTES)
TO_PATIENT = int(Scalar.TO_PATIENT_MINUTES)
ATTACH = int(Scalar.ATTACH_MINUTES)
BEFORE_CALL = int(Scalar.COLLAPSE_TO_CALL_MINUTES)
LONGEST_MINUTES = 60.0


@compiled()
def survival(scalars, curve, crew_minutes, help_minutes, shock_minutes, u_cpr, u_shock):
    """Return the probability of survival of one person, 0 to 1.

    Args:
        scalars: one row of ``Plan.scalars``.
        curve: one row of ``Plan.curve``: the person's severity.
        crew_minutes: call to crew at the address, minutes; inf where none came.
        help_minutes: call to first volunteer, minutes; inf where none came.
        shock_minutes: call to first volunteer's defibrillator, minutes; inf where none came.
        u_cpr: the person's draw for bystander CPR.
        u_shock: the person's draw for a public defibrillator used by a bystander.
    """
    act = 1.0 - curve[AT_ADDRESS]
    crew = crew_minutes + scalars[TO_PATIENT] * act
    cpr = min(crew, help_minutes)
    if u_cpr < scalars[CPR_SHARE]:
        cpr = min(cpr, scalars[CPR_MINUTES])
    shock = min(crew, shock_minutes) + scalars[ATTACH] * act
    if u_shock < scalars[SHOCK_SHARE]:
        shock = min(shock, scalars[SHOCK_MINUTES])
    before = scalars[BEFORE_CALL] * curve[FROM_COLLAPSE]
    x = (
        curve[INTERCEPT]
        + curve[CPR] * min(cpr + before, LONGEST_MINUTES)
        + curve[SHOCK] * min(shock + before, LONGEST_MINUTES)
        + curve[CREW_CLOCK] * min(crew + before, LONGEST_MINUTES)
    )
    if curve[LOGISTIC] > 0.5:
        return 1.0 / (1.0 + exp(-x))
    return max(curve[FLOOR], min(1.0, x))


@compiled()
def first_help(crew_minutes, help_minutes):
    """Return minutes from the call to the first trained person, and whether that was a volunteer."""
    if help_minutes < crew_minutes:
        return help_minutes, True
    return min(crew_minutes, math.inf), False
