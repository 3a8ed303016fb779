"""Commands on evidence: what is known of the numbers of the model, and adding to it."""

import json
from pathlib import Path

import click

REGISTER = Path("evidence.jsonl")
register_option = click.option(
    "--register",
    type=click.Path(path_type=Path),
    default=REGISTER,
    show_default=True,
    help="The workspace's own evidence.",
)


@click.group(
    short_help="What is known of the numbers of the model, and how surely.", invoke_without_command=True
)
@click.pass_context
def evidence(context: click.Context) -> None:
    """List what is known, by whom and how surely; add what a study or a pilot found."""
    if context.invoked_subcommand is None:
        context.invoke(list_evidence, parameter="", register=REGISTER, own=False, as_json=False)


@evidence.command("list", epilog="\b\nExample:\n  remit evidence list alert.acceptance")
@click.argument("parameter", default="")
@register_option
@click.option("--own", is_flag=True, help="The workspace's own evidence only, without the gallery's briefs.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_evidence(parameter: str, register: Path, own: bool, as_json: bool) -> None:
    """List the workspace's evidence merged with the published numbers of the gallery; one PARAMETER if named.

    Studies of the same number are pooled: their mean, and what a new place should expect, which is less sure.
    """
    from remit import wiring
    from remit.report.evidence_text import evidence_lines, evidence_plain
    from remit.workbench.briefs import gallery
    from remit.workbench.evidence import listing, read_register, together

    records = read_register(register, wiring.read_bytes)
    briefs = [] if own else [wiring.brief_at(name).brief for name in gallery()]
    lines = listing(records, briefs, parameter)
    pooled = [t for t in together(records) if not parameter or t.parameter == parameter]
    if as_json:
        click.echo(json.dumps(evidence_plain(lines, pooled), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(evidence_lines(lines, pooled)))


@evidence.command(epilog="\b\nExample:\n  remit evidence add study.yaml")
@click.argument("record", type=click.Path(path_type=Path))
@register_option
def add(record: Path, register: Path) -> None:
    """Add the RECORD in a YAML file to the workspace's evidence; nothing that stands there is changed."""
    from remit import wiring
    from remit.workbench.evidence import add_record

    found = add_record(record, register, wiring.read_text, wiring.read_bytes, wiring.append_line)
    click.echo(f"{found.id}: {found.parameter} added to {register}")
