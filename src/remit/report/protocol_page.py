"""A pilot's protocol as a page for anyone to read: what was promised, when, and what has changed since."""

from typing import Any

from remit.pilots.register.chain import Register
from remit.pilots.register.entry import Entry
from remit.report.charts import Table
from remit.report.template import Section, fill

TITLES = {
    "question": "The question",
    "design": "The design",
    "outcome": "What is measured",
    "other_outcomes": "What else is measured",
    "unit": "What is allocated",
    "arms": "What is compared",
    "constraints": "How the lot is bound",
    "alpha": "How sure before it counts (alpha)",
    "power": "The chance to find the effect (power)",
    "sides": "Sides of the test",
    "analysis": "How it will be worked out",
    "stopping": "When it stops",
    "assume": "What is assumed",
    "units": "The units",
    "sources": "Sources",
    "notes": "Notes",
}
SHORT = ("pilot", "id", "title")


def render_protocol(register: Register, pilot: str) -> str:
    """Return the page of a pilot's protocol as the register holds it."""
    entries = register.of(pilot)
    held = register.protocol_of(pilot)
    protocol: dict[str, Any] = {} if held is None else dict(held.body["protocol"])
    sections = [_history(entries, register)]
    order = [k for k in TITLES if k in protocol] + [k for k in protocol if k not in TITLES]
    sections += [_part(key, protocol[key]) for key in order if key not in SHORT]
    when = "" if held is None else held.when
    return fill(
        "sections.html",
        title=str(protocol.get("title", pilot)),
        lead=f"What this pilot promised before its results were known, as registered on {when}. "
        f"The protocol's digest is {'' if held is None else held.protocol}.",
        sections=sections,
    )


def _history(entries: tuple[Entry, ...], register: Register) -> Section:
    rows = tuple((str(n), e.when, e.kind, _remark(e), e.hash) for n, e in enumerate(entries, 1))
    n_amended = sum(e.kind == "amended" for e in entries)
    words = "The protocol was not changed since." if not n_amended else f"It was amended, times: {n_amended}."
    return Section(
        "register",
        "The register",
        f"{words} Every entry names the hash of the one before, so no entry can be changed unseen. The last hash "
        f"of the register is {register.head}.",
        tables=(("Entries", Table(("No.", "When (UTC)", "What", "Remark", "Hash"), rows)),),
    )


def _remark(entry: Entry) -> str:
    parts = [str(entry.body.get("reason", ""))]
    if entry.body.get("changed"):
        parts.append(f"changed: {', '.join(entry.body['changed'])}")
    if entry.body.get("after"):
        parts.append(f"after it was {' and '.join(entry.body['after'])}")
    if entry.kind == "randomised":
        parts.append(f"from the text: {entry.body.get('text', '')}")
    return "; ".join(p for p in parts if p)


def _part(key: str, value: Any) -> Section:
    title = TITLES.get(key, key.replace("_", " ").capitalize())
    if key == "units" and isinstance(value, dict):
        header = tuple(str(c) for c in value.get("columns", []))
        rows = tuple(tuple(_word(c) for c in row) for row in value.get("rows", []))
        return Section(key, title, f"{len(rows)} units.", tables=(("Units", Table(header, rows)),))
    if isinstance(value, dict):
        return Section(key, title, "", tables=((title, _pairs_table(value)),))
    if isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
        keys = list(dict.fromkeys(k for v in value for k in v))
        rows = tuple(tuple(_word(v.get(k, "")) for k in keys) for v in value)
        return Section(key, title, "", tables=((title, Table(tuple(keys), rows)),))
    return Section(key, title, _word(value))


def _pairs_table(value: dict[str, Any]) -> Table:
    return Table(("What", "Says"), tuple((k.replace("_", " "), _word(v)) for k, v in value.items()))


def _word(value: Any) -> str:
    """Return a value as a person writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{k.replace('_', ' ')}: {_word(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(_word(v) for v in value)
    return "" if value is None else str(value)
