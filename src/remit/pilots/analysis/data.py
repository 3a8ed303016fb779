"""The data of a pilot: columns of text as they came, and what is read from them, with every fault at once.

One row is one person (or a unit in a period). The columns: ``id`` names what was allocated, and may stand in many
rows; each outcome has a column of its own name; ``arm`` is what the row's unit was given, unless an allocation
file says so; ``period`` and ``start`` (the first period in the new way, empty for never) where there are periods;
``time`` is the time at risk where events are counted. An empty cell is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from remit.ground.faults import Fault, Faults, Place, nearest
from remit.pilots.analysis.estimate import NAN, Floats, Ints

MISSING = {"", "NA", "NaN", "nan"}
MOST_TOLD = 5


@dataclass(frozen=True)
class Table:
    """Columns of equal length, as text."""

    file: str
    columns: Mapping[str, Sequence[str]]

    @property
    def n(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.columns.values()), ()))

    def need(self, *names: str) -> None:
        """Check that columns are there.

        Raises:
            Faults: PIL201 for each that is not.
        """
        faults = [
            Fault("PIL201", Place(self.file, 1, n), f'"{n}"', nearest(n, list(self.columns)))
            for n in names
            if n not in self.columns
        ]
        if faults:
            raise Faults(faults)

    def words(self, name: str) -> tuple[str, ...]:
        """Return a column as it came, blanks at the ends taken off."""
        self.need(name)
        return tuple(cell.strip() for cell in self.columns[name])

    def numbers(self, name: str) -> Floats:
        """Return a column of numbers; NaN where a cell is empty.

        Raises:
            Faults: PIL202 cells that are no numbers.
        """
        cells = self.words(name)
        try:
            found = np.array([NAN if c in MISSING else float(c) for c in cells])
        except ValueError:
            raise Faults(self._odd(name, cells)) from None
        if np.isinf(found).any():
            raise Faults([Fault("PIL202", Place(self.file, 0, name), "an infinite number")])
        return found

    def _odd(self, name: str, cells: Sequence[str]) -> list[Fault]:
        faults = []
        for row, cell in enumerate(cells):
            if cell not in MISSING and not _is_number(cell):
                faults.append(Fault("PIL202", Place(self.file, row + 2, name), f'"{cell}" is not a number'))
                if len(faults) == MOST_TOLD:
                    break
        return faults

    def coded(self, name: str) -> tuple[Ints, tuple[str, ...]]:
        """Return a column as numbers from 0, and what each stands for, in order of name."""
        names, codes = np.unique(np.array(self.words(name)), return_inverse=True)
        return codes.astype(np.int64), tuple(str(n) for n in names)

    def renamed(self, names: Mapping[str, str]) -> "Table":
        """Return the table with columns called otherwise: ``{new: old}``.

        Raises:
            Faults: PIL201 for each old name that there is not.
        """
        self.need(*names.values())
        kept = {k: v for k, v in self.columns.items() if k not in names.values() and k not in names}
        return Table(self.file, {**kept, **{new: self.columns[old] for new, old in names.items()}})


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
