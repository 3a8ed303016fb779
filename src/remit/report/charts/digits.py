"""Numbers as people read them: few digits, commas at the thousands, a true minus sign."""

import math

MINUS = "−"
NOT_KNOWN = "not known"
CURRENCIES = ("£", "€", "$")
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_TOO_LARGE = 1e120
_SHORT = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))


def known(value: float) -> bool:
    """Return whether ``value`` can be drawn: a number, not NaN, not without limit.

    >>> known(2.0), known(float("nan")), known(float("inf"))
    (True, False, False)
    """
    return math.isfinite(value) and abs(value) < _TOO_LARGE


def number(value: float, digits: int = 3) -> str:
    """Return ``value`` to about ``digits`` digits, whole numbers in full up to a thousand million million.

    >>> number(1234567.8), number(-12.345), number(0.5), number(3.2e-7), number(float("nan"))
    ('1,234,568', '−12.3', '0.5', '3.2×10⁻⁷', 'not known')
    """
    if not known(value):
        return NOT_KNOWN
    size = abs(value)
    if size == 0.0:
        return "0"
    if size >= 1e15 or size < 10.0 ** (-digits - 1):
        return _scientific(value, digits)
    places = max(0, digits - 1 - math.floor(math.log10(size)))
    return _signed(value, fixed(size, places, strip=True))


def short(value: float, digits: int = 3) -> str:
    """Return ``value`` for tight places: millions as m, thousand millions as bn, and so on.

    >>> short(1234567.0), short(-2.5e9), short(45678.0), short(999_999.9)
    ('1.23m', '−2.5bn', '45,678', '1m')
    """
    size = abs(value) if known(value) else 0.0
    if size >= 1e15:
        return number(value, digits)
    for unit, word in _SHORT:
        if size >= unit or float(f"{size:.0f}") >= unit:
            return _signed(value, number(size / unit, digits) + word)
    return number(value, digits)


def signed(value: float, digits: int = 3) -> str:
    """Return ``value`` in short form with its sign, plus or minus.

    >>> signed(1.25), signed(-3.0), signed(0.0)
    ('+1.25', '−3', '0')
    """
    said = short(value, digits)
    return f"+{said}" if known(value) and value > 0 and said != "0" else said


def with_unit(said: str, unit: str) -> str:
    """Return a number already written with its unit: before it for money, close to it for a percentage.

    >>> with_unit("−1.2m", "£ a year"), with_unit("45", "%"), with_unit("8.2", "minutes")
    ('−£1.2m a year', '45%', '8.2 minutes')
    """
    if said == NOT_KNOWN or not unit:
        return said
    if unit[0] in CURRENCIES:
        sign = said[0] if said[0] in f"{MINUS}+" else ""
        return f"{sign}{unit[0]}{said[len(sign) :]}{unit[1:]}"
    return f"{said}{unit}" if unit[0] == "%" else f"{said} {unit}"


def currency(unit: str) -> str:
    """Return the currency sign a unit begins with, nothing if it begins with none.

    >>> currency("£ a year"), currency("minutes")
    ('£', '')
    """
    return unit[:1] if unit[:1] in CURRENCIES else ""


def span(low: float, high: float, unit: str = "") -> str:
    """Return a range in words, with the currency sign of its unit.

    >>> span(-1.0, 2.5), span(-1e6, 2e6, "£ a year"), span(float("nan"), 2.0)
    ('−1 to 2.5', '−£1m to £2m', 'range not known')
    """
    if not (known(low) and known(high)):
        return "range not known"
    money = currency(unit)
    return f"{with_unit(short(low), money)} to {with_unit(short(high), money)}"


def fixed(size: float, places: int, *, strip: bool = False) -> str:
    """Return ``size`` with so many decimal places, commas and a true minus sign.

    >>> fixed(1234.5, 2), fixed(-0.001, 1), fixed(2.50, 2, strip=True)
    ('1,234.50', '0.0', '2.5')
    """
    said = f"{abs(size):,.{places}f}"
    if strip and "." in said:
        said = said.rstrip("0").rstrip(".")
    return _signed(size, said)


def _signed(value: float, said: str) -> str:
    """Put the minus sign before ``said`` unless it shows nothing but noughts."""
    return f"{MINUS}{said}" if value < 0 and any(c in "123456789" for c in said) else said


def _scientific(value: float, digits: int) -> str:
    """Return a very large or very small number with its power of ten."""
    head, power = f"{abs(value):.{digits - 1}e}".split("e")
    head = head.rstrip("0").rstrip(".") if "." in head else head
    return _signed(value, f"{head}×10{str(int(power)).translate(_RAISED)}")
