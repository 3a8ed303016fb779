import math

import numpy as np
import pytest

from estate_plans import asset, make_estate, run_one, stream
from remit.kernel.commons.draws import chance, count, lognormal, some
from remit.kernel.commons.estate import run_estate
from remit.kernel.commons.estate_layout import Year
from remit.kernel.commons.layout import Stream
from remit.kernel.philox import uniforms

SEED, LUCK = 20240711, 1
WEEKS = np.arange(52)
LAWN = asset(HOURS=10.0, MATERIALS=50.0)  # 250 pounds a week at STILL's wage
RICH = {"START_RESERVES": 1e9, "KEEP": 1e9}  # a purse that pays all repairs, and is not drawn on


def draws(stream_of: Stream, entity: int, block: int) -> tuple[float, ...]:
    u = np.uint64
    return uniforms(u(SEED), u(LUCK), u(int(stream_of)), u(entity), u(block))


def coverage(*streams, **numbers) -> float:
    return float(run_one(make_estate(*streams, assets=(LAWN,), **numbers))[0, Year.COVERAGE])


def test_routine_work_costs_its_hours_at_wages_and_its_materials_at_prices():
    numbers = {"INFLATION_MEAN": 0.04, "INFLATION_START": 0.04, "WAGE_MEAN": 0.02, "LEAST": 0.25}
    (sheet,) = run_one(make_estate(assets=(LAWN, LAWN), **numbers))
    t = (WEEKS + 1.0) / 52.0
    need = (400.0 * np.exp(0.06 * t) + 100.0 * np.exp(0.04 * t)).sum()
    assert sheet[Year.NEED] == pytest.approx(need)
    assert sheet[Year.ROUTINE] == pytest.approx(0.25 * need)


def test_coverage_is_what_income_pays_for():
    assert coverage(stream()) == pytest.approx(100.0 / 250.0)


@pytest.mark.parametrize(("payer", "hoped"), [(0.0, 1.0), (2.0, 1.2), (4.0, 1.2)])
def test_optimism_is_about_income_that_is_not_the_councils(payer, hoped):
    assert coverage(stream(PAYER=payer), OPTIMISM=0.2) == pytest.approx(0.4 * hoped)


def test_raising_is_taken_off_what_is_expected():
    assert coverage(stream(PAYER=3.0, RAISING=0.25)) == pytest.approx(0.75 * 0.4)


def test_a_stream_counts_as_it_will_be_in_the_next_52_weeks_without_its_shock():
    assert coverage(stream(RAMP=4.0)) == pytest.approx(0.4 * (0.25 + 0.5 + 0.75 + 49.0) / 52.0)
    assert coverage(stream(END=40.0, TAPER=4.0)) == pytest.approx(0.4 * (37.0 + 0.75 + 0.5 + 0.25) / 52.0)
    assert coverage(stream(SIGMA=1.0)) == pytest.approx(0.4)
    assert coverage(stream(START=1.0)) == pytest.approx(0.4 * 51.0 / 52.0)
    assert coverage(stream(ON=0.0)) == 0.0


def test_reserves_above_what_is_kept_are_drawn_on():
    yearly = 52 * 250.0
    drawn = 0.3 * (8000.0 - 0.5 * yearly) / yearly
    assert coverage(stream(), START_RESERVES=8000.0, KEEP=0.5, DRAW=0.3) == pytest.approx(0.4 + drawn)
    assert coverage(stream(), START_RESERVES=6000.0, KEEP=0.5, DRAW=0.3) == pytest.approx(0.4)


def test_office_and_provision_come_before_routine_work():
    assert coverage(stream(), FIXED=1040.0, PROVISION=520.0) == pytest.approx((100.0 - 20.0 - 10.0) / 250.0)


def test_an_endowment_is_expected_as_it_is():
    numbers = {"CAPITAL": 1e6, "RULE": 0.0, "SPEND": 2600.0, "OPTIMISM": 0.5}
    assert coverage(**numbers) == pytest.approx(50.0 / 250.0)


def test_gifts_are_hoped_for_less_raising_and_the_funds_part():
    numbers = {"TO_FUND": 0.3, "GIVERS_RAISING": 0.2, "OPTIMISM": 0.1}
    assert coverage(givers=[2.0, 0.0, 260.0], **numbers) == pytest.approx(50.0 * 0.5 * 1.1 / 250.0)


def test_a_won_grant_counts_for_as_many_weeks_as_it_still_pays():
    plan = make_estate(stream(PAYER=4.0, AMOUNT=1300.0, WINS=1.0, LASTS=78.0), assets=(LAWN,), OPTIMISM=0.2)
    told = run_one(plan, 4)
    wins = [count(draws(Stream.INCOME, 0, year)[2], 1.0) for year in range(4)]
    assert sum(wins) > 1
    for year in range(4):
        weeks = 52.0 * wins[year] + 26.0 * (wins[year - 1] if year else 0)
        assert told[year, Year.COVERAGE] == pytest.approx(min(1.0, 1.2 * weeks * 1300.0 / 78.0 / 13_000.0))


def test_coverage_is_held_within_the_least_and_all():
    assert coverage(LEAST=0.35) == pytest.approx(0.35)
    assert coverage(stream(AMOUNT=1e6)) == pytest.approx(1.0)
    assert run_one(make_estate())[0, Year.COVERAGE] == pytest.approx(1.0)


@pytest.mark.parametrize("q", [0.2, 0.7])
def test_condition_goes_to_where_recovery_and_decay_balance(q):
    lawn = asset(HOURS=10.0, START=1.0, RECOVER=0.03, DECAY=0.05)
    plan = make_estate(assets=(lawn,), LEAST=q)
    told = run_one(plan, 10)[:, Year.CONDITION]
    assert told[-1] == pytest.approx(0.03 * q / (0.03 * q + 0.05 * (1.0 - q)))
    assert told[0] > told[-1]


def test_condition_moves_week_by_week_and_is_weighted_by_size():
    things = (
        asset(SIZE=3.0, HOURS=5.0, START=0.9, RECOVER=0.03, DECAY=0.05),
        asset(SIZE=1.0, HOURS=5.0, START=0.4, RECOVER=0.2, DECAY=0.01),
    )
    tape = run_estate(make_estate(assets=things, LEAST=0.6), 52, SEED, np.array([LUCK]))
    means = []
    for c, up, down in ((0.9, 0.03, 0.05), (0.4, 0.2, 0.01)):
        seen = []
        for _ in WEEKS:
            c += up * (1.0 - c) * 0.6 - down * c * 0.4
            seen.append(c)
        means.append(np.mean(seen))
    assert tape.assets[0, 0] == pytest.approx(means)
    assert tape.years[0, 0, Year.CONDITION] == pytest.approx(0.75 * means[0] + 0.25 * means[1])


def test_volunteers_hours_stand_beside_paid_ones_and_cost_their_supervision():
    numbers = {"VOLUNTEER_HOURS": 2.0, "VOLUNTEER_WORTH": 0.5, "SUPERVISION": 3.0, "WAGE_MEAN": 0.02}
    lawn = asset(HOURS=50.0, RECOVER=0.03, DECAY=0.05)
    plan = make_estate(assets=(lawn,), volunteers=[4.0, 0.0], LEAST=0.2, **numbers)
    told = run_one(plan, 12)
    wages = np.exp(0.02 * (WEEKS + 1.0) / 52.0).sum()
    assert told[0, Year.VOLUNTEERS] == pytest.approx(20.0)
    assert told[0, Year.VOLUNTEER_HOURS] == pytest.approx(40.0 * 52)
    assert told[0, Year.SUPERVISION] == pytest.approx(120.0 * wages)
    k = 0.2 + 20.0 / 50.0
    assert told[-1, Year.CONDITION] == pytest.approx(0.03 * k / (0.03 * k + 0.05 * (1.0 - k)))


def test_supervision_is_planned_for():
    numbers = {"VOLUNTEER_HOURS": 2.0, "SUPERVISION": 1.0}
    assert coverage(stream(), volunteers=[4.0, 0.0], **numbers) == pytest.approx((100.0 - 40.0) / 250.0)


def test_volunteers_work_where_their_fifth_does():
    things = (asset(HOURS=10.0, DECAY=0.1), asset(HOURS=10.0, DECAY=0.1))
    plan = make_estate(assets=things, volunteers=[1.0, 0.0], VOLUNTEER_HOURS=10.0, VOLUNTEER_WORTH=1.0)
    plan.volunteers[1:] = 0.0
    plan.volunteer_share[:] = 0.0
    plan.volunteer_share[1, 0] = 1.0
    kept = run_estate(plan, 52, SEED, np.array([LUCK])).assets[0, 0]
    assert kept[1] == pytest.approx(1.0)
    assert kept[0] == pytest.approx(np.mean(0.9 ** (WEEKS + 1.0)))


@pytest.mark.parametrize("start", [0, 30])
def test_volunteers_join_and_lapse(start):
    plan = make_estate(volunteers=[6.0, 0.2], VOLUNTEER_LAPSE=0.04, VOLUNTEERS_START=float(start))
    now, table = [6] * 5, []
    for week in range(52):
        for f in range(5):
            u, v, _, _ = draws(Stream.VOLUNTEERS, 5 * week + f, 0)
            if week >= start:
                now[f] += count(u, 0.2) - some(v, now[f], chance(0.04))
        table.append(sum(now))
    assert len(set(table)) > 1
    assert run_one(plan)[0, Year.VOLUNTEERS] == pytest.approx(np.mean(table))


@pytest.mark.parametrize(
    ("period", "first", "weeks"),
    [
        (130.0, 20.0, [20, 150, 280]),
        (26.0, 0.0, [*range(0, 312, 26)]),
        (0.0, 0.0, []),
        (10.5, 290.0, [290, 301, 311]),
    ],
)
def test_periodic_repairs_fall_due_on_their_weeks(period, first, weeks):
    plan = make_estate(assets=(asset(PERIODIC=700.0, PERIOD=period, FIRST_DUE=first),), **RICH)
    told = run_one(plan, 6)
    due = np.bincount([w // 52 for w in weeks], minlength=6)
    assert told[:, Year.REPAIRS] == pytest.approx(700.0 * due)
    assert not told[:, Year.SURPRISES].any()


def test_a_repair_costs_what_prices_are_when_it_is_paid():
    thing = asset(PERIODIC=700.0, PERIOD=520.0, FIRST_DUE=60.0)
    prices = {"INFLATION_MEAN": 0.05, "INFLATION_START": 0.05}
    waits = run_one(make_estate(assets=(thing,), **prices), 4)
    assert waits[:, Year.QUEUE] == pytest.approx([0.0, 700.0, 700.0, 700.0])
    paid = run_one(make_estate(assets=(thing,), **prices, **RICH), 4)
    assert paid[1, Year.REPAIRS] == pytest.approx(700.0 * math.exp(0.05 * 61.0 / 52.0))


def surprises_by_hand(rates: list[float]) -> list[tuple[int, float]]:
    """Return (week, pounds) of the surprises of asset 0, whose cost is 1000 on average with a spread of 0.5."""
    found, number = [], 0
    budget = -math.log(draws(Stream.REPAIR, 0, 0)[0])
    for week, rate in enumerate(rates):
        budget -= rate
        if budget <= 0.0:
            found.append((week, lognormal(draws(Stream.REPAIR, 0, number)[1], 1000.0, 0.5)))
            number += 1
            budget = -math.log(draws(Stream.REPAIR, 0, number)[0])
    return found


def test_surprises_come_when_their_hazard_is_used_up_and_faster_under_neglect():
    thing = asset(HOURS=10.0, DECAY=0.01, RATE=3.0, COST=1000.0, COST_SIGMA=0.5)
    c = 0.99 ** (np.arange(156) + 1.0)
    told = run_one(make_estate(assets=(thing,), NEGLECT=2.0), 3)
    found = surprises_by_hand((3.0 / 52.0 * (1.0 + 2.0 * (1.0 - c))).tolist())
    assert len(found) > 10
    assert told[:, Year.SURPRISES] == pytest.approx(np.bincount([w // 52 for w, _ in found], minlength=3))
    assert told[-1, Year.QUEUE] == pytest.approx(sum(pounds for _, pounds in found))


def test_surprises_are_as_many_as_their_rate():
    plan = make_estate(assets=(asset(RATE=2.0, COST=1.0),))
    told = run_estate(plan, 520, 3, np.arange(400)).years[:, :, Year.SURPRISES]
    # one at most a week, and what is left of a week's hazard is lost: a little fewer
    assert told.mean() == pytest.approx(2.0 * (1.0 - 1.0 / 52.0), rel=0.03)


TWO = (
    asset(PERIODIC=1000.0, PERIOD=520.0, FIRST_DUE=0.0),
    asset(PERIODIC=300.0, PERIOD=520.0, FIRST_DUE=0.0),
)


def test_repairs_are_paid_in_parts_oldest_first_and_count_while_they_wait():
    tape = run_estate(make_estate(stream(), assets=TWO, OPEN_WEIGHT=0.5), 52, SEED, np.array([LUCK]))
    # 100 pounds a week: the first is paid in weeks 0 to 9, the second in weeks 10 to 12
    assert tape.assets[0, 0] == pytest.approx([1.0 - 0.5 * 9 / 52, 1.0 - 0.5 * 12 / 52])
    sheet = tape.years[0, 0]
    assert (sheet[Year.REPAIRS], sheet[Year.QUEUE]) == pytest.approx((1300.0, 0.0), abs=1e-9)
    assert sheet[Year.PURSE] == pytest.approx(5200.0 - 1300.0)


def test_each_repair_that_waits_takes_its_part_of_condition_and_never_more_than_all():
    thing = asset(PERIODIC=100.0, PERIOD=10.0)
    (told,) = run_one(make_estate(assets=(thing,), OPEN_WEIGHT=0.3))
    waiting = WEEKS // 10 + 1
    assert told[Year.CONDITION] == pytest.approx(np.maximum(0.0, 1.0 - 0.3 * waiting).mean())


def test_a_body_of_its_own_holds_some_pounds_back_and_the_council_does_not():
    numbers = {"HOLD": 450.0, "START_RESERVES": 1000.0, "CARRY": 1e9}
    own = run_one(make_estate(assets=TWO, **numbers))[0]
    councils = run_one(make_estate(assets=TWO, INDEPENDENT=0.0, **numbers))[0]
    assert (own[Year.REPAIRS], own[Year.PURSE], own[Year.QUEUE]) == pytest.approx((550.0, 450.0, 750.0))
    assert councils[Year.REPAIRS] == pytest.approx(1000.0)


def test_routine_work_comes_before_repairs():
    plan = make_estate(stream(), assets=(asset(HOURS=4.0, PERIODIC=1e6, PERIOD=520.0),))
    (sheet,) = run_one(plan)
    assert sheet[Year.ROUTINE] == pytest.approx(80.0 * 52)
    assert sheet[Year.REPAIRS] == pytest.approx(20.0 * 52)
