"""How much room words take, and how they are broken or shortened to fit.

No font is measured: a letter is taken as six tenths of the text's size, which
is more than most take in the usual sans-serif faces, so words rarely overrun.
"""

import unicodedata
from dataclasses import dataclass

from remit.report.charts.tokens import TEXT

LETTER = 0.6
MORE = "…"


@dataclass(frozen=True)
class Words:
    """Words broken into lines, with the full words where some were cut."""

    lines: tuple[str, ...]
    full: str = ""


def width_of(words: str, size: float = TEXT) -> float:
    """Return the room ``words`` take in a line.

    >>> width_of("ten")
    28.8
    """
    return round(sum(_ems(c) for c in words) * LETTER * size, 6)


def shorten(words: str, room: float, size: float = TEXT) -> Words:
    """Return ``words`` on one line, cut with three dots if it takes more than ``room``.

    >>> shorten("Community first responders", 100.0)
    Words(lines=('Community…',), full='Community first responders')
    """
    words = " ".join(words.split())
    if width_of(words, size) <= room:
        return Words((words,))
    kept = words
    while kept and width_of(kept + MORE, size) > room:
        kept = kept[:-1]
    return Words((kept.rstrip() + MORE,), words)


def wrap(words: str, room: float, size: float = TEXT, most: int = 3) -> Words:
    """Return ``words`` broken into at most ``most`` lines of ``room``.

    >>> wrap("Community first responders with a drone", 160.0).lines
    ('Community first', 'responders with', 'a drone')
    >>> wrap("Supercalifragilistic and more", 90.0, most=2).lines
    ('Supercal…', 'and more')
    """
    said = " ".join(words.split())
    lines: list[str] = []
    line = ""
    cut = False
    for word in said.split(" "):
        joined = f"{line} {word}".strip()
        if width_of(joined, size) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        short = shorten(word, room, size)
        cut = cut or bool(short.full)
        line = short.lines[0]
    lines.append(line)
    if len(lines) > most:
        cut = True
        last = lines[most - 1]
        while last and width_of(last + MORE, size) > room:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip(" ,;:") + MORE]
    return Words(tuple(lines), said if cut else "")


def _ems(letter: str) -> float:
    """Return the room of one letter, in usual letters."""
    if unicodedata.combining(letter):
        return 0.0
    return 1.7 if unicodedata.east_asian_width(letter) in "WF" else 1.0
