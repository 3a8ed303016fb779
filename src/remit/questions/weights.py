"""Weights and thresholds as stakeholders state them: read from a document, or all their faults together."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from remit.ground.document import Document, Path
from remit.ground.faults import Fault, Faults, nearest
from remit.kernel.layout import Floats

KEYS = ("stakeholders", "thresholds")
WRITTEN = re.compile(r"^(<=|>=)\s*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)$")
EXAMPLE = 'Write thresholds: {response_mean: "<=8"}, or ">=0.1".'
TOO_LITTLE = "weights must be 0 or more, one of them above 0"


@dataclass(frozen=True)
class Threshold:
    """A line that an outcome must reach, the line itself being enough."""

    outcome: str
    at_most: bool  # or at least
    line: float

    def __str__(self) -> str:
        return f"{self.outcome} {'<=' if self.at_most else '>='} {self.line:g}"

    def met(self, values: Floats) -> Floats:
        """Return 1 where the line is reached, else 0."""
        return (values <= self.line if self.at_most else values >= self.line).astype(float)


@dataclass(frozen=True)
class Stakes:
    """Who cares how much for what, and what must be reached."""

    weights: dict[str, dict[str, float]]  # by stakeholder and outcome, adding to one
    thresholds: tuple[Threshold, ...] = ()

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes that weigh something with someone or have a threshold, in the order they are named."""
        weighed = [o for shares in self.weights.values() for o, w in shares.items() if w > 0.0]
        return tuple(dict.fromkeys(weighed + [t.outcome for t in self.thresholds]))


def parse_weights(doc: Document, outcomes: Sequence[str]) -> Stakes:
    """Return what ``doc`` says under ``stakeholders`` and ``thresholds``.

    Args:
        doc: a document with a mapping of stakeholders, and thresholds if there are any.
        outcomes: those that may be weighed.

    Raises:
        Faults: BRF001 a wrong kind of value, BRF002 an unknown key, BRF003 no stakeholders,
            BRF012 weights below 0 or all 0, BRF014 an unknown outcome.
    """
    raw = doc.values
    if not isinstance(raw, dict):
        raise Faults([Fault("BRF001", doc.place(()), "stakeholders and their weights are expected")])
    faults = [
        Fault("BRF002", doc.place((k,)), f'"{k}" is not known here', nearest(str(k), KEYS))
        for k in raw
        if k not in KEYS
    ]
    weights = {}
    if "stakeholders" not in raw:
        faults.append(Fault("BRF003", doc.place(()), '"stakeholders" is missing'))
    else:
        for who, node in _mapping(raw["stakeholders"], doc, ("stakeholders",), faults, "stakeholders"):
            weights[who] = _shares(node, doc, ("stakeholders", who), outcomes, faults)
    thresholds = []
    if raw.get("thresholds") is not None:
        for name, node in _mapping(raw["thresholds"], doc, ("thresholds",), faults, "thresholds by outcome"):
            thresholds += _threshold(name, node, doc, outcomes, faults)
    if faults:
        raise Faults(faults)
    return Stakes(weights, tuple(thresholds))


def _mapping(
    node: object, doc: Document, path: Path, faults: list[Fault], what: str
) -> list[tuple[str, object]]:
    """Return the entries of a mapping that must not be empty."""
    if isinstance(node, dict) and node:
        return list(node.items())
    faults.append(Fault("BRF001", doc.place(path), f"{what} are expected here"))
    return []


def _shares(
    node: object, doc: Document, path: Path, outcomes: Sequence[str], faults: list[Fault]
) -> dict[str, float]:
    """Return a stakeholder's weights, made to add to one."""
    before = len(faults)
    given: dict[str, float] = {}
    for name, value in _mapping(node, doc, path, faults, "weights by outcome"):
        at = path + (name,)
        if name not in outcomes:
            faults.append(Fault("BRF014", doc.place(at), f'no outcome "{name}"', nearest(name, outcomes)))
        elif isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            faults.append(Fault("BRF001", doc.place(at), f"a weight is a number, found {value!r}"))
        elif value < 0:
            faults.append(Fault("BRF012", doc.place(at), f"{value:g}: {TOO_LITTLE}"))
        else:
            given[name] = float(value)
    if len(faults) > before:
        return {}
    most = max(given.values())
    if most == 0.0:
        faults.append(Fault("BRF012", doc.place(path), f"all are 0: {TOO_LITTLE}"))
        return {}
    total = math.fsum(w / most for w in given.values())
    return {name: w / most / total for name, w in given.items()}


def _threshold(
    name: str, node: object, doc: Document, outcomes: Sequence[str], faults: list[Fault]
) -> list[Threshold]:
    """Return the threshold on one outcome, or nothing if it is faulty."""
    at: Path = ("thresholds", name)
    before = len(faults)
    if name not in outcomes:
        faults.append(Fault("BRF014", doc.place(at), f'no outcome "{name}"', nearest(name, outcomes)))
    found = WRITTEN.match(node.strip()) if isinstance(node, str) else None
    if found is None or not math.isfinite(float(found[2])):
        faults.append(Fault("BRF001", doc.place(at), f"no threshold, found {node!r}", EXAMPLE))
    if found is None or len(faults) > before:
        return []
    return [Threshold(name, found[1] == "<=", float(found[2]))]
