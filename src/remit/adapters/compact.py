"""Compacting: many small parts made into few large ones, sorted, each run once; safe to be killed at any moment.

A larger part is written whole before the parts it is made of are removed, so that at every moment each run is in
the folder at least once; a run that stands in two parts counts once.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from remit.adapters.files import write_bytes
from remit.adapters.part_index import Part, PartIndex
from remit.adapters.parts import MARK, Mark, content_name, parquet
from remit.ground.faults import fail

RUNS_A_PART = 200_000
LEFT_SECONDS = 3600.0  # no part takes so long to write


def compact(folder: Path, on_part: Callable[[int, int], None] = lambda done, total: None) -> tuple[int, int]:
    """Return how many parts there were and are, after small ones of the same kind were merged.

    Raises:
        Faults: ENS002 if the disk will not take it; nothing is lost.
    """
    index = PartIndex(folder)
    parts = index.listed(check_all=True)
    kinds: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        alike = Mark(part.mark.origin, part.mark.groups, part.mark.columns, 0)
        if part.mark.n_runs < RUNS_A_PART:
            kinds[alike.as_text()].append(part)
    groups = [g for listed in kinds.values() for g in _groups(listed) if len(g) > 1]
    removed = made = 0
    for number, group in enumerate(groups):
        try:
            made += _merge(group, folder / "parts")
        except FileNotFoundError:
            continue  # another process merges them already
        except OSError as error:
            raise fail("ENS002", error.strerror or str(error), file=str(folder)) from None
        removed += len(group)
        on_part(number + 1, len(groups))
    index.listed(check_all=made > 0)
    _sweep(folder / "parts")
    return len(parts), len(parts) - removed + made


def _sweep(parts: Path) -> None:
    """Remove what killed processes left half written; what is younger may still be in the making."""
    for path in parts.glob(".part-*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > LEFT_SECONDS:
                path.unlink()


def _groups(parts: list[Part]) -> list[list[Part]]:
    """Return parts put together up to the size of a large one."""
    groups: list[list[Part]] = [[]]
    size = 0
    for part in parts:
        if groups[-1] and size + part.mark.n_runs > RUNS_A_PART:
            groups.append([])
            size = 0
        groups[-1].append(part)
        size += part.mark.n_runs
    return groups


def _merge(group: list[Part], parts: Path) -> int:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = [pq.read_table(part.path) for part in group]
    names = list(dict.fromkeys(n for t in tables for n in t.column_names))
    whole = pa.concat_tables([t.replace_schema_metadata(None) for t in tables], promote_options="default")
    whole = whole.select(names).unify_dictionaries()
    # by design, not by run id: two names for the same settings have the same runs, and each keeps its own
    design = whole.column("design").to_numpy().astype(str)
    _, codes = np.unique(design, return_inverse=True)
    scenario, replicate = (whole.column(k).to_numpy() for k in ("scenario", "replicate"))
    order = np.lexsort((replicate, scenario, codes))
    rows = np.stack([codes, scenario, replicate], axis=1)[order]
    fresh = np.r_[True, (rows[1:] != rows[:-1]).any(axis=1)]
    whole = whole.take(pa.array(order[fresh]))
    mark = group[0].mark
    mark = Mark(mark.origin, mark.groups, mark.columns, whole.num_rows)
    data = parquet(whole.replace_schema_metadata({MARK: mark.as_text()}).combine_chunks())
    made = parts / f"{content_name(data)}.parquet"
    write_bytes(made, data)
    for part in group:
        if part.path != made:
            part.path.unlink(missing_ok=True)
    return 1
