"""Shares of variance in words, tables and pictures."""

import math
from collections.abc import Sequence

import numpy as np

from remit.questions.shares import Shares
from remit.questions.variance import Decomposition
from remit.report.charts import IntervalRow, Meaning, Table, both_widths, intervals
from remit.report.sentences import spoken
from remit.report.template import Section

MOST_ROWS = 12
TOO_WIDE, TOLD_APART = 0.5, 0.25  # of a share's range
MOST_SAID = 5
MEANING = Meaning("share", "nine resamples in ten")


def shared_lines(design: str, found: Shares, n_replicates: int) -> list[str]:
    """Return what a difference varies by, from futures as they came."""
    clear = [u for u in found.unknowns if u.is_clear]
    if found.verdict:
        names = f" Clear are: {', '.join(spoken(u.name) for u in clear)}." if clear else ""
        return [f"{design}: {found.verdict}{names}"]
    lines = [
        f"{design}: {len(clear)} of {len(found.unknowns)} unknowns clearly make a share of what the difference "
        f"varies by from future to future; together they explain {_percent(found.explained)}."
    ]
    lines += [
        f"  {_percent(u.first):>5}  {spoken(u.name)} ({_percent(u.low)} to {_percent(u.high)})"
        for u in clear[:MOST_SAID]
    ]
    pairs = [p for p in found.pairs if p.is_clear]
    lines += [
        f"  {_percent(p.share):>5}  {spoken(p.one)} together with {spoken(p.other)}, beyond each alone "
        f"({_percent(p.low)} to {_percent(p.high)})"
        for p in pairs[:MOST_SAID]
    ]
    lines += [f"  {said}" for said in (found.unexplained, found.caution) if said]
    if n_replicates == 1:
        lines.append("  With one simulated year in each future, its luck counts as what is not explained.")
    if found.n_left_out:
        lines.append(f"  {found.n_left_out:,} futures are left out: their runs failed or have not been made.")
    return lines


def swapped_lines(design: str, factors: Sequence[str], found: Decomposition) -> list[str]:
    """Return what a difference varies by, from blocks in which one factor at a time was swapped."""
    if found.verdict:
        return [f"{design}: {found.verdict}"]
    order = np.argsort(-found.total)
    lines = [f"{design}: shares of what the difference varies by, alone and with all it takes part in."]
    wide = float(np.median(found.total_high - found.total_low))
    if wide > TOO_WIDE:
        times = math.ceil((wide / TOLD_APART) ** 2)
        lines[0] = (
            f"{design}: {found.n_blocks:,} blocks of futures are too few to tell shares (half of the ranges are wider "
            f"than {_percent(wide)}); some {times:,} times as many futures would tell them."
        )
    lines += [
        f"  {_percent(found.first[i]):>5} alone, {_percent(found.total[i]):>5} in all "
        f"({_percent(found.total_low[i])} to {_percent(found.total_high[i])})  {spoken(factors[i])}"
        for i in order
    ]
    lines += [f"  {line}" for line in _pair_lines(factors, found)]
    if found.caution:
        lines.append(f"  {found.caution}")
    if found.n_left_out:
        lines.append(
            f"  {found.n_left_out:,} blocks are left out whole: a run in them failed or is not there yet."
        )
    return lines


def _pair_lines(factors: Sequence[str], found: Decomposition) -> list[str]:
    """Return the pairs whose share is clearly not nothing, strongest first."""
    is_clear = (found.pairs_low > 0.0) | (found.pairs_high < 0.0)
    clear = sorted(np.argwhere(is_clear).tolist(), key=lambda at: -abs(found.pairs[tuple(at)]))
    return [
        f"{_percent(found.pairs[i, j]):>5} {spoken(factors[i])} together with {spoken(factors[j])} "
        f"({_percent(found.pairs_low[i, j])} to {_percent(found.pairs_high[i, j])})"
        for i, j in clear[:MOST_SAID]
    ]


def shared_section(design: str, found: Shares, lines: Sequence[str]) -> Section:
    """Return the same as a part of a page: words, picture, table."""
    some = () if found.verdict else found.unknowns[:MOST_ROWS]
    rows = [IntervalRow(spoken(u.name), u.first, u.low, u.high) for u in some]
    table = Table(
        ("Unknown", "Share alone", "Nine in ten", "With its pairs at least", "Clear"),
        tuple(
            (
                spoken(u.name),
                _percent(u.first),
                f"{_percent(u.low)} to {_percent(u.high)}",
                _percent(u.total_at_least),
                "yes" if u.is_clear else "may be chance",
            )
            for u in some
        ),
    )
    return _section(design, rows, table, lines)


def swapped_section(
    design: str, factors: Sequence[str], found: Decomposition, lines: Sequence[str]
) -> Section:
    """Return the same as a part of a page: words, picture, table."""
    order = [] if found.verdict else np.argsort(-found.total).tolist()
    told = order if order and float(np.median(found.total_high - found.total_low)) <= TOO_WIDE else []
    rows = [
        IntervalRow(
            spoken(factors[i]), float(found.total[i]), float(found.total_low[i]), float(found.total_high[i])
        )
        for i in told[:MOST_ROWS]
    ]
    table = Table(
        ("Factor", "Share alone", "Share in all", "Nine in ten"),
        tuple(
            (
                spoken(factors[i]),
                _percent(found.first[i]),
                _percent(found.total[i]),
                f"{_percent(found.total_low[i])} to {_percent(found.total_high[i])}",
            )
            for i in order
        ),
    )
    return _section(design, rows, table, lines)


def _section(design: str, rows: Sequence[IntervalRow], table: Table, lines: Sequence[str]) -> Section:
    def draw(width: float, prefix: str) -> str:
        return intervals(
            rows, title=f"What {design} varies by", x_label="share of the variance", meaning=MEANING, width=width,
            id_prefix=prefix, heading=False,
        )  # fmt: skip

    picture = both_widths(draw, f"shares-{design}".replace("_", "-")) if rows else ""
    tables = (("Shares of variance", table),) if table.rows else ()
    title = f"What {design.replace('_', ' ')} varies by"
    return Section(f"shares-{design}", title, "", picture, tables, tuple(lines), is_answer=True)


def _percent(share: float) -> str:
    return "not known" if share != share else f"{100.0 * share:.0f} %"
