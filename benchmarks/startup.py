"""How long a user waits: help, first numbers, a whole comparison. Run as: python benchmarks/startup.py."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5


def timed(command, **options):
    """Return wall seconds of the fastest of some rounds, and what the last printed."""
    best, said = float("inf"), None
    for _ in range(ROUNDS):
        start = time.perf_counter()
        said = subprocess.run(command, capture_output=True, text=True, check=False, **options)
        best = min(best, time.perf_counter() - start)
    return best, said


def first_numbers():
    """Return seconds from starting Python until the first batch of the gallery brief is told, and until all are."""
    code = """
import time; start = time.perf_counter()
from pathlib import Path
from remit import wiring
from remit.workbench.compare import Wish, choose_designs, pose, run_comparison
opened = wiring.brief_at("cardiac-arrest")
question = pose(opened, choose_designs(opened, [], []), 1)
first = []
def told(progress):
    if not first:
        first.append(time.perf_counter() - start)
run_comparison(question, Wish(64), wiring.results_folder(Path("out")), wiring.executor(), told)
print(first[0], time.perf_counter() - start)
"""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
        )
    first, whole = run.stdout.split()
    return float(first), float(whole)


def verdict(name, seconds, goal):
    """Print one line."""
    print(f"{name:<58} {seconds:6.2f} s   goal {goal:g} s {'met' if seconds <= goal else 'missed'}")


def main():
    """Print every wait."""
    remit = [sys.executable, "-m", "remit"]
    verdict("remit --help", timed([*remit, "--help"])[0], 0.4)
    first, whole = first_numbers()
    verdict("warm compare, 64 scenarios: first numbers", first, 2.0)
    verdict("warm compare, 64 scenarios: all", whole, 20.0)
    with tempfile.TemporaryDirectory() as folder:
        cold = {**os.environ, "NUMBA_CACHE_DIR": str(Path(folder) / "cache")}
        command = [*remit, "compare", "cardiac-arrest", "--scenarios", "1", "--replicates", "1"]
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, env=cold, capture_output=True, check=True)
        verdict("first run ever on a machine, compiling", time.perf_counter() - start, 30.0)


if __name__ == "__main__":
    main()
