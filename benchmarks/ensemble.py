"""What running an ensemble costs beside its runs: ``PYTHONPATH=src:tests python benchmarks/ensemble.py``.

CPU seconds of ``explore`` into a fresh store, one task after the other, less the compiled loop and less lowering
(making a design's arrays for a scenario); both are watched as they are called, and the loop is timed by itself on the
same plans too. Median of rounds, and the least: a busy machine makes CPU seconds longer too. What the rest is made of
comes from rounds of their own. Then runs a second on the wall clock with two hands, and minutes for a million: that
tells something on a machine with two free cores only, see the load. EMA Workbench's figures are of a study on another
machine, not run here. Nothing here fails a build.
"""

import argparse
import os
import platform
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import numpy as np

from remit import wiring
from remit.adapters.executors import Serial, Threads
from remit.adapters.processes import Processes
from remit.adapters.run_store import RunFolder
from remit.ensemble import runner
from remit.ensemble.ports import Executor
from remit.ensemble.question import Question
from remit.kernel import batch
from remit.mechanism.lower import span_of
from remit.simulate import response
from remit.simulate.rows import luck_of
from remit.workbench import ensembles
from remit.workbench.ensembles import Recipe, Shard, draw, explore, question_of
from small_brief import SMALL

TARGET_MICROSECONDS = 30.0
EMA = {"sequential": 138.0, "two processes": 603.0}  # us a run, from the study
TARGET_RATIO = 1.3
TARGET_MINUTES = 10.0
KERNEL, LOWERING = "compiled loop", "lowering"
WATCHED: tuple[tuple[object, str, str], ...] = (  # none within another: their times add up
    (batch, "run_series", KERNEL),
    (runner, "lowered_of", LOWERING),
    (response, "room_for", "room to work in"),
    (batch, "make_tape", "empty rows"),
    (response, "name_outcomes", "naming outcomes"),
    (Question, "run_id", "run ids"),
    (RunFolder, "write", "writing parts"),
    (ensembles, "draw", "drawing futures"),
    (ensembles, "missing_tasks", "which are missing"),
)


@contextmanager
def watched(n: int) -> Iterator[Counter[str]]:
    """Give CPU seconds spent in each of the first ``n`` things."""
    spent: Counter[str] = Counter()

    def timed(act: Callable[..., object], told: str) -> Callable[..., object]:
        def wrapped(*args: object, **named: object) -> object:
            began = time.process_time()
            try:
                return act(*args, **named)
            finally:
                spent[told] += time.process_time() - began

        return wrapped

    before = [(where, name, getattr(where, name)) for where, name, _ in WATCHED[:n]]
    for (where, name, told), (*_, act) in zip(WATCHED[:n], before, strict=True):
        setattr(where, name, timed(act, told))
    try:
        yield spent
    finally:
        for where, name, act in before:
            setattr(where, name, act)


def small(n_scenarios: int, n_replicates: int) -> Recipe:
    """Return the recipe of cheap runs of two designs."""
    return Recipe(str(SMALL), "", ("neighbours",), (), 1, n_scenarios, n_replicates)


def explored(recipe: Recipe, question: Question, executor: Executor) -> list[tuple[float, int]]:
    """Explore into a store that is thrown away; return when (wall seconds) how many runs were done."""
    told: list[tuple[float, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        store = wiring.results_folder(Path(folder) / "store")
        began = time.perf_counter()

        def tell(done: int, total: int) -> None:
            told.append((time.perf_counter() - began, done))

        explore(recipe, question, store, executor, Shard(), tell)
        assert not store.failures()
    return told


def kernel_alone(recipe: Recipe, question: Question) -> float:
    """Return CPU seconds of the compiled loop on the plans of a recipe, nothing done in between."""
    span, room, jobs = span_of(question.brief), None, []
    for scenario in draw(recipe, question):
        lucks = np.array([luck_of(scenario.number, r) for r in range(recipe.n_replicates)])
        for name in question.arms:
            plan = runner.lowered_of(question, name, scenario)[0].plan
            room = response.room_for(plan, span, room)
            jobs.append((plan, room, lucks, batch.make_tape(plan, span, len(lucks))))
    began = time.process_time()
    for plan, work, lucks, tape in jobs:
        batch.run_series(plan, work, np.uint64(1), lucks, span.warm_minutes, span.end_minutes, *tape)
    return time.process_time() - began


def account(recipe: Recipe, rounds: int) -> list[Counter[str]]:
    """Return CPU microseconds a run by what they went to, of each round; the first of all is not counted."""
    told: list[Counter[str]] = []
    for _ in range(rounds + 1):
        _, question = question_of(recipe, wiring.brief_at)
        n_runs = len(question.arms) * recipe.n_scenarios * recipe.n_replicates
        spent: list[Counter[str]] = []
        for n in (2, len(WATCHED)):
            with watched(n) as some:
                began = time.process_time()
                explored(recipe, question, Serial())
                some["whole"] = time.process_time() - began
            spent.append(some)
        few, many = spent
        few["beyond"] = few["whole"] - few[KERNEL] - few[LOWERING]
        few["alone"] = kernel_alone(recipe, question)
        few["rest"] = 2.0 * many["whole"] - many.total()  # the whole stands among its parts
        told.append(Counter({name: seconds / n_runs * 1e6 for name, seconds in {**many, **few}.items()}))
    return told[1:]


def line(what: str, ours: float, other: float, whose: str, digits: int = 1) -> None:
    """Print one comparison."""
    print(f"{what:<44}{ours:>12,.{digits}f}{other:>10,g}{ours / other:>8.2f}  {whose}")


def print_account(title: str, rounds: list[Counter[str]]) -> None:
    """Print where CPU went: medians and least of rounds."""
    print(f"\n{title}: CPU us a run{'median':>12}{'least':>12}")
    names = ("whole", KERNEL, "alone", LOWERING, "beyond", *(name for *_, name in WATCHED[2:]), "rest")
    for name in names:
        told = [found[name] for found in rounds]
        shown = f"  {name}" if name in names[:5] else f"      {name}"
        print(f"{shown:<{len(title) + 14}}{median(told):>12,.2f}{min(told):>12,.2f}")


def rate(recipe: Recipe, executor: Executor, rounds: int) -> tuple[float, float]:
    """Return wall seconds until runs come in, and runs a second from then on: medians of rounds."""
    _, question = question_of(recipe, wiring.brief_at)
    starts, rates = [], []
    for _ in range(rounds):
        told = explored(recipe, question, executor)
        (first, n_first), (last, n_last) = told[1], told[-1]
        starts.append(first)
        rates.append((n_last - n_first) / (last - first))
    return median(starts), median(rates)


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scenarios", type=int, default=500, help="of the small brief (default 500)")
    parser.add_argument("--replicates", type=int, default=8, help="of the small brief (default 8)")
    parser.add_argument("--years", type=int, default=400, help="of the gallery brief (default 400)")
    parser.add_argument("--wall-scenarios", type=int, default=2000, help="with two hands (default 2000)")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    gallery = Recipe("cardiac-arrest", "", (), (), 1, max(1, asked.years // 20), 4)  # 5 designs, 4 replicates
    print(f"{platform.machine()}, Python {platform.python_version()}, {asked.rounds} rounds")
    cheap = account(small(asked.scenarios, asked.replicates), asked.rounds)
    print_account(f"small brief, {asked.replicates} replicates", cheap)
    dear = account(gallery, asked.rounds)
    print_account(f"{gallery.brief}, {gallery.n_scenarios} scenarios, 4 replicates, 5 designs", dear)
    with_hands = {}
    for name, executor in (("Processes(2)", Processes(2)), ("Threads(2)", Threads(2))):
        print(f"\n{name}: load before {os.getloadavg()[0]:.2f}", end="")
        start, speed = rate(small(asked.wall_scenarios, asked.replicates), executor, asked.rounds)
        with_hands[name] = (start + 1e6 / speed) / 60.0
        print(f", first runs after {start:.2f} s, then {speed:,.0f} runs a second")
    print(f"\n{'what':<44}{'ours':>12}{'other':>10}{'ratio':>8}")
    beyond = median(found["beyond"] for found in cheap)
    line("CPU us a run beyond loop and lowering", beyond, TARGET_MICROSECONDS, "target")
    for whose, peer in EMA.items():
        line("the same", beyond, peer, f"EMA Workbench, {whose} (study)")
    over = median(found["whole"] / found[KERNEL] for found in dear)
    line("whole CPU over loop, gallery brief", over, TARGET_RATIO, "target", 3)
    for name, minutes in with_hands.items():
        line(f"minutes for a million, {name}", minutes, TARGET_MINUTES, "target")


if __name__ == "__main__":
    main()
