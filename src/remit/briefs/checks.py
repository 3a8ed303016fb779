"""What a brief's numbers must satisfy together."""

from remit.briefs.brief import Brief
from remit.briefs.vocabulary import spec_of
from remit.ground.deflator import GDP_DEFLATOR
from remit.ground.document import Document
from remit.ground.faults import Fault, nearest

MOST_SKILLS = 8
SLOPES = ("cpr", "shock", "crew")


def check_brief(brief: Brief, doc: Document) -> list[Fault]:
    """Return every fault of meaning in a brief that is sound in form."""
    return [
        *_check_curves(brief, doc),
        *_check_headline(brief, doc),
        *_check_changes(brief, doc),
        *_check_skills(brief, doc),
        *_check_risks(brief, doc),
        *_check_year(brief, doc),
        *_check_hours(doc),
        *_check_published(brief, doc),
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
                    faults.append(Fault("BRF007", place, f"{max(q.value, q.high):g} a minute"))
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
    if any(k.id == brief.headline_kind and not k.has_outcome for k in brief.kinds):
        faults.append(Fault("BRF016", doc.place(("headline", "kind")), f'"{brief.headline_kind}"'))
    return faults


def _check_changes(brief: Brief, doc: Document) -> list[Fault]:
    faults = []
    for i, change in enumerate(brief.changes):
        for name, factor in change.multiply:
            place = doc.place(("changes", i, "multiply", name))
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


def _check_hours(doc: Document) -> list[Fault]:
    hours = doc.values["span"]["hours"]
    source = hours.get("source")
    if not source and not hours.get("assumption"):
        return [Fault("QTY003", doc.place(("span", "hours")), "neither source nor assumption")]
    if source and source not in doc.values["sources"]:
        return [Fault("QTY004", doc.place(("span", "hours", "source")), f'source "{source}" is not listed')]
    return []


def _check_year(brief: Brief, doc: Document) -> list[Fault]:
    if brief.price_year in GDP_DEFLATOR:
        return []
    what = f"{brief.price_year}: the table runs from {min(GDP_DEFLATOR)} to {max(GDP_DEFLATOR)}"
    return [Fault("QTY008", doc.place(("price_year",)), what)]


def _check_skills(brief: Brief, doc: Document) -> list[Fault]:
    names = {s for kind in brief.kinds for s in kind.needs} | {
        s for shift in brief.shifts for s in shift.skills
    }
    return [Fault("BRF015", doc.place(("kinds",)), f"{len(names)} named")] if len(names) > MOST_SKILLS else []


def _check_published(brief: Brief, doc: Document) -> list[Fault]:
    return [
        Fault(
            "QTY004",
            doc.place(("published", i, "source")),
            f'source "{p.source}" is not listed',
            nearest(p.source, list(brief.sources)),
        )
        for i, p in enumerate(brief.published)
        if p.source not in brief.sources
    ]
