"""What keeping a million runs costs: ``PYTHONPATH=src python benchmarks/store.py``; ``--runs`` for fewer.

Synthetic runs of 36 outcomes and 4 keys, written a thousand at a time, compacted, and opened again, each in a process
of its own so that each has its own peak of memory. Random numbers do not compress: real outcomes take less. Opened
cold means without the index and with the parts out of the system's memory, as far as the system lets go of them.
Nothing here fails a build.
"""

import argparse
import multiprocessing
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from remit.adapters.run_store import RunFolder
from remit.ensemble.ports import Origin, RunBatch, RunKey
from remit.ground.identity import digest

TARGET_MB, TARGET_SECONDS = 400.0, 1.0
A_BATCH = 1000
DESIGNS, REPLICATES = ("today", "other"), 8
OUTCOMES = tuple(f"outcome_{c:02}" for c in range(36))
ORIGIN = Origin("0123456789abcdef", {name: digest(name) for name in DESIGNS})
Cost = tuple[float, float, float]  # wall seconds, CPU seconds, peak MB


def batch_of(number: int, n_runs: int) -> RunBatch:
    """Return a batch as a scenario after the other would make it."""
    rng = np.random.default_rng(number)
    keys = []
    for i in range(number * A_BATCH, number * A_BATCH + n_runs):
        scenario, rest = divmod(i, len(DESIGNS) * REPLICATES)
        name = DESIGNS[rest // REPLICATES]
        keys.append(RunKey(digest(["a run", i], 24), name, scenario, rest % REPLICATES))
    values = rng.normal(size=(n_runs, 1, len(OUTCOMES)))
    return RunBatch(tuple(keys), (("all", ""),), OUTCOMES, values, np.empty((n_runs, 0)), (), ORIGIN)


def peak_mb() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def timed(job: Callable[[], object]) -> Cost:
    """Return what a job takes."""
    began, spent = time.perf_counter(), time.process_time()
    job()
    return time.perf_counter() - began, time.process_time() - spent, peak_mb()


def write(folder: Path, n_runs: int) -> Cost:
    """Write every run, making the batches not counted."""
    store = RunFolder(folder)
    store.open({"digest": ORIGIN.question, "brief": "synthetic", "seed": "1"})
    wall = cpu = 0.0
    for number in range(-(-n_runs // A_BATCH)):
        batch = batch_of(number, min(A_BATCH, n_runs - number * A_BATCH))
        some = timed(lambda batch=batch: store.write(batch))
        wall, cpu = wall + some[0], cpu + some[1]
    return wall, cpu, peak_mb()


def compact(folder: Path) -> Cost:
    """Merge small parts."""
    return timed(RunFolder(folder).compact)


def forget(folder: Path) -> None:
    """Make the store as if it had just been copied here: no index, nothing of it in memory."""
    (folder / "index.sqlite").unlink(missing_ok=True)
    if hasattr(os, "posix_fadvise"):
        os.sync()
        for path in folder.glob("parts/*.parquet"):
            file = os.open(path, os.O_RDONLY)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(file)


def read(folder: Path, outcomes: tuple[str, ...]) -> Cost:
    """Read where runs stand, and some outcomes; loading pyarrow is not counted."""
    import pyarrow.parquet  # noqa: F401

    return timed(lambda: RunFolder(folder).columns(ORIGIN, outcomes))


def apart(job: Callable[..., Cost], *given: object) -> Cost:
    """Return what a job takes in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(job, *given).result()


def disk_mb(folder: Path) -> float:
    """Return what a folder takes on the disk."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def line(what: str, cost: Cost, target: float = 0.0) -> None:
    """Print what one job took."""
    wall, cpu, peak = cost
    beside = f"{target:>8g}{wall / target:>8.2f}" if target else ""
    print(f"{what:<36}{wall:>8.2f}{cpu:>8.2f}{peak:>8,.0f}{beside}", flush=True)


def opened(folder: Path, when: str, rounds: int) -> None:
    """Print what opening and reading take."""
    for _ in range(rounds):
        forget(folder)
        line(f"opened cold, {when}", apart(read, folder, ()), TARGET_SECONDS)
        line(f"opened again, {when}", apart(read, folder, ()), TARGET_SECONDS)
        line(f"two outcomes read, {when}", apart(read, folder, OUTCOMES[3:5]))


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3, help="of opening and reading (default 3)")
    parser.add_argument(
        "--folder", type=Path, help="where the store is made for a while (default: temporary)"
    )
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, Python {platform.python_version()}, load before {load:.2f}")
    print(f"{asked.runs:,} runs, {len(OUTCOMES)} outcomes and 4 keys, {A_BATCH:,} a batch\n")
    print(f"{'what':<36}{'wall s':>8}{'CPU s':>8}{'peak MB':>8}{'target':>8}{'ratio':>8}")
    with tempfile.TemporaryDirectory(dir=asked.folder) as made:
        folder = Path(made) / "store"
        wrote = apart(write, folder, asked.runs)
        line("written", wrote)
        sizes = {"scattered": disk_mb(folder)}
        opened(folder, "scattered", asked.rounds)
        line("compacted", apart(compact, folder))
        sizes["compacted"] = disk_mb(folder)
        opened(folder, "compacted", asked.rounds)
    print(
        f"\nto write, us a run: wall {wrote[0] / asked.runs * 1e6:.2f}, CPU {wrote[1] / asked.runs * 1e6:.2f}"
    )
    for when, mb in sizes.items():
        target = TARGET_MB * asked.runs / 1e6
        print(f"MB on disk, {when:<20}{mb:>10,.1f}   target {target:g}   ratio {mb / target:.2f}")


if __name__ == "__main__":
    main()
