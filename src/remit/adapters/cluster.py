"""A Dask cluster: tasks go to the workers of a scheduler that runs already, and come back as they finish."""

import hashlib
import pickle
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any, Generic, TypeVar

import remit
from remit.ensemble.ports import Lost
from remit.ground.faults import Fault, Faults, Place, fail

T = TypeVar("T")
R = TypeVar("R")

PER_THREAD = 3  # tasks handed out for each thread of a worker: one in work and some at hand
LOOK_EVERY = 2.0  # s between looks at how many workers there are, and at the line to the scheduler
LONGEST_WITHOUT_WORKERS = 120.0  # s; a worker that died is mostly there again within seconds
MOST_WORK_KEPT = 4  # a worker may serve several runs at once
GO_ON = "What has finished is kept: the same command goes on from there."


class Says:
    """What a worker says of a task, beside what goes with it."""

    DONE = "done"  # the pickled result
    UNSENT = "unsent"  # why its result cannot be sent
    SHORT = "short"  # of memory
    VERSION = "version"  # which one is there, and on which worker


class DaskCluster:
    """Runs tasks on the workers of a Dask scheduler; a task that ends each worker it is on comes back as lost.

    Args:
        address: of the scheduler, such as ``tcp://10.0.0.5:8786``.
        patience: seconds until a scheduler, or workers, that do not answer are called unreachable.
    """

    def __init__(self, address: str, patience: float = 10.0) -> None:
        self.address = address
        self.patience = patience

    def run(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R | Lost[T]]:
        """Yield results as tasks finish; raise ``Faults`` CLU001 where the scheduler is, or falls, out of reach."""
        client = _connect(self.address, self.patience)
        crew: _Crew[T, R] = _Crew(client, self.address, iter(tasks))
        try:
            _check_workers(client, self.address, self.patience)
            crew.send(work, self.patience)
            yield from crew.results()
        finally:
            crew.dismiss()
            with suppress(Exception):  # a scheduler that is gone cannot be told goodbye
                client.close(timeout=self.patience)


def _connect(address: str, patience: float) -> Any:
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise fail("CLU002", "Dask is not installed here") from error
    try:
        return distributed.Client(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        told = str(error).strip().splitlines()
        what = f"the scheduler at {address} was not reached in {patience:g} s"
        raise fail("CLU001", f"{what}: {told[0]}" if told else what) from error


def _check_workers(client: Any, address: str, patience: float) -> None:
    """Raise where no worker is there, or one has another Remit than the one here."""
    with _line(address):
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError as error:
            raise fail(
                "CLU001", f"the scheduler at {address} has no worker", fix="Start a worker."
            ) from error

    def version() -> str:  # goes by value, for want of a place to import it from where there is no Remit
        import remit as there

        return there.__version__

    with _line(address):
        # called so, and not waited for, each gives what ``sync`` waits for: the one way to a limit in time
        of_workers = partial(client.run, version, on_error="return", asynchronous=True)
        of_scheduler = partial(client.run_on_scheduler, version, asynchronous=True)
        versions = client.sync(of_workers, callback_timeout=patience)
        try:  # the scheduler reads each task's call, if not what goes with it
            versions["scheduler"] = client.sync(of_scheduler, callback_timeout=patience)
        except (OSError, CancelledError):
            raise
        except Exception as error:
            versions["scheduler"] = error
    told = [_told(who, found) for who, found in versions.items() if found != remit.__version__]
    faults = [Fault("CLU003", Place(), what) for what in told if what]
    if faults:
        raise Faults(faults)


def _told(who: str, found: object) -> str:
    """Return in words which other version is there; none where the worker went away meanwhile."""
    name = who if who == "scheduler" else f"worker {who}"
    if isinstance(found, OSError):
        return ""
    if isinstance(found, ImportError):
        what = "has no Remit"
    else:
        what = (
            f"has Remit {found}" if isinstance(found, str) else f"cannot say which Remit it has ({found!r})"
        )
    return f"the {name} {what}, here is {remit.__version__}"


@contextmanager
def _line(address: str) -> Iterator[None]:
    """Turn what goes wrong between here and the scheduler into CLU001; hold nothing else in it."""
    closed = import_module("distributed.client").ClosedClientError
    try:
        yield
    except (OSError, CancelledError, closed) as error:
        raise _lost_touch(address) from error


def _lost_touch(address: str) -> Faults:
    return fail("CLU001", f"lost touch with the scheduler at {address}", fix=GO_ON)


class _Crew(Generic[T, R]):
    """The tasks of one run that are with the cluster, and what became of them."""

    def __init__(self, client: Any, address: str, tasks: Iterator[T]) -> None:
        self.client = client
        self.address = address
        self.tasks = tasks
        self.name = f"remit-{uuid.uuid4().hex}"
        self.n_sent = 0
        self.out: dict[Any, T] = {}  # by future
        self.finished: SimpleQueue[Any] = SimpleQueue()
        self.suspects: deque[T] = deque()
        self.n_threads = 0
        self.looked = float("-inf")
        self.had_workers = time.monotonic()
        self.killed: type[Exception] = import_module("distributed.scheduler").KilledWorker

    def send(self, work: Callable[[T], R], patience: float) -> None:
        """Send the work once, as a task that gives it.

        Data that is scattered is gone when the workers that hold it are, and copies on every worker do not
        stay: the scheduler drops copies that nothing waits for. What a task gives is made again wherever it
        is lost, from what the scheduler holds; workers that join later get it from another; and it goes when
        the client does, even one that is killed.
        """
        pickled = import_module("cloudpickle").dumps(work, protocol=pickle.HIGHEST_PROTOCOL)
        self.digest = hashlib.sha256(pickled).digest()
        dumped = pickle.dumps((remit.__version__, pickled))
        quiet = {"distributed.admin.large-graph-warning-threshold": "1 GiB"}
        with _line(self.address), import_module("dask").config.set(quiet):
            self.work = self.client.submit(bytes, dumped, key=f"{self.name}-work", pure=False)
        with suppress(Exception):  # a help only: else a few first tasks pile up where the work is
            copied = partial(self.client.replicate, self.work, asynchronous=True)
            self.client.sync(copied, callback_timeout=patience)

    def results(self) -> Iterator[R | Lost[T]]:
        """Yield what comes back; then try, one by one, the tasks that were on workers that died.

        The scheduler counts a dead worker against every task it had, so that one bad task can take others
        with it. On its own a good one passes.
        """
        yield from self._through(self.tasks, together=True)
        while self.suspects:
            yield from self._through(iter([self.suspects.popleft()]), together=False)

    def dismiss(self) -> None:
        """Call back what is still out."""
        with suppress(Exception):  # a scheduler that is gone holds nothing
            self.client.cancel(list(self.out))
        self.out = {}

    def _through(self, tasks: Iterator[T], together: bool) -> Iterator[R | Lost[T]]:
        while True:
            self._look()
            self._hand_out(tasks)
            if not self.out:
                break
            ready = self._wait()
            gathered = self._gathered(ready)
            came: list[R | Lost[T]] = []
            try:
                for future in ready:
                    came += self._outcome(future, gathered, together)
                self._hand_out(tasks)  # before the yield: the workers work while the caller does
            except Exception:
                yield from came  # what came beside it is handed over first
                raise
            yield from came

    def _look(self) -> None:
        """Look at how many workers there are, now and then; raise where there is nothing to wait for."""
        now = time.monotonic()
        if now - self.looked < LOOK_EVERY:
            return
        self.looked = now
        if self.client.status != "running":
            raise _lost_touch(self.address)
        with _line(self.address):
            self.n_threads = sum(self.client.nthreads().values())
        if self.n_threads:
            self.had_workers = now
        elif now - self.had_workers > LONGEST_WITHOUT_WORKERS:
            raise fail("CLU001", f"the scheduler at {self.address} has no worker any more", fix=GO_ON)

    def _hand_out(self, tasks: Iterator[T]) -> None:
        while len(self.out) < PER_THREAD * max(self.n_threads, 1):
            for task in tasks:
                self._submit(task)
                break
            else:
                return

    def _submit(self, task: T) -> None:
        pickled = import_module("cloudpickle").dumps(task, protocol=pickle.HIGHEST_PROTOCOL)
        # keys of one name make one group, which the scheduler spreads rather than piles up beside the work
        key = (self.name, self.n_sent)
        with _line(self.address):
            future = self.client.submit(work_off, self.work, self.digest, pickled, key=key, pure=False)
        self.n_sent += 1
        self.out[future] = task
        future.add_done_callback(
            self.finished.put
        )  # a queue can be waited on for a while, as_completed cannot

    def _wait(self) -> list[Any]:
        """Return the tasks that finished, after waiting a moment for one."""
        ready = []
        with suppress(Empty):
            ready.append(self.finished.get(timeout=LOOK_EVERY))
            while True:
                ready.append(self.finished.get_nowait())
        return ready

    def _gathered(self, futures: list[Any]) -> dict[Any, tuple[str, Any]]:
        """Return what is said of those that finished well, fetched in one go."""
        well = [future for future in futures if future.status == "finished"]
        with suppress(self.killed), _line(self.address):  # one whose worker died since: each on its own
            return dict(zip(well, self.client.gather(well), strict=True))
        return {}

    def _outcome(
        self, future: Any, gathered: dict[Any, tuple[str, Any]], together: bool
    ) -> list[R | Lost[T]]:
        """Return what came of a task, and let go of it."""
        task = self.out.pop(future)
        try:
            kind, value = gathered.get(future) or self._said(future)
        except self.killed as error:
            n_died = getattr(error, "allowed_failures", 0) + 1
            return self._suspected(task, f"each worker that ran it ended, {n_died} in a row", together)
        finally:
            future.release()
        if kind == Says.DONE:
            return [pickle.loads(value)]
        if kind == Says.VERSION:
            raise fail("CLU003", f"the worker {value[1]} has Remit {value[0]}, here is {remit.__version__}")
        if kind == Says.SHORT:
            return self._suspected(task, "its worker ran out of memory", together)
        return [Lost(task, f"its result cannot be sent: {value}")]

    def _said(self, future: Any) -> tuple[str, Any]:
        if future.status == "error":
            with _line(self.address):
                error, where = future.exception(), future.traceback()
            raise error.with_traceback(where)
        with _line(self.address):
            said: tuple[str, Any] = self.client.gather(future)
        return said

    def _suspected(self, task: T, why: str, together: bool) -> list[R | Lost[T]]:
        if together:
            self.suspects.append(task)
            return []
        return [Lost(task, why)]


# --- on the worker ----------------------------------------------------------------------------------------

_read: dict[bytes, Callable[[Any], object]] = {}
_reading = Lock()


def work_off(work: bytes, digest: bytes, task: bytes) -> tuple[str, Any]:
    """Return what to say of a task: a word, and what goes with it.

    The result is pickled here, for the scheduler would ask for one that cannot be sent again and again.
    """
    version, pickled = pickle.loads(work)
    if version != remit.__version__:  # of a worker that joined after the others were asked
        return Says.VERSION, (remit.__version__, import_module("distributed").get_worker().address)
    try:
        result = _work(digest, pickled)(pickle.loads(task))
    except MemoryError:
        return Says.SHORT, None
    try:
        return Says.DONE, pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return Says.SHORT, None
    except Exception as error:
        return Says.UNSENT, f"{type(error).__name__}: {error}"


def _work(digest: bytes, pickled: bytes) -> Callable[[Any], object]:
    """Return the work, read once on each worker."""
    with _reading:
        if digest not in _read:
            while len(_read) >= MOST_WORK_KEPT:
                del _read[next(iter(_read))]
            _read[digest] = pickle.loads(pickled)
        return _read[digest]
