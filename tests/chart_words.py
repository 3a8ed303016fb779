"""Where the words of a picture stand, turned words too, and which lie on one another."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations

from remit.report.charts.lettering import width_of
from remit.report.charts.spacing import Box

SVG = "{http://www.w3.org/2000/svg}"
TURNED = re.compile(r"translate\((\S+) (\S+)\) rotate\(-90\)")


def word_boxes(svg: str) -> list[tuple[str, Box]]:
    """Every line of words with its rectangle, without those of no width."""
    found = []
    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        size = float(text.attrib["font-size"])
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attrib.get("text-anchor", "start")]
        turned = TURNED.fullmatch(text.attrib.get("transform", ""))
        for said, x, y in _lines(text):
            room = width_of(said.strip(), size)
            left = x - share * room
            box = Box(left, y - 0.75 * size, left + room, y + 0.2 * size)
            if turned:
                dx, dy = map(float, turned.groups())
                box = Box(dx + box.top, dy - box.right, dx + box.bottom, dy - box.left)
            if room:
                found.append((said, box))
    return found


def overlaps(svg: str) -> list[tuple[str, str]]:
    """The pairs of lines that lie on one another, by more than a hair."""
    boxes = [(s, Box(b.left + 0.5, b.top, b.right - 0.5, b.bottom)) for s, b in word_boxes(svg)]
    return [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.meets(other)]


def outside(svg: str) -> list[str]:
    """The lines that reach out of the sheet."""
    _, _, width, height = map(float, ET.fromstring(svg).attrib["viewBox"].split())
    sheet = Box(-1.0, -1.0, width + 1.0, height + 1.0)
    return [said for said, box in word_boxes(svg) if not box.within(sheet)]


def _lines(text: ET.Element) -> list[tuple[str, float, float]]:
    x, y = float(text.attrib["x"]), float(text.attrib["y"])
    spans = text.findall(f"{SVG}tspan")
    if not spans:
        title = text.find(f"{SVG}title")
        return [((text.text or "") if title is None else (title.tail or ""), x, y)]
    found = []
    for span in spans:
        y += float(span.attrib.get("dy", 0.0))
        found.append((span.text or "", float(span.attrib["x"]), y))
    return found
