"""What a store holds, and what happened in one of its runs, in words."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from remit.ensemble.ports import Failure
from remit.ensemble.results import Results
from remit.kernel.layout import MINUTE_TICKS, Ints, Log

EVENTS = {
    Log.BIRTH: "a need arises",
    Log.NOT_ARISEN: "the need does not arise in this design",
    Log.NOT_REACHED: "the person does not get through",
    Log.ASSIGN: "a crew is sent",
    Log.DIVERT: "a crew is turned round",
    Log.CLEAR: "the crew is clear",
    Log.ABANDON: "the person gives up",
    Log.COME_BACK: "the person comes back",
    Log.ON_DUTY: "a crew comes on duty",
    Log.OFF_DUTY: "a crew goes off duty",
    Log.BREAK: "a crew takes its break",
    Log.ALERT: "volunteers are alerted",
    Log.QUEUE: "the person waits in the queue",
}


def runs_lines(
    brief: str,
    results: Results | None,
    failures: Sequence[Failure],
    n_wanted: int,
    where: str,
    version: str,
    n_foreign: int = 0,
) -> list[str]:
    """Return what a store holds: by design, what failed and why, and the command that repeats a failure."""
    done = Counter(k.design for k in results.keys) if results is not None else Counter[str]()
    failed = Counter(f.key.design for f in failures)
    names = list(dict.fromkeys([*done, *failed]))
    total = sum(done.values()) + sum(failed.values())
    lines = [f"{brief}, Remit {version}: {total:,} of {n_wanted:,} runs."]
    width = max((len(n) for n in names), default=0)
    lines += [f"  {n:<{width}}  {done[n]:>9,} done  {failed[n]:>7,} failed" for n in names]
    if not names:
        lines.append("  Nothing has finished yet.")
    if n_foreign:
        lines.append(f"  {n_foreign:,} runs of another question lie here too, and are left out.")
    if total < n_wanted:
        lines.append("  The rest: the same remit explore again.")
    for message, n in Counter(f.message for f in failures).most_common(10):
        first = next(f for f in failures if f.message == message)
        lines += [
            "",
            f"{n:,} failed: {message}",
            f"  one of them again: remit rerun {where} {first.key.run_id}",
        ]
    return lines


def runs_plain(
    brief: str, results: Results | None, failures: Sequence[Failure], n_wanted: int
) -> dict[str, Any]:
    """Return the same as plain values."""
    done = Counter(k.design for k in results.keys) if results is not None else Counter[str]()
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


def event_lines(log: Ints, warm_minutes: float, most: int) -> list[str]:
    """Return the first events after the warm-up, one a line: day and clock, what happened, to whom, by which crew."""
    log = log[log[:, 0] >= warm_minutes * MINUTE_TICKS]
    lines = []
    for tick, code, person, crew in log[:most]:
        minutes = tick / MINUTE_TICKS
        day, rest = divmod(minutes, 1440.0)
        words = EVENTS[Log(int(code))]
        who = f" person {person}" if person >= 0 else ""
        by = f" crew {crew}" if crew >= 0 else ""
        lines.append(f"  day {day:3.0f} {int(rest // 60):02d}:{rest % 60:05.2f}  {words}{who}{by}")
    if len(log) > most:
        lines.append(f"  ... and {len(log) - most:,} more events: --events {len(log)}")
    return lines


def event_counts(log: Ints) -> list[str]:
    """Return how often each kind of event happened."""
    codes, counts = np.unique(log[:, 1], return_counts=True)
    return [f"  {n:>9,}  {EVENTS[Log(int(c))]}" for c, n in zip(codes, counts, strict=True)]
