"""Runs in a folder: Parquet parts named by their content, each written whole; failures beside them as rows.

A part that was being written when the process died has a temporary name and is not read. Two processes, or two
folders copied together, may hold the same run twice: it is the same to the last bit and counts once.
"""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from remit.adapters import run_tables
from remit.adapters.compact import compact
from remit.adapters.files import read_text, write_bytes, write_text
from remit.adapters.part_index import Ask, Part, PartIndex
from remit.adapters.parts import FORMAT, as_part, content_name, from_part, whole
from remit.ensemble.ports import Failure, Held, Origin, RunBatch, RunKey
from remit.ensemble.results import Results
from remit.ground.faults import fail
from remit.kernel.layout import Floats

WHERE = ("design", "scenario", "replicate")
MOST_LISTINGS = 20
MANY_PARTS = 100
OWN = ("parts", "failed", "index.sqlite", "question.json")
DIFFER = {
    "brief": "another brief ({held}, asked is {asked})",
    "place": "another place ({held}, asked is {asked})",
    "seed": "another seed ({held}, asked is {asked})",
    "sampling": "futures drawn in another way ({held}, asked is {asked})",
    "catalogue_digest": "another catalogue",
    "engine_version": "another engine",
    "brief_digest": "other numbers in the brief, its place or its effects",
}


class RunFolder:
    """A results folder: ``question.json``, ``parts/``, ``failed/``, and what reports add."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts = folder / "parts"
        self.failed = folder / "failed"
        self.index = PartIndex(folder)

    def open(self, question: dict[str, str]) -> None:
        """Begin a folder, or go on with one that holds the same question.

        Raises:
            Faults: ENS001 if it holds another, ENS002 if it cannot be written, ENS007 if it is of an older Remit.
        """
        path = self.folder / "question.json"
        try:
            if path.exists():
                held = self.held()
                if held.get("digest") != question["digest"]:
                    raise fail("ENS001", _differences(held, question), file=str(self.folder))
                return
            others = (
                sorted(p.name for p in self.folder.iterdir() if p.name not in OWN)
                if self.folder.exists()
                else []
            )
            if others:
                raise fail("ENS010", f"{others[0]} and {len(others) - 1:,} more", file=str(self.folder))
            self.parts.mkdir(parents=True, exist_ok=True)
            self.remember(question)
        except OSError as error:
            raise fail("ENS002", error.strerror or str(error), file=str(self.folder)) from None

    def held(self) -> dict[str, Any]:
        """Return what the folder says it holds; nothing if that cannot be read.

        Raises:
            Faults: ENS007 if its parts are in another format.
        """
        path = self.folder / "question.json"
        held = _read_question(path) if path.is_file() else {}
        if held and held.get("format", 1) != FORMAT:
            version = held.get("remit_version", "?")
            raise fail(
                "ENS007", f"format {held.get('format', 1)}, made by Remit {version}", file=str(self.folder)
            )
        return held

    def remember(self, question: dict[str, str]) -> None:
        """Write anew what the folder says it holds.

        Raises:
            Faults: ENS002 if the disk will not take it.
        """
        path = self.folder / "question.json"
        try:
            write_text(path, json.dumps({**question, "format": FORMAT}, indent=2) + "\n")
        except OSError as error:
            raise fail("ENS002", error.strerror or str(error), file=str(path)) from None

    def compact(self, on_part: Callable[[int, int], None] = lambda done, total: None) -> tuple[int, int]:
        """Return how many parts there were and are, after small ones were merged into few large ones."""
        return compact(self.folder, on_part)

    @property
    def where(self) -> str:
        """What to call the folder in a message."""
        return str(self.folder)

    @property
    def is_scattered(self) -> bool:
        """Whether it has so many parts that merging them makes it quicker to open."""
        return len(list(self.parts.glob("*.parquet"))) > MANY_PARTS

    @property
    def n_damaged(self) -> int:
        """How many files among its parts are damaged, or no parts at all."""
        return len(list(self.parts.glob("*.parquet"))) - len(self.index.listed())

    def note(self, recipe: str, shard: str, remit_version: str) -> None:
        """Remember that runs were asked for, before any is made."""
        self.index.note(recipe, shard, remit_version)

    def asks(self) -> list[Ask]:
        """Return each time that runs were asked for."""
        return self.index.asks()

    def write(self, batch: RunBatch) -> None:
        """Keep a batch as one Parquet part, and what failed in it as rows of their own.

        Raises:
            Faults: ENS002 if the disk will not take it.
        """
        try:
            if batch.keys:
                data = as_part(batch)
                write_bytes(self.parts / f"{content_name(data)}.parquet", data)
            if batch.failures:
                self.failed.mkdir(parents=True, exist_ok=True)
                data = json.dumps([asdict(f) for f in batch.failures]).encode()
                write_bytes(self.failed / f"{content_name(data)}.json", data)
        except OSError as error:
            raise fail("ENS002", error.strerror or str(error), file=str(self.parts)) from None

    def read(self) -> list[RunBatch]:
        """Return every batch kept; a damaged part is left out, its runs will be made again."""
        batches = [
            from_part(data) for p in sorted(self.parts.glob("*.parquet")) if (data := whole(p)) is not None
        ]
        kept = [b for b in batches if b is not None]
        failures = tuple(self.failures())
        if failures:
            kept.append(RunBatch((), (), (), np.empty((0, 0, 0)), np.empty((0, 0)), failures))
        return kept

    def failures(self) -> list[Failure]:
        """Return every failure kept."""
        return [f for path in sorted(self.failed.glob("*.json")) for f in _read_failed(path)]

    def forget_failures(self) -> None:
        """Forget every failure, so that those runs are made again."""
        for path in self.failed.glob("*.json"):
            path.unlink()

    def columns(self, origin: Origin, wanted: Sequence[str] = ()) -> Held:
        """Return where each run that has this origin stands, and wanted outcomes of it for everyone.

        Runs of another question, or of a design that now has other settings, are counted and left out.
        """
        names = tuple(origin.designs)
        for attempt in range(MOST_LISTINGS):
            parts = self.index.listed()
            try:
                found = [_read_columns(p, origin, names, wanted) for p in parts if _is_of(p, origin)]
            except FileNotFoundError:
                time.sleep(0.05 * attempt)  # another process merges parts: look again
                continue
            except (OSError, ValueError):
                self.index.listed(
                    check_all=True
                )  # a part has rotted since it was checked: it is left out from now on
                continue
            places = np.concatenate([f[0] for f in found]) if found else np.empty((0, 3), np.int64)
            values = np.concatenate([f[1] for f in found]) if found else np.empty((0, len(wanted)))
            n_foreign = sum(p.mark.n_runs for p in parts) - len(places)
            return Held(names, places, tuple(wanted), values, n_foreign)
        raise fail("DOC001", "its parts keep changing", file=str(self.parts))

    def find(self, origin: Origin, beginning: str) -> list[RunKey]:
        """Return the runs of this origin whose identity begins so."""
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        found = set()
        for part in self.index.listed():
            if _is_of(part, origin):
                table = pq.read_table(part.path, columns=["run_id", *WHERE])
                rows = table.filter(pc.starts_with(table.column("run_id"), beginning))
                keys = (RunKey(*row) for row in zip(*(c.to_pylist() for c in rows.columns), strict=True))
                found |= {
                    k for k in keys if part.mark.origin.designs.get(k.design) == origin.designs.get(k.design)
                }
        return sorted(found, key=lambda k: k.run_id)

    def write_failures(self, failures: Iterable[Failure]) -> None:
        """Write ``failures.csv``, a row a run that did not finish; none if all did."""
        run_tables.write_failures(self.folder, failures)

    def write_tables(self, results: Results) -> tuple[Path, Path]:
        """Write the tidy run table as ``runs.parquet`` and ``runs.csv``: a row a run and group."""
        return run_tables.write_tables(self.folder, results)


def _differences(held: dict[str, Any], asked: dict[str, str]) -> str:
    """Return in words what sets the question in a folder apart from the one asked."""
    other = [
        words.format(held=held.get(key, "?"), asked=asked.get(key, "?"))
        for key, words in DIFFER.items()
        if held.get(key) != asked.get(key)
    ]
    what = "; ".join(other) or "other inputs"
    return f"it holds {held.get('brief', 'another brief')}, seed {held.get('seed', '?')}, with {what}"


def _is_of(part: Part, origin: Origin) -> bool:
    return part.mark.origin.question == origin.question


def _read_columns(
    part: Part, origin: Origin, names: tuple[str, ...], wanted: Sequence[str]
) -> tuple[np.ndarray, Floats]:
    """Return ``(runs, 3)`` design, scenario and replicate, and ``(runs, wanted)`` outcomes, of an origin's runs."""
    import pyarrow.parquet as pq

    there = [w for w in wanted if w in part.mark.columns]
    table = pq.read_table(part.path, columns=[*WHERE, *there], page_checksum_verification=True)
    design = table.column("design").unify_dictionaries().combine_chunks()
    same = {n for n in names if part.mark.origin.designs.get(n) == origin.designs[n]}
    codes = np.array([names.index(d) if d in same else -1 for d in design.dictionary.to_pylist()])
    numbers = (table.column(w).to_numpy() for w in WHERE[1:])
    places = np.stack([codes[design.indices.to_numpy()], *numbers], axis=1).astype(np.int64)
    values = np.full((len(places), len(wanted)), np.nan)
    for c, name in enumerate(wanted):
        if name in there:
            values[:, c] = table.column(name).to_numpy()
    kept = places[:, 0] >= 0
    return places[kept], values[kept]


def _read_question(path: Path) -> dict[str, Any]:
    """Return what a folder says it holds; nothing if that cannot be read."""
    try:
        held = json.loads(read_text(path))
    except ValueError:
        held = None
    return held if isinstance(held, dict) else {}


def _read_failed(path: Path) -> list[Failure]:
    data = whole(path)
    try:
        rows = json.loads(data) if data is not None else []
        return [Failure(RunKey(**r.pop("key")), **r) for r in rows]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []
