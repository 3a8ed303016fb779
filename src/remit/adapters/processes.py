"""Processes: each task in a process of its own pool, so that a task that takes its process with it costs itself only.

Nothing in the standard library survives a process that is killed: one pool waits for ever, the other gives up
every task. So the processes are watched here, one task in each at a time and one pipe to each.
"""

import multiprocessing
import os
import pickle
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Thread, current_thread, main_thread
from types import FrameType
from typing import Any, Generic, TypeVar

from remit.ensemble.ports import Lost

T = TypeVar("T")
R = TypeVar("R")

SPAWN = multiprocessing.get_context("spawn")  # never fork: threads of compiled code do not survive it
MOST_TRIES = 2  # a machine may have been short of memory for a moment
MOST_FAILED_STARTS = 2  # in a row
PARTING = 2.0  # s a process gets to end by itself


class Says:
    """What a process says, beside what goes with it."""

    UP = "up"  # send the work
    READY = "ready"  # send a task
    DONE = "done"
    RAISED = "raised"
    ENDED = "ended"  # why it gives up


class Processes:
    """Runs tasks on processes of their own; a task that ends its process, or takes too long, comes back as lost.

    Args:
        n_processes: how many; as many as there are cores if not said.
        most_seconds: what a task may take; 0 for as long as it likes.
    """

    def __init__(self, n_processes: int | None = None, most_seconds: float = 0.0) -> None:
        self.n_processes = n_processes or _cores()
        self.most_seconds = most_seconds

    def run(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R | Lost[T]]:
        """Yield results as tasks finish, with no more tasks handed out than there are processes."""
        crew: _Crew[T, R] = _Crew(_pickled(work), iter(tasks), self.n_processes, self.most_seconds)
        try:
            yield from crew.results()
            crew.send_home()
        finally:
            crew.dismiss()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pickled(thing: object) -> bytes:
    return pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)


@dataclass
class _Held(Generic[T]):
    """A task, and how many processes it has cost."""

    task: T
    n_died: int = 0


@dataclass(eq=False)
class _Hand(Generic[T]):
    """A process, the line to it, and what it holds."""

    process: SpawnProcess
    line: "Connection[Any, Any]"
    held: _Held[T] | None
    is_ready: bool = False
    until: float = float("inf")

    def send(self, thing: bytes) -> None:
        """Send bytes; a process that is gone is found out by its end, not here."""
        with suppress(OSError):
            self.line.send_bytes(thing)

    def end(self) -> str:
        """Return in words how the process ended; one that closed its line but lives is ended."""
        self.line.close()
        self.process.join(PARTING)
        lives = self.process.exitcode is None
        if lives:
            self.process.kill()
            self.process.join()
        return "its process stopped answering" if lives else _in_words(self.process.exitcode or 0)


def _in_words(code: int) -> str:
    if code >= 0:
        return f"its process ended with code {code}"
    name = next((f" ({s.name})" for s in signal.Signals if s == -code), "")
    return f"its process was ended by signal {-code}{name}"


class _Crew(Generic[T, R]):
    """The processes of one run: who holds which task, and what became of it."""

    def __init__(self, work: bytes, tasks: Iterator[T], most: int, most_seconds: float) -> None:
        self.work = work
        self.tasks = tasks
        self.most = most
        self.most_seconds = most_seconds
        self.hands: list[_Hand[T]] = []
        self.again: deque[_Held[T]] = deque()
        self.n_failed_starts = 0
        self.why_not_started = ""
        self.raised: Exception | None = None  # by the work; what came beside it is handed over first

    def results(self) -> Iterator[R | Lost[T]]:
        """Yield what comes back, until nothing is left to do."""
        while True:
            self._hand_out()
            if not any(hand.held for hand in self.hands):
                break
            came = [outcome for hand in self._wait() for outcome in self._hear(hand)]
            came += [lost for hand in list(self.hands) for lost in self._overdue(hand)]
            if self.raised is None:
                self._hand_out()  # before the yield: the processes work while the caller does
            yield from came
            if self.raised is not None:
                raise self.raised
        while held := self._next():  # only where no process starts at all: trying on would never end
            yield Lost(held.task, self.why_not_started)

    def send_home(self) -> None:
        """Let processes that wait for work end by themselves."""
        for hand in self.hands:
            hand.line.close()
        by = time.monotonic() + PARTING
        for hand in self.hands:
            hand.process.join(max(0.0, by - time.monotonic()))

    def dismiss(self) -> None:
        """End every process, busy or not, and wait until it is gone."""
        begun = [hand for hand in self.hands if hand.process.pid is not None]
        for hand in begun:
            hand.process.kill()  # nothing is lost by it: a process keeps nothing but the task in hand
        for hand in begun:
            hand.process.join()
        for hand in self.hands:
            hand.line.close()
        self.hands = []

    def _next(self) -> _Held[T] | None:
        if self.again:
            return self.again.popleft()
        return next((_Held(task) for task in self.tasks), None)

    def _hand_out(self) -> None:
        for hand in self.hands:
            if hand.is_ready and hand.held is None and (held := self._next()):
                self._give(hand, held)
        while len(self.hands) < self.most and self.n_failed_starts < MOST_FAILED_STARTS:
            held = self._next()
            if held is None:
                break
            self._start(held)

    def _give(self, hand: _Hand[T], held: _Held[T]) -> None:
        hand.held = held
        hand.until = time.monotonic() + self.most_seconds if self.most_seconds > 0 else float("inf")
        hand.send(_pickled(held.task))

    def _start(self, held: _Held[T]) -> None:
        here, there = SPAWN.Pipe()
        hand = _Hand(SPAWN.Process(target=_serve, args=(there,), name="remit", daemon=True), here, held)
        self.hands.append(hand)  # before the start: an interrupt in between leaves no process behind
        try:
            with _interrupts_held():
                hand.process.start()
        except OSError as error:
            self.hands.remove(hand)
            here.close()
            self._not_started(held, f"the system refused: {error}")
        finally:
            there.close()  # so that the line ends here when the process ends there

    def _not_started(self, held: _Held[T], why: str) -> None:
        self.n_failed_starts += 1
        self.why_not_started = f"no process could be started: {why}"
        self.again.append(held)

    def _wait(self) -> list[_Hand[T]]:
        """Return the processes that have something to say, or have ended."""
        waits_for: list[Any] = [hand.line for hand in self.hands]
        waits_for += [hand.process.sentinel for hand in self.hands]
        until = min(hand.until for hand in self.hands)
        seconds = None if until == float("inf") else max(0.0, until - time.monotonic())
        ready = set(connection.wait(waits_for, seconds))
        return [hand for hand in self.hands if hand.line in ready or hand.process.sentinel in ready]

    def _hear(self, hand: _Hand[T]) -> list[R | Lost[T]]:
        """Return what came of the task in hand, if anything did."""
        try:
            if not hand.line.poll():  # it has ended, and whoever it started holds its line open
                raise EOFError
            said = hand.line.recv_bytes()
        except (EOFError, OSError):
            return self._died(hand)
        try:
            kind, value = pickle.loads(said)
        except MemoryError:
            raise
        except Exception as error:  # a result need not be one that can be read again
            return self._died(hand, f"its result cannot be read: {_short(error)}")
        hand.until = float("inf")
        match kind:
            case Says.UP:
                hand.send(self.work)
            case Says.READY:
                self.n_failed_starts = 0
                hand.is_ready = True
                if hand.held:
                    self._give(hand, hand.held)
            case Says.DONE:
                hand.held = None
                return [value]
            case Says.RAISED:
                hand.held = None
                self.raised = _raised(*value)
            case _:
                return self._died(hand, value)
        return []

    def _died(self, hand: _Hand[T], why: str = "") -> list[R | Lost[T]]:
        if why:
            hand.process.kill()  # it has nothing more to do
        how = hand.end()
        self.hands.remove(hand)  # after its end: an interrupt in between leaves no process behind
        held = hand.held
        if held is None:
            return []
        if not hand.is_ready:
            self._not_started(held, why or how)
            return []
        held.n_died += 1
        if held.n_died >= MOST_TRIES:
            return [Lost(held.task, why or how)]
        self._start(held)  # in a fresh process, which no earlier task has left its mark on
        return []

    def _overdue(self, hand: _Hand[T]) -> list[Lost[T]]:
        if hand.held is None or hand.until > time.monotonic() or hand.line.poll():
            return []
        hand.process.kill()
        hand.end()
        self.hands.remove(hand)
        return [Lost(hand.held.task, f"ran longer than {self.most_seconds:g} s")]


def _raised(pickled: bytes, told: str) -> Exception:
    """Return what the work raised, with where it was raised as a note."""
    try:
        error = pickle.loads(pickled)
    except Exception:
        error = None
    if not isinstance(error, Exception):  # some exceptions cannot be sent
        return RuntimeError(f"the work failed in its process:\n{told}")
    error.add_note(f"In its process:\n{told}")
    return error


def _short(error: BaseException) -> str:
    return "".join(traceback.format_exception_only(error)).strip()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold interrupts back: a process is born with them held, and ignores them before it lets them come.

    Else Ctrl-C, which goes to every process of a terminal, would end one while it starts. Here, what comes
    meanwhile is acted on afterwards: another thread may take the signal in, so that holding it is not enough.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it would let interrupts through again on its first start
    handler = signal.getsignal(signal.SIGINT)
    is_here = current_thread() is main_thread() and callable(handler)  # no other thread acts on signals
    came: list[tuple[int, FrameType | None]] = []
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    if is_here:
        signal.signal(signal.SIGINT, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        if is_here:
            signal.signal(signal.SIGINT, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if came and callable(handler):
            handler(*came[0])


# --- in the process ---------------------------------------------------------------------------------------


def _serve(line: "Connection[Any, Any]") -> None:
    """Work off tasks from the line until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whether to stop is for the parent to say
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):  # the parent has closed the line
        line.send_bytes(_pickled((Says.UP, None)))
        work, said = _read_work(line.recv_bytes())
        while True:
            line.send_bytes(said)
            if work is None:
                break
            said = _work_off(work, line.recv_bytes())


def _read_work(pickled: bytes) -> tuple[Callable[[Any], object] | None, bytes]:
    try:
        return pickle.loads(pickled), _pickled((Says.READY, None))
    except Exception as error:
        return None, _pickled((Says.ENDED, f"the work cannot be read: {_short(error)}"))


def _work_off(work: Callable[[Any], object], pickled: bytes) -> bytes:
    """Return what to say of a task; what stands in the way of saying it counts as an end."""
    try:
        task = pickle.loads(pickled)
    except Exception as error:
        return _pickled((Says.ENDED, f"its task cannot be read: {_short(error)}"))
    try:
        result = work(task)
    except MemoryError:
        return _pickled((Says.ENDED, "its process ran out of memory"))
    except Exception as error:
        return _pickled((Says.RAISED, _as_raised(error)))
    try:
        return _pickled((Says.DONE, result))
    except MemoryError:
        return _pickled((Says.ENDED, "its process ran out of memory"))
    except Exception as error:
        return _pickled((Says.ENDED, f"its result cannot be sent: {_short(error)}"))


def _as_raised(error: Exception) -> tuple[bytes, str]:
    told = "".join(traceback.format_exception(error)).rstrip()
    try:
        return _pickled(error), told
    except Exception:  # some exceptions cannot be sent; what they say can
        return b"", told


def _end_with_parent() -> None:
    """End when the parent does, though a task be in hand: nobody is left to hear of it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
