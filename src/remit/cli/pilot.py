"""remit pilot: try a change on a small scale so that what is found can be believed."""

import json
from pathlib import Path

import click


@click.group(short_help="Design a pilot: is it large enough to tell?")
def pilot() -> None:
    """Design a pilot, and know beforehand whether it can tell anything.

    A pilot is a file: its question, arms, outcome, what is allocated and how, and what is assumed.
    """


@pilot.command(
    short_help="Say how likely a pilot is to find what is there.",
    epilog="\b\nExamples:\n  remit pilot power evening-visits.yaml"
    "\n  remit pilot power evening-visits.yaml --json"
    "\n\b\nThe file, in short (all of it: docs/guides/pilots.md):"
    "\n  pilot: 1\n  id: evening-visits\n  title: Evening visits\n  question: Do they shorten the wait?"
    "\n  design: cluster_rct\n  outcome: {name: wait, kind: continuous, unit: day, better: down}\n  unit: team"
    "\n  arms: [{id: today, title: Today}, {id: evening, title: Evening visits}]\n  assume:"
    "\n    units: {value: 16, unit: number, assumption: teams that would join}"
    "\n    sd: {value: 6, unit: day, assumption: last winter}"
    "\n    effect: {value: -2, unit: day, assumption: would pay for itself}"
    "\n    icc: {value: 0.05, unit: share, assumption: usual}"
    "\n    cluster_size: {value: 30, unit: people, assumption: register}",
)
@click.argument("file", metavar="DESIGN.yaml", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def power(file: Path, as_json: bool) -> None:
    """Say how likely a pilot is to find the effect assumed, how large it must be, and what it could find at all.

    Every number is exact for its formula and stands beside its convention: one- or two-sided, z or t, and
    which variance is meant. Sizes are rounded up.
    """
    from remit import wiring
    from remit.report.pilot_plain import power_plain
    from remit.report.pilot_text import power_lines
    from remit.workbench.pilots import power_of_pilot

    answer = power_of_pilot(file, wiring.read_text)
    if as_json:
        click.echo(json.dumps(power_plain(answer), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(power_lines(answer)))
