"""Sizes: how a pilot of any size is spread over its arms, and the search for power, size and smallest effect."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from remit.pilots.power.chances import least_real, least_whole, power_of
from remit.pilots.power.looks import course, drift_for, wang_tsiatis
from remit.pilots.power.models import Counts, Model, model_of, plan_of_protocol
from remit.pilots.protocol import Protocol

MOST = 10_000_000  # units in an arm
MOST_MEASUREMENTS = 4_096  # of a series, on each side


@dataclass(frozen=True)
class Scale:
    """A pilot that can be made larger."""

    protocol: Protocol
    model: Model
    alpha: float  # of each comparison: several arms share it
    bounds: tuple[float, ...]  # of z, where it is looked at more than once

    def power(self, counts: Counts, effect: float) -> float:
        """Return the chance of a significant result; of several arms, that of the least precise."""
        if self.protocol.design in ("stepped_wedge", "its"):
            return self._power(counts, effect)
        return min(self._power((counts[0], n), effect) for n in counts[1:])

    def _power(self, counts: Counts, effect: float) -> float:
        if min(counts) < 1:
            return math.nan
        found = self.model(counts, effect)
        if self.bounds and found.se > 0.0:
            return course(self.bounds, abs(effect) / found.se).power_of(self.protocol.sides)
        return power_of(effect, found, self.alpha, self.protocol.sides)

    def drift(self) -> float:
        """Return how many standard errors the effect must be for the wanted power, where looks are several."""
        return drift_for(self.bounds, self.protocol.power, self.protocol.sides)

    def reaches(self, counts: Counts, effect: float) -> bool:
        """Tell whether counts are enough for the wanted power."""
        if self.bounds and min(counts) >= 1:
            pairs = [(counts[0], n) for n in counts[1:]]
            return all(abs(effect) >= self.drift() * self.model(pair, effect).se for pair in pairs)
        return self.power(counts, effect) >= self.protocol.power

    def size(self, effect: float) -> Counts:
        """Return the fewest units for the wanted power, rounded up; none where no number would do."""
        most = MOST_MEASUREMENTS if self.protocol.design == "its" else MOST
        n = least_whole(lambda k: self.reaches(self.at(k), effect), most=most)
        return self.at(n) if n else ()

    def at(self, k: int) -> Counts:
        """Return the counts of size ``k``: units in the smallest arm, at a step, or measurements on each side."""
        protocol = self.protocol
        if protocol.design == "stepped_wedge":
            return (k,) * len(plan_of_protocol(protocol))
        if protocol.design == "its":
            return (k, k)
        least = min(arm.share for arm in protocol.arms)
        return tuple(math.ceil(k * arm.share / least - 1e-9) for arm in protocol.arms)

    def smallest_effect(self, counts: Counts, guess: float) -> float:
        """Return the smallest effect found with the wanted power, signed as ``guess``; NaN where there is none."""
        most = self._most(guess)
        sign = math.copysign(1.0, guess)

        def short(effect: float) -> float:
            if self.bounds and min(counts) >= 1:
                se = max(self.model((counts[0], n), sign * effect).se for n in counts[1:])
                return self.drift() * se - effect
            return self.protocol.power - self.power(counts, sign * effect)

        if math.isinf(most):
            return sign * least_real(short, abs(guess))
        return sign * least_real(short, most, most=1.0)

    def _most(self, guess: float) -> float:
        """Return how far the outcome can move: a share to 0 or 1, a rate to 0."""
        kind, baseline = self.protocol.outcome.kind, self.protocol.assumed("baseline")
        if kind == "continuous" or math.isnan(baseline):
            return math.inf
        if guess < 0.0:
            return baseline
        return 1.0 - baseline if kind == "binary" else math.inf


def scale_of(protocol: Protocol) -> Scale:
    """Return the pilot as one that can be made larger."""
    alpha = protocol.alpha / (len(protocol.arms) - 1)
    bounds: tuple[float, ...] = ()
    if protocol.design == "group_sequential":
        looks, shape = round(protocol.assumed("looks", 1.0)), protocol.assumed("boundary", 0.0)
        bounds = wang_tsiatis(looks, shape, alpha, protocol.sides)
    return Scale(protocol, model_of(protocol), alpha, bounds)


def counts_of(protocol: Protocol) -> Counts:
    """Return the units in each arm (at each step, before and after) that the protocol has; none where it tells none."""
    if protocol.design == "its":
        told = [protocol.assumed(name) for name in ("periods_before", "periods_after")]
        return () if any(math.isnan(n) for n in told) else tuple(round(n) for n in told)
    if protocol.design == "stepped_wedge":
        told_steps = protocol.constraints.per_step
        return told_steps or dealt(protocol.n_units, [1.0] * len(plan_of_protocol(protocol)))
    return dealt(protocol.n_units, [arm.share for arm in protocol.arms])


def dealt(n: int, shares: list[float]) -> Counts:
    """Return ``n`` units dealt by shares, the largest rests first."""
    if n == 0:
        return ()
    total = sum(shares)
    exact = [n * share / total for share in shares]
    found = [math.floor(x + 1e-9) for x in exact]
    rests: Callable[[int], float] = lambda i: found[i] - exact[i]  # noqa: E731 - a key of one line
    for i in sorted(range(len(shares)), key=rests)[: n - sum(found)]:
        found[i] += 1
    return tuple(found)
