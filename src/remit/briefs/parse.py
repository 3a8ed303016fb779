"""Text to Brief, or all its faults together."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from remit.briefs.brief import (
    Brief,
    Change,
    DesignText,
    KindOfRequest,
    Published,
    Shift,
    Source,
    SurvivalCurve,
)
from remit.briefs.checks import check_brief
from remit.briefs.place import read_locality
from remit.briefs.schema import BriefIn, CurveIn, KindIn, ShiftIn
from remit.briefs.together import read_tied
from remit.briefs.vocabulary import DESCRIBED, FAMILIES, NumberSpec, vocabulary
from remit.ground.document import Document, Path, parse_document
from remit.ground.faults import Fault, Faults, nearest
from remit.ground.quantity import Choice, Quantity
from remit.ground.reading import QuantityIn, faults_of, read_choice, read_quantity
from remit.ground.units import CANONICAL

SECTIONS = ("demand", "call", "crews", "alert", "bystander", "outcome", "money")
NOT_STATED = "not stated in the brief: the engine's neutral value"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def parse_brief(text: str, file: str) -> Brief:
    """Return the brief in ``text``; raise ``Faults`` with everything that is wrong with it.

    Raises:
        Faults: DOC form, QTY numbers, BRF structure and meaning, PLC zones.
    """
    doc = parse_document(text, file)
    given, faults = _structure(doc)
    raw = doc.values if isinstance(doc.values, dict) else {}
    family = raw.get("family")
    if family not in FAMILIES:
        if "family" in raw:
            faults.append(_unknown_family(str(family), doc))
        raise Faults(faults)
    numbers, choices, found = _numbers(doc, raw, family)
    faults += found
    locality, found = read_locality(doc, raw.get("place"))
    faults += found
    if given is None or locality is None:
        raise Faults(faults)
    together = tuple(read_tied(t, doc.place(("together", i)).line) for i, t in enumerate(given.together))
    brief = replace(_build(given, numbers, choices, locality, file), together=together)
    faults += check_brief(brief, doc)
    if faults:
        raise Faults(faults)
    return brief


def _unknown_family(family: str, doc: Document) -> Fault:
    if family in DESCRIBED:
        what = f'"{family}" comes later: what its settings do is in the catalogue, and it cannot be simulated yet'
        return Fault("BRF011", doc.place(("family",)), what, f"Families so far: {', '.join(FAMILIES)}.")
    return Fault("BRF011", doc.place(("family",)), f'"{family}"', nearest(family, FAMILIES))


def _structure(doc: Document) -> tuple[BriefIn | None, list[Fault]]:
    try:
        return BriefIn.model_validate(doc.values), []
    except ValidationError as error:
        return None, faults_of(error, BriefIn, doc, ())


def _sections(raw: dict[str, Any]) -> Iterator[tuple[str, Any, Path]]:
    """Yield (prefix, mapping of numbers, its key path) for every place where a brief states numbers."""
    for section in SECTIONS:
        if isinstance(raw.get(section), dict):
            yield section, raw[section], (section,)
    for group in ("kinds", "curves"):
        entries = raw.get(group)
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict) and isinstance(entry.get("numbers"), dict):
                yield f"{group}.{name}", entry["numbers"], (group, name, "numbers")


def _numbers(
    doc: Document, raw: dict[str, Any], family: str
) -> tuple[dict[str, Quantity], dict[str, Choice], list[Fault]]:
    """Return every number of the family: stated ones, and the defaults of the rest."""
    table = vocabulary(family)
    sources = list(raw["sources"]) if isinstance(raw.get("sources"), dict) else []
    price_year = raw.get("price_year") if isinstance(raw.get("price_year"), int) else None
    numbers: dict[str, Quantity] = {}
    choices: dict[str, Choice] = {}
    faults: list[Fault] = []
    curves: dict[str, Any] = raw["curves"] if isinstance(raw.get("curves"), dict) else {}
    linear = {n for n, c in curves.items() if isinstance(c, dict) and c.get("link") == "linear"}
    for prefix, entries, path in _sections(raw):
        wild = prefix.split(".")[0] + ".*" if "." in prefix else prefix
        known = {p.rsplit(".", 1)[1]: s for p, s in table.items() if p.rsplit(".", 1)[0] == wild}
        for key, node in entries.items():
            if key not in known:
                faults.append(
                    Fault("BRF004", doc.place(path + (key,)), f'"{key}"', nearest(key, list(known)))
                )
                continue
            spec, name = known[key], f"{prefix}.{key}"
            dimension = _curve_dimension(key, prefix, linear) if spec.dimension == "any" else spec.dimension
            quantity, found = read_quantity(node, name, dimension, doc, path + (key,), sources, price_year)
            faults += found
            if quantity is not None:
                faults += _bounds(quantity, spec, doc, path + (key,))
                numbers[name] = quantity
        for key, spec in known.items():
            if key not in entries:
                if spec.default is None:
                    faults.append(Fault("BRF005", doc.place(path), f'"{key}" is not given: {spec.meaning}'))
                else:
                    numbers[f"{prefix}.{key}"] = _default(f"{prefix}.{key}", spec)
    for pattern, spec in table.items():
        if "*" not in pattern and pattern not in numbers and spec.default is not None:
            numbers[pattern] = _default(pattern, spec)
    if raw.get("curve") is not None:
        choice, found = read_choice(raw["curve"], "outcome.curve", doc, ("curve",), sources)
        faults += found
        if choice is not None:
            choices["outcome.curve"] = choice
    return numbers, choices, faults


def _curve_dimension(key: str, prefix: str, linear: set[str]) -> str:
    """Return the dimension of a curve's coefficient: log odds or share, at start or a minute."""
    if key.endswith("_floor"):
        return "share"
    level = key.endswith("_intercept")
    if prefix.split(".")[1] in linear:
        return "share" if level else "share_slope"
    return "logit" if level else "logit_slope"


def _default(name: str, spec: NumberSpec) -> Quantity:
    value = float(spec.default or 0.0)
    return Quantity(name, value, CANONICAL.get(spec.dimension, ""), value, value, assumption=NOT_STATED)


def _bounds(q: Quantity, spec: NumberSpec, doc: Document, path: Path) -> list[Fault]:
    if spec.least <= q.low and q.high <= spec.most:
        return []
    what = f"{q.low:g} to {q.high:g} {q.unit}; {spec.meaning}: {spec.least:g} to {spec.most:g}"
    return [Fault("QTY006", doc.place(path), what, "")]


def _build(
    given: BriefIn, numbers: dict[str, Quantity], choices: dict[str, Choice], locality: Any, file: str
) -> Brief:
    weights = given.span.hours.weekday * 5 + given.span.hours.weekend * 2
    mean = sum(weights) / 168.0 or 1.0
    return Brief(
        id=given.id,
        family=given.family,
        title=given.title,
        need=given.need,
        question=given.question,
        not_for=tuple(given.not_for),
        left_out=tuple(given.left_out),
        price_year=given.price_year,
        sources={k: Source(k, s.cite, s.url, s.status) for k, s in given.sources.items()},
        locality=locality,
        warm_up_days=given.span.warm_up_days,
        days=given.span.days,
        hour_weights=tuple(w / mean for w in weights),
        headline_kind=given.headline.kind,
        urgent_kinds=tuple(given.headline.urgent),
        kinds=tuple(_kind(k, v) for k, v in given.kinds.items()),
        curves=tuple(_curve(k, v) for k, v in given.curves.items()),
        shifts=tuple(_shift(s) for s in given.shifts),
        numbers=numbers,
        choices=choices,
        today=given.today,
        designs=tuple(
            DesignText(k, d.title, d.why, d.settings, tuple(d.repairs)) for k, d in given.designs.items()
        ),
        conditions_met=tuple(given.conditions_met),
        changes=tuple(Change(c.day, c.why, tuple(c.multiply.items())) for c in given.changes),
        published=tuple(
            Published(p.what, p.value, p.unit, p.source, p.compare or "", p.note) for p in given.published
        ),
        soften=tuple(given.soften),
        local_rules=given.local_rules or "",
        file=file,
        given=frozenset(n for n, q in numbers.items() if q.assumption != NOT_STATED),
    )


def _curve(name: str, given: CurveIn) -> SurvivalCurve:
    return SurvivalCurve(
        name,
        given.title,
        given.population,
        given.clocks,
        given.time_zero == "collapse",
        given.at_address,
        given.link == "logistic",
    )


def _kind(name: str, given: KindIn) -> KindOfRequest:
    return KindOfRequest(
        id=name,
        name=given.name,
        priority=given.priority,
        under_priority=given.priority if given.under_priority is None else given.under_priority,
        over_priority=given.priority if given.over_priority is None else given.over_priority,
        needs=tuple(given.needs),
        is_alertable=given.alertable,
        diverts=given.diverts,
        has_outcome=given.has_outcome,
    )


def _shift(given: ShiftIn) -> Shift:
    days = sum(1 << DAYS.index(d) for d in set(given.days))
    return Shift(given.start_hour * 60.0, given.hours * 60.0, days, tuple(given.skills))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a brief for editors, with the numbers of each family spelled out."""
    quantity = QuantityIn.model_json_schema()
    root = BriefIn.model_json_schema()
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    root["$defs"]["Quantity"] = quantity
    for pattern, spec in vocabulary("response").items():
        *prefix, key = pattern.split(".")
        entry = {"$ref": "#/$defs/Quantity", "description": f"{spec.meaning} [{spec.dimension}]"}
        holder = root["properties"].get(prefix[0])
        if len(prefix) == 2:
            definition = "KindIn" if prefix[0] == "kinds" else "CurveIn"
            holder = root["$defs"][definition]["properties"]["numbers"]
        if isinstance(holder, dict):
            holder.setdefault("properties", {})[key] = entry
            holder["additionalProperties"] = False
    return root
