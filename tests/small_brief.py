"""The small brief of the unit tests: its text, changed here and there, read, and its designs."""

from functools import cache
from pathlib import Path

from remit.briefs.brief import Brief
from remit.briefs.parse import parse_brief
from remit.catalogue.catalogue import load_catalogue
from remit.consistency.rules import standard_rules
from remit.design.design import TODAY, Design
from remit.design.parse import designs_of
from remit.ground.document import parse_document
from remit.ground.faults import Faults
from remit.mechanism.effect import load_effects
from remit.workbench.briefs import OpenBrief

FILE = "small.yaml"
SMALL = Path(__file__).parent / "unit" / "briefs" / FILE


def small_text(*changes: tuple[str, str]) -> str:
    """Return the text of the small brief, each (old, new) put in where ``old`` stands exactly once."""
    text = SMALL.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


@cache
def small(*changes: tuple[str, str]) -> Brief:
    """Return the small brief, changed as in ``small_text``."""
    return parse_brief(small_text(*changes), FILE)


@cache
def small_designs(*changes: tuple[str, str]) -> dict[str, Design]:
    """Return the designs as written, levels not worked out."""
    return designs_of(small(*changes), load_catalogue(), parse_document(small_text(*changes), FILE))


@cache
def opened(*changes: tuple[str, str]) -> OpenBrief:
    """Return the small brief with its designs, levels worked out."""
    return OpenBrief(small(*changes), small_designs(*changes), standard_rules(load_catalogue()))


def today_with(brief_designs: dict[str, Design], **settings: object) -> Design:
    """Return a design that differs from today in these settings."""
    return Design("turned", "Turned", brief_designs[TODAY].changed(**settings).settings)


def codes_of(raised: Faults) -> list[str]:
    """Return the codes of the faults, sorted."""
    return sorted(f.code for f in raised.faults)


EFFECTS = load_effects("response")
CATALOGUE = load_catalogue()
