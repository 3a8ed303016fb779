"""From a pilot's protocol to what is asked of the draw, and what stands against it."""

import math
from fractions import Fraction

from remit.ground.document import Document
from remit.ground.faults import Fault
from remit.pilots.allocation.allocate import Allocation, stratum_groups
from remit.pilots.allocation.scheme import Method, Scheme, Units, strata
from remit.pilots.protocol import Protocol

METHODS: dict[str, Method] = {
    "simple": "simple",
    "blocked": "blocked",
    "matched": "pairs",
    "constrained": "constrained",
}
WEDGE = "stepped_wedge"
NOT_DRAWN = ("did", "its", "rdd")  # designs in which chance allocates nobody
FINEST = 1_000  # parts of a whole that a share of units is told in


def asked(protocol: Protocol) -> tuple[Units, Scheme]:
    """Return the units and the scheme of a protocol that lists its units."""
    table = protocol.units
    if table is None:
        raise ValueError("a protocol without units asks for no draw")
    units = Units(table.ids, {c: table.column(c) for c in table.columns[1:]})
    told = protocol.constraints
    is_wedge = told.method == WEDGE
    method: Method = METHODS.get(told.method, "constrained" if told.covariates else "simple")
    blocks: tuple[str, ...] = (told.block,) if told.block else ()
    if method == "blocked" and not blocks:
        blocks = told.covariates
    if is_wedge:
        arms = tuple(f"step {i + 1}" for i in range(told.steps))
        ratio = told.per_step or (1,) * told.steps
    else:
        arms = tuple(a.id for a in protocol.arms)
        ratio = ratio_of([a.share for a in protocol.arms])
    return units, Scheme(
        method,
        arms,
        ratio,
        blocks=blocks,
        balance=told.covariates,
        keep_share=told.best_share,
        n_candidates=told.candidates,
        is_wedge=is_wedge,
    )


def ratio_of(shares: list[float]) -> tuple[int, ...]:
    """Return shares as the smallest whole numbers.

    >>> ratio_of([1 / 3, 2 / 3]), ratio_of([0.55, 0.45])
    ((1, 2), (11, 9))
    """
    parts = [max(Fraction(s).limit_denominator(FINEST), Fraction(1, FINEST)) for s in shares]
    whole = math.lcm(*(p.denominator for p in parts))
    numbers = [int(p * whole) for p in parts]
    common = math.gcd(*numbers)
    return tuple(n // common for n in numbers)


def faults_before(protocol: Protocol, doc: Document) -> list[Fault]:
    """Return why a protocol cannot be drawn by lot.

    Faults: PIL101 no units, PIL102 too few of them, PIL103 not a design that is drawn, PIL105 no pairs,
    PIL107 steps and blocks that do not come out even.
    """
    if protocol.design in NOT_DRAWN:
        return [Fault("PIL103", doc.place(("design",)), f'design "{protocol.design}"')]
    if protocol.units is None:
        return [Fault("PIL101", doc.place(()), '"units" is missing')]
    units, scheme = asked(protocol)
    if len(units) < len(scheme.arms):
        what = f"{len(units)} units for {len(scheme.arms)} {'steps' if scheme.is_wedge else 'arms'}"
        return [Fault("PIL102", doc.place(("units", "rows")), what)]
    faults = _pair_faults(units, scheme, doc) if scheme.method == "pairs" else []
    if scheme.is_wedge and protocol.constraints.per_step and scheme.blocks:
        groups = stratum_groups(units, scheme).groups
        labels = [label for g in groups for label in g.labels]
        if scheme.sizes(labels) != protocol.constraints.per_step:
            what = f"within {scheme.blocks[0]} the steps would take {_listed(scheme.sizes(labels))} units for certain"
            faults.append(Fault("PIL107", doc.place(("constraints", "per_step")), what))
    return faults


def _pair_faults(units: Units, scheme: Scheme, doc: Document) -> list[Fault]:
    at = doc.place(("constraints", "method"))
    if len(scheme.arms) != 2 or scheme.ratio[0] != scheme.ratio[1]:
        return [Fault("PIL105", at, "pairs are for two arms of equal shares")]
    return [
        Fault("PIL105", at, f"{len(members)} units in {name}: one would be left over")
        for name, members in strata(units, scheme.blocks).items()
        if len(members) % 2
    ]


def floor_faults(allocation: Allocation, protocol: Protocol, doc: Document) -> list[Fault]:
    """Return PIL104 where no result could ever be found significant."""
    floor = allocation.floor(protocol.sides == 2)
    if floor <= protocol.alpha:
        return []
    n = allocation.procedure.n_ways
    what = (
        f"the draw has {n:,} equally likely outcomes, so no p-value can be under {floor:.3g}; "
        f"alpha is {protocol.alpha:g}"
    )
    fix = "Allocate more units, or smaller ones."
    if allocation.constrained is not None:
        fix = "Raise constraints.best_share, or allocate more units."
    elif allocation.scheme.blocks or allocation.scheme.method == "pairs":
        fix = "Allocate more units, or bind luck less (larger blocks, no pairs)."
    return [Fault("PIL104", doc.place(("units", "rows")), what, fix)]


def _listed(sizes: tuple[int, ...]) -> str:
    return ", ".join(str(n) for n in sizes)
