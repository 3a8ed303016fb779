"""remit catalogue: the framework in print."""

import json

import click


@click.command(
    short_help="Print the catalogue, or explain one entry.",
    epilog="\b\nExamples:\n  remit catalogue\n  remit catalogue relationship\n  remit catalogue volunteer_responders",
)
@click.argument("entry", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def catalogue(entry: str | None, as_json: bool) -> None:
    """Print the catalogue, or explain one ENTRY: a variable, archetype, role, condition or outcome."""
    from remit.catalogue.catalogue import load_catalogue
    from remit.report.catalogue_text import catalogue_as_text, entry_as_plain, entry_as_text

    loaded = load_catalogue()
    if entry is None:
        click.echo(
            json.dumps({v: x.model_dump() for v, x in loaded.variables.items()}, indent=2)
            if as_json
            else catalogue_as_text(loaded)
        )
        return
    click.echo(
        json.dumps(entry_as_plain(entry, loaded), indent=2, ensure_ascii=False)
        if as_json
        else entry_as_text(entry, loaded)
    )
