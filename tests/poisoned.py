"""Single runs that go wrong inside worker processes: processes of their own must be able to import it."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from remit.ensemble import runner

Places = Mapping[tuple[str, int], str]  # (design, scenario) -> what goes wrong with it


def go_wrong(how: str) -> None:
    """Raise, kill this process, or leave it in one way or another."""
    match how:
        case "raises":
            raise ValueError("poisoned")
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exits":
            sys.exit(4)
        case "leaves":
            os._exit(5)


@dataclass(frozen=True)
class Poisoned:
    """Work in which some designs go wrong in some scenarios."""

    work: Callable[[Any], Any]
    places: Places

    def __call__(self, piece: object) -> object:
        """Do the work; what is poisoned goes wrong when its turn has come, not before."""
        true = runner.lowered_of

        def lowered_of(question, name, scenario):
            go_wrong(self.places.get((name, scenario.number), ""))
            return true(question, name, scenario)

        with patch.object(runner, "lowered_of", lowered_of):
            return self.work(piece)


@dataclass(frozen=True)
class Poisoning:
    """An executor that hands poisoned work to another."""

    hands: Any
    places: Places

    def run(self, work: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        """Yield what comes back."""
        return self.hands.run(Poisoned(work, self.places), tasks)
