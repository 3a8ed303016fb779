"""Threads: the compiled loop holds no lock, so one process uses every core."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Threads:
    """Runs tasks on threads of this process; an interrupt ends after the tasks in hand."""

    def __init__(self, n_threads: int | None = None) -> None:
        self.n_threads = (
            n_threads or len(os.sched_getaffinity(0))
            if hasattr(os, "sched_getaffinity")
            else (n_threads or os.cpu_count() or 1)
        )

    def run(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        """Yield results as tasks finish, with few more tasks handed out than threads."""
        waiting = iter(tasks)
        with ThreadPoolExecutor(self.n_threads) as pool:
            running: set[Future[R]] = {pool.submit(work, t) for t in islice(waiting, self.n_threads + 1)}
            try:
                while running:
                    finished, running = wait(running, return_when=FIRST_COMPLETED)
                    running |= {pool.submit(work, t) for t in islice(waiting, len(finished))}
                    for future in finished:
                        yield future.result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


class Serial:
    """Runs tasks one after the other, in order: the plainest executor, for tests."""

    def run(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        """Yield the result of each task in order."""
        return (work(t) for t in tasks)
