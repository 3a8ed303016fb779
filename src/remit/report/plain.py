"""A comparison as plain values, for ``--json``: numbers in full, not rounded for reading."""

import math
from typing import Any

from remit.design.design import plain
from remit.ensemble.comparison import Compared
from remit.report.answer import Answer
from remit.report.sentences import not_knowing, verdicts
from remit.report.sides import sides_of


def as_plain(answer: Answer) -> dict[str, Any]:
    """Return the comparison as nested lists and dictionaries; what is not known is null."""
    results = answer.results
    return {
        "brief": answer.brief.id,
        "place": answer.brief.locality.name,
        "complete": answer.is_complete,
        "scenarios": results.n_scenarios,
        "replicates": results.n_replicates,
        "stopped": answer.stopped,
        "provenance": dict(answer.provenance),
        "designs": {
            d.id: {"title": d.title, "settings": {v: plain(s) for v, s in d.settings.items()}}
            | _standing(answer, d.id)
            for d in answer.designs.values()
        },
        "outcomes": {
            o.id: {"name": o.name, "unit": o.unit, "better": o.better, "meaning": o.meaning}
            for o in answer.outcomes.every
        },
        "compared": [_row(r, answer) for r in answer.rows],
        "by_fifth": [_row(r, answer) for r in answer.by_fifth],
        "same_money": [_row(r, answer) for r in answer.rivals],
        "drivers": {
            d: [
                {
                    "unknown": x.name,
                    "strength": x.strength,
                    "clear": x.is_clear,
                    "assumption": x.is_assumption,
                }
                for x in found[:10]
            ]
            for d, found in answer.drivers.items()
        },
        "not_knowing": dict(not_knowing(answer)),
        "sentences": verdicts(answer),
        "findings": list(answer.findings),
        "sides": {
            row[0]: dict(zip(sides_of(answer).head[1:], row[1:], strict=True))
            for row in sides_of(answer).rows
        },
        "not_for": list(answer.brief.not_for),
        "failures": list(answer.failures),
    }


def _standing(answer: Answer, design: str) -> dict[str, Any]:
    """Return whether a design holds together and is open here, where that was judged."""
    verdict = answer.verdicts.get(design)
    if verdict is None:
        return {}
    return {
        "consistent": verdict.is_consistent,
        "open": verdict.is_open,
        "rules_broken": [f.rule.id for f in verdict.broken],
        "conditions_missing": [c.id for c in verdict.missing],
    }


def _row(row: Compared, answer: Answer) -> dict[str, Any]:
    return {
        "design": row.design,
        "outcome": row.outcome,
        "group_kind": row.group[0],
        "group": row.group[1],
        "value": number_or_none(row.value),
        "value_interval": [number_or_none(row.value_low), number_or_none(row.value_high)],
        "difference": number_or_none(row.difference),
        "interval": [number_or_none(row.low), number_or_none(row.high)],
        "monte_carlo_error": number_or_none(row.monte_carlo_error),
        "year_luck": number_or_none(row.year_luck),
        "share_higher": number_or_none(row.share_higher),
        "rests_on_assumption": answer.rests_on_assumption(row.design, row.outcome),
    }


def number_or_none(value: float) -> float | None:
    """Return a number, or None where it is not known."""
    return value if math.isfinite(value) else None
