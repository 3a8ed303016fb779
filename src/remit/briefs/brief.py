"""Brief: one need in one place, checked and frozen; every number a Quantity."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from remit.briefs.fifths import group_shares
from remit.ground.quantity import Choice, Quantity

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Source:
    """Where a number comes from."""

    id: str
    cite: str
    url: str = ""
    status: str = "seen"


@dataclass(frozen=True)
class Zone:
    """A part of the place; coordinates in metres on the national grid."""

    id: str
    name: str
    is_inside: bool
    people: tuple[float, float, float]  # under 18, 18 to 64, 65 and over
    area_km2: float
    easting: float
    northing: float
    small_areas: tuple[tuple[int, float], ...] = ()  # (national deprivation rank, people)
    rings: tuple[Ring, ...] = ()  # outline in longitude and latitude
    pool: float = 1.0  # people of the pool per km2, relative to other zones

    @property
    def population(self) -> float:
        """People of all ages."""
        return sum(self.people)


@dataclass(frozen=True)
class Point:
    """A base or a hospital."""

    name: str
    easting: float
    northing: float


@dataclass(frozen=True)
class Locality:
    """The place: where people live and where help starts from."""

    name: str
    zones: tuple[Zone, ...]
    bases: tuple[Point, ...]
    hospitals: tuple[Point, ...]
    notes: tuple[str, ...] = ()
    travel: tuple[tuple[str, str, float], ...] = ()  # measured minutes (from, to), in place of straight lines

    @property
    def population(self) -> float:
        """People of the whole system, ring included."""
        return sum(z.population for z in self.zones)

    @cached_property
    def group_shares(self) -> list[list[float]]:
        """Each zone's shares of people by group: own fifth * 5 + national fifth."""
        return group_shares(self.zones)

    @property
    def inside_share(self) -> float:
        """Share of the system's people who live in the place itself."""
        return sum(z.population for z in self.zones if z.is_inside) / self.population


@dataclass(frozen=True)
class KindOfRequest:
    """One kind of request; its numbers are in ``Brief.numbers`` under ``kinds.<id>.``."""

    id: str
    name: str
    priority: int
    under_priority: int
    over_priority: int
    needs: tuple[str, ...]
    is_alertable: bool
    diverts: bool
    has_outcome: bool


@dataclass(frozen=True)
class SurvivalCurve:
    """A published curve; its numbers are in ``Brief.numbers`` under ``curves.<id>.``."""

    id: str
    title: str
    population: str
    clocks: str
    from_collapse: bool
    at_address: bool
    is_logistic: bool


@dataclass(frozen=True)
class Shift:
    """A pattern of duty."""

    start_minute: float
    minutes: float
    days: int  # bit mask, Monday first
    skills: tuple[str, ...]


@dataclass(frozen=True)
class AssetRow:
    """One thing that is kept up."""

    name: str
    zone: str
    ha: float
    kind: str


@dataclass(frozen=True)
class DesignText:
    """A design as the brief writes it, parsed one floor up."""

    id: str
    title: str
    why: str
    settings: dict[str, Any]
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A dated change of the plan."""

    day: int
    why: str
    multiply: tuple[tuple[str, float], ...]
    only: tuple[str, ...] = ()  # designs that it happens to; all if none is named

    def happens_to(self, design: str) -> bool:
        """Tell whether a design meets it."""
        return not self.only or design in self.only


@dataclass(frozen=True)
class Surprise:
    """What may befall the service: dated changes that are tried out when asked for."""

    id: str
    title: str
    why: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Tied:
    """Numbers that go together: where one is high in a scenario, so tend the others to be (or to be low)."""

    names: tuple[str, ...]
    rank_correlation: tuple[tuple[float, ...], ...]  # Spearman's, of each name with each
    source: str = ""
    assumption: str = ""
    line: int = 0  # where the brief says so


@dataclass(frozen=True)
class Published:
    """A published result that the model is held against, never tuned to."""

    what: str
    value: float
    unit: str
    source: str
    compare: str
    note: str
    is_fitted: bool = False
    design: str = "today"


@dataclass(frozen=True)
class Brief:
    """One need in one place."""

    id: str
    family: str
    title: str
    need: str
    question: str
    not_for: tuple[str, ...]
    left_out: tuple[str, ...]
    price_year: int
    sources: dict[str, Source]
    locality: Locality
    warm_up_days: int
    days: int
    hour_weights: tuple[float, ...]  # (168,) from Monday midnight, mean 1
    numbers: dict[str, Quantity]
    choices: dict[str, Choice]
    today: dict[str, Any]
    designs: tuple[DesignText, ...]
    conditions_met: tuple[str, ...]
    changes: tuple[Change, ...]
    published: tuple[Published, ...]
    soften: tuple[str, ...] = ()  # empirical rules that are only warnings here
    local_rules: str = ""  # file of the place's own rules, beside the brief
    file: str = ""
    given: frozenset[str] = field(default_factory=frozenset)  # the numbers that the brief states itself
    together: tuple[Tied, ...] = ()
    surprises: tuple[Surprise, ...] = ()
    measures: str = ""  # which table of outcomes it is about
    # of the response family
    headline_kind: str = ""
    urgent_kinds: tuple[str, ...] = ()
    kinds: tuple[KindOfRequest, ...] = ()
    curves: tuple[SurvivalCurve, ...] = ()
    shifts: tuple[Shift, ...] = ()
    # of the commons family
    assets: tuple[AssetRow, ...] = ()

    def number(self, name: str) -> Quantity:
        """Return the quantity of that name; KeyError if the family has none."""
        return self.numbers[name]

    def named_under(self, head: str) -> tuple[str, ...]:
        """Return the names that stand under a head, such as the patterns under ``client_days``, as written."""
        return tuple(dict.fromkeys(n.split(".")[1] for n in self.numbers if n.startswith(f"{head}.")))

    def surprised(self, name: str) -> "Brief":
        """Return the brief in which a surprise comes true; KeyError if it has none of that name."""
        surprise = {s.id: s for s in self.surprises}[name]
        return replace(self, changes=(*self.changes, *surprise.changes))
