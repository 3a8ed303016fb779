"""A brief as written, sound in form, to a Brief."""

from typing import Any

from remit.briefs.brief import (
    AssetRow,
    Brief,
    Change,
    DesignText,
    KindOfRequest,
    Locality,
    Published,
    Shift,
    Source,
    Surprise,
    SurvivalCurve,
)
from remit.briefs.schema import BriefIn, CaseloadIn, ChangeIn, CommonsIn, CurveIn, KindIn, ResponseIn, ShiftIn
from remit.briefs.together import read_tied
from remit.ground.document import Document
from remit.ground.quantity import Choice, Quantity

NOT_STATED = "not stated in the brief: the engine's neutral value"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_A_WEEK = 7
DAYS_A_YEAR = 364  # 52 weeks
SAME_ALL_WEEK = (1.0,) * 168


def build(
    given: BriefIn,
    numbers: dict[str, Quantity],
    choices: dict[str, Choice],
    locality: Locality,
    doc: Document,
    file: str,
    assets: tuple[AssetRow, ...] = (),
) -> Brief:
    """Return the brief made of what was read."""
    return Brief(
        id=given.id,
        family=given.family,
        title=given.title,
        need=given.need,
        question=given.question,
        not_for=tuple(given.not_for),
        left_out=tuple(given.left_out),
        price_year=given.price_year,
        sources={k: Source(k, s.cite, s.url, s.status) for k, s in given.sources.items()},
        locality=locality,
        numbers=numbers,
        choices=choices,
        today=given.today,
        designs=tuple(
            DesignText(k, d.title, d.why, d.settings, tuple(d.repairs)) for k, d in given.designs.items()
        ),
        conditions_met=tuple(given.conditions_met),
        changes=_changes(given.changes),
        surprises=tuple(Surprise(k, s.title, s.why, _changes(s.changes)) for k, s in given.surprises.items()),
        published=tuple(
            Published(
                p.what, p.value, p.unit, p.source, p.compare or "", p.note, p.fitted, p.design or "today"
            )
            for p in given.published
        ),
        soften=tuple(given.soften),
        local_rules=given.local_rules or "",
        file=file,
        given=frozenset(n for n, q in numbers.items() if q.assumption != NOT_STATED),
        together=tuple(read_tied(t, doc.place(("together", i)).line) for i, t in enumerate(given.together)),
        **_of_family(given, assets),
    )


def _measures(given: CommonsIn) -> str:
    """Return which table of outcomes a brief of the commons family is about."""
    if given.assets is not None or given.asset_kinds:
        return "estate"
    return "projects" if given.projects else "adoption"


def _of_family(given: BriefIn, assets: tuple[AssetRow, ...]) -> dict[str, Any]:
    """Return what only briefs of one family have."""
    if isinstance(given, CaseloadIn):
        return {
            # help that people take up giving is told in meals, all other help in hours
            "measures": "meals" if given.uptake else "caseload",
            "warm_up_days": given.span.warm_up_weeks * DAYS_A_WEEK,
            "days": given.span.weeks * DAYS_A_WEEK,
            "hour_weights": SAME_ALL_WEEK,
        }
    if isinstance(given, CommonsIn):
        return {
            "measures": _measures(given),
            "warm_up_days": 0,
            "days": given.span.years * DAYS_A_YEAR,
            "hour_weights": SAME_ALL_WEEK,
            "assets": assets,
        }
    assert isinstance(given, ResponseIn)
    weights = given.span.hours.weekday * 5 + given.span.hours.weekend * 2
    mean = sum(weights) / 168.0 or 1.0
    return {
        "measures": "response" if any(k.has_outcome for k in given.kinds.values()) else "reports",
        "warm_up_days": given.span.warm_up_days,
        "days": given.span.days,
        "hour_weights": tuple(w / mean for w in weights),
        "headline_kind": given.headline.kind,
        "urgent_kinds": tuple(given.headline.urgent),
        "kinds": tuple(_kind(k, v) for k, v in given.kinds.items()),
        "curves": tuple(_curve(k, v) for k, v in given.curves.items()),
        "shifts": tuple(_shift(s) for s in given.shifts),
    }


def _changes(given: list[ChangeIn]) -> tuple[Change, ...]:
    return tuple(Change(c.day, c.why, tuple(c.multiply.items()), tuple(c.only)) for c in given)


def _curve(name: str, given: CurveIn) -> SurvivalCurve:
    return SurvivalCurve(
        name,
        given.title,
        given.population,
        given.clocks,
        given.time_zero == "collapse",
        given.at_address,
        given.link == "logistic",
    )


def _kind(name: str, given: KindIn) -> KindOfRequest:
    return KindOfRequest(
        id=name,
        name=given.name,
        priority=given.priority,
        under_priority=given.priority if given.under_priority is None else given.under_priority,
        over_priority=given.priority if given.over_priority is None else given.over_priority,
        needs=tuple(given.needs),
        is_alertable=given.alertable,
        diverts=given.diverts,
        has_outcome=given.has_outcome,
    )


def _shift(given: ShiftIn) -> Shift:
    days = sum(1 << DAYS.index(d) for d in set(given.days))
    return Shift(given.start_hour * 60.0, given.hours * 60.0, days, tuple(given.skills))
