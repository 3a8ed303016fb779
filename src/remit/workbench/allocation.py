"""The verbs of a pilot's draw and register: randomise, register, verify."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remit.ground.document import Document, parse_document
from remit.ground.faults import Faults, fail
from remit.pilots.allocation.allocate import Allocation, allocate
from remit.pilots.allocation.asked import asked, faults_before, floor_faults
from remit.pilots.allocation.tickets import plain_text, seed_from
from remit.pilots.parse import parse_pilot
from remit.pilots.protocol import Protocol
from remit.pilots.register.chain import Register, Step, next_event, next_protocol, read_register
from remit.pilots.register.entry import protocol_digest, steady


@dataclass(frozen=True)
class PilotFile:
    """A pilot's design file: its protocol, its canonical plain values and their digest."""

    protocol: Protocol
    doc: Document
    plain: Any
    digest: str


def read_pilot(file: Path, read_text: Callable[[Path], str]) -> PilotFile:
    """Return the protocol of a file; the digest is of its values, so remarks and the order of keys do not count.

    Raises:
        Faults: as ``parse_pilot``.
    """
    text = read_text(file)
    protocol = parse_pilot(text, str(file))
    doc = parse_document(text, str(file))
    return PilotFile(protocol, doc, steady(doc.values), protocol_digest(doc.values))


@dataclass(frozen=True)
class Drawn:
    """An allocation, and what it was drawn from."""

    pilot: PilotFile
    text: str
    allocation: Allocation

    @property
    def event(self) -> dict[str, Any]:
        """Return what the register keeps of the draw."""
        return {
            "text": self.text,
            "seed": self.allocation.seed,
            "allocation": [list(r) for r in self.allocation.rows],
            "allocation_digest": self.allocation.digest,
        }


def randomise(pilot: PilotFile, text: str) -> Drawn:
    """Return the allocation that a published text gives a pilot.

    Raises:
        Faults: PIL101 to PIL107.
    """
    told = plain_text(text)
    faults = faults_before(pilot.protocol, pilot.doc)
    if faults:
        raise Faults(faults)
    if not told:
        raise fail("PIL106", "the text is empty")
    units, scheme = asked(pilot.protocol)
    found = allocate(units, scheme, seed_from(pilot.digest, told))
    faults = floor_faults(found, pilot.protocol, pilot.doc)
    if faults:
        raise Faults(faults)
    return Drawn(pilot, told, found)


@dataclass(frozen=True)
class Written:
    """What became of a register."""

    register: Register
    """As it stands afterwards."""
    said: str
    is_new: bool
    torn: str
    """What was cut off when writing stopped once, and has now been mended."""


Append = Callable[[Path, str, int, str], None]
ReadBytes = Callable[[Path], bytes]


def enter_protocol(
    pilot: PilotFile, into: Path, reason: str, when: str, read_bytes: ReadBytes, append: Append
) -> Written:
    """Add a pilot's protocol to a register, unless the same holds there already.

    Raises:
        Faults: PIL110 the register was changed; PIL111 another protocol is registered and no reason is given.
    """
    register = read_register(read_bytes(into), str(into))
    step = next_protocol(register, pilot.protocol.id, pilot.plain, when, reason)
    return _write(register, step, into, read_bytes, append)


def enter_draw(drawn: Drawn, into: Path, when: str, read_bytes: ReadBytes, append: Append) -> Written:
    """Add a draw to a register.

    Raises:
        Faults: PIL110 the register was changed; PIL112 the protocol is not the registered one; PIL113 drawn already.
    """
    register = read_register(read_bytes(into), str(into))
    pilot = drawn.pilot
    step = next_event(register, "randomised", pilot.protocol.id, pilot.digest, drawn.event, when)
    return _write(register, step, into, read_bytes, append)


def _write(register: Register, step: Step, into: Path, read_bytes: ReadBytes, append: Append) -> Written:
    if step.entry is None:
        cut = (
            " Its last line was cut off while it was written: run what wrote it again."
            if register.torn
            else ""
        )
        return Written(register, step.said + cut, False, "")
    append(into, step.entry.line, register.size, register.torn)
    now = read_register(read_bytes(into), str(into))
    return Written(now, step.said, True, register.torn)


def verify(file: Path, read_bytes: ReadBytes) -> Register:
    """Return a register whose every link holds.

    Raises:
        Faults: DOC001 there is no such file; PIL110 the first link that is broken.
    """
    data = read_bytes(file)
    if not data:
        raise fail("DOC001", "no such file, or nothing in it", file=str(file))
    return read_register(data, str(file))
