"""remit explore, runs and rerun: thousands of futures in a store that can be gone on with."""

import json
from dataclasses import replace
from pathlib import Path

import click

from remit.cli.options import (
    designs_option,
    names_in,
    place_option,
    seed_option,
    threads_option,
    turns_option,
)

EXPLORE = """\b
Examples:
  remit explore cardiac-arrest --scenarios 2000 --replicates 4 --into big
  remit explore cardiac-arrest --scenarios 2000 --into part3 --shard 3/16    shards merge by copying their parts
  remit runs big
  remit conditions big --prefer one_crew_more --over today

Interrupt it or kill it whenever you like: what finished is kept, and the same command goes on.
"""


@click.command(epilog=EXPLORE, short_help="Run thousands of futures into a store.")
@click.argument("brief")
@designs_option
@turns_option
@place_option
@click.option(
    "--scenarios",
    "n_scenarios",
    type=click.IntRange(1, 10_000_000),
    default=1000,
    show_default=True,
    help="Futures drawn; more extend those already there.",
)
@click.option(
    "--replicates",
    "n_replicates",
    type=click.IntRange(1, 65_536),
    default=4,
    show_default=True,
    help="Years simulated in each future.",
)
@click.option(
    "--plan",
    default="even",
    show_default=True,
    metavar="NAME",
    help="How futures are drawn: even, random, sobol (few unknowns, many futures), or latin (a fixed number).",
)
@click.option(
    "--vary",
    default="",
    metavar="NAMES",
    help="Unknowns swapped one at a time, for shares of variance in drivers.",
)
@click.option("--pairs", is_flag=True, help="With --vary: two at a time too, for interactions.")
@seed_option
@click.option("--into", "store", type=click.Path(path_type=Path), required=True, help="The store to fill.")
@click.option(
    "--shard", default="1/1", show_default=True, help="Which part of how many that share nothing, as 3/16."
)
@click.option(
    "--detail",
    is_flag=True,
    help="Keep outcomes by fifth, zone and month too, as lists; the store gets large.",
)
@click.option("--retry", is_flag=True, help="Make failed runs again.")
@threads_option
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    help="Worker processes instead of threads: faster for short runs.",
)
@click.option(
    "--cluster", metavar="ADDRESS", help="An existing Dask scheduler instead, as tcp://scheduler:8786."
)
@click.option("--json", "as_json", is_flag=True, help="Print what is there at the end as JSON.")
def explore(
    brief: str,
    designs: str,
    turns: tuple[str, ...],
    place: Path | None,
    n_scenarios: int,
    n_replicates: int,
    plan: str,
    vary: str,
    pairs: bool,
    seed: int,
    store: Path,
    shard: str,
    detail: bool,
    retry: bool,
    threads: int | None,
    processes: int | None,
    cluster: str | None,
    as_json: bool,
) -> int:
    """Run an ensemble of BRIEF into a store: progress, rate, time left; kill it and go on."""
    from remit import wiring
    from remit.cli.compare import compile_once
    from remit.cli.running import counting
    from remit.cli.waiting import waiting
    from remit.workbench.ensembles import Recipe, parse_shard, question_of
    from remit.workbench.ensembles import explore as run

    part = parse_shard(shard)
    names = names_in(designs)
    hands = wiring.hands(threads, processes, cluster)
    usual = Recipe(brief, str(place or ""), names, turns, seed, n_scenarios, n_replicates, detail)
    recipe = replace(usual, plan=plan, vary=names_in(vary), pairs=pairs)
    compile_once()
    _, question = question_of(recipe, wiring.brief_at)
    folder = wiring.results_folder(store)
    if retry:
        folder.forget_failures()
    finished = counting("Simulating", lambda told: run(recipe, question, folder, hands, part, told))
    if not finished:
        click.echo("Interrupted: finished runs are kept; the same command goes on.", err=True)
        return 3
    if folder.is_scattered:
        with waiting("Merging parts"):
            folder.compact()
    if as_json:
        return _tell(store, as_json=True)
    click.echo(
        f"Store  {store}\nNext: remit runs {store}, remit drivers {store}, remit conditions {store} ..."
    )
    return 0


@click.command(
    epilog="\b\nExamples:\n  remit runs big\n  remit runs big --compact", short_help="Say what a store holds."
)
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--compact", is_flag=True, help="Merge its parts into few large ones first, each checked.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def runs(store: Path, compact: bool, as_json: bool) -> int:
    """Say what a STORE holds: by design, what failed with its reason, and the command that repeats one."""
    from remit import wiring
    from remit.cli.waiting import waiting

    if compact:
        wiring.results_folder(store).held()
        with waiting("Merging parts"):
            before, after = wiring.results_folder(store).compact()
        click.echo(f"{before:,} parts became {after:,}.", err=True)
    return _tell(store, as_json)


def _tell(store: Path, as_json: bool) -> int:
    from remit import wiring
    from remit.report.store_text import runs_lines, runs_plain

    held = wiring.ensemble_at(store)
    brief = held.opened.brief.id
    if as_json:
        plain = runs_plain(brief, held.done_by_design, held.failures, held.n_wanted)
        click.echo(json.dumps(plain, indent=2, ensure_ascii=False))
    else:
        folder = wiring.results_folder(store)
        version, asks = (
            str(folder.held().get("remit_version", "?")),
            [(a.at, a.recipe, a.shard) for a in folder.asks()],
        )
        done = held.done_by_design
        lines = runs_lines(
            brief, done, held.failures, held.n_wanted, str(store), version, held.n_foreign, asks
        )
        click.echo("\n".join(lines))
    return 3 if held.failures else 0


@click.command(
    epilog="\b\nExample:\n  remit rerun big 3fa9 --events 60", short_help="Make one run again, bit for bit."
)
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("run")
@click.option(
    "--events", type=click.IntRange(0, 2_000_000), default=40, show_default=True, help="Events to print."
)
@click.option("--json", "as_json", is_flag=True, help="Print the outcomes as JSON.")
def rerun(store: Path, run: str, events: int, as_json: bool) -> int:
    """Make one RUN of a STORE again, by the beginning of its id, with what happened in it."""
    from remit import wiring
    from remit.report.plain import number_or_none
    from remit.report.store_text import event_counts, event_lines
    from remit.workbench.rerun import rerun as again

    told = again(wiring.ensemble_at(store), run)
    if as_json:
        outcomes = {n: number_or_none(v) for n, v in told.outcomes.items()}
        click.echo(
            json.dumps(
                {"run": told.key.run_id, "same_as_stored": told.is_same, "outcomes": outcomes}, indent=2
            )
        )
        return 0 if told.is_same or not told.stored else 4
    key = told.key
    click.echo(f"Run {key.run_id}: {key.design}, future {key.scenario}, course {key.replicate}")
    said = (
        "the same to the last bit as the one in the store"
        if told.is_same
        else ("not the same as the one in the store" if told.stored else "it is not in the store")
    )
    click.echo(f"Made again: {said}.\n")
    for name, value in told.outcomes.items():
        click.echo(f"  {name:<28} {value:.6g}")
    click.echo("\nWhat happened, the surrounding ring and the warm-up included:")
    click.echo("\n".join([*event_counts(told.log), "", *event_lines(told.log, told.warm_minutes, events)]))
    return 0 if told.is_same or not told.stored else 4
