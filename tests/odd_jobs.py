"""Work for executors' tests, good and bad: processes of their own must be able to import it."""

import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

LONG = 600.0  # s; no test waits for it


@dataclass(frozen=True)
class Page:
    """A result as real work has it: arrays in a dataclass."""

    name: int
    values: np.ndarray


class Unreadable:
    """Can be sent, and not read again."""

    def __reduce__(self):
        return int, ("not a number",)


class Touchy(Exception):
    """Cannot be rebuilt from its arguments."""

    def __init__(self, a, b):
        super().__init__(f"{a} and {b}")


def double(x):
    """Return twice the number."""
    return 2 * x


def add(x, *, to):
    """Return the sum, as work that carries something with it."""
    return x + to[0]


def page(x):
    """Return a result far larger than a pipe holds at once."""
    return Page(x, np.full(1_000_000, float(x)))


def size(text):
    """Return the length of a large task."""
    return len(text)


def odd(task):
    """Do what the task says: a number comes back, a word is trouble."""
    match task:
        case "raises, caught":
            try:
                raise ZeroDivisionError("caught")
            except ZeroDivisionError as error:
                return f"failed: {error}"
        case "raises":
            raise ZeroDivisionError("from the work")
        case "raises, touchy":
            raise Touchy(1, 2)
        case "raises, as a line does":
            raise FileNotFoundError("its own")
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "sleeps":
            time.sleep(LONG)
        case "leaves":
            os._exit(3)
        case "exits":
            sys.exit(4)
        case "out of memory":
            raise MemoryError
        case "unsendable":
            return lambda: None
        case "unreadable":
            return Unreadable()
    return task


def killed_once(path):
    """Die the first time, as where memory was short for a moment; return how many tries it took."""
    _leave_mark(path)
    n_tries = len(Path(path).read_text())
    if n_tries == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return n_tries


def killed_at_each_try(path, _):
    """Leave a mark for each try, and die."""
    _leave_mark(path)
    os.kill(os.getpid(), signal.SIGKILL)


def sleeps_and_tells(path, _):
    """Leave a mark for each try, and sleep."""
    _leave_mark(path)
    time.sleep(LONG)


def tells_and_sleeps(folder):
    """Leave the name of this process in the folder, and sleep."""
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(LONG)


def slow(seconds):
    """Sleep; return the process that slept."""
    time.sleep(seconds)
    return os.getpid()


def slow_double(ones, seconds, x):
    """Sleep; return the process that slept, and twice the number."""
    time.sleep(seconds)
    return os.getpid(), 2.0 * x * ones[0]


def own_process(_):
    """Return which process this is."""
    return os.getpid()


class CannotStart:
    """Work that no process can read."""

    def __init__(self, log=None):
        self.log = log

    def __call__(self, x):
        return x

    def __reduce__(self):
        return _fail_to_read, (self.log,)


class EndsAtStart(CannotStart):
    """Work whose reading ends the process."""

    def __reduce__(self):
        return os._exit, (5,)


def _leave_mark(path):
    with Path(path).open("a") as log:
        log.write(".")


def _fail_to_read(log):
    _leave_mark(log)
    raise ModuleNotFoundError("no module of that name")
