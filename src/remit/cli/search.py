"""remit search: which consistent designs cannot be bettered on several objectives at once."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from remit.cli.options import (
    cluster_option,
    names_in,
    place_option,
    processes_option,
    seed_option,
    threads_option,
)

if TYPE_CHECKING:
    from remit.ensemble.ports import Executor
    from remit.report.search_answer import SearchAnswer
    from remit.workbench.briefs import OpenBrief
    from remit.workbench.search import Quest

POPULATION = 24
EPILOG = """\b
Examples:
  remit search cardiac-arrest --into found
  remit search cardiac-arrest --into found --objectives survivors:tenth,cost_public,unpaid_hours
  remit search cardiac-arrest --into found --trials 8000 --open

Interrupt it whenever you like: what was tried is kept, and the same command takes the same steps to the same end.
"""


@click.command(epilog=EPILOG, short_help="Search for designs that are best on several objectives.")
@click.argument("brief")
@click.option("--into", "store", type=click.Path(path_type=Path), required=True, help="The folder to fill.")
@click.option(
    "--objectives",
    default="",
    metavar="NAMES",
    help="Outcomes that count, separated by commas, each as its mean, or :tenth or :worst for robustness; lives and "
    "public cost if not given.",
)
@click.option(
    "--trials",
    type=click.IntRange(1, 10_000_000),
    default=4000,
    show_default=True,
    help="Most trials of one design in one future.",
)
@click.option(
    "--futures",
    type=click.IntRange(2, 4096),
    default=32,
    show_default=True,
    help="Futures in which the front is judged, a power of two; as many fresh ones confirm it.",
)
@click.option(
    "--replicates",
    "n_replicates",
    type=click.IntRange(1, 1024),
    default=1,
    show_default=True,
    help="Years simulated in each.",
)
@click.option(
    "--free", default="", metavar="VARIABLES", help="Let go variables whose own cost is not in the model."
)
@click.option("--open", "only_open", is_flag=True, help="Only designs whose conditions this place has.")
@place_option
@seed_option
@threads_option
@processes_option
@cluster_option
@click.option("--out", type=click.Path(path_type=Path), help="The page to write; in the folder if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def search(
    brief: str,
    store: Path,
    place: Path | None,
    threads: int | None,
    processes: int | None,
    cluster: str | None,
    out: Path | None,
    as_json: bool,
    **asked: Any,
) -> int:
    """Search the consistent designs of BRIEF for those that cannot be bettered on every objective at once."""
    from remit import wiring
    from remit.cli.compare import compile_once
    from remit.cli.questions import dump, say, write_page
    from remit.report.search_page import front_section
    from remit.report.search_text import chosen_lines, search_lines, search_plain

    hands = wiring.hands(threads, processes, cluster)
    quest = _quest(wiring.brief_at(brief, place), asked)
    compile_once(quest.opened.brief.family)
    answer = _answer(quest, store, hands)
    if answer is None:
        click.echo("Interrupted: what was tried is kept; the same command goes on.", err=True)
        return 3
    if as_json:
        dump(search_plain(answer))
        return 0
    lines = search_lines(answer)
    say(lines)
    click.echo()
    say(chosen_lines(answer))
    lead = f"{quest.opened.brief.title}; {answer.found.evaluations:,} trials of one design in one future."
    section = front_section(answer, lines)
    write_page(out or store / "search.html", "Designs that cannot be bettered", lead, [section])
    return 0


def _quest(opened: "OpenBrief", asked: dict[str, Any]) -> "Quest":
    from remit import wiring
    from remit.ground.faults import fail
    from remit.questions.evolve import SearchWish
    from remit.workbench.designs import stand_on
    from remit.workbench.search import parse_objectives, plan_search

    goals = parse_objectives(names_in(asked["objectives"]), opened.brief.measures)
    futures, trials = asked["futures"], asked["trials"]
    if futures & (futures - 1):
        raise fail("CLI001", f"--futures {futures} is no power of two", fix="Write 16, 32, 64 ...")
    if trials < 2 * POPULATION * futures:
        least = 2 * POPULATION * futures
        raise fail(
            "CLI001", f"{trials:,} trials are too few for {futures} futures", fix=f"Allow --trials {least}."
        )
    wish = SearchWish(("mean",), trials, min(8, futures), futures, population=POPULATION, seed=asked["seed"])
    place = stand_on(opened, None, wiring.read_text)
    return plan_search(
        opened, place, goals, wish, asked["n_replicates"], names_in(asked["free"]), asked["only_open"]
    )


def _answer(quest: "Quest", store: Path, hands: "Executor") -> "SearchAnswer | None":
    """Search behind a bar; None after Ctrl-C."""
    from remit import wiring
    from remit.cli.running import counting
    from remit.workbench.search import run_search

    found: list[SearchAnswer] = []

    def work(told: Callable[[int, int], None]) -> None:
        folder = wiring.results_folder(store)
        found.append(
            run_search(
                quest,
                folder,
                hands,
                lambda p: told(min(p.evaluations, p.most_evaluations), p.most_evaluations),
            )
        )

    return found[0] if counting("Searching", work) else None
