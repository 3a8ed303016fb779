"""How long shares of variance take: ``python benchmarks/variance.py``; beside SALib where installed.

Pick-freeze: 8,192 blocks of 24 factors with pairs and 100 resamples (409,600 outcomes), the same outcomes for both, one
thread, median of rounds in CPU seconds, and how far the shares lie apart. Given data: 10,000 scenarios of 160
unknowns. Nothing here fails a build.
"""

import os

os.environ.update({"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"})  # before NumPy is loaded

import argparse
import platform
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from remit.ensemble.freezing import frozen
from remit.questions.shares import shares
from remit.questions.variance import Decomposition, decompose
from remit.questions.worth import Known


def spent(job: Callable[[], object], rounds: int) -> float:
    """Return the median of CPU seconds."""
    found = []
    for _ in range(rounds):
        started = time.process_time()
        job()
        found.append(time.process_time() - started)
    return median(found)


def beside_salib(y, d: int, n_resamples: int, rounds: int, ours: float, found: Decomposition) -> None:
    """Print what SALib takes for the same, and how far its shares are from ours."""
    try:
        from SALib.analyze import sobol
    except ImportError:
        print("SALib is not installed")
        return
    problem = {"num_vars": d, "names": [f"u{j:02}" for j in range(d)], "bounds": [[0.0, 1.0]] * d}
    told: dict[str, np.ndarray] = {}

    def job() -> None:
        told.update(sobol.analyze(problem, y, num_resamples=n_resamples, seed=1))

    theirs = spent(job, rounds)
    print(f"{'SALib analyze.sobol':<32}{theirs:>8.3f} s   {theirs / ours:,.0f} times ours")
    pairs = np.triu_indices(d, 1)
    apart = max(
        np.abs(found.first - told["S1"]).max(),
        np.abs(found.total - told["ST"]).max(),
        np.abs(found.pairs - told["S2"])[pairs].max(),
    )
    print(f"{'shares apart by at most':<32}{apart:>10.1e}")


def main() -> None:
    """Print CPU seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blocks", type=int, default=8192)
    parser.add_argument("--factors", type=int, default=24)
    parser.add_argument("--resamples", type=int, default=100)
    parser.add_argument("--scenarios", type=int, default=10_000)
    parser.add_argument("--unknowns", type=int, default=160)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    rng = np.random.default_rng(0)
    d = asked.factors
    names = [str(i) for i in range(d)]
    a, b = rng.random((asked.blocks, d)), rng.random((asked.blocks, d))
    points = frozen(names, a, b, names, True)
    y = points @ np.linspace(0.0, 1.0, d) + 4.0 * points[:, 0] * points[:, 1]
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, one thread")
    print(f"{asked.blocks:,} blocks, {d} factors, pairs, {asked.resamples} resamples\n")
    found = decompose(y, d, True, n_resamples=asked.resamples)
    ours = spent(lambda: decompose(y, d, True, n_resamples=asked.resamples), asked.rounds)
    print(f"{'decompose':<32}{ours:>8.3f} s")
    beside_salib(y, d, asked.resamples, asked.rounds, ours, found)
    drawn = rng.random((asked.scenarios, asked.unknowns))
    noise = np.full(asked.scenarios, 0.1)
    outcome = drawn[:, :3] @ np.array([2.0, 1.0, 1.0]) + 6.0 * (drawn[:, 0] - 0.5) * (drawn[:, 1] - 0.5)
    outcome += np.sqrt(noise) * rng.normal(size=asked.scenarios)
    columns = [Known(f"u{j:03}", drawn[:, j]) for j in range(asked.unknowns)]
    print(f"\n{asked.scenarios:,} scenarios, {asked.unknowns} unknowns, 200 resamples\n")
    print(f"{'shares':<32}{spent(lambda: shares(columns, outcome, noise), asked.rounds):>8.3f} s")


if __name__ == "__main__":
    main()
