"""The register as a chain: read, verified line by line, and carried on.

Whoever changes a line breaks its hash; whoever mends the hash breaks the next line's link. Whoever rewrites all
of it, or takes lines off the end, changes the last hash: that is why it is to be published with every entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from remit.ground.faults import Faults, fail
from remit.pilots.register.entry import FIRST, Entry, Kind, parse_entry, protocol_digest

MOST_TORN = 400  # characters of a torn line that are kept


@dataclass(frozen=True)
class Register:
    """A register that holds together."""

    file: str
    entries: tuple[Entry, ...]
    size: int
    """Bytes of whole lines."""
    torn: str = ""
    """What stands after the last whole line: writing was cut off there."""

    @property
    def head(self) -> str:
        """Return the hash of the last entry, which stands for the whole register."""
        return self.entries[-1].hash if self.entries else FIRST

    def of(self, pilot: str) -> tuple[Entry, ...]:
        """Return the entries of a pilot."""
        return tuple(e for e in self.entries if e.pilot == pilot)

    def protocol_of(self, pilot: str) -> Entry | None:
        """Return the entry with the protocol that holds, or None."""
        told = [e for e in self.of(pilot) if e.kind in ("registered", "amended")]
        return told[-1] if told else None


def read_register(data: bytes, file: str) -> Register:
    """Return the register in a file's bytes, every link of it verified.

    Raises:
        Faults: PIL110 the first broken link: its line, the hash expected and the hash found.
    """
    *lines, rest = data.split(b"\n")
    entries: list[Entry] = []
    previous = FIRST
    for number, raw in enumerate(lines, 1):
        entry = _verified(raw, number, previous, file)
        entries.append(entry)
        previous = entry.hash
    size = len(data) - len(rest)
    return Register(file, tuple(entries), size, rest.decode("utf-8", "backslashreplace"))


def _verified(raw: bytes, number: int, previous: str, file: str) -> Entry:
    try:
        parsed = parse_entry(raw.decode("utf-8"))
    except UnicodeDecodeError:
        parsed = None
    if parsed is None:
        raise fail("PIL110", "this line is not an entry", file=file, line=number)
    entry, claimed = parsed
    if entry.hash != claimed:
        what = f"the entry was changed: by its words its hash is {entry.hash}, it says {claimed}"
        raise fail("PIL110", what, file=file, line=number)
    if entry.previous != previous:
        what = f"the link to the line before is broken: that line's hash is {previous}, this one names {entry.previous}"
        raise fail("PIL110", what, file=file, line=number)
    if entry.line.encode() != raw:
        raise fail("PIL110", "the line is not written as an entry is (spaces, order)", file=file, line=number)
    return entry


@dataclass(frozen=True)
class Step:
    """What to write next, or why nothing."""

    entry: Entry | None
    said: str


def next_protocol(register: Register, pilot: str, protocol: object, when: str, reason: str) -> Step:
    """Return the entry that registers a protocol, or amends the one that held, or says that nothing changed.

    Raises:
        Faults: PIL111 an amendment without a reason.
    """
    before = register.protocol_of(pilot)
    now = protocol_digest(protocol)
    if before is not None and before.protocol == now:
        return Step(None, f"Unchanged since {before.when}: nothing was written.")
    body: dict[str, Any] = {"protocol": protocol}
    if before is None:
        if reason:
            body["reason"] = reason
        return Step(_entry(register, "registered", pilot, when, now, body), "Registered.")
    if not reason.strip():
        what = f'"{pilot}" was registered with another protocol on {before.when}'
        raise fail("PIL111", what, file=register.file)
    later = [e.kind for e in register.of(pilot) if e.kind in ("randomised", "analysed")]
    body |= {"reason": reason.strip(), "amends": before.protocol, "after": sorted(set(later))}
    body["changed"] = changed_keys(before.body.get("protocol"), protocol)
    return Step(_entry(register, "amended", pilot, when, now, body), "Amended.")


def next_event(
    register: Register, kind: Kind, pilot: str, protocol: str, body: Mapping[str, Any], when: str
) -> Step:
    """Return the entry of a draw or an analysis under the protocol that holds.

    Raises:
        Faults: PIL112 the protocol is not the registered one; PIL113 it was drawn already, from another seed.
    """
    held = register.protocol_of(pilot)
    if held is None or held.protocol != protocol:
        what = f'"{pilot}" is not registered' if held is None else f'"{pilot}" was registered otherwise'
        raise fail("PIL112", what, file=register.file)
    same = [e for e in register.of(pilot) if e.kind == kind]
    if kind == "randomised" and same:
        if same[-1].body.get("seed") == body.get("seed"):
            return Step(None, f"Drawn already, with this seed, on {same[-1].when}: nothing was written.")
        raise _drawn(register, pilot, same[-1])
    return Step(_entry(register, kind, pilot, when, protocol, body), f"{kind.capitalize()}.")


def _drawn(register: Register, pilot: str, before: Entry) -> Faults:
    what = f'"{pilot}" was drawn on {before.when} from "{before.body.get("text", "")}"'
    return fail("PIL113", what, file=register.file)


def _entry(
    register: Register, kind: Kind, pilot: str, when: str, protocol: str, body: Mapping[str, Any]
) -> Entry:
    mended = {"mended": register.torn[:MOST_TORN]} if register.torn else {}
    return Entry(kind, pilot, when, protocol, {**body, **mended}, register.head)


def changed_keys(before: object, now: object) -> list[str]:
    """Return the first-level keys of a protocol that differ.

    >>> changed_keys({"alpha": "0.05", "arms": []}, {"alpha": 0.1, "arms": [], "why": "x"})
    ['alpha', 'why']
    """
    if not isinstance(before, dict) or not isinstance(now, dict):
        return []
    return [
        str(k)
        for k in sorted({*before, *now})
        if protocol_digest(before.get(k)) != protocol_digest(now.get(k))
    ]
