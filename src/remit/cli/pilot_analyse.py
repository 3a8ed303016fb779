"""Commands that work out what a pilot found, and how honest the ways of working it out are."""

import json
from pathlib import Path

import click

A_FILE = click.Path(path_type=Path)


@click.command(
    short_help="Work out what a pilot found.",
    epilog="\b\nExample:\n  remit pilot analyse pilot.yaml data.csv --allocation allocation.csv",
)
@click.argument("design", type=A_FILE)
@click.argument("data", type=A_FILE)
@click.option(
    "--allocation", type=A_FILE, help="Who was allocated to what: columns id and arm, or id and start."
)
@click.option("--register", type=A_FILE, help="The register in which the design was promised.")
@click.option(
    "--column", "columns", multiple=True, metavar="NEW=OLD", help="Call a column otherwise; may be repeated."
)
@click.option("--outcome", "extra", multiple=True, help="Another column to work out; told as not registered.")
@click.option(
    "--draws", type=click.IntRange(0, 10_000_000), help="Allocations drawn anew, in place of the protocol's."
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of those draws.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def analyse(
    design: Path,
    data: Path,
    allocation: Path | None,
    register: Path | None,
    columns: tuple[str, ...],
    extra: tuple[str, ...],
    draws: int | None,
    seed: int,
    as_json: bool,
) -> None:
    """Work out from DATA what the pilot in the file DESIGN found, by the way that was fixed beforehand.

    DATA has one row per person (or per unit and period): columns id, arm (or start and period), and the outcomes.
    Whatever departs from the protocol is said first.
    """
    from remit import wiring
    from remit.report.pilot_findings import findings_lines, findings_plain
    from remit.workbench.analysis import analyse_pilot, renames

    names = renames(columns)
    found = analyse_pilot(
        design,
        wiring.read_text,
        wiring.pilot_data(data).renamed(names),
        None if allocation is None else wiring.pilot_data(allocation),
        None if register is None else (wiring.read_text(register).encode(), str(register)),
        extra,
        draws,
        seed,
    )
    if as_json:
        click.echo(json.dumps(findings_plain(found), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(findings_lines(found)))


@click.command(
    "type-one",
    short_help="How often each estimator is wrong where there is no effect.",
    epilog="\b\nExample:\n  remit pilot type-one --runs 1000",
)
@click.option(
    "--runs", type=click.IntRange(10, 100_000), default=1000, show_default=True, help="Pilots each."
)
@click.option(
    "--draws", type=click.IntRange(19, 10_000), default=199, show_default=True, help="Draws in each pilot."
)
@click.option(
    "--clusters",
    default="6,8,12,24",
    show_default=True,
    help="Numbers of clusters, even, separated by commas.",
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of everything drawn.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def type_one(runs: int, draws: int, clusters: str, seed: int, as_json: bool) -> None:
    """Make up pilots without any effect, analyse each in every way, and print how often an effect is claimed."""
    from remit.ground.faults import fail
    from remit.report.pilot_findings import type_one_lines
    from remit.workbench.analysis import type_one as simulate

    try:
        sizes = tuple(int(part) for part in clusters.split(","))
        rates = simulate(sizes, runs, draws, seed, lambda step: click.echo(f"  {step}", err=True))
    except ValueError as error:
        raise fail("CLI001", f'--clusters "{clusters}": {error}') from None
    if as_json:
        rows = [{k: v if v == v else None for k, v in r.__dict__.items()} for r in rates]
        click.echo(json.dumps({"seed": seed, "rates": rows}, indent=2))
    else:
        click.echo("\n".join(type_one_lines(rates, seed)))
