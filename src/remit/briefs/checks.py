"""What a brief's numbers must satisfy together."""

from collections.abc import Callable, Sequence

from remit.briefs.brief import Brief, Change
from remit.briefs.caseload_checks import check_fates, check_patterns, check_people, check_zones
from remit.briefs.commons_checks import (
    check_dates,
    check_estate,
    check_projects,
    check_returns,
    check_spending,
    check_tapers,
)
from remit.briefs.together import check_together
from remit.briefs.vocabulary import spec_of
from remit.ground.deflator import GDP_DEFLATOR
from remit.ground.document import Document, Path
from remit.ground.faults import Fault, nearest
from remit.ground.reading import provenance_faults

MOST_SKILLS = 8
SLOPES = ("cpr", "shock", "crew")


def check_brief(brief: Brief, doc: Document) -> list[Fault]:
    """Return every fault of meaning in a brief that is sound in form."""
    return [
        *(fault for check in OF_FAMILY[brief.family] for fault in check(brief, doc)),
        *_check_changes(brief.changes, ("changes",), brief, doc),
        *(
            fault
            for s in brief.surprises
            for fault in _check_changes(s.changes, ("surprises", s.id, "changes"), brief, doc)
        ),
        *_check_year(brief, doc),
        *_check_published(brief, doc),
        *check_together(brief, doc),
    ]


def _check_curves(brief: Brief, doc: Document) -> list[Fault]:
    faults = []
    for curve in brief.curves:
        for row in ("severe", "other"):
            for clock in SLOPES:
                name = f"curves.{curve.id}.{row}_{clock}"
                q = brief.numbers.get(name)
                if q is not None and max(q.value, q.high) > 0.0:
                    place = doc.place(("curves", curve.id, "numbers", f"{row}_{clock}"))
                    faults.append(
                        Fault("BRF007", place, f"the slope reaches {max(q.value, q.high):g} a minute")
                    )
    ids = [c.id for c in brief.curves]
    choice = brief.choices.get("outcome.curve")
    faults += [
        Fault("BRF014", doc.place(("curve", "one_of", option)), f'no curve "{option}"', nearest(option, ids))
        for option in (choice.options if choice else ())
        if option not in ids
    ]
    if any(k.has_outcome for k in brief.kinds) and choice is None:
        faults.append(
            Fault(
                "BRF003",
                doc.place(()),
                '"curve" is missing: a kind has an outcome, and no survival curve is chosen',
            )
        )
    return faults


def _check_headline(brief: Brief, doc: Document) -> list[Fault]:
    ids = [k.id for k in brief.kinds]
    named = [(("headline", "kind"), brief.headline_kind)]
    named += [(("headline", "urgent"), k) for k in brief.urgent_kinds]
    faults = [
        Fault("BRF014", doc.place(path), f'no kind of request "{name}"', nearest(name, ids))
        for path, name in named
        if name not in ids
    ]
    has_outcome = {k.id: k.has_outcome for k in brief.kinds}
    if any(has_outcome.values()) and not has_outcome.get(brief.headline_kind, True):
        faults.append(Fault("BRF016", doc.place(("headline", "kind")), f'"{brief.headline_kind}"'))
    return faults


def _check_hospitals(brief: Brief, doc: Document) -> list[Fault]:
    conveyed = [k for k in brief.kinds if _highest(brief, f"kinds.{k.id}.convey_share") > 0.0]
    if brief.locality.hospitals or not conveyed:
        return []
    what = f'"hospitals" is missing: "{conveyed[0].id}" is conveyed'
    return [Fault("BRF003", doc.place(("place",)), what)]


def _highest(brief: Brief, name: str) -> float:
    return brief.numbers[name].high if name in brief.numbers else 0.0


def _check_outcomes(brief: Brief, doc: Document) -> list[Fault]:
    return [
        Fault("BRF017", doc.place(("kinds", kind.id, "numbers", name)), f'"{kind.id}" has an outcome')
        for kind in brief.kinds
        for name in ("repeat_share", "away_return_share", "self_share")
        if kind.has_outcome and _highest(brief, f"kinds.{kind.id}.{name}") > 0.0
    ]


def _check_changes(changes: Sequence[Change], path: Path, brief: Brief, doc: Document) -> list[Fault]:
    faults = []
    known = ["today", *(d.id for d in brief.designs)]
    for i, change in enumerate(changes):
        faults += [
            Fault("BRF014", doc.place((*path, i, "only")), f'no design "{name}"', nearest(name, known))
            for name in change.only
            if name not in known
        ]
        for name, factor in change.multiply:
            place = doc.place((*path, i, "multiply", name))
            spec = spec_of(name, brief.family)
            if name not in brief.numbers or spec is None:
                faults.append(Fault("MEC004", place, f'"{name}"', nearest(name, list(brief.numbers))))
            elif not spec.is_dated:
                faults.append(Fault("MEC007", place, f'"{name}"'))
            else:
                q = brief.numbers[name]
                ends = sorted((q.low * factor, q.high * factor))
                if factor < 0.0 or not spec.least <= ends[0] <= ends[1] <= spec.most:
                    reach = f"{ends[0]:g} to {ends[1]:g}, allowed {spec.least:g} to {spec.most:g}"
                    what = f"a factor of {factor:g} leads to {reach}"
                    faults.append(Fault("QTY006", place, what))
    return faults


def _check_risks(brief: Brief, doc: Document) -> list[Fault]:
    return [
        Fault("BRF006", doc.place(("kinds", k.id)), "every age has risk 0: the need would arise nowhere")
        for k in brief.kinds
        if all(
            brief.numbers[f"kinds.{k.id}.risk_{age}"].low <= 0.0 for age in ("under_18", "18_64", "65_plus")
        )
    ]


def _check_hours(_: Brief, doc: Document) -> list[Fault]:
    hours, sources = doc.values["span"]["hours"], list(doc.values["sources"])
    return provenance_faults(hours.get("source"), hours.get("assumption"), doc, ("span", "hours"), sources)


def _check_year(brief: Brief, doc: Document) -> list[Fault]:
    if brief.price_year in GDP_DEFLATOR:
        return []
    what = f"{brief.price_year}: the table runs from {min(GDP_DEFLATOR)} to {max(GDP_DEFLATOR)}"
    return [Fault("QTY008", doc.place(("price_year",)), what)]


def _check_skills(brief: Brief, doc: Document) -> list[Fault]:
    names = {s for kind in brief.kinds for s in kind.needs} | {
        s for shift in brief.shifts for s in shift.skills
    }
    return (
        [Fault("BRF015", doc.place(("kinds",)), f"{len(names)} skills are named")]
        if len(names) > MOST_SKILLS
        else []
    )


def _check_published(brief: Brief, doc: Document) -> list[Fault]:
    sources = list(brief.sources)
    faults = []
    for i, p in enumerate(brief.published):
        faults += provenance_faults(p.source, "", doc, ("published", i), sources)
        known = ["today", *(d.id for d in brief.designs)]
        if p.design not in known:
            place = doc.place(("published", i, "design"))
            faults.append(Fault("BRF014", place, f'no design "{p.design}"', nearest(p.design, known)))
    return faults


OF_FAMILY: dict[str, tuple[Callable[[Brief, Document], list[Fault]], ...]] = {
    "response": (
        _check_curves,
        _check_headline,
        _check_outcomes,
        _check_hospitals,
        _check_skills,
        _check_risks,
        _check_hours,
    ),
    "caseload": (check_patterns, check_fates, check_people, check_zones),
    "commons": (
        check_dates,
        check_estate,
        check_returns,
        check_spending,
        check_tapers,
        check_projects,
        check_zones,
    ),
}
