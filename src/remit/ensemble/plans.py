"""Plans: the named ways in which quantiles are laid out over scenarios.

All go by name and seed: one quantity more or less moves no other. What they
differ in is how evenly scenarios fill a range, how they pair two, and whether
more scenarios extend those drawn. docs/decisions/0004 says why "even" is used
where nothing is said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from remit.ensemble.draws import name_quantiles, name_shuffle, name_uniforms
from remit.ensemble.sobol import sobol_quantiles
from remit.ground.faults import fail, nearest
from remit.kernel.layout import Floats

STREAM_CELLS = 103
STREAM_WITHIN = 104
STREAM_RANDOM = 105
LAST = 1.0 - 2.0**-53
DEFAULT_PLAN = "even"


@dataclass(frozen=True)
class Plan:
    """A way to lay out the quantiles of one name."""

    draw: Callable[[str, int, int, int, int], Floats]  # name, start, stop, n, seed
    says: str
    extends: bool = True  # whether more scenarios leave those drawn as they are


@dataclass(frozen=True)
class Sampling:
    """How the futures of a question are drawn."""

    plan: str = DEFAULT_PLAN
    n: int = 0  # how many there will be, where that must be said beforehand
    vary: tuple[str, ...] = ()  # unknowns swapped one at a time, for shares of variance
    pairs: bool = False  # and two at a time

    @property
    def is_usual(self) -> bool:
        """Whether nothing is said."""
        return self == USUAL

    def __str__(self) -> str:
        fixed = f", {self.n:,} of them" if self.n else ""
        swapped = f", swapping {', '.join(self.vary)}" if self.vary else ""
        return f"{self.plan}{fixed}{swapped}{' and pairs' if self.pairs else ''}"


USUAL = Sampling()


def quantiles(plan: str, names: Sequence[str], start: int, stop: int, n: int, seed: int) -> Floats:
    """Return the quantiles ``(stop - start, len(names))`` of scenarios ``start`` to ``stop`` - 1 of ``n``.

    Args:
        plan: One of ``PLANS``.
        names: One for each column.
        start: Number of the first scenario.
        stop: Number after the last scenario.
        n: How many scenarios there are; of consequence only to a plan that cannot be extended.
        seed: Root seed.

    Raises:
        Faults: CLI001 for a plan of another name, or if scenarios are asked for beyond the ``n`` of a fixed plan.

    >>> quantiles("latin", ["a", "b"], 0, 4, 4, 7).shape
    (4, 2)
    """
    if plan not in PLANS:
        raise fail("CLI001", f'there is no sampling plan "{plan}"', fix=nearest(plan, list(PLANS)))
    chosen = PLANS[plan]
    if stop > n and not chosen.extends:
        what = f'a "{plan}" plan of {n:,} scenarios has no number {stop - 1:,}'
        raise fail("CLI001", what, fix="Say beforehand how many there will be, or use a plan that extends.")
    table = np.empty((max(0, stop - start), len(names)))
    for i, name in enumerate(names):
        table[:, i] = chosen.draw(name, start, stop, n, seed)
    return table


def _even(name: str, start: int, stop: int, n: int, seed: int) -> Floats:
    return name_quantiles(name, start, stop, seed)


def _latin(name: str, start: int, stop: int, n: int, seed: int) -> Floats:
    """Return one point in each of ``n`` equal cells, in shuffled order (McKay, Beckman and Conover 1979)."""
    cells = name_shuffle(name, STREAM_CELLS, n, seed, block=n)[start:stop]
    within = name_uniforms(name, STREAM_WITHIN, start, stop, seed, block=n)
    return np.minimum((cells + within) / n, LAST)


def _sobol(name: str, start: int, stop: int, n: int, seed: int) -> Floats:
    return sobol_quantiles(name, start, stop, seed)


def _random(name: str, start: int, stop: int, n: int, seed: int) -> Floats:
    return name_uniforms(name, STREAM_RANDOM, start, stop, seed)


PLANS: dict[str, Plan] = {
    "even": Plan(
        _even,
        "Fills every range evenly at 16, 32, 64, ... scenarios and pairs ranges by luck. "
        "More scenarios extend those drawn.",
    ),
    "latin": Plan(
        _latin,
        "One scenario in each of n equal cells of every range, paired by luck (Latin hypercube). "
        "Cannot be extended: another n changes every scenario.",
        extends=False,
    ),
    "sobol": Plan(
        _sobol,
        "Scrambled Sobol' points: for up to about six unknowns and a thousand scenarios or more usually a few times "
        "more exact than the others, else no better. With many unknowns some pairs go together almost perfectly: "
        "not for finding drivers. "
        "More scenarios extend those drawn.",
    ),
    "random": Plan(
        _random,
        "Independent luck for every scenario (plain Monte Carlo). More scenarios extend those drawn.",
    ),
}
