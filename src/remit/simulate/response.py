"""The response family simulated: what came out, for everyone and by fifth, zone and month."""

from collections.abc import Sequence

import numpy as np

from remit.briefs.brief import Brief
from remit.ground.faults import fail
from remit.kernel.batch import make_workspace, run_plan
from remit.kernel.layout import Count, Floats, Plan, Span, Tape, Total, Workspace
from remit.mechanism.cost import YearlyCost
from remit.mechanism.lower import span_of
from remit.mechanism.values import Lowered
from remit.simulate.rows import RunRows, ratio

GROUP_KINDS = ("all", "own_fifth", "national_fifth", "zone", "month")
N_FIFTHS = 5


def room_for(plan: Plan, span: Span, work: Workspace | None) -> Workspace:
    """Return ``work`` if it has room for this plan, else new working memory.

    Raises:
        Faults: SIM001 if a run of this plan would hold more than the engine can count.
    """
    try:
        fresh = make_workspace(plan, span)
    except ValueError as error:
        raise fail("SIM001", str(error)) from None
    if work is None or any(
        len(a) < len(b) or a.shape[1:] != b.shape[1:]
        for a, b in ((work.requests, fresh.requests), (work.heap, fresh.heap), (work.bins, fresh.bins))
    ):
        return fresh
    if len(work.crews) != len(fresh.crews) or len(work.tired) != len(fresh.tired):
        return (
            fresh._replace(requests=work.requests, heap=work.heap)
            if len(work.heap) >= len(fresh.heap)
            else fresh
        )
    return work


def simulate(
    lowered: Lowered,
    brief: Brief,
    span: Span,
    seed: int,
    lucks: Sequence[int],
    cost: YearlyCost,
    work: Workspace,
    everyone_only: bool = False,
) -> RunRows:
    """Return the outcomes of one plan for each replicate number, for groups too unless for everyone only.

    Raises:
        Faults: SIM001 if more people are born than the averages leave room for.
    """
    tape = run_plan(lowered.plan, span, seed, np.asarray(lucks, np.int64), work)
    if tape.totals[:, Total.OVERFLOW].any():
        raise fail("SIM001", f"{len(work.requests):,} people")
    return name_outcomes(tape, lowered, brief, span, cost, everyone_only)


def name_outcomes(
    tape: Tape, lowered: Lowered, brief: Brief, span: Span, cost: YearlyCost, everyone_only: bool = False
) -> RunRows:
    """Return named outcomes of a tape: everyone, own fifths, national fifths, zones inside, months."""
    n_kinds = tape.by_group.shape[1]
    parts = groups_of(tape, brief, span, everyone_only)
    counts = np.stack([c for _, c in parts], axis=1)  # (R, G, K, counts)
    with np.errstate(divide="ignore", invalid="ignore"):  # entered once: it costs as much as a ratio
        columns = _columns(counts, brief, span)
        _add_quantiles(columns, tape)
        _add_whole(columns, tape, counts, lowered, brief, span, cost)
    return RunRows(tuple(name for name, _ in parts), columns, tape.chart[:, n_kinds])


def groups_of(
    tape: Tape, brief: Brief, span: Span, everyone_only: bool
) -> list[tuple[tuple[str, str], Floats]]:
    """Return the counts ``(R, K, counts)`` of everyone, own fifths, national fifths, zones inside, months."""
    n_runs, n_kinds = tape.by_group.shape[:2]
    fifths = tape.by_group.reshape(n_runs, n_kinds, N_FIFTHS, N_FIFTHS, len(Count))
    inside = [i for i, z in enumerate(brief.locality.zones) if z.is_inside]
    n_months = max(1, int((span.end_minutes - span.warm_minutes) // (525_600.0 / 12.0)))
    parts = [(("all", ""), tape.by_group.sum(2))]
    groups = [
        *((("own_fifth", str(f + 1)), fifths[:, :, f].sum(2)) for f in range(N_FIFTHS)),
        *((("national_fifth", str(f + 1)), fifths[:, :, :, f].sum(2)) for f in range(N_FIFTHS)),
        *((("zone", brief.locality.zones[i].id), tape.by_zone[:, i]) for i in inside),
        *((("month", str(m + 1)), tape.by_month[:, m]) for m in range(n_months)),
    ]
    return parts if everyone_only else [*parts, *groups]


def _columns(counts: Floats, brief: Brief, span: Span) -> dict[str, Floats]:
    """Return the outcomes that are ratios of counts, NaN where nobody was."""
    ids = [k.id for k in brief.kinds]
    headline = counts[:, :, ids.index(brief.headline_kind)]
    urgent = counts[:, :, [ids.index(k) for k in brief.urgent_kinds]].sum(2)
    whole = counts.sum(2)
    years = (span.end_minutes - span.warm_minutes) / 525_600.0
    need = headline[..., Count.NEED]
    nobody = headline[..., Count.NOT_REACHED] + headline[..., Count.ABANDONED] + headline[..., Count.HELD]
    lost = whole[..., Count.NOT_REACHED] + whole[..., Count.ABANDONED] + whole[..., Count.HELD]
    columns = {
        "need": need / years,
        "requests": whole[..., Count.NEED] / years,
        "survivors": headline[..., Count.SURVIVAL] / years,
        "lives": (headline[..., Count.SURVIVAL] + headline[..., Count.NOT_ARISEN]) / years,
        "survival": ratio(headline[..., Count.SURVIVAL], need),
        "response_mean": ratio(urgent[..., Count.RESPONSE_MINUTES], urgent[..., Count.SERVED]),
        "help_mean": ratio(headline[..., Count.HELP_MINUTES], need - nobody),
        "accepted_share": ratio(headline[..., Count.ACCEPTED_ANY], need),
        "volunteer_first_share": ratio(headline[..., Count.VOLUNTEER_FIRST], need),
        "not_reached_share": ratio(lost, whole[..., Count.NEED]),
        "repeat_share": ratio(whole[..., Count.REPEAT], whole[..., Count.SERVED]),
        "survivors_drawn": headline[..., Count.SURVIVED] / years,
    }
    for k, kind in enumerate(ids):
        of_kind = counts[:, :, k]
        columns[f"response_mean@{kind}"] = ratio(
            of_kind[..., Count.RESPONSE_MINUTES], of_kind[..., Count.SERVED]
        )
    return columns


def _add_quantiles(columns: dict[str, Floats], tape: Tape) -> None:
    """Add the 90th centile of urgent response, for everyone and own fifths; elsewhere NaN."""
    p90 = np.full_like(columns["need"], np.nan)
    told = tape.quantiles[:, -1, 1::2]
    p90[:, : told.shape[1]] = told[:, : p90.shape[1]]
    columns["response_p90"] = p90


def _add_whole(
    columns: dict[str, Floats],
    tape: Tape,
    counts: Floats,
    lowered: Lowered,
    brief: Brief,
    span: Span,
    cost: YearlyCost,
) -> None:
    """Add outcomes of the service as a whole: crews' load, cost, unpaid hours."""
    years = (span.end_minutes - span.warm_minutes) / 525_600.0
    totals = tape.totals
    busy = (
        totals[:, Total.TRAVEL_MINUTES] + totals[:, Total.SCENE_MINUTES] + totals[:, Total.HOSPITAL_MINUTES]
    )
    duty = totals[:, Total.DUTY_MINUTES]
    accepted = counts[:, 0, :, Count.ACCEPTED].sum(1) / years
    calls = counts[:, 0, :, Count.NEED].sum(1) / years
    whole = {
        "busy_share": ratio(busy, duty),
        "cost_public": cost.public_gbp + calls * lowered.values["money.gbp_per_call"],
        "cost_grants": np.full(len(totals), cost.roles_paid_by_grants_gbp),
        "unpaid_hours": accepted * lowered.values["money.volunteer_minutes"] / 60.0,
    }
    whole["unpaid_value"] = whole["unpaid_hours"] * lowered.values["money.volunteer_gbp_per_hour"]
    for name, values in whole.items():
        columns[name] = np.full_like(columns["need"], np.nan)
        columns[name][:, 0] = values


def run(
    lowered: Lowered,
    brief: Brief,
    seed: int,
    lucks: Sequence[int],
    cost: YearlyCost,
    work: Workspace | None,
    everyone_only: bool = False,
) -> tuple[RunRows, Workspace]:
    """Return the outcomes of one plan for each replicate number, and the working memory to use again."""
    span = span_of(brief)
    room = room_for(lowered.plan, span, work)
    return simulate(lowered, brief, span, seed, lucks, cost, room, everyone_only), room
