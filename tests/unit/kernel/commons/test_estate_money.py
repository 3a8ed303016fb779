import math

import numpy as np
import pytest

from estate_plans import asset, make_estate, run_one, stream
from remit.kernel.commons.draws import chance, count, some
from remit.kernel.commons.estate import run_estate
from remit.kernel.commons.estate_layout import Year
from remit.kernel.commons.layout import Stream
from remit.kernel.elementary import normal_quantile
from remit.kernel.philox import uniforms

SEED, LUCK = 20240711, 1
WEEKS = np.arange(52)


def draws(stream_of: Stream, entity: int, block: int) -> tuple[float, ...]:
    u = np.uint64
    return uniforms(u(SEED), u(LUCK), u(int(stream_of)), u(entity), u(block))


def council(*streams, years=1, **scalars):
    return run_one(make_estate(*streams, **scalars), years)[:, Year.FROM_COUNCIL]


def test_a_plain_stream_gives_its_amount():
    assert council(stream()) == pytest.approx([5200.0])


def test_a_stream_that_is_off_gives_nothing():
    assert council(stream(ON=0.0)) == [0.0]


def test_a_stream_gives_from_its_start_and_before_its_end():
    assert council(stream(START=10.0, END=30.0)) == pytest.approx([100.0 * 20])


def test_a_stream_rises_over_its_ramp():
    rising = np.minimum(1.0, (WEEKS - 4 + 1.0) / 26.0)[4:]
    assert council(stream(START=4.0, RAMP=26.0)) == pytest.approx([100.0 * rising.sum()])


def test_a_stream_runs_down_over_its_taper():
    falling = np.minimum(1.0, (52.0 - WEEKS) / 26.0)
    assert council(stream(END=52.0, TAPER=26.0)) == pytest.approx([100.0 * falling.sum()])


def test_a_stream_is_held_under_its_cap():
    rising = np.minimum(0.5, (WEEKS + 1.0) / 26.0)
    assert council(stream(RAMP=26.0, CAP=2600.0)) == pytest.approx([100.0 * rising.sum()])


def test_a_stream_grows_from_year_to_year():
    assert council(stream(GROWTH=-0.1), years=3) == pytest.approx(5200.0 * np.exp(-0.1 * np.arange(3)))


@pytest.mark.parametrize("index", [0.0, 0.5, 1.0])
def test_a_stream_follows_its_share_of_prices(index):
    prices = np.exp(0.04 * (WEEKS + 1.0) / 52.0)
    told = council(stream(INDEX=index), INFLATION_MEAN=0.04, INFLATION_START=0.04)
    assert told == pytest.approx([100.0 * (prices**index).sum()])


def test_a_cap_follows_prices():
    prices = np.exp(0.04 * (WEEKS + 1.0) / 52.0)
    told = council(stream(INDEX=0.0, CAP=2600.0), INFLATION_MEAN=0.04, INFLATION_START=0.04)
    assert told == pytest.approx([50.0 * prices.sum()])


def test_a_shock_lasts_a_year_and_leaves_its_part_to_the_next():
    told = council(stream(SIGMA=0.3, PHI=0.6), years=3)
    x = 0.0
    for year in range(3):
        z = normal_quantile(draws(Stream.INCOME, 0, year)[0])
        x = z if year == 0 else 0.6 * x + math.sqrt(1.0 - 0.36) * z
        assert told[year] == pytest.approx(5200.0 * math.exp(0.3 * x - 0.045))


def test_shocks_are_one_on_average():
    plan = make_estate(stream(SIGMA=0.5))
    told = run_estate(plan, 52, 3, np.arange(4000)).years[:, 0, Year.FROM_COUNCIL]
    assert told.mean() == pytest.approx(5200.0, rel=0.04)


def test_a_stream_follows_condition_as_it_was_at_the_end_of_last_week():
    recovering = asset(START=0.5, RECOVER=0.1)
    c, total = 0.5, 0.0
    for _ in WEEKS:
        total += 100.0 * (c / 0.5) ** 0.7
        c += 0.1 * (1.0 - c)
    assert council(stream(LOOKS=0.7), assets=(recovering,)) == pytest.approx([total])


def test_a_lost_stream_stays_lost():
    plan = make_estate(stream(RENEW=0.6))
    told = run_estate(plan, 520, 3, np.arange(200)).years[:, :, Year.FROM_COUNCIL]
    alive = told > 0.0
    assert alive[:, 0].all()
    assert (alive[:, 1:] <= alive[:, :-1]).all()
    assert alive[:, 1].mean() == pytest.approx(0.6, abs=0.1)
    assert alive[:, 5].mean() == pytest.approx(0.6**5, abs=0.07)


def test_a_stream_that_has_not_begun_cannot_be_lost():
    plan = make_estate(stream(RENEW=0.0, START=104.0))
    told = run_estate(plan, 52 * 4, 3, np.arange(20)).years[:, :, Year.FROM_COUNCIL]
    assert not told[:, [0, 1, 3]].any()
    # the draw at its own first week counts already
    assert not told[:, 2].any()
    begun = make_estate(stream(RENEW=0.0, START=105.0))
    assert (run_estate(begun, 52 * 4, 3, np.arange(20)).years[:, 2, Year.FROM_COUNCIL] == 5100.0).all()


def grants_by_hand(wins: list[int], lasts: float, amount: float) -> list[float]:
    paid = [0.0] * len(wins)
    for w in range(52 * len(wins)):
        for year, number in enumerate(wins):
            left = 52 * year + lasts - w
            if w >= 52 * year and left > 0.0:
                paid[w // 52] += number * amount / lasts * min(1.0, left)
    return paid


@pytest.mark.parametrize("lasts", [20.0, 52.0, 90.5])
def test_grants_won_are_paid_evenly(lasts):
    told = run_one(make_estate(stream(PAYER=4.0, AMOUNT=1000.0, WINS=2.0, LASTS=lasts)), years=6)
    wins = [count(draws(Stream.INCOME, 0, year)[2], 2.0) for year in range(6)]
    assert sum(wins) > 4
    assert told[:, Year.FROM_GRANTS] == pytest.approx(grants_by_hand(wins, lasts, 1000.0))


def test_a_lost_stream_of_grants_wins_no_more_and_is_paid_what_it_won():
    plan = make_estate(stream(PAYER=4.0, AMOUNT=1000.0, WINS=60.0, LASTS=104.0, RENEW=0.0))
    told = run_one(plan, years=3)[:, Year.FROM_GRANTS]
    assert told[0] == pytest.approx(told[1])
    assert told[0] > 0.0
    assert told[2] == 0.0


def test_raising_is_a_cost_beside_what_is_raised():
    (sheet,) = run_one(make_estate(stream(PAYER=3.0, RAISING=0.3), START_RESERVES=10.0))
    assert sheet[Year.FROM_BUSINESSES] == pytest.approx(5200.0)
    assert sheet[Year.RAISING] == pytest.approx(0.3 * 5200.0)
    assert sheet[Year.PURSE] == pytest.approx(10.0 + 0.7 * 5200.0)


def test_prices_move_as_the_draws_say():
    numbers = {"INFLATION_MEAN": 0.02, "INFLATION_PHI": 0.5, "INFLATION_SIGMA": 0.03, "INFLATION_START": 0.1}
    told = run_one(make_estate(**numbers), years=3)[:, Year.PRICES]
    inflation, price = 0.1, 1.0
    for year in range(3):
        z = normal_quantile(draws(Stream.ECONOMY, year, 0)[0])
        inflation = 0.02 + 0.5 * (inflation - 0.02) + 0.03 * z
        assert told[year] == pytest.approx(price * np.exp(inflation * (WEEKS + 1.0) / 52.0).mean())
        price *= math.exp(inflation)


def test_real_wages_move_with_prices_as_far_as_they_are_correlated():
    numbers = {"WAGE_MEAN": 0.01, "WAGE_PHI": 0.4, "WAGE_SIGMA": 0.02, "WAGE_WITH": -0.6, "FIXED": 5200.0}
    told = run_one(make_estate(**numbers), years=3)[:, Year.FIXED]
    growth, wage = 0.01, 1.0
    for year in range(3):
        a, b = (normal_quantile(u) for u in draws(Stream.ECONOMY, year, 0)[:2])
        growth = 0.01 + 0.4 * (growth - 0.01) + 0.02 * (-0.6 * a + 0.8 * b)
        assert told[year] == pytest.approx(5200.0 * wage * np.exp(growth * (WEEKS + 1.0) / 52.0).mean())
        wage *= math.exp(growth)


FUND = {
    "CAPITAL": 100_000.0,
    "RETURN_MEAN": 0.05,
    "FEE": 0.01,
    "INFLATION_MEAN": 0.03,
    "INFLATION_START": 0.07,
}


def fund_by_hand(spend) -> tuple[list[float], list[float]]:
    fund, starts, spent, ends = 100_000.0, [], [], []
    for _ in range(6):
        starts.append(fund)
        spent.append(max(0.0, min(fund, spend(starts, spent))))
        ends.append(fund - spent[-1])
        fund = ends[-1] * math.exp(0.03 + 0.05 - 0.01)
    return spent, ends


RULES = {
    0: ({"SPEND": 4000.0}, lambda starts, spent: 4000.0),
    1: ({"SPEND": 0.06, "AVERAGE": 3.0}, lambda starts, spent: 0.06 * np.mean(starts[-3:])),
    2: (
        {"SPEND": 4000.0, "FLOOR": 0.045},
        lambda starts, spent: max(spent[-1] * math.exp(0.03) if spent else 4000.0, 0.045 * starts[-1]),
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_an_endowment_spends_by_its_rule(rule):
    numbers, spend = RULES[rule]
    told = run_one(make_estate(**FUND, **numbers, RULE=float(rule)), years=6)
    spent, ends = fund_by_hand(spend)
    assert told[:, Year.FROM_FUND] == pytest.approx(spent)
    assert told[:, Year.FUND] == pytest.approx(ends)


def test_a_sum_that_follows_prices_takes_last_years_and_no_floor_where_it_has_none():
    told = run_one(make_estate(**FUND, SPEND=4000.0, RULE=2.0, INFLATION_PHI=0.5), years=3)
    # inflation: 0.05 in the first year, 0.04 in the second
    expected = [4000.0, 4000.0 * math.exp(0.05), 4000.0 * math.exp(0.09)]
    assert told[:, Year.FROM_FUND] == pytest.approx(expected)


def test_a_fund_is_never_spent_below_nothing():
    told = run_one(make_estate(CAPITAL=10_000.0, SPEND=7000.0, RULE=0.0), years=3)
    assert told[:, Year.FROM_FUND] == pytest.approx([7000.0, 3000.0, 0.0])
    assert told[:, Year.FUND] == pytest.approx([3000.0, 0.0, 0.0])


def test_a_return_is_above_that_years_prices_and_leans_on_them():
    numbers = FUND | {"INFLATION_SIGMA": 0.02, "RETURN_SIGMA": 0.1, "RETURN_WITH": -0.6}
    told = run_one(make_estate(**numbers), years=3)
    inflation, fund = 0.07, 100_000.0
    for year in range(2):
        a, _, c = (normal_quantile(u) for u in draws(Stream.ECONOMY, year, 0)[:3])
        inflation = 0.03 + 0.02 * a
        earned = fund * (math.exp(inflation + 0.05 + 0.1 * (-0.6 * a + 0.8 * c) - 0.01) - 1.0)
        assert told[year + 1, Year.RETURNS] == pytest.approx(earned)
        fund += earned
        assert told[year + 1, Year.FUND] == pytest.approx(fund)


def test_capital_is_told_with_who_paid_it():
    by_council = run_one(make_estate(CAPITAL=500.0), years=2)
    by_others = run_one(make_estate(CAPITAL=500.0, CAPITAL_PAYER=4.0), years=2)
    assert by_council[:, [Year.CAPITAL, Year.CAPITAL_COUNCIL]].tolist() == [[500.0, 500.0], [0.0, 0.0]]
    assert by_others[:, [Year.CAPITAL, Year.CAPITAL_COUNCIL]].tolist() == [[500.0, 0.0], [0.0, 0.0]]


def givers_by_hand(start: int, people: int, join: float, lapse: float) -> np.ndarray:
    """Return ``(52, 5)`` givers at the end of each week."""
    table, now = np.zeros((52, 5)), [people] * 5
    for week in range(52):
        for f in range(5):
            u, v, _, _ = draws(Stream.GIVERS, 5 * week + f, 0)
            joined = count(u, join) if week >= start else 0
            now[f] += joined - some(v, now[f], chance(lapse))
            table[week, f] = now[f]
    return table


@pytest.mark.parametrize("start", [0, 20])
def test_givers_join_and_lapse_and_each_gives(start):
    plan = make_estate(givers=[10.0, 0.3, 104.0], LAPSE=0.03, GIVERS_START=float(start))
    tape = run_estate(plan, 52, SEED, np.array([LUCK]))
    people = givers_by_hand(start, 10, 0.3, 0.03)
    assert people[-1].sum() != 50.0
    assert tape.years[0, 0, Year.GIVERS] == pytest.approx(people.sum(axis=1).mean())
    assert tape.gifts[0, 0] == pytest.approx(2.0 * people.sum(axis=0))
    assert tape.years[0, 0, Year.FROM_GIVERS] == pytest.approx(2.0 * people.sum())


def test_givers_who_all_lapse_give_nothing():
    plan = make_estate(givers=[10.0, 0.0, 104.0], LAPSE=1e6)
    assert run_one(plan, 1)[0, [Year.FROM_GIVERS, Year.GIVERS]].tolist() == [0.0, 0.0]


def test_a_gift_is_shared_between_the_purse_the_fund_and_raising_it():
    plan = make_estate(givers=[1.0, 0.0, 52.0], TO_FUND=0.3, GIVERS_RAISING=0.2)
    first, second = run_one(plan, 2)
    assert first[Year.FROM_GIVERS] == pytest.approx(5.0 * 52.0)
    assert first[Year.TO_FUND] == pytest.approx(0.3 * 260.0)
    assert first[Year.RAISING] == pytest.approx(0.2 * 260.0)
    assert first[Year.PURSE] == pytest.approx(0.5 * 260.0)
    assert (first[Year.FUND], second[Year.FUND]) == pytest.approx((78.0, 156.0))


def test_what_is_given_to_a_fund_earns_from_the_next_year_on():
    plan = make_estate(givers=[1.0, 0.0, 52.0], TO_FUND=1.0, RETURN_MEAN=0.1)
    told = run_one(plan, 3)[:, Year.RETURNS]
    assert told == pytest.approx([0.0, 0.0, 260.0 * (math.exp(0.1) - 1.0)])


def test_gifts_follow_their_share_of_prices():
    prices = np.exp(0.04 * (WEEKS + 1.0) / 52.0)
    plan = make_estate(givers=[1.0, 0.0, 52.0], GIFT_INDEX=0.5, INFLATION_MEAN=0.04, INFLATION_START=0.04)
    assert run_one(plan)[0, Year.FROM_GIVERS] == pytest.approx(5.0 * (prices**0.5).sum())
