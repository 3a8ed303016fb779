"""A response brief about things to put right, simulated: uptake first, then reports and crews, then what it costs."""

from collections.abc import Sequence

import numpy as np

from remit.briefs.brief import Brief
from remit.briefs.fifths import N_FIFTHS
from remit.ground.faults import fail
from remit.kernel.batch import run_plan
from remit.kernel.layout import Count, Floats, Span, Tape, Total, Workspace
from remit.mechanism.cost import YearlyCost
from remit.mechanism.lower import BIN_MINUTES, span_of
from remit.mechanism.values import Lowered
from remit.simulate.response import groups_of, room_for
from remit.simulate.rows import RunRows, ratio
from remit.simulate.usage import (
    active_share,
    contacts_per_need,
    driven_plan,
    reach_by_week,
    users_by_week,
    weeks_of,
)

DAY_MINUTES = 1440.0
YEAR_MINUTES = 525_600.0
MONTHS_A_YEAR = 12.0
CHANNELS = ("phone", "online", "app")

Columns = dict[str, Floats]


def run(
    lowered: Lowered,
    brief: Brief,
    seed: int,
    lucks: Sequence[int],
    cost: YearlyCost,
    work: Workspace | None,
    everyone_only: bool = False,
) -> tuple[RunRows, Workspace]:
    """Return the outcomes of one plan for each replicate number, and the working memory to use again.

    Raises:
        Faults: SIM001 if more needs arise than the averages leave room for.
    """
    span = span_of(brief)
    room = room_for(lowered.plan, span, work)
    users = users_by_week(lowered, brief, seed, lucks)
    tape = _driven(lowered, span, seed, lucks, active_share(users, brief), room)
    if tape.totals[:, Total.OVERFLOW].any():
        raise fail("SIM001", f"{len(room.requests):,} people")
    return name_outcomes(tape, users, lowered, brief, span, cost, everyone_only), room


def _driven(
    lowered: Lowered, span: Span, seed: int, lucks: Sequence[int], share: Floats, room: Workspace
) -> Tape:
    """Return the tape of each replicate under its own uptake; all in one go where there is none."""
    if lowered.uptake is None:
        return run_plan(lowered.plan, span, seed, np.asarray(lucks, np.int64), room)
    propensity = lowered.values["reports.app_propensity"]
    tapes = [
        run_plan(driven_plan(lowered.plan, one, propensity), span, seed, np.array([luck], np.int64), room)
        for luck, one in zip(lucks, share, strict=True)
    ]
    return Tape(*(np.concatenate(parts) for parts in zip(*tapes, strict=True)))


def name_outcomes(
    tape: Tape,
    users: Floats,
    lowered: Lowered,
    brief: Brief,
    span: Span,
    cost: YearlyCost,
    everyone_only: bool = False,
) -> RunRows:
    """Return named outcomes: everyone, own fifths, national fifths, zones inside, months."""
    parts = groups_of(tape, brief, span, everyone_only)
    counts = np.stack([c for _, c in parts], axis=1)  # (R, G, K, counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = _columns(counts, brief, span)
        _add_quantiles(columns, tape)
        _add_contacts(columns, tape, users, lowered, brief, span)
        _add_users(columns, users, brief)
        _add_whole(columns, tape, counts, lowered, span, cost, users[:, brief.warm_up_days // 7 :])
    return RunRows(tuple(name for name, _ in parts), columns, tape.chart[:, 0, :0])


def _years(span: Span) -> float:
    return (span.end_minutes - span.warm_minutes) / YEAR_MINUTES


TOLD = [int(c) for c in (Count.SERVED, Count.ABANDONED, Count.HELD, Count.SELF)]


def _arisen(counts: Floats) -> Floats:
    """Return all that arose, what came back counted again: whatever ended, reported or not."""
    arisen: Floats = counts[..., TOLD].sum(-1) + counts[..., Count.NOT_REACHED]
    return arisen


def _fixed(counts: Floats) -> Floats:
    """Return the share put right in time."""
    over: Floats = counts[..., Count.WITHIN_TARGET] + counts[..., Count.SELF_WITHIN]
    return ratio(over, _arisen(counts))


def _columns(counts: Floats, brief: Brief, span: Span) -> Columns:
    """Return the outcomes that are ratios of counts, NaN where there was nothing."""
    ids = [k.id for k in brief.kinds]
    together = counts[:, :, [ids.index(k) for k in brief.urgent_kinds]].sum(2)
    whole = counts.sum(2)
    arisen = _arisen(whole)
    open_ = whole[..., Count.ABANDONED] + whole[..., Count.HELD]
    columns = {
        "need": whole[..., Count.NEED] / _years(span),
        "fixed_share": _fixed(whole),
        "reported_share": 1.0 - ratio(whole[..., Count.NOT_REACHED], arisen),
        "not_reached_share": ratio(whole[..., Count.NOT_REACHED] + open_, arisen),
        "self_share": ratio(whole[..., Count.SELF], arisen),
        "wait_days": ratio(together[..., Count.RESPONSE_MINUTES], together[..., Count.SERVED]) / DAY_MINUTES,
        "repeat_share": ratio(whole[..., Count.REPEAT], whole[..., Count.SERVED]),
    }
    for k, kind in enumerate(ids):
        columns[f"fixed_share@{kind}"] = _fixed(counts[:, :, k])
    return columns


def _add(columns: Columns, name: str, told: Floats) -> None:
    """Add an outcome told for everyone and own fifths ``(R, up to 6)``; elsewhere NaN."""
    column = np.full_like(columns["need"], np.nan)
    column[:, : told.shape[1]] = told[:, : column.shape[1]]
    columns[name] = column


def _add_quantiles(columns: Columns, tape: Tape) -> None:
    _add(columns, "wait_days_p90", tape.quantiles[:, -1, 1::2] * BIN_MINUTES["reports"] / DAY_MINUTES)


def _add_contacts(
    columns: Columns, tape: Tape, users: Floats, lowered: Lowered, brief: Brief, span: Span
) -> None:
    """Add reports by channel and those that were not needed."""
    share = active_share(users, brief)
    each = contacts_per_need(share, reach_by_week(lowered.plan, weeks_of(brief)), lowered.values)
    weights = _week_weights(tape, brief, span)[..., None]  # (R, K, W, 1)
    n_runs, n_kinds = tape.by_group.shape[:2]
    fifths = tape.by_group.reshape(n_runs, n_kinds, N_FIFTHS, N_FIFTHS, len(Count)).sum(3)
    reported = fifths[..., TOLD].sum(-1)
    # what settles itself is never reported to us
    ours = 1.0 - np.nan_to_num(fifths[..., Count.SELF] / reported)
    need = _arisen(fifths) * ours / _years(span)
    told = {
        name: ((getattr(each, name) * weights).sum(2) * need).sum(1) for name in (*CHANNELS, "duplicates")
    }
    for name in CHANNELS:
        _add(columns, f"contacts_{name}", _with_everyone(told[name]))
    _add(columns, "contacts", _with_everyone(told["phone"] + told["online"] + told["app"]))
    _add(columns, "duplicate_reports", _with_everyone(told["duplicates"]))


def _with_everyone(by_fifth: Floats) -> Floats:
    return np.concatenate([by_fifth.sum(1, keepdims=True), by_fifth], axis=1)


def _week_weights(tape: Tape, brief: Brief, span: Span) -> Floats:
    """Return ``(R, K, W)`` the share of what arose in each week: months as counted, weeks of a month alike."""
    weeks = weeks_of(brief)
    middle = (np.arange(weeks) + 0.5) * 7.0 * DAY_MINUTES
    month = ((middle - span.warm_minutes) // (YEAR_MINUTES / MONTHS_A_YEAR)).astype(int)
    inside = (middle >= span.warm_minutes) & (middle < span.end_minutes)
    month = np.clip(month, 0, tape.by_month.shape[1] - 1)
    in_month = np.bincount(month[inside], minlength=tape.by_month.shape[1])
    need = tape.by_month[..., Count.NEED].transpose(0, 2, 1)  # (R, K, M)
    spread = need[..., month] / np.maximum(in_month[month], 1) * inside
    total = spread.sum(-1, keepdims=True)
    even: Floats = inside / max(1, inside.sum())
    return np.where(total > 0.0, spread / np.where(total > 0.0, total, 1.0), even)


def _add_users(columns: Columns, users: Floats, brief: Brief) -> None:
    """Add the people who use the app, at the end and in the measured week with most of them."""
    measured = users[:, brief.warm_up_days // 7 :]
    _add(columns, "app_users", _with_everyone(users[:, -1]))
    peaks = np.concatenate([measured.sum(2).max(1)[:, None], measured.max(1)], axis=1)
    _add(columns, "app_users_peak", peaks)


def _add_whole(
    columns: Columns,
    tape: Tape,
    counts: Floats,
    lowered: Lowered,
    span: Span,
    cost: YearlyCost,
    users: Floats,
) -> None:
    """Add outcomes of the service as a whole; an app costs while it has users."""
    totals, values = tape.totals, lowered.values
    busy = totals[:, [Total.TRAVEL_MINUTES, Total.SCENE_MINUTES, Total.HOSPITAL_MINUTES]].sum(1)
    everyone = counts[:, 0].sum(1) / _years(span)
    whole = {
        f"handling_{c}": columns[f"contacts_{c}"][:, 0] * values[f"money.gbp_per_{c}_report"]
        for c in CHANNELS
    }
    whole["handling"] = whole["handling_phone"] + whole["handling_online"] + whole["handling_app"]
    requests = everyone[:, TOLD].sum(1) - everyone[:, Count.SELF]
    alive = (users.sum(axis=2) > 0.0).mean(axis=1)
    app = alive * values["money.app_gbp_per_year"] if lowered.uptake is not None else 0.0
    calls = requests * values["money.gbp_per_call"]
    hours = everyone[:, Count.SELF] * values["money.self_minutes"] / 60.0
    hours += everyone[:, Count.ACCEPTED] * values["money.volunteer_minutes"] / 60.0
    whole |= {
        "busy_share": ratio(busy, totals[:, Total.DUTY_MINUTES]),
        "cost_public": cost.public_gbp + whole["handling"] + calls + app,
        "cost_grants": np.full(len(totals), cost.roles_paid_by_grants_gbp),
        "unpaid_hours": hours,
        "unpaid_value": hours * values["money.volunteer_gbp_per_hour"],
    }
    for name, told in whole.items():
        columns[name] = np.full_like(columns["need"], np.nan)
        columns[name][:, 0] = told
