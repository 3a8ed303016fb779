"""Parts: a batch of runs as one Parquet file, a row a run, that says by itself what it was made from.

Columns are ``run_id``, ``design``, ``scenario``, ``replicate`` and an outcome each for everyone; where outcomes are
kept by group too, lists named ``by_zone.survivors`` and so on, whose groups in order stand in the file's metadata
under ``remit``. Anything that reads Parquet reads them.
"""

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from remit.ensemble.ports import Origin, RunBatch, RunKey
from remit.kernel.layout import Floats

FORMAT = 2  # rises when an older Remit could not read a part
KEYS = ("run_id", "design", "scenario", "replicate")
CHART = "urgent_response_half_minutes"
MARK = b"remit"
Group = tuple[str, str]


@dataclass(frozen=True)
class Mark:
    """What a part says of itself."""

    origin: Origin
    groups: tuple[Group, ...]
    columns: tuple[str, ...]
    n_runs: int

    def as_text(self) -> str:
        """Return it as one line of JSON."""
        plain = {
            "format": FORMAT,
            "question": self.origin.question,
            "designs": dict(self.origin.designs),
            "groups": [list(g) for g in self.groups],
            "columns": list(self.columns),
            "runs": self.n_runs,
        }
        return json.dumps(plain, sort_keys=True)


def read_mark(text: str | bytes) -> Mark:
    """Return what a part says of itself.

    Raises:
        ValueError: if it says nothing, or in another format.
    """
    raw = json.loads(text)
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise ValueError("another format")
    try:
        groups = tuple((str(kind), str(name)) for kind, name in raw["groups"])
        origin = Origin(str(raw["question"]), {str(k): str(v) for k, v in raw["designs"].items()})
        return Mark(origin, groups, tuple(map(str, raw["columns"])), int(raw["runs"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a mark: {error}") from None


def mark_of(batch: RunBatch) -> Mark:
    """Return what the part of a batch says of itself."""
    return Mark(batch.origin, batch.groups, batch.columns, len(batch.keys))


def as_part(batch: RunBatch) -> bytes:
    """Return a batch as a Parquet file."""
    import pyarrow as pa

    keys = batch.keys
    table: dict[str, Any] = {
        "run_id": pa.array([k.run_id for k in keys]),
        "design": pa.array([k.design for k in keys]).dictionary_encode(),
        "scenario": pa.array([k.scenario for k in keys], pa.int32()),
        "replicate": pa.array([k.replicate for k in keys], pa.int32()),
    }
    for c, name in enumerate(batch.columns):
        table[name] = pa.array(np.ascontiguousarray(batch.values[:, 0, c]))
    for kind, (low, high) in spans(batch.groups).items():
        for c, name in enumerate(batch.columns):
            values = batch.values[:, low:high, c]
            if np.isfinite(values).any():
                table[f"by_{kind}.{name}"] = _lists(values)
    if batch.chart.shape[1]:
        table[CHART] = _lists(batch.chart)
    return parquet(pa.table(table).replace_schema_metadata({MARK: mark_of(batch).as_text()}))


def spans(groups: Sequence[Group]) -> dict[str, tuple[int, int]]:
    """Return where each kind of group begins and ends, everyone (the first) apart.

    >>> spans((("all", ""), ("zone", "a"), ("zone", "b")))
    {'zone': (1, 3)}
    """
    found = {}
    for kind, listed in groupby(range(1, len(groups)), key=lambda g: groups[g][0]):
        places = list(listed)
        found[kind] = (places[0], places[-1] + 1)
    return found


def _lists(values: Floats) -> Any:
    import pyarrow as pa

    flat = pa.array(np.ascontiguousarray(values).ravel())
    return pa.FixedSizeListArray.from_arrays(flat, values.shape[1])


def parquet(table: Any) -> bytes:
    """Return an Arrow table as a Parquet file, with a checksum on every page."""
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    # run ids never repeat: a dictionary of them would only add to their size
    encoded = [c for c in table.column_names if c == "design"]
    pq.write_table(
        table, buffer, compression="zstd", use_dictionary=encoded, write_page_checksum=True,
        use_byte_stream_split=[f.name for f in table.schema if f.type == "double"],
    )  # fmt: skip
    return buffer.getvalue()


def content_name(data: bytes) -> str:
    """Return the name of a part: a digest of its bytes."""
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def whole(path: Path) -> bytes | None:
    """Return the bytes of a part, or None if a disk or a copy went wrong: its runs are made again."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if path.stem == content_name(data) else None


def mark_in(data: bytes) -> Mark | None:
    """Return what a part says of itself; None if it is no part of this format."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return read_mark((pq.read_schema(pa.BufferReader(data)).metadata or {})[MARK])
    except (pa.ArrowException, OSError, KeyError, ValueError):
        return None


def from_part(data: bytes) -> RunBatch | None:
    """Return the batch in a part; None if it is no part of this format."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    mark = mark_in(data)
    if mark is None:
        return None
    try:
        table = pq.read_table(pa.BufferReader(data))
        keys = tuple(RunKey(*row) for row in zip(*(table.column(k).to_pylist() for k in KEYS), strict=True))
        values = np.full((len(keys), len(mark.groups), len(mark.columns)), np.nan)
        for c, name in enumerate(mark.columns):
            values[:, 0, c] = table.column(name).to_numpy()
            for kind, (low, high) in spans(mark.groups).items():
                if (listed := f"by_{kind}.{name}") in table.column_names:
                    values[:, low:high, c] = _unlisted(table.column(listed), high - low)
        bins = table.schema.field(CHART).type.list_size if CHART in table.column_names else 0
        chart = _unlisted(table.column(CHART), bins) if bins else np.zeros((len(keys), 0))
    except (pa.ArrowException, OSError, KeyError, ValueError, AttributeError):
        return None
    return RunBatch(keys, mark.groups, mark.columns, values, chart, (), mark.origin)


def _unlisted(column: Any, size: int) -> Floats:
    flat: Floats = column.combine_chunks().flatten().to_numpy()
    return flat.reshape(-1, size)
