"""What a pilot found, in words a councillor understands and as plain values; departures first."""

import math
from typing import Any

from remit.pilots.analysis.analyse import Analysed, Comparison
from remit.pilots.analysis.estimate import Estimate
from remit.pilots.analysis.type_one import ALPHA, WORLD, Rate

SURE = "95 in 100 intervals so made hold the truth"
FEW = "By draw: with so few clusters that no draw can reach 5 in 100, it never claims anything (0.000)."
UNEVEN = 0.25  # standard deviations apart: as much as chance seldom leaves


def findings_lines(found: Analysed) -> list[str]:
    """Return the whole answer, line by line."""
    protocol = found.protocol
    lines = [protocol.title, protocol.question, ""]
    lines += [f"DEVIATION {d}" for d in found.departures]
    lines += [""] if found.departures else ["As promised: nothing departs from the protocol.", ""]
    for comparison in found.comparisons:
        lines += _comparison(comparison, found)
    lines += ["Who was counted:"]
    lines += [
        f"  {f.arm}: {f.units:,} allocated, {f.units_seen:,} seen; {f.counted:,} of {f.rows:,} rows counted, "
        f"{f.missing:,} without the outcome"
        for f in found.flows
    ]
    return lines + _balance_lines(found)


def _comparison(c: Comparison, found: Analysed) -> list[str]:
    title = c.outcome.title or c.outcome.name
    mark = "" if c.is_registered else " (NOT REGISTERED: an idea, not a finding)"
    e = c.found
    lines = [
        f"{title}{mark}: {c.new} {figure(c.level_new)}, {c.old} {figure(c.level_old)}.",
        f"  {effect_words(e)}",
        f"  {chance_words(e)} By the model behind the interval: p {p_words(e.p_model)}.",
    ]
    several = sum(o.outcome == c.outcome for o in found.comparisons)
    if several > 1:
        lines.append(f"  Of {several} arms compared, all together (Holm): p {p_words(c.p_several)}.")
    lines.append(f"  {verdict_words(c, found.protocol.alpha)}")
    told = f"{e.n:,} counted" + (f" in {e.n_clusters:,} clusters or groups" if e.n_clusters else "")
    return [*lines, f"  Worked out by {e.estimator}; {told}.", *(f"    {a}" for a in e.assumed), ""]


def effect_words(e: Estimate) -> str:
    """Return the effect and its interval in words; a log scale as a ratio."""
    if math.isnan(e.value):
        return "The effect cannot be worked out."
    if e.scale.startswith("log "):
        value, low, high = e.ratio
        return f"{e.scale[4:].capitalize()} {value:.3g}; {SURE}: {low:.3g} to {high:.3g}."
    sign = "+" if e.value > 0 else ""
    if math.isnan(e.low):
        return f"{e.scale.capitalize()} {sign}{figure(e.value)}; no interval can be given."
    reach = f"{figure(e.low)} to {figure(e.high)}"
    return f"{e.scale.capitalize()} {sign}{figure(e.value)}; {SURE}: {reach}."


def chance_words(e: Estimate) -> str:
    """Return the randomisation p-value in words."""
    if math.isnan(e.p_random):
        return "The draw was not tried anew."
    how = f"all {e.n_random:,}" if e.is_exact else f"{e.n_random:,}"
    return f"Were there no effect, the draw alone would show as much with p {p_words(e.p_random)} ({how} draws tried)."


def verdict_words(c: Comparison, alpha: float) -> str:
    """Return what follows, by the p-value that counts."""
    p = c.found.p_random if not math.isnan(c.found.p_random) else c.found.p_model
    if math.isnan(p):
        return "Nothing can be said."
    if p > alpha:
        return f"Not clear: a difference as large comes of luck alone more often than {100 * alpha:g} in 100 times."
    better = (c.found.value > 0.0) == (c.outcome.better == "up")
    return f"Clear at {100 * alpha:g} in 100: {'better' if better else 'WORSE'} than {c.old}."


def p_words(p: float) -> str:
    """Return a p-value as it is printed.

    >>> p_words(0.04321), p_words(0.00001), p_words(float("nan"))
    ('0.043', 'below 0.001', 'not known')
    """
    if math.isnan(p):
        return "not known"
    return "below 0.001" if p < 0.001 else f"{p:.3f}"


def figure(value: float) -> str:
    """Return a number of the outcome.

    >>> figure(0.0220386), figure(1234.5), figure(float("nan"))
    ('0.0220', '1,234', 'not known')
    """
    if math.isnan(value):
        return "not known"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:#.3g}"


def _balance_lines(found: Analysed) -> list[str]:
    rows = [(arm, row) for arm, table in found.balance.items() for row in table]
    if not rows:
        return []
    lines = ["Before, in standard deviations apart (arm less today's):"]
    for arm, row in rows:
        mark = "  <- uneven" if abs(row.apart) > UNEVEN else ""
        lines.append(
            f"  {arm} {row.name}: {figure(row.new)} and {figure(row.old)}, {figure(row.apart)} apart{mark}"
        )
    return lines


def findings_plain(found: Analysed) -> dict[str, Any]:
    """Return the whole answer as plain values."""
    return {
        "pilot": found.protocol.id,
        "design": found.protocol.design,
        "departures": [d.as_dict() for d in found.departures],
        "comparisons": [_plain(c) for c in found.comparisons],
        "flow": [dict(f.__dict__) for f in found.flows],
        "balance": {
            arm: [{k: _number(v) if k != "name" else v for k, v in r.__dict__.items()} for r in rows]
            for arm, rows in found.balance.items()
        },
        "seed": found.seed,
    }


def _plain(c: Comparison) -> dict[str, Any]:
    e = c.found
    numbers = ("value", "se", "df", "low", "high", "p_model", "p_random")
    return {
        "outcome": c.outcome.name,
        "new": c.new,
        "old": c.old,
        "level_new": _number(c.level_new),
        "level_old": _number(c.level_old),
        "estimator": c.estimator,
        "scale": e.scale,
        **{name: _number(getattr(e, name)) for name in numbers},
        "p_several": _number(c.p_several),
        "n": e.n,
        "n_clusters": e.n_clusters,
        "n_draws": e.n_random,
        "is_exact": e.is_exact,
        "is_registered": c.is_registered,
        "assumed": list(e.assumed),
    }


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def type_one_lines(rates: tuple[Rate, ...], seed: int) -> list[str]:
    """Return the table of type I errors."""
    if not rates:
        return []
    error = rates[0].error
    lines = [
        f"How often would each estimator claim an effect where there is none? {rates[0].n_runs:,} pilots each, "
        f"seed {seed}. Honest is {ALPHA:.3f}; luck of the runs moves it by {error:.3f} (one standard error).",
        WORLD,
        "",
        f"{'':58}{'clusters':>9}{'by model':>10}{'by draw':>10}",
    ]
    for r in rates:
        mark = "  <- too often" if r.by_model > ALPHA + 3 * error else ""
        drawn = "" if math.isnan(r.by_chance) else f"{r.by_chance:.3f}"
        lines.append(f"{r.estimator:58}{r.n_clusters:>9}{r.by_model:>10.3f}{drawn:>10}{mark}")
    return [
        *lines,
        "",
        FEW,
    ]
