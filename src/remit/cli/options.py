"""Options that several commands share, each written once."""

import math
from pathlib import Path
from typing import Any

import click


class Finite(click.FloatRange):
    """A number that is one: "nan" and "inf" are refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number."""
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number


designs_option = click.option(
    "--designs", default="", help="Names of designs, separated by commas; all if not given."
)
turns_option = click.option(
    "--set",
    "turns",
    multiple=True,
    metavar="VARIABLE=OPTION",
    help="Today with one setting turned; may be repeated.",
)
place_option = click.option(
    "--place", type=click.Path(path_type=Path), help="A folder with the zones of another place."
)
surprise_option = click.option(
    "--surprise",
    default="",
    metavar="NAME",
    help="Let one of the brief's surprises come true (see: remit show BRIEF).",
)
seed_option = click.option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    default=1,
    show_default=True,
    help="The same seed gives the same numbers.",
)
threads_option = click.option(
    "--threads", type=click.IntRange(1, 256), help="Threads to use; all cores if not given."
)

processes_option = click.option(
    "--processes",
    type=click.IntRange(1, 256),
    help="Worker processes instead of threads: faster for short runs.",
)
cluster_option = click.option(
    "--cluster", metavar="ADDRESS", help="An existing Dask scheduler instead, as tcp://scheduler:8786."
)


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a list separated by commas.

    >>> names_in("a, b,,")
    ('a', 'b')
    """
    return tuple(n.strip() for n in text.split(",") if n.strip())
