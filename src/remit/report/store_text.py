"""What a store holds, and what happened in one of its runs, in words."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from remit.ensemble.ports import Failure


def runs_lines(
    brief: str,
    done: Mapping[str, int],
    failures: Sequence[Failure],
    n_wanted: int,
    where: str,
    version: str,
    n_foreign: int = 0,
    asks: Sequence[tuple[str, str, str]] = (),
    notes: Sequence[str] = (),
    rest: str = "the same remit explore again",
) -> list[str]:
    """Return what a store holds: by design, what failed and why, and the command that repeats a failure."""
    failed = Counter(f.key.design for f in failures)
    names = list(dict.fromkeys([*done, *failed]))
    total = sum(done.values()) + sum(failed.values())
    lines = [f"{brief}, Remit {version}: {total:,} of {n_wanted:,} runs."]
    width = max((len(n) for n in names), default=0)
    lines += [f"  {n:<{width}}  {done.get(n, 0):>9,} done  {failed[n]:>7,} failed" for n in names]
    if not names:
        lines.append("  Nothing has finished yet.")
    if n_foreign:
        lines.append(f"  {n_foreign:,} runs of another question lie here too, and are left out.")
    lines += [f"  {note}" for note in notes]
    if total < n_wanted:
        is_part = bool(asks) and asks[-1][2] != "1/1"
        lines.append(f"  The rest: {'in the stores of the other parts' if is_part else rest}.")
    if asks:
        at, recipe, shard = asks[-1]
        times = "once" if len(asks) == 1 else f"{len(asks):,} times"
        lines.append(f"  Asked {times}, last {at} UTC: {_asked(recipe, shard)}.")
    for message, n in Counter(f.message for f in failures).most_common(10):
        first = next(f for f in failures if f.message == message)
        lines += [
            "",
            f"{n:,} failed: {message}",
            f"  one of them again: remit rerun {where} {first.key.run_id}",
        ]
    return lines


def _asked(recipe: str, shard: str) -> str:
    """Return in words what a command asked for."""
    try:
        raw = json.loads(recipe)
        words = f"{raw['n_scenarios']:,} futures, {raw['n_replicates']:,} simulated years in each"
    except (ValueError, KeyError, TypeError):
        return "more than can be read"
    return words + ("" if shard == "1/1" else f", part {shard}")


def runs_plain(
    brief: str, done: Mapping[str, int], failures: Sequence[Failure], n_wanted: int
) -> dict[str, Any]:
    """Return the same as plain values."""
    return {
        "brief": brief,
        "wanted": n_wanted,
        "done": dict(done),
        "failed": [
            {
                "run": f.key.run_id,
                "design": f.key.design,
                "scenario": f.key.scenario,
                "replicate": f.key.replicate,
                "origin": f.origin,
                "kind": f.kind,
                "message": f.message,
            }
            for f in failures
        ],
    }
