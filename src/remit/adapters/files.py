"""Reading and writing text: small files only, whole or not at all."""

import atexit
import errno
import os
import shutil
import tempfile
from pathlib import Path

from remit.ground.document import MOST_BYTES
from remit.ground.faults import fail


def read_text(path: Path, most_bytes: int = MOST_BYTES) -> str:
    """Return the text of a file.

    Raises:
        Faults: DOC001 unreadable, DOC002 too large (it is not opened), DOC010 not UTF-8.
    """
    try:
        if path.is_dir():
            raise fail("DOC001", "it is a folder", file=str(path))
        if not path.is_file():
            raise fail("DOC001", "no such file", file=str(path))
        size = path.stat().st_size
        if size > most_bytes:
            raise fail("DOC002", f"{size:,} bytes; at most {most_bytes:,} are read", file=str(path))
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fail("DOC010", f"byte {error.start}", file=str(path)) from None
    except OSError as error:
        raise fail("DOC001", error.strerror or str(error), file=str(path)) from None


def write_text(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old or the new one, never half; raises OSError."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write bytes under a temporary name beside ``path``, then put them in its place; never in place of a device."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is not a plain file")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def passing_folder() -> Path:
    """Return a new folder that is removed when Python ends."""
    folder = Path(tempfile.mkdtemp(prefix="remit-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
