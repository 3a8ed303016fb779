"""What a person asks of designs before any is simulated: mend, complete, compare, open, have ideas, find a way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from remit.consistency.count import (
    Estimate,
    Opened,
    count_six,
    estimate_all,
    opened_by_each,
    size_of_all,
    size_of_six,
)
from remit.consistency.explain import Clash, explain, is_possible
from remit.consistency.ideas import Idea, find_ideas
from remit.consistency.moves import CutShort, Linked, linked_moves
from remit.consistency.nearest import Near, Wish, effort, nearest_designs
from remit.consistency.space import Choice, Space, choices_of
from remit.consistency.verdict import Verdict, check
from remit.design.design import Design, Setting, Several, changes_from
from remit.ground.faults import Fault, Faults, Place, fail, nearest
from remit.workbench.designs import Proposal, Standpoint

NEED = ("eligibility", "channels", "opening_hours", "location")
"""What the need itself asks for: who may have help, how they reach us, when and where. Ideas leave it alone."""


def judge(design: Design, place: Standpoint) -> Verdict:
    """Return the verdict on a design here."""
    ground = place.ground
    return check(design, place.today, ground.book, ground.met, ground.catalogue)


def judge_all(designs: Mapping[str, Design], place: Standpoint) -> dict[str, Verdict]:
    """Return the verdict on each design, by name."""
    return {name: judge(design, place) for name, design in designs.items()}


def why_not(proposal: Proposal, place: Standpoint) -> list[Clash]:
    """Return the smallest clashes among what a proposal states; [] if it can be completed."""
    return explain(proposal.choices, place.space())


def named_variables(text: str, place: Standpoint) -> list[str]:
    """Return the variables in a list separated by commas.

    Raises:
        Faults: DSN001 for each that there is not.
    """
    names = [n.strip() for n in text.split(",") if n.strip()]
    return _known(names, list(place.catalogue.variables), "DSN001")


def named_conditions(text: str, place: Standpoint) -> list[str]:
    """Return the conditions in a list separated by commas.

    Raises:
        Faults: CON001 for each that there is not.
    """
    names = [n.strip() for n in text.split(",") if n.strip()]
    return _known(names, list(place.catalogue.conditions), "CON001")


def _known(names: list[str], known: list[str], code: str) -> list[str]:
    faults = [Fault(code, Place(), f'"{n}"', nearest(n, known)) for n in names if n not in known]
    if faults:
        raise Faults(faults)
    return names


@dataclass(frozen=True)
class Mended:
    """Nearest consistent designs, and what was held fast to find them."""

    proposal: Proposal
    kept: tuple[str, ...]
    answers: tuple[Near, ...]
    clashes: tuple[Clash, ...]  # why nothing keeps what must be kept
    let_go: bool  # what was meant to be kept clashes in itself, so nothing was


def mend(proposal: Proposal, keep: Sequence[str], place: Standpoint, n: int) -> Mended:
    """Return the nearest consistent designs to a proposal.

    What is kept: the settings named; where none are, those that were typed out, or of a file or a named design those
    that it sets otherwise than today, since they are what it is about. If those clash among themselves and were
    not named, nothing is kept.
    """
    own = proposal.stated if proposal.is_typed else tuple(changes_from(proposal.design, place.today))
    meant = tuple(keep) or own
    held = _choices_on(proposal, meant, place)
    space = place.space()
    if is_possible(space, held):
        wish = Wish(tuple(held), None, place.ground.met, n)
        found = _near(proposal.design, wish, space, place)
        return Mended(proposal, meant, tuple(found), (), False)
    clashes = tuple(explain(held, space))
    if keep:
        return Mended(proposal, meant, (), clashes, False)
    found = _near(proposal.design, Wish((), None, place.ground.met, n), space, place)
    return Mended(proposal, (), tuple(found), clashes, True)


def _near(start: Design, wish: Wish, space: Space, place: Standpoint) -> list[Near]:
    try:
        return nearest_designs(start, wish, space, place.ground.changes)
    except CutShort:
        raise fail("CON009", "the nearest designs") from None


def _choices_on(proposal: Proposal, variables: Sequence[str], place: Standpoint) -> list[Choice]:
    """Return the choices of a proposal on some variables: as stated, else as its design has them."""
    stated = [c for c in proposal.choices if c.variable in variables]
    rest = [v for v in variables if v not in proposal.stated]
    return [*stated, *choices_of(proposal.design, place.catalogue, rest)]


def complete(proposal: Proposal, base: Design, place: Standpoint, n: int) -> Mended:
    """Return the consistent designs nearest to ``base`` that make the stated choices."""
    space = place.space()
    if not is_possible(space, proposal.choices):
        return Mended(proposal, proposal.stated, (), tuple(explain(proposal.choices, space)), False)
    start = replace(
        base,
        id=proposal.design.id,
        title=proposal.design.title,
        settings={**base.settings, **{v: _opened(v, proposal, base) for v in proposal.stated}},
    )
    wish = Wish(proposal.choices, None, place.ground.met, n)
    found = _near(start, wish, space, place)
    told = [
        replace(
            f,
            changed=tuple(changes_from(f.design, base)),
            effort=effort(f.design, base, place.ground.changes),
        )
        for f in found
    ]
    return Mended(proposal, proposal.stated, tuple(told), (), False)


def _opened(variable: str, proposal: Proposal, base: Design) -> Setting:
    """Return a stated setting; what stands beside a main option stays as in ``base`` where it can."""
    new, old = proposal.design.settings[variable], base.settings[variable]
    if isinstance(new, Several) and isinstance(old, Several) and not new.also:
        return Several(new.main, tuple(o for o in old.also if o != new.main))
    return new


@dataclass(frozen=True)
class Between:
    """What differs between two designs and in what order it can move."""

    one: Design
    other: Design
    changed: tuple[str, ...]
    steps: tuple[Linked, ...]
    is_proven: bool
    broken: tuple[str, ...]  # rules that keep either end from being a place to stand


def between(one: Design, other: Design, place: Standpoint) -> Between:
    """Return how two designs differ and which moves must go together on the straight way."""
    broken = tuple(
        f"{d.title} breaks {f.rule.id}: {f.rule.why}" for d in (one, other) for f in judge(d, place).broken
    )
    if broken:
        return Between(one, other, tuple(changes_from(other, one)), (), True, broken)
    steps, is_proven = linked_moves(one, other, place.ground.book, place.catalogue)
    return Between(one, other, tuple(changes_from(other, one)), tuple(steps), is_proven, ())


def have_ideas(
    place: Standpoint, n: int, free: Sequence[str], on_idea: Callable[[int], None] | None = None
) -> list[Idea]:
    """Return ideas for a place; what the need itself asks for stays as today unless it is freed."""
    kept = [v for v in NEED if v not in free]
    keep = choices_of(place.today, place.catalogue, kept)
    return find_ideas(place.today, keep, place.ground.met, place.space(), place.ground.changes, n, on_idea)


@dataclass(frozen=True)
class Openness:
    """How much of the space is open here, with what is granted and with more."""

    met: tuple[str, ...]
    granted: tuple[str, ...]
    six_all: int  # combinations of the six main values
    six_met: int  # open with what this place has
    six_granted: int  # with the grants asked about
    six_every: int  # with every condition granted
    by_each: tuple[Opened, ...]
    all_24: float
    all_met: Estimate
    all_granted: Estimate


def openness(
    place: Standpoint, granted: Sequence[str], on_step: Callable[[str], None] | None = None
) -> Openness:
    """Return how much opens: exact for the six main values, estimated with its error for all 24."""
    space, met = place.space(), place.ground.met

    def told(step: str) -> None:
        if on_step is not None:
            on_step(step)

    more = tuple(dict.fromkeys([*met, *granted]))
    told("counting what is open today")
    today = count_six(space, met)
    told("counting what each condition opens")
    by_each = opened_by_each(space, more)
    told("counting what all conditions open")
    every = count_six(space, None)
    told("estimating all 24 settings")
    return Openness(
        met,
        tuple(granted),
        size_of_six(space),
        today,
        count_six(space, more) if granted else today,
        every,
        tuple(by_each),
        size_of_all(space),
        estimate_all(space, met),
        estimate_all(space, more),
    )
