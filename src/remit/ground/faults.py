"""Faults: what is wrong with an input, where, why it matters and what to do - all at once.

Knows no brief and no catalogue. Codes and their standing explanations are in ``codes.py``.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remit.ground.codes import CODES

ONLY_A_NAME = re.compile(r'"[^"]*"|\S*')
MOST_TOLD = 60
MOST_NAMES = 400  # beyond so many, no advice is sought for unknown names


@dataclass(frozen=True)
class Place:
    """Where in an input: file, line (0 unknown) and key path."""

    file: str = ""
    line: int = 0
    path: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} {self.path}".strip()


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input."""

    code: str
    place: Place
    what: str
    fix: str = ""

    def __str__(self) -> str:
        head = f"{self.code} {self.place}".rstrip() + f" - {self.reason}"
        meaning = CODES[self.code]
        tail = " ".join(part for part in (meaning.why, self.fix or meaning.fix) if part)
        return f"{head}\n       {tail}" if tail else head

    @property
    def reason(self) -> str:
        """What is wrong; where ``what`` is no more than a name, what is wrong with it goes before.

        >>> Fault("DSN007", Place(), '"voluntear"').reason
        'no such design: "voluntear"'
        """
        return f"{CODES[self.code].title}: {self.what}" if ONLY_A_NAME.fullmatch(self.what) else self.what

    def as_dict(self) -> dict[str, str | int]:
        """Return the fault as plain values for ``--json``."""
        meaning = CODES[self.code]
        return {
            "code": self.code,
            "file": self.place.file,
            "line": self.place.line,
            "path": self.place.path,
            "what": self.reason,
            "why": meaning.why,
            "fix": self.fix or meaning.fix,
        }


class Faults(Exception):  # noqa: N818 - the field's word is fault
    """Raised once with every fault found; exit code 2."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda f: (f.place.file, f.place.line, f.code, f.place.path))
        told = [str(f) for f in self.faults[:MOST_TOLD]]
        if len(self.faults) > MOST_TOLD:
            told.append(f"... and {len(self.faults) - MOST_TOLD:,} more of the kind. Mend these first.")
        super().__init__("\n".join(told))


def fail(code: str, what: str, *, file: str = "", line: int = 0, path: str = "", fix: str = "") -> Faults:
    """Return one fault ready to raise."""
    return Faults([Fault(code, Place(file, line, path), what, fix)])


def nearest(name: str, known: Sequence[str]) -> str:
    """Return "Did you mean ...?" with the nearest known names, or the list if it is short, or nothing.

    >>> nearest("per_wek", ["per_week", "per_day", "minute"])
    'Did you mean "per_week"?'
    """
    close = difflib.get_close_matches(name, known, n=2, cutoff=0.6)
    if close:
        return "Did you mean " + " or ".join(f'"{c}"' for c in close) + "?"
    if 0 < len(known) <= 12:
        return "Known: " + ", ".join(known) + "."
    return ""
