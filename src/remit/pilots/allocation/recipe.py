"""How anyone can repeat the draw without Remit: words, and the groups with their labels, as plain values."""

from typing import Any

from remit.pilots.allocation.allocate import Allocation
from remit.pilots.allocation.constrained import Constrained
from remit.pilots.allocation.procedure import EXTRA


def recipe_lines(allocation: Allocation, design_digest: str, text: str) -> list[str]:
    """Return the steps, each a sentence or a few."""
    made = allocation.constrained
    return [
        f"Design's digest: {design_digest}",
        f"Published text: {text}",
        "Seed: the SHA-256 sum of the digest, a line feed and the text (UTF-8, single spaces): "
        f"{allocation.seed}",
        *([] if made is not None and made.is_every else [_tickets(made), *_groups(allocation)]),
        *([] if made is None else [_choice(made)]),
        "Check: the SHA-256 sum of the allocation as JSON without spaces, "
        f'[["unit","arm"],...] in the order of the units: {allocation.digest}',
    ]


def _tickets(made: Constrained | None) -> str:
    again = ""
    if made is not None:
        again = f'For each candidate c = 0 ... {made.n_candidates - 1}, "c/" goes before the name. '
    return (
        "Every group has a name, its units, and a list of arms (below). A unit's ticket is the SHA-256 "
        "sum of the seed, a line feed, the group's name, a line feed and the unit's id. "
        f"{again}In each group the smallest ticket (as text) takes the first arm of the list, the next the "
        "second, and so on. Where the list is shorter than the units, it is filled up first from the group's "
        "extra arms, smallest ticket first: an extra arm's ticket is that of its number (the first arm is 0) "
        f'under the group\'s name with "{EXTRA}" after it.'
    )


def _groups(allocation: Allocation) -> list[str]:
    """Return each group in a line."""
    lines = []
    for group in groups_plain(allocation):
        extra = f"; extra: {', '.join(group['extra'])}" if group["extra"] else ""
        arms = ", ".join(group["arms"]) or "none"
        lines.append(f'Group "{group["name"]}", units: {", ".join(group["units"])}; arms: {arms}{extra}')
    return lines


def _choice(made: Constrained) -> str:
    n = made.procedure.n_ways
    every = ""
    if made.is_every:
        every = (
            "All allocations are candidates: in each group, for each choice of extra arms in their order, every order "
            "of the arms, by their numbers as digits of a number that grows; the last group turns fastest. "
        )
    return (
        f"{every}A candidate's score: for every arm and column, the arm's mean less the mean of all, in "
        "standard deviations (n - 1), squared, times the arm's share of units; summed and rounded to 9 digits. "
        f"Kept, in the order of candidates: the {n:,} with a score of at most {made.worst_score}. Drawn is "
        'number k of them, counted from 0: k is the SHA-256 sum of the seed, a line feed and "choice", as a '
        f"number, modulo {n}."
    )


def groups_plain(allocation: Allocation) -> list[dict[str, Any]]:
    """Return the groups: name, ids of units, arms in the order in which tickets take them."""
    ids, arms = allocation.units.ids, allocation.scheme.arms
    return [
        {
            "name": g.name,
            "units": [ids[u] for u in g.units],
            "arms": [arms[a] for a in g.labels],
            "extra": [arms[a] for a in g.extra],
        }
        for g in allocation.shuffled.groups
    ]
