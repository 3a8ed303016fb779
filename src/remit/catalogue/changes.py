"""What changing a setting takes: difficulty, months, pounds, whether it can be undone; running two models at once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field, ValidationError

from remit.catalogue.catalogue import load_catalogue
from remit.ground.deflator import inflate
from remit.ground.document import Document, parse_document
from remit.ground.faults import Fault, Faults
from remit.ground.quantity import Quantity
from remit.ground.reading import Strict, faults_of, read_quantity


class Change(Strict):
    """What it takes to change one setting."""

    variable: str
    difficulty: int = Field(ge=1, le=5)
    """1 a manager's decision, 5 law, owners or transfer of staff."""
    months: tuple[int, int]
    """Shortest and longest time from the decision until it takes effect."""
    cost_k: tuple[float, float]
    """One-off cost in thousand pounds."""
    undo: Literal["easy", "hard", "no"]
    why: str


class DoubleIn(Strict):
    """Which changes make two models run side by side, for how long and at what cost."""

    variables: list[str]
    settling_months: Any
    share: Any


class Meta(Strict):
    """About the file."""

    price_year: int
    version: float = 0.0
    provenance: str = ""


class ChangesIn(Strict):
    """The file."""

    meta: Meta
    assumption: str
    changes: list[Change]
    double_running: DoubleIn


@dataclass(frozen=True)
class Changes:
    """What changing each setting takes."""

    by_variable: Mapping[str, Change]
    price_year: int
    assumption: str
    double_variables: tuple[str, ...]
    settling_months: Quantity
    double_share: Quantity

    def cost_of(self, variable: str, price_year: int) -> Quantity:
        """Return the one-off cost of changing a setting, in pounds of ``price_year``."""
        low, high = self.by_variable[variable].cost_k
        return self.one_off(f"change.{variable}.cost_gbp", low, high, price_year)

    def one_off(self, name: str, low_k: float, high_k: float, price_year: int) -> Quantity:
        """Return a range of thousand pounds as a quantity in pounds of ``price_year``."""
        low, high = (1000.0 * inflate(k, self.price_year, price_year) for k in (low_k, high_k))
        middle, shape = 0.5 * (low + high), "uniform" if high > low else "fixed"
        return Quantity(name, middle, "gbp", low, high, shape, assumption=self.assumption, grade="D")


@cache
def load_changes() -> Changes:
    """Return what changing settings takes; raise ``Faults`` if the file does not hold together."""
    text = resources.files("remit.catalogue").joinpath("data", "changes.yaml").read_text("utf-8")
    return parse_changes(parse_document(text, "changes.yaml"))


def parse_changes(doc: Document) -> Changes:
    """Return the changes in a document, one for each variable of the catalogue."""
    try:
        given = ChangesIn.model_validate(doc.values)
    except ValidationError as error:
        raise Faults(faults_of(error, ChangesIn, doc, ())) from None
    by_variable = {c.variable: c for c in given.changes}
    known = load_catalogue().variables
    wrong = [f'"{v}" stands twice' for v, n in Counter(c.variable for c in given.changes).items() if n > 1]
    wrong += [
        f"{c.variable}: a range runs from its low to its high end, above nothing"
        for c in given.changes
        if not (0 < c.months[0] <= c.months[1] and 0.0 <= c.cost_k[0] <= c.cost_k[1])
    ]
    wrong += [f"no change for {v}" for v in known if v not in by_variable]
    wrong += [f"no variable {v}" for v in (*by_variable, *given.double_running.variables) if v not in known]
    faults = [Fault("CAT001", doc.place(("changes",)), what) for what in wrong]
    quantities = {}
    for key, dimension in (("settling_months", "time"), ("share", "share")):
        node = doc.values["double_running"][key]
        quantity, found = read_quantity(
            node, f"change.double_running.{key}", dimension, doc, ("double_running", key), (), None
        )
        faults += found
        quantities[key] = quantity
    settling, share = quantities["settling_months"], quantities["share"]
    if faults or settling is None or share is None:
        raise Faults(faults)
    return Changes(
        MappingProxyType(by_variable),
        given.meta.price_year,
        given.assumption,
        tuple(given.double_running.variables),
        settling,
        share,
    )
