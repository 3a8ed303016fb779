"""Text to plain values with line marks: strict YAML 1.2 scalars, no aliases, tags, duplicates or depth."""

import math
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from remit.ground.faults import Fault, Faults, Place, fail

MOST_BYTES = 2_000_000
MOST_DEPTH = 16
MOST_VALUES = 200_000
MOST_KEYS = 2_000
INTEGER = re.compile(r"[-+]?[0-9]+$")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A parsed text: plain values, and the line of every key path."""

    file: str
    values: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        """Return where ``path`` stands, or the nearest ancestor that does."""
        at = path
        while at and at not in self.lines:
            at = at[:-1]
        return Place(self.file, self.lines.get(at, 0), dotted(path))


def dotted(path: Path) -> str:
    """Return a key path as a person writes it.

    >>> dotted(("kinds", 2, "share"))
    'kinds[2].share'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else str(part))
    return text


def parse_document(text: str, file: str) -> Document:
    r"""Return the document in ``text``; raise all its faults of form together.

    >>> parse_document("a: 1\nb: [x, 2.5]", "t").values
    {'a': 1, 'b': ['x', 2.5]}
    """
    if len(text.encode()) > MOST_BYTES:
        raise fail("DOC002", f"{len(text):,} characters; at most {MOST_BYTES:,} bytes are read", file=file)
    reader = _Reader(file)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise fail(
            "DOC003", str(error.problem or error.context or "unreadable"), file=file, line=line
        ) from None
    except yaml.YAMLError as error:
        raise fail("DOC003", str(error).splitlines()[0], file=file) from None
    if reader.faults:
        raise Faults(reader.faults)
    if reader.root is None:
        raise fail("DOC008", "there is nothing in it", file=file)
    return Document(file, reader.root, reader.lines)


class _Reader:
    """Builds values from YAML events, so that nothing is ever expanded."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Any = None
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self.stack: list[tuple[Any, Path]] = []
        self.keys: list[str | None] = []
        self.n_values = 0
        self.n_documents = 0

    def take(self, event: Any) -> None:
        """Take in one event."""
        name = type(event).__name__
        line = event.start_mark.line + 1
        if name == "DocumentStartEvent":
            self.n_documents += 1
            if self.n_documents > 1:
                raise fail(
                    "DOC003",
                    "a second document begins",
                    file=self.file,
                    line=line,
                    fix="One file, one document.",
                )
        elif name == "AliasEvent":
            self._fault("DOC005", f"alias *{event.anchor} is refused", line)
            self._add("", line, closed=True)
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            self.stack.pop()
            self.keys.pop()
        elif name in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent"):
            if event.anchor:
                self._fault("DOC005", f"anchor &{event.anchor} is refused", line)
            if event.tag and event.tag != "!":
                self._fault("DOC007", f"tag {event.tag}", line)
            if name == "ScalarEvent":
                self._scalar(event, line)
            else:
                self._add({} if name == "MappingStartEvent" else [], line, closed=False)

    def _scalar(self, event: Any, line: int) -> None:
        container = self.stack[-1][0] if self.stack else None
        if isinstance(container, dict) and self.keys[-1] is None:
            key = str(event.value)
            if key in container:
                self._fault("DOC004", f'"{key}"', line, self.stack[-1][1] + (key,))
            if len(container) >= MOST_KEYS:
                raise fail("DOC009", f"more than {MOST_KEYS:,} keys in one place", file=self.file, line=line)
            self.keys[-1] = key
            self.lines.setdefault(self.stack[-1][1] + (key,), line)
        else:
            self._add(_plain(event.value) if event.implicit[0] else event.value, line, closed=True)

    def _add(self, value: Any, line: int, *, closed: bool) -> None:
        self.n_values += 1
        if self.n_values > MOST_VALUES:
            raise fail("DOC009", f"more than {MOST_VALUES:,}", file=self.file, line=line)
        path: Path = ()
        if not self.stack:
            self.root = value
        else:
            container, base = self.stack[-1]
            if isinstance(container, list):
                path = base + (len(container),)
                container.append(value)
            elif self.keys[-1] is None:
                self._fault("DOC003", "a key must be a plain word", line, base)
                path = base
            else:
                path = base + (self.keys[-1],)
                container[self.keys[-1]] = value
                self.keys[-1] = None
            self.lines.setdefault(path, line)
        if not closed:
            if len(self.stack) >= MOST_DEPTH:
                raise fail("DOC006", f"more than {MOST_DEPTH} levels", file=self.file, line=line)
            self.stack.append((value, path))
            self.keys.append(None)

    def _fault(self, code: str, what: str, line: int, path: Path = ()) -> None:
        self.faults.append(Fault(code, Place(self.file, line, dotted(path)), what))


def _plain(text: str) -> str | int | float | bool | None:
    """Return an unquoted scalar's value by YAML 1.2's core rules; infinities and NaN stay words."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.match(text) and len(text) < 19:
        return int(text)
    if NUMBER.match(text) and math.isfinite(float(text)):
        return float(text)
    return text
