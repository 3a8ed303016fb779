"""What an entry of the catalogue is; frozen, nothing extra."""

from typing import Any, Literal

from pydantic import Field

from remit.ground.reading import Strict

Provenance = Literal["recovered", "partial", "reconstructed"]


class Multi(Strict):
    """A setting with one main option and any number beside it."""

    main: str
    also: tuple[str, ...] = ()


class Variable(Strict):
    """One of the 24 settings."""

    id: str
    order: int
    name: str
    asks: str
    provenance: Provenance
    family: str
    kind: Literal["level", "options", "multi"]
    unit: str = ""
    scaling: str = ""
    min: float | None = None
    max: float | None = None
    typical: Any
    bands: dict[str, float] = Field(default_factory=dict)
    """Lower bound of each band of a level, ascending."""
    options: dict[str, str] = Field(default_factory=dict)
    acts_on: dict[str, str]
    today: str
    sources: tuple[str, ...]
    pattern: dict[str, str] = Field(default_factory=dict)
    where: dict[str, str] = Field(default_factory=dict)

    @property
    def is_higher(self) -> bool:
        """Whether it is one of the six that change what kind of system it is."""
        return self.family == "operating_model"

    def band_of(self, level: float) -> str:
        """Return the name of the band in which a level lies."""
        name = next(iter(self.bands))
        for band, least in self.bands.items():
            if level >= least:
                name = band
        return name


class Archetype(Strict):
    """A named set of settings."""

    id: str
    name: str
    status: Literal["baseline", "six", "variant"]
    example: str
    confidence: str
    gist: str
    good_for: str
    weak_for: str
    signature: tuple[str, ...]
    settings: dict[str, Any]
    evidence: dict[str, str] = Field(default_factory=dict)
    note: str = ""


class Role(Strict):
    """What the public body does, and what that costs a year in thousand pounds."""

    id: str
    provenance: Provenance
    name: str
    does: str
    lever: str
    cost_k: tuple[float, float]
    cost_note: str = ""
    needs: tuple[str, ...]
    skill: str
    fails_by: str
    sources: tuple[str, ...]


class Clause(Strict):
    """One condition on one variable; the clauses of a rule hold together."""

    v: str
    in_: tuple[str, ...] = Field(default=(), alias="in")
    not_in: tuple[str, ...] = ()
    main_in: tuple[str, ...] = ()
    main_not_in: tuple[str, ...] = ()
    has_any: tuple[str, ...] = ()
    has_none: tuple[str, ...] = ()


class Condition(Strict):
    """Something that must be granted first."""

    id: str
    provenance: Provenance
    name: str
    plain: str
    today: bool
    lead_months: tuple[float, float]
    cost_k: tuple[float, float]
    required_by: tuple[tuple[Clause, ...], ...]
    required_by_change_of: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[str, ...]


class Rule(Strict):
    """What may not stand together (hard) or is in tension."""

    id: str
    kind: Literal["logical", "empirical", "normative"]
    forbid: tuple[Clause, ...]
    why: str
    relax: str = ""
    sources: tuple[str, ...]


class OutcomeSpec(Strict):
    """How a council would judge a setting."""

    id: str
    family: str
    name: str
    asks: str
    definition: str
    unit: str
    better: Literal["up", "down", "band"]
    sim: str
    official: str
    trap: str


class SourceSpec(Strict):
    """A work or page that a claim rests on."""

    status: Literal["seen", "recall"]
    grade: Literal["A", "B", "C", "D"]
    cite: str
    url: str = ""
