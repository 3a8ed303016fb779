"""From a marked document to typed values: pydantic's findings become faults with line and nearest name."""

import math
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from remit.ground.deflator import GDP_DEFLATOR, inflate
from remit.ground.document import Document, Path
from remit.ground.faults import MOST_NAMES, Fault, nearest
from remit.ground.quantity import Choice, Quantity
from remit.ground.units import CANONICAL, MONEY, Unit, find_unit, nearest_unit


class Strict(BaseModel):
    """A part of an input: unknown keys refused, values not bent into shape."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class QuantityIn(Strict):
    """A number as written: value or counts, unit, range, and source or assumption."""

    value: float | None = None
    """Best single value, in ``unit``."""
    counts: tuple[int, int] | None = Field(default=None)
    """Hits and trials, for a share that was counted: ``[53, 4196]``."""
    unit: str
    """One of the closed vocabulary, e.g. minute, share, per_100k_per_year."""
    low: float | None = None
    """Low end (uniform, triangular) or 5th percentile (normal, lognormal)."""
    high: float | None = None
    """High end or 95th percentile."""
    shape: Literal["fixed", "uniform", "triangular", "normal", "lognormal", "counts"] | None = None
    """How belief is spread over the range; triangular where a range is given and nothing is said."""
    source: str | None = None
    """An id of the brief's sources."""
    assumption: str | None = None
    """Why this number, where nothing was published."""
    grade: Literal["A", "B", "C", "D"] | None = None
    """A law or definition, B peer-reviewed or official, C practice, D own reasoning."""
    note: str = ""
    calibrated_to: str = ""
    """The published outcome it was fitted to, which then no longer tests the model."""
    price_year: StrictInt | None = None
    """Financial year of the pounds (2018 is 2018-19)."""


class ChoiceIn(Strict):
    """A question with several answers."""

    one_of: dict[str, float]
    """Answers and their weights."""
    source: str | None = None
    assumption: str | None = None
    note: str = ""


def faults_of(error: ValidationError, model: type[BaseModel], doc: Document, base: Path) -> list[Fault]:
    """Return pydantic's findings as faults at their lines."""
    found = []
    items = error.errors(include_url=False)
    inner = {item["loc"] for item in items}
    for n, item in enumerate(items):
        # a list whose every part is faulty is told as too short as well: one fault is enough
        if item["type"] == "too_short" and any(
            o != item["loc"] and o[: len(item["loc"])] == item["loc"] for o in inner
        ):
            continue
        path = base + tuple(p for p in item["loc"] if isinstance(p, int) or not p.startswith("function-"))
        kind = item["type"]
        if kind == "extra_forbidden":
            known = _fields_at(model, item["loc"][:-1])
            # a thousand unknown names are one mistake: advice on the first is enough
            advice = nearest(str(path[-1]), known) if n < MOST_NAMES else ""
            if " " in str(path[-1]):
                advice = "Put text with commas into quotes."
            found.append(Fault("BRF002", doc.place(path), f'"{path[-1]}" is not known here', advice))
        elif kind == "missing":
            found.append(Fault("BRF003", doc.place(path), f'"{path[-1]}" is missing'))
        else:
            found.append(
                Fault("BRF001", doc.place(path), f"{_plain(item['msg'])}, found {_short(item.get('input'))}")
            )
    return found


def _plain(message: str) -> str:
    """Return pydantic's sentence beginning small, patterns in it as they are."""
    return message[:1].lower() + message[1:]


def _names(model: type[BaseModel]) -> list[str]:
    """Return the keys of a model as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _fields_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """Return the field names of the model that stands at ``loc`` below ``model``."""
    for part in loc:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        inner = _model_in(field.annotation) if field else None
        if inner is None:
            return _names(model)
        model = inner
    return _names(model)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        inner = _model_in(part)
        if inner is not None:
            return inner
    return None


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 40 else text[:37] + "..."


def read_quantity(
    node: Any,
    name: str,
    dimension: str,
    doc: Document,
    path: Path,
    sources: Sequence[str],
    price_year: int | None,
) -> tuple[Quantity | None, list[Fault]]:
    """Return the quantity in ``node`` in canonical units, or None and why not."""
    if isinstance(node, int | float) and not isinstance(node, bool):
        return None, [Fault("QTY009", doc.place(path), f"{node}")]
    try:
        given = QuantityIn.model_validate(node)
    except ValidationError as error:
        return None, faults_of(error, QuantityIn, doc, path)
    faults = provenance_faults(given.source, given.assumption, doc, path, sources)
    unit = find_unit(given.unit)
    if unit is None:
        faults.append(
            Fault(
                "QTY001",
                doc.place(path + ("unit",)),
                f'unit "{given.unit}" is not known',
                nearest_unit(given.unit),
            )
        )
    elif unit.dimension != dimension:
        what = f'"{given.unit}" measures {unit.dimension}, {name} is a {dimension}'
        faults.append(Fault("QTY002", doc.place(path + ("unit",)), what, nearest_unit(given.unit, dimension)))
    value = given.value
    if given.counts is not None:
        faults += _counted(given.counts, given.value, unit, doc, path)
        value = given.counts[0] / given.counts[1] if given.counts[1] else 0.0
    elif given.shape == "counts":
        faults.append(Fault("BRF003", doc.place(path), '"counts" is missing'))
    if value is None:
        faults.append(Fault("BRF003", doc.place(path), '"value" (or "counts") is missing'))
    if faults or value is None or unit is None:
        return None, faults
    return _finish(given, name, value, unit, doc, path, price_year)


def _counted(
    counts: tuple[int, int], value: float | None, unit: Unit | None, doc: Document, path: Path
) -> list[Fault]:
    """Return what is wrong with a share told as hits among trials."""
    faults = []
    if not 0 < counts[0] < counts[1]:
        faults.append(Fault("QTY006", doc.place(path + ("counts",)), "counts need 0 < hits < trials"))
    if unit is not None and unit.name != "share":
        what = "what is counted is a share"
        faults.append(Fault("QTY002", doc.place(path + ("unit",)), what, "Write unit: share."))
    if value is not None:
        faults.append(Fault("QTY005", doc.place(path), "value stands beside counts: which holds?"))
    return faults


def provenance_faults(
    source: object, assumption: object, doc: Document, path: Path, sources: Sequence[str]
) -> list[Fault]:
    """Return what is wrong with the origin of anything stated: a listed source, or an assumption."""
    if not source:
        return [] if assumption else [Fault("QTY003", doc.place(path), "neither source nor assumption")]
    if str(source) in sources:
        return []
    what = f'source "{source}" is not listed'
    return [Fault("QTY004", doc.place(path + ("source",)), what, nearest(str(source), sources))]


def _finish(
    given: QuantityIn, name: str, value: float, unit: Unit, doc: Document, path: Path, price_year: int | None
) -> tuple[Quantity | None, list[Fault]]:
    """Convert to canonical units and the brief's price year; check the range."""
    faults = []
    factor = unit.factor
    if unit.name in MONEY and price_year is not None:
        if given.price_year is None:
            faults.append(Fault("QTY007", doc.place(path), "pounds of which year?"))
        elif given.price_year not in GDP_DEFLATOR or price_year not in GDP_DEFLATOR:
            what = f"{given.price_year} to {price_year}: the table runs from {min(GDP_DEFLATOR)} to {max(GDP_DEFLATOR)}"
            faults.append(Fault("QTY008", doc.place(path + ("price_year",)), what))
        else:
            factor *= inflate(1.0, given.price_year, price_year)
    low = value if given.low is None else given.low
    high = value if given.high is None else given.high
    shape = given.shape or ("counts" if given.counts else "fixed" if low == high else "triangular")
    if not low <= value <= high:
        faults.append(Fault("QTY005", doc.place(path), f"low {low}, value {value}, high {high}"))
    elif shape not in ("fixed", "counts") and low == high:
        faults.append(Fault("QTY005", doc.place(path), f"{shape} needs a low and a high that differ"))
    elif shape == "lognormal" and low <= 0.0:
        faults.append(Fault("QTY006", doc.place(path), "a lognormal range lies above 0"))
    elif shape in ("normal", "lognormal") and not _is_in_the_middle(value, low, high, shape):
        what = f"{shape} with 5th and 95th percentile {low} and {high} has its middle elsewhere than {value}"
        faults.append(Fault("QTY005", doc.place(path), what, "Use shape: triangular for a lopsided range."))
    if faults:
        return None, faults
    return (
        Quantity(
            name=name,
            value=value * factor,
            unit=CANONICAL[unit.dimension],
            low=low * factor,
            high=high * factor,
            shape=shape,
            source=given.source or "",
            assumption=given.assumption or "",
            grade=given.grade or ("D" if not given.source else ""),
            note=given.note,
            calibrated_to=given.calibrated_to,
            counts=given.counts or (0, 0),
        ),
        [],
    )


def _is_in_the_middle(value: float, low: float, high: float, shape: str) -> bool:
    """Tell whether a value is the middle of its range within a twentieth of its width (of its logarithm)."""
    if shape == "lognormal":
        value, low, high = math.log(value), math.log(low), math.log(high)
    return abs(value - 0.5 * (low + high)) <= 0.05 * (high - low)


def read_choice(
    node: Any, name: str, doc: Document, path: Path, sources: Sequence[str]
) -> tuple[Choice | None, list[Fault]]:
    """Return the choice in ``node``, or None and why not."""
    try:
        given = ChoiceIn.model_validate(node)
    except ValidationError as error:
        return None, faults_of(error, ChoiceIn, doc, path)
    faults = provenance_faults(given.source, given.assumption, doc, path, sources)
    if not given.one_of or min(given.one_of.values()) < 0.0 or sum(given.one_of.values()) <= 0.0:
        faults.append(
            Fault("BRF012", doc.place(path + ("one_of",)), "weights must be 0 or more, one of them above 0")
        )
    if faults:
        return None, faults
    return Choice(
        name,
        tuple(given.one_of),
        tuple(given.one_of.values()),
        given.source or "",
        given.assumption or "",
        given.note,
    ), []
