"""Shares: how much of an outcome's spread each unknown makes, from scenarios that were run for something else.

An unknown's first-order share is the variance of what it lets one expect over that of the expected outcome. What it
lets one expect is a curve on the unknown's rank (Legendre polynomials of a degree set by the number of scenarios
alone), or the means by answer. A curve fitted to chance explains something too: each squared residual is divided
by one less its leverage (the jackknife's weight; Hinkley 1977, Technometrics 19, 285), which makes what is
left unexplained right on average. The expected outcome's variance is that of the outcomes less the luck of replicates.

An unknown is clear if chance would seldom make *any* of those tried explain this much: an F test, Bonferroni over
all tried, on the outcomes and on their ranks, so that no few extreme outcomes make an unknown clear alone. Among the
strongest clear unknowns pairs are tested likewise, by product terms over the additive fit of them all.

What leans, and how: a shape too sharp for the curve makes a share low; unknowns drawn dependent on each other share
what they have in common, and their shares add up to more; an unknown that only acts together with others has no
first-order share, is not clear, and its pairs are never tried. An unknown that moves only the spread of the outcome
may be called clear somewhat more often than told. Luck that all scenarios share (common random numbers) is not in
their variance: to take it out as ``noise`` takes out too much, and shares lean high. Ranges hold the truth a little
less often than nine times in ten with few scenarios (64: 86 in a hundred). If a few extreme outcomes make most of
the variance (log-normal luck of sigma 1.5: 39 in a hundred) there is a caution; none can be where the sample
happens to have no extreme.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from remit.kernel.layout import Floats
from remit.questions.chance import lean_on_few, left_by_chance, resamples
from remit.questions.terms import LEAST_AN_ANSWER, Fit, answers, fit_of, orthonormal, places, powers, ranks
from remit.questions.worth import Known

LEAST_SCENARIOS = 64
LEAST_RESAMPLES = 20
SELDOM = 1 / 20
LOW, HIGH = 5.0, 95.0
DEGREES = ((2000, 8, 3), (256, 6, 2), (0, 3, 1))  # from so many scenarios on: of a curve, of a pair's factors
MOST_CLEAR = 8  # unknowns among which pairs are tried
MOST_LEVERAGE = 0.99  # of a scenario in the fit of a pair
SCENARIOS_A_TERM = 3  # at least, in the fit of all together
ROUNDING = 64.0 * float(np.finfo(float).eps)

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Share:
    """One unknown's share of the variance of the expected outcome."""

    name: str
    first: float  # alone; not clipped, so that a true 0 comes out a little below or above; NaN if only luck is sure
    low: float  # nine in ten, over scenarios
    high: float
    total_at_least: float  # with its clear pairs
    chance: float  # how often chance would make any of those tried explain this much, at most
    is_clear: bool  # less often than one time in twenty


@dataclass(frozen=True)
class PairShare:
    """What two unknowns make together beyond each alone."""

    one: str
    other: str
    share: float
    low: float
    high: float
    chance: float  # at most, for any of the pairs tried
    is_clear: bool


@dataclass(frozen=True)
class Shares:
    """Each unknown's share, strongest first, pairs among the clear ones, and what all of these explain."""

    verdict: str  # why there is little or nothing to tell; empty where there is
    caution: str  # why shares are not to be relied on: a few extreme outcomes make most of the variance
    unknowns: tuple[Share, ...]
    pairs: tuple[PairShare, ...]  # all that were tried
    explained: float  # each scenario left out of the fit in turn; terms were chosen on all, so a little high
    explained_low: float
    explained_high: float
    unexplained: str  # in words
    variance: float  # of the expected outcome
    noise_share: float  # luck of replicates over all variance of the outcomes
    n_scenarios: int
    n_left_out: int  # without an outcome, or with its noise not known
    not_judged: tuple[str, ...]  # not drawn in every scenario, or the same in all


@dataclass(frozen=True)
class _Sample:
    """What every fit is held against."""

    targets: Floats  # (n, 2) outcomes and their ranks, each of mean 0
    noise: Floats  # (n,)
    weights: Floats  # (1 + resamples, n) the first is the sample itself
    degree: int
    pair_degree: int


@dataclass(frozen=True)
class _Column:
    """An unknown that can be judged: terms of its curve and, fewer, of its part in a pair."""

    name: str
    terms: Floats
    pair_terms: Floats


def shares(
    columns: Sequence[Known], y: Floats, noise: Floats, *, seed: int = 1, n_resamples: int = 200
) -> Shares:
    """Return each unknown's share of the expected outcome's variance, pairs that are clear, and what is left.

    Scenarios without an outcome, or whose noise isn't known, are left out and counted: what is told holds for
    the others.

    Args:
        columns: the unknowns, each with a value for every scenario.
        y: (scenarios,) outcome averaged over replicates; not finite where every run failed.
        noise: (scenarios,) squared standard error of each outcome: variance between its replicates over their
            number; 0 for outcomes without luck.
        seed: of the resamples behind the ranges.
        n_resamples: how many there are.

    Raises:
        ValueError: if sizes do not fit together, a noise is negative or there are too few resamples.

    >>> rng = np.random.default_rng(1)
    >>> u, v = rng.random((2, 2000))
    >>> found = shares([Known("u", u), Known("v", v)], u + 2.0 * v, np.zeros(2000))
    >>> [(s.name, round(s.first, 1), s.is_clear) for s in found.unknowns], found.pairs[0].is_clear
    ([('v', 0.8, True), ('u', 0.2, True)], False)
    """
    _check(columns, y, noise, n_resamples)
    used: Flags = np.isfinite(y) & np.isfinite(noise)
    n, n_left_out = int(used.sum()), int((~used).sum())
    outcome = np.asarray(y, float)[used]
    refusal = _refusal(outcome, n_left_out)
    if refusal:
        nan = math.nan
        return Shares(refusal, "", (), (), nan, nan, nan, "", nan, nan, n, n_left_out, ())
    scale = float(np.ptp(outcome))
    sample = _sample(outcome / scale, np.asarray(noise, float)[used] / scale**2, n_resamples, seed)
    judged, not_judged = _columns(columns, used, sample)
    return _told(judged, not_judged, sample, scale, n_left_out)


def _check(columns: Sequence[Known], y: Floats, noise: Floats, n_resamples: int) -> None:
    if y.ndim != 1 or noise.shape != y.shape:
        raise ValueError(f"{y.shape} outcomes with {noise.shape} noise")
    odd = [c.name for c in columns if np.shape(c.values) != y.shape]
    if odd:
        raise ValueError(f"not one value for each of {len(y)} scenarios: {', '.join(odd)}")
    if len({c.name for c in columns}) < len(columns):
        raise ValueError("two unknowns of one name")
    if bool((noise < 0.0).any()):
        raise ValueError("a noise below 0: it is a variance")
    if n_resamples < LEAST_RESAMPLES:
        raise ValueError(f"{n_resamples} resamples: at least {LEAST_RESAMPLES} are needed for a range")


def _refusal(y: Floats, n_left_out: int) -> str:
    if len(y) < LEAST_SCENARIOS:
        left = f" ({n_left_out} more left out: no outcome, or its noise is not known)" if n_left_out else ""
        return f"Too few scenarios: {len(y)}{left}. At least {LEAST_SCENARIOS} are needed."
    if np.ptp(y) <= ROUNDING * np.abs(y).max():
        return "The outcome does not vary: there is nothing to share out."
    return ""


def _sample(y: Floats, noise: Floats, n_resamples: int, seed: int) -> _Sample:
    targets = np.column_stack([y, ranks(places(y))])
    _, degree, pair_degree = next(d for d in DEGREES if len(y) >= d[0])
    weights = resamples(len(y), n_resamples, seed)
    return _Sample(targets - targets.mean(axis=0), noise, weights, degree, pair_degree)


def _columns(columns: Sequence[Known], used: Flags, sample: _Sample) -> tuple[list[_Column], tuple[str, ...]]:
    """Return the unknowns that can be judged, and the names of the others."""
    judged, others = [], []
    for column in columns:
        values = np.asarray(column.values, float)[used]
        if not np.isfinite(values).all() or np.ptp(values) == 0.0:
            others.append(column.name)
            continue
        place = places(values)
        if column.is_choice or place.max() <= sample.degree:
            raw = few = answers(place)
        else:
            raw = powers(place, sample.degree)
            few = raw[:, : sample.pair_degree]
        terms = orthonormal(raw)
        if terms.shape[1]:
            judged.append(_Column(column.name, terms, few))
        else:
            others.append(column.name)
    return judged, tuple(others)


def _told(
    judged: Sequence[_Column], not_judged: tuple[str, ...], sample: _Sample, scale: float, n_left_out: int
) -> Shares:
    """Return everything, from the unknowns that can be judged."""
    n = len(sample.noise)
    raw = sample.targets[:, 0] ** 2 * (n / (n - 1))
    spread = sample.weights @ (raw - sample.noise)
    noise_share = float(sample.noise.mean() / raw.mean())
    variance = float(spread[0]) * scale**2
    verdict = _verdict(len(judged), spread)
    if verdict:
        spread = np.full_like(spread, np.nan)  # no share of it can be told
    fits = [fit_of(c.terms, sample.targets) for c in judged]
    chances = [_chance_alone(f, sample, len(judged)) for f in fits]
    gained = np.column_stack([raw - f.unexplained() for f in fits]) if fits else np.empty((n, 0))
    alone = _ranged(sample.weights @ gained, spread)
    strength = gained.mean(axis=0)
    order = sorted(range(len(judged)), key=lambda j: (chances[j] >= SELDOM, -strength[j], judged[j].name))
    clear = [judged[j] for j in order if chances[j] < SELDOM]
    fitted = _strongest(clear, n)
    pairs, whole, n_pairs = _paired(fitted, sample, spread) if fitted else ((), None, 0)
    n_aside = len(clear) - len(fitted) + sum(p.is_clear for p in pairs) - n_pairs
    explained = _explained(whole, raw, sample, spread)
    return Shares(
        verdict or ("" if clear else "No unknown stands out from what chance would make of so many."),
        lean_on_few(sample.targets[:, 0]),
        tuple(_share(judged[j].name, alone[:, j], chances[j], pairs) for j in order),
        pairs,
        *explained,
        _in_words(explained[0], noise_share, bool(clear), n_aside) if judged else "",
        variance,
        noise_share,
        n,
        n_left_out,
        not_judged,
    )


def _verdict(n_judged: int, spread: Floats) -> str:
    if not n_judged:
        return "No unknown can be judged: none was drawn in every scenario with more than one value."
    if np.percentile(spread, LOW) <= 0.0:
        return (
            "The outcome varies little or no more than luck between replicates would make it: "
            "unknowns may be clear, but how large their shares are cannot be told."
        )
    return ""


def _ranged(moments: Floats, spread: Floats) -> Floats:
    """Return (3, columns) the sample's own shares and the ends of the resamples'; NaN where nothing surely varies.

    Args:
        moments: (sets, columns)
        spread: (sets,) all of the variance; NaN if it is not sure.
    """
    kept = spread > 0.0
    if not kept.any() or not moments.shape[1]:
        return np.full((3, moments.shape[1]), np.nan)
    found = moments[kept] / spread[kept, None]
    return np.vstack([found[:1], np.percentile(found[1:], [LOW, HIGH], axis=0)])


def _chance_alone(fit: Fit, sample: _Sample, n_tried: int) -> float:
    over, under = (sample.targets**2).sum(axis=0), (fit.left**2).sum(axis=0)
    p = fit.terms.shape[1]
    return min(1.0, n_tried * left_by_chance(over, under, p, len(fit.left) - 1 - p, 0.0))


def _strongest(clear: Sequence[_Column], n: int) -> list[_Column]:
    """Return the unknowns that are fitted together: the strongest, as many as the scenarios can carry."""
    kept: list[_Column] = []
    for column in clear[:MOST_CLEAR]:
        terms = sum(c.terms.shape[1] for c in kept) + column.terms.shape[1]
        if terms * SCENARIOS_A_TERM <= n:
            kept.append(column)
    return kept


def _paired(
    fitted: Sequence[_Column], sample: _Sample, spread: Floats
) -> tuple[tuple[PairShare, ...], Fit, int]:
    """Return what each pair's products explain beyond the additive fit, and the fit with the clear ones.

    Last comes how many of these found room in the fit.
    """
    additive = fit_of(orthonormal(np.column_stack([c.terms for c in fitted])), sample.targets)
    left = additive.left[:, :1]
    targets = np.hstack([left, fit_of(additive.terms, ranks(places(left[:, 0]))[:, None]).left])
    least = ROUNDING**2 * float((sample.targets[:, 0] ** 2).sum())
    before, over = additive.unexplained(), (targets**2).sum(axis=0)
    tried = list(combinations(fitted, 2))
    told, terms = [], [additive.terms]
    for one, other in tried:
        fit = _beyond(additive, one.pair_terms, other.pair_terms, targets)
        p = fit.n_terms
        rest = len(left) - 1 - additive.n_terms - p
        chance = min(1.0, len(tried) * left_by_chance(over, (fit.left**2).sum(axis=0), p, rest, least))
        gained = sample.weights @ (before - fit.unexplained())
        share, low, high = _ranged(gained[:, None], spread if p else spread * np.nan)[:, 0].tolist()
        told.append(PairShare(one.name, other.name, share, low, high, chance, chance < SELDOM))
        if chance < SELDOM and (sum(t.shape[1] for t in terms) + p) * SCENARIOS_A_TERM <= len(left):
            terms.append(fit.terms)
    together = fit_of(orthonormal(np.column_stack(terms)), sample.targets)
    told.sort(key=lambda t: (not t.is_clear, t.chance, t.one, t.other))
    return tuple(told), together, len(terms) - 1


def _beyond(additive: Fit, one: Floats, other: Floats, targets: Floats) -> Fit:
    """Return the fit of what products of terms add to the additive ones; its leverage is that of both.

    It has no terms where the two hardly meet: few scenarios have both answers, or one alone would decide the fit.
    """
    terms = (one[:, :, None] * other[:, None, :]).reshape(len(one), -1)
    about = terms - terms.mean(axis=0)
    length = np.sqrt((about**2).sum(axis=0))
    new = about - additive.terms @ (additive.terms.T @ about)
    adds = (np.sqrt((new**2).sum(axis=0)) > 1e-6 * length) & ((terms != 0.0).sum(axis=0) >= LEAST_AN_ANSWER)
    spanned = orthonormal(new[:, adds])
    leverage = additive.leverage + (spanned**2).sum(axis=1)
    if leverage.max() > MOST_LEVERAGE:
        spanned, leverage = spanned[:, :0], additive.leverage
    return Fit(spanned, fit_of(spanned, targets).left, leverage)


def _share(name: str, first: Floats, chance: float, pairs: Sequence[PairShare]) -> Share:
    value, low, high = first.tolist()
    with_pairs = value + sum(p.share for p in pairs if p.is_clear and name in (p.one, p.other))
    return Share(name, value, low, high, with_pairs, chance, chance < SELDOM)


def _explained(fit: Fit | None, raw: Floats, sample: _Sample, spread: Floats) -> tuple[float, float, float]:
    """Return what the fit explains of scenarios left out of it one at a time; nothing is 0 only where that is sure."""
    gained = np.zeros_like(raw) if fit is None else raw - fit.missed(raw)
    value, low, high = _ranged((sample.weights @ gained)[:, None], spread)[:, 0].tolist()
    return value, low, high


def _in_words(explained: float, noise_share: float, any_clear: bool, n_aside: int) -> str:
    luck = (
        f" Luck between replicates is {noise_share:.0%} of the variance of the outcomes as they came out, "
        "which no unknown could explain."
        if noise_share > 0.0
        else ""
    )
    if not any_clear:
        return "Nothing is explained: each unknown is too weak, alone, to be told from chance." + luck
    if not math.isfinite(explained):
        return "How much is explained cannot be told: too little varies beside luck." + luck
    aside = f", what is clear but found no room in the fit ({n_aside})" if n_aside else ""
    return (
        f"{max(0.0, 1.0 - explained):.0%} of the expected outcome's variance is not explained: unknowns too weak "
        "to be told from chance, pairs of unknowns that do nothing alone, three or more at once, shapes too sharp "
        f"for the curves{aside}." + luck
    )
