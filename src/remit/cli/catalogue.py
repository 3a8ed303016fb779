"""remit catalogue: the framework in print."""

import json

import click

EPILOG = """\b
Examples:
  remit catalogue
  remit catalogue relationship
  remit catalogue volunteer_responders
  remit catalogue rules --about power
"""


@click.command(
    short_help="Print the catalogue, or explain one entry.",
    epilog=EPILOG,
)
@click.argument("entry", required=False)
@click.option(
    "--about", default="", metavar="VARIABLE", help="With rules: only those that speak of this setting."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def catalogue(entry: str | None, about: str, as_json: bool) -> None:
    """Print the catalogue, or explain one ENTRY: a variable, archetype, role, condition, rule or outcome.

    ENTRY rules lists all rules and tensions: what they forbid, why, whose word that is, what would lift them.
    """
    from remit.catalogue.catalogue import load_catalogue
    from remit.ground.faults import fail, nearest
    from remit.report.catalogue_text import catalogue_as_text, entry_as_plain, entry_as_text

    if entry == "rules":
        from remit.report.rules_text import rules_lines, rules_plain

        listed = load_catalogue()
        if about and about not in listed.variables:
            raise fail("DSN001", f'"{about}"', fix=nearest(about, list(listed.variables)))
        click.echo(
            json.dumps(rules_plain(listed, about), indent=2, ensure_ascii=False)
            if as_json
            else "\n".join(rules_lines(listed, about))
        )
        return
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
