"""How fast the caseload kernel is beside SimPy and the plain twin: ``python benchmarks/caseload.py``.

A council of 2,000 clients and 900 carers, 52 weeks after 26 of warm-up. Engines take turns, round by round;
CPU time, median of rounds. Needs the extra ``bench`` for SimPy; nothing here fails a build.
"""

import argparse
import platform
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from caseload_place import WARM, WEEKS, council
from remit.kernel.caseload.batch import make_workspace, run_caseload
from remit.kernel.caseload.layout import Count, Tape, Total, Work

GOAL_MS = 15.0
GOAL_TIMES_SIMPY = 40.0
GOAL_MEGABYTES = 2.0
RUNS = 24  # of the kernel a round
ROUTES = ("rota", "teams", "market")


def cpu_ms(call: Callable[[], object], runs: int) -> float:
    """Return the CPU milliseconds of one of the runs in a call."""
    started = time.process_time()
    call()
    return (time.process_time() - started) * 1000.0 / runs


def undelivered(tape: Tape) -> np.ndarray:
    """Return each run's share of hours needed that was not delivered."""
    sums = tape.counts.sum(axis=(1, 2))
    return np.asarray(sums[:, Count.UNDELIVERED_HOURS] / sums[:, Count.NEEDED_HOURS])


def goal(met: bool) -> str:
    """Return the verdict that ends a line."""
    return "goal met" if met else "goal missed"


def print_kernel(rounds: int) -> float:
    """Print the kernel's time for each route; return the rota's."""
    first = 0.0
    for route, name in enumerate(ROUTES):
        plan = council(route)
        work = make_workspace(plan, WEEKS)
        tape = run_caseload(plan, WEEKS, WARM, 1, np.arange(RUNS), work)
        call = lambda plan=plan, work=work: run_caseload(plan, WEEKS, WARM, 1, np.arange(RUNS), work)  # noqa: E731
        spent = median(cpu_ms(call, RUNS) for _ in range(rounds))
        first = first or spent
        clients = tape.counts[..., Count.CLIENT_WEEKS].sum(axis=(1, 2)).mean() / (WEEKS - WARM)
        carers = tape.work[..., Work.CARER_WEEKS].sum(axis=1).mean() / (WEEKS - WARM)
        megabytes = sum(array.nbytes for array in work) / 1e6
        print(
            f"{name:7s} {spent:7.2f} ms for {WEEKS} weeks, {spent * 52 / WEEKS:6.2f} ms a year of 52: "
            f"{goal(spent <= GOAL_MS)}; {clients:.0f} clients at home, {carers:.0f} carers, "
            f"{tape.totals[:, Total.MATCHES].mean():.0f} matches, {undelivered(tape).mean():.1%} undelivered; "
            f"{megabytes:.2f} MB: {goal(megabytes < GOAL_MEGABYTES)}"
        )
    return first


def print_others(rounds: int, kernel: float) -> None:
    """Print how many times as fast the kernel's rota is as SimPy's and the twin's."""
    from twin.caseload_twin import run_twin

    if find_spec("simpy"):
        from caseload_simpy import run_council

        shares: list[float] = []
        spent = median(cpu_ms(lambda r=r: shares.append(run_council(r)), 1) for r in range(rounds))
        print(f"\nsimpy   {spent:9.0f} ms, {np.mean(shares):.1%} undelivered")
        print(f"times as fast as simpy {spent / kernel:.0f} (at least {GOAL_TIMES_SIMPY:g}): ", end="")
        print(goal(spent / kernel >= GOAL_TIMES_SIMPY))
    else:
        print("\ntimes as fast as simpy: not installed (extra 'bench')")
    spent = cpu_ms(lambda: run_twin(council(0), 1, 0, WEEKS), 1)
    print(f"twin    {spent:9.0f} ms, the same log; times as fast {spent / kernel:.0f}")


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds (default 5)")
    rounds = parser.parse_args().rounds
    print(f"Python {platform.python_version()} on {platform.machine()}, {rounds} rounds, median CPU time")
    print_others(rounds, print_kernel(rounds))


if __name__ == "__main__":
    main()
