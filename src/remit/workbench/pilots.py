"""Pilots: open a pilot's design and say how likely it is to find what is there."""

from collections.abc import Callable
from pathlib import Path

from remit.pilots.parse import parse_pilot
from remit.pilots.power.answer import PowerAnswer, weigh
from remit.pilots.protocol import Protocol


def open_pilot(file: Path, read_text: Callable[[Path], str]) -> Protocol:
    """Return the protocol in a file.

    Raises:
        Faults: DOC001 the file cannot be read; else what is wrong in it, all at once.
    """
    return parse_pilot(read_text(file), str(file))


def power_of_pilot(file: Path, read_text: Callable[[Path], str]) -> PowerAnswer:
    """Return power, size and smallest effect of the pilot in a file.

    Raises:
        Faults: as ``open_pilot``, and PIL008, PIL009, PIL011 where there is no answer.
    """
    return weigh(open_pilot(file, read_text))
