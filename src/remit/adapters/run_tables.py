"""Run tables: the tidy table of a comparison as Parquet and CSV, a row a run and group; and the list of failures."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from remit.adapters.files import write_bytes, write_text
from remit.adapters.parts import parquet
from remit.ensemble.ports import Failure, RunKey
from remit.ensemble.results import Results
from remit.ground.faults import fail

FAILED = ("run_id", "design", "scenario", "replicate", "origin", "kind", "message")
WORDS = ("run_id", "design", "group_kind", "group")


def write_tables(folder: Path, results: Results) -> tuple[Path, Path]:
    """Write the tidy run table as ``runs.parquet`` and ``runs.csv``: a row a run and group.

    Raises:
        Faults: ENS002 if the disk will not take it.
    """
    import pyarrow as pa

    rows = _tidy(results)
    arrow, plain = folder / "runs.parquet", folder / "runs.csv"
    arrays = {k: pa.array(v).dictionary_encode() if k in WORDS else pa.array(v) for k, v in rows.items()}
    try:
        write_bytes(arrow, parquet(pa.table(arrays)))
        write_text(plain, _as_csv(rows))
    except OSError as error:
        raise fail("ENS002", error.strerror or str(error), file=str(folder)) from None
    return arrow, plain


def write_failures(folder: Path, failures: Iterable[Failure]) -> None:
    """Write ``failures.csv``, a row a run that did not finish; none if all did.

    Raises:
        Faults: ENS002 if the disk will not take it.
    """
    rows = [
        (f.key.run_id, f.key.design, f.key.scenario, f.key.replicate, f.origin, f.kind, f.message)
        for f in failures
    ]
    path = folder / "failures.csv"
    try:
        path.unlink(missing_ok=True)
        if rows:
            buffer = io.StringIO()
            csv.writer(buffer, lineterminator="\n").writerows([FAILED, *rows])
            write_text(path, buffer.getvalue())
    except OSError as error:
        raise fail("ENS002", error.strerror or str(error), file=str(path)) from None


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


def _as_csv(table: dict[str, Any]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table)
    columns = [v.tolist() if isinstance(v, np.ndarray) else v for v in table.values()]
    for row in zip(*columns, strict=True):
        writer.writerow(
            ["" if isinstance(x, float) and x != x else repr(x) if isinstance(x, float) else x for x in row]
        )
    return buffer.getvalue()
