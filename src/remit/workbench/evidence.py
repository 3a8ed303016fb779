"""The evidence on the numbers of the model: a workspace's own register merged with what the gallery's briefs cite."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from remit.briefs.brief import Brief
from remit.ground.document import parse_document
from remit.ground.faults import fail, nearest
from remit.pilots.discount import discounted
from remit.pilots.evidence import Record, parse_record, read_records
from remit.pilots.pooling import Pooled, pool

LEAST_TO_POOL = 2


@dataclass(frozen=True)
class Line:
    """One thing known of one number, wherever it is kept."""

    parameter: str
    value: float
    low: float  # 95 in 100 of a record; the range of a brief's number as it states it
    high: float
    unit: str  # of a brief's number, or the scale of a record
    place: str
    date: str
    source: str
    grade: str
    kept_in: str  # the brief's name, or "register"


@dataclass(frozen=True)
class Together:
    """What the register's studies of one number say together, as they are and discounted."""

    parameter: str
    scale: str
    records: tuple[Record, ...]
    plain: Pooled
    discounted: Pooled


def listing(records: Iterable[Record], briefs: Iterable[Brief], parameter: str = "") -> tuple[Line, ...]:
    """Return what is known, by parameter: the register's records, then numbers of briefs with a source.

    Raises:
        Faults: EVD003 nothing is known of the parameter asked for.
    """
    lines = [_of_record(r) for r in records]
    for brief in briefs:
        lines += _of_brief(brief)
    lines.sort(key=lambda line: (line.parameter, line.kept_in != "register", line.kept_in))
    if not parameter:
        return tuple(lines)
    found = tuple(line for line in lines if line.parameter == parameter)
    if not found:
        known = sorted({line.parameter for line in lines})
        raise fail("EVD003", f'"{parameter}"', fix=nearest(parameter, known))
    return found


def _of_record(r: Record) -> Line:
    grade = "; ".join(f"{g.scale} {g.grade}" for g in r.grades)
    reach = 1.959964 * r.se
    return Line(
        r.parameter, r.estimate, r.estimate - reach, r.estimate + reach, r.scale, r.place, r.date, r.source, grade,
        "register",
    )  # fmt: skip


def _of_brief(brief: Brief) -> list[Line]:
    """Return a brief's numbers that have a source; assumptions are no evidence."""
    lines = []
    for name in sorted(brief.given):
        q = brief.numbers.get(name)
        if q is None or not q.source:
            continue
        source = brief.sources[q.source].cite if q.source in brief.sources else q.source
        place = brief.locality.name
        lines.append(Line(name, q.value, q.low, q.high, q.unit, place, "", source, q.grade, brief.id))
    return lines


def together(records: Iterable[Record], way: str = "REML") -> tuple[Together, ...]:
    """Return what the studies of each number and scale say together, where there are at least two."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for r in records:
        groups.setdefault((r.parameter, r.scale), []).append(r)
    found = []
    for (parameter, scale), rows in sorted(groups.items()):
        if len(rows) < LEAST_TO_POOL:
            continue
        effects = np.array([r.estimate for r in rows])
        ses = np.array([r.se for r in rows])
        less = np.array([discounted(r.se, r.grades, r.distance) for r in rows])
        found.append(
            Together(parameter, scale, tuple(rows), pool(effects, ses, way), pool(effects, less, way))
        )
    return tuple(found)


def read_register(path: Path, read_bytes: Callable[[Path], bytes]) -> tuple[Record, ...]:
    """Return the records that hold in a register; none where there is no file yet."""
    return read_records(read_bytes(path), str(path))[0]


def add_record(
    record: Path,
    into: Path,
    read_text: Callable[[Path], str],
    read_bytes: Callable[[Path], bytes],
    append: Callable[[Path, str, int, str], None],
) -> Record:
    """Add the record in a YAML file to a register.

    Raises:
        Faults: the record or the register cannot be read, or the register not written.
    """
    doc = parse_document(read_text(record), str(record))
    found = parse_record(doc.values, doc)
    _, size, torn = read_records(read_bytes(into), str(into))
    append(into, found.line, size, torn)
    return found
