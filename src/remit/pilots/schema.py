"""The shape of a pilot's design file as written: what pydantic checks and editors are told."""

from typing import Annotated, Any, Literal

from pydantic import Field, StrictFloat, StrictInt, StrictStr

from remit.ground.reading import Strict

PlainWord = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=64)]
Words = Annotated[str, Field(min_length=1)]
CellIn = StrictInt | StrictFloat | StrictStr
Design = Literal[
    "individual_rct",
    "cluster_rct",
    "partially_nested",
    "stepped_wedge",
    "did",
    "its",
    "rdd",
    "switchback",
    "group_sequential",
]


class SourceIn(Strict):
    """Where a number comes from."""

    cite: Words
    url: str = ""
    status: Literal["seen", "secondary", "recalled", "derived"] = "seen"


class OutcomeIn(Strict):
    """What is measured."""

    name: PlainWord
    """A plain word; also its column in the data."""
    kind: Literal["continuous", "binary", "rate"]
    unit: str
    """Of the closed vocabulary; a score on a scale is in points (unit: point)."""
    better: Literal["up", "down"]
    title: str = ""


class ArmIn(Strict):
    """One way of running the service; the first is today's."""

    id: PlainWord
    title: Words
    share: Annotated[float, Field(gt=0.0, lt=1.0)] | None = None
    """Of the units; equal shares where none is given."""


class UnitsIn(Strict):
    """What is to be allocated."""

    columns: Annotated[list[PlainWord], Field(min_length=1)]
    """The first is id; others are blocks, strata and covariates."""
    rows: Annotated[list[list[CellIn]], Field(min_length=2)]


class ConstraintsIn(Strict):
    """How chance may deal."""

    method: Literal["simple", "blocked", "matched", "constrained", "stepped_wedge"] | None = None
    """Where none is given: stepped_wedge for that design, else simple."""
    block: str = ""
    """A column: chance deals within each of its values."""
    covariates: tuple[str, ...] = ()
    """Columns to keep in balance."""
    best_share: Annotated[float, Field(gt=0.0, le=1.0)] = 0.1
    candidates: Annotated[int, Field(strict=True, ge=100, le=1_000_000)] = 10_000
    steps: Annotated[int, Field(strict=True, ge=1, le=200)] | None = None
    per_step: (
        Annotated[int, Field(strict=True, ge=1)] | list[Annotated[int, Field(strict=True, ge=1)]] | None
    ) = None
    """Units that begin at each step: one number for all, or a list."""
    pattern: tuple[Annotated[str, Field(pattern=r"^[01t.]+$")], ...] = ()
    """A row a step, a sign a period: 0 not yet, 1 in it, t in between, . not measured."""


class AnalysisIn(Strict):
    """How the result will be worked out."""

    primary: PlainWord | None = None
    """The estimator; the usual one of the design where none is given."""
    covariates: tuple[str, ...] = ()
    permutations: Annotated[int, Field(strict=True, ge=99, le=10_000_000)] = 10_000


class PilotIn(Strict):
    """A pilot's design file."""

    pilot: Literal[1]
    id: PlainWord
    title: Words
    question: Words
    design: Design
    outcome: OutcomeIn
    other_outcomes: tuple[OutcomeIn, ...] = ()
    unit: Words
    """What is allocated, in the singular: person, team, ward, week."""
    arms: Annotated[list[ArmIn], Field(min_length=2, max_length=20)]
    units: UnitsIn | None = None
    constraints: ConstraintsIn = ConstraintsIn()
    alpha: Annotated[float, Field(gt=0.0, lt=0.5)] = 0.05
    power: Annotated[float, Field(gt=0.5, lt=1.0)] = 0.8
    sides: Literal[1, 2] = 2
    analysis: AnalysisIn = AnalysisIn()
    stopping: str = ""
    """What would end the pilot early, in words."""
    assume: dict[str, Any] = Field(default_factory=dict)
    """Numbers with unit and source or assumption: see docs/guides/pilots.md."""
    sources: dict[str, SourceIn] = Field(default_factory=dict)
    notes: str = ""


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a pilot's design file."""
    return PilotIn.model_json_schema()
