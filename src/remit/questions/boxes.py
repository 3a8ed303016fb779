"""Boxes: under which conditions one design beats another (scenario discovery that knows of noise).

A scenario is not won or lost: in a share of its replicates one design beats the other, and coverage and
density are sums of such shares. Half of the scenarios, drawn at random, are searched for a box; the other half
drops every limit that does not make a clear difference there, and gives every number that is told.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import NormalDist

import numpy as np

from remit.kernel.layout import Floats
from remit.questions.peeling import N_CODES, Codes, Mask, Region, Sample, code, inside, polish, sample, search

LEAST_SCENARIOS = 40
LEAST_INSIDE = 5
LEAST_SHARE = 0.01  # met in fewer or in all but fewer scenarios: never, or always
RARELY_WRONG = 0.05  # chance of keeping any limit on what does not matter
HAIR_OF_VARIANCE = 1e-9  # below which a density is nothing or one
RESAMPLED = 20_000  # most scenarios in a resample
KINDS = ("number", "whole", "choice")


@dataclass(frozen=True)
class Column:
    """What one unknown was in each scenario."""

    name: str
    values: Floats
    kind: str = "number"  # or whole, or choice: values are indices into options
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limit:
    """A condition on one column: from low to high, both included, or one of some options."""

    column: str
    low: float
    high: float
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Box:
    """Conditions that all hold together; numbers are of scenarios that no earlier box holds."""

    limits: tuple[Limit, ...]  # the one that matters most first
    coverage: float  # of all that is preferred, how much is inside; boxes add up
    density: float  # how far scenarios inside are preferred
    mass: float  # share of all scenarios inside
    density_low: float
    density_high: float
    n_inside: int  # held-out scenarios
    stability: dict[str, float] = field(default_factory=dict)  # column -> share of resamples that limit it


@dataclass(frozen=True)
class Discovery:
    """The boxes that were found, and what to think of them."""

    boxes: tuple[Box, ...]
    share_preferred: float  # of the held-out scenarios; of all where none were held out
    n_train: int
    n_held_out: int
    n_left_out: int  # scenarios whose runs failed
    verdict: str


@dataclass(frozen=True)
class _Wish:
    most_limits: int
    most_boxes: int
    least_mass: float
    n_resamples: int
    seed: int


def discover(
    columns: Sequence[Column],
    preferred: Floats,
    weights: Floats | None = None,
    *,
    most_limits: int = 3,
    most_boxes: int = 2,
    least_mass: float = 0.05,
    n_resamples: int = 20,
    seed: int = 1,
) -> Discovery:
    """Return the conditions under which a preference holds more often than over all scenarios.

    Args:
        columns: the unknowns, one value for each scenario.
        preferred: for each scenario the share of its replicates in which the preference holds; NaN if it failed.
        weights: how much each scenario counts; alike if not given.
        most_limits: most columns that a box limits.
        most_boxes: most boxes, each sought among what the ones before leave.
        least_mass: the least share of scenarios in a box.
        n_resamples: how often the search is repeated on other halves, to see which columns it limits.
        seed: of the halves.

    Raises:
        ValueError: columns, shares or weights that are not what they should be.
    """
    weights = np.ones(len(preferred)) if weights is None else np.asarray(weights, dtype=np.float64)
    preferred = np.asarray(preferred, dtype=np.float64)
    ordered = sorted(columns, key=lambda c: c.name)  # so that their order given changes nothing
    used = _checked(ordered, preferred, weights)
    n, failed = int(used.sum()), int(np.isnan(preferred).sum())
    share = float(np.average(preferred[used], weights=weights[used])) if n else math.nan
    refusal = _refusal(n, share, failed)
    if refusal or not ordered:
        return Discovery(
            (), share, 0, 0, failed, refusal or "No unknown was given to look for conditions on."
        )
    kept = [Column(c.name, np.asarray(c.values, np.float64)[used], c.kind, c.options) for c in ordered]
    codes = np.stack([_codes(c) for c in kept])
    every = sample(codes, tuple(c.kind == "choice" for c in kept), preferred[used], weights[used])
    return _cover(kept, every, failed, _Wish(most_limits, most_boxes, least_mass, n_resamples, seed))


def _checked(columns: Sequence[Column], preferred: Floats, weights: Floats) -> Mask:
    """Return which scenarios count; refuse what would give a silent wrong answer."""
    if len({c.name for c in columns}) < len(columns):
        raise ValueError("two columns have the same name")
    if len(weights) != len(preferred) or not np.isfinite(weights).all() or (weights < 0.0).any():
        raise ValueError("weights: one for each scenario, nothing or more")
    used: Mask = ~np.isnan(preferred) & (weights > 0.0)
    if ((preferred < 0.0) | (preferred > 1.0)).any():
        raise ValueError("preferred: shares from 0 to 1, NaN for a failed run")
    for column in columns:
        if column.kind not in KINDS:
            raise ValueError(f"{column.name}: kind {column.kind} is none of {', '.join(KINDS)}")
        if len(column.values) != len(preferred):
            raise ValueError(f"{column.name}: {len(column.values)} values for {len(preferred)} scenarios")
        values = np.asarray(column.values, dtype=np.float64)[used]
        if not np.isfinite(values).all():
            raise ValueError(f"{column.name}: a value is missing or without bounds")
        if column.kind != "number" and (values != np.round(values)).any():
            raise ValueError(f"{column.name}: a value is not whole")
        if (
            column.kind == "choice"
            and len(values)
            and (values.min() < 0 or values.max() >= len(column.options))
        ):
            raise ValueError(f"{column.name}: a value is no index into the options")
        if len(column.options) > N_CODES:
            raise ValueError(f"{column.name}: more than {N_CODES} options")
    return used


def _refusal(n: int, share: float, failed: int) -> str:
    """Return why no box is sought, if so."""
    tail = _left_out(failed)
    if n < LEAST_SCENARIOS:
        return f"Too few scenarios to look for conditions: {n}, at least {LEAST_SCENARIOS} are needed.{tail}"
    if min(share, 1.0 - share) < LEAST_SHARE:
        often = "never or almost never" if share < 0.5 else "always or almost always"
        return f"The preference holds {often} ({_percent(share)}): there are no conditions to look for.{tail}"
    return ""


def _codes(column: Column) -> Codes:
    return column.values.astype(np.uint8) if column.kind == "choice" else code(column.values)


def _cover(columns: list[Column], every: Sample, failed: int, wish: _Wish) -> Discovery:
    """Find box after box, each among what the ones before leave."""
    n = len(every.share)
    held = np.ones(n, dtype=np.bool_)
    held[np.random.default_rng(wish.seed).permutation(n)[: n // 2]] = False
    out = every.rows(held)
    share = float(out.mass @ out.share)
    left = np.ones(n, dtype=np.bool_)
    boxes: list[Box] = []
    for number in range(wish.most_boxes):
        train, test = left & ~held, left & held
        least_mass = wish.least_mass / float(every.mass[left].sum())
        if min(train.sum(), test.sum()) < LEAST_SCENARIOS // 2 or least_mass >= 1.0:
            break
        region = _fit(every.rows(train), every.rows(test), wish.most_limits, least_mass)
        met = inside(every, region)
        box = _measured(columns, every, region, test, met & test, held) if region else None
        if box is None or box.density_low <= share:
            break
        shares = _stability(columns, every.rows(left), least_mass, wish, number)
        boxes.append(replace(box, stability=shares))
        left &= ~met
    return Discovery(
        tuple(boxes), share, int((~held).sum()), int(held.sum()), failed, _verdict(boxes, share, failed)
    )


def _fit(train: Sample, test: Sample, most_limits: int, least_mass: float) -> Region:
    """Search one half, then drop limits that make no clear difference in the other; the rest moves up."""
    line = NormalDist().inv_cdf(1.0 - RARELY_WRONG / (2 * most_limits)) if most_limits else math.inf
    region = search(train, most_limits, least_mass)
    ends: dict[int, tuple[bool, bool]] = {}
    while region:
        deviate, column, end = min((_deviate(test, region, c, e), c, e) for c, e in _limited(test, region))
        if deviate > line:
            break
        low, high = ends.get(column, (True, True))
        ends[column] = (low and end != "low", high and end != "high")
        table = _opened(region[column], end)
        region = {c: t for c, t in {**region, column: table}.items() if not t.all()}
        region = polish(train, region, ends, least_mass)[1]
    return region if region and inside(test, region).sum() >= LEAST_INSIDE else {}


def _limited(rows: Sample, region: Region) -> list[tuple[int, str]]:
    """Return what a region limits: of a choice its options, else its low and its high end."""
    found = []
    for column, table in sorted(region.items()):
        if rows.is_choice[column]:
            found.append((column, "options"))
        else:
            found += [(column, end) for end, at in (("low", 0), ("high", -1)) if not table[at]]
    return found


def _opened(table: Mask, end: str) -> Mask:
    """Return a limit with one end taken away."""
    codes = np.flatnonzero(table)
    opened: Mask = table.copy()
    if end == "low":
        opened[: codes[0]] = True
    elif end == "high":
        opened[codes[-1] :] = True
    else:
        opened[:] = True
    return opened


def _deviate(rows: Sample, region: Region, column: int, end: str) -> float:
    """Return how clearly the inside is preferred to what one limit shuts out, as a normal deviate."""
    met = inside(rows, region)
    opened = _opened(region[column], end)
    shut_out = inside(rows, {**region, column: opened & ~region[column]})
    return _apart(rows, met, shut_out)


def _apart(rows: Sample, one: Mask, other: Mask) -> float:
    """Return the difference of two averages over its error if both were alike (a permutation's)."""
    sizes = [_size(rows.weight[m]) for m in (one, other)]
    if min(sizes) == 0.0 or sum(sizes) < 3.0:
        return -math.inf
    means = [float(np.average(rows.share[m], weights=rows.weight[m])) for m in (one, other)]
    both = one | other
    mean = float(np.average(rows.share[both], weights=rows.weight[both]))
    spread = float(np.average((rows.share[both] - mean) ** 2, weights=rows.weight[both]))
    error = math.sqrt(spread * (1.0 / sizes[0] + 1.0 / sizes[1]))
    return (means[0] - means[1]) / error if error > 0.0 else -math.inf


def _size(weight: Floats) -> float:
    """Return how many equal scenarios weighted ones are worth (Kish)."""
    return float(weight.sum() ** 2 / (weight**2).sum()) if len(weight) else 0.0


def _measured(
    columns: list[Column], every: Sample, region: Region, test: Mask, met: Mask, held: Mask
) -> Box | None:
    """Return a box with its numbers, from the held-out half alone."""
    share, weight = every.share[met], every.weight[met]
    if len(share) < LEAST_INSIDE:
        return None
    density = float(np.average(share, weights=weight))
    low, high = _interval(density, share, weight)
    rows = every.rows(test)
    told = {c: max(_deviate(rows, region, c, e) for d, e in _limited(rows, region) if d == c) for c in region}
    limits = [
        _limit(columns[c], every.codes[c], region[c]) for c in sorted(told, key=lambda c: (-told[c], c))
    ]
    return Box(
        tuple(limits),
        float((share * weight).sum() / (every.share[held] * every.weight[held]).sum()),
        density,
        float(weight.sum() / every.weight[held].sum()),
        low,
        high,
        len(share),
    )


def _interval(density: float, share: Floats, weight: Floats) -> tuple[float, float]:
    """Return Wilson's interval (95 %), of as many trials as the scenarios' spread shows them to be worth."""
    n = _size(weight)
    single = density * (1.0 - density)  # variance of one replicate
    ratio = 1.0
    if single > HAIR_OF_VARIANCE:
        spread = float(np.average((share - density) ** 2, weights=weight)) * n
        ratio = max(
            0.01, (spread / single + 2.0) / (n + 1.0)
        )  # towards one replicate where scenarios are few
    trials, z = n / ratio, NormalDist().inv_cdf(0.975)
    middle = (density + z * z / (2.0 * trials)) / (1.0 + z * z / trials)
    half = z / (1.0 + z * z / trials) * math.sqrt(single / trials + z * z / (4.0 * trials * trials))
    return max(0.0, middle - half), min(1.0, middle + half)


def _limit(column: Column, codes: Codes, table: Mask) -> Limit:
    """Return what a set of codes means in the column's own values."""
    if column.kind == "choice":
        return Limit(
            column.name, -math.inf, math.inf, tuple(o for i, o in enumerate(column.options) if table[i])
        )
    ends = np.flatnonzero(table)
    return Limit(
        column.name,
        _edge(column, codes < ends[0])[1] if ends[0] > 0 else -math.inf,
        _edge(column, codes <= ends[-1])[0] if ends[-1] < N_CODES - 1 else math.inf,
    )


def _edge(column: Column, is_below: Mask) -> tuple[float, float]:
    """Return the (last value below, first value above) of a cut, or what is halfway, twice."""
    below, above = float(column.values[is_below].max()), float(column.values[~is_below].min())
    middle = below + (above - below) / 2.0
    return (middle, middle) if column.kind == "number" and below < middle < above else (below, above)


def _stability(
    columns: list[Column], rows: Sample, least_mass: float, wish: _Wish, number: int
) -> dict[str, float]:
    """Return by column how often other halves of the same scenarios lead to a limit on it."""
    counts = np.zeros(len(columns))
    for resample in range(wish.n_resamples):
        rng = np.random.default_rng([wish.seed, number + 1, resample])
        picked = rng.permutation(len(rows.share))[:RESAMPLED]
        halves = [rows.rows(np.sort(half)) for half in np.array_split(picked, 2)]
        for column in _fit(halves[0], halves[1], wish.most_limits, least_mass):
            counts[column] += 1.0
    ranked = sorted(np.flatnonzero(counts).tolist(), key=lambda c: (-counts[c], columns[c].name))
    return {columns[c].name: float(counts[c]) / wish.n_resamples for c in ranked}


def _verdict(boxes: list[Box], share: float, failed: int) -> str:
    """Return in plain words what was found."""
    tail = _left_out(failed)
    if not boxes:
        return (
            "No conditions were found under which the preference holds clearly more often than over all "
            f"scenarios ({_percent(share)}).{tail}"
        )
    first = boxes[0]
    text = (
        f"Inside the first of {len(boxes)} boxes" if len(boxes) > 1 else "Inside the box"
    ) + f" the preference holds in {_percent(first.density)} of cases ({_percent(first.density_low)} to "
    text += f"{_percent(first.density_high)}), over all scenarios in {_percent(share)}."
    if first.density < 0.5:
        text += " Even inside it holds less often than not."
    return text + tail


def _left_out(failed: int) -> str:
    runs = "scenario is" if failed == 1 else "scenarios are"
    return f" {failed} {runs} left out: their runs failed or have not been made." if failed else ""


def _percent(share: float) -> str:
    return f"{100.0 * share:.3g} %"
