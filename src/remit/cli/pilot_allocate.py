"""remit pilot randomise, register and check-register: the draw, and what was promised before it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from remit.workbench.allocation import Drawn, Written

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
REGISTER = Path("register.jsonl")


@click.command(
    short_help="Draw by lot who gets what, from a published text.",
    epilog="\b\nExample:\n  remit pilot randomise pilot.yaml --seed-from 'Lotto 28 November 2026: 3 11 17 25 40 58'",
)
@click.argument("design", type=click.Path(path_type=Path), metavar="DESIGN.yaml")
@click.option(
    "--seed-from",
    "text",
    required=True,
    metavar="TEXT",
    help="A text that nobody could choose, published after the design was fixed: a lottery result, a headline.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Write the allocation as a CSV file.")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    help="Enter the draw into this register; it can be drawn once only.",
)
@as_json_option
def randomise(design: Path, text: str, out: Path | None, into: Path | None, as_json: bool) -> None:
    """Draw by lot which unit gets which arm, or begins at which step.

    The same design and the same text give the same allocation on every computer, and the recipe that is
    printed lets anyone work it out again without Remit. Choose the source of the text before it is known
    (and register it): whoever may pick a text may pick a result.
    """
    from remit import wiring
    from remit.workbench.allocation import enter_draw, read_pilot
    from remit.workbench.allocation import randomise as draw

    drawn = draw(read_pilot(design, wiring.read_text), text)
    written = None
    if into is not None:
        written = enter_draw(drawn, into, wiring.utc_now(), wiring.read_bytes, wiring.append_line)
    if out is not None:
        group = {u: g.name for g in drawn.allocation.shuffled.groups for u in g.units}
        rows = [(u, a, group[i]) for i, (u, a) in enumerate(drawn.allocation.rows)]
        what = "step" if drawn.allocation.scheme.is_wedge else "arm"
        wiring.write_table(out, ("id", what, "group"), rows)
    _tell_draw(drawn, written, out, as_json)


def _tell_draw(drawn: "Drawn", written: "Written | None", out: Path | None, as_json: bool) -> None:
    from remit.pilots.allocation.recipe import recipe_lines
    from remit.report.allocation_text import allocation_lines, allocation_plain

    protocol, found = drawn.pilot.protocol, drawn.allocation
    if as_json:
        plain = allocation_plain(found, drawn.pilot.digest, drawn.text, protocol.alpha, protocol.sides)
        if written is not None:
            plain["register"] = {"said": written.said, "last_hash": written.register.head}
        click.echo(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    click.echo("\n".join(allocation_lines(found, protocol.title, protocol.alpha, protocol.sides)))
    click.echo("\nTo repeat it without Remit:")
    click.echo("\n".join(f"  {line}" for line in recipe_lines(found, drawn.pilot.digest, drawn.text)))
    if out is not None:
        click.echo(f"\nAllocation  {out}")
    if written is not None:
        _tell_written(written)


def _tell_written(written: "Written") -> None:
    if written.torn:
        click.echo(
            "The register's last line had been cut off while it was written; that is mended.", err=True
        )
    click.echo(f"{written.said} Register  {written.register.file}")
    click.echo(f"Last hash: {written.register.head}")
    if written.is_new:
        click.echo("Publish this hash: with it nobody can rewrite the register unseen.")


@click.command(
    short_help="Promise what will be done, before it is.",
    epilog="\b\nExamples:\n  remit pilot register pilot.yaml"
    "\n  remit pilot register pilot.yaml --reason 'Two teams merged'",
)
@click.argument("design", type=click.Path(path_type=Path), metavar="DESIGN.yaml")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=REGISTER,
    show_default=True,
    help="The register; it is only ever added to.",
)
@click.option("--reason", default="", help="Why a protocol that was registered is amended.")
@click.option(
    "--page", type=click.Path(path_type=Path), help="The page to write; beside the register if not given."
)
@as_json_option
def register(design: Path, into: Path, reason: str, page: Path | None, as_json: bool) -> None:
    """Enter a pilot's protocol (question, outcomes, analysis, stopping) into a register, and write it as a page.

    Entries are chained by SHA-256 sums. To amend a protocol, register it again with a reason: what held before stays.
    """
    from remit import wiring
    from remit.ground.faults import fail
    from remit.report.allocation_text import register_plain
    from remit.report.protocol_page import render_protocol
    from remit.workbench.allocation import enter_protocol, read_pilot

    pilot = read_pilot(design, wiring.read_text)
    written = enter_protocol(pilot, into, reason, wiring.utc_now(), wiring.read_bytes, wiring.append_line)
    out = page or into.with_name(f"{pilot.protocol.id}.html")
    try:
        wiring.write_text(out, render_protocol(written.register, pilot.protocol.id))
    except OSError as error:
        raise fail("DOC011", error.strerror or str(error), file=str(out)) from None
    if as_json:
        plain = {"said": written.said, "written": written.is_new, **register_plain(written.register)}
        click.echo(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    _tell_written(written)
    click.echo(f"Page  {out}")


@click.command(
    name="check-register",
    short_help="Verify that nobody changed a register.",
    epilog="\b\nExample:\n  remit pilot check-register register.jsonl",
)
@click.argument("file", type=click.Path(path_type=Path), metavar="REGISTER")
@as_json_option
def check_register(file: Path, as_json: bool) -> None:
    """Verify every link of a register; the first that is broken is named with its line and both hashes."""
    from remit import wiring
    from remit.report.allocation_text import register_lines, register_plain
    from remit.workbench.allocation import verify

    found = verify(file, wiring.read_bytes)
    if as_json:
        click.echo(json.dumps(register_plain(found), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(register_lines(found)))
