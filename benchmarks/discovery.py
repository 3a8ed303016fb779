"""How long scenario discovery takes: ``python benchmarks/discovery.py``; beside its peers where installed.

One box with peeling and pasting among 100,000 scenarios of 24 unknowns, three of which matter, median of rounds in
CPU seconds. The peers have labels (noise makes some of them wrong), we have shares. Nothing here fails a build.
"""

import argparse
import platform
import resource
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from remit.questions.boxes import Column, discover

REPLICATES = 8


def peers(values, preferred) -> dict[str, Callable[[], object]]:
    """Return what the peers that are installed do, by name."""
    found: dict[str, Callable[[], object]] = {}
    labels = preferred > 0.5
    try:
        import pandas as pd
    except ImportError:
        return found
    frame = pd.DataFrame(values, columns=[f"u{j:02}" for j in range(values.shape[1])])
    try:
        from ema_workbench.analysis.prim import Prim as EmaPrim

        found["ema_workbench, one box"] = lambda: EmaPrim(frame, labels, threshold=0.5).find_box()
    except ImportError:
        pass
    try:
        from prim import Prim

        found["prim, one box"] = lambda: Prim(frame, labels, threshold=0.5, threshold_type=">").find_box()
    except ImportError:
        pass
    return found


def main() -> None:
    """Print CPU seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", type=int, default=100_000)
    parser.add_argument("--unknowns", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    rng = np.random.default_rng(0)
    values = rng.random((asked.scenarios, asked.unknowns))
    met = (values[:, 0] > 0.6) & (values[:, 1] < 0.5) & (values[:, 2] > 0.3)
    preferred = rng.binomial(REPLICATES, np.where(met, 0.9, 0.1)) / REPLICATES
    columns = [Column(f"u{j:02}", values[:, j]) for j in range(asked.unknowns)]
    jobs: dict[str, Callable[[], object]] = {
        "one box": lambda: discover(columns, preferred, most_boxes=1, n_resamples=0),
        "one box, 20 resamples": lambda: discover(columns, preferred, most_boxes=1),
        "up to two boxes, 20 resamples": lambda: discover(columns, preferred),
        **peers(values, preferred),
    }
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    print(f"{asked.scenarios:,} scenarios, {asked.unknowns} unknowns\n")
    for name, job in jobs.items():
        spent = []
        for _ in range(asked.rounds):
            started = time.process_time()
            job()
            spent.append(time.process_time() - started)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{name:<32}{median(spent):>8.2f} s   peak so far {peak:,.0f} MB")


if __name__ == "__main__":
    main()
