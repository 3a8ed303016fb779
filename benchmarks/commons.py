"""How fast the commons kernels are beside NumPy and SimPy: ``python benchmarks/commons.py``.

One run of an estate of 60 parks over 40 years, weekly; a fan of 10,000 such runs on two threads; a year of about
500 campaigns. Engines take turns, round by round; CPU time of one thread, median of rounds, and wall time for the
fan. NumPy runs many estates side by side, which is what it is good at; its and SimPy's fans are reckoned from fewer
runs. Beside each time stands what the engine found (condition: the kernel's over the last year, the others' at its
end), so that one sees that they do the same. Needs the extra ``bench`` for SimPy; nothing here fails a build.
"""

import argparse
import platform
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import commons_numpy
from commons_place import ASSETS, WEEKS, YEAR, YEARS, estate, projects
from remit.kernel.commons.campaign_layout import Count
from remit.kernel.commons.estate_layout import Year

GOAL_ESTATE_MS = 5.0
GOAL_FAN_S = 40.0
GOAL_CAMPAIGNS_MS = 5.0
FAN = 10_000
THREADS = 2
BATCH = 50  # runs of the kernel a round
SIDE_BY_SIDE = 200  # estates that NumPy runs at once: more do not fit a processor's cache


def cpu_ms(call: Callable[[], object], runs: int) -> float:
    """Return the CPU milliseconds of one of the runs in a call."""
    started = time.process_time()
    call()
    return (time.process_time() - started) * 1000.0 / runs


def goal(met: bool) -> str:
    """Return the verdict that ends a line."""
    return "goal met" if met else "goal missed"


def print_estate(rounds: int, fan: int) -> None:
    """Print the times of the estate and of the fan."""
    from remit.kernel.commons.estate import run_estate

    plan = estate()
    tape = run_estate(plan, WEEKS, 1, np.arange(BATCH))  # compiled before the clock starts
    others: list[tuple[bool, float]] = []
    side: list[tuple[float, float]] = []
    times: dict[str, list[float]] = {"kernel": [], "numpy": [], "simpy": []}
    for r in range(rounds):
        times["kernel"].append(cpu_ms(lambda: run_estate(plan, WEEKS, 1, np.arange(BATCH)), BATCH))
        call = lambda r=r: side.append(commons_numpy.run_estates(SIDE_BY_SIDE, r))  # noqa: E731
        times["numpy"].append(cpu_ms(call, SIDE_BY_SIDE))
        if find_spec("simpy"):
            from commons_simpy import run_estate as run_simpy

            times["simpy"].append(cpu_ms(lambda r=r: others.append(run_simpy(r)), 1))
    kernel = median(times["kernel"])
    failed, condition = (tape.ends[:, 0] >= 0).mean(), tape.years[:, -1, Year.CONDITION].mean()
    print(f"an estate of {ASSETS} parks, {YEARS} years, weekly")
    print(
        f"  kernel {kernel:9.2f} ms: {goal(kernel < GOAL_ESTATE_MS)}; {failed:.0%} fail, condition {condition:.2f}"
    )
    spent, (failed, condition) = median(times["numpy"]), np.mean(side, axis=0)
    print(
        f"  numpy  {spent:9.2f} ms, {SIDE_BY_SIDE} side by side; {failed:.0%} fail, condition {condition:.2f}",
        end="",
    )
    print(f"; times as fast {spent / kernel:.1f}")
    if others:
        spent, (failed, condition) = median(times["simpy"]), np.mean(others, axis=0)
        print(f"  simpy  {spent:9.2f} ms; {failed:.0%} fail, condition {condition:.2f}", end="")
        print(f"; times as fast {spent / kernel:.0f}")
    print_fan(fan, {name: median(found) for name, found in times.items() if found})


def print_fan(fan: int, one: dict[str, float]) -> None:
    """Print the time of a fan of runs on two threads, and what it would be for the others."""
    from remit.kernel.commons.estate import run_estate

    plan = estate()
    pieces = np.array_split(np.arange(fan), 8 * THREADS)
    started = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        ends = list(pool.map(lambda lucks: run_estate(plan, WEEKS, 1, lucks).ends[:, 0], pieces))
    spent = time.perf_counter() - started
    failed = (np.concatenate(ends) >= 0).mean()
    print(f"a fan of {fan:,} runs, {THREADS} threads, wall time")
    print(f"  kernel {spent:9.1f} s: {goal(spent * FAN / fan < GOAL_FAN_S)}; {failed:.1%} fail")
    for name in ("numpy", "simpy"):
        if name in one:
            print(
                f"  {name:6s} {one[name] * fan / 1000 / THREADS:9.1f} s, reckoned from one run and {THREADS} cores"
            )


def print_campaigns(rounds: int) -> None:
    """Print the times of a year of campaigns."""
    from remit.kernel.commons.campaign_batch import run_campaigns

    plan = projects()
    tape = run_campaigns(plan, YEAR, 1, np.arange(BATCH))
    times: dict[str, list[float]] = {"kernel": [], "numpy": [], "simpy": []}
    found: dict[str, list[tuple[int, int]]] = {"numpy": [], "simpy": []}
    for r in range(rounds):
        times["kernel"].append(cpu_ms(lambda: run_campaigns(plan, YEAR, 1, np.arange(BATCH)), BATCH))
        call = lambda r=r: found["numpy"].extend(  # noqa: E731
            commons_numpy.run_projects(plan, 100 * r + k) for k in range(10)
        )
        times["numpy"].append(cpu_ms(call, 10))
        if find_spec("simpy"):
            from commons_simpy import run_projects

            times["simpy"].append(cpu_ms(lambda r=r: found["simpy"].append(run_projects(plan, r)), 1))
    sums = tape.counts.sum(axis=1).mean(axis=0)
    kernel = median(times["kernel"])
    print("a year of campaigns")
    share = sums[Count.SUCCEEDED] / sums[Count.STARTED]
    print(
        f"  kernel {kernel:9.2f} ms: {goal(kernel < GOAL_CAMPAIGNS_MS)}; {sums[Count.STARTED]:.0f}, {share:.0%} succeed"
    )
    for name, results in found.items():
        if results:
            ran, won = np.mean(results, axis=0)
            spent = median(times[name])
            print(
                f"  {name:6s} {spent:9.2f} ms; {ran:.0f}, {won / ran:.0%} succeed; as fast {spent / kernel:.1f}"
            )


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds (default 5)")
    parser.add_argument("--fan", type=int, default=FAN, help=f"runs of the fan (default {FAN:,})")
    told = parser.parse_args()
    print(
        f"Python {platform.python_version()} on {platform.machine()}, {told.rounds} rounds, median CPU time"
    )
    print_estate(told.rounds, told.fan)
    print_campaigns(told.rounds)


if __name__ == "__main__":
    main()
