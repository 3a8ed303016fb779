"""The shape of a brief as written: what pydantic checks and editors are told."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StrictInt, WithJsonSchema
from pydantic_core import PydanticCustomError

from remit.ground.reading import Strict

Weight = Annotated[float, Field(ge=0.0, allow_inf_nan=False)]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _correlation(value: Any) -> Any:
    """Return a rank correlation as it is: one number, or a list of [name, name, number]."""
    pairs = value if isinstance(value, list) and value else [value]
    is_list = pairs is value and all(
        isinstance(p, list) and [isinstance(x, str) for x in p] == [True, True, False] and _is_number(p[2])
        for p in pairs
    )
    if _is_number(value) or is_list:
        return value
    # a union of both would tell one mistake as two
    raise PydanticCustomError(
        "rank_correlation", "Input should be a number or a list of [name, name, number]"
    )


RankCorrelation = Annotated[
    Any,
    AfterValidator(_correlation),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": -1, "exclusiveMaximum": 1},
                {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "array",
                        "minItems": 3,
                        "maxItems": 3,
                        "prefixItems": [{"type": "string"}, {"type": "string"}, {"type": "number"}],
                    },
                },
            ]
        }
    ),
]


class SourceIn(Strict):
    """Where a number comes from."""

    cite: str
    url: str = ""
    status: Literal["seen", "secondary", "recalled", "derived"] = "seen"
    """Whether the page itself was read, another that quotes it, or neither."""
    year: str = ""


class TableIn(Strict):
    """Rows under named columns."""

    columns: list[str]
    rows: list[list[Any]]
    source: str | None = None
    assumption: str | None = None


class ZonesIn(Strict):
    """Where people live; coordinates in metres on the national grid."""

    name: str
    zones: TableIn
    notes: list[str] = Field(default_factory=list)


class PlaceIn(ZonesIn):
    """Zones, bases and hospitals."""

    bases: TableIn
    hospitals: TableIn | None = None
    """Where crews take people; none where no kind is conveyed."""
    travel: TableIn | None = None
    """Measured minutes of driving between zones (id), bases and hospitals (name); both ways unless both are given."""


class HoursIn(Strict):
    """How demand follows the clock: relative weight of each hour of the day."""

    weekday: list[Weight] = Field(min_length=24, max_length=24)
    weekend: list[Weight] = Field(min_length=24, max_length=24)
    source: str | None = None
    assumption: str | None = None


class SpanIn(Strict):
    """How long a run is."""

    warm_up_days: int = Field(default=1, ge=0, le=366)
    days: int = Field(default=365, ge=1, le=3660)
    hours: HoursIn


class WeeksIn(Strict):
    """How long a run is, in weeks."""

    warm_up_weeks: int = Field(default=26, ge=0, le=260)
    weeks: int = Field(default=52, ge=1, le=520)


class KindIn(Strict):
    """One kind of request; ``numbers`` are the engine's parameters for it."""

    name: str
    priority: int = Field(ge=0, le=7)
    """0 is the most urgent."""
    under_priority: int | None = Field(default=None, ge=0, le=7)
    over_priority: int | None = Field(default=None, ge=0, le=7)
    needs: list[str] = Field(default_factory=list)
    """Skills that a crew must have."""
    alertable: bool = False
    """Whether trained people nearby may be alerted to it."""
    diverts: bool = False
    """Whether a crew on its way to something less urgent may be turned round for it."""
    has_outcome: bool = False
    """Whether survival is computed for it."""
    numbers: dict[str, Any]


class CurveIn(Strict):
    """A published survival curve, with its clocks, its time zero and its population."""

    title: str
    population: str
    clocks: str
    time_zero: Literal["call", "collapse"]
    at_address: bool = False
    """True if the clocks stop at arrival at the address, false if at the act itself (side, shock)."""
    link: Literal["logistic", "linear"]
    numbers: dict[str, Any]


class ShiftIn(Strict):
    """A pattern of duty, given to crews in turn."""

    start_hour: float = Field(default=0.0, ge=0.0, lt=24.0)
    hours: float = Field(default=24.0, gt=0.0, le=24.0)
    days: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] = Field(
        default=["mon", "tue", "wed", "thu", "fri", "sat", "sun"], min_length=1
    )
    skills: list[str] = Field(default_factory=list)


class DesignIn(Strict):
    """A design to compare: today with these settings changed."""

    title: str
    why: str = ""
    settings: dict[str, Any]
    """Changes to today's settings. A level may be solved for: ``{equal_cost_to: DESIGN}`` or ``{more_crews: 1}``."""
    repairs: list[str] = Field(default_factory=list)
    """Settings changed only so that the design holds together, in words."""


class ChangeIn(Strict):
    """A dated change of the plan: a shock or a step of a transition."""

    day: int = Field(ge=1, le=3660)
    why: str
    multiply: dict[str, Annotated[float, Field(allow_inf_nan=False)]]
    """Parameters and the factor by which they change from that day on."""
    only: list[str] = Field(default_factory=list)
    """Designs that it happens to; all if none is named."""


class SurpriseIn(Strict):
    """Something that may befall the service, tried out only when it is asked for."""

    title: str
    why: str = ""
    changes: list[ChangeIn] = Field(min_length=1)


class TogetherIn(Strict):
    """Uncertain numbers that go together over scenarios."""

    names: list[str] = Field(min_length=2)
    """Their full names, e.g. ``kinds.fall.incidence``; the first keeps the draws it has alone."""
    rank_correlation: RankCorrelation
    """Spearman's, for every pair alike or as ``[[name, name, number], ...]``; pairs not listed are not tied."""
    source: str | None = None
    assumption: str | None = None


class PublishedIn(Strict):
    """A published result to hold the model against; never an input."""

    what: str
    value: float
    unit: str
    source: str
    compare: str | None = None
    """The outcome that it is held against, ``outcome`` or ``outcome@kind``."""
    design: str | None = None
    """The design whose outcome that is; today's service if none is named."""
    fitted: bool = False
    """Whether a number of the brief was set by it, so that it no longer tests the model."""
    note: str = ""


class HeadlineIn(Strict):
    """What the brief is about."""

    kind: str
    """The kind of request whose outcome decides."""
    urgent: list[str]
    """The kinds whose response time is published together."""


class BriefIn(Strict):
    """One need in one place: what every family has."""

    remit: Literal[1]
    """Version of this format."""
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")
    family: str
    title: str
    need: str
    question: str
    not_for: list[str] = Field(min_length=1)
    """What the results must not be used for; printed in every report."""
    left_out: list[str] = Field(default_factory=list)
    """What the model of this brief leaves out."""
    price_year: StrictInt
    sources: dict[str, SourceIn]
    demand: dict[str, Any] = Field(default_factory=dict)
    money: dict[str, Any] = Field(default_factory=dict)
    uptake: dict[str, Any] = Field(default_factory=dict)
    """An app or a venture that people take up, which drives the rest one way."""
    today: dict[str, Any]
    """Today's service: a setting for each of the 24 variables."""
    designs: dict[str, DesignIn]
    conditions_met: list[str] = Field(default_factory=list)
    """What this place has already been granted."""
    soften: list[str] = Field(default_factory=list)
    """Empirical rules of the catalogue that are only warnings here."""
    local_rules: str | None = None
    """A file of this place's own rules, in the folder of the brief."""
    changes: list[ChangeIn] = Field(default_factory=list)
    surprises: dict[str, SurpriseIn] = Field(default_factory=dict)
    """What may befall the service: dated changes that are tried out one at a time."""
    published: list[PublishedIn] = Field(default_factory=list)
    together: list[TogetherIn] = Field(default_factory=list)
    """Uncertain numbers that go together; all others are drawn each for itself."""


class ResponseIn(BriefIn):
    """A brief of the response family: help comes to you, fast."""

    place: PlaceIn
    span: SpanIn
    headline: HeadlineIn
    kinds: dict[str, KindIn]
    curves: dict[str, CurveIn] = Field(default_factory=dict)
    curve: Any = None
    """Which survival curve holds: a choice that each scenario draws."""
    shifts: list[ShiftIn] = Field(default_factory=lambda: [ShiftIn()], min_length=1)
    call: dict[str, Any] = Field(default_factory=dict)
    crews: dict[str, Any]
    teams: dict[str, Any] = Field(default_factory=dict)
    offers: dict[str, Any] = Field(default_factory=dict)
    reports: dict[str, Any] = Field(default_factory=dict)
    alert: dict[str, Any] = Field(default_factory=dict)
    bystander: dict[str, Any] = Field(default_factory=dict)
    outcome: dict[str, Any] = Field(default_factory=dict)


class CaseloadIn(BriefIn):
    """A brief of the caseload family: someone stands by you for a while."""

    place: ZonesIn
    span: WeeksIn = Field(default_factory=WeeksIn)
    client_days: TableIn
    """Patterns of the day in which clients need help: name, share of clients, and of their hours by band."""
    carer_days: TableIn
    """Patterns of the day in which carers work."""
    clients: dict[str, Any]
    fate: dict[str, Any] = Field(default_factory=dict)
    assess: dict[str, Any]
    grant: dict[str, Any] = Field(default_factory=dict)
    carers: dict[str, Any]
    work: dict[str, Any] = Field(default_factory=dict)
    provider: dict[str, Any]
    platform: dict[str, Any] = Field(default_factory=dict)
    find: dict[str, Any]
    travel: dict[str, Any]
    teams: dict[str, Any] = Field(default_factory=dict)
    market: dict[str, Any] = Field(default_factory=dict)
    meals: dict[str, Any] = Field(default_factory=dict)
    neighbours: dict[str, Any] = Field(default_factory=dict)
    price: dict[str, Any]


class YearsIn(Strict):
    """How long a run is, in years of 52 weeks."""

    years: int = Field(default=10, ge=1, le=60)


class CommonsIn(BriefIn):
    """A brief of the commons family: an estate (``asset_kinds``), projects (``projects``), or uptake alone."""

    place: ZonesIn
    span: YearsIn = Field(default_factory=YearsIn)
    assets: TableIn | None = None
    """What is kept up: name, zone, hectares and kind of each."""
    asset_kinds: dict[str, dict[str, Any]] = Field(default_factory=dict)
    economy: dict[str, Any] = Field(default_factory=dict)
    body: dict[str, Any] = Field(default_factory=dict)
    council: dict[str, Any] = Field(default_factory=dict)
    streams: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Streams of income by name."""
    endowment: dict[str, Any] = Field(default_factory=dict)
    givers: dict[str, Any] = Field(default_factory=dict)
    volunteers: dict[str, Any] = Field(default_factory=dict)
    work: dict[str, Any] = Field(default_factory=dict)
    projects: dict[str, Any] = Field(default_factory=dict)
    pot: dict[str, Any] = Field(default_factory=dict)
    panel: dict[str, Any] = Field(default_factory=dict)
    crowd: dict[str, Any] = Field(default_factory=dict)
    match: dict[str, Any] = Field(default_factory=dict)
    offer: dict[str, Any] = Field(default_factory=dict)
    uptake: dict[str, Any] = Field(default_factory=dict)
    benefit: dict[str, Any] = Field(default_factory=dict)


SHAPES: dict[str, type[BriefIn]] = {"response": ResponseIn, "caseload": CaseloadIn, "commons": CommonsIn}
