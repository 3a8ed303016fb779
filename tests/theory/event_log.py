"""Runs read through their event log, for plans in which nobody comes back and the drive takes no time.

Beside the log's own numbers this yields controls: sums whose mean is zero by the two inputs alone
(births come at the plan's rate whatever the state; a busy crew with an exponential job clears at a
constant rate), whatever the desk does with them. No formula for a queue is used.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from remit.kernel.batch import make_tape, make_workspace, run_series
from remit.kernel.layout import Hour, Log, Plan, Span, Tape, Workspace

BIRTH, ASSIGN, CLEAR, ABANDON = int(Log.BIRTH), int(Log.ASSIGN), int(Log.CLEAR), int(Log.ABANDON)
MINUTE = 32768
HOUR = 60 * MINUTE


class People(NamedTuple):
    """What the log says of each person, in order of birth; times in ticks."""

    born: np.ndarray
    left: np.ndarray  # left the queue: crew sent, or gave up
    ended: np.ndarray  # crew clear, or gave up
    crew: np.ndarray  # -1 if none came
    busy: np.ndarray  # bit mask of the first 62 crews at work when this person was born


@njit(cache=True)
def read_log(log, born, left, ended, crew, busy):
    """Fill one row a person from the log; return how many persons."""
    n = 0
    mask = 0
    for r in range(log.shape[0]):
        tick, code, i, c = log[r, 0], log[r, 1], log[r, 2], log[r, 3]
        if code == BIRTH:
            born[i] = tick
            crew[i] = -1
            busy[i] = mask
            n += 1
        elif code == ASSIGN:
            left[i] = tick
            crew[i] = c
            if c < 62:
                mask |= 1 << c
        elif code == CLEAR:
            ended[i] = tick
            if c < 62:
                mask &= ~(1 << c)
        elif code == ABANDON:
            left[i] = tick
            ended[i] = tick
    return n


class Basis(NamedTuple):
    """Functions of the number in the system, for each phase of the week, that the controls are made from."""

    functions: np.ndarray  # (J, N) value at each number in the system
    phase_hours: int  # hours of the week in one phase
    births: np.ndarray  # (168,) a tick
    clears: float  # a busy crew, a tick


def basis(plan: Plan, scene_minutes: float, functions: np.ndarray, phase_hours: int = 168) -> Basis:
    """Return the controls' basis for a plan of one exponential job of mean ``scene_minutes``."""
    births = plan.hours[Hour.BIRTHS_PER_MINUTE] / MINUTE
    return Basis(np.ascontiguousarray(functions, float), phase_hours, births, 1.0 / (scene_minutes * MINUTE))


@njit(cache=True)
def fill_controls(log, functions, phase_hours, births, clears, warm, end, out):
    """Add births and clears, less those expected, by phase and function to ``out`` (phase, 2, J)."""
    n, busy, last = 0, 0, 0
    top = functions.shape[1] - 1
    for r in range(log.shape[0]):
        tick, code = log[r, 0], log[r, 1]
        start, stop = max(last, warm), min(tick, end)
        while start < stop:
            hour = start // HOUR
            until = min(stop, (hour + 1) * HOUR)
            phase = (hour % 168) // phase_hours
            for j in range(functions.shape[0]):
                weight = functions[j, min(n, top)] * (until - start)
                out[phase, 0, j] -= births[hour % 168] * weight
                out[phase, 1, j] -= clears * busy * weight
            start = until
        last = tick
        what = 0 if code == BIRTH else 1
        if code in (BIRTH, CLEAR) and warm <= tick < end:
            phase = ((tick // HOUR) % 168) // phase_hours
            for j in range(functions.shape[0]):
                out[phase, what, j] += functions[j, min(n, top)]
        if code == BIRTH:
            n += 1
        elif code == ASSIGN:
            busy += 1
        elif code == CLEAR:
            n -= 1
            busy -= 1
        elif code == ABANDON:
            n -= 1


def log_workspace(plan: Plan, span: Span) -> Workspace:
    """Return working memory that keeps every event of a plan whose people come once."""
    room = len(make_workspace(plan, span).requests)
    return make_workspace(plan, span, log_rows=4 * room + 4 * len(plan.crews) + 64)


def run_logged(plan: Plan, span: Span, seed: int, luck: int, work: Workspace) -> tuple[Tape, People]:
    """Return the tape of one run and what its log says of each person."""
    tape = make_tape(plan, span, 1)
    lucks = np.array([luck], np.int64)
    run_series(plan, work, np.uint64(seed), lucks, float(span.warm_minutes), float(span.end_minutes), *tape)
    n_rows = int(work.state[3])
    assert n_rows < len(work.log), "the log is full"
    columns = [np.empty(len(work.requests), np.int64) for _ in People._fields]
    n = read_log(work.log[:n_rows], *columns)
    return tape, People(*(column[:n] for column in columns))


def controls_of(work: Workspace, span: Span, of: Basis) -> np.ndarray:
    """Return the controls of the run whose log ``work`` holds, (phases x 2 x functions) in one row."""
    out = np.zeros((168 // of.phase_hours, 2, len(of.functions)))
    fill_controls(
        work.log[: int(work.state[3])],
        of.functions,
        of.phase_hours,
        of.births,
        of.clears,
        int(span.warm_minutes * MINUTE),
        int(span.end_minutes * MINUTE),
        out,
    )
    return out.ravel()
