"""Loss and delay systems as plans: one zone, no drive, crews that differ in nothing.

Each function takes the inputs of a case and a number of replicates and returns what they measured.
A case's unit of time is put as many minutes long as makes the tick (2**-15 minute) small beside the
time between two events.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from remit.kernel.batch import make_workspace, run_plan
from remit.kernel.births import bear
from remit.kernel.layout import Count, Plan, Span, Tape, Total
from theory.equivalence import Measured
from theory.event_log import MINUTE, Basis, basis, controls_of, log_workspace, run_logged
from worlds import make_plan

Inputs = Mapping[str, Any]
NEED, WITHIN, SERVED = int(Count.NEED), int(Count.WITHIN_TARGET), int(Count.SERVED)
RESPONSE, ABANDONED = int(Count.RESPONSE_MINUTES), int(Count.ABANDONED)
EXPONENTIAL = -1.0


def by_kind(tape: Tape, column: int) -> np.ndarray:
    """Return one count of the tape, (runs, kinds)."""
    return tape.by_group[:, :, :, column].sum(axis=2)


def busy_minutes(plan: Plan, span: Span, seed: int, lucks: np.ndarray, tape: Tape) -> np.ndarray:
    """Return the minutes at work of all crews between warm-up and end: those until the end less those until warm.

    Minutes are counted up to the end of a run, and a run that ends at the warm-up is the beginning of the longer.
    """
    before = run_plan(plan, Span(0.0, span.warm_minutes), seed, lucks)
    return tape.totals[:, Total.SCENE_MINUTES] - before.totals[:, Total.SCENE_MINUTES]


def run_controlled(
    plan: Plan, span: Span, seed: int, n_runs: int, of: Basis | None
) -> tuple[Tape, np.ndarray]:
    """Return the tape of many runs and, where a basis is given, their controls."""
    if of is None:
        return run_plan(plan, span, seed, np.arange(n_runs)), np.zeros((0, 0))
    work = log_workspace(plan, span)
    tapes, controls = [], []
    for luck in range(n_runs):
        tapes.append(run_logged(plan, span, seed, luck, work)[0])
        controls.append(controls_of(work, span, of))
    return Tape(*(np.concatenate(parts) for parts in zip(*tapes, strict=True))), np.array(controls)


def loss(
    inputs: Inputs,
    seed: int,
    n_runs: int,
    window: float,
    sigma: float,
    controlled: bool = False,
    unit: float = 60.0,
) -> Measured:
    """Erlang's loss system: a request leaves at once when no crew is free. Jobs last 1 unit in the mean."""
    load, crews = float(inputs["offered_load"]), int(inputs["servers"])
    plan = make_plan(
        rates=[[load / unit]],
        kinds=[{"SCENE_MINUTES": unit, "SCENE_SIGMA": sigma, "PATIENCE_MINUTES": 0.0}],
        crews=[{}] * crews,
    )
    number = np.arange(crews + 2)
    shapes = [number >= 0, *(np.maximum(number - share * crews, 0) ** 2 for share in (0.7, 0.8, 0.9, 0.95))]
    shapes += [number >= crews - 1, number >= crews]
    warm = 30.0 * unit
    of = basis(plan, unit, np.array(shapes, float)) if controlled else None
    span = Span(warm, warm + window * unit)
    tape, controls = run_controlled(plan, span, seed, n_runs, of)
    need = by_kind(tape, NEED)[:, 0]
    busy = busy_minutes(plan, span, seed, np.arange(n_runs), tape)
    tops = {"blocking": by_kind(tape, ABANDONED)[:, 0], "carried": busy}
    return Measured(tops, {"blocking": need, "carried": np.full(n_runs, window * unit)}, controls)


def waiting_shapes(crews: int) -> np.ndarray:
    """Return functions of the number in a system of ``crews`` that shape how long its queue lasts."""
    number = np.arange(60 * crews)
    waiting = np.maximum(number - crews, 0)
    shapes = [number >= 0, number >= crews, waiting, waiting**2 / crews, np.maximum(number - 0.9 * crews, 0)]
    return np.array(shapes, float)


def delay_plan(inputs: Inputs, unit: float) -> Plan:
    """M/M/c: two kinds alike but for their targets, no wait at all and t, so that both shares are counted."""
    rate = float(inputs["arrival_rate"]) / unit
    kind = {"SCENE_MINUTES": unit / float(inputs["service_rate"]), "SCENE_SIGMA": EXPONENTIAL}
    targets = [0.0, float(inputs["t"]) * unit]
    return make_plan(
        rates=[[rate / 2.0, rate / 2.0]],
        kinds=[kind | {"TARGET_MINUTES": target} for target in targets],
        crews=[{}] * int(inputs["servers"]),
    )


def delay_measured(
    inputs: Inputs, tape: Tape, busy: np.ndarray, window: float, unit: float, controls: np.ndarray
) -> Measured:
    """Return everything that Erlang C speaks of; ``busy`` and ``window`` in minutes."""
    need, within, served = by_kind(tape, NEED), by_kind(tape, WITHIN), by_kind(tape, SERVED).sum(axis=1)
    wait = by_kind(tape, RESPONSE).sum(axis=1)
    over = np.full(len(served), window)
    tops = {
        "rho": busy / float(inputs["servers"]),
        "p_wait": need[:, 0] - within[:, 0],
        "P_wait_gt_t": need[:, 1] - within[:, 1],
        "Wq": wait / unit,
        "Lq": wait,
        "W": (wait + busy) / unit,
        "L": wait + busy,
    }
    bottoms = {
        "rho": over,
        "p_wait": need[:, 0],
        "P_wait_gt_t": need[:, 1],
        "Wq": served,
        "Lq": over,
        "W": served,
        "L": over,
    }
    return Measured(tops, bottoms, controls)


def delay(
    inputs: Inputs, seed: int, n_runs: int, warm: float, window: float, unit: float, controlled: bool = False
) -> Measured:
    """M/M/c by the tape; ``warm`` and ``window`` in the case's unit."""
    plan, span = delay_plan(inputs, unit), Span(warm * unit, (warm + window) * unit)
    shapes = waiting_shapes(int(inputs["servers"]))
    of = basis(plan, unit / float(inputs["service_rate"]), shapes) if controlled else None
    tape, controls = run_controlled(plan, span, seed, n_runs, of)
    busy = busy_minutes(plan, span, seed, np.arange(n_runs), tape)
    return delay_measured(inputs, tape, busy, window * unit, unit, controls)


def impatient(inputs: Inputs, seed: int, n_runs: int, warm: float, window: float, unit: float) -> Measured:
    """Erlang A: those who wait give up after an exponential time."""
    plan = make_plan(
        rates=[[float(inputs["arrival_rate"]) / unit]],
        kinds=[
            {
                "SCENE_MINUTES": unit / float(inputs["service_rate"]),
                "SCENE_SIGMA": EXPONENTIAL,
                "PATIENCE_MINUTES": unit / float(inputs["abandon_rate"]),
            }
        ],
        crews=[{}] * int(inputs["servers"]),
    )
    span = Span(warm * unit, (warm + window) * unit)
    work = log_workspace(plan, span)
    rows = []
    for luck in range(n_runs):
        _, people = run_logged(plan, span, seed, luck, work)
        seen = people.born >= span.warm_minutes * MINUTE
        wait, job = (people.left - people.born)[seen], (people.ended - people.left)[seen]
        left = (people.crew[seen] < 0).sum()
        rows.append(
            [len(wait), (wait > 0).sum(), left, wait.sum() / MINUTE / unit, job.sum() / MINUTE / unit]
        )
    need, waited, left, wait, job = np.array(rows, float).T
    over = np.full(n_runs, window)
    tops = {"p_wait": waited, "p_abandon": left, "Lq": wait, "EW": wait, "L": wait + job}
    tops["utilisation"] = job / float(inputs["servers"])
    bottoms = {"p_wait": need, "p_abandon": need, "Lq": over, "EW": need, "L": over, "utilisation": over}
    return Measured(tops, bottoms)


def priorities(
    inputs: Inputs, seed: int, n_runs: int, warm: float, window: float, unit: float, controlled: bool = False
) -> Measured:
    """Classes that go before one another in the queue but never interrupt; a class is a kind."""
    rates = [float(rate) / unit for rate in inputs["arrival_rates"]]
    if "service_rate" in inputs:
        means, sigmas = [1.0 / float(inputs["service_rate"])] * len(rates), [EXPONENTIAL] * len(rates)
    else:  # first class exponential, the others lognormal with the second moment asked for
        means = [float(mean) for mean in inputs["mean_service"]]
        squares = [float(m2) / mean**2 for m2, mean in zip(inputs["second_moment"], means, strict=True)]
        assert squares[0] == 2.0, "the first class is not exponential"
        sigmas = [EXPONENTIAL] + [float(np.sqrt(np.log(square))) for square in squares[1:]]
    kinds = [
        {"PRIORITY": k, "SCENE_MINUTES": mean * unit, "SCENE_SIGMA": sigma}
        for k, (mean, sigma) in enumerate(zip(means, sigmas, strict=True))
    ]
    plan = make_plan(rates=[rates], kinds=kinds, crews=[{}] * int(inputs.get("servers", 1)))
    of = basis(plan, means[0] * unit, waiting_shapes(len(plan.crews))) if controlled else None
    tape, controls = run_controlled(plan, Span(warm * unit, (warm + window) * unit), seed, n_runs, of)
    names = [f"Wq_by_class[{k}]" for k in range(len(rates))]
    waits, served = by_kind(tape, RESPONSE).T / unit, by_kind(tape, SERVED).T
    return Measured(dict(zip(names, waits, strict=True)), dict(zip(names, served, strict=True)), controls)


def finite_source(
    inputs: Inputs, seed: int, n_runs: int, warm: float, window: float, unit: float
) -> Measured:
    """Machine repair: as many persons as machines, born in the first hour, who always come back.

    Replicates are the first in which exactly as many are born; births are drawn apart from all
    else. A run ends before its week does, when nobody is near the most visits of one person (200).
    """
    machines = int(inputs["machines"])
    shape = np.zeros(168)
    shape[0] = 168.0
    kind = {
        "SCENE_MINUTES": unit / float(inputs["repair_rate"]),
        "SCENE_SIGMA": EXPONENTIAL,
        "REPEAT_SHARE": 1.0,
        "REPEAT_MINUTES": unit / float(inputs["failure_rate"]),
    }
    plan = make_plan(
        rates=[[machines / 60.0 / 168.0]],
        hour_shape=shape,
        kinds=[kind],
        crews=[{}] * int(inputs["repairers"]),
    )
    span = Span(warm * unit, (warm + window) * unit)
    assert span.end_minutes < 10080.0, "births would begin again"
    work = make_workspace(plan, span)
    lucks = np.arange(12 * n_runs)
    born = np.array([bear(plan, work, seed, luck, int(span.end_minutes)) for luck in lucks])
    lucks = lucks[born == machines][:n_runs]
    assert len(lucks) == n_runs, "too few replicates with that many births"
    tape = run_plan(plan, span, seed, lucks, work)
    served, wait = by_kind(tape, SERVED)[:, 0], by_kind(tape, RESPONSE)[:, 0] / unit
    down = wait + busy_minutes(plan, span, seed, lucks, tape) / unit
    over = np.full(len(served), window)
    tops = {"L": down, "Lq": wait, "throughput": served, "Wq": wait, "availability": machines * over - down}
    bottoms = {"L": over, "Lq": over, "throughput": over, "Wq": served, "availability": machines * over}
    return Measured(tops, bottoms)
