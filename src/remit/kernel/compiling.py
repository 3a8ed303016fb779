"""How the kernel's functions are compiled: cached, without the interpreter's lock, without reference counts.

The compiled code makes no arrays, so counting references to them is pure cost
(eightfold, measured); ``_nrt=False`` leaves it out.
"""

from collections.abc import Callable
from typing import Any

from numba import njit

OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}


def compiled(signature: Any = None) -> Callable[[Any], Any]:
    """Compile a function by itself; with a signature at import, else when first called."""
    return njit(signature, **OPTIONS) if signature is not None else njit(**OPTIONS)


def inlined(function: Any) -> Any:
    """Compile a function into its callers: no call, however many arrays it is handed."""
    return njit(inline="always", **OPTIONS)(function)
