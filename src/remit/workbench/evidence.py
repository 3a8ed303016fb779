"""The evidence on the numbers of the model: a workspace's own register merged with what the gallery's briefs cite."""

from collections.abc import Callable, Iterable
from pathlib import Path

from remit.briefs.brief import Brief
from remit.ground.document import parse_document
from remit.ground.faults import fail, nearest
from remit.pilots.evidence import Record, parse_record, read_records
from remit.pilots.known import Line, together

__all__ = ["Line", "add_record", "listing", "read_register", "together"]


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
