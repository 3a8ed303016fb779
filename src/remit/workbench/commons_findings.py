"""What to know beside the numbers of the commons family: solvency, what is left of a pot, makers that give up."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from remit.briefs.scenario import Scenario
from remit.design.design import TODAY
from remit.ensemble.question import Question
from remit.ensemble.results import Results
from remit.kernel.layout import Floats
from remit.mechanism.commons.estate import is_independent
from remit.mechanism.commons.lower import pot_after
from remit.mechanism.cost import yearly_cost
from remit.mechanism.values import Values, values_of
from remit.questions.drivers import Driver
from remit.report.sentences import spoken

HALF, TENTH = 0.5, 0.1
MOST_NAMED = 3
SMALL = 0.05  # of a pot

Moved = Mapping[str, Sequence[Driver]]  # what moves how long a body stays afloat, by design


def commons_findings(question: Question, results: Results, moved: Moved) -> tuple[str, ...]:
    """Return what follows from a comparison of the commons family, in plain sentences; nothing of other families.

    Args:
        question: what was compared.
        results: finished runs.
        moved: what moves the years afloat of each design.
    """
    find = FINDERS.get(question.brief.measures)
    if find is None:
        return ()
    said = []
    for design in results.designs:
        if design in question.designs:
            told = find(question, results, design, moved.get(design, ()))
            said += [f"{question.designs[design].title}: {words}" for words in told]
    return tuple(said)


def _solvency(question: Question, results: Results, design: str, moved: Sequence[Driver]) -> list[str]:
    """Say by which year half the futures are insolvent, or that none is within the horizon, and what would move it."""
    if not is_independent(_central(question, design)):
        return []
    years = [int(name) for kind, name in results.groups if kind == "year"]
    if not years:
        return []
    chance = [_mean(results.of(design, "insolvent", ("year", str(y)))) for y in years]
    horizon, last = years[-1], chance[-1]
    half = next((y for y, c in zip(years, chance, strict=True) if c >= HALF), None)
    first = next((y for y, c in zip(years, chance, strict=True) if c >= TENTH), None)
    if half is not None:
        words = f"by year {half} half of the futures have run out of money and gone back to the council"
        words += f" ({_per_cent(last)} by year {horizon})"
    elif last > 0.0:
        words = (
            f"{_per_cent(last)} of the futures run out of money within the {horizon} years and go back to the council; "
            "at no time within them half"
        )
    else:
        words = f"none of the futures runs out of money within the {horizon} years"
    words += f"; one in ten has by year {first}" if first is not None and first != half else ""
    words += _fund_left(results, design, years)
    told = [f"{words}. {_movers(moved)}".rstrip()]
    others = _mean(results.of(design, "capital_others"))
    if others > 0.0:
        told.append(
            f"others than the council put in £{_money(others)} a year of capital; public cost does not hold it."
        )
    return told


def _fund_left(results: Results, design: str, years: Sequence[int]) -> str:
    """Say what a fund still held in the year in which its body could not pay, where there was one."""
    failed = np.stack([results.of(design, "insolvent", ("year", str(y))) for y in years])
    held = np.stack([results.of(design, "reserves", ("year", str(y))) for y in years])
    spending = results.of(design, "income_fund")
    first = np.argmax(failed > 0.5, axis=0)
    at_failure = np.take_along_axis(held, first[None], axis=0)[0]
    left = at_failure[(failed.max(axis=0) > 0.5) & (spending > 0.0)]
    if not len(left) or float(np.median(left)) <= 0.0:
        return ""
    held_gbp = _money(float(np.median(left)))
    return f"; its fund then still held about £{held_gbp}, which its spending rule does not let it touch"


def _movers(moved: Sequence[Driver]) -> str:
    clear = [d for d in moved if d.is_clear]
    if not moved:
        return ""
    if not clear:
        return "No single unknown stands out as what moves that most in so few futures."
    names = [spoken(d.name) + (" (assumed)" if d.is_assumption else "") for d in clear[:MOST_NAMED]]
    return f"What would move that most: {', '.join(names)}."


def _pot(question: Question, results: Results, design: str, _: Sequence[Driver]) -> list[str]:
    """Say what of the council's pot goes to new roles, and what of it nobody used."""
    values = _central(question, design)
    one, today = question.designs[design], question.today
    roles = yearly_cost(one, today, values, question.brief, Scenario(), question.catalogue).roles_gbp
    pot = pot_after(values, roles)
    paid = _mean(results.of(design, "match_paid"))
    told = []
    if pot < values["pot.gbp_per_year"] and design != TODAY:
        told.append(f"new public roles take £{_money(values['pot.gbp_per_year'] - pot)} of that")
    if paid < (1.0 - SMALL) * pot:
        told.append(f"about £{_money(pot - paid)} is not used, and stays with the council")
    if not told:
        return []
    return [f"every design is offered £{_money(values['pot.gbp_per_year'])} a year; {'; '.join(told)}."]


def _makers(_: Question, results: Results, design: str, __: Sequence[Driver]) -> list[str]:
    nobody = results.of(design, "nobody_share")
    share = float((nobody[np.isfinite(nobody)] > 0.0).mean()) if np.isfinite(nobody).any() else 0.0
    if share < SMALL:
        return []
    return [
        f"in {_per_cent(share)} of runs there is a time in which every app or venture has given up, and its users are "
        "without it."
    ]


def _central(question: Question, design: str) -> Values:
    one, today = question.designs[design], question.today
    return values_of(one, today, question.brief, Scenario(), question.effects, question.catalogue)


def _mean(values: Floats) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if len(finite) else float("nan")


def _per_cent(share: float) -> str:
    return f"{100.0 * share:.0f} %"


def _money(gbp: float) -> str:
    return f"{float(f'{gbp:.2g}'):,.0f}"


FINDERS: dict[str, Callable[[Question, Results, str, Sequence[Driver]], list[str]]] = {
    "estate": _solvency,
    "projects": _pot,
    "adoption": _makers,
}
