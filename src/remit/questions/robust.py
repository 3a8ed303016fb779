"""Robustness: how designs fare over all scenarios by what each stakeholder cares for.

An outcome is scaled from 0 (worst of all designs and scenarios, or the worse end of a given scale) to 1; a
stakeholder's score is its weighted sum. Regret is how far a design's score in a scenario is below the best
design's there. The satisficing share is that of scenarios in which a design meets every threshold; it is
the same for all stakeholders. The mean of regret ranks as the mean does: it tells how much is at stake.

Sums are rounded once (``math.fsum``), so that identical designs have identical scores and the order of
scenarios does not matter; scores that differ by less than a billionth are ranked as equal.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from remit.kernel.layout import Floats
from remit.questions.weights import Stakes, Threshold

DECIMALS = 9  # to which scores are compared
FEW = 20  # scenarios: the 10th centile is then hardly more than the worst case
METRICS = {
    "mean": "up",
    "tenth": "up",
    "worst": "up",
    "mean_regret": "down",
    "max_regret": "down",
    "satisficing": "up",
}


@dataclass(frozen=True)
class Standing:
    """One design by what one stakeholder cares for."""

    stakeholder: str
    design: str
    mean: float  # score over scenarios; 0 to 1 unless a scale was given that is narrower
    tenth: float  # 10th centile: one scenario in ten is worse
    worst: float  # score in the worst scenario
    mean_regret: float
    max_regret: float
    satisficing: float  # share of scenarios in which it meets every threshold; NaN where there is none
    share_best: float  # of scenarios in which it has the best score; ties are shared equally
    ranks: dict[str, int]  # by metric, 1 the best, ties share the better rank


@dataclass(frozen=True)
class Split:
    """Where no one design is best for all: stakeholders under one metric, or metrics for one stakeholder."""

    among: str  # "stakeholders" or "metrics"
    within: str  # the metric under which, or the stakeholder for whom
    best: dict[str, tuple[str, ...]]  # by stakeholder or metric


@dataclass(frozen=True)
class Unmet:
    """A threshold that no design meets in any scenario, and the nearest that one comes to it."""

    threshold: Threshold
    nearest: float
    designs: tuple[str, ...]

    def __str__(self) -> str:
        who = " and ".join(self.designs)
        return f"No design meets {self.threshold} in any scenario; the nearest value is {self.nearest:g} ({who})."


@dataclass(frozen=True)
class Robust:
    """How designs fare over scenarios, by stakeholder and metric."""

    standings: tuple[Standing, ...]  # by stakeholder, then design, in the order given
    best: dict[str, dict[str, tuple[str, ...]]]  # by stakeholder and metric: designs, ties all told
    splits: tuple[Split, ...]
    unmet: tuple[Unmet, ...]
    findings: tuple[str, ...]  # in words, for whoever reads the table
    scales: dict[str, tuple[float, float]]  # by outcome: what counts as 0 and what as 1
    n_scenarios: int  # in which every design has every outcome that counts
    n_left_out: int  # in which one has not: left out for all designs

    def of(self, stakeholder: str, design: str) -> Standing:
        """Return one standing."""
        return next(s for s in self.standings if (s.stakeholder, s.design) == (stakeholder, design))


def robust(
    values: Mapping[str, Floats],
    names: Sequence[str],
    better: Mapping[str, str],
    stakes: Stakes,
    scales: Mapping[str, tuple[float, float]] | None = None,
) -> Robust:
    """Return how designs fare over scenarios by what each stakeholder cares for.

    Args:
        values: by outcome, (scenarios, designs), averaged over replicates; NaN where a run failed.
        names: the designs.
        better: by outcome "up" or "down".
        stakes: weights by stakeholder, and thresholds.
        scales: by outcome its lowest and highest that matter; else its range over designs and scenarios.

    Raises:
        ValueError: if an outcome that counts is missing or of the wrong size, or a scale is none.
    """
    used, kept = _kept(values, names, better, stakes)
    n, n_left_out = int(used.sum()), int((~used).sum())
    if not n:
        told = "There is no scenario in which every design has every outcome that counts."
        return Robust((), {}, (), (), (told,), {}, 0, n_left_out)
    ends = {o: _ends(kept[o], better[o], (scales or {}).get(o)) for o in kept}
    met = _met(kept, stakes.thresholds, (n, len(names)))
    standings: list[Standing] = []
    for who, weights in stakes.weights.items():
        scores = _scores(kept, weights, ends, (n, len(names)))
        standings += _standings(who, names, scores, met)
    best = {who: _best([s for s in standings if s.stakeholder == who]) for who in stakes.weights}
    unmet = tuple(u for t in stakes.thresholds if (u := _unmet(t, kept[t.outcome], names)) is not None)
    findings = _findings(stakes, unmet, met, ends, n, n_left_out)
    return Robust(tuple(standings), best, _splits(best), unmet, findings, ends, n, n_left_out)


def _kept(
    values: Mapping[str, Floats], names: Sequence[str], better: Mapping[str, str], stakes: Stakes
) -> tuple[npt.NDArray[np.bool_], dict[str, Floats]]:
    """Return which scenarios are complete, and in them the outcomes that count."""
    counted = stakes.outcomes
    if not names or not stakes.weights:
        raise ValueError("no designs or no stakeholders")
    shapes = {np.shape(values[o]) for o in counted if o in values}
    missing = [o for o in counted if o not in values or better.get(o) not in ("up", "down")]
    if missing or len(shapes) != 1 or any(len(s) != 2 or s[1] != len(names) for s in shapes):
        raise ValueError(f"outcomes without values or direction: {missing}; sizes {sorted(shapes)}")
    used: npt.NDArray[np.bool_] = np.all([np.isfinite(values[o]).all(axis=1) for o in counted], axis=0)
    return used, {o: values[o][used] for o in counted}


def _ends(values: Floats, better: str, scale: tuple[float, float] | None) -> tuple[float, float]:
    """Return what scores 0 and what scores 1."""
    low, high = scale if scale is not None else (float(values.min()), float(values.max()))
    if scale is not None and not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ValueError(f"a scale from {low} to {high}")
    return (low, high) if better == "up" else (high, low)


def _scores(
    values: Mapping[str, Floats],
    weights: Mapping[str, float],
    ends: Mapping[str, tuple[float, float]],
    shape: tuple[int, int],
) -> Floats:
    """Return (scenarios, designs) of a stakeholder's score; an outcome that never differs adds nothing."""
    scores = np.zeros(shape)
    for outcome, weight in weights.items():
        if weight > 0.0 and ends[outcome][0] != ends[outcome][1]:
            worst, best = ends[outcome]
            scores += weight * ((values[outcome] - worst) / (best - worst))
    return scores


def _met(values: Mapping[str, Floats], thresholds: Sequence[Threshold], shape: tuple[int, int]) -> Floats:
    """Return 1 where a design meets every threshold in a scenario, else 0; NaN if there is none."""
    if not thresholds:
        return np.full(shape, np.nan)
    met: Floats = np.min([t.met(values[t.outcome]) for t in thresholds], axis=0)
    return met


def _mean(column: Floats) -> float:
    return math.fsum(column.tolist()) / len(column)


def _standings(who: str, names: Sequence[str], scores: Floats, met: Floats) -> list[Standing]:
    regrets = scores.max(axis=1, keepdims=True) - scores
    first = np.round(regrets, DECIMALS) == 0.0
    shares = first / first.sum(axis=1, keepdims=True)
    found: list[dict[str, float]] = [
        {
            "mean": _mean(scores[:, d]),
            "tenth": float(np.quantile(np.ascontiguousarray(scores[:, d]), 0.1)),
            "worst": float(scores[:, d].min()),
            "mean_regret": _mean(regrets[:, d]),
            "max_regret": float(regrets[:, d].max()),
            "satisficing": _mean(met[:, d]),
        }
        for d in range(len(names))
    ]
    ranks = {m: _ranks([f[m] for f in found], way) for m, way in METRICS.items()}
    return [
        Standing(
            who,
            name,
            **found[d],
            share_best=_mean(shares[:, d]),
            ranks={m: r[d] for m, r in ranks.items() if r},
        )
        for d, name in enumerate(names)
    ]


def _ranks(values: Sequence[float], way: str) -> list[int]:
    """Return each one's rank, 1 the best, ties sharing the better; nothing if there is nothing to rank.

    >>> _ranks([0.5, 0.7, 0.5], "up")
    [2, 1, 2]
    """
    if any(math.isnan(v) for v in values):
        return []
    signed = [round(v if way == "up" else -v, DECIMALS) for v in values]
    return [1 + sum(other > v for other in signed) for v in signed]


def _best(standings: Sequence[Standing]) -> dict[str, tuple[str, ...]]:
    """Return by metric the designs that are best."""
    return {
        m: tuple(s.design for s in standings if s.ranks[m] == 1) for m in METRICS if m in standings[0].ranks
    }


def _splits(best: Mapping[str, Mapping[str, tuple[str, ...]]]) -> tuple[Split, ...]:
    """Return where no design is among the best for all stakeholders, then where not under all metrics."""
    metrics = next(iter(best.values()))
    found = [Split("stakeholders", m, {who: chosen[m] for who, chosen in best.items()}) for m in metrics]
    found += [Split("metrics", who, dict(chosen)) for who, chosen in best.items()]
    return tuple(s for s in found if not set.intersection(*(set(b) for b in s.best.values())))


def _unmet(threshold: Threshold, values: Floats, names: Sequence[str]) -> Unmet | None:
    if threshold.met(values).any():
        return None
    near = float(values.min() if threshold.at_most else values.max())
    reached = (values == near).any(axis=0)
    return Unmet(threshold, near, tuple(name for name, r in zip(names, reached, strict=True) if r))


def _findings(
    stakes: Stakes,
    unmet: Sequence[Unmet],
    met: Floats,
    ends: Mapping[str, tuple[float, float]],
    n: int,
    n_left_out: int,
) -> tuple[str, ...]:
    """Return in words what a reader of the table must know."""
    found = [str(u) for u in unmet]
    if stakes.thresholds and not unmet and not met.any():
        found.append("Each threshold is met somewhere, but no design meets all of them in any one scenario.")
    found += [
        f"{o} is the same for every design in every scenario: its weight decides nothing."
        for o, (worst, best) in ends.items()
        if worst == best and any(w.get(o, 0.0) > 0.0 for w in stakes.weights.values())
    ]
    if n_left_out:
        found.append(f"{n_left_out} scenarios are left out for all designs: one did not finish there.")
    if n < FEW:
        found.append(f"Only {n} scenarios: the 10th centile is hardly more than the worst case.")
    return tuple(found)
