"""Models: from a protocol's assumptions to the precision of its effect, one function for each kind of pilot.

A model takes the units in each arm (a wedge: at each step; a series: measurements before and after) and the effect,
in the canonical unit, and returns the precision of one arm against today's.
"""

import math
from collections.abc import Callable

import numpy as np

from remit.ground.units import UNITS, find_unit
from remit.pilots.power import clusters, individual, panel, series
from remit.pilots.power.chances import Precision
from remit.pilots.power.wedge import Floats, Spread, plan_of, spread_of, staircase, wedge
from remit.pilots.protocol import Protocol

Counts = tuple[int, ...]
Model = Callable[[Counts, float], Precision]
PER_PERSON_YEAR = 1e-5  # of what is 1 in 100,000 a year
SIZES = 16  # kinds of unit by size, where sizes differ


def model_of(protocol: Protocol) -> Model:
    """Return how precisely this pilot measures."""
    return _MODELS[protocol.design](protocol)


def years(protocol: Protocol) -> float:
    """Return how long each person is followed, in years."""
    return protocol.assumed("follow_up", UNITS["year"].factor) / UNITS["year"].factor


def rate_factor(protocol: Protocol) -> float:
    """Return what makes of a canonical rate one for each person and year."""
    unit = find_unit(protocol.outcome.unit)
    return PER_PERSON_YEAR if unit is not None and unit.dimension == "incidence" else 1.0


def _kept(protocol: Protocol) -> float:
    return 1.0 - protocol.assumed("attrition", 0.0)


def _both(protocol: Protocol, effect: float) -> tuple[float, float]:
    """Return the outcome under today's service and with the effect; rates for each person and year."""
    factor = rate_factor(protocol) if protocol.outcome.kind == "rate" else 1.0
    baseline = protocol.assumed("baseline")
    return baseline * factor, (baseline + effect) * factor


def _spread(protocol: Protocol, effect: float) -> float:
    """Return the total standard deviation of one person's outcome, in the canonical unit."""
    if protocol.outcome.kind == "continuous":
        return protocol.assumed("sd")
    one, other = _both(protocol, effect)
    if protocol.outcome.kind == "binary":
        middle = 0.5 * (one + other)
        return math.sqrt(middle * (1.0 - middle))
    return math.sqrt(0.5 * (one + other) / years(protocol)) / rate_factor(protocol)


def _in_canonical(found: Precision, protocol: Protocol) -> Precision:
    """Return the precision of a rate for each person and year in the canonical unit."""
    return Precision(found.se / rate_factor(protocol), found.df)


def _individual(protocol: Protocol) -> Model:
    r = protocol.assumed("baseline_correlation", 0.0)
    kept = _kept(protocol)

    def model(arms: Counts, effect: float) -> Precision:
        n_0, n_1 = arms[0] * kept, arms[1] * kept
        if protocol.outcome.kind == "continuous":
            return individual.means(n_0, n_1, protocol.assumed("sd"), r)
        both = _both(protocol, effect)
        if protocol.outcome.kind == "binary":
            return individual.shares(n_0, n_1, *both, r)
        return _in_canonical(individual.rates(n_0, n_1, *both, years(protocol)), protocol)

    return model


def _sequential(protocol: Protocol) -> Model:
    once = _individual(protocol)

    def model(arms: Counts, effect: float) -> Precision:
        found = once(arms, effect)
        return Precision(found.se)  # looks are z

    return model


def _nested(protocol: Protocol) -> Model:
    kept, group, icc = _kept(protocol), protocol.assumed("cluster_size"), protocol.assumed("icc")

    def model(arms: Counts, effect: float) -> Precision:
        n_0, n_1 = arms[0] * kept, arms[1] * kept
        return individual.partially_nested(n_0, n_1, _spread(protocol, effect), group * kept, icc)

    return model


def _clusters(protocol: Protocol) -> Model:
    size = protocol.assumed("cluster_size") * _kept(protocol)
    icc, cv = protocol.assumed("icc"), protocol.assumed("cluster_size_cv", 0.0)
    estimator = protocol.analysis.primary if protocol.analysis.primary in ("did", "post") else "ancova"
    r = clusters.baseline_correlation(
        size,
        0.0 if math.isnan(icc) else icc,
        protocol.assumed("cluster_correlation", 0.0),
        protocol.assumed("baseline_correlation", 0.0),
    )
    factor = clusters.baseline_factor(r, estimator)

    def model(arms: Counts, effect: float) -> Precision:
        n_0, n_1 = arms[0], arms[1]
        if protocol.outcome.kind == "continuous":
            return clusters.means(n_0, n_1, size, protocol.assumed("sd"), icc, cv, factor)
        both = _both(protocol, effect)
        if protocol.outcome.kind == "binary":
            return clusters.shares(n_0, n_1, size, both, icc, cv, factor)
        found = clusters.rates(n_0, n_1, size * years(protocol), both, protocol.assumed("rate_cv"))
        return _in_canonical(found, protocol)

    return model


def plan_of_protocol(protocol: Protocol) -> Floats:
    """Return a wedge's plan: the pattern that is written, or one step a period."""
    told = protocol.constraints
    return plan_of(told.pattern) if told.pattern else staircase(told.steps)


def _wedge_spread(protocol: Protocol, effect: float) -> Spread:
    """Return the parts of the spread; where a rate's units differ by their cv, that is the part between units."""
    total = _spread(protocol, effect)
    cac, iac = protocol.assumed("cac", 1.0), protocol.assumed("iac", 0.0)
    churn, decay = protocol.assumed("churn", 0.0), protocol.assumed("decay", 1.0)
    if protocol.outcome.kind == "rate":
        between = (protocol.assumed("rate_cv") * (protocol.assumed("baseline") + 0.5 * effect)) ** 2
        icc, total = between / (between + total**2), math.sqrt(between + total**2)
    else:
        icc = protocol.assumed("icc")
    parts = spread_of(total, icc, cac, iac, churn, decay)
    return Spread(
        parts.residual,
        parts.cluster,
        parts.period,
        parts.person,
        protocol.assumed("effect_sd", 0.0),
        0.0,
        churn,
        decay,
    )


def _wedge(protocol: Protocol) -> Model:
    plan = plan_of_protocol(protocol)
    sizes = _unequal(
        protocol.assumed("cluster_size") * _kept(protocol), protocol.assumed("cluster_size_cv", 0.0)
    )
    rows = np.repeat(plan, len(sizes), axis=0)
    each = np.tile(sizes, len(plan))
    exposed = protocol.analysis.primary == "exposure"
    known: dict[tuple[Counts, float], float] = {}

    def model(steps: Counts, effect: float) -> Precision:
        # where every step has as many units, the variance is that of one unit a step over their number
        alike = len(set(steps)) == 1
        shape = (1,) * len(steps) if alike else steps
        key = (shape, 0.0 if protocol.outcome.kind == "continuous" else effect)
        if key not in known:
            weights = np.repeat(np.array(shape, dtype=float), len(sizes)) / len(sizes)
            spread = _wedge_spread(protocol, effect)
            known[key] = wedge(rows, weights, each, spread, by_exposure=exposed)[0].se
        se = known[key] / (math.sqrt(steps[0]) if alike else 1.0)
        df = sum(steps) - 2
        return Precision(se, df if df > 0 else math.nan)

    return model


def _unequal(mean: float, cv: float) -> Floats:
    """Return sizes of units of that mean and coefficient of variation: middles of equal parts of a gamma."""
    if cv <= 0.0:
        return np.array([mean])
    from scipy.special import gammaincinv

    shape = 1.0 / (cv * cv)
    found = np.maximum(gammaincinv(shape, (np.arange(SIZES) + 0.5) / SIZES), 1e-9 * shape)
    scaled: Floats = found * (mean / float(found.mean()))
    return scaled


def _panel(protocol: Protocol) -> Model:
    told = protocol.analysis.primary
    factor = panel.panel_factor(
        round(protocol.assumed("periods_before", 1.0)),
        round(protocol.assumed("periods_after", 1.0)),
        protocol.assumed("baseline_correlation", 0.0),
        told if told in ("post", "ancova") else "did",
    )
    kept = _kept(protocol)
    return lambda arms, _: panel.panel(arms[0] * kept, arms[1] * kept, protocol.assumed("sd"), factor)


def _series(protocol: Protocol) -> Model:
    phi, sd = protocol.assumed("autocorrelation", 0.0), protocol.assumed("sd")
    return lambda times, _: series.broken_line(times[0], times[1], phi, sd).level


def _cutoff(protocol: Protocol) -> Model:
    kept = _kept(protocol)
    worse = protocol.assumed("design_effect", panel.cutoff_effect())
    return lambda arms, effect: panel.cutoff(arms[0] * kept, arms[1] * kept, _spread(protocol, effect), worse)


def _blocks(protocol: Protocol) -> Model:
    kept = _kept(protocol)
    return lambda arms, _: individual.means(arms[0] * kept, arms[1] * kept, protocol.assumed("sd"))


_MODELS: dict[str, Callable[[Protocol], Model]] = {
    "individual_rct": _individual,
    "partially_nested": _nested,
    "cluster_rct": _clusters,
    "stepped_wedge": _wedge,
    "did": _panel,
    "its": _series,
    "rdd": _cutoff,
    "switchback": _blocks,
    "group_sequential": _sequential,
}
