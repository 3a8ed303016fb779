"""A pilot's power as plain values, for ``--json``: every number with its unit and convention."""

import math
from typing import Any

from remit.ground.units import UNITS, find_unit
from remit.pilots.numbers import NUMBERS, OUTCOME
from remit.pilots.power.answer import Figure, PowerAnswer


def number(value: float) -> float | None:
    """Return a number as JSON has it: none for what is not a number.

    >>> number(float("nan")), number(0.5)
    (None, 0.5)
    """
    return value if math.isfinite(value) else None


def in_outcome_unit(answer: PowerAnswer, value: float) -> float:
    """Return an effect in the unit in which the outcome is told."""
    unit = find_unit(answer.protocol.outcome.unit)
    return value / unit.factor if unit else value


def as_stated(answer: PowerAnswer, name: str, value: float) -> float:
    """Return an assumed number in the unit in which it is usually stated."""
    spec = NUMBERS[name]
    return in_outcome_unit(answer, value) if spec.dimension == OUTCOME else value / UNITS[spec.unit].factor


def power_plain(answer: PowerAnswer) -> dict[str, Any]:
    """Return power, size, smallest effect and what they stand on as plain values."""
    protocol = answer.protocol
    return {
        "pilot": protocol.id,
        "design": protocol.design,
        "unit": protocol.unit,
        "outcome": {"name": protocol.outcome.name, "unit": protocol.outcome.unit},
        "wanted_power": protocol.power,
        "counts": list(answer.counts),
        "power": _figure(answer.power),
        "size": {**_figure(answer.size), "counts": list(answer.size_counts)},
        "smallest_effect": _figure(
            answer.smallest_effect, in_outcome_unit(answer, answer.smallest_effect.value)
        ),
        "curve": [
            {
                "units": point.units,
                "power": number(point.power),
                "smallest_effect": number(in_outcome_unit(answer, point.smallest_effect)),
            }
            for point in answer.curve
        ],
        "swings": [
            {
                "number": swing.name,
                "low": as_stated(answer, swing.name, swing.low),
                "high": as_stated(answer, swing.name, swing.high),
                "power_low": number(swing.power_low),
                "power_high": number(swing.power_high),
            }
            for swing in answer.swings
        ],
        "smallest_p": number(answer.smallest_p),
        "fewest_units": answer.fewest or None,
        "looks": {"stop_at_z": list(answer.bounds), "share_used_on_average": number(answer.used)},
        "formula": answer.kind.formula,
        "sources": answer.kind.sources,
        "estimator": answer.kind.estimator,
        "pitfalls": answer.kind.pitfalls,
        "cautions": list(answer.cautions),
        "taken_where_nothing_was_told": {
            name: as_stated(answer, name, value) for name, value in answer.defaults.items()
        },
    }


def _figure(figure: Figure, value: float | None = None) -> dict[str, Any]:
    told = figure.convention
    return {
        "value": number(figure.value if value is None else value),
        "sides": told.sides,
        "test": told.test,
        "df": number(told.df),
        "alpha": told.alpha,
        "variance": told.variance,
    }
