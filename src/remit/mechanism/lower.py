"""Lowering: (Design, Brief, Scenario) to Plan, the one product the kernel runs."""

import math
from collections.abc import Sequence

import numpy as np

from remit.briefs.brief import Brief, KindOfRequest
from remit.briefs.fifths import N_FIFTHS
from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import Catalogue
from remit.design.design import Design
from remit.ground.faults import fail
from remit.kernel.alias import alias_table
from remit.kernel.elementary import lognormal_sigma
from remit.kernel.layout import MINUTE_TICKS, N_GROUPS, Curve, Floats, Hour, Kind, Plan, Scalar, Span
from remit.kernel.layout import Zone as ZoneColumn
from remit.mechanism.crewing import crew_rows, duty_minutes, skill_bits
from remit.mechanism.effect import Effects
from remit.mechanism.geography import (
    birth_rates,
    cumulative_groups,
    travel_minutes,
    volunteers_by_group,
    zone_rows,
)
from remit.mechanism.routing import PATCHES, check_patches, check_way, patch_ranks, route_scalars, self_share
from remit.mechanism.uptake import has_uptake, uptake_plan
from remit.mechanism.values import Lowered, Values, on_a_date, values_of

NIGHT = frozenset({23, 0, 1, 2, 3, 4, 5, 6})
RUSH = frozenset(range(7, 19))
DAY_MINUTES = 1440.0
YEAR_MINUTES = 525_600.0
MOST_CANDIDATES = 3_500.0  # the kernel looks at 4,096
BIN_MINUTES = {"response": 1.0, "reports": 180.0}  # times are told up to ten hours, or up to 75 days
DAYS_A_WEEK = 7

SCALARS: dict[Scalar, str] = {
    Scalar.DISPATCH_MINUTES: "call.dispatch_minutes",
    Scalar.TURNOUT_MINUTES: "crews.turnout_minutes",
    Scalar.TRAVEL_FACTOR: "crews.travel_factor",
    Scalar.RETURN_FACTOR: "crews.return_factor",
    Scalar.DIVERT_SAVING_MINUTES: "crews.divert_saving_minutes",
    Scalar.ALERT_DELAY_MINUTES: "alert.delay_minutes",
    Scalar.ALERT_RADIUS_M: "alert.radius_m",
    Scalar.ALERT_MAX: "alert.most_alerted",
    Scalar.ALERT_CEILING_PER_KM2: "alert.ceiling_per_km2",
    Scalar.ALERT_SEE_SHARE: "alert.see_share",
    Scalar.ALERT_ACCEPT_SHARE: "alert.accept_share",
    Scalar.ALERT_TURNOUT_MINUTES: "alert.turnout_minutes",
    Scalar.ALERT_M_PER_MINUTE: "alert.speed_m_per_minute",
    Scalar.ALERT_CIRCUITY: "alert.circuity",
    Scalar.ALERT_DEFIBRILLATOR_SHARE: "alert.defibrillator_share",
    Scalar.ALERT_DEFIBRILLATOR_MINUTES: "alert.defibrillator_minutes",
    Scalar.ALERT_FATIGUE: "alert.fatigue_per_alert",
    Scalar.BYSTANDER_CPR_SHARE: "bystander.cpr_share",
    Scalar.BYSTANDER_CPR_MINUTES: "bystander.cpr_minutes",
    Scalar.BYSTANDER_SHOCK_SHARE: "bystander.shock_share",
    Scalar.BYSTANDER_SHOCK_MINUTES: "bystander.shock_minutes",
    Scalar.TO_PATIENT_MINUTES: "outcome.to_patient_minutes",
    Scalar.ATTACH_MINUTES: "outcome.attach_minutes",
    Scalar.COLLAPSE_TO_CALL_MINUTES: "outcome.collapse_to_call_minutes",
    Scalar.SEVERE_SHARE: "outcome.severe_share",
}
KIND_NUMBERS: dict[Kind, str] = {
    Kind.REACH_SHARE: "reach_share",
    Kind.AWAY_RETURN_SHARE: "away_return_share",
    Kind.AWAY_RETURN_MINUTES: "away_return_minutes",
    Kind.CALL_MINUTES: "call_minutes",
    Kind.UNDER_SHARE: "under_share",
    Kind.OVER_SHARE: "over_share",
    Kind.SCENE_MINUTES: "scene_minutes",
    Kind.CONVEY_SHARE: "convey_share",
    Kind.HANDOVER_MINUTES: "handover_minutes",
    Kind.SELF_MINUTES: "self_minutes",
    Kind.REPEAT_SHARE: "repeat_share",
    Kind.REPEAT_MINUTES: "repeat_minutes",
    Kind.CLOCK_MINUTES: "clock_minutes",
    Kind.TARGET_MINUTES: "target_minutes",
}
KIND_SPREADS: dict[Kind, str] = {
    Kind.CALL_SIGMA: "call_cv",
    Kind.SCENE_SIGMA: "scene_cv",
    Kind.HANDOVER_SIGMA: "handover_cv",
    Kind.TRAVEL_SIGMA: "travel_cv",
}
CURVE_NUMBERS: dict[Curve, str] = {
    Curve.INTERCEPT: "intercept",
    Curve.CPR: "cpr",
    Curve.SHOCK: "shock",
    Curve.CREW: "crew",
    Curve.FLOOR: "floor",
}


def lower(
    design: Design, today: Design, brief: Brief, scenario: Scenario, effects: Effects, catalogue: Catalogue
) -> Lowered:
    """Return the plan of a design in a scenario.

    Raises:
        Faults: MEC001 a way of finding help that this family does not have, or of which the brief says nothing,
            MEC002 and MEC003 a ceiling passed, MEC005 a parameter out of bounds.
    """
    values = values_of(design, today, brief, scenario, effects, catalogue)
    check_way(values, brief, f'design "{design.id}"')
    dated = _dated(brief, values, design.id)
    later = [(int(minute / DAY_MINUTES) // DAYS_A_WEEK, v) for minute, v in dated]
    drives = brief.measures == "reports" and has_uptake(values)
    uptake = uptake_plan(values, brief, later) if drives else None
    return Lowered(plan_of([(0.0, values), *dated], brief, design.id), values, uptake)


def plan_of(segments: Sequence[tuple[float, Values]], brief: Brief, name: str) -> Plan:
    """Return the plan of a service whose numbers change on dates: (first minute, values) in order.

    What cannot change on a date is taken from the first segment, and where volunteers stand from the first in
    which they are called.

    Raises:
        Faults: MEC002 and MEC003 a ceiling passed, MEC006 too many people in reach of an alert, MEC010 a patch
            without a crew that it needs.
    """
    values = segments[0][1]
    rates = birth_rates(brief, values)
    keep, alias = alias_table(rates.ravel())
    travel = travel_minutes(brief, values)
    n_crews = max(len(duty_minutes(brief, _crews(v))) for _, v in segments)
    alerted = next((v for _, v in segments if _has_alert(v)), values)
    by_group = volunteers_by_group(brief, alerted) if _has_alert(alerted) else np.ones(N_GROUPS)
    hours = _hours(brief, alerted, float(rates.sum()))
    scalars = np.array([_scalars(brief, v) for _, v in segments])
    zones = zone_rows(brief, travel)
    _check_ceiling(scalars, by_group, hours, zones, name)
    crews = crew_rows(brief, values, n_crews)
    by_patch = any(v.route == PATCHES for _, v in segments)
    patches = patch_ranks(brief, crews) if by_patch else np.zeros((0, 0), np.int64)
    plan = Plan(
        segment_ticks=np.array([int(m) * MINUTE_TICKS for m, _ in segments], np.int64),
        scalars=scalars,
        kinds=np.array([[_kind(brief, k, v) for k in brief.kinds] for _, v in segments]),
        cell_keep=keep,
        cell_alias=alias,
        hours=hours,
        zones=zones,
        groups=cumulative_groups(brief),
        group_alert=by_group,
        travel=travel,
        crews=crews,
        crew_minutes=np.array([duty_minutes(brief, _crews(v), n_crews) for _, v in segments]),
        curve=_curve(brief, values),
        day_cv=np.array([values["demand.day_cv"]]),
        patches=patches,
        missed=np.zeros((0, N_FIFTHS)),
    )
    check_patches(plan, name)
    return plan


def span_of(brief: Brief) -> Span:
    """Return when runs of a brief measure, in minutes."""
    warm = brief.warm_up_days * DAY_MINUTES
    return Span(warm, warm + brief.days * DAY_MINUTES)


def _has_alert(values: Values) -> bool:
    return values["alert.on"] * values["alert.people"] > 0.5


def _crews(values: Values) -> float:
    return values["crews.number"] * (1.0 - values["crews.vacancy_share"])


def _dated(brief: Brief, values: Values, design: str) -> list[tuple[float, Values]]:
    """Return (first minute, values) of each dated change, each on top of those before it."""
    segments = []
    current = values
    for change in sorted((c for c in brief.changes if c.happens_to(design)), key=lambda c: c.day):
        current = on_a_date(current, change.multiply)
        segments.append(((brief.warm_up_days + change.day - 1) * DAY_MINUTES, current))
    return segments


def fitted_density(brief: Brief, values: Values) -> float:
    """Return volunteers per km2 at which the brief's share of requests has an accepted alert.

    The brief's radius, seeing and accepting are those before any effect: the published share
    identifies their product with density only. It is a share of all such requests; alerts go out
    for those recognised on the phone.
    """
    alertable = [f"kinds.{k.id}." for k in brief.kinds if k.is_alertable]
    weights = [values.steps[k + "incidence"][0].value for k in alertable]
    missed = [values.steps[k + "under_share"][0].value for k in alertable]
    recognised = 1.0 - sum(w * m for w, m in zip(weights, missed, strict=True)) / (sum(weights) or 1.0)
    before = {
        n: values.steps[f"alert.{n}"][0].value
        for n in ("accepted_share", "radius_m", "see_share", "accept_share")
    }
    accepted_each = -math.log(1.0 - min(0.999, before["accepted_share"] / recognised))
    area_km2 = math.pi * (before["radius_m"] / 1000.0) ** 2
    return accepted_each / (area_km2 * before["see_share"] * before["accept_share"])


def _scalars(brief: Brief, values: Values) -> Floats:
    row = np.zeros(len(Scalar))
    for column, name in SCALARS.items():
        row[column] = values[name]
    for column, value in route_scalars(values).items():
        row[column] = value
    row[Scalar.BIN_MINUTES] = BIN_MINUTES[brief.measures]
    row[Scalar.ALERT_ON] = values["alert.on"] * values["alert.people"]
    row[Scalar.ALERT_DENSITY_PER_KM2] = fitted_density(brief, values) * values["alert.pool_factor"]
    row[Scalar.ALERT_SPEED_SIGMA] = lognormal_sigma(values["alert.speed_cv"])
    row[Scalar.ALERT_LAPSE_PER_MINUTE] = values["alert.lapse_per_year"] / YEAR_MINUTES
    if row[Scalar.ALERT_ON] < 0.5:
        row[Scalar.ALERT_ON : Scalar.ALERT_FATIGUE + 1] = 0.0  # nothing of a pool that is not called
    return row


def _kind(brief: Brief, kind: KindOfRequest, values: Values) -> Floats:
    base = f"kinds.{kind.id}."
    row = np.zeros(len(Kind))
    for column, name in KIND_NUMBERS.items():
        row[column] = values[base + name]
    for column, name in KIND_SPREADS.items():
        row[column] = lognormal_sigma(values[base + name])
    need = values[base + "need_factor"] / values["demand.ceiling_factor"]
    if need > 1.0 + 1e-12:
        raise fail("MEC003", f"{need:.3f} times the ceiling", path=base + "need_factor")
    patience = values[base + "patience_minutes"]
    bits = skill_bits(brief)
    row[Kind.SELF_SHARE] = self_share(values, kind.id)
    row[Kind.NEED_SHARE] = min(1.0, need)
    row[Kind.PRIORITY] = kind.priority
    row[Kind.UNDER_PRIORITY] = kind.under_priority
    row[Kind.OVER_PRIORITY] = kind.over_priority
    row[Kind.PATIENCE_MINUTES] = patience if math.isfinite(patience) else math.nan
    row[Kind.NEEDS] = sum(bits[s] for s in kind.needs)
    row[Kind.ALERTABLE] = kind.is_alertable
    row[Kind.DIVERTS] = kind.diverts
    row[Kind.HAS_OUTCOME] = kind.has_outcome
    row[Kind.URGENT] = kind.id in brief.urgent_kinds
    return row


def _curve(brief: Brief, values: Values) -> Floats:
    rows = np.zeros((2, len(Curve)))
    chosen = values.answers.get("outcome.curve")
    for curve in brief.curves:
        if curve.id != chosen:
            continue
        for r, severity in enumerate(("severe", "other")):
            for column, name in CURVE_NUMBERS.items():
                rows[r, column] = values[f"curves.{curve.id}.{severity}_{name}"]
            rows[r, Curve.LOGISTIC] = curve.is_logistic
            rows[r, Curve.FROM_COLLAPSE] = curve.from_collapse
            rows[r, Curve.AT_ADDRESS] = curve.at_address
    return rows


def _hours(brief: Brief, values: Values, births_per_minute: float) -> Floats:
    """Return ``(3, 168)``: births, driving, and volunteers by hour of the week (mean 1 over births)."""
    births = np.array(brief.hour_weights)
    rush = [values["crews.rush_factor"] if h // 24 < 5 and h % 24 in RUSH else 1.0 for h in range(168)]
    night = values["alert.night_factor"] if _has_alert(values) else 1.0
    people = np.array([night if h % 24 in NIGHT else 1.0 for h in range(168)])
    rows = np.zeros((len(Hour), 168))
    rows[Hour.BIRTHS_PER_MINUTE] = births * births_per_minute
    rows[Hour.TRAVEL_FACTOR] = rush
    rows[Hour.ALERT_FACTOR] = people / float((people * births).sum() / births.sum())
    return rows


def _check_ceiling(scalars: Floats, by_group: Floats, hours: Floats, zones: Floats, design: str) -> None:
    factors = by_group.max() * hours[Hour.ALERT_FACTOR].max() * zones[:, ZoneColumn.ALERT_FACTOR].max()
    most = float(scalars[:, Scalar.ALERT_DENSITY_PER_KM2].max() * factors)
    ceiling = float(scalars[:, Scalar.ALERT_CEILING_PER_KM2].max())
    if scalars[:, Scalar.ALERT_ON].max() > 0.5 and most > ceiling:
        raise fail(
            "MEC002",
            f'{most:.1f} per km2 in design "{design}", ceiling {ceiling:g}',
            path="alert.pool_factor",
        )
    candidates = math.pi * (float(scalars[:, Scalar.ALERT_RADIUS_M].max()) / 1000.0) ** 2 * ceiling
    if candidates > MOST_CANDIDATES:
        raise fail("MEC006", f'{candidates:,.0f} on average in design "{design}"', path="alert.radius_m")
