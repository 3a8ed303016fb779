"""The numbers that a brief of a family may state: name, dimension, default, bounds, meaning."""

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

from remit.ground.document import parse_document
from remit.ground.units import CANONICAL, UNITS, Unit

FAMILIES = ("response", "caseload", "commons")
SHARED = "uptake.yaml"  # numbers that briefs of every family may state


@dataclass(frozen=True)
class NumberSpec:
    """One parameter of the engine that a brief states."""

    pattern: str
    dimension: str
    default: float | None
    least: float
    most: float
    meaning: str
    is_dated: bool = False  # whether a dated change may move it


@cache
def vocabulary(family: str) -> dict[str, NumberSpec]:
    """Return the numbers of a family by pattern, in the table's order.

    >>> vocabulary("response")["alert.radius_m"].dimension
    'length'
    """
    return _table(f"{family}.yaml") | _table(SHARED)


def _table(name: str) -> dict[str, NumberSpec]:
    text = resources.files("remit.briefs").joinpath("data", name).read_text("utf-8")
    table = {}
    for pattern, (dimension, default, least, most, meaning, *mark) in parse_document(
        text, name
    ).values.items():
        value = None if default is None else _number(default)
        ends = _number(least), _number(most)
        table[pattern] = NumberSpec(pattern, dimension, value, *ends, meaning, bool(mark))
    return table


def _number(written: float | str) -> float:
    return math.inf if written == ".inf" else float(written)


@cache
def spec_of(name: str, family: str) -> NumberSpec | None:
    """Return the spec of a full name such as ``kinds.arrest.scene_minutes``, or None.

    >>> spec_of("kinds.arrest.scene_minutes", "response").pattern
    'kinds.*.scene_minutes'
    """
    parts = name.split(".")
    if len(parts) == 3:
        parts[1] = "*"
    return vocabulary(family).get(".".join(parts))


def stated_unit(spec: NumberSpec) -> Unit | None:
    """Return the unit that a number's name says it is stated in, else the canonical one.

    >>> stated_unit(vocabulary("caseload")["grant.delay_weeks"]).name
    'week'
    """
    key = f"_{spec.pattern.rsplit('.', 1)[-1]}_"
    for unit in UNITS.values():
        if unit.name == "number":
            continue  # a number of crews is told in crews, of people in people
        if unit.dimension == spec.dimension and (f"_{unit.name}_" in key or f"_{unit.name}s_" in key):
            return unit
    return UNITS.get(CANONICAL.get(spec.dimension, ""))
