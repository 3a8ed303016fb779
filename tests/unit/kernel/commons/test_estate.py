from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from estate_plans import asset, busy_estate, fund_gap, make_estate, purse_gap, run_one, stream
from remit.kernel.commons.estate import run_estate
from remit.kernel.commons.estate_layout import Year

COUNCILS = {"INDEPENDENT": 0.0}
FAILING = {  # 100 pounds a week of office and no income: insolvent in week 10
    "FIXED": 5200.0,
    "BORROW": 1000.0,
    "STEP_IN": 700.0,
}


def same(first: tuple, second: tuple) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize(
    "changed", [{}, COUNCILS, {"BORROW": 1e9}, {"GUARANTEE": 0.0, "RULE": 2.0, "SPEND": 20_000.0}]
)
def test_every_pound_of_purse_and_fund_is_told(changed):
    reserves, capital = 20_000.0, 500_000.0
    tape = run_estate(busy_estate(**changed), 520, 3, np.arange(30))
    assert abs(purse_gap(tape, reserves)).max() < 1e-6
    assert abs(fund_gap(tape, capital)).max() < 1e-6
    assert (tape.ends[:, 0] >= 0.0).any() == ("BORROW" not in changed and changed is not COUNCILS)


def test_gifts_by_fifth_are_all_gifts():
    tape = run_estate(busy_estate(), 260, 3, np.arange(10))
    assert tape.gifts.sum(2) == pytest.approx(tape.years[:, :, Year.FROM_GIVERS])


def test_a_row_alone_is_the_row_of_a_batch():
    whole = run_estate(busy_estate(), 260, 7, np.arange(6))
    for r in (0, 3, 5):
        alone = run_estate(busy_estate(), 260, 7, np.array([r]))
        assert same(alone, tuple(part[r : r + 1] for part in whole))
    assert not same(run_estate(busy_estate(), 260, 8, np.arange(6)), whole)


def test_threads_change_nothing():
    plan = busy_estate()
    whole = run_estate(plan, 260, 7, np.arange(8))
    with ThreadPoolExecutor(4) as pool:
        alone = list(pool.map(lambda r: run_estate(plan, 260, 7, np.array([r])), range(8)))
    assert same(whole, tuple(np.concatenate(parts) for parts in zip(*alone, strict=True)))


def test_a_longer_run_begins_as_the_shorter_one():
    plan = busy_estate()
    short, long = (run_estate(plan, weeks, 7, np.arange(5)) for weeks in (156, 520))
    assert short.years.tobytes() == np.ascontiguousarray(long.years[:, :3]).tobytes()


def test_interest_is_owed_on_debt_and_makes_more_of_it():
    (sheet,) = run_one(make_estate(FIXED=5200.0, INTEREST=0.52, START_RESERVES=150.0))
    purse, interest = 150.0, 0.0
    for _ in range(52):
        purse -= 100.0
        due = max(0.0, -purse) * 0.01
        interest, purse = interest + due, purse - due
    assert (sheet[Year.INTEREST], sheet[Year.PURSE]) == pytest.approx((interest, purse))


def test_a_body_that_owes_more_than_it_may_is_handed_back():
    tape = run_estate(make_estate(**FAILING, GUARANTEE=0.75), 104, 3, np.array([1]))
    assert tape.ends[0, 0] == 10.0
    first, second = tape.years[0]
    assert first[Year.CALL] == first[Year.FROM_COUNCIL] == pytest.approx(0.75 * 1100.0 + 700.0)
    assert first[Year.WRITTEN_OFF] == pytest.approx(0.25 * 1100.0)
    assert first[Year.STEP_IN] == pytest.approx(700.0)
    assert (first[Year.INSOLVENT], second[Year.INSOLVENT]) == (1.0, 1.0)
    assert first[Year.FIXED] == pytest.approx(1100.0)
    assert (second[Year.STEP_IN], second[Year.WRITTEN_OFF], second[Year.FIXED]) == (0.0, 0.0, 0.0)


def test_exactly_what_it_may_owe_is_no_insolvency():
    assert run_estate(make_estate(FIXED=5200.0, BORROW=5200.0), 52, 3, np.array([1])).ends[0, 0] == -1.0


def test_taking_back_costs_what_prices_are_by_then():
    (sheet,) = run_one(make_estate(**FAILING, INFLATION_MEAN=0.1, INFLATION_START=0.1, WAGE_MEAN=-0.1))
    assert sheet[Year.STEP_IN] == pytest.approx(700.0 * np.exp(0.1 * 11 / 52))


def test_once_handed_back_the_council_pays_and_its_own_office_is_paid():
    numbers = FAILING | {
        "GUARANTEE": 1.0,
        "FALLBACK": 2600.0,
        "FALLBACK_GROWTH": -0.1,
        "FALLBACK_FIXED": 1040.0,
    }
    first, second = run_one(make_estate(**numbers), 2)
    assert first[Year.FROM_COUNCIL] == pytest.approx(1100.0 + 700.0 + 50.0 * 41)
    assert first[Year.FIXED] == pytest.approx(100.0 * 11 + 20.0 * 41)
    assert first[Year.BACK] == pytest.approx(30.0 * 41)
    assert first[Year.PURSE] == 0.0
    assert second[Year.FROM_COUNCIL] == second[Year.CALL] == pytest.approx(2600.0 * np.exp(-0.1))
    assert second[Year.FIXED] == pytest.approx(1040.0)


def test_fallback_follows_its_share_of_prices():
    numbers = FAILING | {
        "FALLBACK": 2600.0,
        "FALLBACK_INDEX": 0.5,
        "INFLATION_MEAN": 0.06,
        "INFLATION_START": 0.06,
    }
    told = run_one(make_estate(**numbers, WAGE_MEAN=-0.06), 2)[1]
    weeks = np.arange(53, 105)
    assert told[Year.FROM_COUNCIL] == pytest.approx(50.0 * np.exp(0.03 * weeks / 52).sum())


def test_of_what_the_council_pays_afterwards_only_what_it_had_not_pledged_is_a_call():
    pledge = stream(AMOUNT=1560.0)  # 30 pounds a week
    numbers = FAILING | {"FALLBACK": 2600.0}
    _, second = run_one(make_estate(pledge, **numbers), 2)
    assert second[Year.FROM_COUNCIL] == pytest.approx(2600.0)
    assert second[Year.CALL] == pytest.approx(2600.0 - 1560.0)
    _, small = run_one(make_estate(pledge, **numbers | {"FALLBACK": 520.0}), 2)
    assert small[Year.CALL] == 0.0


@pytest.mark.parametrize("stays", [0.0, 1.0])
def test_a_stream_goes_on_after_hand_back_only_where_it_stays(stays):
    there = stream(PAYER=2.0, AMOUNT=520.0, STAYS=stays)
    won = stream(PAYER=4.0, AMOUNT=520.0, WINS=40.0, LASTS=520.0, STAYS=stays)
    _, second = run_one(make_estate(there, won, **FAILING | {"FIXED": 52_000.0}), 2)
    assert second[Year.FROM_USERS] == pytest.approx(520.0 * stays)
    assert (second[Year.FROM_GRANTS] > 0.0) == (stays == 1.0)


def test_a_stream_that_stays_though_it_was_off_begins():
    _, second = run_one(make_estate(stream(PAYER=2.0, ON=0.0, STAYS=1.0), **FAILING), 2)
    assert second[Year.FROM_USERS] == pytest.approx(5200.0)


def test_at_hand_back_givers_leave_volunteers_stay_and_the_fund_goes_on():
    numbers = FAILING | {
        "VOLUNTEER_HOURS": 1.0,
        "CAPITAL": 1000.0,
        "RULE": 0.0,
        "SPEND": 52.0,
        "TO_FUND": 0.5,
    }
    plan = make_estate(givers=[4.0, 5.0, 1.0], volunteers=[2.0, 0.0], **numbers)
    tape = run_estate(plan, 156, 3, np.array([1]))
    assert 10.0 <= tape.ends[0, 0] < 52.0
    first, second, third = tape.years[0]
    assert first[Year.FROM_GIVERS] > 0.0
    assert (second[Year.FROM_GIVERS], second[Year.GIVERS]) == (0.0, 0.0)
    assert second[Year.VOLUNTEERS] == pytest.approx(10.0)
    assert third[Year.FROM_FUND] == pytest.approx(52.0)
    assert third[Year.FUND] == pytest.approx(first[Year.FUND] - 104.0)


def test_coverage_is_planned_anew_after_hand_back_with_the_councils_own_numbers():
    lawn = asset(HOURS=10.0)  # 200 pounds a week
    numbers = FAILING | {
        "LEAST": 0.5,
        "OPTIMISM": 3.0,
        "FALLBACK": 4160.0,
        "FALLBACK_FIXED": 1040.0,
        "FALLBACK_LEAST": 0.1,
        "PROVISION": 520.0,
    }
    there = stream(PAYER=2.0, AMOUNT=520.0, STAYS=1.0)
    # before: 10 of income, 100 of office, half of the work: 190 pounds a week too little, six weeks
    tape = run_estate(make_estate(there, assets=(lawn,), **numbers), 104, 3, np.array([1]))
    assert tape.ends[0, 0] == 5.0
    after = (80.0 + 10.0 - 20.0 - 10.0) / 200.0
    first, second = tape.years[0]
    assert first[Year.COVERAGE] == pytest.approx((6 * 0.5 + 46 * after) / 52)
    assert second[Year.COVERAGE] == pytest.approx(after)
    poor = run_one(make_estate(assets=(lawn,), **numbers | {"FALLBACK": 0.0}), 2)[1]
    assert poor[Year.COVERAGE] == pytest.approx(0.1)


def test_the_councils_own_purse_is_filled_up_and_cannot_fail():
    numbers = FAILING | COUNCILS | {"INTEREST": 0.5}
    tape = run_estate(make_estate(stream(AMOUNT=2080.0), **numbers), 104, 3, np.array([1]))
    sheet = tape.years[0, 1]
    assert sheet[Year.CALL] == pytest.approx(60.0 * 52)
    assert sheet[Year.FROM_COUNCIL] == pytest.approx(5200.0)
    assert (sheet[Year.PURSE], sheet[Year.INTEREST], tape.ends[0, 0]) == (0.0, 0.0, -1.0)


def test_what_the_council_has_left_over_goes_back_but_for_what_it_may_carry():
    lawn = asset(HOURS=1.0)  # 20 pounds a week
    numbers = COUNCILS | {"CARRY": 0.5}
    first, second = run_one(make_estate(stream(), assets=(lawn,), **numbers), 2)
    assert (first[Year.PURSE], first[Year.BACK]) == pytest.approx((520.0, 80.0 * 52 - 520.0))
    assert (second[Year.PURSE], second[Year.BACK]) == pytest.approx((520.0, 80.0 * 52))


def test_a_body_of_its_own_keeps_what_is_left_over():
    told = run_one(make_estate(stream()), 2)
    assert told[:, Year.PURSE] == pytest.approx([5200.0, 10_400.0])
    assert not told[:, Year.BACK].any()


def test_the_same_luck_befalls_every_design():
    own, councils = (
        run_estate(busy_estate(INDEPENDENT=on, NEGLECT=0.0), 260, 7, np.arange(5)).years for on in (1.0, 0.0)
    )
    assert (own[:, :, Year.PRICES] == councils[:, :, Year.PRICES]).all()
    assert (own[:, :, Year.SURPRISES] == councils[:, :, Year.SURPRISES]).all()
