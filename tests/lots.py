"""Pilots that are drawn by lot, to test with: eight teams, and the luck of others worked out with hashlib alone."""

import hashlib

from pilot_files import HEAD
from remit.ground.document import parse_document
from remit.pilots.parse import parse_pilot

ROWS = [
    ("t1", "north", 20, 4.0),
    ("t2", "north", 31, 5.5),
    ("t3", "south", 24, 4.2),
    ("t4", "south", 40, 9.1),
    ("t5", "north", 38, 8.8),
    ("t6", "north", 22, 4.1),
    ("t7", "south", 29, 5.9),
    ("t8", "south", 26, 6.3),
]


def lot_text(constraints="{method: simple}", rows=ROWS, design="cluster_rct", extra=""):
    """A design file that is drawn by lot."""
    listed = "".join(f"  - [{', '.join(str(c) for c in r)}]\n" for r in rows)
    return (
        HEAD
        + f"design: {design}\n"
        + "outcome: {name: wait, kind: continuous, unit: day, better: down}\n"
        + "unit: team\narms:\n- {id: today, title: Today's service}\n- {id: evening, title: Evening visits}\n"
        + f"units:\n  columns: [id, area, size, wait]\n  rows:\n{listed}"
        + f"constraints: {constraints}\n"
        + "stopping: Two serious incidents in one team.\n"
        + extra
    )


def lot(text):
    """The protocol and the document of a text."""
    return parse_pilot(text, "pilot.yaml"), parse_document(text, "pilot.yaml")


def sha(text):
    """A SHA-256 sum, by the standard library alone."""
    return hashlib.sha256(text.encode()).hexdigest()


def by_tickets(seed, group, prefix=""):
    """Return arms of a group's units as the printed recipe says, from the groups as plain values."""
    name = prefix + group["name"]
    arms = list(group["arms"])
    numbered = group.get("extra_numbers", {})
    extra = sorted(group["extra"], key=lambda a: sha(f"{seed}\n{name}/extra\n{numbered[a]}"))
    arms += extra[: len(group["units"]) - len(arms)]
    order = sorted(group["units"], key=lambda u: sha(f"{seed}\n{name}\n{u}"))
    return dict(zip(order, arms, strict=True))
