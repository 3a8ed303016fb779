"""Evidence as a person reads it: a line for each thing known, and what studies say together."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from remit.pilots.discount import LOWEST
from remit.pilots.known import Line, Together

RULE = (
    f"Discounted: a study counts for less by its lowest grade (down to {LOWEST:g} of its size at the bottom of a "
    "scale, or without a grade) and by the distance of its place (exp(-distance)). The rule is ours; argue with it."
)


def evidence_lines(lines: Sequence[Line], pooled: Sequence[Together]) -> list[str]:
    """Return the listing, parameter by parameter."""
    told: list[str] = []
    before = ""
    for line in lines:
        if line.parameter != before:
            told += [line.parameter]
            before = line.parameter
        reach = "" if line.low == line.high else f" ({line.low:.4g} to {line.high:.4g})"
        grade = f" [{line.grade}]" if line.grade else " [no grade]"
        when = f", {line.date}" if line.date else ""
        told += [
            f"  {line.value:.4g}{reach} {line.unit}{grade} {line.kept_in}: {line.place}{when}. {line.source}"
        ]
    if not told:
        return ["Nothing is known yet."]
    for group in pooled:
        told += ["", *pooled_lines(group)]
    return [*told, "", RULE] if pooled else told


def pooled_lines(group: Together) -> list[str]:
    """Return what studies of one number say together."""
    lines = [f"{group.parameter}: {len(group.records)} studies together, {group.scale} ({group.plain.way})"]
    for name, p in (("as they are", group.plain), ("discounted", group.discounted)):
        ahead = "not told (fewer than three studies)"
        if not math.isnan(p.predict_low):
            ahead = f"{p.predict_low:.3g} to {p.predict_high:.3g}"
        lines.append(
            f"  {name}: mean {p.mean:.3g} ({p.low:.3g} to {p.high:.3g}); a new place should expect {ahead}; "
            f"{100 * p.i2:.0f} in 100 of the spread is not chance"
        )
    return lines


def evidence_plain(lines: Sequence[Line], pooled: Sequence[Together]) -> dict[str, Any]:
    """Return the same as plain values."""
    return {
        "evidence": [asdict(line) for line in lines],
        "together": [
            {
                "parameter": g.parameter,
                "scale": g.scale,
                "studies": [r.id for r in g.records],
                "plain": _plain(asdict(g.plain)),
                "discounted": _plain(asdict(g.discounted)),
            }
            for g in pooled
        ],
        "rule": RULE,
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in values.items()}
