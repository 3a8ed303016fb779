"""The commons twins against arithmetic done by hand, and against laws of conservation."""

import math

import numpy as np
import pytest

from remit.kernel.commons import draws
from remit.kernel.commons.campaign_layout import Count, Scalar
from remit.kernel.commons.estate_layout import COUNCIL, GRANTS, USERS, Income, Year
from remit.kernel.commons.uptake_layout import Count as Used
from remit.kernel.commons.uptake_layout import Person
from twin.campaign_twin import run_campaign_twin
from twin.commons_draws import Draws, chance, count, log, lognormal, some, z
from twin.commons_worlds import (
    ESTATES,
    PLACES,
    UPTAKES,
    make_estate,
    make_place,
    make_uptake,
    random_estate,
    random_place,
    random_uptake,
)
from twin.estate_twin import Told, run_estate_twin
from twin.uptake_twin import run_uptake_twin

LUCKS = [5, 2**40 + 3, 77]
MANY = range(8)
ALL_ESTATES = ESTATES | {f"random {i}": random_estate(i) for i in MANY}
ALL_PLACES = PLACES | {f"random {i}": random_place(i) for i in MANY}
ALL_UPTAKES = UPTAKES | {f"random {i}": random_uptake(i) for i in MANY}
COLUMNS_IN = range(6)  # who pays, in order
COLUMNS_OUT = [
    "TO_FUND",
    "RAISING",
    "FIXED",
    "ROUTINE",
    "SUPERVISION",
    "REPAIRS",
    "INTEREST",
    "STEP_IN",
    "BACK",
]


def one_year(told: Told, column: Year, year: int = 0) -> float:
    return told.years[year][column]


# -- one draw -------------------------------------------------------------------------------------------


def test_whole_numbers_from_one_draw() -> None:
    # Poisson 2: 0.1353, 0.4060, 0.6767; binomial 3 of 1/2: 1/8, 4/8, 7/8
    assert [count(u, 2.0) for u in (0.135, 0.136, 0.406, 0.407, 0.6766, 0.6768)] == [0, 1, 1, 2, 2, 3]
    assert [some(u, 3, 0.5) for u in (0.124, 0.126, 0.499, 0.501, 0.876)] == [0, 1, 1, 2, 3]
    assert [count(0.5, 0.0), some(0.5, 0, 0.5), some(0.5, 4, 0.0), some(0.5, 4, 2.0)] == [0, 0, 0, 4]
    assert [count(0.5, 400.0), some(0.5, 400, 0.25)] == [400, 100]
    assert count(1 - 2**-33, 31.9) <= 200
    assert some(1e-9, 10**6, 0.99) <= 10**6


@pytest.mark.parametrize("mean", [0.3, 7.0, 31.0, 33.0, 500.0])
def test_whole_numbers_have_their_mean(mean: float) -> None:
    at = [(i + 0.5) / 4000 for i in range(4000)]
    assert np.mean([count(u, mean) for u in at]) == pytest.approx(mean, rel=2e-3)
    assert np.mean([some(u, 2000, mean / 2000) for u in at]) == pytest.approx(mean, rel=2e-3)
    assert np.mean([lognormal(u, mean, 0.5) for u in at]) == pytest.approx(mean, rel=2e-3)


@pytest.mark.parametrize("mean", [0.01, 3.0, 31.9, 32.0, 400.0])
def test_the_compiled_draws_are_the_same(mean: float) -> None:
    for i in range(400):
        u = Draws(1, i).of(30, 0)[0]
        assert draws.count(u, mean) == count(u, mean)
        assert draws.lognormal(u, mean, 0.7) == pytest.approx(lognormal(u, mean, 0.7), rel=1e-14)
        for n in (0, 1, 40, 500, 10**6):
            assert draws.some(u, n, mean / 600) == some(u, n, mean / 600)


# -- the estate -----------------------------------------------------------------------------------------

LAWN = {"HOURS": 10, "MATERIALS": 50, "START": 0.5, "RECOVER": 0.1, "DECAY": 0.05}  # 200 pounds a week at 15


def test_coverage_and_condition() -> None:
    plan = make_estate({"FIXED": 2080}, [{"PAYER": COUNCIL, "AMOUNT": 10400}], [LAWN])
    told = run_estate_twin(plan, 52, 1, 1)
    assert one_year(told, Year.COVERAGE) == pytest.approx((10400 - 2080) / 10400)
    assert one_year(told, Year.ROUTINE) == pytest.approx(0.8 * 10400)
    assert one_year(told, Year.NEED) == pytest.approx(10400)
    assert told.purses[-1] == pytest.approx(0.0, abs=1e-9)
    c, seen = 0.5, []
    for _ in range(52):
        c += 0.1 * (1 - c) * 0.8 - 0.05 * c * 0.2
        seen.append(c)
    assert one_year(told, Year.CONDITION) == pytest.approx(np.mean(seen))
    assert told.assets[0][0] == pytest.approx(np.mean(seen))


def test_volunteers_make_up_for_hours() -> None:
    numbers = {"VOLUNTEER_HOURS": 2, "VOLUNTEER_WORTH": 0.5, "SUPERVISION": 3, "LEAST": 0.4, "INDEPENDENT": 1}
    numbers |= {"BORROW": 1e9}
    still = LAWN | {"DECAY": 0.0, "START": 0.0}
    plan = make_estate(numbers, [], [still], volunteers=((3, 0),) * 2 + ((0, 0),) * 3)
    told = run_estate_twin(plan, 52, 1, 1)
    # 6 people x 2 hours x 0.5 = 6 counted hours of the 10 needed: k = min(1, 0.4 + 0.6) = 1
    assert one_year(told, Year.CONDITION) == pytest.approx(np.mean([1 - 0.9**w for w in range(1, 53)]))
    assert one_year(told, Year.SUPERVISION) == pytest.approx(6 * 2 * 3 * 52)
    assert one_year(told, Year.VOLUNTEER_HOURS) == 12 * 52


def test_streams_ramp_taper_grow_and_are_capped() -> None:
    slow = {"PAYER": USERS, "AMOUNT": 520, "START": 2, "RAMP": 4, "END": 60, "TAPER": 5, "RAISING": 0.1}
    told = run_estate_twin(make_estate({"INDEPENDENT": 1}, [slow | {"GROWTH": 0.1}], []), 104, 1, 1)
    assert one_year(told, Year.FROM_USERS) == pytest.approx(10 * (0.25 + 0.5 + 0.75 + 47))
    last = (
        math.exp(0.1) * 10 * (4 + 0.8 + 0.6 + 0.4 + 0.2)
    )  # weeks 52 to 55 in full, 56 too: (60 - 55) / 5 = 1
    assert one_year(told, Year.FROM_USERS, 1) == pytest.approx(last)
    assert one_year(told, Year.RAISING, 1) == pytest.approx(0.1 * last)
    capped = run_estate_twin(make_estate({}, [{"PAYER": USERS, "AMOUNT": 900, "CAP": 520}], []), 52, 1, 1)
    assert one_year(capped, Year.FROM_USERS) == pytest.approx(520)


def test_repairs_wait_for_the_purse() -> None:
    wall = {"PERIODIC": 100, "PERIOD": 10, "FIRST_DUE": 3, "START": 1.0}
    numbers = {"INDEPENDENT": 1, "HOLD": 25, "OPEN_WEIGHT": 0.3}
    told = run_estate_twin(make_estate(numbers, [{"AMOUNT": 30 * 52}], [wall]), 52, 1, 1)
    # due in week 3, when the purse holds 4 x 30 = 120: 95 of it is paid then, the last 5 in week 4; later ones at once
    assert told.purses[:5] == pytest.approx([30, 60, 90, 25, 50])
    assert one_year(told, Year.REPAIRS) == 500
    assert one_year(told, Year.CONDITION) == pytest.approx((51 + 0.7) / 52)
    council = run_estate_twin(
        make_estate(numbers | {"INDEPENDENT": 0}, [{"AMOUNT": 30 * 52}], [wall]), 52, 1, 1
    )
    assert council.purses[3] == pytest.approx(20)


def test_an_independent_body_fails() -> None:
    numbers = {"INDEPENDENT": 1, "START_RESERVES": 250, "BORROW": 100, "LEAST": 1, "INTEREST": 0.52}
    numbers |= {"GUARANTEE": 0.5, "STEP_IN": 1000, "FALLBACK": 5200, "FALLBACK_LEAST": 0.2}
    told = run_estate_twin(make_estate(numbers, [], [{"MATERIALS": 100}]), 104, 1, 1)
    owed = (50.5 + 100) * 1.01  # 150, 50, -50 and its interest, then -150.5 and its
    assert told.ends == [3.0, 0.0]
    assert told.purses[:4] == pytest.approx([150, 50, -50.5, 0])
    assert one_year(told, Year.CALL) == pytest.approx(owed / 2 + 1000 + 48 * 100)
    assert one_year(told, Year.FROM_COUNCIL) == one_year(told, Year.CALL)
    assert one_year(told, Year.WRITTEN_OFF) == pytest.approx(owed / 2)
    assert one_year(told, Year.ROUTINE) == pytest.approx(5200)  # the fallback pays for all of it
    assert [row[Year.INSOLVENT] for row in told.years] == [1.0, 1.0]


def test_the_fallback_is_a_call_beyond_what_was_pledged() -> None:
    numbers = {"INDEPENDENT": 1, "LEAST": 1, "FALLBACK": 5200}
    pledged = {"PAYER": COUNCIL, "AMOUNT": 2080, "STAYS": 0}
    told = run_estate_twin(make_estate(numbers, [pledged], [{"MATERIALS": 100}]), 104, 1, 1)
    assert told.ends[0] == 0.0
    assert one_year(told, Year.FROM_COUNCIL, 1) == pytest.approx(5200)
    assert one_year(told, Year.CALL, 1) == pytest.approx(5200 - 2080)


def test_what_is_left_goes_back() -> None:
    told = run_estate_twin(
        make_estate({"CARRY": 0.25}, [{"AMOUNT": 9000}], [LAWN | {"HOURS": 0, "MATERIALS": 100}]), 52, 1, 1
    )
    assert one_year(told, Year.BACK) == pytest.approx(9000 - 5200 - 0.25 * 5200)
    assert one_year(told, Year.PURSE) == pytest.approx(1300)


GROWS = {"CAPITAL": 1000, "RETURN_MEAN": math.log(1.1), "INDEPENDENT": 1}
DEARER = {"INFLATION_MEAN": math.log(1.02), "INFLATION_START": math.log(1.02)}


@pytest.mark.parametrize(
    ("numbers", "spent", "funds"),
    [
        ({"RULE": 0, "SPEND": 600}, [600, 440, 0], [400, 0, 0]),
        ({"RULE": 1, "SPEND": 0.1, "AVERAGE": 2}, [100, 99.5, 98.4775], [900, 890.5, 881.0725]),
        # the return is real: 1.02 x 1.1 a year; spending follows prices: 200, 204; then the floor
        (
            DEARER | {"RULE": 2, "SPEND": 200, "FLOOR": 0.24},
            [240, 244.8, 249.696],
            [760, 760 * 1.122 - 244.8, (760 * 1.122 - 244.8) * 1.122 - 249.696],
        ),
    ],
)
def test_the_endowment(numbers: dict[str, float], spent: list[float], funds: list[float]) -> None:
    told = run_estate_twin(make_estate(GROWS | numbers, [], []), 156, 1, 1)
    assert [row[Year.FROM_FUND] for row in told.years] == pytest.approx(spent)
    assert [row[Year.FUND] for row in told.years] == pytest.approx(funds)


def test_gifts_to_the_fund_do_not_earn_in_their_first_year() -> None:
    numbers = GROWS | {"TO_FUND": 0.25, "GIVERS_RAISING": 0.1}
    told = run_estate_twin(make_estate(numbers, [], [], givers=((10, 0, 40),) * 5), 104, 1, 1)
    assert told.gifts[0] == pytest.approx([400] * 5)
    assert one_year(told, Year.FUND) == pytest.approx(1500)
    assert one_year(told, Year.FUND, 1) == pytest.approx(1100 + 1000)
    assert one_year(told, Year.PURSE) == pytest.approx(2000 - 500 - 200)


def test_grants_are_won_with_the_draws_of_their_year() -> None:
    won = {"PAYER": GRANTS, "AMOUNT": 800, "WINS": 2.0, "LASTS": 80}
    told = run_estate_twin(make_estate({"INDEPENDENT": 1}, [won], []), 156, 1, 9)
    wins = [count(Draws(1, 9).of(31, 0, y)[2], 2.0) for y in range(3)]
    pays = [520 * wins[0], 280 * wins[0] + 520 * wins[1], 280 * wins[1] + 520 * wins[2]]
    assert [row[Year.FROM_GRANTS] for row in told.years] == pytest.approx(pays)


@pytest.mark.parametrize("luck", LUCKS)
@pytest.mark.parametrize("name", ALL_ESTATES)
def test_no_pound_of_an_estate_is_made_or_lost(name: str, luck: int) -> None:
    plan = ALL_ESTATES[name]
    told = run_estate_twin(plan, 52 * 8, 1, luck)
    purse, fund = float(plan.scalars[12]), 0.0
    for row in told.years:
        purse += sum(row[c] for c in COLUMNS_IN) - sum(row[Year[c]] for c in COLUMNS_OUT)
        purse += row[Year.WRITTEN_OFF]
        assert row[Year.PURSE] == pytest.approx(purse, abs=1e-6)
        fund += row[Year.CAPITAL] + row[Year.RETURNS] + row[Year.TO_FUND] - row[Year.FROM_FUND]
        assert row[Year.FUND] == pytest.approx(fund, abs=1e-5)
        assert fund > -1e-5
        assert row[Year.CALL] <= row[Year.FROM_COUNCIL] + 1e-9
        assert 0.0 <= row[Year.CONDITION] <= 1.0
    given = sum(row[Year.FROM_GIVERS] for row in told.years)
    if not any(int(s[Income.PAYER]) == 1 for s in plan.streams):
        assert given == pytest.approx(np.sum(told.gifts))


# -- campaigns ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("luck", LUCKS)
@pytest.mark.parametrize("name", ALL_PLACES)
def test_ideas_and_pounds_add_up(name: str, luck: int) -> None:
    told = run_campaign_twin(ALL_PLACES[name], 260, 1, luck)
    n = {c: sum(row[c] for row in told.counts) for c in Count}
    grants = n[Count.FUNDED] - n[Count.SUCCEEDED] - n[Count.SMALLER]
    assert n[Count.IDEAS] == n[Count.HELD] + n[Count.MISSED] + n[Count.CAME]
    assert n[Count.CAME] == n[Count.STARTED] + n[Count.REFUSED] + grants
    assert n[Count.STARTED] == n[Count.SUCCEEDED] + n[Count.SMALLER] + n[Count.FAILED]
    assert n[Count.FUNDED] == n[Count.MADE] + n[Count.LOST]
    assert np.sum(told.zones, axis=0) == pytest.approx([n[Count.MADE], n[Count.WORTH]])
    paid = n[Count.GRANTS] + n[Count.MATCH] + n[Count.BOOSTER]
    assert np.sum(told.weekly, axis=0) == pytest.approx([n[Count.MADE], paid])
    given, shares = np.sum(told.gifts, axis=0)[1:]
    assert [given, shares] == pytest.approx([n[Count.COLLECTED], n[Count.SHARES]])
    assert np.sum(told.sizes, axis=0) == pytest.approx(np.sum(told.gifts, axis=0)[:2])
    assert n[Count.WITHDRAWN] + n[Count.INVESTORS_LOST] <= n[Count.SHARES] + 1e-6
    assert min(told.pots) >= -1e-6
    assert told.ends == [0.0, 0.0]


def test_a_panel_gives_in_order_of_birth_until_the_pot_is_empty() -> None:
    plan = make_place(
        {"PANEL_ON": 1, "COST_MEAN": 1000, "COST_SIGMA": 0, "ACCEPT": 1, "POT": 4500, "DELIVER": 1}
    )
    plan.forward[:] = 1.0
    told = run_campaign_twin(plan, 104, 1, 3)
    assert sum(row[Count.GRANTS] for row in told.counts) == 8000
    assert told.pots == [500, 500]
    first = [w for w in range(104) if told.weekly[w][0] > 0]
    assert first[0] < 4
    assert max(w for w in first if w < 52) < 20


def test_a_single_campaign_by_hand() -> None:
    """One idea with a fixed cost, no friends: its pledges are what its draws say."""
    still = {"COST_SIGMA": 0, "COST_MEAN": 940, "APPEAL_SIGMA": 0, "FRIENDS": 0, "MOMENTUM": 0, "SURGE": 1}
    still |= {"GIFT_SIGMA": 0, "GIFT_MEAN": 50, "LEAD": 1, "WEEKS": 3, "OVER": 99, "DELIVER": 1, "CROWD": 7}
    plan = make_place(still | {"CROWD_ON": 1, "IDEAS": 1.0})
    plan.forward[:] = 1.0
    luck = next(k for k in range(999) if births(k) == [1, 0, 0, 0, 0])
    luck_of = Draws(1, luck)
    told = run_campaign_twin(plan, 5, 1, luck)
    fifth = next(f for f in range(5) if told.counts[f][Count.IDEAS] == 1)
    zone = [z for z in range(3) if told.zones[z][0] == 1]
    n = [sum(count(luck_of.of(36, 0, t)[1], 7 * reach) for t in range(3)) for reach in plan.reach]
    raised = []
    for place in range(3):
        total = 0.0
        for k in range(n[place]):
            u = luck_of.of(37, 0, k // 2)[1 + 2 * (k % 2)]
            total += 50 * plan.gift_factor[int(np.argmax(plan.givers[place] > u))]
        raised.append(total)
    if zone:
        assert told.counts[fifth][Count.COLLECTED] == pytest.approx(raised[zone[0]])
        assert told.counts[fifth][Count.FEES] == pytest.approx(0.06 * raised[zone[0]])
        assert told.counts[fifth][Count.WORTH] == 940
    else:
        assert min(raised) < 1000
        assert told.counts[fifth][Count.FAILED] == 1
    assert told.counts[fifth][Count.ASKED] == pytest.approx(1000)


def births(luck: int) -> list[int]:
    """Return how many ideas are born in each of five weeks at one a week."""
    born, at, n = [0] * 5, 0.0, 0
    while True:
        at += -log(Draws(1, luck).of(35, n)[0])
        n += 1
        if at > 5:
            return born
        born[min(4, math.ceil(at) - 1)] += 1


def test_shares_pay_interest_and_are_withdrawn() -> None:
    plan = make_place({"SHARES_ON": 1, "SHARES_LEAST": 0, "SHARE_WEEKS": 1, "SHARE_CROWD": 50, "LEAD": 0})
    for name, value in {
        "SHARE_MEAN": 300,
        "SHARE_SIZE_MOST": 9e9,
        "INTEREST": 0.052,
        "WITHDRAW": 0.52,
    }.items():
        plan.scalars[Scalar[name]] = value
    for name, value in {
        "COST_SIGMA": 0,
        "FRIENDS": 0,
        "IDEAS": 1.0,
        "APPEAL_SIGMA": 0,
        "OVER": 1e6,
        "DELIVER": 1,
    }.items():
        plan.scalars[Scalar[name]] = value
    told = run_campaign_twin(plan, 158, 1, 4)
    n = {c: sum(row[c] for row in told.counts) for c in Count}
    assert n[Count.FAILED] == n[Count.BOOSTER] == n[Count.FOLDED] == 0
    assert n[Count.STARTED] > 50
    assert 0 < n[Count.WITHDRAWN] < 0.02 * n[Count.SHARES]
    single = run_campaign_twin(plan, 53, 1, 4)
    bought = sum(row[Count.SHARES] for row in run_campaign_twin(plan, 1, 1, 4).counts)
    assert sum(row[Count.INTEREST] for row in single.counts) == pytest.approx(0.001 * bought)


# -- uptake ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("luck", LUCKS)
@pytest.mark.parametrize("name", ALL_UPTAKES)
def test_people_are_neither_made_nor_lost(name: str, luck: int) -> None:
    plan = ALL_UPTAKES[name]
    told = run_uptake_twin(plan, 120, 0, 1, luck)
    for row, people in zip(told.counts, plan.people.tolist(), strict=True):
        start = people[Person.ACTIVE_START]
        assert row[Used.EVER] == start + row[Used.SIGNED] <= row[Used.REACHED]
        assert row[Used.ACTIVE_END] == start + row[Used.BEGAN] - row[Used.DROPPED] + row[Used.BACK]
        assert row[Used.ACTIVE_END] <= row[Used.EVER]
    assert np.sum(told.active) == sum(row[Used.ACTIVE_WEEKS] for row in told.counts)


def test_the_first_week_of_an_uptake_by_hand() -> None:
    plan = make_uptake((0, {}))
    told = run_uptake_twin(plan, 1, 0, 3, 8)
    luck_of = Draws(3, 8)
    using, quality = 95 / 3000, 0.8 + 0.02 * (0.6 - 0.8)
    begin = count(luck_of.of(39, 0)[0], 0.02 * (1 + 4 * using))
    makers = 2 + begin - some(luck_of.of(39, 0)[1], 2, chance(0.01))
    assert told.makers[0] == [makers, 2 + begin - makers, pytest.approx(quality)]
    u = luck_of.of(38, 4)
    there = makers / (makers + 1)
    sign = some(u[0], 740, chance((0.006 + 0.09 * using) * quality * there))
    stay = some(u[1], sign, 0.6)
    out = some(u[2], 60, chance(0.02 * (1 + 1.5 * (1 - quality))))
    assert told.active[0][4] == 60 + stay - out
    assert told.counts[4][Used.MINUTES] == pytest.approx((60 + stay - out) * 2 * 3.5 * quality)


def test_the_normal_quantile_is_that() -> None:
    assert z(0.975) == pytest.approx(1.959963985)
