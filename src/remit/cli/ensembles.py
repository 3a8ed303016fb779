"""remit explore, runs and rerun: thousands of futures in a store that can be gone on with."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from remit.cli.options import (
    Finite,
    cluster_option,
    designs_option,
    names_in,
    place_option,
    processes_option,
    seed_option,
    surprise_option,
    threads_option,
    turns_option,
)

if TYPE_CHECKING:
    from remit.adapters.run_store import RunFolder
    from remit.ensemble.ports import Executor
    from remit.ensemble.question import Question
    from remit.workbench.ensembles import Ensemble, Recipe, Shard
    from remit.workbench.until import StopWish

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
@surprise_option
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
@click.option(
    "--until",
    "half_width",
    type=Finite(0.0, min_open=True),
    help="Stop once each difference to today is known to plus or minus this, in the unit of --on; --scenarios at most.",
)
@click.option(
    "--best",
    "indifference",
    type=Finite(0.0, min_open=True),
    help="Stop once the best design in --on is known, but for others within this of it; --scenarios at most.",
)
@click.option(
    "--on", "outcome", default="", help="The outcome of --until or --best; the brief's headline if not given."
)
@click.option("--retry", is_flag=True, help="Make failed runs again.")
@threads_option
@processes_option
@cluster_option
@click.option("--json", "as_json", is_flag=True, help="Print what is there at the end as JSON.")
def explore(
    brief: str,
    store: Path,
    retry: bool,
    threads: int | None,
    processes: int | None,
    cluster: str | None,
    as_json: bool,
    **asked: Any,
) -> int:
    """Run an ensemble of BRIEF into a store: progress, rate, time left; kill it and go on."""
    from remit import wiring
    from remit.cli.compare import compile_once
    from remit.workbench.ensembles import parse_shard, question_of

    part = parse_shard(asked["shard"])
    _check_stop(asked["half_width"], asked["indifference"], part)
    hands = wiring.hands(threads, processes, cluster)
    recipe = _recipe(brief, asked)
    _, question = question_of(recipe, wiring.brief_at)
    wish = _stop_wish(asked["half_width"], asked["indifference"], asked["outcome"], question.brief.measures)
    compile_once(question.brief.family)
    folder = wiring.results_folder(store)
    stopped = _fill(recipe, question, folder, hands, part, wish, retry)
    if stopped is None:
        click.echo("Interrupted: finished runs are kept; the same command goes on.", err=True)
        return 3
    if as_json:
        return _tell(store, as_json=True)
    click.echo("\n".join(stopped)) if stopped else None
    ended = _tell(store, as_json=False)
    click.echo(
        f"\nStore  {store}\nNext: remit drivers {store}, remit conditions {store} ..., remit robust {store}"
    )
    return ended


def _recipe(brief: str, asked: dict[str, Any]) -> "Recipe":
    from remit import wiring
    from remit.workbench.ensembles import Recipe

    return Recipe(
        wiring.lasting_name(brief),
        wiring.lasting_name(str(asked["place"] or "")),
        names_in(asked["designs"]),
        asked["turns"],
        asked["seed"],
        asked["n_scenarios"],
        asked["n_replicates"],
        asked["detail"],
        asked["plan"],
        names_in(asked["vary"]),
        asked["pairs"],
        surprise=asked["surprise"],
    )


def _fill(
    recipe: "Recipe",
    question: "Question",
    folder: "RunFolder",
    hands: "Executor",
    part: "Shard",
    wish: "StopWish | None",
    retry: bool,
) -> list[str] | None:
    """Run behind a bar; return why it stopped, if a rule says when, or None after Ctrl-C."""
    from remit.cli.running import counting
    from remit.cli.waiting import waiting
    from remit.workbench.ensembles import explore as run
    from remit.workbench.until import explore_until

    why: list[str] = []

    def work(told: Callable[[int, int], None]) -> None:
        if wish is None:
            run(recipe, question, folder, hands, part, told, retry)
        else:
            why.append(explore_until(recipe, question, folder, hands, wish, told).why)

    if not counting("Simulating", work):
        return None
    if folder.is_scattered:
        with waiting("Merging parts"):
            folder.compact()
    return why


def _check_stop(half_width: float | None, indifference: float | None, part: "Shard") -> None:
    """Refuse stopping rules that cannot go together, before anything is run."""
    from remit.ground.faults import fail

    if half_width is None and indifference is None:
        return
    if half_width is not None and indifference is not None:
        raise fail("CLI001", "--until with --best", fix="Choose one of them.")
    if part.of > 1:
        raise fail(
            "CLI001", "--shard with a stopping rule", fix="A shard sees only its part: leave one of them out."
        )


def _stop_wish(
    half_width: float | None, indifference: float | None, outcome: str, measures: str
) -> "StopWish | None":
    from remit.workbench.questions import outcome_named
    from remit.workbench.until import StopWish

    spec = outcome_named(outcome, measures)  # refuses an unknown name even where no rule is asked for
    if half_width is None and indifference is None:
        return None
    return StopWish(spec, half_width or 0.0, indifference or 0.0)


@click.command(
    epilog="\b\nExample:\n  remit sharpen big --prefer one_crew_more --over today --more 256",
    short_help="Run more futures where a preference flips.",
)
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--prefer", required=True, help="The design.")
@click.option("--over", default="today", show_default=True, help="The design it is held against.")
@click.option(
    "--on", "outcome", default="", help="The outcome that counts; the brief's headline if not given."
)
@click.option(
    "--by", type=float, default=0.0, show_default=True, help="By more than this, in the outcome's unit."
)
@click.option(
    "--more", type=click.IntRange(8, 100_000), default=256, show_default=True, help="Futures to pick and run."
)
@threads_option
@processes_option
@cluster_option
def sharpen(
    store: Path,
    prefer: str,
    over: str,
    outcome: str,
    by: float,
    more: int,
    threads: int | None,
    processes: int | None,
    cluster: str | None,
) -> int:
    """Run more futures of STORE where one design stops beating another, to find conditions with fewer."""
    from remit import wiring
    from remit.cli.compare import compile_once
    from remit.cli.running import counting
    from remit.cli.waiting import waiting
    from remit.workbench.closer import run_sharper
    from remit.workbench.closer import sharpen as pick

    hands = wiring.hands(threads, processes, cluster)
    held = wiring.ensemble_at(store)
    with waiting("Choosing futures"):
        sharper = pick(held, prefer, over, outcome, by, more)
    compile_once(held.question.brief.family)
    if not counting("Simulating", lambda told: run_sharper(held, sharper, hands, told)):
        click.echo("Interrupted: finished runs are kept; the same command goes on.", err=True)
        return 3
    click.echo(f"{sharper.why}\nNext: remit conditions {store} --prefer {prefer} --over {over}")
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
        notes, rest = _notes(held, folder.n_damaged), _rest(held, str(store))
        done = held.done_by_design
        lines = runs_lines(
            brief, done, held.failures, held.n_wanted, str(store), version, held.n_foreign, asks, notes, rest
        )
        click.echo("\n".join(lines))
    return 3 if held.failures else 0


def _notes(held: "Ensemble", n_damaged: int) -> list[str]:
    """Return what is unusual in a store."""
    notes = []
    if held.gone:
        notes.append(f"No longer in the brief, and left out: {', '.join(held.gone)}.")
    if held.recipe.picked:
        notes.append(f"{len(held.recipe.picked):,} of its futures were picked for {held.recipe.picked_for}.")
    if n_damaged:
        notes.append(
            f"{n_damaged:,} files among its parts are damaged or no parts; their runs count as not made."
        )
    return notes


def _rest(held: "Ensemble", store: str) -> str:
    """Return the command that makes what is missing."""
    recipe, first = held.recipe, held.recipe.n_scenarios
    if recipe.picked and held.made[:, :first].all():
        return "the same remit sharpen again"
    names = ",".join(recipe.designs)
    turned = "".join(f" --set {t}" for t in recipe.turns)
    return (
        f"remit explore {recipe.brief} --designs {names}{turned} --scenarios {first} "
        f"--replicates {recipe.n_replicates} --into {store}"
    )


@click.command(
    epilog="\b\nExamples:\n  remit rerun big one_crew_more/17/2\n  remit rerun big 3fa9 --events 60",
    short_help="Make one run again, bit for bit.",
)
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("run")
@click.option(
    "--events", type=click.IntRange(0, 2_000_000), default=40, show_default=True, help="Events to print."
)
@click.option("--json", "as_json", is_flag=True, help="Print the outcomes as JSON.")
def rerun(store: Path, run: str, events: int, as_json: bool) -> int:
    """Make one RUN of a STORE again, with what happened in it.

    RUN is the beginning of its id (as in parts/, runs.csv or a failure), or DESIGN/FUTURE/YEAR, as one_crew_more/17/2.
    """
    from remit import wiring
    from remit.report.events_text import event_counts, event_lines
    from remit.report.plain import number_or_none
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
    click.echo("\nWhat happened, the warm-up and any surrounding ring included:")
    lines = event_lines(told.log, told.warm, events, told.family)
    click.echo("\n".join([*event_counts(told.log, told.family), "", *lines]))
    return 0 if told.is_same or not told.stored else 4
