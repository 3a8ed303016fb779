"""Running behind a progress bar; an interrupt leaves what finished."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from remit.workbench.compare import Progress

A = TypeVar("A")


def under_a_bar(
    words: str,
    run: "Callable[[Callable[[Progress], None]], A]",
    partial: "Callable[[], A | None]",
    first_look: "Callable[[float], str]" = "{:+.2f}".format,
) -> "A | None":
    """Return what ``run`` returns; after Ctrl-C, what ``partial`` makes of what finished."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None)

        def told(progress: "Progress") -> None:
            look = ", ".join(f"{d} {first_look(x)}" for d, x in list(progress.first_look.items())[:4])
            bar.update(
                task,
                completed=progress.done,
                total=progress.total,
                description=f"{words}; first look: {look}",
            )

        try:
            return run(told)
        except KeyboardInterrupt:
            return partial()


def counting(words: str, run: Callable[[Callable[[int, int], None]], None]) -> bool:
    """Run behind a bar that counts runs, with rate and time left; False after Ctrl-C."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None, rate="")
        began: list[int] = []

        def told(done: int, total: int) -> None:
            began.append(done) if not began else None
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = f"{(done - began[0]) / elapsed:,.0f} a second" if elapsed > 1.0 else ""
            bar.update(task, completed=done, total=total, rate=rate)

        try:
            run(told)
        except KeyboardInterrupt:
            return False
    return True
