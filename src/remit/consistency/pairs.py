"""Which two settings can stand together at all: the pairwise matrix of morphological analysis, solved not judged."""

from dataclasses import dataclass
from itertools import combinations

from remit.consistency.space import Space, values_of


@dataclass(frozen=True)
class Pairs:
    """For every two variables, the pairs of main options or bands that no consistent design has."""

    variables: tuple[str, ...]
    impossible: dict[tuple[str, str], tuple[tuple[str, str], ...]]
    n_pairs: int

    @property
    def n_impossible(self) -> int:
        """How many pairs are impossible, counting those that follow from several rules together."""
        return sum(len(p) for p in self.impossible.values())


def impossible_pairs(space: Space) -> Pairs:
    """Return every pair of main values that cannot stand together, with every condition granted."""
    from pysat.solvers import Solver

    variables = list(space.catalogue.variables.values())
    impossible = {}
    n_pairs = 0
    units = [*space.rules_on(), *space.conditions(None)]
    with Solver(name="minisat22", bootstrap_with=[*space.clauses, *([u] for u in units)]) as solver:
        for one, other in combinations(variables, 2):
            found = []
            for a in values_of(one):
                for b in values_of(other):
                    n_pairs += 1
                    if not solver.solve([space.main[one.id, a], space.main[other.id, b]]):
                        found.append((a, b))
            impossible[one.id, other.id] = tuple(found)
    return Pairs(tuple(v.id for v in variables), impossible, n_pairs)
