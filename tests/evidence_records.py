"""Records of evidence, to test with."""

import json
from typing import Any

RECORD: dict[str, Any] = {
    "evidence": 1,
    "id": "north-2025",
    "parameter": "alert.accepted_share",
    "scale": "difference in shares",
    "estimate": 0.02,
    "se": 0.01,
    "n": 800,
    "place": "North",
    "date": "2025-06",
    "design": "cluster_rct",
    "source": "Own pilot",
    "grades": [
        {
            "scale": "maryland",
            "version": "What Works Growth",
            "grade": 5,
            "rater": "A. Smith",
            "reason": "lot",
        }
    ],
}


def line(**changes: Any) -> bytes:
    """Return a record's line with some of it changed."""
    return (json.dumps({**RECORD, **changes}) + "\n").encode()
