"""The alert: which trained people nearby are called, see it, accept, and when they arrive.

People stand around the scene as a Poisson process at the brief's ceiling
density; each belongs to a design's pool if their own mark falls under the
design's share of the ceiling, so a denser pool holds everyone of a thinner one.
"""

import math

import numpy as np

from remit.kernel.compiling import compiled
from remit.kernel.elementary import exp, log, normal_quantile
from remit.kernel.layout import TICKS_PER_MINUTE, Scalar
from remit.kernel.philox import uniforms

U = np.uint64
STREAM_ALERT = U(7)
MOST_CANDIDATES = 4096

ALERT_CEILING = int(Scalar.ALERT_CEILING_PER_KM2)
ALERT_RADIUS = int(Scalar.ALERT_RADIUS_M)
ALERT_MAX = int(Scalar.ALERT_MAX)
ALERT_SEE = int(Scalar.ALERT_SEE_SHARE)
ALERT_ACCEPT = int(Scalar.ALERT_ACCEPT_SHARE)
ALERT_DELAY = int(Scalar.ALERT_DELAY_MINUTES)
ALERT_TURNOUT = int(Scalar.ALERT_TURNOUT_MINUTES)
ALERT_SPEED = int(Scalar.ALERT_M_PER_MINUTE)
ALERT_SPEED_SIGMA = int(Scalar.ALERT_SPEED_SIGMA)
ALERT_CIRCUITY = int(Scalar.ALERT_CIRCUITY)
ALERT_AED_SHARE = int(Scalar.ALERT_DEFIBRILLATOR_SHARE)
ALERT_AED_MINUTES = int(Scalar.ALERT_DEFIBRILLATOR_MINUTES)


@compiled()
def call_volunteers(scalars, density, tired, rep, person, visit):
    """Return (alerted, accepted, first arrival, first defibrillator), the last two in ticks or -1.

    Args:
        scalars: one row of ``Plan.scalars``.
        density: people of the pool per km2 at this place and hour.
        tired: factor on acceptance from alerts lately received.
        rep: root seed and number of the replicate.
        person: number of the request.
        visit: how many times this person has come before.
    """
    ceiling = scalars[ALERT_CEILING]
    radius_km = scalars[ALERT_RADIUS] / 1000.0
    most = scalars[ALERT_MAX]
    sigma = scalars[ALERT_SPEED_SIGMA]
    alerted = 0
    accepted = 0
    help_minutes = math.inf
    shock_minutes = math.inf
    spread = 0.0
    for k in range(MOST_CANDIDATES):
        if alerted >= most:
            break
        block = U(visit * 2 * MOST_CANDIDATES + 2 * k)
        u_gap, u_mark, u_see, u_accept = uniforms(rep.seed, rep.luck, STREAM_ALERT, person, block)
        spread -= log(u_gap)
        # discs around the scene grow by exponential areas: the nearest first
        distance_km = math.sqrt(spread / (math.pi * ceiling))
        if distance_km > radius_km:
            break
        if u_mark * ceiling >= density:
            continue
        alerted += 1
        if u_see < scalars[ALERT_SEE] and u_accept < scalars[ALERT_ACCEPT] * tired:
            accepted += 1
            u_speed, u_carries, _, _ = uniforms(rep.seed, rep.luck, STREAM_ALERT, person, block + U(1))
            speed = scalars[ALERT_SPEED] * exp(sigma * normal_quantile(u_speed) - 0.5 * sigma * sigma)
            minutes = (
                scalars[ALERT_DELAY]
                + scalars[ALERT_TURNOUT]
                + distance_km * 1000.0 * scalars[ALERT_CIRCUITY] / speed
            )
            help_minutes = min(help_minutes, minutes)
            if u_carries < scalars[ALERT_AED_SHARE]:
                shock_minutes = min(shock_minutes, minutes + scalars[ALERT_AED_MINUTES])
    help_ticks = -1
    shock_ticks = -1
    if help_minutes < 60000.0:
        help_ticks = int(help_minutes * TICKS_PER_MINUTE + 0.5)
    if shock_minutes < 60000.0:
        shock_ticks = int(shock_minutes * TICKS_PER_MINUTE + 0.5)
    return alerted, accepted, help_ticks, shock_ticks
