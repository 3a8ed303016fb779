"""Ways simulated, for the terminal."""

from rich.console import Console
from rich.table import Table

from remit.report.charts import Table as Words
from remit.report.figures import many
from remit.report.route_text import no_route_lines
from remit.report.way_answer import WayAnswer
from remit.report.way_text import months_table, not_in_it, way_sentences

WIDE_ENOUGH = 120


def print_ways(answer: WayAnswer) -> None:
    """Print each way: a table in steps of three months, then what it says."""
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = WIDE_ENOUGH
    console.print(f"\n{answer.brief.title}", style="bold")
    console.print(
        f"{answer.brief.locality.name}; the way from today, {many(answer.months, 'month')}, "
        f"{many(answer.n_scenarios, 'future')}, {many(answer.n_replicates, 'course')} in each.\n"
    )
    for way in answer.ways:
        told = months_table(way)
        table = Table(
            title=f"The way to: {way.title}",
            title_justify="left",
            title_style="bold",
            box=None,
            pad_edge=False,
        )
        for i, head in enumerate(told.header):
            table.add_column(head, justify="left" if i < 2 else "right", max_width=30)
        for row in told.rows:
            table.add_row(*row)
        console.print(table)
        console.print()
        for sentence in way_sentences(way, answer):
            console.print(f"* {sentence}")
        console.print()
    for name, found in answer.no_way.items():
        console.print(f"{name}:", style="bold")
        console.print("\n".join(no_route_lines(found)))
        console.print()
    console.print(not_in_it(answer))
    console.print()


def print_table(title: str, told: Words) -> None:
    """Print a table of words, the first column to the left."""
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = WIDE_ENOUGH
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for i, head in enumerate(told.header):
        table.add_column(head, justify="left" if i == 0 else "right", max_width=30)
    for row in told.rows:
        table.add_row(*row)
    console.print(table)
    console.print()
