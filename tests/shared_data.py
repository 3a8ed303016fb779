"""The shared folder: cases and data that lie beside the repository, not in it."""

import os
from pathlib import Path

import pytest

DEFAULT = Path(__file__).resolve().parents[1].parent / "shared"


def shared_file(relative: str) -> Path:
    """Return a file of the shared folder; skip the test where it is absent, fail where CI is set.

    The folder is named by the environment variable REMIT_SHARED, else it lies beside the repository.
    """
    path = Path(os.environ.get("REMIT_SHARED") or DEFAULT) / relative
    if not path.exists():
        reason = f"{relative} is not in the shared folder (set REMIT_SHARED)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason, allow_module_level=True)
    return path
