"""Log, exp and the normal quantile from plain arithmetic, so that every machine gives the same bits.

Library versions of these differ in the last bit between systems; IEEE addition,
multiplication, division and square root do not.
"""

import math

from numba import float64

from remit.kernel.compiling import compiled

LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10
INV_LN2 = 1.44269504088896338700e00
SQRT_HALF = 0.7071067811865476


@compiled(float64(float64))
def log(x: float) -> float:
    """Return the natural logarithm of a positive ``x`` (relative error under 1e-15).

    >>> abs(log(10.0) - 2.302585092994046) < 1e-15
    True
    """
    m, e = math.frexp(x)
    if m < SQRT_HALF:
        m *= 2.0
        e -= 1
    s = (m - 1.0) / (m + 1.0)
    q = s * s
    # 2 atanh(s): the series is finished at q < 0.0295
    p = 1.0 / 21.0
    p = p * q + 1.0 / 19.0
    p = p * q + 1.0 / 17.0
    p = p * q + 1.0 / 15.0
    p = p * q + 1.0 / 13.0
    p = p * q + 1.0 / 11.0
    p = p * q + 1.0 / 9.0
    p = p * q + 1.0 / 7.0
    p = p * q + 1.0 / 5.0
    p = p * q + 1.0 / 3.0
    return float(e) * LN2_HIGH + (2.0 * s + (2.0 * s * q * p + float(e) * LN2_LOW))


@compiled(float64(float64))
def exp(x: float) -> float:
    """Return e to the power ``x`` for ``|x| < 700`` (relative error under 1e-15).

    >>> abs(exp(1.0) - 2.718281828459045) < 1e-15
    True
    """
    if x < -700.0:
        return 0.0
    if x > 700.0:
        x = 700.0
    k = math.floor(x * INV_LN2 + 0.5)
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    p = 1.0 / 6227020800.0
    p = p * r + 1.0 / 479001600.0
    p = p * r + 1.0 / 39916800.0
    p = p * r + 1.0 / 3628800.0
    p = p * r + 1.0 / 362880.0
    p = p * r + 1.0 / 40320.0
    p = p * r + 1.0 / 5040.0
    p = p * r + 1.0 / 720.0
    p = p * r + 1.0 / 120.0
    p = p * r + 1.0 / 24.0
    p = p * r + 1.0 / 6.0
    p = p * r + 0.5
    return math.ldexp(1.0 + (r + r * r * p), int(k))


@compiled(float64(float64))
def normal_quantile(p: float) -> float:
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
    a = (-3.969683028665376e01 * r + 2.209460984245205e02) * r - 2.759285104469687e02
    a = ((a * r + 1.383577518672690e02) * r - 3.066479806614716e01) * r + 2.506628277459239e00
    b = (-5.447609879822406e01 * r + 1.615858368580409e02) * r - 1.556989798598866e02
    b = (b * r + 6.680131188771972e01) * r - 1.328068155288572e01
    return q * a / (b * r + 1.0)


@compiled(float64(float64, float64, float64))
def duration(u: float, mean: float, sigma: float) -> float:
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
def lognormal_sigma(cv: float) -> float:
    """Return the spread of the logarithm of a lognormal with coefficient of variation ``cv``.

    >>> round(lognormal_sigma(0.8), 6)
    0.703346
    """
    return math.sqrt(log(1.0 + cv * cv))
