"""An entry of the register: what was done, when, to which protocol, chained by its hash to the entry before.

An entry's line is JSON with sorted keys and no spaces; its hash is the SHA-256 sum of that line without the
hash itself. Numbers that are not whole are kept as text, so that no program writes them another way.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from remit.ground.identity import canonical

Kind = Literal["registered", "amended", "randomised", "analysed"]
KINDS: tuple[Kind, ...] = ("registered", "amended", "randomised", "analysed")
FIRST = "0" * 64  # what the first entry is chained to
KEYS = ("body", "hash", "kind", "pilot", "previous", "protocol", "when")


def steady(value: object) -> object:
    """Return plain values as they are kept: whole numbers as numbers, others as decimal text, text composed.

    >>> steady({"alpha": 0.05, "n": 20.0, "tiny": 1e-7})
    {'alpha': '0.05', 'n': 20, 'tiny': '0.0000001'}
    """
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 2**53:
            return int(value)
        return format(Decimal(repr(value)), "f")
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(value)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {unicodedata.normalize("NFC", str(k)): steady(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [steady(v) for v in value]
    raise TypeError(f"{type(value).__name__} is no plain value")


def protocol_digest(protocol: object) -> str:
    """Return the SHA-256 sum of a protocol's canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(steady(protocol)).encode()).hexdigest()


@dataclass(frozen=True)
class Entry:
    """One line of a register."""

    kind: Kind
    pilot: str
    when: str
    """In UTC, as 2026-11-24T09:30:00Z."""
    protocol: str
    """The digest of the protocol that held."""
    body: Mapping[str, Any]
    previous: str
    """The hash of the line before."""

    @property
    def plain(self) -> dict[str, Any]:
        """Return what the hash is of."""
        return {
            "kind": self.kind,
            "pilot": self.pilot,
            "when": self.when,
            "protocol": self.protocol,
            "body": steady(self.body),
            "previous": self.previous,
        }

    @property
    def hash(self) -> str:
        """Return the SHA-256 sum of the entry's canonical text."""
        return hashlib.sha256(canonical(self.plain).encode()).hexdigest()

    @property
    def line(self) -> str:
        """Return the entry as it stands in the file, without the line feed."""
        return canonical({**self.plain, "hash": self.hash})


def parse_entry(text: str) -> tuple[Entry, str] | None:
    """Return the entry of a line and the hash it claims, or None where the line is no entry."""
    try:
        raw = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or tuple(sorted(raw)) != KEYS or raw["kind"] not in KINDS:
        return None
    words = [raw[k] for k in KEYS if k != "body"]
    if not all(isinstance(w, str) for w in words) or not isinstance(raw["body"], dict):
        return None
    entry = Entry(raw["kind"], raw["pilot"], raw["when"], raw["protocol"], raw["body"], raw["previous"])
    return entry, raw["hash"]
