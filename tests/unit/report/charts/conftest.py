"""What every picture must hold, whatever it shows."""

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator

import pytest

SVG = "{http://www.w3.org/2000/svg}"
NASTY = '<b>&"'
LONG = "a name that goes on and on, as names agreed by a committee do, and then goes on some more"
UNBROKEN = "x" * 300


def _lines(text: ET.Element) -> Iterator[tuple[str, float, float]]:
    spans = text.findall(f"{SVG}tspan")
    y = float(text.attrib["y"])
    if not spans:
        title = text.find(f"{SVG}title")
        said = (text.text or "") if title is None else (title.tail or "")
        yield said, float(text.attrib["x"]), y
    for span in spans:
        y += float(span.attrib.get("dy", 0.0))
        yield span.text or "", float(span.attrib["x"]), y


def _fits(text: ET.Element, width: float, height: float) -> None:
    size = float(text.attrib["font-size"])
    for said, x, y in _lines(text):
        room = 0.6 * size * len(said)
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attrib.get("text-anchor", "start")]
        left = x - share * room
        assert left >= -1.0, (said, left)
        assert left + room <= width + 1.0, (said, left + room, width)
        assert size * 0.6 <= y <= height, (said, y, height)


def examine(svg: str) -> ET.Element:
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.attrib["role"] == "img"
    assert root.attrib["width"] == "100%"
    assert "height" not in root.attrib
    everything = list(root.iter())
    ids = [e.attrib["id"] for e in everything if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    title, desc = root.attrib["aria-labelledby"].split()
    assert root.find(f"{SVG}title[@id='{title}']").text.strip()
    assert root.find(f"{SVG}desc[@id='{desc}']").text.strip().endswith((".", "!"))
    assert svg.count("http") == 1
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for e in everything:
        assert e.tag not in {f"{SVG}script", f"{SVG}style", f"{SVG}foreignObject"}
        for key, value in e.attrib.items():
            assert key != "style"
            assert not key.startswith("on")
            assert not re.search(r"\b(nan|inf|-inf|infinity)\b", value.lower()), (e.tag, key, value)
        for link in re.findall(r"url\(#([^)]+)\)", " ".join(e.attrib.values())):
            assert link in ids
    for text in root.iter(f"{SVG}text"):
        _fits(text, width, height)
    return root


def _said(root: ET.Element) -> str:
    return " | ".join(" ".join(line for line, _, _ in _lines(t)) for t in root.iter(f"{SVG}text"))


@pytest.fixture(name="examine")
def examine_fixture() -> Callable[[str], ET.Element]:
    """Parse a picture and check all that must hold of any."""
    return examine


@pytest.fixture
def words() -> Callable[[str], str]:
    """Every word written in a picture, after checking it."""
    return lambda svg: _said(examine(svg))


@pytest.fixture
def desc() -> Callable[[str], str]:
    """The text alternative of a picture."""
    return lambda svg: examine(svg).find(f"{SVG}desc").text


@pytest.fixture
def count() -> Callable[[str, str], int]:
    """How many elements of a kind a picture has."""
    return lambda svg, tag: len(list(examine(svg).iter(f"{SVG}{tag}")))


@pytest.fixture(params=[720, 360, 320])
def width(request: pytest.FixtureRequest) -> float:
    return float(request.param)


@pytest.fixture(params=[NASTY, LONG, UNBROKEN, "", "急救志愿者" * 12, "bad \x00 \ud800 letters"])
def awkward(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(
    params=[math.nan, math.inf, -math.inf, 1e300, -1e300, 1e18, -3e9, 1e-12, -1e-200, 0.0, 5e-324]
)
def odd(request: pytest.FixtureRequest) -> float:
    return request.param
