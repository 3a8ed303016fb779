"""Answers of an ensemble in words and tables: conditions, drivers, robustness, worth."""

from collections.abc import Mapping, Sequence

from remit.ground.quantity import Choice, Quantity
from remit.questions.boxes import Box, Discovery, Limit
from remit.questions.drivers import Driver
from remit.questions.robust import Robust
from remit.questions.weights import Stakes
from remit.questions.worth import Worth
from remit.report.charts import Table
from remit.report.figures import DAGGER
from remit.report.sentences import spoken
from remit.simulate.outcome import Outcome
from remit.simulate.outcomes import find_outcome

SELDOM = 0.5  # of resamples: a condition found again less often is not to be leant on


def share_words(share: float) -> str:
    """Return a share in per cent, where all and none are said of all and none only.

    >>> share_words(1.0), share_words(0.9985), share_words(0.001), share_words(0.0)
    ('100 %', 'over 99 %', 'under 1 %', '0 %')
    """
    if share != share:
        return "not known"
    if 0.995 <= share < 1.0:
        return "over 99 %"
    if 0.0 < share < 0.005:
        return "under 1 %"
    return f"{100.0 * share:.0f} %"


def condition_words(limit: Limit, unknowns: Mapping[str, Quantity | Choice]) -> str:
    """Return one condition of a box as a person would say it, with its unit."""
    name = spoken(limit.column)
    if limit.options:
        return f"{name} is {' or '.join(o.replace('_', ' ') for o in limit.options)}"
    unknown = unknowns.get(limit.column)
    unit = f" {unknown.unit.replace('_', ' ')}" if isinstance(unknown, Quantity) and unknown.unit else ""
    low, high = f"{limit.low:.3g}", f"{limit.high:.3g}"
    if limit.low == float("-inf"):
        return f"{name} is at most {high}{unit}"
    if limit.high == float("inf"):
        return f"{name} is at least {low}{unit}"
    return f"{name} is between {low} and {high}{unit}"


def box_words(box: Box, prefer: str, over: str, unknowns: Mapping[str, Quantity | Choice]) -> str:
    """Return a box as a sentence: when, how sure inside, and how much of the winning it covers."""
    when = " and ".join(condition_words(limit, unknowns) for limit in box.limits)
    return (
        f"{prefer} beats {over} when {when}: then in {100 * box.density:.0f} % of simulated years "
        f"({100 * box.density_low:.0f} to {100 * box.density_high:.0f} %), on futures kept aside. That covers "
        f"{100 * box.coverage:.0f} % of all its wins, in {100 * box.mass:.0f} % of futures."
    )


def conditions_lines(
    prefer: str,
    over: str,
    outcome: Outcome,
    by: float,
    found: Discovery,
    largest: float,
    unknowns: Mapping[str, Quantity | Choice],
) -> list[str]:
    """Return when one design beats another, with what the sample can and cannot say."""
    more = f" by more than {_plain(by)} {outcome.unit}" if by else ""
    lines = [
        f"{outcome.name}: {prefer} is better than {over}{more} in {share_words(found.share_preferred)} of simulated "
        f"years ({found.n_train:,} futures to look for conditions, {found.n_held_out:,} kept aside to judge them)."
    ]
    if found.n_left_out and not found.verdict:
        lines.append(f"{found.n_left_out} futures are left out: their runs failed or have not been made.")
    if found.share_preferred == 0.0:
        lines.append(
            f"No future meets that; the most by which any future prefers it is {_plain(largest)} {outcome.unit}."
        )
    if found.verdict:
        lines.append(found.verdict)
    lines += [box_words(b, prefer, over, unknowns) for b in found.boxes]
    for box in found.boxes:
        told = ", ".join(f"{spoken(c)} {100 * s:.0f} %" for c, s in box.stability.items())
        seldom = any(share < SELDOM for share in box.stability.values())
        lean = (
            " Do not lean on one that is found again in fewer than half: more futures may tell."
            if seldom
            else ""
        )
        lines.append(f"How often such a condition is found again in resamples: {told}.{lean}")
    return lines


def conditions_table(found: Discovery, unknowns: Mapping[str, Quantity | Choice]) -> Table:
    """Return every condition of every box: its ends are switching values in the Green Book's sense."""
    rows = [
        (
            str(i),
            condition_words(limit, unknowns),
            f"{100 * box.stability.get(limit.column, float('nan')):.0f} %",
            f"{100 * box.density:.0f} %",
            f"{100 * box.coverage:.0f} %",
        )
        for i, box in enumerate(found.boxes, 1)
        for limit in box.limits
    ]
    return Table(
        ("Box", "Condition (its end is a switching value)", "Found again", "Sure inside", "Covers"),
        tuple(rows),
    )


def drivers_lines(design: str, found: Sequence[Driver], outcome: Outcome) -> list[str]:
    """Return what moves a design's difference to today, clear ones first."""
    if not found:
        return [f"{design}: nothing moves {outcome.name.lower()}, or there are too few futures to say."]
    clear = [d for d in found if d.is_clear]
    lines = [f"{design}: {len(clear)} of {len(found)} unknowns clearly move {outcome.name.lower()}."]
    for d in found[: max(5, len(clear))][:12]:
        mark = "" if d.is_clear else "  (may be chance)"
        dagger = f" {DAGGER}" if d.is_assumption else ""
        ends = f"{d.low:+.3g} at {d.low_label}, {d.high:+.3g} at {d.high_label}"
        lines.append(f"  {d.strength:+.2f}  {spoken(d.name)}{dagger}: {ends}{mark}")
    return lines


def robust_table(found: Robust, stakeholder: str) -> Table:
    """Return how each design stands for one stakeholder."""
    head = ("Design", "Mean score", "One in ten is worse than", "Worst", "Mean regret", "Largest regret",
            "Best in (share of futures)", "Meets thresholds (share)")  # fmt: skip
    rows = [
        (
            s.design,
            f"{s.mean:.3f}",
            f"{s.tenth:.3f}",
            f"{s.worst:.3f}",
            f"{s.mean_regret:.3f}",
            f"{s.max_regret:.3f}",
            share_words(s.share_best),
            "" if s.satisficing != s.satisficing else share_words(s.satisficing),
        )
        for s in found.standings
        if s.stakeholder == stakeholder
    ]
    return Table(head, tuple(rows))


def robust_lines(found: Robust) -> list[str]:
    """Return for each stakeholder which design is best on average, and whether that is the safest too."""
    lines = []
    for who, best in found.best.items():
        first = best["mean"]
        shares = ", ".join(share_words(found.of(who, d).share_best) for d in first)
        line = f"By the weights of {who}, {' and '.join(first)} has the best score on average, and is best in {shares} "
        line += f"of {found.n_scenarios:,} futures."
        if set(best["max_regret"]) & set(first):
            line += " It is also the one to regret least in any future."
        else:
            line += f" The one to regret least in any future is {' and '.join(best['max_regret'])}."
        lines.append(line)
    return lines


def uneven_line(n: int) -> list[str]:
    """Return what is said where some designs lack years that others have."""
    if not n:
        return []
    return [
        f"In {n:,} futures a simulated year of some design is missing (it failed, or has not been made): that year is "
        "left out for all designs, so that the same years are compared."
    ]


def luck_line(n_replicates: int) -> str:
    """Return how luck enters what is told future by future."""
    return (
        f"A future's score is the average of {n_replicates:,} simulated years: part of each regret, and of which "
        "design is best in a future, is their luck, which more --replicates make smaller."
    )


def _plain(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"


def exchange_lines(found: Robust, stakes: Stakes) -> list[str]:
    """Return what each stakeholder's weights say one thing counts in terms of another, given the scales."""
    lines = []
    for who, weights in stakes.weights.items():
        counted = [o for o, w in weights.items() if w > 0.0 and o in found.scales]
        for other in counted[1:]:
            first = counted[0]
            (a, b), (c, d) = found.scales[first], found.scales[other]
            if abs(b - a) > 0.0 and abs(d - c) > 0.0:
                each = weights[first] / abs(b - a) / (weights[other] / abs(d - c))
                one, many = (first, other) if each >= 1.0 else (other, first)
                count = each if each >= 1.0 else 1.0 / each
                lines.append(
                    f"By the weights of {who}, one of {_called(one)} counts as much as "
                    f"{count:,.3g} of {_called(many)}."
                )
    return lines


def worth_lines(found: Worth, unit: str, at_least: float) -> list[str]:
    """Return what knowing more would be worth, in the decision's own unit."""
    lines = [found.verdict] if found.verdict else []
    if not found.best or found.evpi != found.evpi:
        return lines
    lines += [
        f"As things are known now: {found.best}. Another design is better in {100 * found.share_other:.0f} % of "
        f"{found.n_scenarios:,} futures.",
        f"Knowing everything before choosing would be worth at most {found.evpi:.3g} {unit} ({found.low:.3g} to "
        f"{found.high:.3g} in nine resamples of ten).",
        "How much of that is the luck of one replicate, which nobody can know, cannot be told: make two or more."
        if at_least != at_least
        else f"And at least {at_least:.3g} {unit}: chosen by all replicates but one, judged by the one left out, so "
        "that luck, which nobody can know, does not count.",
    ]
    clear = [x for x in found.learned if x.is_clear]
    if not clear and found.evpi > 0.0:
        lines.append("No single unknown is clearly worth finding out by itself.")
    lines += [
        f"Knowing {spoken(x.name)} alone: {x.value:.3g} {unit} ({x.low:.3g} to {x.high:.3g}), "
        f"{100 * x.share_of_all:.0f} % of all; it would change the choice in {100 * x.share_changed:.0f} % of futures."
        for x in clear
    ]
    return lines


def worth_table(found: Worth, unit: str, most: int = 15) -> Table:
    """Return what each unknown alone is worth, most first."""
    rows = [
        (
            spoken(x.name),
            f"{x.value:.3g}",
            f"{x.low:.3g} to {x.high:.3g}",
            f"{100 * x.share_of_all:.0f} %",
            "yes" if x.is_clear else "may be chance",
        )
        for x in found.learned[:most]
    ]
    return Table(("Unknown", f"Worth ({unit})", "Nine resamples in ten", "Of all", "Clear"), tuple(rows))


def _called(outcome: str) -> str:
    """Return the name and unit of an outcome."""
    spec = find_outcome(outcome)
    return f"{spec.name.lower()} ({spec.unit})" if spec else outcome
