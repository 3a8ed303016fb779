"""Worth: what it would be worth to know an unknown before choosing a design, from runs that exist already.

Perfect information about everything (EVPI) is worth the mean of each scenario's best net benefit, less the
best design's mean. Perfect information about one unknown alone (EVPPI) is worth what is gained if the
design is chosen by what that unknown lets one expect. What it lets one expect is a curve (or the means by
answer) fitted without the fold of scenarios in which the choice is then valued by what came out there,
so that a curve fitted to noise gains nothing on average. The gain is against the design that is best now, and never
above EVPI.

Two leanings remain, both told: EVPI and EVPPI lean low where the best two designs are nearly tied (the
best mean of a sample is too good; ``bias`` is the bootstrap's estimate of it), and a design's luck within a
scenario (few replicates) counts as if it could be known, which makes EVPI, not EVPPI, lean high.
A range tells the luck of the draw of scenarios. It is often nothing to nothing for an unknown that is worth
a hundredth of EVPI or less: so few scenarios do not show so rare a change of choice.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from remit.kernel.layout import Floats
from remit.questions.smooth import Fits, Ints, fits_of

LEAST_SCENARIOS = 40
N_PERMUTATIONS = 199
SELDOM = 1 / 20
LOW, HIGH = 5.0, 95.0
MOST_AT_ONCE = 1_000_000  # numbers in one block of permuted scenarios


@dataclass(frozen=True)
class Known:
    """One unknown as it was drawn: its quantile in each scenario, or the number of its answer."""

    name: str
    values: Floats  # (scenarios,); NaN where it was not drawn
    is_choice: bool = False


@dataclass(frozen=True)
class Learned:
    """What it would be worth to know one unknown, and it alone, in the decision's own unit."""

    name: str
    value: float  # never below 0, never above EVPI
    low: float  # nine in ten, over scenarios
    high: float
    share_of_all: float  # of EVPI; 0 where that is 0
    share_changed: float  # of scenarios in which knowing it would change the choice
    chance: float  # how often chance would make any of those tried look worth this much
    is_clear: bool  # less often than one time in twenty


@dataclass(frozen=True)
class Worth:
    """What knowing would be worth, of everything and of each unknown alone, most first."""

    verdict: str  # why there is little or nothing to tell; empty where there is
    best: str  # the design to choose as things are known now; empty if none finished
    evpi: float
    low: float  # nine in ten, over scenarios
    high: float
    bias: float  # how far EVPI is likely off through taking the best mean for true: below 0 is too low
    share_other: float  # of scenarios in which another design is better than ``best``
    learned: tuple[Learned, ...]
    n_scenarios: int  # in which every design finished
    n_left_out: int  # in which a design did not: left out for all designs
    not_drawn: tuple[str, ...]  # unknowns without a number in every scenario: not judged


@dataclass(frozen=True)
class _Luck:
    """The same draws for every unknown, so that none depends on which others are asked about."""

    folds: Ints  # (n,)
    weights: Floats  # (n_boot, n) each resample's share of every scenario
    orders: Ints  # (permutations, n)


@dataclass(frozen=True)
class _Total:
    """EVPI, its range and its bias."""

    value: float
    low: float
    high: float
    bias: float


def worth(
    values: Floats,
    names: Sequence[str],
    unknowns: Sequence[Known],
    *,
    n_folds: int = 10,
    n_boot: int = 200,
    seed: int = 1,
) -> Worth:
    """Return what knowing everything, and each unknown alone, would be worth.

    Args:
        values: (scenarios, designs) net benefit, averaged over replicates; NaN where a run failed.
        names: the designs.
        unknowns: each with a value for every scenario.
        n_folds: parts in which scenarios are held out in turn.
        n_boot: resamples of scenarios behind the ranges.
        seed: of folds, resamples and permutations.

    Raises:
        ValueError: if the sizes do not fit together.
    """
    _check(values, names, unknowns, n_folds, n_boot)
    used = np.isfinite(values).all(axis=1)
    drawn = [Known(u.name, np.asarray(u.values, float)[used], u.is_choice) for u in unknowns]
    kept = [u for u in drawn if np.isfinite(u.values).all()]
    not_drawn = tuple(u.name for u in drawn if not np.isfinite(u.values).all())
    n, n_left_out = int(used.sum()), int((~used).sum())
    best = int(np.argmax(_means(values[used]))) if n else 0
    gains = values[used] - values[used][:, [best]]  # over the design that is best now
    verdict = _verdict(gains, names, best, n_left_out)
    name = names[best] if n else ""
    if n < LEAST_SCENARIOS:
        nan = math.nan
        return Worth(verdict, name, nan, nan, nan, nan, nan, (), n, n_left_out, not_drawn)
    luck = _luck(n, n_folds, n_boot, seed)
    total = _total(gains, luck)
    learned = (
        _ranked(gains, kept, luck, total) if gains.max() > 0.0 else tuple(_nothing(u.name) for u in kept)
    )
    share_other = float((gains.max(axis=1) > 0.0).mean())
    return Worth(
        verdict,
        name,
        total.value,
        total.low,
        total.high,
        total.bias,
        share_other,
        learned,
        n,
        n_left_out,
        not_drawn,
    )


def _check(
    values: Floats, names: Sequence[str], unknowns: Sequence[Known], n_folds: int, n_boot: int
) -> None:
    if values.ndim != 2 or values.shape[1] != len(names) or not names:
        raise ValueError(f"{values.shape} values for {len(names)} designs")
    odd = [u.name for u in unknowns if np.shape(u.values) != (len(values),)]
    if odd:
        raise ValueError(f"not one value for each of {len(values)} scenarios: {', '.join(odd)}")
    if not 2 <= n_folds <= LEAST_SCENARIOS or n_boot < 1:
        raise ValueError(f"{n_folds} folds, {n_boot} resamples")


def _means(values: Floats) -> Floats:
    """Return designs' means, the same for the same numbers in whatever order."""
    return np.array([math.fsum(column) / len(column) for column in values.T.tolist()])


def _verdict(gains: Floats, names: Sequence[str], best: int, n_left_out: int) -> str:
    n = len(gains)
    if n == 0:
        return "There is no scenario in which every design finished."
    if n < LEAST_SCENARIOS:
        left = f" ({n_left_out} more left out: a design did not finish)" if n_left_out else ""
        return f"Too few scenarios: {n}{left}. At least {LEAST_SCENARIOS} are needed."
    if len(names) == 1:
        return "There is one design only: nothing learned could change the choice."
    if not gains.any():
        return "The designs do the same in every scenario: nothing learned could matter."
    if not (gains > 0.0).any():
        return f"No design is better than {names[best]} in any scenario: nothing learned could change the choice."
    return ""


def _nothing(name: str) -> Learned:
    return Learned(name, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, False)


def _luck(n: int, n_folds: int, n_boot: int, seed: int) -> _Luck:
    rng = np.random.default_rng(seed)
    folds = rng.permutation(np.arange(n) % n_folds)
    weights = rng.multinomial(n, np.full(n, 1.0 / n), size=n_boot) / n
    orders = np.stack([rng.permutation(n) for _ in range(N_PERMUTATIONS)])
    return _Luck(folds, weights, orders)


def _total(gains: Floats, luck: _Luck) -> _Total:
    """Return EVPI; the upper end of its range is raised by what it is likely too low."""
    top = gains.max(axis=1)
    again = luck.weights @ top
    bias = float(np.mean(again - (luck.weights @ gains).max(axis=1)) - top.mean())
    low, high = np.percentile(again, [LOW, HIGH])
    return _Total(float(top.mean()), float(low), float(high) + max(0.0, -bias), bias)


def _ranked(gains: Floats, unknowns: Sequence[Known], luck: _Luck, total: _Total) -> tuple[Learned, ...]:
    """Return what each unknown is worth, most first.

    Chance is judged by the strongest hold that any unknown shows when scenarios' results are dealt out anew.
    """
    expected = []
    chances = np.zeros(N_PERMUTATIONS)
    for unknown in unknowns:
        fits = fits_of(unknown.values, luck.folds, int(luck.folds.max()) + 1, unknown.is_choice)
        expected.append(fits.predict(gains[:, None, :])[:, 0, :])
        chances = np.maximum(chances, _by_chance(fits, gains, luck.orders))
    found = [
        _learned(u.name, gains, e, luck.weights, chances, total)
        for u, e in zip(unknowns, expected, strict=True)
    ]
    return tuple(sorted(found, key=lambda f: (-f.value, f.chance, f.name)))


def _learned(
    name: str, gains: Floats, expected: Floats, weights: Floats, chances: Floats, total: _Total
) -> Learned:
    """Return what an unknown is worth, given what it lets one expect of each design's gain.

    The upper end of the range is not below what the curves promise, which leans high: where a choice has hardly
    ever changed, what came of it tells little of how much it might have been worth.
    """
    gained = np.take_along_axis(gains, np.argmax(expected, axis=1)[:, None], axis=1)[:, 0]
    value = max(0.0, float(gained.mean()))
    low, high = np.maximum(0.0, np.percentile(weights @ gained, [LOW, HIGH]))
    promised = np.percentile(weights @ expected.max(axis=1), HIGH)
    chance = (1 + int((chances >= _hold(gained)).sum())) / (1 + N_PERMUTATIONS) if value > 0.0 else 1.0
    return Learned(
        name,
        value,
        float(low),
        min(max(float(high), float(promised)) + max(0.0, -total.bias), total.high),
        value / total.value,
        float((gained != 0.0).mean()),
        chance,
        chance < SELDOM,
    )


def _by_chance(fits: Fits, gains: Floats, orders: Ints) -> Floats:
    """Return the hold that an unknown shows under each permutation of scenarios."""
    n, d = gains.shape
    step = max(1, MOST_AT_ONCE // (n * d))
    found = []
    for start in range(0, len(orders), step):
        dealt = gains[orders[start : start + step].T]  # (n, permutations, designs)
        chosen = np.argmax(fits.predict(dealt), axis=2)
        found.append(_hold(np.take_along_axis(dealt, chosen[:, :, None], axis=2)[:, :, 0]))
    return np.concatenate(found)


def _hold(gained: Floats) -> Floats:
    """Return how sure a mean gain is: its sum in its own unit of noise, which rises with Student's t.

    The mean itself would be called clear too often for an unknown that moves the spread of a difference, as
    one does that matters only together with another.
    """
    noise = np.sqrt((gained**2).sum(axis=0))
    hold: Floats = gained.sum(axis=0) / np.where(noise > 0.0, noise, 1.0)
    return hold


def worth_at_least(values: Floats) -> float:
    """Return what knowing a future gains when luck cannot help: chosen by some replicates, judged by another.

    The best of several averages is too good by the luck left in them. Here each replicate in turn judges the
    design that the others would choose in that future, so luck chooses but never judges: on average a lower bound.
    NaN with one replicate, never below 0.

    Args:
        values: (scenarios, replicates, designs), NaN for every design where one lacks the run; a scenario with one
            replicate gains nothing, and counts.

    >>> worth_at_least(np.ones((50, 2, 3)))
    0.0
    """
    has: npt.NDArray[np.bool_] = np.all(np.isfinite(values), axis=2)
    counts = has.sum(axis=1)
    used = counts > 0
    if not (counts > 1).any():
        return float("nan")
    known = np.where(has[:, :, None], values, 0.0)[used]
    has, counts = has[used], counts[used]
    total = known.sum(axis=1)
    best = int(np.argmax((total / counts[:, None]).mean(axis=0)))
    rows = np.arange(len(known))
    gains = np.zeros(len(known))
    for r in range(values.shape[1]):
        judges = has[:, r] & (counts > 1)  # one replicate cannot both choose and judge
        chosen = np.argmax(total - known[:, r], axis=1)
        gain = known[rows, r, chosen] - known[rows, r, best]
        gains += np.where(judges, gain, 0.0) / counts
    return max(0.0, float(gains.mean()))
