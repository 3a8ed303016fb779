"""Finding and checking briefs: from the gallery by name, or from a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from remit.briefs.brief import Brief
from remit.briefs.parse import parse_brief
from remit.briefs.vocabulary import FAMILIES, SHARED
from remit.catalogue.catalogue import load_catalogue
from remit.consistency.rules import RuleBook, standard_rules
from remit.design.design import TODAY, Design
from remit.design.parse import designs_of, parse_settings
from remit.ground.document import Document, parse_document
from remit.ground.faults import Fault, Faults, fail, nearest
from remit.mechanism.effect import load_effects
from remit.mechanism.solve import solve_designs
from remit.simulate.outcomes import outcome_columns
from remit.workbench.design_file import design_file_faults
from remit.workbench.rules import rules_of

ReadText = Callable[[Path], str]
NOT_BRIEFS = frozenset({*FAMILIES, SHARED.removesuffix(".yaml")})  # vocabularies beside the gallery


@dataclass(frozen=True)
class OpenBrief:
    """A brief with its designs."""

    brief: Brief
    written: dict[str, Design]  # as the brief writes them, levels not worked out yet
    book: RuleBook  # the rules in force here

    @cached_property
    def designs(self) -> dict[str, Design]:
        """Every design with its levels worked out."""
        return self.solved(list(self.written))

    def solved(self, names: Sequence[str]) -> dict[str, Design]:
        """Return some designs with their levels worked out, for this place and these numbers.

        Raises:
            Faults: DSN003 a level would have to be out of range, DSN005, DSN008.
        """
        return solve_designs(
            names, self.written, self.brief, load_effects(self.brief.family), load_catalogue()
        )


def gallery() -> list[str]:
    """Return the names of the briefs that come with Remit."""
    folder = resources.files("remit.briefs").joinpath("data")
    names = (p.name.removesuffix(".yaml") for p in folder.iterdir() if p.name.endswith(".yaml"))
    return sorted(n for n in names if n not in NOT_BRIEFS)


def read_brief(name: str, read_text: ReadText) -> tuple[str, str]:
    """Return (text, file) of a gallery brief by name, or of a file by path.

    Raises:
        Faults: BRF008 neither, DOC001 unreadable.
    """
    if name in gallery():
        file = f"{name}.yaml"
        return resources.files("remit.briefs").joinpath("data", file).read_text("utf-8"), file
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or _exists(path):
        return read_text(path), str(path)
    raise fail("BRF008", f'"{name}" is neither in the gallery nor a .yaml file', fix=nearest(name, gallery()))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that no file can have
        return False


def open_brief(name: str, read_text: ReadText) -> OpenBrief:
    """Return a brief and its designs.

    Raises:
        Faults: everything wrong with the brief, its designs, or both.
    """
    text, file = read_brief(name, read_text)
    return _open(text, file, read_text)


def _open(text: str, file: str, read_text: ReadText) -> OpenBrief:
    catalogue = load_catalogue()
    doc = parse_document(text, file)
    faults: list[Fault] = []
    brief: Brief | None = None
    try:
        brief = parse_brief(text, file)
    except Faults as found:
        faults += found.faults
    if brief is None:
        faults += _design_faults(doc)
        raise Faults(faults)
    opened = OpenBrief(brief, designs_of(brief, catalogue, doc), standard_rules(catalogue))
    faults = _unknown_comparisons(brief, doc)
    try:
        _ = opened.designs  # a level that cannot be worked out is a fault of the brief
        opened = replace(opened, book=rules_of(brief, opened.designs[TODAY], doc, read_text, catalogue))
    except Faults as found:
        faults += found.faults
    if faults:
        raise Faults(faults)
    return opened


def surprised(opened: OpenBrief, name: str) -> OpenBrief:
    """Return a brief in which a surprise comes true; as it is if none is named.

    Raises:
        Faults: BRF014 it has none of that name.
    """
    if not name:
        return opened
    known = [s.id for s in opened.brief.surprises]
    if name not in known:
        fix = nearest(name, known) or "This brief has none."
        raise fail("BRF014", f'no surprise "{name}"', path="surprises", fix=fix)
    return replace(opened, brief=opened.brief.surprised(name))


def _unknown_comparisons(brief: Brief, doc: Document) -> list[Fault]:
    """Return a fault for each published result that is held against an outcome there is not."""
    known = outcome_columns(brief)
    return [
        Fault(
            "BRF014",
            doc.place(("published", i, "compare")),
            f'no outcome "{p.compare}"',
            nearest(p.compare, known),
        )
        for i, p in enumerate(brief.published)
        if p.compare and p.compare not in known
    ]


def _design_faults(doc: Document) -> list[Fault]:
    """Return faults of settings in a brief whose other parts are faulty, so that all are told at once."""
    catalogue = load_catalogue()
    raw = doc.values if isinstance(doc.values, dict) else {}
    faults: list[Fault] = []
    if isinstance(raw.get("today"), dict):
        _, found = parse_settings(raw["today"], catalogue, doc, ("today",))
        faults += found
        faults += [
            Fault("DSN004", doc.place(("today",)), f'"{v}" is not set')
            for v in catalogue.variables
            if v not in raw["today"]
        ]
    designs: dict[str, Any] = raw["designs"] if isinstance(raw.get("designs"), dict) else {}
    names = tuple(designs)
    for name, design in designs.items():
        if isinstance(design, dict) and isinstance(design.get("settings"), dict):
            path = ("designs", name, "settings")
            faults += parse_settings(design["settings"], catalogue, doc, path, names)[1]
    return faults


def check_text(text: str, file: str, read_text: ReadText) -> str:
    """Return what a file is and that it is sound; raise ``Faults`` with all that is wrong.

    A file with a ``design`` key is a design; anything else is read as a brief.
    """
    doc = parse_document(text, file)
    if isinstance(doc.values, dict) and "design" in doc.values and "remit" not in doc.values:
        return _check_design(doc.values, doc)
    opened = _open(text, file, read_text)
    return f"brief {opened.brief.id}: {len(opened.brief.given)} numbers, {len(opened.designs)} designs"


def _check_design(raw: dict[str, Any], doc: Document) -> str:
    faults = design_file_faults(doc)
    if "settings" in raw:
        faults += parse_settings(raw["settings"], load_catalogue(), doc, ("settings",))[1]
    if faults:
        raise Faults(faults)
    return f"design {raw['design']}: {len(raw['settings'])} settings"
