"""Reading the data of a pilot: CSV, as it is or packed with gzip, or Parquet; columns as text."""

import csv
import gzip
import io
from pathlib import Path

from remit.ground.faults import fail
from remit.pilots.analysis.data import Table


def read_data(path: Path) -> Table:
    """Return the table in a file.

    Raises:
        Faults: DOC001 unreadable, DOC010 not UTF-8, PIL215 no table: no head, or rows of other lengths.
    """
    if not path.is_file():
        raise fail("DOC001", "no such file", file=str(path))
    try:
        if path.suffix == ".parquet":
            return _parquet(path)
        with path.open("rb") as raw:
            plain = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw
            return _csv(io.TextIOWrapper(plain, "utf-8-sig", newline=""), str(path))
    except UnicodeDecodeError as error:
        raise fail("DOC010", f"byte {error.start}", file=str(path)) from None
    except (OSError, EOFError) as error:
        raise fail("DOC001", str(error), file=str(path)) from None


def _csv(text: io.TextIOWrapper, file: str) -> Table:
    reader = csv.reader(text)
    try:
        head = [name.strip() for name in next(reader, [])]
        if not head or len(set(head)) < len(head):
            raise fail("PIL215", "the first line must name the columns, each once", file=file, line=1)
        rows = []
        for number, row in enumerate(reader, 2):
            if row and len(row) != len(head):
                raise fail("PIL215", f"{len(row)} cells for {len(head)} columns", file=file, line=number)
            if row:
                rows.append(row)
    except csv.Error as error:
        raise fail("PIL215", str(error), file=file, line=reader.line_num) from None
    if not rows:
        raise fail("PIL215", "there is no row in it", file=file)
    return Table(file, dict(zip(head, zip(*rows, strict=True), strict=True)))


def _parquet(path: Path) -> Table:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        found = parquet.read_table(path)
    except pa.ArrowInvalid as error:
        raise fail("PIL215", str(error).splitlines()[0], file=str(path)) from None
    columns = {}
    for name in found.column_names:
        cells = found.column(name).to_pylist()
        columns[name] = tuple("" if c is None else str(c) for c in cells)
    return Table(str(path), columns)
