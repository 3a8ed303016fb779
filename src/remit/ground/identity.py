"""Identity: canonical text of plain values and its digest, the same on every machine."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> str:
    """Return plain values as JSON with sorted keys and no spaces.

    >>> canonical({"b": 1, "a": [True, 0.1]})
    '{"a":[true,0.1],"b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(value: Any, size: int = 16) -> str:
    """Return the hexadecimal digest of plain values, ``size`` characters.

    >>> digest({"a": 1}) == digest({"a": 1}), len(digest([]))
    (True, 16)
    """
    return hashlib.blake2b(canonical(value).encode(), digest_size=size // 2).hexdigest()
