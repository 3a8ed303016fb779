"""A pilot's power in words and a small table."""

import math
from itertools import groupby

from remit.ground.units import find_unit
from remit.pilots.power.answer import Convention, PowerAnswer
from remit.report.pilot_plain import as_stated, in_outcome_unit

NOTHING = "–"
SMALL = 0.01  # a smallest p-value above it is told in any case
SIDES = {1: "one-sided", 2: "two-sided"}


def power_lines(answer: PowerAnswer) -> list[str]:
    """Return what is known of a pilot's power, for the terminal."""
    protocol = answer.protocol
    unit = find_unit(protocol.outcome.unit)
    words = unit.words if unit else protocol.outcome.unit
    return [
        f"{protocol.title} ({protocol.id})",
        f"{answer.kind.name}; allocated: {protocol.unit}; measured: {protocol.outcome.name}, in {words}, "
        f"better {protocol.outcome.better}",
        "",
        *_figures(answer, words),
        *_curve(answer, words),
        *_looks(answer),
        *_swings(answer),
        *_small(answer),
        *_cautions(answer),
        "",
        f"How: {answer.kind.formula}.",
        f"Convention: {_convention(answer)}",
        f"Sources: {answer.kind.sources}.",
    ]


def _figures(answer: PowerAnswer, words: str) -> list[str]:
    protocol = answer.protocol
    effect = in_outcome_unit(answer, protocol.assumed("effect"))
    wanted = _percent(protocol.power)
    told = f"{sum(answer.counts):,} ({_split(answer, answer.counts)})" if answer.counts else "none told"
    size = (
        f"{sum(answer.size_counts):,} ({_split(answer, answer.size_counts)})"
        if answer.size_counts
        else NOTHING
    )
    smallest = _signed(in_outcome_unit(answer, answer.smallest_effect.value))
    rows = [("Units planned", told)]
    if math.isnan(effect):
        rows.append(("Effect", "none assumed: power and size cannot be told"))
    else:
        rows.append(("Effect worth finding", f"{_signed(effect)} {words}"))
        rows.append(("Power of the plan", _percent(answer.power.value)))
        rows.append((f"Units for a power of {wanted}", size))
    rows.append(
        (f"Smallest effect found with {wanted}", smallest + ("" if smallest == NOTHING else f" {words}"))
    )
    width = max(len(name) for name, _ in rows)
    return [f"{name:{width}}  {value}" for name, value in rows]


def _split(answer: PowerAnswer, counts: tuple[int, ...]) -> str:
    protocol = answer.protocol
    if protocol.design == "its":
        return f"{counts[0]} measurements before, {counts[1]} after"
    if protocol.design == "stepped_wedge":
        alike = [(n, len(list(same))) for n, same in groupby(counts)]
        return ", ".join(f"{n} at each of {k} steps" if k > 1 else f"{n} at one step" for n, k in alike)
    return ", ".join(f"{n:,} {arm.id}" for n, arm in zip(counts, protocol.arms, strict=True))


def _curve(answer: PowerAnswer, words: str) -> list[str]:
    if not answer.curve:
        return []
    head = f"{'units':>8}  {'power':>6}  smallest effect ({words})"
    rows = [
        f"{point.units:>8,}  {_percent(point.power):>6}  {_signed(in_outcome_unit(answer, point.smallest_effect)):>10}"
        for point in answer.curve
    ]
    return ["", head, *rows]


def _looks(answer: PowerAnswer) -> list[str]:
    if not answer.bounds:
        return []
    bounds = ", ".join(f"{bound:.2f}" for bound in answer.bounds)
    used = "" if math.isnan(answer.used) else f" On average {_percent(answer.used)} of the people are needed."
    return ["", f"Stop at a look where z is beyond {bounds}.{used}"]


def _swings(answer: PowerAnswer) -> list[str]:
    if not answer.swings:
        return []
    lines = ["", "What is not known, and what it does to power:"]
    for swing in answer.swings:
        low, high = (as_stated(answer, swing.name, x) for x in (swing.low, swing.high))
        ends = f"{_percent(swing.power_low)} to {_percent(swing.power_high)}"
        lines.append(f"  {swing.name} {low:g} to {high:g}: power {ends}")
    return lines


def _small(answer: PowerAnswer) -> list[str]:
    """Return the honest note on small samples: what a permutation test can say at all."""
    if math.isnan(answer.smallest_p) or answer.smallest_p < SMALL:
        return []
    alpha = answer.protocol.alpha
    where = "in all, one a step" if answer.protocol.design == "stepped_wedge" else "in each arm"
    fewest = f"; any p below {alpha:g} needs at least {answer.fewest} units {where}" if answer.fewest else ""
    return ["", f"Small sample: by permutation the smallest possible p is {answer.smallest_p:.3g}{fewest}."]


def _cautions(answer: PowerAnswer) -> list[str]:
    said = [*answer.cautions, f"Usual traps: {answer.kind.pitfalls}"]
    if answer.defaults:
        told = ", ".join(
            f"{name} {as_stated(answer, name, value):g}" for name, value in answer.defaults.items()
        )
        said.append(f"Taken where nothing was told: {told}.")
    return ["", *(f"* {line}" for line in said)]


def _convention(answer: PowerAnswer) -> str:
    power, size = answer.power.convention, answer.size.convention
    df = f"; for the size {_test(size)}" if answer.size_counts and _test(size) != _test(power) else ""
    alpha = f"an error of {power.alpha:.3g} allowed to each comparison"
    return f"{SIDES[power.sides]}, {_test(power)}{df}; {alpha}; {power.variance}. Sizes are rounded up."


def _test(told: Convention) -> str:
    if told.test == "z":
        return "z"
    return "t" if math.isnan(told.df) else f"t with {told.df:.4g} degrees of freedom"


def _percent(value: float) -> str:
    if math.isnan(value):
        return NOTHING
    return "over 99 %" if value > 0.995 else f"{100.0 * value:.0f} %"


def _signed(value: float) -> str:
    return NOTHING if math.isnan(value) else f"{value:+.3g}".replace("-", "−")
