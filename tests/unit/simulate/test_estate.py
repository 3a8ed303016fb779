import numpy as np
import pytest

from remit.kernel.commons.estate_layout import EstateTape, Year
from remit.mechanism.cost import YearlyCost
from remit.simulate.estate import estate_rows, overflowed, weeks_of
from remit.simulate.rows import RunRows
from small_commons import commons, commons_lowered

BRIEF = commons("estate")
UNPAID = 12.0
COST = YearlyCost(0.0, 100.0, 50.0, 20.0)
PRICES = np.array([1.0, 2.0, 4.0])


def tape(**columns: object) -> EstateTape:
    """Return the tape of one run of three years, prices doubling each year, all else 0 but for ``columns``."""
    years = np.zeros((1, 3, len(Year)))
    years[0, :, Year.PRICES] = PRICES
    for name, values in columns.items():
        years[0, :, Year[name]] = values
    return EstateTape(
        years, np.zeros((1, 3, 4)), np.zeros((1, 3, 5)), np.zeros((1, 3, 4)), np.array([[-1.0, 0.0]])
    )


def rows_of(one: EstateTape, everyone_only: bool = False) -> RunRows:
    return estate_rows(one, commons_lowered("estate"), BRIEF, COST, everyone_only)


def told(rows: RunRows, name: str) -> np.ndarray:
    """Return everyone's value, then fifths and years."""
    return rows.columns[name][0][[kind != "zone" for kind, _ in rows.groups]]


def test_condition_is_told_by_zone_that_has_assets():
    looks = np.zeros((1, 3, 4))
    looks[0, :, 0], looks[0, :, 1] = 1.0, 0.5  # a park of 20 ha and a green of 5 in the north
    rows = rows_of(tape()._replace(assets=looks))
    by_zone = {
        name: rows.columns["condition"][0, g] for g, (kind, name) in enumerate(rows.groups) if kind == "zone"
    }
    assert by_zone == pytest.approx({"north": 0.9, "south": 0.0})


@pytest.mark.parametrize(
    ("outcome", "column"),
    [
        ("call", "CALL"),
        ("income_council", "FROM_COUNCIL"),
        ("income_fund", "FROM_FUND"),
        ("income_givers", "FROM_GIVERS"),
        ("income_users", "FROM_USERS"),
        ("income_businesses", "FROM_BUSINESSES"),
        ("income_grants", "FROM_GRANTS"),
        ("raising", "RAISING"),
        ("overhead", "FIXED"),
        ("repairs", "REPAIRS"),
    ],
)
def test_a_years_money_is_in_pounds_of_the_briefs_year(outcome, column):
    found = told(rows_of(tape(**{column: [300.0, 300.0, 1200.0]})), outcome)
    assert found[6:].tolist() == [300.0, 150.0, 300.0]
    assert found[0] == 250.0
    assert np.isnan(found[1:6]).all()


@pytest.mark.parametrize(
    ("outcome", "column"), [("coverage", "COVERAGE"), ("givers", "GIVERS"), ("volunteers", "VOLUNTEERS")]
)
def test_levels_are_no_money(outcome, column):
    found = told(rows_of(tape(**{column: [0.3, 0.6, 0.9]})), outcome)
    assert [found[0], *found[6:]] == pytest.approx([0.6, 0.3, 0.6, 0.9])


def test_condition_is_that_near_people_by_size_within_their_zone():
    one = tape()
    # north: 20 and 5 hectares, 10,000 people of the two most deprived fifths; south: 10 and 5, 15,000 people
    one.assets[0] = [[1.0, 0.5, 0.8, 0.2], [0.5, 0.0, 0.4, 0.1], [0.0, 0.0, 0.0, 0.0]]
    north, south = np.array([0.9, 0.4, 0.0]), np.array([0.6, 0.3, 0.0])
    everyone = 0.4 * north + 0.6 * south
    found = told(rows_of(one), "condition")
    assert found[6:] == pytest.approx(everyone)
    assert found[0] == pytest.approx(everyone.mean())
    assert found[1:6] == pytest.approx([north.mean()] * 2 + [south.mean()] * 3)


def test_what_is_handed_on_is_the_last_five_years():
    ten = np.zeros((1, 10, 4))
    ten[0, 5:] = 0.5
    years = np.zeros((1, 10, len(Year)))
    years[:, :, Year.PRICES] = 1.0
    one = EstateTape(years, ten, np.zeros((1, 10, 5)), np.zeros((1, 10, 4)), np.array([[-1.0, 0.0]]))
    assert told(rows_of(one), "condition")[0] == pytest.approx(0.25)
    assert told(rows_of(one), "condition_end")[:6] == pytest.approx([0.5] * 6)


def test_a_zone_without_assets_is_near_nothing():
    rows = "  - [South Park, south, 10, park]\n  - [South Green, south, 5, green]\n"
    brief = commons("estate", (rows, ""))
    one = tape()._replace(assets=np.array([[[1.0, 0.5]] * 3]))
    found = estate_rows(one, commons_lowered("estate"), brief, COST, False).columns["condition"][0]
    assert found[:3] == pytest.approx([0.9, 0.9, 0.9])
    assert np.isnan(found[3:6]).all()


def test_a_body_is_afloat_until_the_end_of_the_week_in_which_it_fails():
    one = tape(INSOLVENT=[0.0, 1.0, 1.0])
    failed = one._replace(ends=np.array([[77.0, 0.0]]))
    assert told(rows_of(failed), "years_afloat")[0] == pytest.approx(1.5)
    assert told(rows_of(failed), "insolvent")[0] == 1.0
    assert told(rows_of(failed), "insolvent")[6:].tolist() == [0.0, 1.0, 1.0]
    assert told(rows_of(tape()), "years_afloat")[0] == 3.0
    assert told(rows_of(tape()), "insolvent")[0] == 0.0


def test_a_failure_in_the_first_week_is_one():
    assert told(rows_of(tape()._replace(ends=np.array([[0.0, 0.0]]))), "insolvent")[0] == 1.0


def test_what_happens_once_is_told_once_and_what_is_left_at_the_end():
    one = tape(
        STEP_IN=[0.0, 600.0, 0.0], QUEUE=[10.0, 20.0, 40.0], PURSE=[0.0, 0.0, -8.0], FUND=[5.0, 6.0, 48.0]
    )
    rows = rows_of(one)
    assert told(rows, "step_in")[0] == 300.0
    assert [told(rows, "backlog")[0], *told(rows, "backlog")[6:]] == [40.0, 10.0, 20.0, 40.0]
    assert [told(rows, "reserves")[0], *told(rows, "reserves")[6:]] == [10.0, 5.0, 3.0, 10.0]


def test_the_public_purse_pays_income_and_capital_less_what_comes_back_and_roles():
    one = tape(
        FROM_COUNCIL=[300.0, 600.0, 1200.0],
        BACK=[30.0, 60.0, 120.0],
        CAPITAL=[900.0, 0, 0],
        CAPITAL_COUNCIL=[600.0, 0, 0],
    )
    rows = rows_of(one)
    assert told(rows, "income_council")[0] == 270.0
    assert told(rows, "cost_public")[0] == pytest.approx(270.0 + 200.0 + 100.0 + 50.0 - 20.0)
    assert told(rows, "cost_grants")[0] == 20.0


def test_the_councils_own_way_beside_what_the_engine_counts_costs_too():
    beside = (
        "money:\n",
        "money:\n  service_gbp_per_year: {value: 7, unit: gbp_per_year, price_year: 2025, assumption: x}\n",
    )
    lowered = commons_lowered("estate", beside)
    assert estate_rows(tape(), lowered, BRIEF, COST, False).columns["cost_public"][0, 0] == pytest.approx(
        137.0
    )


def test_unpaid_hours_are_valued_in_pounds_of_the_briefs_year():
    rows = rows_of(tape(VOLUNTEER_HOURS=[100.0, 200.0, 300.0]))
    assert told(rows, "unpaid_hours")[0] == 200.0
    assert told(rows, "unpaid_value")[0] == pytest.approx(200.0 * UNPAID)


def test_gifts_are_told_where_givers_live():
    one = tape()
    one.gifts[0] = PRICES[:, None] * [1.0, 2.0, 3.0, 4.0, 5.0]
    found = told(rows_of(one), "gifts")
    assert found[:6].tolist() == [15.0, 1.0, 2.0, 3.0, 4.0, 5.0]


def test_need_is_people():
    assert told(rows_of(tape()), "need")[:6] == pytest.approx(
        [25_000.0, 4000.0, 6000.0, 5000.0, 5000.0, 5000.0]
    )


def test_everyone_alone_is_the_same():
    alone, full = rows_of(tape(CALL=[1.0, 2.0, 3.0]), True), rows_of(tape(CALL=[1.0, 2.0, 3.0]))
    assert alone.groups == (("all", ""),)
    for name, values in alone.columns.items():
        assert np.array_equal(values[:, 0], full.columns[name][:, 0], equal_nan=True), name


def test_a_run_is_as_long_as_its_brief_and_says_where_its_queue_had_no_room():
    assert weeks_of(BRIEF) == 520
    assert not overflowed(tape())
    assert overflowed(tape()._replace(ends=np.array([[-1.0, 1.0]])))


def test_each_stream_is_told_in_pounds_of_the_briefs_year_and_others_are_none():
    names = BRIEF.named_under("streams")
    flows = np.zeros((1, 3, len(names)))
    flows[0, :, names.index("events")] = 600.0
    rows = rows_of(tape()._replace(streams=flows))
    real = 600.0 / np.array(PRICES)
    assert told(rows, "from_events")[0] == pytest.approx(real.mean())
    assert told(rows, "from_charges")[0] == 0.0
