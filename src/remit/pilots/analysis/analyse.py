"""Analyse: from a protocol, its data and its allocation to what was found, and every departure from the protocol.

Units are counted where they were allocated, whatever they were given in the end. A departure never stops the
analysis and is never silent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from remit.ground.faults import Fault, Place, fail, nearest
from remit.pilots.analysis.balance import Alike, Flow, alike
from remit.pilots.analysis.compare import Panel, Rows, compare_arms, compare_periods
from remit.pilots.analysis.data import MISSING, Table
from remit.pilots.analysis.estimate import NAN, Bools, Estimate, Floats, Ints
from remit.pilots.analysis.given import ARM, GROUP, START, STEP, Given, Lots
from remit.pilots.analysis.plan import PEOPLE, STAGGERED, WEDGES, estimator_for
from remit.pilots.analysis.wedge import Correlation
from remit.pilots.protocol import BETWEEN, ID, IN_IT, Outcome, Protocol

PERIOD, TIME = "period", "time"
MOST_LOST = 0.05  # a larger share of missing outcomes is told as a departure


@dataclass(frozen=True)
class Comparison:
    """One outcome in one arm against today's."""

    outcome: Outcome
    new: str
    old: str
    estimator: str
    found: Estimate
    level_new: float  # mean, share or rate of those counted
    level_old: float
    p_several: float  # the randomisation p-value (model's where there is none) after Holm, over arms
    is_registered: bool


@dataclass(frozen=True)
class Analysed:
    """What a pilot found."""

    protocol: Protocol
    comparisons: tuple[Comparison, ...]
    flows: tuple[Flow, ...]
    balance: Mapping[str, tuple[Alike, ...]]
    departures: tuple[Fault, ...]
    n_draws: int
    seed: int


def analyse(
    protocol: Protocol,
    data: Table,
    allocation: Table | None = None,
    extra: tuple[str, ...] = (),
    n_draws: int | None = None,
    seed: int = 1,
    lots: Lots | None = None,
) -> Analysed:
    """Return what a pilot found.

    Args:
        protocol: the design file.
        data: one row per person, or per unit and period.
        allocation: who was allocated to what; None where the data's own column says so.
        extra: outcomes to work out that the protocol does not name.
        n_draws: allocations drawn anew; None for as many as the protocol says.
        seed: of those draws.
        lots: the draws that a constrained procedure could have made; None where not known or not constrained.

    Raises:
        Faults: PIL201 to PIL204, all that keep the data from being read.
    """
    names = [o.name for o in protocol.outcomes]
    unnamed = tuple(Outcome(e, "continuous", "", "up") for e in extra if e not in names)
    outcomes = protocol.outcomes + unnamed
    data.need(ID, *(o.name for o in outcomes), *protocol.analysis.covariates)
    departures = [
        Fault("PIL205", Place(data.file, 0, o.name), f'"{o.name}"', nearest(o.name, names)) for o in unnamed
    ]
    draws = protocol.analysis.permutations if n_draws is None else n_draws
    is_roll_out = estimator_for(protocol, protocol.outcome) in WEDGES + STAGGERED
    given = Given(protocol, data, allocation, lots)
    departures += given.departures
    comparisons: list[Comparison] = []
    for outcome in outcomes:
        work = _roll_out if is_roll_out else _arms
        comparisons += work(protocol, data, given, outcome, draws, seed, departures)
        departures += _lost(data, outcome)
    told = tuple(replace(c, is_registered=c.outcome in protocol.outcomes) for c in comparisons)
    return Analysed(
        protocol,
        told,
        _flows(protocol, data, given),
        _balance(protocol, data, given),
        tuple(departures),
        draws,
        seed,
    )


def _strata(protocol: Protocol, data: Table, given: Given) -> Ints:
    """Return the group of each row among which chance dealt: as the draw says, else the block; else one for all."""
    ids, told = given.ids, protocol.constraints
    name = told.block or (GROUP if told.method == "matched" else "")
    if given.group:
        words = [given.group.get(i, "") for i in ids]
    elif not name:
        return np.zeros(len(ids), np.int64)
    elif protocol.units is not None and name in protocol.units.columns:
        of_unit = dict(zip(protocol.units.ids, map(str, protocol.units.column(name)), strict=True))
        words = [of_unit.get(i, "") for i in ids]
    else:
        words = list(data.words(name))
    codes: Ints = np.unique(np.array(words), return_inverse=True)[1].astype(np.int64)
    return codes


def _lost(data: Table, outcome: Outcome) -> list[Fault]:
    share = float(np.isnan(data.numbers(outcome.name)).mean()) if data.n else 0.0
    if share <= MOST_LOST:
        return []
    return [Fault("PIL212", Place(data.file, 0, outcome.name), f"{100 * share:.1f} in 100 rows have none")]


def _arms(
    protocol: Protocol,
    data: Table,
    given: Given,
    outcome: Outcome,
    draws: int,
    seed: int,
    departures: list[Fault],
) -> list[Comparison]:
    """Return each arm against the first."""
    name = estimator_for(protocol, outcome)
    y, time = data.numbers(outcome.name), _time(data, outcome)
    x = np.array([data.numbers(c) for c in protocol.analysis.covariates]).reshape(-1, data.n).T
    unit, names = data.coded(ID)
    if name in PEOPLE and len(np.unique(unit)) < len(unit):
        departures.append(
            Fault("PIL213", Place(data.file, 0, ID), f"{len(unit) - len(np.unique(unit)):,} rows")
        )
    strata = _strata(protocol, data, given)
    arm = np.array(given.of_row)
    usable = np.isfinite(y) & np.isfinite(time) & np.isfinite(x).all(axis=1)
    old = protocol.arms[0].id
    found = []
    for number, new in enumerate((a.id for a in protocol.arms[1:]), 1):
        kept = usable & ((arm == new) | (arm == old))
        rows = Rows(y[kept], time[kept], arm[kept] == new, unit[kept], strata[kept], x[kept])
        if not (rows.treated.any() and (~rows.treated).any()):
            raise fail("PIL206", f'nobody with an outcome in "{new}" or "{old}"', file=data.file, path=ARM)
        if given.lots is not None:
            present = tuple(names[u] for u in np.unique(rows.unit))
            rows = replace(rows, lots=given.lots.between(number, present))
        result = compare_arms(name, rows, draws, seed)
        levels = [_level(rows, on) for on in (rows.treated, ~rows.treated)]
        found.append(Comparison(outcome, new, old, name, result, levels[0], levels[1], NAN, True))
    return _holm(found)


def _time(data: Table, outcome: Outcome) -> Floats:
    return data.numbers(TIME) if outcome.kind == "rate" and TIME in data.columns else np.ones(data.n)


def _level(rows: Rows, on: Bools) -> float:
    return float(rows.outcome[on].sum() / rows.time[on].sum())


def _holm(found: list[Comparison]) -> list[Comparison]:
    """Return comparisons with p-values that hold for all arms together."""
    ps = [c.found.p_random if np.isfinite(c.found.p_random) else c.found.p_model for c in found]
    order = np.argsort(ps, kind="stable")
    top = 0.0
    told = dict.fromkeys(range(len(ps)), NAN)
    for rank, i in enumerate(order):
        top = max(top, min(1.0, (len(ps) - rank) * ps[i]))
        told[int(i)] = top
    return [replace(c, p_several=told[i]) for i, c in enumerate(found)]


def _roll_out(
    protocol: Protocol,
    data: Table,
    given: Given,
    outcome: Outcome,
    draws: int,
    seed: int,
    departures: list[Fault],
) -> list[Comparison]:
    """Return the new way against the old in a roll-out."""
    name = estimator_for(protocol, outcome)
    when, y = data.numbers(PERIOD), data.numbers(outcome.name)
    kept = np.isfinite(y) & np.isfinite(when) & np.array([i in given.label for i in given.ids])
    periods = np.unique(when[kept])
    unit, names = np.unique(np.array(given.ids)[kept], return_inverse=True)[::-1]
    start = _starts(protocol, given, tuple(str(n) for n in names), periods, data)
    strata = np.zeros(len(names), np.int64)
    strata[unit] = _strata(protocol, data, given)[kept]
    period = np.searchsorted(periods, when[kept])
    panel = Panel(
        y[kept],
        unit.astype(np.int64),
        period.astype(np.int64),
        start,
        strata,
        len(periods),
        _transition(protocol),
    )
    correlation = Correlation(
        protocol.assumed("icc", 0.05), protocol.assumed("cac", 1.0), protocol.assumed("iac", 0.0)
    )
    found, left_out = compare_periods(name, panel, correlation, draws, seed)
    if left_out:
        departures.append(Fault("PIL214", Place(data.file), f"{left_out} units"))
    on = panel.period >= start[panel.unit]
    levels = [float(panel.outcome[side].mean()) if side.any() else NAN for side in (on, ~on)]
    new, old = protocol.arms[-1].id, protocol.arms[0].id
    return _holm([Comparison(outcome, new, old, name, found, levels[0], levels[1], NAN, True)])


def _starts(protocol: Protocol, given: Given, names: tuple[str, ...], periods: Floats, data: Table) -> Ints:
    """Return the number of the first period in the new way of each unit."""
    if given.column == ARM:
        raise fail("PIL201", f'"{START}"', file=data.file, path=START)
    cells = [given.label[n] for n in names]
    if given.column == STEP:
        return _first_periods(protocol, cells, len(periods), data)
    try:
        told = np.array([np.inf if c in MISSING else float(c) for c in cells])
    except ValueError:
        raise fail("PIL202", "a start is not a number", file=data.file, path=START) from None
    found: Ints = np.searchsorted(periods, told).astype(np.int64)
    return found


def _first_periods(protocol: Protocol, cells: list[str], n_periods: int, data: Table) -> Ints:
    """Return the first period of each unit's step: by the pattern, else step 1 begins in the second period."""
    pattern = protocol.constraints.pattern
    found = []
    for cell in cells:
        number = cell.removeprefix("step ").strip()
        if not number.isdigit() or not 1 <= int(number) <= max(protocol.constraints.steps, 1):
            raise fail("PIL206", f'"{cell}" is no step of the protocol', file=data.file, path=STEP)
        step = int(number)
        row = pattern[step - 1] if pattern else ""
        begins = [i for i, sign in enumerate(row) if sign in (IN_IT, BETWEEN)]
        found.append(begins[0] if begins else (n_periods if pattern else step))
    return np.array(found, np.int64)


def _transition(protocol: Protocol) -> int:
    """Return for how many periods after its start a unit counts to neither way."""
    return max((row.count(BETWEEN) for row in protocol.constraints.pattern), default=0)


def _flows(protocol: Protocol, data: Table, given: Given) -> tuple[Flow, ...]:
    """Return what became of those allocated, by arm; a roll-out is one arm in the end."""
    y = data.numbers(protocol.outcome.name)
    seen = set(given.ids)
    arms = [a.id for a in protocol.arms] if given.column == ARM else [protocol.arms[-1].id]
    of_row = np.array(given.of_row)
    flows = []
    for arm in arms:
        units = {u for u, label in given.label.items() if given.column != ARM or label == arm}
        rows = of_row == arm if given.column == ARM else np.array([i in units for i in given.ids])
        counted = int(np.isfinite(y[rows]).sum())
        flows.append(
            Flow(arm, len(units), len(units & seen), int(rows.sum()), counted, int(rows.sum()) - counted)
        )
    return tuple(flows)


def _balance(protocol: Protocol, data: Table, given: Given) -> dict[str, tuple[Alike, ...]]:
    """Return how alike each arm was to the first beforehand."""
    if given.column != ARM:
        return {}
    names = dict.fromkeys((*protocol.analysis.covariates, *protocol.constraints.covariates))
    arm, old = np.array(given.of_row), protocol.arms[0].id
    found = {}
    for new in (a.id for a in protocol.arms[1:]):
        both = (arm == new) | (arm == old)
        rows = []
        for name in names:
            values = _known(protocol, data, given, name)
            if values is not None:
                rows.append(alike(name, values[both], arm[both] == new))
        found[new] = tuple(rows)
    return found


def _known(protocol: Protocol, data: Table, given: Given, name: str) -> Floats | None:
    """Return what is known of each row beforehand, from the data or from the protocol's units; None for words."""
    if name in data.columns:
        return data.numbers(name)
    if protocol.units is None or not protocol.units.is_numeric(name):
        return None
    of_unit = dict(zip(protocol.units.ids, protocol.units.column(name), strict=True))
    return np.array([float(of_unit.get(i, NAN)) for i in given.ids])
