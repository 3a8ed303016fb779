"""How fast the response kernel is beside SimPy and cimba, on one borough: ``python benchmarks/response.py``.

Engines take turns, round by round, so that a busy machine slows all of them; CPU time, median of rounds.
Needs the extra ``bench``; an engine that is not installed is left out. Nothing here fails a build.
"""

import argparse
import os
import platform
import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median

import numpy as np

from borough import EVENTS_PER_INCIDENT, Year, borough

GOAL_NS_PER_EVENT = 60.0
GOAL_TIMES_SIMPY = 50.0
GOAL_TIMES_CIMBA = 2.5
GOAL_TWO_THREADS = 1.85
FURTHEST = 3.3  # standard errors at which two engines' means are said to disagree: 1 chance in 1000
CIMBA_YEARS, REMIT_YEARS = 8, 32  # a round
THREAD_YEARS, THREAD_SHARE = 96, 4  # years of a timing on threads, and years handed to a thread at once

Runner = Callable[[int], list[Year]]  # round -> years


def runners() -> dict[str, Runner]:
    """Return the engines that are installed, each with what it runs in one round; all are warm."""
    place = borough()
    engines: dict[str, Runner] = {}
    if find_spec("simpy"):
        from borough_simpy import run_year

        engines["simpy"] = lambda r: [run_year(place, r)]
    if find_spec("cimba"):  # before remit: cimba 0.9 does not compile once other compiled code is loaded
        from borough_cimba import run_years

        engines["cimba"] = lambda r: run_years(CIMBA_YEARS, 1000 + r)
        engines["cimba"](10_000)
    from borough_remit import SPAN, make_workspace, plan_of, tape_of, years_of

    plan = plan_of(place)
    work = make_workspace(plan, SPAN)
    engines["remit"] = lambda r: years_of(tape_of(plan, np.arange(REMIT_YEARS) + r * REMIT_YEARS, work))
    engines["remit"](10_000)
    return engines


def compare(engines: dict[str, Runner], rounds: int) -> tuple[dict[str, float], dict[str, list[Year]]]:
    """Return each engine's CPU milliseconds a year, median of rounds in turn, and all its years."""
    spent: dict[str, list[float]] = {name: [] for name in engines}
    years: dict[str, list[Year]] = {name: [] for name in engines}
    for r in range(rounds):
        for name, engine in engines.items():
            started = time.process_time()
            some = engine(r)
            spent[name].append((time.process_time() - started) * 1000.0 / len(some))
            years[name] += some
    return {name: median(times) for name, times in spent.items()}, years


def goal(met: bool) -> str:
    """Return the verdict that ends a line."""
    return "goal met" if met else "goal missed"


def print_speed(times: dict[str, float], years: dict[str, list[Year]]) -> None:
    """Print each engine's time, and how many times faster the kernel is."""
    print(f"\n{'engine':8s} {'ms a year':>10s} {'ns an event':>12s}   (three model events an incident)")
    per_event = {}
    for name, milliseconds in times.items():
        incidents = np.mean([year.incidents for year in years[name]])
        per_event[name] = milliseconds * 1e6 / incidents / EVENTS_PER_INCIDENT
        print(f"{name:8s} {milliseconds:10.2f} {per_event[name]:12.1f}")
    print()
    nanoseconds = per_event["remit"]
    print(
        f"ns an event {nanoseconds:.1f} (at most {GOAL_NS_PER_EVENT:g}): {goal(nanoseconds <= GOAL_NS_PER_EVENT)}"
    )
    for name, wanted in (("simpy", GOAL_TIMES_SIMPY), ("cimba", GOAL_TIMES_CIMBA)):
        if name in times:
            ratio = times[name] / times["remit"]
            print(f"times as fast as {name} {ratio:.1f} (at least {wanted:g}): {goal(ratio >= wanted)}")
        else:
            print(f"times as fast as {name}: not installed (extra 'bench')")


def print_agreement(years: dict[str, list[Year]]) -> None:
    """Print mean responses, and whether the engines' means differ by more than chance."""
    print("\nmean response, minutes (standard error over years)")
    means: dict[tuple[str, str], tuple[float, float]] = {}
    for field in ("urgent_minutes", "other_minutes"):
        for name, some in years.items():
            values = np.array([getattr(year, field) for year in some])
            means[name, field] = (values.mean(), values.std(ddof=1) / len(values) ** 0.5)
            mean, error = means[name, field]
            print(f"{field:15s} {name:8s} {mean:8.3f} ({error:.3f}) of {len(values)} years")
    for name in years.keys() - {"remit"}:
        far = []
        for field in ("urgent_minutes", "other_minutes"):
            (one, one_error), (other, other_error) = means["remit", field], means[name, field]
            far.append(abs(one - other) / (one_error**2 + other_error**2) ** 0.5)
        print(f"agreement with {name}: {max(far):.1f} standard errors: {goal(max(far) < FURTHEST)}")


def print_threads(rounds: int) -> None:
    """Print what a second thread brings, and whether threads change a bit."""
    from borough_remit import on_threads, plan_of

    plan = plan_of(borough())
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        for n in seconds:
            seconds[n].append(on_threads(plan, n, THREAD_YEARS, THREAD_SHARE)[1])
    gain = median(seconds[1]) / median(seconds[2])
    print(f"\ntwo threads beside one, on the wall {gain:.2f} (at least {GOAL_TWO_THREADS}): ", end="")
    print(goal(gain >= GOAL_TWO_THREADS), f"({os.cpu_count()} processors)")
    tapes = [on_threads(plan, n, THREAD_YEARS, THREAD_SHARE)[0] for n in (1, 2, 4)]
    pairs = [zip(tapes[0], tape, strict=True) for tape in tapes[1:]]
    same = all(one.tobytes() == other.tobytes() for pair in pairs for one, other in pair)
    print(f"same bits on 1, 2 and 4 threads: {goal(same)}")


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7, help="rounds in turn (default 7)")
    rounds = parser.parse_args().rounds
    print(f"Python {platform.python_version()} on {platform.machine()}, {rounds} rounds, median CPU time")
    times, years = compare(runners(), rounds)
    print_speed(times, years)
    print_agreement(years)
    print_threads(rounds)


if __name__ == "__main__":
    main()
