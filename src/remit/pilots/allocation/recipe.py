"""How anyone can repeat the draw without Remit: words, and the groups with their labels, as plain values."""

from typing import Any

from remit.pilots.allocation.allocate import Allocation
from remit.pilots.allocation.procedure import SPARE


def recipe_lines(allocation: Allocation, design_digest: str, text: str) -> list[str]:
    """Return the steps, each a sentence."""
    lines = [
        f"Design's digest: {design_digest}",
        f"Published text: {text}",
        "Seed: the SHA-256 sum of the digest, a line feed and the text (UTF-8, single spaces): "
        f"{allocation.seed}",
    ]
    made = allocation.constrained
    if made is None or not made.is_every:
        again = (
            ""
            if made is None
            else f'For each candidate c = 0 ... {made.n_candidates - 1}, write "c/" before the name. '
        )
        lines.append(
            "Every group has a name, its units, and a list of arms. A unit's ticket is the SHA-256 sum of the seed, "
            f"a line feed, the group's name, a line feed and the unit's id. {again}In each group the smallest "
            "ticket (as text) takes the first arm of the list, the next the second, and so on. Where a list is longer than "
            f'the units, "{SPARE}1", "{SPARE}2" ... hold tickets too, and what they take is dropped.'
        )
    if made is not None:
        candidates = (
            "All allocations are candidates: within groups, every order of the list of arms, dictionary order, "
            "cut to the units; the last group turns fastest."
            if made.is_every
            else ""
        )
        lines.append(
            f"{candidates} A candidate's score: for every arm and column, the arm's mean less the mean of all, in standard "
            "deviations (n - 1), squared, times the arm's share of units; summed and rounded to 9 digits. Kept, in the "
            f"order of candidates: the {made.procedure.n_ways} with a score of at most {made.worst_score}. Drawn is number k "
            'of them, counted from 0: k is the SHA-256 sum of the seed, a line feed and "choice", as a number, '
            f"modulo {made.procedure.n_ways}.".strip()
        )
    lines.append(
        "Check: the SHA-256 sum of the allocation as JSON without spaces, "
        f'[["unit","arm"],...] in the order of the units: {allocation.digest}'
    )
    return lines


def groups_plain(allocation: Allocation) -> list[dict[str, Any]]:
    """Return the groups: name, ids of units, arms in the order in which tickets take them."""
    ids, arms = allocation.units.ids, allocation.scheme.arms
    return [
        {"name": g.name, "units": [ids[u] for u in g.units], "arms": [arms[a] for a in g.labels]}
        for g in allocation.shuffled.groups
    ]
