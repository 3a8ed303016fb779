"""Part index: a small SQLite file beside the parts that remembers what each says of itself, and what was asked.

It is a memory, never the truth: without it, or with another's, every part is read and checked again. A part is known
again by its name, size and time of change.
"""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from remit.adapters.parts import Mark, mark_in, read_mark, whole

T = TypeVar("T")
PATIENCE = 5.0  # seconds to wait for another process that writes
TABLES = """
create table if not exists parts (
    name text primary key, bytes integer, changed integer, mark text);
create table if not exists asks (
    at text, recipe text, shard text, remit_version text);
"""


@dataclass(frozen=True)
class Part:
    """A whole part of this format, and what it says of itself."""

    path: Path
    mark: Mark


@dataclass(frozen=True)
class Ask:
    """One time that a store was asked for runs."""

    at: str  # date and time, UTC
    recipe: str
    shard: str
    remit_version: str


class PartIndex:
    """The index of a store's parts."""

    def __init__(self, folder: Path) -> None:
        self.parts = folder / "parts"
        self.file = folder / "index.sqlite"

    def listed(self, check_all: bool = False) -> list[Part]:
        """Return every whole part, by name; those seen before are not read again unless asked for."""
        known = {} if check_all else self._known()
        found, fresh = [], []
        for path in sorted(self.parts.glob("*.parquet")):
            try:
                stat = path.stat()
            except OSError:
                continue  # merged into another meanwhile
            seen = (stat.st_size, stat.st_mtime_ns)
            mark = known[path.name][1] if known.get(path.name, (None,))[0] == seen else None
            if mark is None:
                data = whole(path)
                mark = mark_in(data) if data is not None else None
                if mark is not None:
                    fresh.append((path.name, *seen, mark.as_text()))
            if mark is not None:
                found.append(Part(path, mark))
        self._remember(fresh, anew=check_all)
        return found

    def note(self, recipe: str, shard: str, remit_version: str) -> None:
        """Remember that runs were asked for."""
        at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
        self._do(
            lambda base: base.execute(
                "insert into asks values (?, ?, ?, ?)", (at, recipe, shard, remit_version)
            )
        )

    def asks(self) -> list[Ask]:
        """Return each time that runs were asked for, the first one first."""
        rows = (
            self._do(lambda base: base.execute("select * from asks").fetchall())
            if self.file.exists()
            else None
        )
        return [Ask(*row) for row in rows or []]

    def _known(self) -> dict[str, tuple[tuple[int, int], Mark]]:
        if not self.file.exists():
            return {}
        rows = self._do(lambda base: base.execute("select name, bytes, changed, mark from parts").fetchall())
        known = {}
        for name, size, changed, text in rows or []:
            try:
                known[name] = ((size, changed), read_mark(text))
            except ValueError:
                continue
        return known

    def _remember(self, fresh: list[tuple[str, int, int, str]], anew: bool) -> None:
        def act(base: sqlite3.Connection) -> None:
            if anew:
                base.execute("delete from parts")
            base.executemany("insert or replace into parts values (?, ?, ?, ?)", fresh)

        if fresh or anew:
            self._do(act)

    def _do(self, act: Callable[[sqlite3.Connection], T]) -> T | None:
        """Return what ``act`` does with the index; None where there can be none (a full or read-only disk)."""
        try:
            with closing(sqlite3.connect(self.file, timeout=PATIENCE)) as base, base:
                base.executescript(TABLES)
                return act(base)
        except sqlite3.Error:
            return None
