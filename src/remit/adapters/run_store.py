"""Runs in a folder: Parquet parts named by their content, each written whole; and the tidy tables.

A part that was being written when the process died has a temporary name and is not
read. Parts are read by anything that reads Parquet.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from remit.adapters.files import read_text, write_bytes, write_text
from remit.ensemble.ports import Failure, RunBatch, RunKey
from remit.ensemble.results import Results
from remit.ground.faults import fail

KEY_COLUMNS = ("run_id", "design", "scenario", "replicate", "group_kind", "group")
CHART = "urgent_response_half_minutes"


class RunFolder:
    """A results folder: ``question.json``, ``parts/``, and what reports add."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts = folder / "parts"
        self.failed = folder / "failed"

    def open(self, question: dict[str, str]) -> None:
        """Begin a folder, or go on with one that holds the same question.

        Raises:
            Faults: ENS001 if it holds another, ENS002 if it cannot be written.
        """
        path = self.folder / "question.json"
        try:
            if path.exists():
                held = _read_question(path)
                if held.get("digest") != question["digest"]:
                    what = f"it holds {held.get('brief', 'another brief')}, seed {held.get('seed', '?')}"
                    what += f"; asked is {question['brief']}, seed {question['seed']}, or other inputs"
                    raise fail("ENS001", what, file=str(self.folder))
                return
            self.parts.mkdir(parents=True, exist_ok=True)
            write_text(path, json.dumps(question, indent=2) + "\n")
        except OSError as error:
            raise fail("ENS002", error.strerror or str(error), file=str(self.folder)) from None

    def held(self) -> dict[str, Any]:
        """Return what the folder says it holds; nothing if that cannot be read."""
        path = self.folder / "question.json"
        return _read_question(path) if path.is_file() else {}

    def remember(self, question: dict[str, str]) -> None:
        """Write anew what the folder says it holds.

        Raises:
            Faults: ENS002 if the disk will not take it.
        """
        path = self.folder / "question.json"
        try:
            write_text(path, json.dumps(question, indent=2) + "\n")
        except OSError as error:
            raise fail("ENS002", error.strerror or str(error), file=str(path)) from None

    def write(self, batch: RunBatch) -> None:
        """Keep a batch as one Parquet part, and what failed in it as rows of their own.

        Raises:
            Faults: ENS002 if the disk will not take it.
        """
        try:
            if batch.keys:
                data = _to_parquet(_table(batch))
                write_bytes(self.parts / f"{_content_name(data)}.parquet", data)
            if batch.failures:
                self.failed.mkdir(parents=True, exist_ok=True)
                data = json.dumps([asdict(f) for f in batch.failures]).encode()
                write_bytes(self.failed / f"{_content_name(data)}.json", data)
        except OSError as error:
            raise fail("ENS002", error.strerror or str(error), file=str(self.parts)) from None

    def read(self) -> list[RunBatch]:
        """Return every batch kept; a damaged part is left out, its runs will be made again."""
        if not self.parts.is_dir():
            return []
        batches = [_read_part(path) for path in sorted(self.parts.glob("*.parquet"))]
        batches += [_read_failed(path) for path in sorted(self.failed.glob("*.json"))]
        return [b for b in batches if b is not None]

    def forget_failures(self) -> None:
        """Forget every failure, so that those runs are made again."""
        for path in self.failed.glob("*.json"):
            path.unlink()

    def write_failures(self, failures: Iterable[Failure]) -> None:
        """Write ``failures.csv``, a row a run that did not finish; none if all did.

        Raises:
            Faults: ENS002 if the disk will not take it.
        """
        rows = [
            (f.key.run_id, f.key.design, f.key.scenario, f.key.replicate, f.origin, f.kind, f.message)
            for f in failures
        ]
        path = self.folder / "failures.csv"
        try:
            path.unlink(missing_ok=True)
            if rows:
                buffer = io.StringIO()
                writer = csv.writer(buffer, lineterminator="\n")
                writer.writerow(("run_id", "design", "scenario", "replicate", "origin", "kind", "message"))
                writer.writerows(rows)
                write_text(path, buffer.getvalue())
        except OSError as error:
            raise fail("ENS002", error.strerror or str(error), file=str(path)) from None

    def write_tables(self, results: Results) -> tuple[Path, Path]:
        """Write the tidy run table as ``runs.parquet`` and ``runs.csv``: a row a run and group."""
        rows = _tidy(results)
        parquet, plain = self.folder / "runs.parquet", self.folder / "runs.csv"
        try:
            write_bytes(parquet, _to_parquet(rows))
            write_text(plain, _to_csv(rows))
        except OSError as error:
            raise fail("ENS002", error.strerror or str(error), file=str(self.folder)) from None
        return parquet, plain


def _read_question(path: Path) -> dict[str, Any]:
    """Return what a folder says it holds; nothing if that cannot be read."""
    try:
        held = json.loads(read_text(path))
    except ValueError:
        held = None
    return held if isinstance(held, dict) else {}


def _table(batch: RunBatch) -> dict[str, Any]:
    n_groups = len(batch.groups)
    table: dict[str, Any] = _keys(batch.keys, batch.groups)
    for c, name in enumerate(batch.columns):
        table[name] = batch.values[:, :, c].ravel()
    empty: list[float] = []
    table[CHART] = [
        batch.chart[i].tolist() if g == 0 else empty for i in range(len(batch.keys)) for g in range(n_groups)
    ]
    return table


def _tidy(results: Results) -> dict[str, Any]:
    table: dict[str, Any] = _keys(results.keys, results.groups)
    where = (
        [results.designs.index(k.design) for k in results.keys],
        [k.scenario for k in results.keys],
        [k.replicate for k in results.keys],
    )
    values = results.values[where]
    for c, name in enumerate(results.columns):
        table[name] = values[:, :, c].ravel()
    return table


def _keys(keys: tuple[RunKey, ...], groups: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    n = len(groups)
    return {
        "run_id": [k.run_id for k in keys for _ in range(n)],
        "design": [k.design for k in keys for _ in range(n)],
        "scenario": np.repeat(np.array([k.scenario for k in keys], np.int32), n),
        "replicate": np.repeat(np.array([k.replicate for k in keys], np.int32), n),
        "group_kind": [kind for _ in keys for kind, _ in groups],
        "group": [name for _ in keys for _, name in groups],
    }


def _to_parquet(table: dict[str, Any]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = {
        k: pa.array(v).dictionary_encode()
        if k in ("run_id", "design", "group_kind", "group")
        else pa.array(v)
        for k, v in table.items()
    }
    buffer = io.BytesIO()
    pq.write_table(pa.table(arrays), buffer, compression="zstd")
    return buffer.getvalue()


def _to_csv(table: dict[str, Any]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table)
    columns = [v.tolist() if isinstance(v, np.ndarray) else v for v in table.values()]
    for row in zip(*columns, strict=True):
        writer.writerow(
            ["" if isinstance(x, float) and x != x else repr(x) if isinstance(x, float) else x for x in row]
        )
    return buffer.getvalue()


def _content_name(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def _read_part(path: Path) -> RunBatch | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        data = path.read_bytes()
        if path.stem != _content_name(data):
            return None  # a disk or a copy went wrong: its runs are made again
        table = pq.read_table(pa.BufferReader(data))
        n_groups = _groups_a_run(table)
        first = table.slice(0, n_groups)
        groups = tuple(
            zip(first.column("group_kind").to_pylist(), first.column("group").to_pylist(), strict=True)
        )
        runs = list(range(0, table.num_rows, n_groups))
        raw = {name: table.column(name).take(runs).to_pylist() for name in KEY_COLUMNS[:4]}
        keys = tuple(RunKey(*row) for row in zip(*raw.values(), strict=True))
        columns = tuple(c for c in table.column_names if c not in KEY_COLUMNS and c != CHART)
        flat = np.stack([table.column(c).to_numpy() for c in columns], axis=1)
        chart = np.array(table.column(CHART).take(runs).to_pylist())
    except (pa.ArrowException, OSError, KeyError, IndexError, ValueError):
        return None
    return RunBatch(keys, groups, columns, flat.reshape(len(keys), n_groups, len(columns)), chart)


def _groups_a_run(table: Any) -> int:
    """Return how many rows a run has: until the next run begins."""
    ids = table.column("run_id").combine_chunks()
    places = ids.indices.to_numpy(zero_copy_only=False) if hasattr(ids, "indices") else np.array(ids)
    other = np.flatnonzero(places != places[0])
    return int(other[0]) if len(other) else len(places)


def _read_failed(path: Path) -> RunBatch | None:
    try:
        data = path.read_bytes()
        if path.stem != _content_name(data):
            return None
        rows = json.loads(data)
        failures = tuple(Failure(RunKey(**r.pop("key")), **r) for r in rows)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return RunBatch((), (), (), np.empty((0, 0, 0)), np.empty((0, 0)), failures)
