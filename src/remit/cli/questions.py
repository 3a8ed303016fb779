"""remit conditions, drivers, robust and worth: what a store of futures is asked."""

import json
import shlex
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from remit.cli.options import Finite

if TYPE_CHECKING:
    from remit.questions.drivers import Driver
    from remit.report.template import Section

BLOCKS = 128  # each swaps every unknown once: fewer leave ranges too wide to tell shares

store_argument = click.argument("store", type=click.Path(path_type=Path))
as_json = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
page_option = click.option(
    "--out", type=click.Path(path_type=Path), help="The page to write; beside the store if not given."
)


def say(lines: Sequence[str]) -> None:
    """Print lines, wrapped, a long one hung."""
    import textwrap

    for line in lines:
        click.echo("\n".join(textwrap.wrap(line, 100, subsequent_indent="  ")) or "")


def write_page(path: Path, title: str, lead: str, sections: "Sequence[Section]") -> None:
    """Write an answer as a page and say where; raise ``Faults`` DOC011 if it cannot be written."""
    from remit import wiring
    from remit.ground.faults import fail
    from remit.report.questions_page import render_answer

    try:
        wiring.write_text(path, render_answer(title, lead, sections))
    except OSError as error:
        raise fail("DOC011", error.strerror or str(error), file=str(path)) from None
    click.echo(f"\nPage  {path}")


def dump(plain: object) -> None:
    """Print an answer as JSON."""
    click.echo(json.dumps(_clean(plain), indent=2, ensure_ascii=False, allow_nan=False))


def _clean(value: Any) -> Any:
    """Return an answer as JSON can hold it: what is not known, or without end, is null."""
    from remit.report.plain import number_or_none

    if isinstance(value, dict):
        return {str(k): _clean(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(v) for v in value]
    if hasattr(value, "tolist"):  # an array
        return _clean(value.tolist())
    return number_or_none(value) if isinstance(value, float) else value


def _lead(held: Any) -> str:
    n = int(held.made.any(axis=(0, 2)).sum())
    return f"{held.opened.brief.title}; {n:,} futures, {held.recipe.n_replicates} simulated years in each."


@click.command(
    epilog="\b\nExample:\n  remit conditions big --prefer one_crew_more --over today",
    short_help="Say when one design beats another.",
)
@store_argument
@click.option("--prefer", required=True, help="The design.")
@click.option("--over", default="today", show_default=True, help="The design it is held against.")
@click.option(
    "--on", "outcome", default="", help="The outcome that counts; the brief's headline if not given."
)
@click.option(
    "--by", type=Finite(), default=0.0, show_default=True, help="By more than this, in the outcome's unit."
)
@click.option("--most", type=click.IntRange(1, 6), default=3, show_default=True, help="Conditions at most.")
@page_option
@as_json
def conditions(
    store: Path, prefer: str, over: str, outcome: str, by: float, most: int, out: Path | None, as_json: bool
) -> int:
    """Say when one design beats another in STORE, in few conditions, judged on futures kept aside."""
    from remit import wiring
    from remit.cli.waiting import waiting
    from remit.report.questions_page import chance_section
    from remit.report.questions_text import conditions_lines, conditions_table
    from remit.workbench.questions import conditions as ask

    held = wiring.ensemble_at(store)
    with waiting("Looking for conditions"):
        told = ask(held, prefer, over, outcome, by, most)
    if as_json:
        dump(asdict(told.found) | {"prefer": prefer, "over": over, "on": told.outcome.id, "by": by})
        return 0 if told.found.boxes else 1
    lines = conditions_lines(prefer, over, told.outcome, by, told.found, told.largest, told.unknowns)
    say(lines)
    table = conditions_table(told.found, told.unknowns)
    tables = (("Conditions", table),) if told.found.boxes else ()
    title = f"When {prefer.replace('_', ' ')} beats {over.replace('_', ' ')}"
    write_page(
        out or store / f"conditions-{prefer}-over-{over}{_suffix(outcome)}{f'-by-{by:g}' if by else ''}.html",
        title,
        _lead(held),
        [chance_section(told.found, f"How often {prefer} beats {over}", lines, tables)],
    )
    return 0 if told.found.boxes else 1


@click.command(
    epilog="\b\nExample:\n  remit drivers big --outcome response_mean",
    short_help="Say what moves the differences.",
)
@store_argument
@click.option("--outcome", default="", help="The outcome; the brief's headline if not given.")
@page_option
@as_json
def drivers(store: Path, outcome: str, out: Path | None, as_json: bool) -> int:
    """Say which unknowns move each design's difference to today in STORE."""
    from remit import wiring
    from remit.cli.waiting import waiting
    from remit.report.questions_page import drivers_section
    from remit.report.questions_text import drivers_lines
    from remit.report.sensitivity_text import shared_lines, shared_section, swapped_lines, swapped_section
    from remit.workbench.questions import outcome_named, what_drives
    from remit.workbench.sensitivity import sensitivity

    held = wiring.ensemble_at(store)
    spec = outcome_named(outcome, held.question.brief.measures)
    with waiting("Looking for drivers"):
        found = {} if held.recipe.vary else what_drives(held, outcome)
        shares = sensitivity(held, outcome)
    if as_json:
        dump(
            {
                "drivers": {name: [asdict(d) for d in told] for name, told in found.items()},
                "shares": {name: asdict(told) for name, told in (shares.swapped or shares.shared).items()},
            }
        )
        return 0
    sections = []
    for name, told in found.items():
        lines = drivers_lines(name, told, spec)
        click.echo("\n".join(lines) + "\n")
        sections.append(drivers_section(name, told, f"difference to today, {spec.unit}", lines))
    for name, shared in shares.shared.items():
        lines = shared_lines(name, shared, held.recipe.n_replicates)
        click.echo("\n".join(lines) + "\n")
        sections.append(shared_section(name, shared, lines))
    for name, swapped in shares.swapped.items():
        lines = swapped_lines(name, swapped.factors, swapped.found)
        click.echo("\n".join(lines) + "\n")
        sections.append(swapped_section(name, swapped.factors, swapped.found, lines))
    if found and (names := _strongest(found)):
        click.echo(
            f"With all interactions: remit explore {held.recipe.brief} --vary {names} --into another-store"
        )
    write_page(
        out or store / f"drivers{_suffix(outcome)}.html",
        f"What moves {spec.name.lower()}",
        _lead(held),
        sections,
    )
    return 0


def _with_interactions(brief: str, names: str) -> str:
    """Return the command that fills a store for shares with all interactions, of a size that can tell them."""
    from remit.ensemble.freezing import points_in_block

    n = BLOCKS * points_in_block(names.count(",") + 2, pairs=True)
    return f"With all interactions: remit explore {brief} --vary {names} --pairs --scenarios {n} --into another-store"


def _suffix(outcome: str) -> str:
    """Return what a page's name adds for an outcome that is not the usual one, so that pages do not replace others."""
    return f"-{outcome}" if outcome else ""


def _strongest(found: "dict[str, list[Driver]]", most: int = 4) -> str:
    """Return the names of the clear drivers that are strongest for any design, quoted for a shell if need be."""
    clear = sorted((d for told in found.values() for d in told if d.is_clear), key=lambda d: -abs(d.strength))
    return shlex.quote(",".join(list(dict.fromkeys(d.name for d in clear))[:most])) if clear else ""


@click.command(
    epilog="\b\nExample:\n  remit robust big --weights w.yaml",
    short_help="Say which design is safest, by whose weights.",
)
@store_argument
@click.option(
    "--weights",
    type=click.Path(path_type=Path),
    help="A file of stakeholders' weights and thresholds; the brief's headline alone if not given.",
)
@page_option
@as_json
def robust(store: Path, weights: Path | None, out: Path | None, as_json: bool) -> int:
    """Say how each design in STORE stands over all futures: regret, worst case, thresholds, by stakeholder."""
    from remit import wiring
    from remit.cli.way_tables import print_table
    from remit.report.questions_page import standings_section, words_section
    from remit.report.questions_text import exchange_lines, luck_line, robust_lines, robust_table, uneven_line
    from remit.workbench.questions import how_robust, stakes_in, uneven_futures

    held = wiring.ensemble_at(store)
    stakes = stakes_in(weights, wiring.read_text, held.question.brief.measures)
    found, uneven = how_robust(held, stakes), uneven_futures(held)
    if as_json:
        dump(asdict(found))
        return 0
    sections: list[Section] = []
    for who in stakes.weights:
        table = robust_table(found, who)
        print_table(f"By the weights of: {who}", table)
        said = [line for line in robust_lines(found) if line.startswith(f"By the weights of {who},")]
        sections.append(standings_section(found, who, f"by-{len(sections)}", said, table))
    findings = [*exchange_lines(found, stakes), *found.findings]
    findings += [luck_line(held.recipe.n_replicates), *uneven_line(uneven)]
    if findings:
        sections.append(words_section("findings", "What follows", findings, ()))
    say([*robust_lines(found), *findings])
    write_page(out or store / "robust.html", "Which design is safest", _lead(held), sections)
    return 0


@click.command(epilog="\b\nExample:\n  remit worth big", short_help="Say what is most worth finding out.")
@store_argument
@click.option(
    "--outcome", default="", help="What the choice is judged by; the brief's headline if not given."
)
@click.option(
    "--gbp-each",
    type=Finite(0.0),
    default=0.0,
    help="Pounds of public cost that you count as one of the outcome; money is left out if not given.",
)
@page_option
@as_json
def worth(store: Path, outcome: str, gbp_each: float, out: Path | None, as_json: bool) -> int:
    """Say what knowing each unknown would be worth for choosing among the designs in STORE."""
    from remit import wiring
    from remit.cli.waiting import waiting
    from remit.report.questions_page import worth_section
    from remit.report.questions_text import uneven_line, worth_lines, worth_table
    from remit.workbench.questions import outcome_named, what_is_worth

    held = wiring.ensemble_at(store)
    spec = outcome_named(outcome, held.question.brief.measures)
    with waiting("Weighing what is not known"):
        weighed = what_is_worth(held, outcome, gbp_each)
    found = weighed.found
    if as_json:
        dump(asdict(found) | {"unit": spec.unit, "evpi_at_least": weighed.at_least})
        return 0
    said = f" (public cost counted at £{gbp_each:,.0f} each, your choice)" if gbp_each else " (cost left out)"
    lines = [
        f"Judged by {spec.name.lower()}{said}.",
        *worth_lines(found, spec.unit, weighed.at_least),
        *uneven_line(weighed.n_uneven),
    ]
    say(lines)
    if found.evpi != found.evpi:
        return 1
    section = worth_section(found, spec.unit, lines, worth_table(found, spec.unit))
    write_page(
        out or store / f"worth{_suffix(outcome)}.html", "What is worth finding out", _lead(held), [section]
    )
    return 0
