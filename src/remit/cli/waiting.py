"""A line that says what is going on while a command takes longer than a breath."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def waiting(words: str) -> Iterator[Callable[[str], None]]:
    """Show a spinner with words on the error stream of a terminal; give a function that changes the words."""
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(f"{words} ...") as status:
        yield lambda said: status.update(f"{said} ...")
