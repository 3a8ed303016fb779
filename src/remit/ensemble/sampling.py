"""Scenarios: one draw from every uncertain quantity, by its name, so that more extend those already drawn.

Each quantity walks its own base-2 sequence (the first dimension of Sobol's, with a
random digital shift), which fills its range evenly at 16, 32, 64, ... scenarios.
Within each such block the order is shuffled for each quantity apart. Plain
Sobol points in as many dimensions as a brief has unknowns pair some of them
almost perfectly at these sample sizes (docs/decisions/0004). Other plans are
in ``plans``; quantities that go together are tied in ``dependence``.
"""

from collections.abc import Iterable, Sequence

from remit.briefs.brief import Tied
from remit.briefs.scenario import Scenario
from remit.ensemble.dependence import tie
from remit.ensemble.draws import name_quantiles
from remit.ensemble.plans import DEFAULT_PLAN, quantiles
from remit.ground.quantity import Choice, Quantity

__all__ = ["name_quantiles", "scenarios"]


def scenarios(
    unknowns: Iterable[Quantity | Choice],
    start: int,
    stop: int,
    seed: int,
    *,
    plan: str = DEFAULT_PLAN,
    n: int | None = None,
    ties: Sequence[Tied] = (),
) -> list[Scenario]:
    """Return scenarios number ``start`` to ``stop`` - 1.

    Args:
        unknowns: What is drawn; what is certain among it is left out.
        start: Number of the first scenario.
        stop: Number after the last scenario.
        seed: Root seed.
        plan: One of ``plans.PLANS``.
        n: How many scenarios there will be, for a plan that cannot be extended; ``stop`` if it is not given.
        ties: Groups that go together, found sound by ``dependence.check_ties``.

    Raises:
        Faults: CLI001 for an unknown plan or too few scenarios of a fixed one, BRF022 for an impossible tie.

    >>> q = Quantity("x", 1.0, "minute", 0.0, 2.0, "uniform")
    >>> few, more = scenarios([q], 0, 4, 7), scenarios([q], 0, 40, 7)
    >>> [s.quantiles for s in few] == [s.quantiles for s in more[:4]]
    True
    """
    wanted = {q.name for q in unknowns if q.is_uncertain}
    together = [group for group in ties if wanted.intersection(group.names)]
    # a tied name that is not asked for is drawn too, so that the others fall as they do where it is
    names = sorted(wanted.union(*(group.names for group in together)))
    table = quantiles(plan, names, start, stop, stop if n is None else n, seed)
    asked = [i for i, name in enumerate(names) if name in wanted]
    rows = tie(names, table, together)[:, asked].tolist()
    kept = [names[i] for i in asked]
    return [Scenario(start + i, dict(zip(kept, row, strict=True))) for i, row in enumerate(rows)]
