"""A route as plain values for --json."""

from dataclasses import asdict
from typing import Any

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.changes import Changes
from remit.consistency.route import NoRoute, Route
from remit.design.design import plain
from remit.report.route_text import one_off_cost


def route_plain(
    found: Route | NoRoute, catalogue: Catalogue, changes: Changes, price_year: int
) -> dict[str, Any]:
    """Return a route, or why there is none, as plain values."""
    if isinstance(found, NoRoute):
        return {
            "route": None,
            "reasons": list(found.reasons),
            "shortest_months": found.shortest_months or None,
        }
    low, high = one_off_cost(found, catalogue, changes, price_year)
    return {
        "route": [asdict(m) | {"to": plain(found.goal.settings[m.variable])} for m in found.moves],
        "conditions": [asdict(g) for g in found.grants],
        "together": [{"month": k, "settings": list(v)} for k, v in found.together()],
        "in_effect_month": found.last_month,
        "double_running_months": found.double_months,
        "no_return_month": found.no_return,
        "heaviest_month": found.heaviest_month,
        "capacity": found.capacity,
        "one_off_cost_gbp": [1000.0 * low, 1000.0 * high],
        "price_year": price_year,
        "proven": found.is_proven,
    }
