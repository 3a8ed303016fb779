"""Given: which unit was allocated to what, and where data, allocation and protocol do not agree."""

from collections.abc import Iterable
from dataclasses import dataclass

from remit.ground.faults import Fault, Place, fail, nearest
from remit.pilots.allocation.procedure import Chosen
from remit.pilots.analysis.data import Table
from remit.pilots.analysis.estimate import Floats, Ints
from remit.pilots.protocol import ID, Protocol

ARM, START, STEP, GROUP = "arm", "start", "step", "group"
MOST_NAMED = 5


@dataclass(frozen=True)
class Lots:
    """Every draw that a constrained procedure could have made, as the register lets anyone work out again."""

    ids: tuple[str, ...]
    procedure: Chosen
    labels: Ints  # (units,) the draw that was made: numbers of arms

    def between(self, arm: int, units: tuple[str, ...]) -> Floats | None:
        """Return (draws, units) of 1 where the unit is in ``arm``, the rest in the first; None if a unit is new."""
        if not set(units) <= set(self.ids):
            return None
        at = [self.ids.index(u) for u in units]
        rows: Floats = (self.procedure.between(self.labels, (0, arm)).every()[:, at] == arm).astype(float)
        return rows


class Given:
    """Which row was given what: by the allocation where there is one, else by the data; departures between them."""

    def __init__(
        self, protocol: Protocol, data: Table, allocation: Table | None, lots: Lots | None = None
    ) -> None:
        self.departures: list[Fault] = []
        self.group: dict[str, str] = {}
        self.ids = data.words(ID)
        column = START if allocation is None and START in data.columns else ARM
        if allocation is None:
            data.need(column)
            told = data.words(column)
            self.label = dict(zip(self.ids, told, strict=True))
            self._one_each(told, data, column)
        else:
            allocation.need(ID)
            column = next((c for c in (START, STEP) if c in allocation.columns), ARM)
            if GROUP in allocation.columns:
                self.group = dict(zip(allocation.words(ID), allocation.words(GROUP), strict=True))
            self.label = dict(zip(allocation.words(ID), allocation.words(column), strict=True))
            self._against(data, column)
        self.column = column
        self.of_row = tuple(self.label.get(i, "") for i in self.ids)
        if column == ARM:
            self._known_arms(protocol, data)
        self.lots = lots
        if protocol.constraints.method == "constrained" and (
            lots is None or protocol.design != "cluster_rct"
        ):
            self._tell("PIL219", "an allocation that balances was chosen", data)
        self._listed(protocol, data)

    def _one_each(self, told: tuple[str, ...], data: Table, column: str) -> None:
        odd = {i for i, t in zip(self.ids, told, strict=True) if self.label[i] != t}
        if odd:
            raise fail("PIL206", f"{_some(odd)} stand in two", file=data.file, path=column)

    def _against(self, data: Table, column: str) -> None:
        """Tell where data and allocation differ: units missing, units nobody allocated, units given otherwise."""
        seen = set(self.ids)
        lost = sorted(set(self.label) - seen)
        strangers = sorted(seen - set(self.label))
        if lost:
            self._tell("PIL207", f"{len(lost)}: {_some(lost)}", data)
        if strangers:
            self._tell("PIL208", f"{len(strangers)}: {_some(strangers)}", data)
        if column in data.columns:
            told = zip(self.ids, data.words(column), strict=True)
            odd = sorted({i for i, t in told if i in self.label and self.label[i] != t})
            if odd:
                self._tell("PIL209", f"{len(odd)}: {_some(odd)}", data)

    def _known_arms(self, protocol: Protocol, data: Table) -> None:
        known = [a.id for a in protocol.arms]
        odd = sorted({v for v in self.label.values() if v not in known})
        if odd:
            what = f"{_some(odd)} is no arm of the protocol"
            raise fail("PIL206", what, file=data.file, path=ARM, fix=nearest(odd[0], known))

    def _listed(self, protocol: Protocol, data: Table) -> None:
        """Tell where what the protocol knows of its units is otherwise in the data."""
        if protocol.units is None:
            return
        listed = set(protocol.units.ids)
        odd = sorted(set(self.label) - listed)
        gone = sorted(listed - set(self.label))
        if odd or gone:
            self._tell(
                "PIL210",
                f"{len(odd)} not listed, {len(gone)} listed and not there: {_some(odd + gone)}",
                data,
            )
        for name in protocol.units.columns[1:]:
            if name in data.columns:
                before = dict(zip(protocol.units.ids, map(str, protocol.units.column(name)), strict=True))
                now = zip(self.ids, data.words(name), strict=True)
                changed = sorted({i for i, v in now if i in before and before[i] != v})
                if changed:
                    self._tell("PIL211", f"column {name}, {len(changed)}: {_some(changed)}", data)

    def _tell(self, code: str, what: str, data: Table) -> None:
        self.departures.append(Fault(code, Place(data.file), what))


def _some(names: Iterable[str]) -> str:
    listed = sorted(names)
    more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    return ", ".join(listed[:MOST_NAMED]) + more
