"""The tables of outcomes, and where to find one by its id."""

from remit.briefs.brief import Brief
from remit.simulate.adoption_outcomes import ADOPTION
from remit.simulate.caseload_outcomes import CASELOAD
from remit.simulate.estate_outcomes import ESTATE
from remit.simulate.meals_outcomes import MEALS
from remit.simulate.outcome import Outcome, Outcomes
from remit.simulate.projects_outcomes import PROJECTS
from remit.simulate.reports_outcomes import REPORTS
from remit.simulate.response_outcomes import RESPONSE

OUTCOMES_OF = {
    "response": RESPONSE,
    "reports": REPORTS,
    "caseload": CASELOAD,
    "meals": MEALS,
    "estate": ESTATE,
    "projects": PROJECTS,
    "adoption": ADOPTION,
}


def outcomes_of(measures: str) -> Outcomes:
    """Return a table of outcomes: what a brief measures (``Brief.measures``).

    >>> outcomes_of("response").headline.id
    'survivors'
    """
    return OUTCOMES_OF[measures]


def outcome_columns(brief: Brief) -> tuple[str, ...]:
    """Return the names of the outcome columns of a run table, in a fixed order."""
    outcomes = outcomes_of(brief.measures)
    kinds = (f"{outcomes.by_kind}@{k.id}" for k in brief.kinds)
    return (*outcomes.first, *(o.id for o in outcomes.every), *outcomes.last, *kinds)


def find_outcome(name: str) -> Outcome | None:
    """Return the outcome of that id in any family, or None; one id means the same everywhere."""
    return next((o.by_id[name] for o in OUTCOMES_OF.values() if name in o.by_id), None)
