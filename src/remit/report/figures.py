"""Numbers as words: digits that a reader can use, units, ranges, signs."""

import math

from remit.simulate.outcome import Outcome

MINUS = "\N{MINUS SIGN}"
DAGGER = "\N{DAGGER}"


def figure(value: float, outcome: Outcome) -> str:
    """Return a value of an outcome: shares as per cent, pounds with commas, the rest with its decimals."""
    return _signed(value, outcome, plus=False)


def change(value: float, outcome: Outcome) -> str:
    """Return a difference with its sign; exactly nothing is ``0``."""
    return "0" if value == 0.0 else _signed(value, outcome, plus=True)


def interval(low: float, high: float, outcome: Outcome) -> str:
    """Return a range of differences, or ``0`` where both ends are exactly nothing."""
    if math.isnan(low) or math.isnan(high):
        return "not known"
    if low == 0.0 == high:
        return "0"
    return f"{change(low, outcome)} to {change(high, outcome)}"


def unit_of(outcome: Outcome) -> str:
    """Return the unit that a column head shows."""
    return "per cent" if outcome.unit == "share" else outcome.unit


def _signed(value: float, outcome: Outcome, *, plus: bool) -> str:
    if math.isnan(value):
        return "not known"
    size = abs(value)
    if outcome.unit == "share":
        size = 100.0 * size
        text = f"{size:,.{_decimals(size, max(0, outcome.decimals - 2))}f}"
    elif outcome.unit.startswith("pounds") and outcome.decimals == 0:
        text = f"{float(f'{size:.2g}' if plus else f'{size:.3g}'):,.0f}"
    else:
        text = f"{size:,.{_decimals(size, outcome.decimals)}f}"
    if not text.strip("0.,"):
        return text.lstrip("-")  # nothing has no sign
    sign = MINUS if value < 0.0 else "+" if plus else ""
    return f"{sign}{text}"


def _decimals(size: float, least: int) -> int:
    """Return enough decimals to show a small number that is not nothing, at most two more."""
    if size == 0.0 or size >= 0.5 * 10.0**-least:
        return least
    return min(least + 2, math.ceil(-math.log10(size)))


def error_figure(value: float, outcome: Outcome, digits: int = 2) -> str:
    """Return a computing error in the outcome's shown unit, two digits unless told."""
    if math.isnan(value):
        return "not known"
    size = 100.0 * value if outcome.unit == "share" else value
    if size < 1e-9:
        return "0"
    return f"{size:,.0f}" if size >= 100.0 else f"{size:.{digits}g}"


def many(n: int, thing: str) -> str:
    """Return a count with its noun.

    >>> many(1, "year"), many(1_000, "future")
    ('1 year', '1,000 futures')
    """
    return f"{n:,} {thing}" if n == 1 else f"{n:,} {thing}s"
