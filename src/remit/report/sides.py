"""Who gains and who loses: each party's own outcome beside today, design by design."""

from dataclasses import dataclass

from remit.design.design import TODAY
from remit.ensemble.comparison import Compared
from remit.report.answer import Answer
from remit.report.figures import DAGGER, change, interval, unit_of

UNSURE = "cannot be told"


@dataclass(frozen=True)
class Sides:
    """A table: a row a party, a column a design."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def sides_of(answer: Answer) -> Sides:
    """Return who gains and who loses in each design, as far as can be told."""
    others = [d for d in answer.designs.values() if d.id != TODAY]
    rows = []
    for party, outcome, better in answer.outcomes.words.parties:
        spec = answer.outcomes.by_id[outcome]
        cells = [_cell(answer.row(d.id, outcome), better, answer) for d in others]
        rows.append((f"{party} ({spec.name.lower()}, {unit_of(spec)})", *cells))
    return Sides(
        "Against today, by who it touches",
        ("", *(d.title for d in others)),
        tuple(rows),
        f"Gains or loses is said only where nine futures in ten agree on the sign. {DAGGER} rests on an assumption.",
    )


def side(row: Compared, better: str) -> str:
    """Return "gains", "loses", "the same", or that it cannot be told; "more" or "less" where neither is better."""
    if row.n_scenarios == 0 or row.difference != row.difference:
        return "not known"
    if row.is_same:
        return "the same"
    if not (row.is_settled and row.is_computed_enough):
        return UNSURE
    if better == "none":
        return "more" if row.difference > 0 else "less"
    return "gains" if (row.difference > 0) == (better == "up") else "loses"


def _cell(row: Compared, better: str, answer: Answer) -> str:
    said = side(row, better)
    if said in ("not known", "the same"):
        return said
    spec = answer.outcomes.by_id[row.outcome]
    if not any(d in "123456789" for x in (row.difference, row.low, row.high) for d in change(x, spec)):
        return "the same"
    mark = DAGGER if answer.rests_on_assumption(row.design, row.outcome) else ""
    return f"{said}: {change(row.difference, spec)}{mark} ({interval(row.low, row.high, spec)})"
