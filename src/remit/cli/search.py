"""remit search: which consistent designs cannot be bettered on several objectives at once."""

from pathlib import Path

import click

from remit.cli.options import (
    cluster_option,
    names_in,
    place_option,
    processes_option,
    seed_option,
    threads_option,
)

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
    objectives: str,
    trials: int,
    futures: int,
    n_replicates: int,
    free: str,
    only_open: bool,
    place: Path | None,
    seed: int,
    threads: int | None,
    processes: int | None,
    cluster: str | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Search the consistent designs of BRIEF for those that cannot be bettered on every objective at once."""
    from remit import wiring
    from remit.cli.compare import compile_once
    from remit.cli.questions import dump, say, write_page
    from remit.cli.running import counting
    from remit.questions.evolve import SearchWish
    from remit.report.search_answer import SearchAnswer
    from remit.report.search_page import front_section
    from remit.report.search_text import chosen_lines, search_lines, search_plain
    from remit.workbench.designs import stand_on
    from remit.workbench.search import parse_objectives, plan_search, run_search

    opened = wiring.brief_at(brief, place)
    goals = parse_objectives(names_in(objectives))
    first = min(8, futures)
    wish = SearchWish(("mean",), trials, first, futures, population=24, seed=seed)
    quest = plan_search(
        opened, stand_on(opened, None, wiring.read_text), goals, wish, n_replicates, names_in(free), only_open
    )
    hands = wiring.hands(threads, processes, cluster)
    compile_once()
    told: list[SearchAnswer] = []
    finished = counting(
        "Searching",
        lambda count: told.append(
            run_search(
                quest, wiring.results_folder(store), hands, lambda p: count(p.evaluations, p.most_evaluations)
            )
        ),
    )
    if not finished:
        click.echo("Interrupted: what was tried is kept; the same command goes on.", err=True)
        return 3
    (answer,) = told
    if as_json:
        dump(search_plain(answer))
        return 0
    lines = search_lines(answer)
    say(lines)
    click.echo()
    say(chosen_lines(answer))
    lead = f"{opened.brief.title}; {answer.found.evaluations:,} trials"
    write_page(
        out or store / "search.html", "Designs that cannot be bettered", lead, [front_section(answer, lines)]
    )
    return 0
