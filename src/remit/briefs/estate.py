"""What an estate is made of: its assets by zone, and the streams of income that there may be."""

from collections.abc import Mapping
from typing import Any

from remit.briefs.brief import AssetRow
from remit.briefs.place import read_table
from remit.ground.document import Document
from remit.ground.faults import Fault

COLUMNS = ("name", "zone", "ha", "kind")
# the streams of income that effects know by name, and who pays them
PAYER_OF = {
    "tax_grant": "council",
    "subsidy": "council",
    "charges": "users",
    "events": "users",
    "leases": "users",
    "sponsorship": "businesses",
    "grants": "grants",
    "appeals": "givers",
    "commuted": "grants",
}


def read_assets(doc: Document, raw: Mapping[str, Any]) -> tuple[tuple[AssetRow, ...], list[Fault]]:
    """Return the assets of a brief in the table's order, and what is wrong with their form."""
    rows, faults = read_table(doc, raw.get("assets"), ("assets",), COLUMNS, _asset)
    return tuple(rows), faults


def _asset(row: dict[str, Any]) -> AssetRow:
    size = row["ha"]
    if isinstance(size, bool) or not isinstance(size, int | float) or not 0.0 < size < 1e6:
        raise ValueError(f"ha {size!r} is not a size above 0")
    return AssetRow(str(row["name"]), str(row["zone"]), float(size), str(row["kind"]))
