"""The same need in another place: its zones, its people, its stations where it names them."""

from dataclasses import replace

from remit.briefs.brief import Brief, Locality
from remit.ground.quantity import Quantity
from remit.workbench.briefs import OpenBrief

SCALED = "crews.number"


def number_of_bases(brief: Brief, population: float) -> int:
    """Return how many stations a place of that many people would have at the brief's rate, at least one.

    The brief's rate is that of its whole system, ring included.
    """
    return max(1, round(len(brief.locality.bases) * population / brief.locality.population))


def move_brief(opened: OpenBrief, locality: Locality, crews: float | None) -> OpenBrief:
    """Return the brief in another place.

    Crews are those of the folder; where it names none they are scaled by people, and called an assumption.
    """
    brief = opened.brief
    ratio = locality.population / brief.locality.population
    old = brief.numbers[SCALED]
    if crews is not None:
        note = f"crews named in the folder of {locality.name}"
        number = Quantity(old.name, crews, old.unit, crews, crews, assumption=note, grade="C")
    else:
        note = (
            f"the brief's {old.value:g} crews for {brief.locality.population:,.0f} people, "
            f"scaled to {locality.population:,.0f}"
        )
        number = Quantity(
            old.name,
            old.value * ratio,
            old.unit,
            old.low * ratio,
            old.high * ratio,
            old.shape,
            assumption=note,
            grade="D",
        )
    # published figures, and what has been granted, are of the brief's own place
    moved = replace(
        brief, locality=locality, numbers={**brief.numbers, SCALED: number}, published=(), conditions_met=()
    )
    return OpenBrief(moved, opened.written, opened.book)
