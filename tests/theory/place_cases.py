"""Where help stands: who is sent from where (hypercube), how far the nearest is (square-root law).

Preferences of a hypercube are expected drives of a few ten-millionths of a minute: they order the choice and take
no tick. A crew that is clear is at its base at once (``RETURN_FACTOR`` 0).
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from remit.kernel.batch import run_plan
from remit.kernel.layout import Count, Plan, Span, Tape
from theory.equivalence import Measured
from theory.event_log import MINUTE, log_workspace, run_logged
from worlds import make_plan

Inputs = Mapping[str, Any]
HELP, ANY = int(Count.HELP_MINUTES), int(Count.ACCEPTED_ANY)
UNIT = 60.0  # minutes in a case's unit of time
WARM = 30.0
TINY = 1e-7


def hypercube_plan(inputs: Inputs) -> Plan:
    """Return a plan with a zone for each atom, then one for each base."""
    rates, order = inputs["rates"], inputs["preference"]
    n_atoms, n_units = len(rates), len(order[0])
    travel = np.zeros((n_atoms + n_units,) * 2)
    for atom, units in enumerate(order):
        for rank, unit in enumerate(units):
            travel[atom, n_atoms + unit] = TINY * (rank + 1)
    service = float(inputs["service_rate"])
    return make_plan(
        rates=np.array([*(rate / UNIT for rate in rates), *[0.0] * n_units])[:, None],
        kinds=[{"SCENE_MINUTES": UNIT / service, "SCENE_SIGMA": -1.0, "PATIENCE_MINUTES": 0.0}],
        crews=[{"BASE": n_atoms + unit} for unit in range(n_units)],
        travel=travel,
        scalars={"RETURN_FACTOR": 0.0},
    )


def hypercube(inputs: Inputs, seed: int, n_runs: int, window: float) -> Measured:
    """Larson's hypercube with no line: who goes where, who is busy, in which of the 2**N states."""
    plan = hypercube_plan(inputs)
    n_atoms, n_units = len(inputs["rates"]), len(plan.crews)
    span = Span(WARM * UNIT, (WARM + window) * UNIT)
    work = log_workspace(plan, span)
    rows: list[dict[str, float]] = []
    for luck in range(n_runs):
        _, people = run_logged(plan, span, seed, luck, work)
        zones = work.requests["zone"][: len(people.born)].astype(np.int64)
        seen = people.born >= span.warm_minutes * MINUTE
        sent = seen & (people.crew >= 0)
        cells = np.bincount(people.crew[sent] * n_atoms + zones[sent], minlength=n_units * n_atoms)
        sent_to = cells.reshape(n_units, n_atoms)
        minutes = np.bincount(people.crew[sent], (people.ended - people.left)[sent] / MINUTE, n_units)
        states = np.bincount(people.busy[seen], minlength=2**n_units)
        row = {"need": float(seen.sum()), "p_loss": float(seen.sum() - sent.sum())}
        row |= {f"P_state[{s}]": float(states[s]) for s in range(2**n_units)}
        row |= {f"workload[{u}]": minutes[u] for u in range(n_units)}
        row |= {
            f"dispatch_fraction[{u}][{a}]": float(sent_to[u, a])
            for u in range(n_units)
            for a in range(n_atoms)
        }
        if "travel" in inputs:
            row |= {
                "sent": float(sent.sum()),
                "mean_travel": float((sent_to * np.array(inputs["travel"])).sum()),
            }
        rows.append(row)
    tops = {key: np.array([row[key] for row in rows]) for key in rows[0]}
    bottoms = {key: tops["need"] for key in tops}
    bottoms |= {f"workload[{u}]": np.full(n_runs, window * UNIT) for u in range(n_units)}
    if "travel" in inputs:
        bottoms["mean_travel"] = tops["sent"]
    return Measured(tops, bottoms)


def hypercube_theory(
    rates: Sequence[float], order: Sequence[Sequence[int]], service: Sequence[float], travel: Any
) -> dict[str, Any]:
    """Return what 2**N balance equations say of a hypercube with no line (Larson 1974)."""
    n_units, n_states = len(service), 2 ** len(service)
    flow = np.zeros((n_states, n_states))
    first = np.full((n_states, len(rates)), -1)
    for state in range(n_states):
        for atom, rate in enumerate(rates):
            free = [unit for unit in order[atom] if not state >> unit & 1]
            if free:
                first[state, atom] = free[0]
                flow[state, state | 1 << free[0]] += rate
        for unit in range(n_units):
            if state >> unit & 1:
                flow[state, state & ~(1 << unit)] += service[unit]
    balance = flow.T - np.diag(flow.sum(axis=1))
    balance[0] = 1.0
    p = np.linalg.solve(balance, np.eye(n_states)[0])
    share = np.array(rates) / sum(rates)
    fraction = np.array(
        [[share[a] * p[first[:, a] == unit].sum() for a in range(len(rates))] for unit in range(n_units)]
    )
    return {
        "workload": [float(sum(p[s] for s in range(n_states) if s >> unit & 1)) for unit in range(n_units)],
        "p_loss": float(p[-1]),
        "mean_travel": float((fraction * np.array(travel)).sum() / fraction.sum()),
        "dispatch_fraction": fraction.tolist(),
    }


def alert_tape(
    seed: int, n_runs: int, people: float, scalars: Mapping[str, float], factors: Sequence[float] = (1.0,)
) -> Tape:
    """Return runs in which nobody but volunteers can come; a minute of their way is a kilometre.

    ``people`` ask in each run for each zone; zone z has ``factors[z]`` times the density.
    """
    every = {"ALERT_ON": 1, "ALERT_SEE_SHARE": 1, "ALERT_ACCEPT_SHARE": 1, "ALERT_M_PER_MINUTE": 1000}
    plan = make_plan(
        rates=np.full((len(factors), 1), 1.0),
        kinds=[{"PATIENCE_MINUTES": 0.0, "ALERTABLE": 1, "HAS_OUTCOME": 1}],
        crew_minutes=[[0.0]],
        zones=[{"ALERT_FACTOR": factor} for factor in factors],
        scalars=every | dict(scalars),
    )
    return run_plan(plan, Span(0.0, people), seed, np.arange(n_runs))


def nearest_euclid(inputs: Inputs, seed: int, n_runs: int, people: float) -> Measured:
    """Distance to the nearest of the pool, who are a quarter of the candidates that the engine looks at."""
    density = float(inputs["units"]) / float(inputs["area"])
    scalars = {
        "ALERT_DENSITY_PER_KM2": density,
        "ALERT_CEILING_PER_KM2": 4.0 * density,
        "ALERT_MAX": 1,
        "ALERT_RADIUS_M": 1000.0 * 5.0 / math.sqrt(density),
    }
    counts = alert_tape(seed, n_runs, people, scalars).by_zone[:, 0, 0]
    return Measured({"mean_distance": counts[:, HELP]}, {"mean_distance": counts[:, ANY]})


def nearest_right_angle(inputs: Inputs, seed: int, n_runs: int, people: float) -> Measured:
    """Right-angle distance to the nearest, where the one nearest as the crow flies need not be first.

    The engine gives candidates no angle but a speed of their own. A way of F times the straight
    distance, F drawn for each point of a Poisson field, leaves a Poisson field whose density depends
    on F by E[F**-2] alone (mapping theorem). At a uniform angle a right-angle way has F = sum of the
    sizes of its cosine and sine: E[F] = 4/pi and E[F**-2] = 2/pi. Circuity 4/pi and a lognormal speed V
    with E[V**2] = (2/pi) (4/pi)**2 have the same two moments.
    """
    density = float(inputs["units"]) / float(inputs["area"])
    scalars = {
        "ALERT_DENSITY_PER_KM2": density,
        "ALERT_CEILING_PER_KM2": density,
        "ALERT_MAX": 10000,
        "ALERT_RADIUS_M": 1000.0 * 3.2 / math.sqrt(density),
        "ALERT_CIRCUITY": 4.0 / math.pi,
        "ALERT_SPEED_SIGMA": math.sqrt(math.log(32.0 / math.pi**3)),
    }
    counts = alert_tape(seed, n_runs, people, scalars).by_zone[:, 0, 0]
    return Measured({"mean_distance": counts[:, HELP]}, {"mean_distance": counts[:, ANY]})


def nearest_of_free(inputs: Inputs, seed: int, n_runs: int, window: float, people: float) -> Measured:
    """Distance to the nearest free unit where some are busy: two runs joined, both of the engine.

    A loss system tells how many units are free when a request is taken. A run of volunteers, n to the
    map in zone n - 1, tells how far the nearest of n is.
    """
    units, area = int(inputs["units"]), float(inputs["area"])
    plan = make_plan(
        rates=[[float(inputs["offered_load"]) / UNIT]],
        kinds=[{"SCENE_MINUTES": UNIT, "SCENE_SIGMA": -1.0, "PATIENCE_MINUTES": 0.0}],
        crews=[{}] * units,
    )
    span = Span(WARM * UNIT, (WARM + window) * UNIT)
    work = log_workspace(plan, span)
    free = np.zeros((n_runs, units + 1))
    for luck in range(n_runs):
        _, people_seen = run_logged(plan, span, seed, luck, work)
        busy = people_seen.busy[people_seen.born >= span.warm_minutes * MINUTE]
        free[luck] = np.bincount(units - np.bitwise_count(busy), minlength=units + 1)
    scalars = {
        "ALERT_DENSITY_PER_KM2": 1.0 / area,
        "ALERT_CEILING_PER_KM2": units / area,
        "ALERT_MAX": 1,
        "ALERT_RADIUS_M": 1000.0 * 5.0 * math.sqrt(area),
    }
    factors = [float(n) for n in range(1, units + 1)]
    counts = alert_tape(seed + 1, n_runs, people, scalars, factors).by_zone[:, :, 0]
    far = counts[:, :, HELP] / counts[:, :, ANY]
    return Measured({"E_sqrt": (free[:, 1:] * far).sum(axis=1)}, {"E_sqrt": free[:, 1:].sum(axis=1)})
