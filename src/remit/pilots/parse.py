"""Text to Protocol: a pilot's design file checked at the door, every fault at once."""

import math
from types import MappingProxyType

from pydantic import ValidationError

from remit.ground.document import Document, Path, parse_document
from remit.ground.faults import Fault, Faults, nearest
from remit.ground.quantity import Quantity
from remit.ground.reading import faults_of, read_quantity
from remit.ground.units import UNITS, find_unit, nearest_unit
from remit.pilots.numbers import NUMBERS, OUTCOME
from remit.pilots.protocol import ID, Analysis, Arm, Constraints, Outcome, Protocol, Source, UnitTable
from remit.pilots.schema import ArmIn, ConstraintsIn, OutcomeIn, PilotIn, UnitsIn

FORMAT = "pilot"
NEAR_ONE = 0.005  # thirds are written as 0.33
DIMENSIONS_OF = {"binary": ("share",), "rate": ("incidence", "rate")}
WEDGE = "stepped_wedge"


def parse_pilot(text: str, file: str) -> Protocol:
    """Return the protocol in ``text``.

    Raises:
        Faults: DOC not YAML; PIL001 not a pilot's design; BRF001 to BRF003, QTY and PIL, all together.
    """
    doc = parse_document(text, file)
    if not isinstance(doc.values, dict) or doc.values.get(FORMAT) != 1:
        found = doc.values.get(FORMAT) if isinstance(doc.values, dict) else None
        what = (
            "it does not begin with pilot: 1"
            if found is None
            else f"pilot: {found} is not a format known here"
        )
        raise Faults([Fault("PIL001", doc.place((FORMAT,)), what)])
    try:
        given = PilotIn.model_validate(doc.values)
    except ValidationError as error:
        raise Faults(faults_of(error, PilotIn, doc, ())) from None
    assume, faults = _assume(given, doc)
    faults = _outcome_faults(given, doc) + faults
    table, found_in_units = _units(given.units, doc)
    constraints, found_in_constraints = _constraints(given, table, doc)
    faults += found_in_units + found_in_constraints + _column_faults(given, doc)
    arms, found_in_arms = _arms(given.arms, doc)
    faults += found_in_arms
    if faults:
        raise Faults(faults)
    return _protocol(given, table, constraints, arms, assume)


def _protocol(
    given: PilotIn,
    table: UnitTable | None,
    constraints: Constraints,
    arms: tuple[Arm, ...],
    assume: dict[str, Quantity],
) -> Protocol:
    analysis = given.analysis
    return Protocol(
        id=given.id,
        title=given.title,
        question=given.question,
        design=given.design,
        outcome=_outcome(given.outcome),
        unit=given.unit,
        arms=arms,
        other_outcomes=tuple(_outcome(o) for o in given.other_outcomes),
        units=table,
        constraints=constraints,
        alpha=given.alpha,
        power=given.power,
        sides=given.sides,
        analysis=Analysis(analysis.primary or "", tuple(analysis.covariates), analysis.permutations),
        stopping=given.stopping,
        assume=MappingProxyType(assume),
        sources=MappingProxyType({k: Source(s.cite, s.url, s.status) for k, s in given.sources.items()}),
        notes=given.notes,
    )


def _outcome(given: OutcomeIn) -> Outcome:
    return Outcome(given.name, given.kind, given.unit, given.better, given.title)


def _outcome_faults(given: PilotIn, doc: Document) -> list[Fault]:
    faults: list[Fault] = []
    named: list[tuple[Path, OutcomeIn]] = [(("outcome",), given.outcome)]
    named += [(("other_outcomes", i), o) for i, o in enumerate(given.other_outcomes)]
    seen: set[str] = set()
    for path, outcome in named:
        unit = find_unit(outcome.unit)
        at = doc.place((*path, "unit"))
        wanted = DIMENSIONS_OF.get(outcome.kind)
        if unit is None:
            what = f'unit "{outcome.unit}" is not known'
            faults.append(Fault("QTY001", at, what, nearest_unit(outcome.unit)))
        elif wanted is not None and unit.dimension not in wanted:
            known = ", ".join(u.name for u in UNITS.values() if u.dimension in wanted)
            what = f'a {outcome.kind} outcome cannot be in "{outcome.unit}"'
            faults.append(Fault("PIL010", at, what, f"Use one of: {known}."))
        if outcome.name in seen:
            faults.append(
                Fault("PIL003", doc.place((*path, "name")), f'"{outcome.name}" is an outcome twice')
            )
        seen.add(outcome.name)
    return faults


def _arms(given: list[ArmIn], doc: Document) -> tuple[tuple[Arm, ...], list[Fault]]:
    faults = [
        Fault("PIL003", doc.place(("arms", i, "id")), f'"{arm.id}" is an arm twice')
        for i, arm in enumerate(given)
        if arm.id in [a.id for a in given[:i]]
    ]
    told = [a.share for a in given if a.share is not None]
    if told and (len(told) < len(given) or abs(sum(told) - 1.0) > NEAR_ONE * len(given)):
        what = (
            f"shares add up to {sum(told):g}"
            if len(told) == len(given)
            else "some arms have a share, some none"
        )
        faults.append(Fault("PIL002", doc.place(("arms",)), what))
    total = sum(told) or 1.0
    return tuple(
        Arm(a.id, a.title, 1.0 / len(given) if a.share is None else a.share / total) for a in given
    ), faults


def _units(given: UnitsIn | None, doc: Document) -> tuple[UnitTable | None, list[Fault]]:
    if given is None:
        return None, []
    faults = []
    if given.columns[0] != ID or len(set(given.columns)) < len(given.columns):
        what = f"columns: {', '.join(given.columns)}"
        faults.append(Fault("PIL004", doc.place(("units", "columns")), what))
    seen: set[str] = set()
    for i, row in enumerate(given.rows):
        at = doc.place(("units", "rows", i))
        if len(row) != len(given.columns) or any(cell == "" for cell in row):
            faults.append(
                Fault("PIL004", at, f"{len(row)} cells for {len(given.columns)} columns, none empty")
            )
        elif str(row[0]) in seen:
            faults.append(Fault("PIL003", at, f'"{row[0]}" is a unit twice'))
        seen.add(str(row[0]) if row else "")
    return UnitTable(tuple(given.columns), tuple(tuple(row) for row in given.rows)), faults


def _column_faults(given: PilotIn, doc: Document) -> list[Fault]:
    """Return the columns that are named and not there; where no units are listed, the data must have them."""
    if given.units is None:
        return []
    known = given.units.columns[1:]
    told = given.constraints
    named: list[tuple[Path, str]] = [(("constraints", "block"), told.block)] if told.block else []
    named += [(("constraints", "covariates", i), c) for i, c in enumerate(told.covariates)]
    return [
        Fault("PIL005", doc.place(path), f'there is no column "{name}"', nearest(name, known))
        for path, name in named
        if name not in known
    ]


def _constraints(given: PilotIn, table: UnitTable | None, doc: Document) -> tuple[Constraints, list[Fault]]:
    told = given.constraints
    method = told.method or (WEDGE if given.design == WEDGE else "simple")
    steps, per_step = _steps(told)
    faults = []
    at = doc.place(("constraints",))
    if (method == WEDGE) != (given.design == WEDGE):
        faults.append(Fault("PIL006", at, f"a {given.design} is not allocated by method {method}"))
    if method in ("blocked", "matched") and not told.block and not told.covariates:
        faults.append(Fault("PIL006", at, f"method {method} needs a block, or covariates to make one of"))
    if method == "constrained" and not told.covariates:
        faults.append(Fault("PIL006", at, "method constrained needs covariates to keep in balance"))
    if method == WEDGE and steps == 0:
        faults.append(Fault("PIL006", at, "a stepped wedge needs steps, or a pattern"))
    faults += _step_faults(told, steps, per_step, 0 if table is None else len(table.rows), doc)
    return Constraints(
        method=method,
        block=told.block,
        covariates=tuple(told.covariates),
        best_share=told.best_share,
        candidates=told.candidates,
        steps=steps,
        per_step=per_step,
        pattern=tuple(told.pattern),
    ), faults


def _steps(told: ConstraintsIn) -> tuple[int, tuple[int, ...]]:
    """Return the number of steps and the units at each; none where not told."""
    several = told.per_step if isinstance(told.per_step, list) else []
    steps = told.steps or len(told.pattern) or len(several)
    return steps, (told.per_step,) * steps if isinstance(told.per_step, int) else tuple(several)


def _step_faults(
    told: ConstraintsIn, steps: int, per_step: tuple[int, ...], n_units: int, doc: Document
) -> list[Fault]:
    faults = []
    if told.pattern and (len(told.pattern) != steps or len({len(row) for row in told.pattern}) > 1):
        what = f"{len(told.pattern)} rows for {steps} steps, all equally long"
        faults.append(Fault("PIL006", doc.place(("constraints", "pattern")), what))
    if per_step and len(per_step) != steps:
        what = f"{len(per_step)} numbers for {steps} steps"
        faults.append(Fault("PIL006", doc.place(("constraints", "per_step")), what))
    elif per_step and n_units and sum(per_step) != n_units:
        what = f"the steps take {sum(per_step)} units, {n_units} are listed"
        faults.append(Fault("PIL006", doc.place(("constraints", "per_step")), what))
    return faults


def _assume(given: PilotIn, doc: Document) -> tuple[dict[str, Quantity], list[Fault]]:
    """Return the assumed numbers in canonical units and every fault among them."""
    unit = find_unit(given.outcome.unit)
    found: dict[str, Quantity] = {}
    faults: list[Fault] = []
    for name, node in given.assume.items():
        path = ("assume", name)
        spec = NUMBERS.get(name)
        if spec is None:
            advice = nearest(name, list(NUMBERS)) or "Known: " + ", ".join(NUMBERS) + "."
            faults.append(Fault("PIL007", doc.place(path), f'"{name}"', advice))
            continue
        if spec.dimension == OUTCOME and unit is None:
            continue  # told already
        dimension = unit.dimension if unit is not None and spec.dimension == OUTCOME else spec.dimension
        quantity, wrong = read_quantity(node, name, dimension, doc, path, list(given.sources), None)
        faults += wrong
        if quantity is None:
            continue
        ends = (quantity.value, quantity.low, quantity.high)
        if not all(math.isfinite(x) and spec.least <= x <= spec.most for x in ends):
            what = f"{name} lies between {spec.least:g} and {spec.most:g}"
            faults.append(Fault("PIL009", doc.place(path), what))
        found[name] = quantity
    return found, faults
