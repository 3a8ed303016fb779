"""An allocation and a register in words and as plain values."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from remit.pilots.allocation.allocate import Allocation
from remit.pilots.allocation.balance import FAR, BalanceRow
from remit.pilots.allocation.recipe import groups_plain, recipe_lines
from remit.pilots.register.chain import Register
from remit.report.charts import Table

MOST_PAIRS = 12  # tied units that are named one by one


def allocation_lines(found: Allocation, title: str, alpha: float, sides: int) -> list[str]:
    """Return who gets what, how alike the arms are, and what to know of the draw."""
    sizes = found.scheme.sizes(list(found.labels))
    lines = [f"{title}: {len(found.units)} units drawn by lot."]
    for arm, name in enumerate(found.scheme.arms):
        members = [u for u, a in found.rows if a == name]
        lines.append(f"  {name} ({sizes[arm]}): {', '.join(members)}")
    lines += ["", *warnings(found, alpha, sides)]
    if found.pairs:
        lines += ["", "Pairs, and how far apart in standard deviations:"]
        lines += [f"  {p.one} and {p.two}: {p.distance:.2f}" for p in found.pairs]
    if found.balance:
        lines += ["", "Alike before? Means by arm, and the largest difference in standard deviations:"]
        lines += [_balance_line(r, found.scheme.arms) for r in found.balance]
    return lines


def warnings(found: Allocation, alpha: float, sides: int) -> list[str]:
    """Return what a reader should know of the draw: how fine a p-value can be, ties, imbalance."""
    n = found.procedure.n_ways
    floor = found.floor(sides == 2)
    lines = [
        f"The draw had {_count(n)} equally likely outcomes: no p-value can be under {floor:.2g} (alpha {alpha:g})."
    ]
    made = found.constrained
    if made is not None:
        how = "all there are" if made.is_every else "drawn by the same seed"
        lines.append(
            f"Balanced: {made.procedure.n_ways:,} of {made.n_candidates:,} candidates ({how}) were kept, one was drawn."
        )
    if not found.pairs_are_best:
        lines.append("With so many units the pairs are good ones; better ones may exist.")
    lines += _bound_lines(found)
    far = [r.name for r in found.balance if r.worst > FAR]
    if far:
        lines.append(
            f"By luck the arms differ by more than {FAR:g} standard deviations in {', '.join(far)}. "
            "That is no fault of the draw, and no reason to draw again."
        )
    return lines


def _bound_lines(found: Allocation) -> list[str]:
    if not found.bound:
        return []
    named = [
        f"{b.one} and {b.two} {'always' if b.is_always else 'never'} together"
        for b in found.bound[:MOST_PAIRS]
    ]
    rest = len(found.bound) - len(named)
    more = f", and {rest} more" if rest else ""
    return [
        f"Balance ties units to one another in every allocation kept: {', '.join(named)}{more}. "
        "Raise best_share if they could influence each other or share a cause."
    ]


def _balance_line(row: BalanceRow, arms: Sequence[str]) -> str:
    means = ", ".join(f"{arm} {mean:.4g}" for arm, mean in zip(arms, row.means, strict=True))
    return f"  {row.name}: {means}; {row.worst:.2f}"


def balance_rows(found: Allocation) -> Table:
    """Return the table of balance."""
    arms = found.scheme.arms
    header = ("Known before", *arms, *(f"{a} less {arms[0]}, in SD" for a in arms[1:]))
    rows = tuple(
        (
            r.name,
            *(f"{m:.4g}" for m in r.means),
            *("none differs" if math.isnan(d) else f"{d:.2f}" for d in r.differences),
        )
        for r in found.balance
    )
    return Table(header, rows)


def allocation_plain(
    found: Allocation, design_digest: str, text: str, alpha: float, sides: int
) -> dict[str, Any]:
    """Return an allocation as plain values."""
    made = found.constrained
    return {
        "allocation": [{"unit": u, "arm": a} for u, a in found.rows],
        "allocation_digest": found.digest,
        "design_digest": design_digest,
        "text": text,
        "seed": found.seed,
        "method": found.scheme.method,
        "n_outcomes": _count(found.procedure.n_ways),
        "smallest_p": found.floor(sides == 2),
        "alpha": alpha,
        "sizes": dict(zip(found.scheme.arms, found.scheme.sizes(list(found.labels)), strict=True)),
        "balance": [
            {
                "name": r.name,
                "means": dict(zip(found.scheme.arms, map(_number, r.means), strict=True)),
                "differences_sd": dict(zip(found.scheme.arms[1:], map(_number, r.differences), strict=True)),
            }
            for r in found.balance
        ],
        "pairs": [{"units": [p.one, p.two], "distance_sd": p.distance} for p in found.pairs],
        "pairs_are_best": found.pairs_are_best,
        "candidates": None if made is None else made.n_candidates,
        "kept": None if made is None else made.procedure.n_ways,
        "bound": [{"units": [b.one, b.two], "always": b.is_always} for b in found.bound],
        "groups": groups_plain(found),
        "recipe": recipe_lines(found, design_digest, text),
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _count(n: int) -> str:
    """Return a count as a person says it.

    >>> _count(184756), _count(2 * 10**30)
    ('184,756', 'more than 10^30')
    """
    return f"{n:,}" if n < 10**12 else f"more than 10^{math.floor(math.log10(n) - 1e-9)}"


def register_lines(register: Register) -> list[str]:
    """Return a register that holds together, entry by entry."""
    n = len(register.entries)
    lines = [f"{register.file}: {n} {'entry' if n == 1 else 'entries'}, every link holds."]
    lines += [
        f"  {i}. {e.when}  {e.pilot}  {e.kind}  {e.hash[:16]}" for i, e in enumerate(register.entries, 1)
    ]
    lines += [
        f"Entry {i + 1} is dated before entry {i}: a clock was wrong, or was set back."
        for i, (one, two) in enumerate(pairwise(register.entries), 1)
        if two.when < one.when
    ]
    lines.append(f"Last hash: {register.head}")
    lines.append("Compare it with the one that was published: lines taken off the end show only there.")
    if register.torn:
        lines.append(
            "The last line was cut off while it was written, and counts for nothing. "
            "Run the command that wrote it again: it mends the file."
        )
    return lines


def register_plain(register: Register) -> dict[str, Any]:
    """Return a register as plain values."""
    return {
        "file": register.file,
        "holds": True,
        "entries": [{**e.plain, "hash": e.hash} for e in register.entries],
        "last_hash": register.head,
        "torn": register.torn,
    }
