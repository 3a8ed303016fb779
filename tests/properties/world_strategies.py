"""Strategies for whole worlds: small plans in which every mechanism of the kernel may be on at once."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from remit.kernel.batch import make_workspace, run_plan
from remit.kernel.layout import N_GROUPS, Plan, Span, Tape, Workspace
from worlds import make_plan

TICK = 32768
GUARD = 100_000  # more entries than a run of these worlds could write
SKILLS = 3
SHARE = st.floats(0.0, 1.0, width=32)
SHIFTS = st.sampled_from([0.0, 240.0, 480.0, 720.0, 1440.0])


@st.composite
def kinds(draw: Any) -> dict[str, float]:
    """A kind of request: any mix of door, triage, patience, conveyance, diversion and repeat demand."""
    scene_sigma = draw(st.sampled_from([0.0, 0.6, -1.0]))
    return {
        "PRIORITY": draw(st.integers(0, 3)),
        "NEED_SHARE": draw(st.sampled_from([1.0, 0.7, 0.2])),
        "REACH_SHARE": draw(st.sampled_from([1.0, 0.8, 0.3])),
        "AWAY_RETURN_SHARE": draw(SHARE),
        "AWAY_RETURN_MINUTES": draw(st.floats(1.0, 600.0)),
        "CALL_MINUTES": draw(st.sampled_from([0.0, 2.0])),
        "CALL_SIGMA": draw(st.sampled_from([0.0, 0.5, -1.0])),
        "UNDER_SHARE": draw(st.sampled_from([0.0, 0.2])),
        "UNDER_PRIORITY": draw(st.integers(0, 3)),
        "OVER_SHARE": draw(st.sampled_from([0.0, 0.3])),
        "OVER_PRIORITY": draw(st.integers(0, 3)),
        "SCENE_MINUTES": draw(st.floats(0.0, 400.0)),
        "SCENE_SIGMA": scene_sigma,
        "CONVEY_SHARE": draw(st.sampled_from([0.0, 0.5, 1.0])),
        "HANDOVER_MINUTES": draw(st.floats(0.0, 60.0)),
        "HANDOVER_SIGMA": draw(st.sampled_from([0.0, 0.4])),
        "TRAVEL_SIGMA": draw(st.sampled_from([0.0, 0.3, -1.0])),
        "PATIENCE_MINUTES": draw(st.sampled_from([np.nan, 0.0, 30.0, 400.0])),
        "REPEAT_SHARE": draw(st.sampled_from([0.0, 0.3, 0.6])),
        "REPEAT_MINUTES": draw(st.floats(0.0, 1000.0)),
        "NEEDS": draw(st.integers(0, SKILLS)),
        "ALERTABLE": draw(st.integers(0, 1)),
        "DIVERTS": draw(st.integers(0, 1)),
        "HAS_OUTCOME": draw(st.integers(0, 1)),
        "CLOCK_MINUTES": draw(st.sampled_from([0.0, 1.5])),
    }


@st.composite
def crews(draw: Any, n_zones: int) -> dict[str, float]:
    """A crew: base, skills, when it starts, on which days, and its break."""
    return {
        "BASE": draw(st.integers(0, n_zones - 1)),
        "SKILLS": draw(st.integers(0, SKILLS)) | draw(st.sampled_from([0, SKILLS])),
        "START_MINUTE": 60.0 * draw(st.integers(0, 23)),
        "DAYS": draw(st.sampled_from([127, 31, 96, 85])),
        "BREAK_AFTER_MINUTES": draw(st.sampled_from([60.0, 200.0])),
        "BREAK_MINUTES": draw(st.sampled_from([0.0, 30.0])),
    }


ALERTS = {
    "ALERT_ON": 1.0,
    "ALERT_DELAY_MINUTES": 0.5,
    "ALERT_RADIUS_M": 900.0,
    "ALERT_MAX": 1000.0,
    "ALERT_DENSITY_PER_KM2": 2.0,
    "ALERT_CEILING_PER_KM2": 8.0,
    "ALERT_SEE_SHARE": 0.8,
    "ALERT_ACCEPT_SHARE": 0.6,
    "ALERT_TURNOUT_MINUTES": 0.7,
    "ALERT_M_PER_MINUTE": 90.0,
    "ALERT_SPEED_SIGMA": 0.3,
    "ALERT_CIRCUITY": 1.3,
    "ALERT_DEFIBRILLATOR_SHARE": 0.4,
    "ALERT_DEFIBRILLATOR_MINUTES": 0.5,
    "TO_PATIENT_MINUTES": 1.0,
    "ATTACH_MINUTES": 1.0,
    "COLLAPSE_TO_CALL_MINUTES": 1.5,
    "BYSTANDER_CPR_SHARE": 0.5,
    "BYSTANDER_CPR_MINUTES": 2.0,
    "BYSTANDER_SHOCK_SHARE": 0.1,
    "BYSTANDER_SHOCK_MINUTES": 4.0,
    "SEVERE_SHARE": 0.3,
}
FALLING_CURVES = (
    {"LOGISTIC": 1.0, "INTERCEPT": -0.3, "CPR": -0.1, "SHOCK": -0.15, "CREW": -0.05, "FROM_COLLAPSE": 1.0},
    {"LOGISTIC": 0.0, "INTERCEPT": 0.7, "CPR": -0.02, "SHOCK": -0.05, "CREW": -0.01, "FLOOR": 0.01},
)


@st.composite
def places(draw: Any, n_zones: int) -> dict[str, Any]:
    """Zones, the drives between them, who lives there, and what holds for the whole service."""
    minutes = st.floats(0.0, 40.0, width=32)
    n_cells = n_zones * n_zones
    drives = draw(st.lists(minutes, min_size=n_cells, max_size=n_cells))
    groups = np.zeros((n_zones, N_GROUPS))
    for zone in range(n_zones):
        groups[zone, draw(st.integers(0, N_GROUPS - 1))] += 0.75
        groups[zone, draw(st.integers(0, N_GROUPS - 1))] += 0.25
    return {
        "travel": np.array(drives).reshape(n_zones, n_zones),
        "groups": groups,
        "zones": [
            {
                "INSIDE": draw(st.integers(0, 1)),
                "HOSPITAL_MINUTES": draw(minutes),
                "HOSPITAL_ZONE": draw(st.integers(0, n_zones - 1)),
                "ALERT_FACTOR": draw(st.sampled_from([0.5, 1.0, 2.0])),
            }
            for _ in range(n_zones)
        ],
        "scalars": ALERTS
        | {
            "DISPATCH_MINUTES": draw(st.sampled_from([0.0, 0.5])),
            "TURNOUT_MINUTES": draw(st.sampled_from([0.0, 1.0])),
            "TRAVEL_FACTOR": draw(st.sampled_from([1.0, 1.7])),
            "RETURN_FACTOR": draw(st.sampled_from([0.0, 1.0])),
            "DIVERT_SAVING_MINUTES": draw(st.sampled_from([0.0, 5.0])),
            "ALERT_ON": draw(st.integers(0, 1)),
            "ALERT_FATIGUE": draw(st.sampled_from([0.0, 0.1])),
        },
    }


@st.composite
def worlds(draw: Any, n_segments: int = 1) -> dict[str, Any]:
    """Keywords for ``make_plan``: up to four zones, three kinds and five crews."""
    n_zones, n_kinds, n_crews = (draw(st.integers(1, most)) for most in (4, 3, 5))
    n_cells = n_zones * n_kinds
    rates = draw(st.lists(st.floats(0.0001, 0.01), min_size=n_cells, max_size=n_cells))
    minutes = draw(st.lists(SHIFTS, min_size=n_segments * n_crews, max_size=n_segments * n_crews))
    every_kind = st.lists(kinds(), min_size=n_kinds, max_size=n_kinds)
    return draw(places(n_zones)) | {
        "rates": np.array(rates).reshape(n_zones, n_kinds),
        "kinds_by_segment": [draw(every_kind) for _ in range(n_segments)],
        "crews": [draw(crews(n_zones)) for _ in range(n_crews)],
        "crew_minutes": np.array(minutes).reshape(n_segments, n_crews),
        "segment_minutes": [2000.0 * s for s in range(n_segments)],
        "curve": FALLING_CURVES,
        "day_cv": draw(st.sampled_from([0.0, 0.4])),
    }


def guarded(plan: Plan, span: Span, log_rows: int = 200_000) -> tuple[Workspace, np.ndarray]:
    """Return working memory whose calendar is followed by numbers that nobody may write over, and those."""
    work = make_workspace(plan, span, log_rows)
    room = len(work.heap)
    calendar = np.concatenate([work.heap, np.full(GUARD, -1)])
    return work._replace(heap=calendar[:room]), calendar[room:]


def logged(plan: Plan, span: Span, seed: int = 1, luck: int = 0) -> tuple[Tape, np.ndarray, Workspace]:
    """Return the tape, the event log and the working memory of one run."""
    work, guard = guarded(plan, span)
    tape = run_plan(plan, span, seed, np.array([luck]), work)
    assert (guard == -1).all(), "the calendar has outgrown its room"
    n_rows = int(work.state[3])
    assert n_rows < len(work.log), "the log is full"
    return tape, work.log[:n_rows], work


def plan_of(world: dict[str, Any], **changes: Any) -> Plan:
    """Return the plan of a world, some of its keywords changed."""
    return make_plan(**world | changes)
