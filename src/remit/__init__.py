"""Remit: design, simulate, compare and test operating models for a public service.

From Python: ``remit.explore("cardiac-arrest", into="big")`` and ``remit.open_store("big")``.
"""

from typing import TYPE_CHECKING, Any

from remit.ground.version import VERSION as __version__

if TYPE_CHECKING:
    from remit.api.futures import explore, open_store

__all__ = ["__version__", "explore", "open_store"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - either of two functions
    """Load the verbs when they are first used, so that importing Remit costs next to nothing."""
    if name in ("explore", "open_store"):
        from remit.api import futures

        return getattr(futures, name)
    raise AttributeError(f"module 'remit' has no attribute {name!r}")
