"""The rules in force for a brief: the catalogue's, softened where it says so, and the place's own beside it."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from remit.briefs.brief import Brief
from remit.catalogue.catalogue import Catalogue
from remit.consistency.explain import explain_rules
from remit.consistency.rules import RuleBook, add_local, raise_all, soften, standard_rules
from remit.consistency.space import Space
from remit.consistency.verdict import check
from remit.design.design import Design
from remit.ground.document import Document, parse_document
from remit.ground.faults import Fault, Faults, Place, fail

ReadText = Callable[[Path], str]


def rules_of(
    brief: Brief, today: Design, doc: Document, read_text: ReadText, catalogue: Catalogue
) -> RuleBook:
    """Return the rules of a brief.

    Raises:
        Faults: CON002 and CON003 in what it softens, CON008 a rule file elsewhere, and everything wrong with
            the place's own rules.
    """
    book, faults = soften(standard_rules(catalogue), brief.soften, doc, ("soften",))
    if brief.local_rules:
        inner = PurePosixPath(brief.local_rules)
        folder = Path(brief.file).parent
        is_inside = not inner.is_absolute() and (folder / inner).resolve().is_relative_to(folder.resolve())
        if not is_inside or ".." in inner.parts:
            faults.append(Fault("CON008", doc.place(("local_rules",)), f'"{brief.local_rules}"'))
        else:
            try:
                book = local_rules(book, folder / inner, today, read_text, catalogue)
            except Faults as found:
                faults += found.faults
    raise_all(faults)
    return book


def local_rules(
    book: RuleBook, file: Path, today: Design, read_text: ReadText, catalogue: Catalogue
) -> RuleBook:
    """Return the rules with those of a file added.

    Raises:
        Faults: what is wrong with the file, CON004 a rule that today's service breaks, CON005 no design left.
    """
    doc = parse_document(read_text(file), str(file))
    grown, faults = add_local(book, doc, catalogue)
    raise_all(faults)
    was_broken = {f.rule.id for f in check(today, today, book, (), catalogue).broken}
    for finding in check(today, today, grown, (), catalogue).broken:
        if finding.rule.id not in was_broken:
            what = f'"{finding.rule.id}" forbids {"; ".join(finding.settings)}, which today\'s service has'
            faults.append(Fault("CON004", _place_of(finding.rule.id, doc), what))
    raise_all(faults)
    clash = explain_rules(Space(catalogue, grown))
    if clash:
        raise fail("CON005", ", ".join(clash), file=str(file))
    return grown


def _place_of(rule: str, doc: Document) -> Place:
    listed = doc.values.get("rules", [])
    at = next((i for i, r in enumerate(listed) if r.get("id") == rule), 0)
    return doc.place(("rules", at))
