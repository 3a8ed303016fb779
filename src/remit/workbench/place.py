"""The same need in another place: its zones, its people, its stations where it names them."""

from dataclasses import replace

from remit.briefs.brief import Brief, Locality
from remit.ground.faults import fail
from remit.ground.quantity import Quantity
from remit.ground.units import UNITS
from remit.workbench.briefs import OpenBrief

CREWS = "crews.number"
# what grows with the people of a place
SCALED = {
    "response": (CREWS,),
    "caseload": (
        "clients.at_start",
        "assess.per_week",
        "carers.pool",
        "carers.ceiling",
        "work.posts",
        "money.assets_gbp_per_year",
        "neighbours.platform_gbp_per_year",
    ),
    # an estate is not moved; what people think of, pledge and take up is counted by people already
    "commons": (
        "pot.gbp_per_year",
        "pot.fixed_gbp_per_year",
        "money.assets_gbp_per_year",
        "money.service_gbp_per_year",
    ),
}


def number_of_bases(brief: Brief, population: float) -> int:
    """Return how many stations a place of that many people would have at the brief's rate, at least one.

    The brief's rate is that of its whole system, ring included.
    """
    return max(1, round(len(brief.locality.bases) * population / brief.locality.population))


def move_brief(opened: OpenBrief, locality: Locality, crews: float | None) -> OpenBrief:
    """Return the brief in another place.

    Crews are those of the folder; where it names none they are scaled by people, as is all else that grows with
    them, and called an assumption.

    Raises:
        Faults: COM006 the brief is about an estate.
    """
    brief = opened.brief
    if brief.assets:
        raise fail("COM006", f'"{brief.id}" lists {len(brief.assets)} assets of {brief.locality.name}')
    scaled = {name: _scaled(brief.numbers[name], brief, locality) for name in SCALED[brief.family]}
    if crews is not None and CREWS in scaled:
        old, note = brief.numbers[CREWS], f"crews named in the folder of {locality.name}"
        scaled[CREWS] = Quantity(old.name, crews, old.unit, crews, crews, assumption=note, grade="C")
    # published figures, and what has been granted, are of the brief's own place
    moved = replace(
        brief, locality=locality, numbers={**brief.numbers, **scaled}, published=(), conditions_met=()
    )
    return OpenBrief(moved, opened.written, opened.book)


def _scaled(old: Quantity, brief: Brief, locality: Locality) -> Quantity:
    """Return a number for as many people as live in another place."""
    ratio = locality.population / brief.locality.population
    thing = "crews" if old.name == CREWS else UNITS[old.unit].words if old.unit in UNITS else old.unit
    note = (
        f"the brief's {old.value:g} {thing} for {brief.locality.population:,.0f} people, "
        f"scaled to {locality.population:,.0f}"
    )
    return Quantity(
        old.name,
        old.value * ratio,
        old.unit,
        old.low * ratio,
        old.high * ratio,
        old.shape,
        assumption=note,
        grade="D",
    )
