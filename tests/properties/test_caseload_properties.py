"""Laws of the caseload kernel that hold in every world: people, weeks, hours and pounds conserve; no hidden favour."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseloads import make_caseload
from remit.kernel.caseload.batch import make_workspace, run_caseload
from remit.kernel.caseload.layout import HELPERS, Count, Employer, Log, Plan, Tape, Total, Weekly, Work
from twin.caseload_worlds import CHOOSY, OPEN, SOFT, STAFFED, STRICT, TEAMS, random_caseload, world

many = settings(derandomize=True, deadline=None, max_examples=60)
few = settings(many, max_examples=15)
SEEDS = st.integers(0, 2**32 - 1)
LUCKS = st.integers(0, 2**40)
WEEKS = 45


def run_one(plan: Plan, luck: int, warm: int = 0, weeks: int = WEEKS) -> Tape:
    return run_caseload(plan, weeks, warm, 7, np.array([luck]), make_workspace(plan, weeks, rows=1500))


def column(tape: Tape, count: Count) -> float:
    return float(tape.counts[..., count].sum())


def same_bits(one: Tape, other: Tape) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


# -- conservation -------------------------------------------------------------------------------------


@many
@given(SEEDS, LUCKS)
def test_people_are_conserved(seed, luck):
    totals = run_one(random_caseload(seed), luck).totals[0]
    ended = sum(totals[t] for t in (Total.MOVED, Total.DIED, Total.RECOVERED))
    assert totals[Total.BORN] == totals[Total.NOT_ARISEN] + ended + totals[Total.HELD]
    assert totals[Total.OVERFLOW] == 0


@many
@given(SEEDS, LUCKS)
def test_measured_people_are_those_of_the_whole_run_without_warm_up(seed, luck):
    tape = run_one(random_caseload(seed), luck)
    totals = tape.totals[0]
    assert column(tape, Count.STARTS) == totals[Total.BORN] - totals[Total.NOT_ARISEN]
    for count, total in ((Count.RESIDENTIAL_MOVES, Total.MOVED), (Count.DEATHS, Total.DIED)):
        assert column(tape, count) == totals[total]
    ended = sum(totals[t] for t in (Total.MOVED, Total.DIED, Total.RECOVERED))
    helped = column(tape, Count.HELPED)
    assert column(tape, Count.ENDED_UNHELPED) <= ended
    assert helped + column(tape, Count.ENDED_UNHELPED) <= column(tape, Count.STARTS)
    weekly = tape.weekly[0].sum(axis=0)
    assert column(tape, Count.CLIENT_WEEKS) == weekly[Weekly.AT_HOME]
    assert column(tape, Count.HOSPITAL_WEEKS) == weekly[Weekly.IN_HOSPITAL]
    waits = column(tape, Count.WAIT_ASSESS_WEEKS), column(tape, Count.WAIT_HELP_WEEKS)
    assert waits == (weekly[Weekly.WAIT_ASSESS], weekly[Weekly.WAIT_HELP])


@many
@given(SEEDS, LUCKS)
def test_carer_weeks_are_conserved(seed, luck):
    plan = random_caseload(seed)
    tape = run_one(plan, luck)
    names = ("OUTSIDE_WEEKS", "OUT_WEEKS", "JOINING_WEEKS", "PROVIDER_WEEKS", "PLATFORM_WEEKS")
    n = len(make_workspace(plan, 1, rows=1).carers)
    assert sum(tape.totals[0, Total[name]] for name in names) == n * WEEKS
    assert tape.work[0, :, Work.CARER_WEEKS].sum() == tape.weekly[0, :, Weekly.PROVIDER_CARERS : 8].sum()


@many
@given(SEEDS, LUCKS, st.sampled_from([0, 20]))
def test_hours_are_conserved(seed, luck, warm):
    tape = run_one(random_caseload(seed), luck, warm)
    of = {count: column(tape, count) for count in Count}
    whole = dict(rel=1e-12, abs=1e-9)
    delivered = of[Count.DELIVERED_HOURS]
    assert of[Count.NEEDED_HOURS] + of[Count.OVER_HOURS] == pytest.approx(
        delivered + of[Count.UNDELIVERED_HOURS], **whole
    )
    assert of[Count.BOOKED_HOURS] == pytest.approx(delivered + of[Count.CLIPPED_HOURS], **whole)
    assert of[Count.BOOKED_HOURS] <= of[Count.GRANTED_HOURS] + 1e-9
    assert of[Count.MAIN_HOURS] <= delivered + 1e-9
    assert of[Count.KNOWN_HOURS] <= delivered + 1e-9
    assert tape.work[0, :, Work.CONTACT_HOURS].sum() == pytest.approx(delivered, **whole)


@many
@given(SEEDS, LUCKS)
def test_nobody_works_longer_than_there_is_time(seed, luck):
    plan = random_caseload(seed)
    tape = run_one(plan, luck)
    most = 1.0 + plan.employers[..., Employer.OVERTIME_SHARE].max(axis=0)
    work = tape.work[0]
    road = work[:, Work.TRAVEL_PAID_HOURS] + work[:, Work.TRAVEL_UNPAID_HOURS]
    rounding = work[:, Work.CARER_WEEKS] / 15360.0
    worked = work[:, Work.CONTACT_HOURS] + road
    assert (worked <= most * work[:, Work.AVAILABLE_HOURS] + rounding).all()
    assert (work[:, Work.OVERTIME_HOURS] <= (most - 1.0) * work[:, Work.AVAILABLE_HOURS] + rounding).all()


@many
@given(SEEDS, LUCKS)
def test_pounds_are_conserved(seed, luck):
    tape = run_one(random_caseload(seed), luck)
    work = tape.work[0]
    paid = column(tape, Count.CLIENT_POUNDS) + column(tape, Count.COUNCIL_POUNDS)
    assert paid == pytest.approx(work[:, Work.REVENUE_POUNDS].sum(), rel=1e-9, abs=1e-6)
    parts = (Work.PAY_POUNDS, Work.ONCOST_POUNDS, Work.MILEAGE_POUNDS, Work.OVERHEAD_POUNDS)
    spent = sum(work[:, part] for part in (*parts, Work.SURPLUS_POUNDS))
    np.testing.assert_allclose(spent, work[:, Work.REVENUE_POUNDS], rtol=1e-9, atol=1e-6)


# -- luck belongs to people ---------------------------------------------------------------------------


@few
@given(SEEDS, LUCKS)
def test_same_bits_alone_or_in_a_batch(seed, luck):
    plan = random_caseload(seed)
    lucks = np.array([luck, luck + 1, luck + 17])
    work = make_workspace(plan, WEEKS, rows=1500)
    batch = run_caseload(plan, WEEKS, 5, 7, lucks, work)
    for r, one in enumerate(lucks.tolist()):
        alone = run_one(plan, one, 5)
        assert all(a[r].tobytes() == b[0].tobytes() for a, b in zip(batch, alone, strict=True))


def test_same_bits_on_any_number_of_threads():
    plan = random_caseload(11)
    lucks = list(range(12))
    with ThreadPoolExecutor(4) as pool:
        threads = list(pool.map(lambda luck: run_one(plan, luck), lucks))
    assert all(same_bits(run_one(plan, luck), tape) for luck, tape in zip(lucks, threads, strict=True))


def log_of(plan: Plan, luck: int) -> np.ndarray:
    work = make_workspace(plan, WEEKS, log_rows=100_000, rows=1500)
    run_caseload(plan, WEEKS, 0, 7, np.array([luck]), work)
    return work.log[: work.state[3]]


@few
@given(LUCKS)
def test_designs_meet_the_same_people(luck):
    plans = [
        world(provider=STAFFED | STRICT, scalars=SOFT | {"NEED_SHARE": 1.0}),
        world(platform=OPEN, scalars=SOFT | CHOOSY | {"NEED_SHARE": 1.0}),
        world(provider=STAFFED, scalars=SOFT | TEAMS | {"NEED_SHARE": 0.5}),
    ]
    logs = [log_of(plan, luck) for plan in plans]
    starts = [{tuple(row) for row in log[log[:, 1] == Log.START].tolist()} for log in logs]
    assert starts[0] == starts[1]
    assert starts[2] <= starts[0]


@few
@given(LUCKS, st.integers(0, 18), st.integers(0, 18))
def test_a_larger_pool_holds_the_smaller(luck, a, b):
    def pool(people: int) -> set[int]:
        plan = world(provider=STAFFED, scalars={"POOL_PEOPLE": people, "POSTS": 30})
        work = make_workspace(plan, WEEKS, rows=1500)
        run_caseload(plan, WEEKS, 0, 7, np.array([luck]), work)
        return set(np.flatnonzero(work.carers["state"]).tolist())

    assert pool(min(a, b)) <= pool(max(a, b))


# -- a rate of 0 is 0 ---------------------------------------------------------------------------------

BUSY = SOFT | CHOOSY | {"MARKET_SHARE": 0.5}
ZEROES = {
    "nobody is hospitalised": ({"hazards": {(0, 5): 0.02}}, Count.HOSPITAL_STAYS),
    "nobody dies": ({"hazards": {(0, 3): 0.05, (3, 0): 0.5}}, Count.DEATHS),
    "nobody moves": ({"hazards": {(0, 3): 0.05, (3, 0): 0.5}}, Count.RESIDENTIAL_MOVES),
    "no need": ({"scalars": BUSY | {"NEED_SHARE": 0}}, Count.CLIENT_WEEKS),
    "nothing is granted": (
        {"scalars": BUSY | {"GRANT_SHARE": 0, "MARKET_GRANT_SHARE": 0}},
        Count.DELIVERED_HOURS,
    ),
    "no assessment": (
        {"scalars": BUSY | {"ASSESS_PER_WEEK": 0}, "world": {"CARER_CEILING": 9}},
        Count.GRANTED_HOURS,
    ),
    "no carers": ({"scalars": BUSY | {"POOL_PEOPLE": 0}}, Count.DELIVERED_HOURS),
    "no overbooking": ({"provider": STAFFED | STRICT | {"OVERBOOK_SHARE": 0}}, Count.CLIPPED_HOURS),
    "no family": ({"scalars": BUSY | {"FAMILY_SHARE": 0}}, Count.FAMILY_HOURS),
    "the council pays": (
        {"provider": STAFFED | STRICT | {"CLIENT_PAYS": 0}, "platform": OPEN | {"CLIENT_PAYS": 0}},
        Count.CLIENT_POUNDS,
    ),
    "no travel": ({"scalars": BUSY | {"TOUR_K": 0}}, Work.TRAVEL_UNPAID_HOURS),
    "no overtime": (
        {"provider": STAFFED | STRICT | {"OVERTIME_SHARE": 0}, "platform": {}},
        Work.OVERTIME_HOURS,
    ),
    "nobody leaves": (
        {"provider": {"LEAVE_HAZARD": 0, "START_SHARE": 1}, "scalars": {"POSTS": 9}},
        Work.LEAVERS,
    ),
    "nobody is hired": ({"provider": {"LEAVE_HAZARD": 0.1}, "scalars": {"POSTS": 9}}, Work.HIRES),
    "no commission": (
        {"platform": OPEN | {"COMMISSION": 0, "CLIENT_FEE": 0}, "provider": {}},
        Work.SURPLUS_POUNDS,
    ),
}


@pytest.mark.parametrize("name", ZEROES)
def test_a_rate_of_nothing_gives_nothing(name):
    changed, what = ZEROES[name]
    given = {"provider": STAFFED | STRICT, "platform": OPEN, "scalars": BUSY} | changed
    tape = run_caseload(world(**given), WEEKS, 0, 7, np.arange(5))
    where = tape.counts if isinstance(what, Count) else tape.work
    if name == "no overtime":
        assert (
            where[..., what] <= tape.work[..., Work.CARER_WEEKS] * 2 / 15360.0
        ).all()  # grains of rounding
    elif name == "no commission":
        np.testing.assert_allclose(where[:, 1, what], 0.0, atol=1e-6)
    else:
        assert not where[..., what].any()


# -- no hidden favour ---------------------------------------------------------------------------------

EQUAL = {"HOURLY": 10.0, "START_SHARE": 1.0, "JOIN_HAZARD": 0.1, "LEAVE_HAZARD": 0.05, "SECURE_SHARE": 0.0}
ROUTES = (
    {"PROVIDER_ROUTE": 0},
    {"PROVIDER_ROUTE": 1, "TEAM_CAP": 5},
    {"MARKET_SHARE": 1.0, "REACH_ZONES": 9},
)


def equal_plan(route: dict[str, float], carers: int, grown: float) -> Plan:
    """A world without search, distance, choice, price or travel: what a route is called makes no difference."""
    market = "MARKET_SHARE" in route
    return make_caseload(
        births=6.0,
        zones=3,
        patches=(0, 0, 0),
        world={
            "INITIAL_CLIENTS": 100,
            "HOURS_MEAN": 3.0,  # small beside a carer's, so that nobody needs more helpers than six
            "HOURS_SIGMA": 0.4,
            "CARER_CEILING": carers,
            "CARER_HOURS_SIGMA": 0.2,
        },
        scalars={"POSTS": 0.0 if market else 1e6, "REVIEW_WEEKS": 4, "LOCAL_WAGE": 0.01}
        | route,  # all are willing
        provider={} if market else EQUAL,
        platform=EQUAL if market else {},
        hazards={(0, 3): 0.05, (3, 0): 0.5, (0, 5): 0.03},
        growth=(grown, 0.0, 0.0),
        carer_bands=((0.25, 0.25, 0.25, 0.25), (0.4, 0.1, 0.2, 0.3)),
        client_bands=((0.4, 0.2, 0.2, 0.2), (0.1, 0.5, 0.2, 0.2)),
    )


def first_full_week(log: np.ndarray) -> int:
    """Return the first week in which a client has six helpers, the most there may be."""
    helpers: dict[int, int] = {}
    gone = (Log.GO_TO_HOSPITAL, Log.MOVE, Log.DIE, Log.RECOVER)
    for week, code, client, _ in log.tolist():
        if code == Log.MATCH:
            helpers[client] = helpers.get(client, 0) + 1
            if helpers[client] == HELPERS:
                return int(week)
        elif code == Log.LOSE:
            helpers[client] -= 1
        elif code in gone:
            helpers[client] = 0
    return WEEKS


@few
@given(LUCKS, st.sampled_from([0, 5, 10, 14, 40]), st.sampled_from([0.0, 0.01, -0.01]))
def test_routes_agree_in_the_limit(luck, carers, grown):
    plans = [equal_plan(route, carers, grown) for route in ROUTES]
    tapes = [run_one(plan, luck) for plan in plans]
    until = min(first_full_week(log_of(plan, luck)) for plan in plans)
    for tape in tapes[1:]:
        for name in ("NEEDED_HOURS", "AT_HOME", "IN_HOSPITAL", "DELIVERED_HOURS"):
            same = until if name == "DELIVERED_HOURS" else WEEKS
            series = [t.weekly[0, :, Weekly[name]] for t in (tapes[0], tape)]
            np.testing.assert_array_equal(series[0][:same], series[1][:same])
            assert series[0].sum() == pytest.approx(series[1].sum(), rel=0.005)
        staff = [
            t.weekly[0, :, Weekly.PROVIDER_CARERS : Weekly.VACANCIES].sum(axis=1) for t in (tapes[0], tape)
        ]
        np.testing.assert_array_equal(*staff)


def test_the_limit_is_mostly_tried_without_anyone_at_the_most_helpers():
    weeks = [
        first_full_week(log_of(equal_plan(ROUTES[0], carers, 0.0), luck))
        for carers in (5, 10, 40)
        for luck in range(8)
    ]
    assert np.mean(weeks) > WEEKS / 3


def test_more_carers_deliver_more_and_shorter_waits():
    def told(people: int) -> Tape:
        plan = world(provider=STAFFED, scalars={"POSTS": 30, "POOL_PEOPLE": people})
        return run_caseload(plan, 60, 10, 7, np.arange(40))

    few_carers, more_carers = told(5), told(15)
    assert column(few_carers, Count.UNDELIVERED_HOURS) > 1.3 * column(more_carers, Count.UNDELIVERED_HOURS)
    assert column(few_carers, Count.WAIT_HELP_WEEKS) > 1.3 * column(more_carers, Count.WAIT_HELP_WEEKS)
