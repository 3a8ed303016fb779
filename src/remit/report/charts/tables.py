"""The same as a table: a header row and rows of words, for readers who do not use the picture."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A header row and rows of words, all of one length."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
