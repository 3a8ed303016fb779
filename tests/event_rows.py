"""One run of a small world with its event log, for tests that read what happened row by row."""

from typing import NamedTuple

import numpy as np

from remit.kernel.batch import make_workspace, run_plan
from remit.kernel.layout import MINUTE_TICKS, Log, Plan, Span, Tape, Total

DAY = 1440.0
LOG_ROWS = 100_000


class Told(NamedTuple):
    """What one run left behind: its tape, its log, its people."""

    tape: Tape
    log: np.ndarray  # tick, code, request, crew
    requests: np.ndarray

    def rows(self, code: Log) -> np.ndarray:
        """Return the rows of one code."""
        return self.log[self.log[:, 1] == code]

    def total(self, name: str) -> float:
        """Return one total of the run."""
        return float(self.tape.totals[0, Total[name]])

    def minutes(self, code: Log) -> dict[int, float]:
        """Return the minute of each request's last row of one code."""
        return {int(r[2]): r[0] / MINUTE_TICKS for r in self.rows(code)}


def tell(plan: Plan, days: float, luck: int = 0) -> Told:
    """Run a plan once for so many days and return what it tells."""
    span = Span(0.0, days * DAY)
    work = make_workspace(plan, span, log_rows=LOG_ROWS)
    tape = run_plan(plan, span, 1, np.array([luck]), work)
    n = int((work.log[:, 1] > 0).sum())
    assert n < LOG_ROWS, "the log is full"
    return Told(tape, work.log[:n].copy(), work.requests[: int(tape.totals[0, Total.BORN])].copy())
