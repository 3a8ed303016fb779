"""How many consistent designs there are: exact for the six higher-order settings, estimated for all 24.

Counts are not probabilities: they show which permissions open the space, under our rules.
"""

import math
import random
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from remit.consistency.space import Space, values_of

SAMPLES = 400


@dataclass(frozen=True)
class Estimate:
    """A count known by sampling."""

    value: float
    standard_error: float
    n_samples: int

    @property
    def low(self) -> float:
        """Lower end of a 95 % interval, not below nothing."""
        return max(0.0, self.value - 1.96 * self.standard_error)

    @property
    def high(self) -> float:
        """Upper end of a 95 % interval."""
        return self.value + 1.96 * self.standard_error


@dataclass(frozen=True)
class Opened:
    """How many combinations of the six main values are open once one more condition is granted."""

    condition: str
    count: int


def count_six(
    space: Space,
    granted: Collection[str] | None,
    fixed: Iterable[int] = (),
    on_progress: Callable[[int], None] | None = None,
) -> int:
    """Return how many combinations of the six main values some consistent design has: exact.

    Args:
        space: the rules.
        granted: conditions that may be used; None for all.
        fixed: literals that must hold, for example the other 18 settings as they are today.
        on_progress: told the count so far, now and then.
    """
    from pysat.solvers import Solver

    order = [v for v in space.catalogue.variables.values() if v.is_higher]
    units = [*space.rules_on(), *space.conditions(granted), *fixed]
    found = 0
    with Solver(name="minisat22", bootstrap_with=[*space.clauses, *([u] for u in units)]) as solver:

        def walk(depth: int, chosen: list[int]) -> None:
            nonlocal found
            if not solver.propagate(chosen)[0]:
                return
            if depth == len(order):
                found += bool(solver.solve(chosen))
                if on_progress is not None and found % 4096 == 0:
                    on_progress(found)
                return
            if depth >= 2 and not solver.solve(chosen):
                return
            for option in values_of(order[depth]):
                walk(depth + 1, [*chosen, space.main[order[depth].id, option]])

        walk(0, [])
    return found


def opened_by_each(space: Space, met: Collection[str]) -> list[Opened]:
    """Return for each condition not granted how many combinations would be open with it, most first."""
    missing = [c for c in space.granted if c not in met]
    counts = [Opened(c, count_six(space, {*met, c})) for c in missing]
    return sorted(counts, key=lambda o: (-o.count, o.condition))


def size_of_six(space: Space) -> int:
    """Return how many combinations of the six main values there are, consistent or not."""
    return math.prod(len(values_of(v)) for v in space.catalogue.variables.values() if v.is_higher)


def size_of_all(space: Space) -> float:
    """Return how many combinations of all 24 main values there are, consistent or not."""
    return float(math.prod(len(values_of(v)) for v in space.catalogue.variables.values()))


def estimate_all(
    space: Space,
    granted: Collection[str] | None,
    n_samples: int = SAMPLES,
    seed: int = 1,
    on_progress: Callable[[int], None] | None = None,
) -> Estimate:
    """Return an unbiased estimate of how many combinations of all 24 main values are consistent.

    Knuth (1975), Estimating the efficiency of backtrack programs: walk down at random among the values
    that can still be completed, and multiply how many there were at each step. The spread over walks gives
    the standard error.
    """
    from pysat.solvers import Solver

    dice = random.Random(seed)
    units = [*space.rules_on(), *space.conditions(granted)]
    with Solver(name="minisat22", bootstrap_with=[*space.clauses, *([u] for u in units)]) as solver:
        walks = []
        for n in range(n_samples):
            walks.append(_walk(solver, space, dice))
            if on_progress is not None:
                on_progress(n + 1)
    mean = sum(walks) / n_samples
    if n_samples < 2:
        return Estimate(mean, math.inf, n_samples)
    variance = sum((w - mean) ** 2 for w in walks) / (n_samples - 1)
    return Estimate(mean, math.sqrt(variance / n_samples), n_samples)


def _walk(solver: Any, space: Space, dice: random.Random) -> float:
    """Return the product of how many values could be completed at each step of one random walk."""
    chosen: list[int] = []
    product = 1.0
    # the six first: they are the most constrained, which keeps the spread over walks small
    order = sorted(space.catalogue.variables.values(), key=lambda v: not v.is_higher)
    for variable in order:
        options = [space.main[variable.id, o] for o in values_of(variable)]
        possible = [o for o in options if solver.solve([*chosen, o])]
        if not possible:
            return 0.0
        product *= len(possible)
        chosen.append(dice.choice(possible))
    return product
