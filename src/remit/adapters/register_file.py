"""A register's file: read as bytes, and only ever added to; and the clock that entries are dated by."""

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

from remit.ground.faults import fail

MOST_BYTES = 50_000_000


def read_bytes(path: Path) -> bytes:
    """Return a register's bytes, none where there is no file yet.

    Raises:
        Faults: DOC001 unreadable, DOC002 too large.
    """
    try:
        if not path.exists():
            return b""
        if not path.is_file():
            raise fail("DOC001", "it is not a plain file", file=str(path))
        if path.stat().st_size > MOST_BYTES:
            raise fail("DOC002", f"more than {MOST_BYTES:,} bytes", file=str(path))
        return path.read_bytes()
    except OSError as error:
        raise fail("DOC001", error.strerror or str(error), file=str(path)) from None


def append_line(path: Path, line: str, after: int, torn: str = "") -> None:
    """Write a line at byte ``after``, where whole lines end; what was torn beyond it is cut off first.

    Args:
        path: The register.
        line: An entry, without its line feed.
        after: How many bytes of whole lines were read.
        torn: Anything that stood beyond them.

    Raises:
        Faults: DOC011 it cannot be written, or has grown since it was read.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        with os.fdopen(handle, "r+b") as file:
            _hold(file.fileno())
            file.seek(after)
            if file.read().decode("utf-8", "backslashreplace") != torn:
                raise OSError(errno.EBUSY, "someone else has written to it meanwhile: run the same again")
            file.seek(after)
            file.truncate()
            file.write(line.encode("utf-8") + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise fail("DOC011", error.strerror or str(error), file=str(path)) from None


def _hold(handle: int) -> None:
    """Keep others from writing until the file is closed, where the system can."""
    try:
        import fcntl
    except ImportError:  # no such thing there: two writers at one moment would be told apart by the chain
        return
    fcntl.flock(handle, fcntl.LOCK_EX)


def utc_now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
