"""A brief and the ancestry of its numbers as a person reads them."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from remit.briefs.brief import Brief
from remit.briefs.vocabulary import spec_of, stated_unit
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY, Design, changes_from, in_words
from remit.ground.quantity import Quantity, in_stated_unit
from remit.ground.units import UNITS
from remit.mechanism.values import Step

WIDTH = 100
GRADES = {"A": "law or definition", "B": "peer-reviewed or official", "C": "practice", "D": "own reasoning"}


def brief_as_text(brief: Brief, designs: Mapping[str, Design]) -> str:
    """Return a brief as a page of text."""
    return "\n".join(_lines(brief, designs))


def _lines(brief: Brief, designs: Mapping[str, Design]) -> Iterator[str]:
    yield from (brief.title, "=" * len(brief.title), "")
    yield from _wrap(f"Need: {brief.need}")
    yield from _wrap(f"Question: {brief.question}")
    yield from _heading("Must not be used for")
    for line in brief.not_for:
        yield from _wrap(f"- {line}")
    yield from _heading("What the model leaves out")
    for line in brief.left_out:
        yield from _wrap(f"- {line}")
    place = brief.locality
    inside = [z for z in place.zones if z.is_inside]
    yield from _heading(f"Place: {place.name}")
    within = sum(z.population for z in inside)
    n_around = len(place.zones) - len(inside)
    ring = f"; ring of {n_around} zones, {place.population - within:,.0f} people" if n_around else ""
    yield f"{len(inside)} zones, {within:,.0f} people{ring}"
    for words, points in (("bases", place.bases), ("hospitals", place.hospitals)):
        if points:
            yield f"{len(points)} {words}: {', '.join(p.name for p in points)}"
    for note in place.notes:
        yield from _wrap(f"- {note}")
    yield from _heading("Designs")
    catalogue = load_catalogue()
    for design in designs.values():
        yield from _wrap(f"{design.id}: {design.title}. {design.why}")
        for variable in changes_from(design, designs[TODAY]):
            yield from _wrap(in_words(variable, design.settings[variable], catalogue), "    ")
    yield from _heading(f"Numbers (pounds of {brief.price_year}; † assumption, no published source)")
    for name in sorted(brief.given):
        yield from _wrap(number_line(brief.numbers[name], brief), "    ")
    for choice in brief.choices.values():
        yield from _wrap(
            f"{choice.name}: one of {', '.join(choice.options)} {'' if choice.source else '† '}{choice.assumption}"
        )
    if brief.surprises:
        yield from _heading("Surprises that can be tried (--surprise)")
    for surprise in brief.surprises:
        yield from _wrap(f"{surprise.id}: {surprise.title.rstrip('.')}. {surprise.why}", "    ")
        for change in surprise.changes:
            yield from _wrap(f"    from day {change.day}: {change.why}", "      ")
    yield from _heading("Published results it is held against, but for those it was fitted to")
    for p in brief.published:
        yield from _wrap(
            f"- {p.what}: {p.value:g} {UNITS[p.unit].words if p.unit in UNITS else p.unit}. "
            f"{'Fitted to it. ' if p.is_fitted else ''}{p.note}"
        )
    yield from _heading("Sources")
    for source in brief.sources.values():
        yield from _wrap(f"{source.id}: {source.cite} [{source.status}]", "    ")


def number_line(q: Quantity, brief: Brief) -> str:
    """Return one number with unit, range, source and what it means."""
    spec = spec_of(q.name, brief.family)
    q = in_stated_unit(q, stated_unit(spec) if spec else None)
    unit = UNITS[q.unit].words if q.unit in UNITS else q.unit
    spread = (
        f" ({written(q.low)} to {written(q.high)}, {q.shape})"
        if q.is_uncertain and q.shape != "counts"
        else ""
    )
    counted = f" ({q.counts[0]} of {q.counts[1]:,})" if q.shape == "counts" else ""
    origin = q.source or f"† {q.assumption}"
    fitted = f" [calibrated to: {q.calibrated_to}]" if q.calibrated_to else ""
    meaning = f" - {spec.meaning}" if spec else ""
    return f"{q.name} = {written(q.value)} {unit}{spread}{counted}: {origin}{fitted}{meaning}"


def brief_as_plain(brief: Brief) -> dict[str, Any]:
    """Return a brief as plain values."""
    raw = asdict(brief)
    raw["given"] = sorted(brief.given)
    raw["numbers"] = {n: _finite(asdict(brief.numbers[n])) for n in sorted(brief.given)}
    return raw


def ancestry_as_plain(
    parameter: str, meaning: str, unit: str, value: float, steps: Sequence[Step], sources: Sequence[str]
) -> dict[str, Any]:
    """Return the ancestry of a number as plain values."""
    return {
        "parameter": parameter,
        "meaning": meaning,
        "unit": unit,
        "value": _end(value),
        "steps": [
            {
                "what": s.what,
                "value": _end(s.value),
                "origin": _origin(s.quantity),
                "low": _end(s.quantity.low) if s.quantity else None,
                "high": _end(s.quantity.high) if s.quantity else None,
                "grade": s.quantity.grade if s.quantity else None,
                "note": s.quantity.note if s.quantity else "",
            }
            for s in steps
        ],
        "sources": list(sources),
    }


def ancestry_as_text(plain: Mapping[str, Any]) -> str:
    """Return the ancestry of a number as lines."""
    unit = UNITS[plain["unit"]].words if plain["unit"] in UNITS else plain["unit"]
    lines = [f"{plain['parameter']} = {_said(plain['value'])} {unit}", *_wrap(plain["meaning"], ""), ""]
    for i, step in enumerate(plain["steps"], start=1):
        spread = (
            ""
            if step["low"] in (None, step["high"])
            else f", between {_said(step['low'])} and {_said(step['high'])}"
        )
        grade = f", grade {step['grade']} ({GRADES[step['grade']]})" if step["grade"] in GRADES else ""
        lines += _wrap(f"{i}. {step['what']}: {_said(step['value'])}", "   ")
        if step["origin"]:
            lines += _wrap(f"   from {step['origin']}{spread}{grade}", "   ")
        if step["note"]:
            lines += _wrap(f"   {step['note']}", "   ")
    if len(plain["steps"]) == 1:
        lines.append("No setting of this design changes it.")
    return "\n".join([*lines, "", *(line for s in plain["sources"] for line in _wrap(s, "    "))]).rstrip()


def written(value: float) -> str:
    """Return a number as a person writes it: four figures, no powers of ten within reason.

    >>> written(10080.0), written(0.0126), written(float("inf"))
    ('10,080', '0.0126', 'without end')
    """
    if value in (float("inf"), float("-inf")):
        return "without end"
    if value == 0.0 or not 1e-4 <= abs(value) < 1e9:
        return f"{value:.4g}"
    return f"{float(f'{value:.4g}'):,.10g}"


def _said(value: float | None) -> str:
    return "without end" if value is None else written(value)


def _end(value: float) -> float | None:
    """Return a number as JSON can hold it: without end is null."""
    return value if value not in (float("inf"), float("-inf")) else None


def _origin(q: Quantity | None) -> str:
    if q is None:
        return ""
    return q.source or f"assumption: {q.assumption}"


def _finite(values: dict[str, Any]) -> dict[str, Any]:
    return {
        k: (str(v) if isinstance(v, float) and v in (float("inf"), float("-inf")) else v)
        for k, v in values.items()
    }


def _heading(text: str) -> list[str]:
    return ["", text, "-" * len(text)]


def _wrap(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent) or [""]
