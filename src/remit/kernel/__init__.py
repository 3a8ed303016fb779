"""Arrays, draws and compiled code: the world in numbers. Knows no name, no unit, no file.

Compiled code is kept between runs in the user's cache folder, under a digest
of the kernel's own sources: an edited or upgraded kernel never meets the
machine code of another.
"""

import hashlib
import os
import tempfile
from pathlib import Path

import numba


def _cache_folder() -> Path:
    """Return a writable folder for machine code of exactly these sources."""
    here = Path(__file__).parent
    digest = hashlib.blake2b(digest_size=8)
    for source in sorted(here.rglob("*.py")):
        digest.update(source.read_bytes())
    chosen = (
        os.environ.get("NUMBA_CACHE_DIR")
        or os.environ.get("XDG_CACHE_HOME")
        or os.environ.get("LOCALAPPDATA")
    )
    home = Path(chosen) if chosen else Path.home() / ".cache"
    for root in (home, Path(tempfile.gettempdir())):
        folder = root / "remit" / f"kernel-{digest.hexdigest()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.mkdtemp(prefix="remit-kernel-"))


CACHE = str(_cache_folder())
numba.config.CACHE_DIR = CACHE  # type: ignore[attr-defined]


ENGINES = {
    "response": "batch.run_series-*.nbi",
    "caseload": "batch.run_years-*.nbi",
    "commons": "uptake.run_all-*.nbi",  # the last of its engines to be loaded
}


def is_compiled(engine: str = "response") -> bool:
    """Tell whether this machine holds machine code of exactly these sources for an engine."""
    return any(Path(CACHE).rglob(ENGINES[engine]))
