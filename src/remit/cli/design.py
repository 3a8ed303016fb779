"""remit design: check, explain, repair, complete, compare and find designs, without simulating any."""

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from remit.design.design import Design
    from remit.workbench.designs import Proposal, Standpoint
    from remit.workbench.thinking import Mended

NO = 1
for_brief = click.option(
    "--for", "brief", metavar="BRIEF", help="Judge it for this brief: its today, conditions and rules."
)
rules_file = click.option(
    "--rules",
    type=click.Path(path_type=Path),
    help="A file of a place's own rules, added to the catalogue's.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")


@click.group(short_help="Think with designs: check, repair, complete, compare, find.")
def design() -> None:
    """Think with designs before any is simulated: does it hold together, why not, what would mend it.

    A design is a setting for each of the 24 variables. It is named by an archetype (see remit catalogue), by today,
    by a design FILE, by BRIEF/DESIGN, or by settings typed out, the rest as today:
    'power=frontline_teams, staff=1.1, who_involved=public_staff+volunteers'. Without --for it is judged for a
    typical English service of today. Difficulty adds up 1 (a manager's decision) to 5 (law, owners, transfer of staff)
    for each setting that changes; grades run from A (law or definition) to D (our own reasoning).
    """


def _place(brief: str | None, rules: Path | None) -> "Standpoint":
    from remit import wiring

    return wiring.standpoint(brief, rules)


def _propose(text: str, place: "Standpoint") -> "Proposal":
    from remit import wiring
    from remit.workbench.designs import propose

    return propose(text, place, wiring.read_text)


def _print(lines: list[str]) -> None:
    click.echo("\n".join(lines))


def _dump(plain: object) -> None:
    click.echo(json.dumps(plain, indent=2, ensure_ascii=False))


@design.command(
    short_help="Say whether a design holds together.",
    epilog="\b\nExamples:\n  remit design check direct_platform\n  remit design check 'power=frontline_teams'"
    "\n  remit design check cardiac-arrest/volunteer_responders\n  remit design check mine.yaml --for cardiac-arrest",
)
@click.argument("what", metavar="FILE|NAME")
@for_brief
@rules_file
@as_json
def check(what: str, brief: str | None, rules: Path | None, as_json: bool) -> int:
    """Say whether a design holds together: broken rules, tensions, conditions needed and which this place has."""
    from remit.report.design_plain import verdict_plain
    from remit.report.design_text import verdict_lines
    from remit.workbench.thinking import judge

    place = _place(brief or _own_brief(what), rules)
    proposal = _propose(what, place)
    verdict = judge(proposal.design, place)
    if as_json:
        _dump(verdict_plain(verdict, place.catalogue))
    else:
        _print(verdict_lines(verdict, place.catalogue))
        rest = len(place.catalogue.variables) - len(proposal.stated)
        if rest:
            click.echo(f"\nThe other {rest} settings are as in {place.name} today.")
        if not verdict.is_consistent:
            click.echo(f"\nNext: remit design repair {_again(what, brief, rules)}", err=True)
    return 0 if verdict.is_consistent else NO


def _again(what: str, brief: str | None, rules: Path | None) -> str:
    """Return the words that name the same design in the same place."""
    words = [what, *(("--for", brief) if brief else ()), *(("--rules", str(rules)) if rules else ())]
    return shlex.join(words)


def _own_brief(what: str) -> str | None:
    """Return the brief of BRIEF/DESIGN, so that a design of a brief is judged in its own place."""
    from remit.workbench.briefs import gallery

    brief = what.rpartition("/")[0]
    return brief if brief in gallery() or brief.endswith((".yaml", ".yml")) else None


@design.command(
    short_help="Say why it cannot be, in the smallest clash.",
    epilog="\b\nExample:\n  remit design explain 'who_involved=volunteers, employment_terms=salaried'",
)
@click.argument("what", metavar="FILE|NAME")
@for_brief
@rules_file
@as_json
def explain(what: str, brief: str | None, rules: Path | None, as_json: bool) -> int:
    """Say why a design cannot be: the smallest sets of choices and rules that clash.

    Settings that are not stated are left open, so what clashes here clashes however the rest is set.
    """
    from remit.report.design_plain import clash_plain
    from remit.report.design_text import clash_lines
    from remit.workbench.thinking import why_not

    place = _place(brief or _own_brief(what), rules)
    clashes = why_not(_propose(what, place), place)
    if as_json:
        _dump({"possible": not clashes, "clashes": [clash_plain(c) for c in clashes]})
    elif not clashes:
        click.echo(
            "Nothing clashes: some design makes all of these choices. To see the nearest: remit design complete"
        )
    else:
        _print(clash_lines(clashes, place.catalogue)[1:])
    return NO if clashes else 0


@design.command(
    short_help="Find the nearest designs that hold.",
    epilog="\b\nExamples:\n  remit design repair 'power=frontline_teams'"
    "\n  remit design repair mine.yaml --keep power,ownership --n 5",
)
@click.argument("what", metavar="FILE|NAME")
@click.option("--keep", default="", help="Settings that must stay, separated by commas.")
@click.option("--n", type=click.IntRange(1, 20), default=3, show_default=True, help="How many answers.")
@for_brief
@rules_file
@as_json
def repair(what: str, keep: str, n: int, brief: str | None, rules: Path | None, as_json: bool) -> int:
    """Find the nearest designs that hold together: fewest and easiest changes, several and different.

    Without --keep, what the design sets otherwise than today stays.
    """
    from remit.workbench.thinking import mend, named_variables

    place = _place(brief or _own_brief(what), rules)
    mended = mend(_propose(what, place), named_variables(keep, place), place, n)
    return _tell_near(mended, mended.proposal.design, place, as_json)


@design.command(
    short_help="Fill in the rest of a half-thought.",
    epilog="\b\nExample:\n  remit design complete 'power=frontline_teams, funding_method=community_shares'",
)
@click.argument("choices")
@click.option("--near", default="", metavar="NAME", help="Stay near this design instead of today.")
@click.option("--n", type=click.IntRange(1, 20), default=1, show_default=True, help="How many answers.")
@for_brief
@rules_file
@as_json
def complete(choices: str, near: str, n: int, brief: str | None, rules: Path | None, as_json: bool) -> int:
    """Fill in the rest of a half-thought, nearest to today or to another design."""
    from remit.workbench.thinking import complete as completed

    place = _place(brief, rules)
    base = _propose(near, place).design if near else place.today
    return _tell_near(completed(_propose(choices, place), base, place, n), base, place, as_json)


def _tell_near(mended: "Mended", start: "Design", place: "Standpoint", as_json: bool) -> int:
    """Print the nearest designs, or why there is none."""
    from remit.report.design_plain import clash_plain, near_plain
    from remit.report.design_text import clash_lines, near_lines
    from remit.workbench.thinking import judge

    verdicts = [judge(a.design, place) for a in mended.answers]
    if as_json:
        found = [near_plain(a, v, place.catalogue) for a, v in zip(mended.answers, verdicts, strict=True)]
        _dump(
            {"kept": list(mended.kept), "answers": found, "clashes": [clash_plain(c) for c in mended.clashes]}
        )
        return 0 if found else NO
    if mended.clashes:
        _print(clash_lines(mended.clashes, place.catalogue)[1:])
        click.echo(
            "\nSo they cannot be kept; the nearest designs that let some of them go:"
            if mended.let_go
            else "\nNo design keeps all of these."
        )
    elif mended.answers and not mended.answers[0].changed:
        click.echo("It holds together as it is: nothing to change.")
        return 0
    elif mended.kept:
        names = [place.catalogue.variables[v].name.lower() for v in mended.kept]
        click.echo(f"Kept: {', '.join(names)}.")
    for i, (near, verdict) in enumerate(zip(mended.answers, verdicts, strict=True), 1):
        _print(["", *near_lines(near, start, place.catalogue, verdict.missing, i)])
    return 0 if mended.answers else NO


@design.command(
    short_help="Say what differs and what moves together.",
    epilog="\b\nExample:\n  remit design between today self_managing_teams --for cardiac-arrest",
)
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@for_brief
@rules_file
@as_json
def between(one: str, other: str, brief: str | None, rules: Path | None, as_json: bool) -> int:
    """Say what differs between two designs, in words, and which moves must go together on the way."""
    from remit import wiring
    from remit.report.between_text import between_lines
    from remit.report.design_plain import between_plain
    from remit.workbench.routes import end_of
    from remit.workbench.thinking import between as told

    place = _place(brief, rules)
    ends = [end_of(w, place, wiring.read_text) for w in (one, other)]
    found = told(ends[0], ends[1], place)
    if as_json:
        _dump(
            between_plain(found.one, found.other, found.changed, found.steps, found.is_proven, found.broken)
        )
    else:
        _print(
            between_lines(
                found.one,
                found.other,
                found.changed,
                found.steps,
                found.is_proven,
                found.broken,
                place.catalogue,
            )
        )
    return NO if found.broken else 0


@design.command(
    short_help="Find designs unlike any we know.",
    epilog="\b\nExample:\n  remit design ideas --for cardiac-arrest --n 6",
)
@click.option("--n", type=click.IntRange(1, 60), default=12, show_default=True, help="How many ideas.")
@click.option(
    "--free", default="", help="Settings of the need that ideas may change too: eligibility, channels ..."
)
@for_brief
@rules_file
@as_json
def ideas(n: int, free: str, brief: str | None, rules: Path | None, as_json: bool) -> int:
    """Find consistent designs that differ from one another, from today and from every model we know.

    Who may have help, how they reach us, when and where stay as today unless freed: they are what the need asks.
    """
    from remit.cli.waiting import waiting
    from remit.report.design_plain import idea_plain
    from remit.report.design_text import idea_lines
    from remit.workbench.thinking import have_ideas, named_variables

    place = _place(brief, rules)
    freed = named_variables(free, place)
    with waiting("Looking for ideas") as told:
        found = have_ideas(place, n, freed, lambda k: told(f"Looking for ideas: {k} of {n}"))
    if as_json:
        _dump([idea_plain(i) for i in found])
        return 0
    click.echo(
        f"Ideas for {place.name}, easiest first. Not simulated: they hold together, no more is claimed."
    )
    for i, idea in enumerate(found, 1):
        _print(["", *idea_lines(idea, place.catalogue, i)])
    if len(found) < n:
        click.echo(f"\nThere are only {len(found)}: no further design is different enough.")
    return 0


@design.command(
    short_help="Count what conditions open.",
    name="open",
    epilog="\b\nExample:\n  remit design open --grant role_willingness,data_access",
)
@click.option("--grant", default="", help="Conditions to grant, separated by commas.")
@for_brief
@rules_file
@as_json
def open_(grant: str, brief: str | None, rules: Path | None, as_json: bool) -> None:
    """Say how much of the space of designs opens when conditions are granted, and which one opens most."""
    from remit.cli.waiting import waiting
    from remit.report.design_plain import openness_plain
    from remit.report.openness_text import openness_lines
    from remit.workbench.thinking import named_conditions, openness

    place = _place(brief, rules)
    granted = named_conditions(grant, place)
    with waiting("Counting designs") as told:
        found = openness(place, granted, told)
    if as_json:
        _dump(openness_plain(found))
    else:
        _print(openness_lines(found, place.name, place.catalogue))


@design.command(
    short_help="Draw who is near whom, and what clashes.",
    name="map",
    epilog="\b\nExample:\n  remit design map mine.yaml cardiac-arrest/volunteer_responders",
)
@click.argument("designs", nargs=-1)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("remit-results/design-map.html"),
    show_default=True,
    help="The page to write.",
)
@for_brief
@rules_file
def map_(designs: tuple[str, ...], out: Path, brief: str | None, rules: Path | None) -> None:
    """Draw a map of the known models and your designs by distance, and a matrix of which settings go together."""
    from remit import wiring
    from remit.ground.faults import fail
    from remit.report.map_page import render_map

    place = _place(brief, rules)
    own = [_propose(d, place).design for d in designs]
    page = render_map(place.today, own, place.space(), place.name)
    try:
        wiring.write_text(out, page)
    except OSError as error:
        raise fail("DOC011", error.strerror or str(error), file=str(out)) from None
    click.echo(f"Map  {out}")
