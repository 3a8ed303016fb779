"""Ways simulated, as plain values for --json."""

from dataclasses import asdict
from typing import Any

from remit.report.plain import number_or_none
from remit.report.way_answer import WayAnswer, WayTold


def ways_plain(answer: WayAnswer) -> dict[str, Any]:
    """Return every way as plain values; what is not known is null."""
    return {
        "brief": answer.brief.id,
        "months": answer.months,
        "futures": answer.n_scenarios,
        "replicates": answer.n_replicates,
        "complete": answer.is_complete,
        "ways": [_way(w) for w in answer.ways],
        "no_way": {
            n: {"reasons": list(r.reasons), "shortest_months": r.shortest_months}
            for n, r in answer.no_way.items()
        },
        "failures": list(answer.failures),
        "provenance": dict(answer.provenance),
    }


def _way(way: WayTold) -> dict[str, Any]:
    return {
        "arm": way.arm,
        "title": way.title,
        "moves": [asdict(m) for m in way.route.moves],
        "conditions": [asdict(g) for g in way.route.grants],
        "lives_by_month": [_clean(asdict(r)) for r in way.lives],
        "response_by_month": [_clean(asdict(r)) for r in way.response],
        "money_by_month": [_clean(asdict(m)) for m in way.money],
        "dip_in_lives": _clean(asdict(way.dip)) if way.dip else None,
        "dip_in_response": _clean(asdict(way.response_dip)) if way.response_dip else None,
        "stop_rule": _clean(asdict(way.stop)) | {"rule": str(way.stop.rule)} if way.stop else None,
        "stop_refused": way.stop_refused or None,
    }


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    return {k: number_or_none(v) if isinstance(v, float) else v for k, v in values.items()}
