"""Answer: power, size and smallest effect of a pilot, each with its convention, and what to beware of.

Every number says how it was reached: sides, z or t with how many degrees of freedom, the error allowed to each
comparison and which variance the assumptions stand for. Numbers of different conventions must not be compared.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from remit.ground.faults import Fault, Faults, Place
from remit.pilots.designs import DESIGNS, DesignKind
from remit.pilots.numbers import NUMBERS
from remit.pilots.power.cautions import cautions_of
from remit.pilots.power.chances import Precision
from remit.pilots.power.floor import fewest_steps, fewest_units, smallest_p, ways
from remit.pilots.power.looks import course
from remit.pilots.power.models import Counts
from remit.pilots.power.sizes import Scale, counts_of, dealt, scale_of
from remit.pilots.protocol import Protocol

CURVE = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)  # of the size for the wanted power
LEAST_GUESS = 1e-6
CANNOT = "This plan cannot tell the effect from the passing of time: no number of units will do."


@dataclass(frozen=True)
class Convention:
    """How a number was reached."""

    sides: int
    test: str  # z or t
    df: float  # of t; infinite for z
    alpha: float  # allowed to one comparison
    variance: str  # which the assumptions stand for


@dataclass(frozen=True)
class Figure:
    """A number with its convention; NaN where there is none."""

    value: float
    convention: Convention


@dataclass(frozen=True)
class CurvePoint:
    """A pilot of another size."""

    units: int
    power: float
    smallest_effect: float  # canonical unit


@dataclass(frozen=True)
class Swing:
    """What an uncertain assumption does to power."""

    name: str
    low: float
    high: float
    power_low: float
    power_high: float


@dataclass(frozen=True)
class PowerAnswer:
    """What is known of a pilot's power before it begins."""

    protocol: Protocol
    kind: DesignKind
    counts: (
        Counts  # units in each arm or at each step; before and after for a series; empty where none are told
    )
    power: Figure
    size: Figure  # units in all
    size_counts: Counts
    smallest_effect: Figure  # canonical unit
    curve: tuple[CurvePoint, ...]
    swings: tuple[Swing, ...]
    smallest_p: float  # by permutation of the units, blocks apart; NaN where units are not dealt by chance
    fewest: int  # units in each arm (of a wedge: in all, one a step) for any p below alpha
    bounds: tuple[float, ...]  # z that stops at each look
    used: float  # share of the largest size that is needed on average, where it is looked at more than once
    cautions: tuple[str, ...]
    defaults: Mapping[str, float]  # numbers that were not told and what was taken instead


def weigh(protocol: Protocol) -> PowerAnswer:
    """Return power, size and smallest effect of a pilot.

    Raises:
        Faults: PIL008 numbers that its design needs are missing; PIL009 an outcome beyond what can be; PIL011 a
            kind of outcome for which this design has no formula.
    """
    kind = DESIGNS[protocol.design]
    _check(protocol, kind)
    scale = scale_of(protocol)
    effect = protocol.assumed("effect")
    counts = counts_of(protocol)
    has_effect = not math.isnan(effect) and effect != 0.0
    size = scale.size(effect) if has_effect else ()
    guess = effect if has_effect else _guess(protocol)
    at = counts or size
    found = _found(scale, at, guess)
    power = scale.power(counts, effect) if counts and has_effect else math.nan
    smallest = scale.smallest_effect(counts, guess) if counts else math.nan
    allocated = _is_dealt(protocol)
    floor = _floor(protocol, at) if allocated and at else math.nan
    return PowerAnswer(
        protocol=protocol,
        kind=kind,
        counts=counts,
        power=Figure(power, _convention(scale, found)),
        size=Figure(float(sum(size)) if size else math.nan, _convention(scale, _found(scale, size, guess))),
        size_counts=size,
        smallest_effect=Figure(smallest, _convention(scale, found)),
        curve=_curve(scale, size or counts, effect, guess),
        swings=_swings(protocol, counts or size, effect) if has_effect and at else (),
        smallest_p=floor,
        fewest=_fewest(protocol) if allocated else 0,
        bounds=scale.bounds,
        used=_used(scale, at, effect) if has_effect and at else math.nan,
        cautions=cautions_of(protocol, at, effect, floor) + (CANNOT,) * math.isinf(found.se),
        defaults=MappingProxyType(_taken(protocol, kind)),
    )


def _taken(protocol: Protocol, kind: DesignKind) -> dict[str, float]:
    """Return the numbers that matter, were not told, and what was taken for them."""
    rates_only, told_or_found = protocol.outcome.kind != "rate", protocol.design == "its"
    return {
        name: NUMBERS[name].default
        for name in kind.may
        if name not in protocol.assume
        and not (rates_only and name == "follow_up")
        and not (told_or_found and name.startswith("periods"))
    }


def _check(protocol: Protocol, kind: DesignKind) -> None:
    """Refuse what has no answer."""
    place = Place(protocol.id)
    known = dict(kind.by_kind)
    if protocol.outcome.kind not in known:
        what = f"a {protocol.outcome.kind} outcome in a {protocol.design}"
        raise Faults([Fault("PIL011", place, what, "Known: " + ", ".join(known) + ".")])
    missing = [name for name in kind.needed(protocol.outcome.kind) if name not in protocol.assume]
    faults = [Fault("PIL008", place, f'"{name}": {NUMBERS[name].meaning}') for name in missing]
    baseline, effect = protocol.assumed("baseline"), protocol.assumed("effect", 0.0)
    if protocol.outcome.kind != "continuous" and "baseline" in kind.needed(protocol.outcome.kind):
        most = 1.0 if protocol.outcome.kind == "binary" else math.inf
        for value in (baseline, baseline + effect):
            if not (math.isnan(value) or 0.0 <= value <= most):
                what = f"baseline and effect together make {value:g}"
                faults.append(Fault("PIL009", place, what, "Write an effect that falls with a minus sign."))
    if faults:
        raise Faults(faults)


def _is_dealt(protocol: Protocol) -> bool:
    """Tell whether chance deals the units."""
    return protocol.design not in ("its", "rdd", "did")


def _guess(protocol: Protocol) -> float:
    """Return an effect to begin the search at, in the better direction, where none is told."""
    sign = 1.0 if protocol.outcome.better == "up" else -1.0
    size = protocol.assumed("sd", protocol.assumed("baseline"))
    return sign * max(LEAST_GUESS, 0.2 * abs(size))


def _found(scale: Scale, counts: Counts, effect: float) -> Precision:
    if not counts or min(counts) < 1:
        return Precision(math.nan, math.nan)
    wedge_or_series = scale.protocol.design in ("stepped_wedge", "its")
    return scale.model(counts if wedge_or_series else counts[:2], effect)


def _convention(scale: Scale, found: Precision) -> Convention:
    test = "z" if math.isinf(found.df) else "t"
    variance = DESIGNS[scale.protocol.design].variance
    return Convention(scale.protocol.sides, test, found.df, scale.alpha, variance)


def _curve(scale: Scale, about: Counts, effect: float, guess: float) -> tuple[CurvePoint, ...]:
    """Return pilots from half to twice a size."""
    if not about:
        return ()
    middle = about[1] if scale.protocol.design == "its" else min(about)
    points: list[CurvePoint] = []
    for k in sorted({max(1, round(middle * part)) for part in CURVE}):
        counts = scale.at(k)
        power = math.nan if math.isnan(effect) else scale.power(counts, effect)
        points.append(CurvePoint(sum(counts), power, scale.smallest_effect(counts, guess)))
    return tuple(points)


def _swings(protocol: Protocol, counts: Counts, effect: float) -> tuple[Swing, ...]:
    """Return what each uncertain assumption does to power at both ends of its range, the largest swing first."""
    found = []
    for name, quantity in protocol.assume.items():
        if not quantity.is_uncertain or quantity.low == quantity.high or name == "units":
            continue
        ends = []
        for value in (quantity.low, quantity.high):
            other = replace(protocol, assume={**protocol.assume, name: replace(quantity, value=value)})
            try:
                _check(other, DESIGNS[protocol.design])
                ends.append(scale_of(other).power(counts, value if name == "effect" else effect))
            except Faults:
                ends.append(math.nan)
        found.append(Swing(name, quantity.low, quantity.high, ends[0], ends[1]))
    return tuple(sorted(found, key=lambda s: -abs(s.power_high - s.power_low)))


def _floor(protocol: Protocol, counts: Counts) -> float:
    told = protocol.constraints
    kept = told.best_share if told.method == "constrained" else 1.0
    n_ways = _ways_within(protocol)
    if told.method == "matched" and len(counts) == 2:
        n_ways = 2.0 ** min(1000, sum(counts) // 2)
    by_chance = 1.0 / (protocol.analysis.permutations + 1)
    return max(by_chance, smallest_p(counts, protocol.sides, share_kept=kept, n_ways=n_ways))


def _ways_within(protocol: Protocol) -> float:
    """Return in how many ways chance can deal within blocks; 0 where there are none."""
    told, table = protocol.constraints, protocol.units
    if told.method != "blocked" or not told.block or table is None:
        return 0.0
    shares = [arm.share for arm in protocol.arms]
    return math.prod(ways(dealt(n, shares)) for n in Counter(table.column(told.block)).values())


def _fewest(protocol: Protocol) -> int:
    if protocol.design == "stepped_wedge":
        return fewest_steps(protocol.alpha)
    told = protocol.constraints
    kept = told.best_share if told.method == "constrained" else 1.0
    return fewest_units(protocol.alpha, protocol.sides, share_kept=kept)


def _used(scale: Scale, counts: Counts, effect: float) -> float:
    if not scale.bounds:
        return math.nan
    se = scale.model(counts[:2], effect).se
    return course(scale.bounds, abs(effect) / se).used
