"""Commands that look and do not run: gallery, show, check, trace, init, schema."""

import json
from pathlib import Path

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def gallery(as_json: bool) -> None:
    """List the briefs that come with Remit, one line each."""
    from remit import wiring
    from remit.workbench.briefs import gallery as names

    briefs = [wiring.brief_at(name).brief for name in names()]
    if as_json:
        click.echo(
            json.dumps([{"id": b.id, "title": b.title, "place": b.locality.name} for b in briefs], indent=2)
        )
        return
    width = max(len(b.id) for b in briefs)
    for b in briefs:
        click.echo(f"{b.id:<{width}}  {b.title} ({b.locality.name})")
    click.echo("\nNext: remit show NAME, or remit compare NAME", err=True)


@click.command(short_help="Show a brief as a person reads it.")
@click.argument("brief")
@click.option("--place", type=click.Path(path_type=Path), help="A folder with the zones of another place.")
@click.option(
    "--yaml", "as_yaml", is_flag=True, help="Print the brief as it is written, to begin your own from."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show(brief: str, place: Path | None, as_yaml: bool, as_json: bool) -> None:
    """Show BRIEF as a person reads it: need, place, people, money, sources, what it must not be used for."""
    from remit import wiring
    from remit.report.brief_text import brief_as_plain, brief_as_text
    from remit.workbench.briefs import read_brief

    if as_yaml:
        click.echo(read_brief(brief, wiring.read_text)[0], nl=False)
        return
    opened = wiring.brief_at(brief, place)
    if as_json:
        click.echo(json.dumps(brief_as_plain(opened.brief), indent=2, ensure_ascii=False))
    else:
        click.echo(brief_as_text(opened.brief, opened.designs))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def check(file: Path, as_json: bool) -> None:
    """Check FILE, a brief (or the name of one that comes with Remit) or a design: every fault at once, or "ok"."""
    from remit import wiring
    from remit.workbench.briefs import check_text, read_brief
    from remit.workbench.briefs import gallery as names

    text = read_brief(str(file), wiring.read_text)[0] if str(file) in names() else wiring.read_text(file)
    said = check_text(text, str(file), wiring.read_text)
    click.echo(json.dumps({"ok": True, "what": said, "faults": []}) if as_json else f"ok: {said}")


@click.command(
    short_help="Trace a number to its sources.",
    epilog="\b\nExample:\n  remit trace cardiac-arrest volunteer_responders alert.radius_m",
)
@click.argument("brief")
@click.argument("design")
@click.argument("parameter")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def trace(brief: str, design: str, parameter: str, as_json: bool) -> None:
    """Trace a PARAMETER of a DESIGN in BRIEF: the brief's value, each effect in order, the sources."""
    from remit import wiring
    from remit.report.brief_text import ancestry_as_plain, ancestry_as_text
    from remit.workbench.trace import trace as traced

    found = traced(wiring.brief_at(brief), design, parameter)
    plain = ancestry_as_plain(
        found.parameter, found.meaning, found.unit, found.value, found.steps, found.sources
    )
    click.echo(json.dumps(plain, indent=2, ensure_ascii=False) if as_json else ancestry_as_text(plain))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def init(file: Path) -> int:
    """Write a commented brief to start from into FILE."""
    from importlib import resources

    from remit import wiring
    from remit.ground.faults import fail

    if file.exists():
        raise fail("CLI001", f"{file} is there already", fix="Choose a name that is not taken.")
    text = resources.files("remit.cli").joinpath("data", "starter.yaml").read_text("utf-8")
    try:
        wiring.write_text(file, text)
    except OSError as error:
        raise fail("DOC011", error.strerror or str(error), file=str(file)) from None
    click.echo(f"{file} written. Next: edit it, then remit check {file} and remit compare {file}")
    return 0


@click.command(
    short_help="Print the JSON Schema of a brief.", epilog="\b\nExample:\n  remit schema --family caseload"
)
@click.option(
    "--family",
    type=click.Choice(["response", "caseload", "commons"]),
    default="response",
    show_default=True,
    help="Of which family.",
)
def schema(family: str) -> None:
    """Print the JSON Schema of a brief, for editors that complete and check as you type."""
    from remit.briefs.parse import schema as brief_schema

    click.echo(json.dumps(brief_schema(family), indent=2))
