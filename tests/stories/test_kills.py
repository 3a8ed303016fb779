"""Killed without warning again and again, filled by two at once, or on a full disk: nothing is lost or doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ensembles import WHOLE, fill, held, recipe
from remit import wiring
from remit.adapters import compact as compacting
from remit.adapters import files
from remit.adapters.executors import Serial, Threads
from remit.ground.faults import Faults
from remit.workbench.ensembles import explore, question_of
from small_brief import SMALL, codes_of

PATIENCE = 180.0  # s; a loaded machine is slow to start a process
LOOK = 0.002  # s between two looks
N_REPLICATES, DESIGNS = 2, ("neighbours", "one_more")
THREADS, PROCESSES = ("--threads", 1), ("--processes", 2)
COMPACT = ("runs", "store", "--compact")


@dataclass(frozen=True)
class Whole:
    """An ensemble filled without a break."""

    n_scenarios: int
    rows: pa.Table

    @property
    def n_runs(self) -> int:
        return self.n_scenarios * N_REPLICATES * (1 + len(DESIGNS))

    @property
    def explore(self) -> tuple[object, ...]:
        return wanted(self.n_scenarios)


def wanted(n_scenarios: int) -> tuple[object, ...]:
    """Return the words that fill a store."""
    sizes = ("--scenarios", n_scenarios, "--replicates", N_REPLICATES)
    return ("explore", SMALL, *sizes, "--designs", ",".join(DESIGNS), "--into", "store")


def start(folder: Path, *words: object) -> subprocess.Popen:
    command = [sys.executable, "-m", "remit", *map(str, words)]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def done(folder: Path, *words: object) -> None:
    with start(folder, *words) as running:
        assert running.wait(PATIENCE) == 0


def table(folder: Path) -> pa.Table:
    """Return every row of every part, ordered by run; a run in two parts stands there twice."""
    parts = sorted(in_whole_parts(folder))
    every = pa.concat_tables([pq.read_table(p).replace_schema_metadata(None) for p in parts])
    every = every.set_column(1, "design", every.column("design").cast(pa.string()))
    return every.sort_by("run_id").combine_chunks()


def bits(rows: pa.Table) -> dict[str, object]:
    """Return each column as its bytes, so that what is not a number equals itself and nothing else."""
    return {
        name: column.to_numpy().tobytes() if column.type == "double" else column.to_pylist()
        for name, column in zip(rows.column_names, rows.columns, strict=True)
    }


def check_same(folder: Path, whole: Whole, is_merged: bool) -> None:
    """Check that a store holds the runs of an unbroken one, each to the bit, none lost and none counted twice."""
    ours, ids = table(folder), whole.rows.column("run_id").to_pylist()
    at = np.searchsorted(ids, ours.column("run_id").to_pylist())
    assert set(ours.column("run_id").to_pylist()) == set(ids), "no run is lost"
    assert bits(ours) == bits(whole.rows.take(pa.array(at))), "each is the same to the bit"
    assert not is_merged or ours.num_rows == whole.n_runs, "merged, none is doubled"
    for _ in range(2):
        told = held(folder / "store")
        assert (told.n_done, told.n_wanted) == (whole.n_runs, whole.n_runs)
        assert (told.failures, told.n_foreign) == ((), 0)
        assert len(told.store.columns(told.question.origin).places) >= whole.n_runs
        (folder / "store" / "index.sqlite").unlink()  # a memory of parts, never the truth


def unbroken(folder: Path, n_scenarios: int) -> Whole:
    done(folder, *wanted(n_scenarios), *THREADS)
    whole = Whole(n_scenarios, table(folder))
    assert whole.rows.num_rows == whole.n_runs
    return whole


@pytest.fixture(scope="module")
def few_futures(tmp_path_factory):
    return unbroken(tmp_path_factory.mktemp("few"), 800)


@pytest.fixture(scope="module")
def many_futures(tmp_path_factory):
    return unbroken(tmp_path_factory.mktemp("many"), 3000)


def in_parts(folder: Path) -> set[str]:
    """Return the names of what is in the folder of parts now, temporary files among it."""
    try:
        return set(os.listdir(folder / "store" / "parts"))
    except FileNotFoundError:
        return set()


def kept(folder: Path) -> set[str]:
    """Return which runs are in the store now."""
    return set(table(folder).column("run_id").to_pylist()) if any(in_whole_parts(folder)) else set()


def in_whole_parts(folder: Path) -> Iterator[Path]:
    return (folder / "store" / "parts").glob("*.parquet")


def workers(pid: int) -> list[int]:
    """Return the worker processes of a process, not what else it has started."""
    listed: list[str] = []
    with suppress(OSError):
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed if b"spawn_main" in said_at_start(child)]


def said_at_start(pid: str) -> bytes:
    """Return the command line of a process; nothing if it has gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


@dataclass
class Killer:
    """Kills at random instants; remembers what of."""

    rng: random.Random
    whole: Whole
    kills: dict[str, int] = field(default_factory=dict)

    def wait(self, running: subprocess.Popen, seconds: float) -> None:
        with suppress(subprocess.TimeoutExpired):
            running.wait(seconds)

    def wait_for_news(self, folder: Path, running: subprocess.Popen, before: set[str]) -> None:
        """Wait until something is written or removed, or it has ended."""
        end = time.monotonic() + PATIENCE
        while in_parts(folder) == before and running.poll() is None:
            assert time.monotonic() < end, "waited in vain"
            time.sleep(LOOK)

    def kill(self, what: str, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.kills[what] = self.kills.get(what, 0) + 1

    def kill_once(self, folder: Path, what: str) -> bool:
        """Begin, or go on, and kill at a random instant; return whether it had ended by itself before."""
        words = (
            COMPACT
            if what == "compact"
            else (*self.whole.explore, *(THREADS if what == "threads" else PROCESSES))
        )
        before, runs_before = in_parts(folder), kept(folder)
        with start(folder, *words) as running:
            if what == "worker" or self.rng.random() < 0.6:
                self.wait_for_news(folder, running, before)
                self.wait(
                    running,
                    self.rng.uniform(0.0, 0.02 if what == "compact" else self.whole.n_scenarios / 2000),
                )
            else:
                self.wait(running, self.rng.uniform(0.0, 4.0))
            if what == "worker" and (found := workers(running.pid)):
                self.kill("worker", self.rng.choice(found))
                self.wait(running, self.rng.uniform(0.5, 3.0))
            has_ended = running.poll() is not None
            if not has_ended:
                self.kill("compact" if what == "compact" else "explore", running.pid)
            code = running.wait(PATIENCE)
            assert what == "compact" or code in (0, -signal.SIGKILL)
        assert runs_before <= kept(folder), "what was kept once stays, whatever is killed"
        return has_ended and what != "compact"

    def spoil_what_is_half_written(self, folder: Path) -> None:
        """Put what nobody must read into temporary files that were left, and into one more."""
        parts = folder / "store" / "parts"
        for path in [*parts.glob(".part-*"), parts / ".part-planted"]:
            path.write_bytes(b"PAR1 nobody reads this PAR1")


def kill_often(tmp_path: Path, whole: Whole, seed: int, plan: list[str]) -> dict[str, int]:
    """Kill as planned; whenever a store is full nevertheless it is compared, and another one begun."""
    killer, number = Killer(random.Random(seed), whole), 0
    folder = tmp_path / "0"
    folder.mkdir()
    for what in plan:
        if killer.kill_once(folder, what):
            check_same(folder, whole, is_merged=False)
            number += 1
            folder = tmp_path / str(number)
            folder.mkdir()
    (folder / "store" / "parts").mkdir(parents=True, exist_ok=True)
    killer.spoil_what_is_half_written(folder)
    done(folder, *whole.explore, *THREADS)
    check_same(folder, whole, is_merged=False)
    done(folder, *COMPACT)
    check_same(folder, whole, is_merged=True)
    return killer.kills


def test_killed_six_times_without_warning_it_goes_on_and_equals_an_unbroken_one(tmp_path, few_futures):
    kills = kill_often(
        tmp_path, few_futures, 1, ["threads", "compact", "worker", "threads", "compact", "worker"]
    )
    assert sum(kills.values()) >= 4, "some may have ended before"


@pytest.mark.long
def test_killed_a_hundred_times_without_warning_it_goes_on_and_equals_an_unbroken_one(tmp_path, many_futures):
    kinds = ["threads", "processes", "worker", "compact", "threads", "compact"]
    plan = random.Random(2026).choices(kinds, k=130)
    kills = kill_often(tmp_path, many_futures, 2026, plan)
    assert sum(kills.values()) >= 100
    assert min(kills.get(what, 0) for what in ("explore", "worker", "compact")) >= 10


def test_two_that_fill_the_same_store_at_once_while_a_third_merges_it_end_with_the_same_table(
    tmp_path, few_futures
):
    with (
        start(tmp_path, *few_futures.explore, *THREADS) as one,
        start(tmp_path, *few_futures.explore, *PROCESSES) as other,
    ):
        killer = Killer(random.Random(3), few_futures)
        killer.wait_for_news(tmp_path, one, set())
        done(tmp_path, *COMPACT)
        assert (one.wait(PATIENCE), other.wait(PATIENCE)) == (0, 0)
    check_same(tmp_path, few_futures, is_merged=False)
    done(tmp_path, *COMPACT)
    check_same(tmp_path, few_futures, is_merged=True)


# A disk that fills up, in this process

FEW = recipe(8, 2)
COLUMNS = ("survivors", "lives", "response_mean", "cost_public", "need")


class FillingDisk:
    """Takes some writes, then no more."""

    def __init__(self, true, most):
        self.true, self.left = true, most

    def __call__(self, *given):
        if self.left == 0:
            raise OSError(28, "No space left on device")
        self.left -= 1
        return self.true(*given)


def run_few(folder, hands):
    _, question = question_of(FEW, wiring.brief_at)
    explore(FEW, question, wiring.results_folder(folder), hands, WHOLE, lambda done, total: None)


def values(folder):
    return held(folder).results(COLUMNS).values


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    folder = tmp_path_factory.mktemp("few") / "s"
    fill(folder, FEW)
    return values(folder)


@pytest.mark.usefixtures("single_tasks")
@pytest.mark.parametrize("hands", [Serial(), Threads(2)], ids=["serial", "threads"])
@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("most", [0, 1, 2, 5])
def test_a_disk_that_fills_up_midway_is_told_and_the_rest_is_made_later(
    tmp_path, monkeypatch, few, step, most, hands
):
    with monkeypatch.context() as patch:
        patch.setattr(files.os, step, FillingDisk(getattr(os, step), most))
        with pytest.raises(Faults) as raised:
            run_few(tmp_path / "s", hands)
    assert codes_of(raised.value) == ["ENS002"]
    assert "No space left on device" in str(raised.value)
    kept = {p.name: p.read_bytes() for p in (tmp_path / "s").rglob("*.parquet")}
    assert len(kept) == max(0, most - 1), "question.json came first"
    assert not list((tmp_path / "s").rglob(".part-*")), "nothing half written is left to fill the disk"
    run_few(tmp_path / "s", hands)
    assert kept.items() <= {p.name: p.read_bytes() for p in (tmp_path / "s").rglob("*.parquet")}.items()
    assert np.array_equal(values(tmp_path / "s"), few, equal_nan=True)


@pytest.mark.usefixtures("single_tasks")
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fills_up_while_parts_are_merged_loses_nothing(tmp_path, monkeypatch, few, step):
    fill(tmp_path / "s", FEW)
    with monkeypatch.context() as patch:
        patch.setattr(files.os, step, FillingDisk(getattr(os, step), 0))
        with pytest.raises(Faults) as raised:
            wiring.results_folder(tmp_path / "s").compact()
    assert codes_of(raised.value) == ["ENS002"]
    assert np.array_equal(values(tmp_path / "s"), few, equal_nan=True)
    assert wiring.results_folder(tmp_path / "s").compact() == (8, 1)
    assert np.array_equal(values(tmp_path / "s"), few, equal_nan=True)


@pytest.mark.usefixtures("single_tasks")
@pytest.mark.parametrize(
    "is_told",
    [
        pytest.param(False, id="nothing is lost"),
        pytest.param(
            True,
            id="nor is it called a full disk",
        ),
    ],
)
def test_two_that_merge_the_same_store_at_once(tmp_path, monkeypatch, few, is_told):
    fill(tmp_path / "s", FEW)
    true = compacting._groups

    def beaten_to_it(parts):
        monkeypatch.setattr(compacting, "_groups", true)
        wiring.results_folder(tmp_path / "s").compact()
        return true(parts)

    monkeypatch.setattr(compacting, "_groups", beaten_to_it)
    try:
        wiring.results_folder(tmp_path / "s").compact()
    except Faults:
        if is_told:
            raise
    assert np.array_equal(values(tmp_path / "s"), few, equal_nan=True)
    assert held(tmp_path / "s").n_done == held(tmp_path / "s").n_wanted
