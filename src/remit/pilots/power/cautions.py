"""Cautions: what makes the power of this pilot look better than it is, said next to the number (Law 1)."""

import math

from remit.pilots.protocol import Protocol

LEAST_MEASUREMENTS = 8  # on each side of a change
LEAST_CLUSTERS = 4  # in each arm
LEAST_IN_WEDGE = 8


def cautions_of(
    protocol: Protocol, counts: tuple[int, ...], effect: float, smallest_p: float
) -> tuple[str, ...]:
    """Return what a reader must know beside this pilot's power, in whole sentences."""
    said = []
    if not math.isnan(smallest_p) and smallest_p >= protocol.alpha:
        said.append(
            f"With so few units no result can be significant by permutation: the smallest possible p is "
            f"{smallest_p:.3g}, not below {protocol.alpha:g}."
        )
    if len(protocol.arms) > 2 and protocol.design not in ("stepped_wedge", "its"):
        n = len(protocol.arms) - 1
        said.append(
            f"{n} arms are each compared with {protocol.arms[0].title}: each comparison is allowed "
            f"{protocol.alpha / n:.3g} of error, and power is that of the weakest."
        )
    if not math.isnan(effect) and effect != 0.0 and (effect > 0.0) != (protocol.outcome.better == "up"):
        said.append("The effect assumed is for the worse: more of it is not what is wished.")
    said += _CAUTIONS.get(protocol.design, lambda p, c: [])(protocol, counts)
    return tuple(said)


def _of_clusters(protocol: Protocol, counts: tuple[int, ...]) -> list[str]:
    said = []
    if counts and min(counts) < LEAST_CLUSTERS:
        said.append(f"Fewer than {LEAST_CLUSTERS} units in an arm: one unusual unit can make the result.")
    if "cluster_size_cv" not in protocol.assume:
        said.append("Units are taken to be equally large; unequal ones need more (assume cluster_size_cv).")
    return said


def _of_wedge(protocol: Protocol, counts: tuple[int, ...]) -> list[str]:
    said = []
    if counts and sum(counts) < LEAST_IN_WEDGE:
        said.append(
            f"Fewer than {LEAST_IN_WEDGE} units: estimates of spread are poor, use the permutation test."
        )
    if "cac" not in protocol.assume:
        said.append(
            "Each unit is taken to keep its level from period to period (cac 1): that flatters the power."
        )
    if protocol.analysis.primary != "exposure":
        said.append(
            "The effect is taken to be whole at once and to stay; one that grows needs more "
            "(analysis primary: exposure)."
        )
    return said


def _of_series(protocol: Protocol, counts: tuple[int, ...]) -> list[str]:
    said = [
        "The power is for a step at the change; likeness of neighbours is taken as known, which it never is."
    ]
    if counts and min(counts) < LEAST_MEASUREMENTS:
        said.append(f"Fewer than {LEAST_MEASUREMENTS} measurements on a side: the line before is a guess.")
    return said


def _of_panel(protocol: Protocol, counts: tuple[int, ...]) -> list[str]:
    return [
        "Nobody chose by chance: the power is only worth what the likeness of the places before is worth."
    ]


def _of_cutoff(protocol: Protocol, counts: tuple[int, ...]) -> list[str]:
    return ["It speaks of people near the line only."]


def _of_blocks(protocol: Protocol, counts: tuple[int, ...]) -> list[str]:
    return ["Blocks are taken to forget one another: each must be longer than the service remembers."]


def _of_nested(protocol: Protocol, counts: tuple[int, ...]) -> list[str]:
    return ["Groups are those of the new way only; the permutation test is of groups, not of people."]


_CAUTIONS = {
    "cluster_rct": _of_clusters,
    "stepped_wedge": _of_wedge,
    "its": _of_series,
    "did": _of_panel,
    "rdd": _of_cutoff,
    "switchback": _of_blocks,
    "partially_nested": _of_nested,
}
