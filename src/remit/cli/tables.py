"""Tables for the terminal."""

from rich.console import Console
from rich.table import Table

from remit.design.design import TODAY
from remit.report.answer import Answer
from remit.report.figures import DAGGER, change, error_figure, figure, interval, many, unit_of
from remit.report.sentences import not_knowing, verdicts
from remit.report.standing import standing_lines
from remit.simulate.outcome import Outcome

WIDE_ENOUGH = 136


def runs_in_each(days: int, n: int) -> str:
    """Return how much is simulated in each future: years, or runs of several years.

    >>> runs_in_each(365, 3), runs_in_each(30 * 364, 3)
    ('3 years', '3 runs of 30 years')
    """
    years = days // 364
    return many(n, "year") if years <= 1 else f"{many(n, 'run')} of {years} years"


def print_answer(answer: Answer) -> None:
    """Print a comparison: a table an outcome, the three kinds of not-knowing, and what follows."""
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = WIDE_ENOUGH
    results = answer.results
    console.print(f"\n{answer.brief.title}", style="bold")
    console.print(
        f"{answer.brief.locality.name}; {many(results.n_scenarios, 'future')}, "
        f"{runs_in_each(answer.brief.days, results.n_replicates)} in each.\n"
    )
    for design in answer.designs.values():
        console.print(f"  {design.id}  {design.title}")
        verdict = answer.verdicts.get(design.id)
        for line in standing_lines(verdict) if verdict is not None and design.id != TODAY else ():
            console.print(f"      {line}")
    console.print()
    outcomes = [answer.outcomes.by_id[o] for o in answer.outcomes.shown]
    for outcome in (o for o in outcomes if _is_worth_showing(answer, o)):
        _print_outcome(console, answer, outcome)
    quiet = [o.name.lower() for o in outcomes if not _is_worth_showing(answer, o)]
    if quiet:
        console.print(f"Nothing in any design: {', '.join(quiet)}.\n")
    console.print(
        "Range: nine futures in ten. Fifths of deprivation: the place's own"
        f"{', then national ones' if _has_national(answer) else ''}.\n"
        f"{DAGGER} rests on an assumption (no published source); the report lists them.\n"
    )
    for name, words in not_knowing(answer):
        console.print(f"{name}. {words}")
    console.print()
    for failure in answer.failures:
        console.print(f"Some runs failed and are left out: {failure}", style="bold")
    for finding in answer.findings:
        console.print(f"! {finding}")
    for sentence in verdicts(answer):
        console.print(f"* {sentence}")
    console.print()


def _is_worth_showing(answer: Answer, outcome: Outcome) -> bool:
    rows = [answer.row(d, outcome.id) for d in answer.designs]
    return any(r.value != 0.0 and r.value == r.value for r in rows)


def _print_outcome(console: Console, answer: Answer, outcome: Outcome) -> None:
    """Print one outcome; fifths stand beside where the terminal is wide enough, else below."""
    title = f"{outcome.name} ({unit_of(outcome)})"
    # a narrow terminal has no room for more, and a number is never cut
    main = _head(
        title,
        "value",
        "against today",
        "range",
        "error" if console.width < WIDE_ENOUGH else "computing error",
    )
    is_national = _has_national(answer)
    national = ("national",) if is_national else ()
    fifths = _head(
        "" if outcome.by_group else title,
        "most deprived: own" if is_national else "most deprived fifth",
        *national,
        "least deprived: own" if is_national else "least deprived fifth",
        *national,
    )
    both = _head(
        title,
        "value",
        "against today",
        "range",
        "computing error",
        "most deprived: own" if is_national else "most deprived fifth",
        *national,
        "least: own" if is_national else "least deprived",
        *national,
    )
    for design in answer.designs:
        cells = _cells(answer, design, outcome)
        by_fifth = [
            _fifth(answer, design, outcome, kind, name)
            for name in "15"
            for kind in ("own_fifth", "national_fifth")
            if is_national or kind == "own_fifth"
        ]
        main.add_row(design, *cells)
        fifths.add_row(design, *by_fifth)
        both.add_row(design, *cells, *by_fifth)
    if not outcome.by_group:
        console.print(main)
    elif console.width >= WIDE_ENOUGH:
        console.print(both)
    else:
        console.print(main)
        console.print(fifths)
    console.print()


def _has_national(answer: Answer) -> bool:
    """Tell whether outcomes are told by national fifths too; not every family's engine keeps them."""
    return any(kind == "national_fifth" for kind, _ in answer.results.groups)


def _head(title: str, *columns: str) -> Table:
    table = Table(title=title or None, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("", overflow="fold", min_width=20)
    for column in columns:
        table.add_column(column, justify="right", overflow="fold")
    return table


def _cells(answer: Answer, design: str, outcome: Outcome) -> list[str]:
    row = answer.row(design, outcome.id)
    if design == TODAY:
        return [figure(row.value, outcome), "", "", ""]
    is_known = row.difference == row.difference
    mark = (
        DAGGER
        if is_known and row.difference != 0.0 and answer.rests_on_assumption(design, outcome.id)
        else ""
    )
    return [
        figure(row.value, outcome),
        change(row.difference, outcome) + mark,
        interval(row.low, row.high, outcome),
        error_figure(row.monte_carlo_error, outcome),
    ]


def _fifth(answer: Answer, design: str, outcome: Outcome, kind: str, name: str) -> str:
    """Return today's value, or the difference to it, in one fifth."""
    row = answer.fifth(design, outcome.id, kind, name)
    if row is None or row.value != row.value:
        return "not told" if answer.has_people(kind, name) else "nobody"
    return figure(row.value, outcome) if design == TODAY else change(row.difference, outcome)
