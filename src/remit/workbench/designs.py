"""A design by whatever a person calls it: an archetype, a file, a design of a brief, or settings typed out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from remit.catalogue.catalogue import Catalogue, load_catalogue
from remit.catalogue.changes import load_changes
from remit.consistency.nearest import Near, Wish, nearest_designs
from remit.consistency.plan import Ground, met_by
from remit.consistency.rules import standard_rules
from remit.consistency.space import Choice, Space, choices_of, level_in
from remit.design.design import TODAY, Design, Setting, Solved
from remit.design.parse import parse_settings
from remit.ground.document import Document, parse_document
from remit.ground.document import Path as KeyPath
from remit.ground.faults import Fault, Faults, fail, nearest
from remit.workbench.briefs import OpenBrief, gallery, open_brief
from remit.workbench.design_file import design_file_faults
from remit.workbench.rules import local_rules

ReadText = Callable[[Path], str]
TYPICAL = "a typical service"


@dataclass(frozen=True)
class Standpoint:
    """Where designs are judged: today's service, the rules in force, the conditions this place has."""

    today: Design
    ground: Ground
    opened: OpenBrief | None
    name: str  # of the place or brief, for people

    @property
    def catalogue(self) -> Catalogue:
        """The framework."""
        return self.ground.catalogue

    def space(self) -> Space:
        """Return the space of designs under these rules."""
        return Space(self.catalogue, self.ground.book)


@dataclass(frozen=True)
class Proposal:
    """A whole design, and which of its settings were stated rather than taken from today."""

    design: Design
    stated: tuple[str, ...]
    choices: tuple[Choice, ...]  # what was stated, as choices
    is_typed: bool = False  # typed out, setting by setting, rather than a file or a name


def stand_on(opened: OpenBrief | None, rules: Path | None, read_text: ReadText) -> Standpoint:
    """Return where designs are judged: a brief's place, or a typical service where none is named.

    Raises:
        Faults: everything wrong with a file of local rules.
    """
    catalogue = load_catalogue()
    if opened is None:
        today = typical(catalogue)
        book = standard_rules(catalogue)
        granted: tuple[str, ...] = tuple(c.id for c in catalogue.conditions.values() if c.today)
        name = TYPICAL
    else:
        today, book = opened.designs[TODAY], opened.book
        granted, name = opened.brief.conditions_met, opened.brief.title
    if rules is not None:
        book = local_rules(book, rules, today, read_text, catalogue)
    ground = Ground(book, met_by(today, granted, catalogue), catalogue, load_changes())
    return Standpoint(today, ground, opened, name)


def typical(catalogue: Catalogue) -> Design:
    """Return the service that the catalogue calls typical: each variable's typical setting."""
    raw = {v.id: v.typical for v in catalogue.variables.values()}
    settings, faults = parse_settings(raw, catalogue, Document("variables.yaml", {}, {}), ())
    if faults:
        raise Faults(faults)
    return Design(TODAY, "A typical service of today", MappingProxyType(settings))


def propose(text: str, place: Standpoint, read_text: ReadText) -> Proposal:
    """Return the design that a person means by ``text``.

    ``variable=option, variable=main+also`` sets those and leaves the rest as today. A name is a design of the
    brief at hand, else an archetype's whole row, else ``BRIEF/DESIGN``, else a design file.

    Raises:
        Faults: DSN001 to DSN006, DOC for a file that cannot be read.
    """
    name = text.strip()
    opened = place.opened
    if "=" in name:
        return _from_text(name, place)
    if opened is not None and name in opened.written:
        return _whole(opened.designs[name], place)
    if name == TODAY:
        return _whole(place.today, place)
    if name in place.catalogue.archetypes:
        return _from_archetype(name, place)
    brief, _, design = name.rpartition("/")
    if brief and (brief in gallery() or brief.endswith((".yaml", ".yml"))):
        other = open_brief(brief, read_text)
        if design not in other.designs:
            raise fail("DSN007", f'"{design}"', fix=nearest(design, list(other.designs)))
        return _whole(other.designs[design], place)
    if name.endswith((".yaml", ".yml")):
        return _from_file(Path(name), place, read_text)
    raise fail("DSN006", f'"{name}"', fix=_what_was_meant(name, place))


def _what_was_meant(name: str, place: Standpoint) -> str:
    """Return advice on a name that leads nowhere: the way to write an option, a design of a brief, a file."""
    word, _, value = name.replace(":", "=").partition("=")
    owners = [v.id for v in place.catalogue.variables.values() if word in v.options or word in v.bands]
    if value and word in place.catalogue.variables:
        return f"Settings are typed as {word}={value.strip()}."
    if owners:
        return f"Settings are typed as {owners[0]}={word}."
    if name in gallery():
        return f"It is a brief; name one of its designs: {name}/DESIGN."
    known = [*place.catalogue.archetypes, *(place.opened.written if place.opened else ())]
    return nearest(name, known) or "A design file ends in .yaml."


def _whole(design: Design, place: Standpoint) -> Proposal:
    variables = tuple(place.catalogue.variables)
    ordered = replace(design, settings=MappingProxyType({v: design.settings[v] for v in variables}))
    return Proposal(ordered, variables, tuple(choices_of(ordered, place.catalogue, variables)))


def _from_archetype(name: str, place: Standpoint) -> Proposal:
    archetype = place.catalogue.archetypes[name]
    settings, faults = parse_settings(
        archetype.settings, place.catalogue, Document("archetypes.yaml", {}, {}), ()
    )
    if faults:
        raise Faults(faults)
    return _whole(Design(name, archetype.name, MappingProxyType(settings)), place)


def _from_text(text: str, place: Standpoint) -> Proposal:
    raw: dict[str, object] = {}
    faults: list[Fault] = []
    doc = Document("settings", {}, {})
    for part in (p.strip() for p in text.split(",") if p.strip()):
        name, sep, value = (x.strip() for x in part.partition("="))
        if not sep:
            advice = "Options of one setting are joined by +, settings by commas."
            faults.append(Fault("DSN005", doc.place(()), f'"{part}" is not variable=option', advice))
        elif name in raw:
            advice = (
                "Name it once; where a setting takes several options, join them by +, the main one first."
            )
            faults.append(Fault("DSN005", doc.place((name,)), f"{name} is set twice", advice))
        else:
            raw[name] = _value(name, value, place.catalogue)
    found = _stated(raw, "yours", f"Today with {text.strip()}", doc, (), place, faults)
    return replace(found, is_typed=True)


def _value(name: str, text: str, catalogue: Catalogue) -> object:
    variable = catalogue.variables.get(name)
    if variable is None or variable.kind == "options":
        return text
    if variable.kind == "multi":
        main, *also = (x.strip() for x in text.split("+"))
        return {"main": main, "also": also}
    try:
        return float(text)
    except ValueError:
        return text


def in_bands(raw: object, place: Standpoint) -> object:
    """Return settings with bands written as levels: today's own level where it lies in the band, else the nearest."""
    if not isinstance(raw, dict):
        return raw
    told = dict(raw)
    for name, value in raw.items():
        variable = place.catalogue.variables.get(name)
        if variable is not None and isinstance(value, str) and value in variable.bands:
            today = place.today.settings[name]
            told[name] = level_in(variable, value, today if isinstance(today, float) else None)
    return told


def _from_file(file: Path, place: Standpoint, read_text: ReadText) -> Proposal:
    doc = parse_document(read_text(file), str(file))
    raw = doc.values
    if isinstance(raw, dict) and "remit" in raw:
        raise fail("DSN006", "it is a brief", file=str(file), fix=f"Name one of its designs: {file}/DESIGN")
    faults = design_file_faults(doc)
    if faults:
        raise Faults(faults)
    title = str(raw.get("title") or raw["design"])
    return _stated(raw["settings"], raw["design"], title, doc, ("settings",), place, [])


def _stated(
    raw: object, name: str, title: str, doc: Document, at: KeyPath, place: Standpoint, faults: list[Fault]
) -> Proposal:
    settings, found = parse_settings(in_bands(raw, place), place.catalogue, doc, at)
    found += [
        Fault("DSN005", doc.place((*at, v)), "a level is worked out only within a brief", "Write the number.")
        for v, s in settings.items()
        if isinstance(s, Solved)
    ]
    if faults or found:
        raise Faults([*faults, *found])
    ordered: dict[str, Setting] = {
        v: settings.get(v, place.today.settings[v]) for v in place.catalogue.variables
    }
    stated = tuple(v for v in ordered if v in settings)
    design = Design(name, title, MappingProxyType(ordered))
    return Proposal(design, stated, _spoken(design, stated, place.catalogue))


def _spoken(design: Design, stated: tuple[str, ...], catalogue: Catalogue) -> tuple[Choice, ...]:
    """Return what was stated as choices; options that were not named beside a main one are left open."""
    return tuple(c for c in choices_of(design, catalogue, stated) if c.kind != "has_not")


def grown_from_signature(name: str, place: Standpoint) -> Near | None:
    """Return an archetype as this place would have it: today, its signature and public role, the fewest repairs.

    None where no consistent design has that signature.
    """
    archetype = place.catalogue.archetypes[name]
    roles = set(place.catalogue.roles)
    role = next(v.id for v in place.catalogue.variables.values() if set(v.options) == roles)
    variables = tuple(v for v in place.catalogue.variables if v in (*archetype.signature, role))
    whole = _from_archetype(name, place).design
    design = Design(
        name,
        archetype.name,
        MappingProxyType({**place.today.settings, **{v: whole.settings[v] for v in variables}}),
        archetype.gist,
    )
    keep = tuple(choices_of(design, place.catalogue, variables))
    found = nearest_designs(
        design, Wish(keep=keep, met=place.ground.met, n=1), place.space(), place.ground.changes
    )
    return found[0] if found else None
