"""Colours, dashes, markers and sizes of every chart, and the sums that show they can be told apart.

No series is told by its colour alone: it also has a dash, a marker and a name
beside it. The colours still hold by themselves: each stands at three to one or
more against white, and each pair stays apart for eyes that miss one kind of cone.
"""

import math
from dataclasses import dataclass
from typing import Literal

Sight = Literal["full", "deuteranopia", "protanopia", "tritanopia"]

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
TEXT = 16.0
SMALL = 14.0
HEADING = 18.0
LEADING = 1.25

WIDE = 720.0
NARROW = 360.0
NARROW_BELOW = 560.0
LEAST_WIDTH = 280.0

PAPER = "#ffffff"
INK = "#0b0c0c"
QUIET = "#505a5f"
GRID = "#d8dadb"
AXIS = "#6f777b"
BAR = "#b1b4b6"
RING = "#858b8f"
NO_DATA = "#8a9094"

SERIES = ("#1a4f98", "#da5207", "#259b77", "#8a2460", "#222222", "#8b77e4")
DASHES = ("", "9 4", "3 3", "12 3 3 3", "16 5", "2 5")
MARKERS = ("circle", "square", "triangle", "diamond", "cross", "plus")

NEUTRAL = "#f3f2f1"
BLUES = ("#16477f", "#4f8cc4", "#b4d3ec")
ORANGES = ("#fbd3ae", "#e08a3c", "#94450a")
DIVERGING = (*BLUES, NEUTRAL, *ORANGES)
SEQUENTIAL = ("#e9f1f8", "#c9deef", "#9fc4e2", "#6ea4d0", "#4281b6", "#235f97", "#123f6d")

LEAST_DIFFERENCE = 20.0
"""Least CIE 1976 colour difference between any two series, under any simulated sight."""

# Machado, Oliveira and Fernandes (2009), severity 1, on linear red, green and blue.
_SIGHT: dict[Sight, tuple[tuple[float, float, float], ...]] = {
    "full": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
SIGHTS: tuple[Sight, ...] = tuple(_SIGHT)


@dataclass(frozen=True)
class Stroke:
    """How one series looks: colour, dash and marker, and its colour for words."""

    colour: str
    dash: str
    marker: str
    words: str


def stroke(index: int) -> Stroke:
    """Return the look of the series at ``index``; the first 36 all differ in colour, dash or marker.

    >>> stroke(0).colour, stroke(1).dash, stroke(2).marker
    ('#1a4f98', '9 4', 'triangle')
    """
    turn, place = divmod(index, len(SERIES))
    colour = SERIES[place]
    marker = MARKERS[(place + turn) % len(MARKERS)]
    return Stroke(colour, DASHES[place], marker, for_words(colour))


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast ratio of two colours written as ``#rrggbb``.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def for_words(colour: str, paper: str = PAPER) -> str:
    """Return ``colour``, darkened where needed until words in it stand at 4.5 to one on ``paper``.

    >>> for_words("#222222"), contrast(for_words("#da5207"), "#ffffff") >= 4.5
    ('#222222', True)
    """
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(100, -1, -2):
        darker = "#" + "".join(f"{c * step // 100:02x}" for c in channels)
        if contrast(darker, paper) >= 4.5:
            return darker
    return INK


def words_on(fill: str) -> str:
    """Return dark or white, whichever reads better on ``fill``.

    >>> words_on("#16477f"), words_on("#f3f2f1")
    ('#ffffff', '#0b0c0c')
    """
    return INK if contrast(INK, fill) >= contrast(PAPER, fill) else PAPER


def difference(one: str, other: str, sight: Sight = "full") -> float:
    """Return the CIE 1976 difference of two colours as seen under ``sight``.

    >>> difference("#123456", "#123456", "tritanopia")
    0.0
    """
    return math.dist(_lab(_seen(one, sight)), _lab(_seen(other, sight)))


def _linear(colour: str) -> tuple[float, float, float]:
    """Return the linear red, green and blue of a colour."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    )
    return red, green, blue


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _seen(colour: str, sight: Sight) -> tuple[float, float, float]:
    """Return the linear colour as eyes of one kind see it."""
    light = _linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * c for weight, c in zip(row, light, strict=True))))
        for row in _SIGHT[sight]
    )
    return red, green, blue


def _lab(light: tuple[float, float, float]) -> tuple[float, float, float]:
    """Return CIE Lab under daylight of a linear colour."""
    red, green, blue = light
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
