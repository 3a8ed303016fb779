"""Text to Brief, or all its faults together."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from remit.briefs.brief import Brief
from remit.briefs.build import NOT_STATED, build
from remit.briefs.checks import check_brief
from remit.briefs.estate import read_assets
from remit.briefs.patterns import PATTERNS, read_patterns
from remit.briefs.place import read_locality
from remit.briefs.schema import SHAPES, BriefIn, ResponseIn
from remit.briefs.vocabulary import FAMILIES, NumberSpec, vocabulary
from remit.ground.document import Document, Path, parse_document
from remit.ground.faults import Fault, Faults, nearest
from remit.ground.quantity import Choice, Quantity
from remit.ground.reading import QuantityIn, faults_of, read_choice, read_quantity
from remit.ground.units import CANONICAL

INNER = {"kinds": ("numbers",), "curves": ("numbers",)}  # where numbers stand under a name; else directly


def parse_brief(text: str, file: str) -> Brief:
    """Return the brief in ``text``; raise ``Faults`` with everything that is wrong with it.

    Raises:
        Faults: DOC form, QTY numbers, BRF structure and meaning, PLC zones.
    """
    doc = parse_document(text, file)
    raw = doc.values if isinstance(doc.values, dict) else {}
    family = raw.get("family")
    given, faults = _structure(doc, SHAPES[family] if family in FAMILIES else ResponseIn)
    if family not in FAMILIES:
        if "family" in raw:
            what = f'"{family}"'
            faults.append(Fault("BRF011", doc.place(("family",)), what, nearest(str(family), FAMILIES)))
        raise Faults(faults)
    numbers, choices, found = _numbers(doc, raw, family)
    faults += found
    patterns, found = read_patterns(doc, raw) if family == "caseload" else ({}, [])
    numbers |= patterns
    faults += found
    locality, found = read_locality(doc, raw.get("place"), with_bases=family == "response")
    faults += found
    assets, found = read_assets(doc, raw) if family == "commons" else ((), [])
    faults += found
    if given is None or locality is None:
        raise Faults(faults)
    brief = build(given, numbers, choices, locality, doc, file, assets)
    faults += check_brief(brief, doc)
    if faults:
        raise Faults(faults)
    return brief


def _structure(doc: Document, shape: type[BriefIn]) -> tuple[BriefIn | None, list[Fault]]:
    try:
        return shape.model_validate(doc.values), []
    except ValidationError as error:
        return None, faults_of(error, shape, doc, ())


def _sections(raw: dict[str, Any], table: Mapping[str, NumberSpec]) -> Iterator[tuple[str, Any, Path]]:
    """Yield (prefix, mapping of numbers, its key path) for every place where a brief states numbers."""
    heads = dict.fromkeys(tuple(pattern.split(".")[:-1]) for pattern in table)
    for head, *wild in heads:
        entries = raw.get(head)
        if not isinstance(entries, dict):
            continue
        if not wild:
            yield head, entries, (head,)
            continue
        inner = INNER.get(head, ())
        for name, entry in entries.items():
            numbers = entry
            for key in inner:
                numbers = numbers.get(key) if isinstance(numbers, dict) else None
            if isinstance(numbers, dict):
                yield f"{head}.{name}", numbers, (head, name, *inner)


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
    for prefix, entries, path in _sections(raw, table):
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


def schema(family: str = "response") -> dict[str, Any]:
    """Return the JSON Schema of a brief of a family for editors, with its numbers spelled out."""
    quantity = QuantityIn.model_json_schema()
    root = SHAPES[family].model_json_schema()
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    root["$defs"]["Quantity"] = quantity
    for pattern, spec in vocabulary(family).items():
        head, *wild, key = pattern.split(".")
        if head in PATTERNS:
            continue  # stated as tables
        entry = {"$ref": "#/$defs/Quantity", "description": f"{spec.meaning} [{spec.dimension}]"}
        holder = _holder(root, head) if wild else root["properties"].get(head)
        if isinstance(holder, dict):
            holder.setdefault("properties", {})[key] = entry
            holder["additionalProperties"] = False
    return root


def _holder(root: dict[str, Any], head: str) -> dict[str, Any]:
    """Return the part of a schema that holds the numbers of one of several of a kind."""
    named = root["properties"][head]["additionalProperties"]
    for key in INNER.get(head, ()):
        definition = named["$ref"].rsplit("/", 1)[-1]
        named = root["$defs"][definition]["properties"][key]
    found: dict[str, Any] = named
    return found
