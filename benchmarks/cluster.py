"""What a Dask cluster brings and costs: ``PYTHONPATH=src:tests python benchmarks/cluster.py``; needs ``distributed``.

Speed-up: the same pieces of work of about half a second each (the gallery brief) on one and on two worker processes of
one thread, turn by turn, on the wall clock; it tells nothing unless two cores are free, so the load is printed.
Scheduling: CPU of this process, which is client, scheduler and nannies in one, by run of the small brief, for tasks of
about 100, 500 and 1,000 runs: from the first result to the last, results read again but not written; what the idle
cluster takes in the same time (its monitors) is told apart, for it goes by the clock and not by runs. Nothing here
fails a build.
"""

import argparse
import logging
import os
import pickle
import platform
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from statistics import median

from distributed import LocalCluster

from remit import wiring
from remit.adapters.cluster import DaskCluster
from remit.ensemble.batches import Piece, Task
from remit.ensemble.ports import Executor
from remit.ensemble.question import Question
from remit.ensemble.runner import Worked, run_piece
from remit.workbench.ensembles import Recipe, draw, question_of
from small_brief import SMALL

TARGET_SPEED_UP = 1.8
TARGET_MICROSECONDS = 20.0
PATIENCE = 60.0
IDLE = 3.0  # s
GALLERY_REPLICATES, SMALL_REPLICATES = 5, 8  # with 5 and with 2 designs


def pieces_of(recipe: Recipe, tasks_a_piece: int) -> tuple[Question, list[Piece]]:
    """Return a question and its work, some scenarios a piece."""
    _, question = question_of(recipe, wiring.brief_at)
    wanted = tuple((name, tuple(range(recipe.n_replicates))) for name in question.arms)
    tasks = [Task(scenario, wanted) for scenario in draw(recipe, question)]
    return question, [tuple(tasks[i : i + tasks_a_piece]) for i in range(0, len(tasks), tasks_a_piece)]


@contextmanager
def cluster(n_workers: int) -> Iterator[DaskCluster]:
    """Give a cluster of worker processes of one thread; its scheduler is in this process."""
    with LocalCluster(
        n_workers=n_workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=":0",
        silence_logs=logging.CRITICAL + 1,
    ) as here:
        here.wait_for_workers(n_workers, timeout=PATIENCE)
        yield DaskCluster(here.scheduler_address, PATIENCE)


def work_off(question: Question, pieces: Sequence[Piece], hands: Executor) -> tuple[float, float, float]:
    """Return wall seconds of a whole run, and wall and CPU seconds of this process from its first result on."""
    began, first, spent, n_runs = time.perf_counter(), 0.0, 0.0, 0
    for got in hands.run(partial(run_piece, question, True), pieces):
        if not first:
            first, spent = time.perf_counter(), time.process_time()
        assert isinstance(got, Worked)
        assert not got.batch.failures
        n_runs += len(got.batch.keys)
    assert n_runs == sum(task.n_runs for piece in pieces for task in piece)
    now = time.perf_counter()
    return now - began, now - first, time.process_time() - spent


def print_speed_up(n_pieces: int, rounds: int) -> None:
    """Print what a second worker brings."""
    recipe = Recipe("cardiac-arrest", "", (), (), 1, n_pieces, GALLERY_REPLICATES)
    question, pieces = pieces_of(recipe, 1)
    took = median(run_piece(question, True, piece).seconds for piece in pieces[:5])
    print(f"{n_pieces} pieces of {pieces[0][0].n_runs} runs, {took:.2f} s each; wall seconds, load before\n")
    walls: dict[int, list[float]] = {1: [], 2: []}
    with cluster(1) as one, cluster(2) as two:
        hands = {1: one, 2: two}
        for n, some in hands.items():
            work_off(question, pieces[: 3 * n], some)  # compiled code is loaded
        for _ in range(rounds):
            for n, some in hands.items():
                load = os.getloadavg()[0]
                walls[n].append(work_off(question, pieces, some)[0])
                print(
                    f"{n} worker{'s' if n > 1 else ' '}  {walls[n][-1]:>8.2f}   load {load:.2f}", flush=True
                )
    gains = [a / b for a, b in zip(walls[1], walls[2], strict=True)]
    print(f"\n{'what':<52}{'ours':>8}{'target':>8}{'ratio':>8}")
    gain = median(gains)
    print(f"{'two workers over one':<52}{gain:>8.2f}{TARGET_SPEED_UP:>8g}{gain / TARGET_SPEED_UP:>8.2f}")
    ideal = took * n_pieces / 2
    print(f"{'two workers over pieces run here one after another':<52}{2 * ideal / median(walls[2]):>8.2f}")


def idle_share(seconds: float) -> float:
    """Return the CPU seconds that this process takes a second when its cluster has nothing to do."""
    spent = time.process_time()
    time.sleep(seconds)
    return (time.process_time() - spent) / seconds


def read_again(question: Question, piece: Piece) -> float:
    """Return CPU seconds of what goes over the line for a piece: written here, and read here."""
    said = pickle.dumps(run_piece(question, True, piece), protocol=pickle.HIGHEST_PROTOCOL)
    began = time.process_time()
    pickle.dumps(piece, protocol=pickle.HIGHEST_PROTOCOL)
    pickle.loads(said)
    return time.process_time() - began


def print_scheduling(n_runs: int, rounds: int) -> None:
    """Print what a run costs the process that hands it out."""
    with cluster(2) as hands:
        time.sleep(1.0)
        idle = idle_share(IDLE)
        print(f"\nCPU us a run here; idle, {1e3 * idle:.1f} ms of CPU a second")
        print(
            f"{'runs a task':<12}{'tasks':>6}{'all':>8}{'not idle':>10}{'pickling':>10}{'target':>8}{'ratio':>8}"
        )
        for tasks_a_piece in (6, 31, 62):
            a_task = 2 * SMALL_REPLICATES * tasks_a_piece
            n_pieces = max(10, n_runs // a_task)
            n_scenarios = n_pieces * tasks_a_piece
            recipe = Recipe(str(SMALL), "", ("neighbours",), (), 1, n_scenarios, SMALL_REPLICATES)
            question, pieces = pieces_of(recipe, tasks_a_piece)
            work_off(question, pieces[:10], hands)
            found = [work_off(question, pieces, hands)[1:] for _ in range(rounds)]
            whole, ours = median(cpu for _, cpu in found), median(cpu - idle * wall for wall, cpu in found)
            line = median(read_again(question, piece) for piece in pieces[:9]) * n_pieces
            told = [seconds / (n_pieces * a_task) * 1e6 for seconds in (whole, ours, line)]
            print(f"{a_task:<12}{n_pieces:>6}{told[0]:>8.2f}{told[1]:>10.2f}{told[2]:>10.2f}", end="")
            print(f"{TARGET_MICROSECONDS:>8g}{told[0] / TARGET_MICROSECONDS:>8.2f}", flush=True)


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pieces", type=int, default=30, help="of about half a second (default 30)")
    parser.add_argument("--runs", type=int, default=40_000, help="for scheduling (default 40,000)")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.2f}"
    )
    print_speed_up(asked.pieces, asked.rounds)
    print_scheduling(asked.runs, asked.rounds)


if __name__ == "__main__":
    main()
