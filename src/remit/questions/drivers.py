"""Drivers: which unknowns move the difference between two designs, and how much.

Rank correlation over scenarios between an unknown's quantile and the
replicate-averaged difference; for a question with several answers, the
correlation ratio. Many unknowns are tried, so a driver is called clear only if
chance would make *any* of them that strong less than one time in twenty (Bonferroni).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from remit.briefs.scenario import Scenario
from remit.ensemble.results import Results
from remit.ground.quantity import Choice, Quantity
from remit.ground.units import readable
from remit.kernel.layout import Floats

LEAST_SCENARIOS = 12


@dataclass(frozen=True)
class Driver:
    """One unknown and its hold on a difference."""

    name: str
    strength: float  # -1 to 1; for a question with several answers 0 to 1
    low_label: str
    low: (
        float  # mean difference in the third of scenarios where it is lowest (or the least favourable answer)
    )
    high_label: str
    high: float  # the same where it is highest
    is_assumption: bool
    is_clear: bool  # stronger than chance would make any of those tried, nineteen times in twenty


def drivers(
    results: Results,
    scenarios: Sequence[Scenario],
    unknowns: Sequence[Quantity | Choice],
    design: str,
    base: str,
    outcome: str,
) -> list[Driver]:
    """Return the unknowns by strength, strongest first; none with too few scenarios or no difference."""
    with np.errstate(all="ignore"):
        paired = results.of(design, outcome) - results.of(base, outcome)
    counted = np.isfinite(paired).sum(axis=1)
    y = np.where(counted > 0, np.nansum(paired, axis=1) / np.maximum(counted, 1), np.nan)[: len(scenarios)]
    scenarios = scenarios[: len(y)]  # an interrupted run has fewer results than were drawn
    used = np.isfinite(y)
    if used.sum() < LEAST_SCENARIOS or np.ptp(y[used]) == 0.0:
        return []
    chance = NormalDist().inv_cdf(1.0 - 0.025 / max(1, len(unknowns))) / math.sqrt(float(used.sum()))
    found = []
    for unknown in unknowns:
        u = np.array([s.quantiles.get(unknown.name, np.nan) for s in scenarios])[used]
        if not np.isfinite(u).all():
            continue
        driver = (
            _answered(unknown, u, y[used], chance)
            if isinstance(unknown, Choice)
            else _ranked(unknown, u, y[used], chance)
        )
        found.append(driver)
    return sorted(found, key=lambda d: (-abs(d.strength), d.name))


def _ranked(unknown: Quantity, u: Floats, y: Floats, chance: float) -> Driver:
    strength = float(np.corrcoef(_ranks(u), _ranks(y))[0, 1])
    low, high = np.quantile(u, [1 / 3, 2 / 3])
    at_low, at_high = unknown.draw(1 / 6), unknown.draw(5 / 6)
    return Driver(
        unknown.name,
        strength,
        f"about {readable(at_low, unknown.unit)}",
        float(y[u <= low].mean()),
        f"about {readable(at_high, unknown.unit)}",
        float(y[u >= high].mean()),
        unknown.is_assumption,
        abs(strength) > chance,
    )


def _answered(unknown: Choice, u: Floats, y: Floats, chance: float) -> Driver:
    answers = np.array([unknown.draw(float(x)) for x in u])
    means = {a: float(y[answers == a].mean()) for a in unknown.options if (answers == a).any()}
    between = sum((answers == a).sum() * (m - y.mean()) ** 2 for a, m in means.items())
    strength = math.sqrt(between / float(((y - y.mean()) ** 2).sum()))
    least, most = min(means, key=lambda a: means[a]), max(means, key=lambda a: means[a])
    is_clear = _is_unlikely(strength * strength, len(means), len(y), chance * math.sqrt(len(y)))
    return Driver(
        unknown.name, strength, least, means[least], most, means[most], not unknown.source, is_clear
    )


def _is_unlikely(ratio: float, k: int, n: int, z: float) -> bool:
    """Tell whether chance would seldom make the squared correlation ratio of ``k`` answers this large.

    The F statistic against a normal deviate by the cube root (Paulson 1942).
    """
    if k < 2 or n <= k:
        return False
    if ratio >= 1.0:
        return True
    f = (ratio / (k - 1)) / ((1.0 - ratio) / (n - k))
    a, b = 2.0 / (9.0 * (k - 1)), 2.0 / (9.0 * (n - k))
    deviate = ((1.0 - b) * f ** (1 / 3) - (1.0 - a)) / math.sqrt(b * f ** (2 / 3) + a)
    return bool(deviate > z)


def _ranks(values: Floats) -> Floats:
    """Return ranks, ties shared."""
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(len(values), dtype=float)
    for value in np.unique(values[np.r_[False, np.diff(values[order]) == 0.0][np.argsort(order)]]):
        ranks[values == value] = ranks[values == value].mean()
    return ranks
