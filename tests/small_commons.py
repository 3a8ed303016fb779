"""Small briefs of the commons family for tests: an estate, projects, an uptake.

Each as a text, changed here and there, read and lowered.
"""

from functools import cache
from pathlib import Path

from remit.briefs.brief import Brief
from remit.briefs.parse import parse_brief
from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY, Design
from remit.design.parse import designs_of
from remit.ground.document import parse_document
from remit.mechanism.commons.lower import lower
from remit.mechanism.cost import YearlyCost, yearly_cost
from remit.mechanism.effect import load_effects
from remit.mechanism.values import Lowered
from remit.simulate.rows import RunRows

FOLDER = Path(__file__).parent / "unit" / "briefs"
MEASURES = ("estate", "projects", "uptake")  # the names of the files
EFFECTS = load_effects("commons")
CENTRE = Scenario()
MADE = 'assumption: "Made up."}'


def file_of(about: str) -> str:
    """Return the file name of the small brief about that."""
    return f"small_{about}.yaml"


def commons_text(about: str, *changes: tuple[str, str]) -> str:
    """Return the text of a small brief, each (old, new) put in where ``old`` stands exactly once."""
    text = (FOLDER / file_of(about)).read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


@cache
def commons(about: str, *changes: tuple[str, str]) -> Brief:
    """Return a small brief, changed as in ``commons_text``."""
    return parse_brief(commons_text(about, *changes), file_of(about))


@cache
def commons_designs(about: str, *changes: tuple[str, str]) -> dict[str, Design]:
    """Return the designs of a small brief."""
    document = parse_document(commons_text(about, *changes), file_of(about))
    return designs_of(commons(about, *changes), load_catalogue(), document)


def commons_lowered(
    about: str,
    *changes: tuple[str, str],
    design: str = TODAY,
    scenario: Scenario = CENTRE,
    **settings: object,
) -> Lowered:
    """Return a design of a small brief lowered, some of its settings changed."""
    designs = commons_designs(about, *changes)
    one = designs[design]
    if settings:
        one = Design("turned", "Turned", one.changed(**settings).settings)
    return lower(one, designs[TODAY], commons(about, *changes), scenario, EFFECTS, load_catalogue())


def commons_cost(about: str, *changes: tuple[str, str], design: str = TODAY) -> YearlyCost:
    """Return what a year of a design of a small brief costs before anything happens."""
    designs = commons_designs(about, *changes)
    values = commons_lowered(about, *changes, design=design).values
    return yearly_cost(
        designs[design], designs[TODAY], values, commons(about, *changes), CENTRE, load_catalogue()
    )


def commons_rows(
    about: str, *changes: tuple[str, str], design: str = TODAY, replicates: int = 3, seed: int = 7
) -> RunRows:
    """Return outcomes of a design of a small brief run a few times."""
    from remit.simulate.commons import run

    lowered = commons_lowered(about, *changes, design=design)
    cost = commons_cost(about, *changes, design=design)
    return run(lowered, commons(about, *changes), seed, range(replicates), cost, None)[0]
