"""Analysing a pilot: the design file, its data, who was allocated to what, and what was promised beforehand."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from remit.ground.document import parse_document
from remit.ground.faults import Fault, Place, fail
from remit.pilots.allocation.allocate import allocate
from remit.pilots.allocation.asked import asked
from remit.pilots.allocation.procedure import Chosen
from remit.pilots.analysis.analyse import Analysed, analyse
from remit.pilots.analysis.data import Table
from remit.pilots.analysis.given import Lots
from remit.pilots.analysis.type_one import Rate, type_one
from remit.pilots.parse import parse_pilot
from remit.pilots.protocol import Protocol
from remit.pilots.register.chain import Register, read_register
from remit.pilots.register.entry import Entry, protocol_digest

__all__ = ["Rate", "analyse_pilot", "renames", "standing", "type_one"]


def analyse_pilot(
    design: Path,
    read_text: Callable[[Path], str],
    data: Table,
    allocation: Table | None = None,
    register: tuple[bytes, str] | None = None,
    extra: tuple[str, ...] = (),
    n_draws: int | None = None,
    seed: int = 1,
) -> Analysed:
    """Return what a pilot found, with every departure from what was registered.

    Args:
        design: the design file.
        read_text: how a file's text is had.
        data: one row per person, or per unit and period.
        allocation: who was allocated to what, or None.
        register: the bytes and the name of the register, or None.
        extra: outcomes to work out that the protocol does not name.
        n_draws: allocations drawn anew; None for as many as the protocol says.
        seed: of those draws.

    Raises:
        Faults: the design, the data or the register cannot be read.
    """
    text = read_text(design)
    protocol = parse_pilot(text, str(design))
    book = None if register is None else read_register(*register)
    values = parse_document(text, str(design)).values
    digest = protocol_digest(values)
    told = standing(protocol.id, digest, book, str(design))
    draw = _draw_of(protocol.id, book)
    if draw is not None and allocation is not None:
        told += _drawn_otherwise(draw, allocation)
    lots = None if draw is None else lots_of(protocol, digest, draw)
    found = analyse(protocol, data, allocation, extra, n_draws, seed, lots)
    return replace(found, departures=(*told, *found.departures))


def standing(pilot: str, digest: str, register: Register | None, file: str) -> list[Fault]:
    """Return how the design file departs from what was registered: not at all, otherwise, or not registered."""
    if register is None:
        return [Fault("PIL216", Place(file), "no register was given")]
    held = register.protocol_of(pilot)
    if held is None:
        return [Fault("PIL216", Place(register.file), f'there is no entry of "{pilot}"')]
    found = []
    if held.protocol != digest:
        found.append(Fault("PIL217", Place(file), f'"{pilot}" was registered otherwise on {held.when}'))
    if held.kind == "amended":
        reason = str(held.body.get("reason", ""))
        found.append(Fault("PIL218", Place(register.file), f"on {held.when}: {reason}"))
    return found


def _draw_of(pilot: str, register: Register | None) -> Entry | None:
    """Return the draw that the register holds of a pilot."""
    found = [] if register is None else [e for e in register.of(pilot) if e.kind == "randomised"]
    return found[-1] if found else None


def _drawn_otherwise(draw: Entry, allocation: Table) -> list[Fault]:
    """Tell where an allocation file is not what was drawn."""
    column = "step" if "step" in allocation.columns else "arm"
    told = dict(zip(allocation.words("id"), allocation.words(column), strict=True))
    drawn = {str(unit): str(arm) for unit, arm in draw.body.get("allocation", [])}
    odd = sorted(u for u in told.keys() | drawn.keys() if told.get(u) != drawn.get(u))
    return [Fault("PIL220", Place(allocation.file), f"{len(odd)} units: {', '.join(odd[:5])}")] if odd else []


def lots_of(protocol: Protocol, digest: str, draw: Entry) -> Lots | None:
    """Return every draw that a constrained procedure could have made; None of another procedure or protocol."""
    if protocol.constraints.method != "constrained" or protocol.units is None or draw.protocol != digest:
        return None
    units, scheme = asked(protocol)
    made = allocate(units, scheme, str(draw.body.get("seed", "")))
    if not isinstance(made.procedure, Chosen):
        return None
    return Lots(units.ids, made.procedure, made.labels)


def renames(words: tuple[str, ...]) -> Mapping[str, str]:
    """Return columns to be called otherwise, ``{new: old}``, from words such as ``id=clusterid``.

    Raises:
        Faults: CLI001 a word without both names.

    >>> renames(("id=clusterid",))
    {'id': 'clusterid'}
    """
    found = {}
    for word in words:
        new, sign, old = word.partition("=")
        if not (new and sign and old):
            raise fail("CLI001", f'--column "{word}"', fix="Write NEW=OLD, as id=clusterid.")
        found[new] = old
    return found
