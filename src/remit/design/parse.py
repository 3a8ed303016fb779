"""Raw settings to Design, with every fault at its line."""

from types import MappingProxyType
from typing import Any

from remit.briefs.brief import Brief
from remit.catalogue.catalogue import Catalogue
from remit.catalogue.schema import Variable
from remit.design.design import TODAY, Design, Setting, Several, Solved
from remit.ground.document import Document, Path
from remit.ground.faults import Fault, Faults, fail, nearest


def parse_settings(
    raw: Any, catalogue: Catalogue, doc: Document, path: Path, designs: tuple[str, ...] = ()
) -> tuple[dict[str, Setting], list[Fault]]:
    """Return the settings written in ``raw`` and every fault among them.

    ``designs`` are the names that a solved level may refer to.
    """
    if not isinstance(raw, dict):
        return {}, [Fault("DSN005", doc.place(path), "settings are written as variable: option")]
    settings: dict[str, Setting] = {}
    faults: list[Fault] = []
    for name, value in raw.items():
        at = path + (name,)
        variable = catalogue.variables.get(name)
        if variable is None:
            faults.append(
                Fault("DSN001", doc.place(at), f'"{name}"', nearest(str(name), list(catalogue.variables)))
            )
            continue
        setting, found = _parse_setting(value, variable, doc, at, designs)
        faults += found
        if setting is not None:
            settings[name] = setting
    return settings, faults


def _parse_setting(
    value: Any, variable: Variable, doc: Document, at: Path, designs: tuple[str, ...]
) -> tuple[Setting | None, list[Fault]]:
    if variable.kind == "level":
        return _parse_level(value, variable, doc, at, designs)
    if variable.kind == "multi":
        return _parse_several(value, variable, doc, at)
    if not isinstance(value, str):
        return None, [
            Fault(
                "DSN005", doc.place(at), f"one option, found {value!r}", nearest("", list(variable.options))
            )
        ]
    return (value, []) if value in variable.options else (None, [_unknown(value, variable, doc, at)])


def _unknown(value: str, variable: Variable, doc: Document, at: Path) -> Fault:
    known = list(variable.options)
    return Fault(
        "DSN002",
        doc.place(at),
        f'{variable.name} has no option "{value}"',
        nearest(value, known) or "Known: " + ", ".join(known) + ".",
    )


def _parse_level(
    value: Any, variable: Variable, doc: Document, at: Path, designs: tuple[str, ...]
) -> tuple[Setting | None, list[Fault]]:
    if isinstance(value, dict) and len(value) == 1:
        ((key, wanted),) = value.items()
        if key == "equal_cost_to" and wanted in (TODAY, *designs):
            return Solved(equal_cost_to=wanted), []
        if key == "more_crews" and isinstance(wanted, int | float):
            return Solved(more_crews=float(wanted)), []
        if key == "equal_cost_to":
            return None, [
                Fault("DSN007", doc.place(at), f'no design "{wanted}"', nearest(str(wanted), designs))
            ]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None, [
            Fault("DSN005", doc.place(at), f"{variable.name} is a number ({variable.unit}), found {value!r}")
        ]
    low, high = variable.min or 0.0, variable.max or 0.0
    if not low <= value <= high:
        return None, [
            Fault(
                "DSN003",
                doc.place(at),
                f"{variable.name} runs from {low:g} to {high:g} ({variable.unit}), found {value:g}",
            )
        ]
    return float(value), []


def _parse_several(
    value: Any, variable: Variable, doc: Document, at: Path
) -> tuple[Setting | None, list[Fault]]:
    if isinstance(value, str):
        value = {"main": value}
    if not isinstance(value, dict) or not isinstance(value.get("main"), str) or set(value) - {"main", "also"}:
        return None, [
            Fault("DSN005", doc.place(at), f"{variable.name} is written {{main: option, also: [options]}}")
        ]
    also = value.get("also") or []
    if not isinstance(also, list) or not all(isinstance(a, str) for a in also):
        what = f"{variable.name}: also is a list of options, found {also!r}"
        return None, [Fault("DSN005", doc.place(at + ("also",)), what)]
    named = [value["main"], *also]
    faults = [_unknown(str(n), variable, doc, at) for n in named if n not in variable.options]
    if faults:
        return None, faults
    return Several(value["main"], tuple(dict.fromkeys(a for a in also if a != value["main"]))), []


def designs_of(brief: Brief, catalogue: Catalogue, doc: Document) -> dict[str, Design]:
    """Return today's design and those to compare, in the brief's order.

    Raises:
        Faults: DSN in today's settings or in any design's.
    """
    today, faults = parse_settings(brief.today, catalogue, doc, ("today",))
    missing = [v for v in catalogue.variables if v not in today and v not in brief.today]
    faults += [Fault("DSN004", doc.place(("today",)), f'"{v}" is not set') for v in missing]
    ordered = {v: today[v] for v in catalogue.variables if v in today}
    designs = {TODAY: Design(TODAY, "Today's service", MappingProxyType(ordered))}
    names = tuple(d.id for d in brief.designs)
    for text in brief.designs:
        changes, found = parse_settings(
            text.settings, catalogue, doc, ("designs", text.id, "settings"), names
        )
        faults += found
        if text.id == TODAY:
            faults.append(
                Fault("BRF009", doc.place(("designs", TODAY)), f'"{TODAY}" is the name of today\'s service')
            )
        designs[text.id] = Design(text.id, text.title, MappingProxyType({**ordered, **changes}), text.why)
    faults += [
        Fault("CON001", doc.place(("conditions_met", i)), f'"{c}"', nearest(c, list(catalogue.conditions)))
        for i, c in enumerate(brief.conditions_met)
        if c not in catalogue.conditions
    ]
    if faults:
        raise Faults(faults)
    return designs


def turn(today: Design, assignment: str, catalogue: Catalogue) -> Design:
    """Return today's design with one setting turned, from text such as ``staff=1.1``.

    Several options of one setting are joined by plus signs, the first the main one.

    Raises:
        Faults: DSN001 to DSN005.
    """
    name, sep, text = assignment.partition("=")
    if not sep:
        raise fail(
            "CLI001", f'--set "{assignment}"', fix="Write --set VARIABLE=OPTION, for example --set staff=1.1"
        )
    doc = Document("--set", {}, {})
    variable = catalogue.variables.get(name.strip())
    value: Any = text.strip()
    if variable is not None and variable.kind == "level":
        try:
            value = float(text)
        except ValueError:
            value = variable.bands.get(text.strip(), text.strip())
    elif variable is not None and variable.kind == "multi":
        main, *also = text.strip().split("+")
        value = {"main": main, "also": also}
    settings, faults = parse_settings({name.strip(): value}, catalogue, doc, ())
    if faults:
        raise Faults(faults)
    return Design(assignment, f"Today with {assignment}", MappingProxyType({**today.settings, **settings}))
