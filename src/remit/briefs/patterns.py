"""Patterns of the day: in which of four bands clients need help and carers work, from a brief's tables."""

from collections.abc import Mapping
from typing import Any

from remit.briefs.place import read_table
from remit.ground.document import Document
from remit.ground.faults import Fault
from remit.ground.quantity import Quantity

PATTERNS = ("client_days", "carer_days")
BANDS = ("morning_share", "midday_share", "tea_share", "bed_share")
COLUMNS = ("name", "share", *BANDS)


def read_patterns(doc: Document, raw: Mapping[str, Any]) -> tuple[dict[str, Quantity], list[Fault]]:
    """Return the numbers of every pattern, such as ``client_days.morning.bed_share``, and what is wrong with them."""
    numbers: dict[str, Quantity] = {}
    faults: list[Fault] = []
    for head in PATTERNS:
        given = raw.get(head)
        table: Mapping[str, Any] = given if isinstance(given, dict) else {}
        rows, found = read_table(doc, table, (head,), COLUMNS, _shares)
        faults += found
        names = [name for name, _ in rows]
        faults += [
            Fault("BRF009", doc.place((head, "rows")), f'the pattern "{n}" stands twice')
            for n in dict.fromkeys(names)
            if names.count(n) > 1
        ]
        for name, shares in rows:
            for key, value in shares.items():
                full = f"{head}.{name}.{key}"
                source, assumption = (str(table.get(k) or "") for k in ("source", "assumption"))
                numbers[full] = Quantity(
                    full, value, "share", value, value, source=source, assumption=assumption
                )
    return numbers, faults


def _shares(row: dict[str, Any]) -> tuple[str, dict[str, float]]:
    shares = {}
    for key in COLUMNS[1:]:
        value = row[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value <= 1.0:
            raise ValueError(f"{key} {value!r} is not a share from 0 to 1")
        shares[key] = float(value)
    if "." in str(row["name"]):
        raise ValueError("a name has no dot in it")
    return str(row["name"]), shares
