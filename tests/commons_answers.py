"""True answers of the small briefs of the commons family."""

from functools import cache

from answers import Serial, Wish, pose, run_comparison
from fakes import MemoryStore
from remit.catalogue.catalogue import load_catalogue
from remit.consistency.rules import standard_rules
from remit.ensemble.question import Question
from remit.report.answer import Answer
from remit.workbench.briefs import OpenBrief
from remit.workbench.compare import choose_designs
from small_commons import commons, commons_designs


def commons_opened(about: str, *changes: tuple[str, str]) -> OpenBrief:
    """Return a small brief of the commons family with its designs."""
    return OpenBrief(
        commons(about, *changes), commons_designs(about, *changes), standard_rules(load_catalogue())
    )


@cache
def commons_question(about: str, *names: str, changes: tuple[tuple[str, str], ...] = ()) -> Question:
    """Return the question of today and these designs, all if none is named."""
    opened = commons_opened(about, *changes)
    return pose(opened, choose_designs(opened, names, []), 1)


@cache
def commons_answer(
    about: str, *names: str, n_scenarios: int = 6, changes: tuple[tuple[str, str], ...] = ()
) -> Answer:
    """Return a true answer of it."""
    question = commons_question(about, *names, changes=changes)
    return run_comparison(question, Wish(n_scenarios, 3), MemoryStore(), Serial(), lambda _: None)
