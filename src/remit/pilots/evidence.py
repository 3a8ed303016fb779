"""Evidence: what studies and pilots found about one number of the model, a JSON line each, only ever added to.

A line holds: ``evidence: 1``, id, parameter (a number of a family's vocabulary), scale, estimate, se, n, place,
date (when the study ended), design, source, distance from the place that asks, and grades. A later line with the
same id replaces an earlier one, and both stay readable.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import Field, ValidationError

from remit.ground.document import Document
from remit.ground.faults import Fault, Faults
from remit.ground.identity import canonical
from remit.ground.reading import Strict, faults_of
from remit.pilots.grades import SCALES, Grade

DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


class GradeIn(Strict):
    """A grade as written."""

    scale: str
    version: str = Field(min_length=1)
    grade: int
    rater: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class RecordIn(Strict):
    """A record as written."""

    evidence: int = Field(ge=1, le=1)
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)
    parameter: str = Field(min_length=1)
    scale: str = Field(min_length=1)
    """What the estimate is: difference in shares, log rate ratio, share, minutes."""
    estimate: float = Field(allow_inf_nan=False)
    se: float = Field(gt=0.0, allow_inf_nan=False)
    n: int = Field(ge=1)
    place: str = Field(min_length=1)
    date: str = Field(pattern=DATE)
    design: str = Field(min_length=1)
    source: str = Field(min_length=1)
    distance: float = Field(default=0.0, ge=0.0, allow_inf_nan=False)
    """Standard deviations between the study's place and ours, in what matters."""
    grades: tuple[GradeIn, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Record:
    """What one study says of one number."""

    id: str
    parameter: str
    scale: str
    estimate: float
    se: float
    n: int
    place: str
    date: str
    design: str
    source: str
    distance: float = 0.0
    grades: tuple[Grade, ...] = ()
    note: str = ""

    @property
    def line(self) -> str:
        """The record as it stands in the register, without the line feed."""
        return canonical({"evidence": 1, **asdict(self)})


def parse_record(values: Any, doc: Document) -> Record:
    """Return the record in plain values.

    Raises:
        Faults: BRF001 to BRF003, EVD001 a grade that its scale has not.
    """
    try:
        given = RecordIn.model_validate(values)
    except ValidationError as error:
        raise Faults(faults_of(error, RecordIn, doc, ())) from None
    grades = tuple(Grade(g.scale, g.version, g.grade, g.rater, g.reason) for g in given.grades)
    faults = [
        Fault("EVD001", doc.place(("grades", i)), f"{g.grade} on the scale {g.scale}", _scales())
        for i, g in enumerate(grades)
        if not g.is_known
    ]
    if faults:
        raise Faults(faults)
    told: Mapping[str, Any] = given.model_dump(exclude={"evidence", "grades"})
    return Record(**told, grades=grades)


def _scales() -> str:
    return "Known: " + ", ".join(f"{name} {low} to {high}" for name, (low, high, _) in SCALES.items()) + "."


def read_records(data: bytes, file: str) -> tuple[tuple[Record, ...], int, str]:
    """Return the records that hold, bytes of whole lines, and what was torn off behind them.

    Raises:
        Faults: EVD002 a line that is no record, and what ``parse_record`` finds; all lines together.
    """
    *lines, rest = data.split(b"\n")
    found: dict[str, Record] = {}
    faults: list[Fault] = []
    for number, raw in enumerate(lines, 1):
        doc = Document(file, None, {(): number})
        try:
            record = parse_record(json.loads(raw.decode()), doc)
        except Faults as error:
            faults += error.faults
            continue
        except ValueError:
            faults.append(Fault("EVD002", doc.place(()), "not JSON"))
            continue
        found.pop(record.id, None)
        found[record.id] = record
    if faults:
        raise Faults(faults)
    return tuple(found.values()), len(data) - len(rest), rest.decode("utf-8", "backslashreplace")
