"""Laws of the kernel that hold in every world: nobody is lost, no hour is made up, luck belongs to people."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from properties.world_strategies import FALLING_CURVES, SHIFTS, TICK, guarded, logged, plan_of, worlds
from remit.kernel.batch import run_plan
from remit.kernel.layout import Count, CrewPlan, Log, Plan, Span, Tape, Total, Zone
from worlds import make_plan

many = settings(
    derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
few = settings(many, max_examples=20)
SPREADS = st.sampled_from([0.0, 0.7, -1.0])
SPAN = Span(0.0, 4000.0)
LATE = Span(1500.0, 4000.0)
END = int(SPAN.end_minutes * TICK)
Spells = list[list[tuple[int, int]]]  # of each crew, from and to in ticks


def total(tape: Tape, name: str) -> float:
    """Return one total of a tape's first run."""
    return float(tape.totals[0, Total[name]])


def rows_of(log: np.ndarray, code: Log) -> np.ndarray:
    """Return the log's rows of one code."""
    return log[log[:, 1] == code]


def same_bits(one: Tape, other: Tape) -> bool:
    """Tell whether two tapes hold the same bits (NaN equals NaN)."""
    return all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


# -- people ------------------------------------------------------------------------------------------


@many
@given(worlds(n_segments=2))
def test_every_visit_begins_once_and_ends_once(world):
    tape, log, _ = logged(plan_of(world), SPAN)
    turned_away = len(rows_of(log, Log.NOT_REACHED))
    begun = total(tape, "BORN") + total(tape, "RETURNS")
    ended = sum(total(tape, name) for name in ("NOT_ARISEN", "ABANDONED", "SERVED", "HELD")) + turned_away
    assert begun == ended
    came_back_after_turned_away = turned_away - total(tape, "NOT_REACHED")
    last_clears = total(tape, "SERVED") - (total(tape, "RETURNS") - came_back_after_turned_away)
    people = (
        sum(total(tape, name) for name in ("NOT_ARISEN", "NOT_REACHED", "ABANDONED", "HELD")) + last_clears
    )
    assert total(tape, "BORN") == people
    assert total(tape, "OVERFLOW") == 0.0


@many
@given(worlds(n_segments=2))
def test_totals_are_the_log_counted(world):
    tape, log, _ = logged(plan_of(world), SPAN)
    pairs = {
        "BORN": Log.BIRTH,
        "NOT_ARISEN": Log.NOT_ARISEN,
        "ABANDONED": Log.ABANDON,
        "SERVED": Log.CLEAR,
        "RETURNS": Log.COME_BACK,
        "DIVERTED": Log.DIVERT,
        "QUEUED": Log.QUEUE,
    }
    counted = {name: len(rows_of(log, code)) for name, code in pairs.items()}
    assert {name: total(tape, name) for name in pairs} == counted
    assert total(tape, "ACCEPTANCES") == rows_of(log, Log.ALERT)[:, 3].sum()
    assert (np.diff(log[:, 0]) >= 0).all()


@many
@given(worlds(n_segments=2), st.sampled_from([SPAN, LATE]))
def test_groups_zones_and_months_count_the_same_people(world, span):
    plan = plan_of(world)
    tape, _, _ = logged(plan, span)
    by_kind = tape.by_group[0].sum(axis=1)
    inside = plan.zones[:, Zone.INSIDE] > 0.5
    np.testing.assert_allclose(tape.by_zone[0][inside].sum(axis=0), by_kind, rtol=1e-12)
    np.testing.assert_allclose(tape.by_month[0].sum(axis=0), by_kind, rtol=1e-12)
    assert not tape.by_zone[0][~inside].any()
    served = by_kind[:, Count.SERVED]
    np.testing.assert_array_equal(tape.chart[0, : len(served)].sum(axis=1), served)
    assert (by_kind[:, Count.WITHIN_TARGET] <= served).all()
    assert (by_kind[:, Count.ACCEPTED_ANY] <= by_kind[:, Count.ACCEPTED]).all()
    assert (by_kind[:, Count.ACCEPTED] <= by_kind[:, Count.ALERTED]).all()


@many
@given(worlds())
def test_what_is_measured_is_the_whole_where_all_of_it_is_inside(world):
    zones = [zone | {"INSIDE": 1} for zone in world["zones"]]
    tape, _, _ = logged(plan_of(world, zones=zones), SPAN)
    counts = tape.by_group[0].sum(axis=(0, 1))
    assert counts[Count.NEED] == total(tape, "BORN") - total(tape, "NOT_ARISEN")
    for name in ("NOT_REACHED", "ABANDONED", "SERVED", "HELD"):
        assert counts[Count[name]] == total(tape, name)
    assert counts[Count.REPEAT] <= total(tape, "RETURNS") + total(tape, "RETURNS_AFTER_END")


# -- hours -------------------------------------------------------------------------------------------


def timeline(log: np.ndarray, n_crews: int) -> tuple[Spells, Spells]:
    """Walk the log; fail if a crew is in two places. Return each crew's spells at work and on duty."""
    state: list[tuple[str, int]] = [("off", -1)] * n_crews
    since, duty_since = [0] * n_crews, [0] * n_crews
    work: Spells = [[] for _ in range(n_crews)]
    duty: Spells = [[] for _ in range(n_crews)]
    for tick, code, person, c in log.tolist():
        if c < 0 or code == Log.ALERT:
            continue
        was, job = state[c]
        if code == Log.ON_DUTY:
            assert was == "off"
            state[c], duty_since[c] = ("on", -1), tick
        elif code == Log.ASSIGN:
            assert was in ("on", "break"), "sent while at work or off duty"
            state[c], since[c] = ("work", person), tick
        elif code in (Log.CLEAR, Log.DIVERT):
            assert (was, job) == ("work", person), "clear of, or turned away from, a job that is not its own"
            work[c].append((since[c], tick))
            state[c] = ("on", -1)
        elif code == Log.BREAK:
            assert was in ("on", "break")
            state[c], since[c] = ("break", -1), tick
        elif code == Log.OFF_DUTY:
            assert was in ("on", "break"), "off duty with a job in hand"
            duty[c].append((duty_since[c], tick))
            state[c] = ("off", -1)
    for c in range(n_crews):
        if state[c][0] != "off":
            duty[c].append((duty_since[c], 1 << 60))
    return work, duty


def ends_of_shifts(plan: Plan, c: int, until: float) -> list[tuple[float, float]]:
    """Return the first and last minute of each shift of a crew that is not always on."""
    start, minutes = plan.crews[c, CrewPlan.START_MINUTE], plan.crew_minutes[0, c]
    days = int(plan.crews[c, CrewPlan.DAYS])
    on = [day for day in range(-1, int(until / 1440.0) + 9) if days >> day % 7 & 1 and minutes > 0.0]
    return [(1440.0 * day + start, 1440.0 * day + start + minutes) for day in on]


def minutes_until_end(spells: Spells) -> float:
    """Return the minutes of all spells, as far as they lie before the end of the run."""
    return sum(min(stop, END) - min(start, END) for some in spells for start, stop in some) / TICK


@many
@given(worlds(n_segments=2))
def test_a_crew_is_in_one_place_and_its_minutes_add_up(world):
    plan = plan_of(world)
    tape, log, _ = logged(plan, SPAN)
    work, duty = timeline(log, len(plan.crews))
    counted = sum(total(tape, name) for name in ("TRAVEL_MINUTES", "SCENE_MINUTES", "HOSPITAL_MINUTES"))
    assert minutes_until_end(work) == pytest.approx(counted, abs=1e-6)
    assert minutes_until_end(duty) == pytest.approx(total(tape, "DUTY_MINUTES"), abs=1e-6)
    for jobs, spells in zip(work, duty, strict=True):
        assert all(any(on <= start and stop <= off for on, off in spells) for start, stop in jobs)


@many
@given(worlds())
def test_nobody_is_sent_out_of_hours(world):
    plan = plan_of(world)
    _, log, _ = logged(plan, SPAN)
    turned = {(tick, c) for tick, _, _, c in rows_of(log, Log.DIVERT).tolist()}
    for tick, _, _, c in rows_of(log, Log.ASSIGN).tolist():
        # a crew that still drives when its shift is over may be turned round to something more urgent
        if plan.crew_minutes[0, c] < 1440.0 and (tick, c) not in turned:
            shifts = ends_of_shifts(plan, c, SPAN.end_minutes + 10080.0)
            assert any(first <= tick / TICK <= last for first, last in shifts)


@many
@given(worlds())
def test_a_break_is_not_work_and_lasts(world):
    plan = plan_of(world)
    _, log, _ = logged(plan, SPAN)
    for tick, _, _, c in rows_of(log, Log.BREAK).tolist():
        back = tick + int(plan.crews[c, CrewPlan.BREAK_MINUTES] * TICK)
        others = log[(log[:, 3] == c) & (log[:, 1] != Log.ALERT)]
        assert not ((others[:, 0] > tick) & (others[:, 0] < back)).any()


@few
@given(st.floats(10.0, 30.0), st.integers(0, 9))
def test_breaks_are_counted_until_the_end_as_duty_is(load, luck):
    crew = {"BREAK_AFTER_MINUTES": 60.0, "BREAK_MINUTES": 30.0}
    plan = make_plan(rates=[[load / 1440.0]], kinds=[{"SCENE_MINUTES": 144.0}], crews=[crew])
    tape, log, _ = logged(plan, SPAN, luck=luck)
    starts = rows_of(log, Log.BREAK)[:, 0].tolist()
    breaks = minutes_until_end([[(start, start + 30 * TICK) for start in starts]])
    assert total(tape, "BREAK_MINUTES") == pytest.approx(breaks)


@few
@given(SHIFTS, st.integers(0, 23), st.sampled_from([127, 31, 96]), st.integers(0, 9))
def test_duty_minutes_are_those_of_the_shifts_however_little_there_is_to_do(minutes, hour, days, luck):
    crew = {"START_MINUTE": 60.0 * hour, "DAYS": days}
    plan = make_plan(rates=[[1e-4]], kinds=[{"SCENE_MINUTES": 0.0}], crews=[crew], crew_minutes=[[minutes]])
    span = Span(0.0, 14400.0)
    tape, _, _ = logged(plan, span, luck=luck)
    shifts = ends_of_shifts(plan, 0, span.end_minutes) if minutes < 1440.0 else [(0.0, span.end_minutes)]
    planned = sum(max(0.0, min(last, span.end_minutes) - max(first, 0.0)) for first, last in shifts)
    assert total(tape, "DUTY_MINUTES") == pytest.approx(planned)


# -- crews -------------------------------------------------------------------------------------------


@many
@given(st.integers(1, 4), st.floats(0.3, 1.3), SPREADS, st.integers(0, 3), st.integers(0, 99))
def test_more_crews_never_lengthen_a_wait(n_crews, load, sigma, more, luck):
    # first come first served, crews alike, no drive: no one starts later (Kiefer and Wolfowitz 1955)
    waits = []
    for crews in (n_crews, n_crews + 1 + more):
        plan = make_plan(
            rates=[[load * n_crews / 40.0]],
            kinds=[{"SCENE_MINUTES": 40.0, "SCENE_SIGMA": sigma}],
            crews=[{}] * crews,
        )
        _, log, _ = logged(plan, SPAN, luck=luck)
        sent, born = rows_of(log, Log.ASSIGN), rows_of(log, Log.BIRTH)
        start = np.empty(len(born), np.int64)
        start[sent[:, 2]] = sent[:, 0]
        waits.append(start - born[:, 0])
    assert (waits[1] <= waits[0]).all()


# -- places ------------------------------------------------------------------------------------------


@many
@given(worlds(n_segments=2), st.data())
def test_renumbering_zones_renumbers_results(world, data):
    n_zones, n_kinds = np.array(world["rates"]).shape
    # births by alias alone: cell j of the table always yields alias[j], so names can change and draws stay
    n_cells = n_zones * n_kinds
    cells = data.draw(st.lists(st.integers(0, n_cells - 1), min_size=n_cells, max_size=n_cells))
    new = np.array(data.draw(st.permutations(range(n_zones))))  # new[z] is the new number of zone z
    old = np.argsort(new)
    plan = plan_of(world)._replace(cell_keep=np.zeros(n_cells), cell_alias=np.array(cells, np.int64))
    zones, crews = plan.zones[old].copy(), plan.crews.copy()
    zones[:, Zone.HOSPITAL_ZONE] = new[zones[:, Zone.HOSPITAL_ZONE].astype(int)]
    crews[:, CrewPlan.BASE] = new[crews[:, CrewPlan.BASE].astype(int)]
    renumbered = plan._replace(
        cell_alias=new[plan.cell_alias // n_kinds] * n_kinds + plan.cell_alias % n_kinds,
        zones=zones,
        crews=crews,
        groups=np.ascontiguousarray(plan.groups[old]),
        travel=np.ascontiguousarray(plan.travel[np.ix_(old, old)]),
    )
    before, log, _ = logged(plan, SPAN)
    after, renumbered_log, _ = logged(renumbered, SPAN)
    np.testing.assert_array_equal(renumbered_log, log)
    assert same_bits(after, before._replace(by_zone=np.ascontiguousarray(before.by_zone[:, old])))


# -- luck --------------------------------------------------------------------------------------------


@many
@given(worlds(n_segments=2), st.integers(0, 2**64 - 1), st.integers(0, 2**40))
def test_same_luck_same_bits_and_other_luck_other_bits(world, seed, luck):
    plan = plan_of(world)
    tape, log, _ = logged(plan, SPAN, seed, luck)
    again, same_log, _ = logged(plan, SPAN, seed, luck)
    assert same_bits(tape, again)
    np.testing.assert_array_equal(log, same_log)
    for other in (logged(plan, SPAN, seed ^ 1, luck)[1], logged(plan, SPAN, seed, luck + 1)[1]):
        births, others = rows_of(log, Log.BIRTH)[:, 0], rows_of(other, Log.BIRTH)[:, 0]
        assert not len(births) or not np.array_equal(births, others)


@few
@given(worlds(n_segments=2), st.integers(0, 2**32))
def test_a_run_does_not_depend_on_its_batch_or_its_thread(world, first):
    plan = plan_of(world)
    lucks = first + np.arange(12)
    batch = run_plan(plan, SPAN, 7, lucks)
    alone = [run_plan(plan, SPAN, 7, lucks[r : r + 1]) for r in range(len(lucks))]
    assert same_bits(batch, Tape(*(np.concatenate(parts) for parts in zip(*alone, strict=True))))
    for n_threads in (1, 2, 4):
        shares = np.array_split(lucks, n_threads)
        with ThreadPoolExecutor(n_threads) as threads:  # each call makes a workspace of its own
            parts = list(threads.map(lambda share: run_plan(plan, SPAN, 7, share), shares))
        assert same_bits(batch, Tape(*(np.concatenate(part) for part in zip(*parts, strict=True))))


# -- designs -----------------------------------------------------------------------------------------


def alert_world(world: dict[str, Any], density: float) -> Plan:
    """Return a world where volunteers are called to all and do not tire, and nobody comes twice."""
    once = {"ALERTABLE": 1, "HAS_OUTCOME": 1, "REPEAT_SHARE": 0.0, "AWAY_RETURN_SHARE": 0.0}
    kinds = [[kind | once for kind in segment] for segment in world["kinds_by_segment"]]
    scalars = world["scalars"] | {"ALERT_ON": 1, "ALERT_FATIGUE": 0.0, "ALERT_DENSITY_PER_KM2": density}
    return plan_of(world, kinds_by_segment=kinds, scalars=scalars, curve=FALLING_CURVES)


@many
@given(worlds(), st.floats(0.0, 4.0), st.floats(0.0, 4.0))
def test_a_denser_pool_holds_the_thinner_one(world, one, other):
    thin, dense = sorted([one, other])
    (few_tape, few_log, few_work), (many_tape, many_log, many_work) = (
        logged(alert_world(world, density), SPAN) for density in (thin, dense)
    )
    few_alerts, many_alerts = rows_of(few_log, Log.ALERT), rows_of(many_log, Log.ALERT)
    np.testing.assert_array_equal(few_alerts[:, :3], many_alerts[:, :3])
    assert (few_alerts[:, 3] <= many_alerts[:, 3]).all()
    n = int(total(few_tape, "BORN"))
    for clock in ("help", "shock"):
        late, soon = few_work.requests[clock][:n], many_work.requests[clock][:n]
        assert ((late < 0) | ((soon >= 0) & (soon <= late))).all()
    for count in (Count.ALERTED, Count.ACCEPTED, Count.ACCEPTED_ANY, Count.VOLUNTEER_FIRST):
        assert (few_tape.by_group[..., count] <= many_tape.by_group[..., count]).all()


@many
@given(worlds(), st.floats(0.0, 4.0), st.floats(0.0, 4.0))
def test_survival_never_falls_with_density(world, one, other):
    thin, dense = (logged(alert_world(world, density), SPAN)[0] for density in sorted([one, other]))
    # sums of the same people in the same order, each at least as large: no rounding can turn them round
    assert (thin.by_group[..., Count.SURVIVAL] <= dense.by_group[..., Count.SURVIVAL]).all()
    assert (thin.by_group[..., Count.SURVIVED] <= dense.by_group[..., Count.SURVIVED]).all()


@many
@given(worlds(), st.sampled_from(["NEED_SHARE", "REACH_SHARE"]), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_thinning_by_need_and_by_access_nests(world, column, one, other):
    kept = []
    for share in sorted([one, other]):
        change = {"AWAY_RETURN_SHARE": 0.0, "REPEAT_SHARE": 0.0, column: share}
        kinds = [[kind | change for kind in segment] for segment in world["kinds_by_segment"]]
        _, log, _ = logged(plan_of(world, kinds_by_segment=kinds), SPAN)
        out = Log.NOT_ARISEN if column == "NEED_SHARE" else Log.NOT_REACHED
        kept.append(set(rows_of(log, Log.BIRTH)[:, 2]) - set(rows_of(log, out)[:, 2]))
    assert kept[0] <= kept[1]


@few
@given(worlds(), st.sampled_from([0.0, 1.0, 3.0]))
def test_no_more_are_alerted_than_the_design_says(world, most):
    change = world | {"scalars": world["scalars"] | {"ALERT_MAX": most}}
    tape, log, _ = logged(alert_world(change, 4.0), SPAN)
    assert total(tape, "ALERTS") <= most * len(rows_of(log, Log.ALERT))


@few
@given(worlds(), SPREADS)
def test_a_conveyance_that_never_comes_up_changes_nothing(world, sigma):
    logs = []
    for share in (0.0, 1e-12):
        change = {"CONVEY_SHARE": share, "TRAVEL_SIGMA": sigma}
        kinds = [[kind | change for kind in segment] for segment in world["kinds_by_segment"]]
        logs.append(logged(plan_of(world, kinds_by_segment=kinds), SPAN)[1])
    np.testing.assert_array_equal(*logs)


@few
@given(st.integers(0, 50))
def test_a_calendar_that_is_full_is_told_and_nothing_is_written_beyond_it(luck):
    # the patience of each visit stays in the calendar until its time: two hundred visits a person fill it
    kind = {"SCENE_MINUTES": 5.0, "PATIENCE_MINUTES": 2e4, "REPEAT_SHARE": 1.0, "REPEAT_MINUTES": 1.0}
    plan, span = make_plan(rates=[[3e-4]], kinds=[kind]), Span(0.0, 10000.0)
    work, guard = guarded(plan, span)
    tape = run_plan(plan, span, 1, np.array([luck]), work)
    assert (guard == -1).all()
    assert total(tape, "OVERFLOW") == (work.state[0] == len(work.heap))
