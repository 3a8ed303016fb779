"""Log, exp and the normal quantile from plain arithmetic, so that every machine gives the same bits.

Library versions of these differ in the last bit between systems; IEEE addition,
multiplication, division and square root do not. Tables keep the polynomials
short, and these are summed in pairs (Estrin), which a processor does side by side.
"""

import math

import numpy as np
from numba import float64

from remit.kernel.compiling import compiled
from remit.kernel.tables import FIRST_HALVED, INVERSE, MINUS_LOG, POWER

LN2_HIGH = 6.93147180369123816490e-01  # 33 bits: its multiples are exact
LN2_LOW = 1.90821492927058770002e-10
PARTS = 32.0
PARTS_HIGH = LN2_HIGH / PARTS
PARTS_LOW = LN2_LOW / PARTS
PER_LN2 = 46.16624130844683  # 32 / ln 2
MANTISSA = (1 << 52) - 1
ONE = 1023 << 52
U = np.uint64


@compiled(float64(float64))
def log(x):
    """Return the natural logarithm of a normal ``x`` above 0, relative error under 2e-14, exact at 1.

    >>> abs(log(10.0) - 2.302585092994046) < 1e-15
    True
    """
    bits = np.float64(x).view(np.int64)
    exponent = (bits >> 52) - 1023
    fraction = bits & MANTISSA
    part = U(fraction >> 46)
    m = np.int64(fraction | ONE).view(np.float64)
    if part >= U(FIRST_HALVED):
        m *= 0.5
        exponent += 1
    r = m * INVERSE[part] - 1.0  # within 1/64; exact next to 1
    r2 = r * r
    r4 = r2 * r2
    low = (-0.5 + r * (1.0 / 3.0)) + r2 * (-0.25 + r * 0.2)
    high = (-1.0 / 6.0 + r * (1.0 / 7.0)) + r2 * (-0.125 + r * (1.0 / 9.0))
    series = r2 * (low + r4 * high)
    e = float(exponent)
    return e * LN2_HIGH + (MINUS_LOG[part] + (r + (series + e * LN2_LOW)))


@compiled(float64(float64))
def exp(x):
    """Return e to the power ``x``, 0 below -700 and capped at e**700 (relative error under 5e-16).

    >>> abs(exp(1.0) - 2.718281828459045) < 1e-15
    True
    """
    if x < -700.0:
        return 0.0
    x = min(x, 700.0)
    k = np.int64(math.floor(x * PER_LN2 + 0.5))
    r = (x - k * PARTS_HIGH) - k * PARTS_LOW  # within ln 2 / 64
    r2 = r * r
    low = 0.5 + r * (1.0 / 6.0)
    high = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0)
    p = r + r2 * (low + r2 * high)
    power = POWER[U(k & 31)]
    scale = np.int64(((k >> 5) + 1023) << 52).view(np.float64)
    return (power + power * p) * scale


@compiled(float64(float64))
def normal_quantile(p):
    """Return the standard normal quantile of ``0 < p < 1`` (relative error under 2e-9).

    Source: Acklam's rational approximation (2003).

    >>> abs(normal_quantile(0.975) - 1.959963985) < 1e-8
    True
    """
    if p < 0.02425 or p > 0.97575:
        t = p if p < 0.5 else 1.0 - p
        q = math.sqrt(-2.0 * log(t))
        c = -7.784894002430293e-03 * q - 3.223964580411365e-01
        c = ((c * q - 2.400758277161838e00) * q - 2.549732539343734e00) * q + 4.374664141464968e00
        c = c * q + 2.938163982698783e00
        d = ((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e00) * q
        x = c / ((d + 3.754408661907416e00) * q + 1.0)
        return x if p < 0.5 else -x
    q = p - 0.5
    r = q * q
    r2 = r * r
    a = (138.3577518672690 * r - 30.66479806614716) * r + 2.506628277459239
    a += r2 * r * ((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687)
    b = (66.80131188771972 * r - 13.28068155288572) * r + 1.0
    b += r2 * r * ((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866)
    return q * a / b


@compiled(float64(float64, float64, float64))
def duration(u, mean, sigma):
    """Return a duration of this mean at quantile ``u``, in the mean's unit.

    ``sigma`` 0 is a constant, ``sigma`` below 0 an exponential (a marker, not a
    spread), any other ``sigma`` a lognormal whose logarithm has that standard
    deviation.

    >>> duration(0.5, 3.0, 0.0)
    3.0
    >>> round(duration(0.5, 1.0, -1.0), 6)
    0.693147
    """
    if sigma == 0.0 or mean <= 0.0:
        return mean
    if sigma < 0.0:
        return -mean * log(u)
    return mean * exp(sigma * normal_quantile(u) - 0.5 * sigma * sigma)


@compiled(float64(float64))
def lognormal_sigma(cv):
    """Return the spread of the logarithm of a lognormal with coefficient of variation ``cv``.

    >>> round(lognormal_sigma(0.8), 6)
    0.703346
    """
    return math.sqrt(log(1.0 + cv * cv))
