"""A sheet to draw on: marks and words become one piece of inline SVG with its text alternative.

Only presentation attributes are used, so that a page may forbid inline styles
and scripts. A number that is not finite never reaches an attribute.
"""

import hashlib
import math
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from remit.report.charts.lettering import Words, wrap
from remit.report.charts.tokens import (
    FONT,
    HEADING,
    INK,
    LEADING,
    LEAST_WIDTH,
    NARROW_BELOW,
    PAPER,
    QUIET,
    TEXT,
)

MARGIN = 8.0
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z][\w.-]*")

Value = str | float | None


def clean(words: str) -> str:
    """Return ``words`` as they may stand between tags.

    >>> clean('<b>&"')
    '&lt;b&gt;&amp;"'
    """
    return escape(_NOT_XML.sub("\ufffd", words))


def place(value: float) -> str:
    """Return a number as an attribute, to a hundredth.

    >>> place(12.3456), place(3.0), place(-0.001)
    ('12.35', '3', '0')
    """
    if not math.isfinite(value):
        raise ValueError("a place in a picture must be a finite number")
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


def tag(name: str, inside: str = "", /, **attributes: Value) -> str:
    """Return one element; underscores in names become hyphens, ``None`` leaves an attribute out.

    >>> print(tag("circle", r=2.0, stroke_width=None, fill="a<b"))
    <circle r="2" fill="a&lt;b"/>
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        said = place(value) if isinstance(value, float | int) else _NOT_XML.sub("\ufffd", value)
        parts.append(f"{key.rstrip('_').replace('_', '-')}={quoteattr(said)}")
    head = " ".join(parts)
    return f"<{head}>{inside}</{name}>" if inside else f"<{head}/>"


class Sheet:
    """A picture in the making: a width, marks so far, and how far down they reach."""

    def __init__(
        self,
        title: str,
        description: str,
        *,
        width: float,
        id_prefix: str | None,
        heading: bool = True,
    ) -> None:
        self.width = max(LEAST_WIDTH, float(width)) if math.isfinite(width) else 720.0
        self.title = " ".join(title.split()) or "Chart"
        self.description = description
        self.prefix = id_prefix if id_prefix is not None else self._own_prefix()
        if not _NAME.fullmatch(self.prefix):
            raise ValueError("an id prefix starts with a letter, then has letters, digits, - . and _")
        self._marks: list[str] = []
        self._definitions: list[str] = []
        self.bottom = MARGIN
        if heading:
            room = self.width - 2 * MARGIN
            said = wrap(self.title, room, HEADING, most=6)
            self.words(MARGIN, self.bottom + HEADING, said, size=HEADING, weight="bold")
            self.bottom += HEADING * LEADING * len(said.lines) + 10.0

    @property
    def narrow(self) -> bool:
        """Whether the sheet is for a small screen, where names stand above their marks."""
        return self.width < NARROW_BELOW

    def reach(self, bottom: float) -> None:
        """Note that marks reach down to ``bottom``."""
        self.bottom = max(self.bottom, bottom)

    def mark(self, name: str, inside: str = "", /, **attributes: Value) -> None:
        """Draw one element."""
        self._marks.append(tag(name, inside, **attributes))

    def define(self, element: str) -> None:
        """Keep an element, such as a pattern, that other marks refer to."""
        self._definitions.append(element)

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str = INK,
        width: float = 1.0,
        dash: str = "",
    ) -> None:
        """Draw a straight line."""
        dashes = dash or None
        self.mark(
            "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, stroke_dasharray=dashes
        )

    def words(
        self,
        x: float,
        y: float,
        said: Words | str,
        *,
        size: float = TEXT,
        anchor: str = "start",
        fill: str = INK,
        weight: str | None = None,
        halo: bool = False,
    ) -> float:
        """Write lines of words, the first with its foot at ``y``; return the foot of the last."""
        block = Words((said,)) if isinstance(said, str) else said
        step = size * LEADING
        whole = tag("title", clean(block.full)) if block.full else ""
        spans = "".join(
            tag("tspan", clean(line) or " ", x=x, dy=step if k else None)
            for k, line in enumerate(block.lines)
        )
        self.mark(
            "text",
            whole + (clean(block.lines[0]) or " " if len(block.lines) == 1 else spans),
            x=x,
            y=y,
            font_size=size,
            text_anchor=None if anchor == "start" else anchor,
            fill=None if fill == INK else fill,
            font_weight=weight,
            paint_order="stroke" if halo else None,
            stroke=PAPER if halo else None,
            stroke_width=3.5 if halo else None,
            stroke_linejoin="round" if halo else None,
        )
        return y + step * (len(block.lines) - 1)

    def note(self, said: str, *, size: float = 14.0, fill: str = QUIET, gap: float = 6.0) -> None:
        """Write a sentence over the whole width below all marks."""
        block = wrap(said, self.width - 2 * MARGIN, size, most=12)
        foot = self.words(MARGIN, self.bottom + gap + size, block, size=size, fill=fill)
        self.reach(foot + size * 0.3)

    def path(self, points: Sequence[tuple[float, float]], *, closed: bool = False) -> str:
        """Return the path through ``points``."""
        joined = "L".join(f"{place(x)} {place(y)}" for x, y in points)
        return f"M{joined}{'Z' if closed else ''}" if points else ""

    def svg(self) -> str:
        """Return the whole picture."""
        height = math.ceil(self.bottom + MARGIN)
        name, about = f"{self.prefix}-title", f"{self.prefix}-desc"
        definitions = tag("defs", "".join(self._definitions)) if self._definitions else ""
        paper = tag("rect", width=self.width, height=float(height), fill=PAPER)
        inside = (
            tag("title", clean(self.title), id=name)
            + tag("desc", clean(self.description) or "A chart.", id=about)
            + definitions
            + paper
            + "".join(self._marks)
        )
        return tag(
            "svg",
            inside,
            xmlns="http://www.w3.org/2000/svg",
            class_="remit-chart",
            role="img",
            aria_labelledby=f"{name} {about}",
            viewBox=f"0 0 {place(self.width)} {height}",
            width="100%",
            font_family=FONT,
            font_size=TEXT,
            fill=INK,
        )

    def _own_prefix(self) -> str:
        """Return a prefix made from what the picture says, the same on every run."""
        said = f"{self.title}\0{self.description}\0{self.width}".encode(errors="replace")
        return f"chart-{hashlib.blake2b(said, digest_size=5).hexdigest()}"


def nothing(sheet: Sheet, sentence: str) -> str:
    """Return the picture of nothing: a frame with one plain sentence in it."""
    room = sheet.width - 2 * MARGIN - 24.0
    block = wrap(sentence, room, TEXT, most=6)
    top = sheet.bottom
    height = TEXT * LEADING * len(block.lines) + 32.0
    sheet.mark(
        "rect",
        x=MARGIN,
        y=top,
        width=sheet.width - 2 * MARGIN,
        height=height,
        fill="none",
        stroke="#b1b4b6",
        stroke_dasharray="4 4",
    )
    sheet.words(MARGIN + 12.0, top + 16.0 + TEXT * 0.85, block)
    sheet.reach(top + height)
    return sheet.svg()
