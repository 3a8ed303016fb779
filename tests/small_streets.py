"""The small brief of reports of the unit tests: its text, changed here and there, read, lowered and run."""

from functools import cache
from pathlib import Path

from remit.briefs.brief import Brief
from remit.briefs.parse import parse_brief
from remit.briefs.scenario import Scenario
from remit.design.design import TODAY, Design
from remit.design.parse import designs_of
from remit.ground.document import parse_document
from remit.mechanism.cost import yearly_cost
from remit.mechanism.lower import lower
from remit.mechanism.values import Lowered
from remit.simulate.family import family_of
from remit.simulate.rows import RunRows
from small_brief import CATALOGUE, EFFECTS, today_with

FILE = "small_streets.yaml"
STREETS = Path(__file__).parent / "unit" / "briefs" / FILE

Change = tuple[str, str]


def streets_text(*changes: Change) -> str:
    """Return the text of the small brief, each (old, new) put in where ``old`` stands exactly once."""
    text = STREETS.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


@cache
def streets(*changes: Change) -> Brief:
    """Return the small brief, changed as in ``streets_text``."""
    return parse_brief(streets_text(*changes), FILE)


@cache
def street_designs(*changes: Change) -> dict[str, Design]:
    """Return its designs."""
    return designs_of(streets(*changes), CATALOGUE, parse_document(streets_text(*changes), FILE))


def streets_lowered(*changes: Change, design: str = TODAY, **settings: object) -> Lowered:
    """Return a design lowered, or today with other settings."""
    designs = street_designs(*changes)
    one = today_with(designs, **settings) if settings else designs[design]
    return lower(one, designs[TODAY], streets(*changes), Scenario(), EFFECTS, CATALOGUE)


def streets_run(
    *changes: Change, design: str = TODAY, lucks: tuple[int, ...] = (0, 1), **settings: object
) -> RunRows:
    """Return what came out of a design, or of today with other settings."""
    designs, brief = street_designs(*changes), streets(*changes)
    one = today_with(designs, **settings) if settings else designs[design]
    lowered = streets_lowered(*changes, design=design, **settings)
    cost = yearly_cost(one, designs[TODAY], lowered.values, brief, Scenario(), CATALOGUE)
    return family_of("response").run(lowered, brief, 7, list(lucks), cost, None)[0]
