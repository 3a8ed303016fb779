"""remit compare --route: the way from today to each design, simulated."""

import json
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from remit.consistency.route import RouteWish
    from remit.design.design import Design
    from remit.report.way_answer import WayAnswer
    from remit.workbench.briefs import OpenBrief
    from remit.workbench.compare import Wish


def compare_ways(
    opened: "OpenBrief",
    chosen: "Mapping[str, Design]",
    route: "RouteWish",
    stop: str,
    wish: "Wish",
    threads: int | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Simulate the way to each design and tell it; 3 if it was interrupted or a run failed."""
    from remit import wiring
    from remit.cli.running import under_a_bar
    from remit.questions.stopping import parse_stop_rule
    from remit.workbench.designs import stand_on
    from remit.workbench.ways import partial_ways, pose_ways, run_ways

    place = stand_on(opened, None, wiring.read_text)
    rule = parse_stop_rule(stop) if stop else None
    ways = pose_ways(opened, place, chosen, route, rule, wish.seed)
    folder = out or Path("remit-results") / f"{opened.brief.id}-route-{ways.question.digest[:8]}"
    store = wiring.results_folder(folder)
    answer = under_a_bar(
        "Simulating the way",
        lambda told: run_ways(ways, wish, store, wiring.executor(threads), told),
        lambda: partial_ways(ways, wish, store),
    )
    if answer is None:
        click.echo("Interrupted before any run finished.", err=True)
        return 3
    return _tell(answer, folder, as_json)


def _tell(answer: "WayAnswer", folder: Path, as_json: bool) -> int:
    from remit import wiring
    from remit.ground.faults import fail
    from remit.report.way_page import render_ways
    from remit.report.way_plain import ways_plain

    store = wiring.results_folder(folder)
    parquet, table = store.write_tables(answer.results)
    store.write_failures(answer.results.failures)
    page = folder / "report.html"
    try:
        wiring.write_text(page, render_ways(answer, shlex.join(["remit", *sys.argv[1:]])))
    except OSError as error:
        raise fail("ENS002", error.strerror or str(error), file=str(page)) from None
    if as_json:
        click.echo(
            json.dumps(
                ways_plain(answer) | {"report": str(page), "table": str(table)}, indent=2, ensure_ascii=False
            )
        )
    else:
        from remit.cli.way_tables import print_ways

        print_ways(answer)
        click.echo(f"Report  {page}\nRuns    {table}  {parquet}")
    if not answer.is_complete:
        click.echo("Interrupted: finished runs are kept; the same command goes on.", err=True)
    for failure in answer.failures:
        click.echo(f"Some runs failed and are left out: {failure}", err=True)
    return 0 if answer.is_complete and not answer.failures else 3
