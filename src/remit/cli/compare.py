"""remit compare: run designs against today's service and tell what came out."""

import json
import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from remit.cli.options import (
    designs_option,
    names_in,
    place_option,
    seed_option,
    surprise_option,
    threads_option,
    turns_option,
)

if TYPE_CHECKING:
    from remit.briefs.brief import Brief
    from remit.ensemble.question import Question
    from remit.report.answer import Answer
    from remit.workbench.compare import Wish

MOST_OF_NAME = 80
EPILOG = """\b
Examples:
  remit compare cardiac-arrest
  remit compare cardiac-arrest --designs volunteer_responders,one_crew_more
  remit compare cardiac-arrest --set staff=1.0 --set assets=1.5
  remit compare cardiac-arrest --place my-borough/ --out my-borough-results
  remit compare home-care --surprise provider_fails
  remit compare my-brief.yaml --scenarios 256 --precision 0.005 --json
  remit compare cardiac-arrest --route --stop 'response_mean>today+0.5@9'

Interrupt it whenever you like: finished runs are kept, and the same command goes on.
"""


@click.command(epilog=EPILOG, short_help="Compare designs with today's service.")
@click.argument("brief")
@designs_option
@turns_option
@place_option
@surprise_option
@click.option(
    "--scenarios",
    "n_scenarios",
    type=click.IntRange(1, 1_000_000),
    default=64,
    show_default=True,
    help="Futures drawn.",
)
@click.option(
    "--replicates",
    "n_replicates",
    type=click.IntRange(1, 65_536),
    default=3,
    show_default=True,
    help="Years simulated in each future.",
)
@click.option(
    "--precision",
    type=click.FloatRange(0.0, min_open=True),
    help="Go on until the Monte Carlo error of the headline difference is this small.",
)
@seed_option
@threads_option
@click.option("--route", is_flag=True, help="Simulate the way from today to each design, month by month.")
@click.option(
    "--months",
    type=click.IntRange(1, 120),
    default=24,
    show_default=True,
    help="With --route: months there are to get there.",
)
@click.option(
    "--aim",
    type=click.Choice(["fastest", "cheapest", "safest"]),
    default="fastest",
    show_default=True,
    help="With --route: which way (see remit route).",
)
@click.option(
    "--stop",
    default="",
    metavar="RULE",
    help="With --route: try out a rule to hand back, such as 'response_mean>today+0.5@9'.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder for runs and report.")
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
def compare(
    brief: str,
    designs: str,
    turns: tuple[str, ...],
    place: Path | None,
    surprise: str,
    n_scenarios: int,
    n_replicates: int,
    precision: float | None,
    seed: int,
    threads: int | None,
    route: bool,
    months: int,
    aim: str,
    stop: str,
    out: Path | None,
    as_json: bool,
) -> int:
    """Compare designs with today's service in BRIEF (a name of the gallery, or a file)."""
    from remit import wiring
    from remit.workbench.briefs import surprised
    from remit.workbench.compare import Wish, choose_designs, pose
    from remit.workbench.designs import stand_on
    from remit.workbench.thinking import judge_all

    names = names_in(designs)
    opened = surprised(wiring.brief_at(brief, place), surprise)
    chosen = choose_designs(opened, names, turns)
    compile_once(opened.brief.family)
    if route or stop:
        _check_ways(opened.brief, precision)
        from remit.cli.ways import compare_ways
        from remit.consistency.route import RouteWish

        years = Wish(n_scenarios, n_replicates, seed=seed)
        return compare_ways(opened, chosen, RouteWish(months, aim), stop, years, threads, out, as_json)
    question = pose(opened, chosen, seed)
    folder = out or Path("remit-results") / f"{question.brief.id}-{question.digest[:8]}"
    report = "report.html" if out else report_name((*names, *turns))
    wish = Wish(n_scenarios, n_replicates, precision, seed=seed)
    answer = _run(question, wish, folder, threads)
    if answer is None:
        click.echo("Interrupted before any run finished.", err=True)
        return 3
    verdicts = judge_all(chosen, stand_on(opened, None, wiring.read_text))
    return _tell(replace(answer, verdicts=verdicts), folder, report, as_json)


def report_name(asked: Sequence[str]) -> str:
    """Return a report's name: that of some designs, or of turned settings, does not replace the whole one.

    >>> report_name(()), report_name(("improved_today", "staff=1.1"))
    ('report.html', 'report-improved_today-staff-1.1.html')
    """
    what = re.sub(r"[^a-zA-Z0-9_.]+", "-", "-".join(asked))[:MOST_OF_NAME].strip("-.")
    return f"report-{what}.html" if what else "report.html"


def _check_ways(brief: "Brief", precision: float | None) -> None:
    """Refuse what ways cannot be asked together with, or of."""
    from remit.ground.faults import fail
    from remit.simulate.family import has_ways

    if not has_ways(brief):
        raise fail("MEC009", "the way from today, month by month")
    if precision is not None:
        raise fail(
            "CLI001", "--precision with --route", fix="Give the years of each future: --replicates 16."
        )


def compile_once(family: str) -> None:
    """Load a family's engine; the first time on a machine it is compiled, behind a line that says so."""
    from importlib import import_module

    from remit import kernel

    if kernel.is_compiled(family):
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("Preparing the engine for this machine (once, about half a minute) ..."):
        import_module({"response": "remit.kernel.batch", "caseload": "remit.kernel.caseload.batch"}[family])


def _run(question: "Question", wish: "Wish", folder: Path, threads: int | None) -> "Answer | None":
    """Run the comparison under a progress bar; an interrupt leaves what finished."""
    from remit import wiring
    from remit.cli.running import under_a_bar
    from remit.report.figures import change, unit_of
    from remit.simulate.outcomes import outcomes_of
    from remit.workbench.compare import partial_answer, run_comparison

    store = wiring.results_folder(folder)
    headline = outcomes_of(question.brief.measures).headline
    return under_a_bar(
        "Simulating years",
        lambda told: run_comparison(question, wish, store, wiring.executor(threads), told),
        lambda: partial_answer(question, wish, store),
        lambda x: f"{change(x, headline)} {unit_of(headline)}",
    )


def _tell(answer: "Answer", folder: Path, name: str, as_json: bool) -> int:
    """Write tables and report, print the comparison; 3 if it is not complete."""
    from remit import wiring
    from remit.ground.faults import fail
    from remit.report.page import render_page
    from remit.report.plain import as_plain

    store = wiring.results_folder(folder)
    parquet, table = store.write_tables(answer.results)
    store.write_failures(answer.results.failures)
    report = folder / name
    try:
        wiring.write_text(report, render_page(answer, shlex.join(["remit", *sys.argv[1:]])))
    except OSError as error:
        raise fail("ENS002", error.strerror or str(error), file=str(report)) from None
    if as_json:
        click.echo(
            json.dumps(
                as_plain(answer) | {"report": str(report), "table": str(table)}, indent=2, ensure_ascii=False
            )
        )
    else:
        from remit.cli.tables import print_answer

        print_answer(answer)
        click.echo(f"Report  {report}\nRuns    {table}  {parquet}")
    if not answer.is_complete:
        click.echo("Interrupted: finished runs are kept; the same command goes on.", err=True)
        return 3
    if answer.failures:
        click.echo(f"Some runs failed and are left out: {folder / 'failures.csv'}", err=True)
    return 3 if answer.failures else 0
