"""A table as a CSV file."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from remit.adapters.files import write_text
from remit.ground.faults import fail


def write_table(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table whole or not at all.

    Raises:
        Faults: DOC011 it cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    try:
        write_text(path, text.getvalue())
    except OSError as error:
        raise fail("DOC011", error.strerror or str(error), file=str(path)) from None
