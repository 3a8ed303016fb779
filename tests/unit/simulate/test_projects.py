import numpy as np
import pytest

from remit.kernel.commons.campaign_layout import CampaignTape, Count
from remit.mechanism.cost import YearlyCost
from remit.simulate.projects import by_size, project_rows, top_share
from remit.simulate.rows import RunRows
from small_commons import MADE, commons, commons_lowered

BRIEF = commons("projects")
COST = YearlyCost(0.0, 100.0, 50.0, 20.0)
YEARS = 3
FIXED = ("pot:\n", f"pot:\n  fixed_gbp_per_year: {{value: 7, unit: gbp_per_year, price_year: 2025, {MADE}\n")
SERVICE = (
    "money:\n",
    f"money:\n  service_gbp_per_year: {{value: 5, unit: gbp_per_year, price_year: 2025, {MADE}\n",
)


def tape(**counts: object) -> CampaignTape:
    """Return the tape of one run of three years in which nothing happened but these counts, a number for each fifth."""
    table = np.zeros((1, 5, len(Count)))
    for name, values in counts.items():
        table[0, :, Count[name]] = values
    zeros = np.zeros
    return CampaignTape(
        table, zeros((1, 2, 2)), zeros((1, 5, 3)), zeros((1, 64, 2)), zeros((1, 52 * YEARS, 2)), zeros((1, 2))
    )


def rows_of(one: CampaignTape, *changes: tuple[str, str], everyone_only: bool = False) -> RunRows:
    return project_rows(one, commons_lowered("projects", *changes), BRIEF, COST, everyone_only)


def told(rows: RunRows, name: str) -> np.ndarray:
    return rows.columns[name][0]


@pytest.mark.parametrize(
    ("outcome", "column"), [("project_worth", "WORTH"), ("projects_made", "MADE"), ("came_forward", "CAME")]
)
def test_what_came_about_is_told_a_year_by_the_fifth_of_the_idea(outcome, column):
    found = told(rows_of(tape(**{column: [3.0, 6.0, 9.0, 0.0, 30.0]})), outcome)
    assert found[:6].tolist() == [16.0, 1.0, 2.0, 3.0, 0.0, 10.0]


def test_projects_are_told_by_the_year_of_their_funding():
    one = tape(MADE=[6.0, 0, 0, 0, 0])
    one.weekly[0, [0, 51, 52, 103, 155], 0] = [1.0, 2.0, 1.0, 1.0, 1.0]
    assert told(rows_of(one), "projects_made")[6:].tolist() == [3.0, 2.0, 1.0]


def test_ideas_that_came_to_nothing_leave_out_those_still_running_at_the_end():
    one = tape(
        IDEAS=[10.0, 10.0, 0.0, 4.0, 6.0], HELD=[2.0, 0.0, 0.0, 4.0, 0.0], MADE=[4.0, 5.0, 0.0, 0.0, 6.0]
    )
    found = told(rows_of(one), "ideas_missed")
    assert found[[1, 2, 5]] == pytest.approx([0.5, 0.5, 0.0])
    assert np.isnan(found[[3, 4]]).all()
    assert found[0] == pytest.approx(9.0 / 24.0)


def test_campaigns_fare_as_counted():
    one = tape(
        SUCCEEDED=[6.0, 0, 0, 0, 0],
        SMALLER=[1.0, 0, 0, 0, 0],
        FAILED=[3.0, 0, 0, 0, 0],
        FUNDED=8.0,
        MADE=6.0,
        LATE=3.0,
    )
    rows = rows_of(one)
    assert told(rows, "campaign_success")[0] == pytest.approx(0.6)
    assert told(rows, "delivered_share")[0] == pytest.approx(0.75)
    assert told(rows, "late_share")[0] == pytest.approx(0.5)
    assert np.isnan(told(rows_of(tape()), "campaign_success")[0])


def test_gifts_are_told_in_all_new_ones_apart_and_where_givers_live():
    one = tape(COLLECTED=[300.0, 0, 0, 0, 0], SUCCEEDED=[2.0, 0, 0, 0, 0], SMALLER=[1.0, 0, 0, 0, 0])
    one.gifts[0, :, 0] = [1.0, 2.0, 3.0, 0.0, 0.0]
    one.gifts[0, :, 1] = [30.0, 60.0, 0.0, 0.0, 210.0]
    rows = rows_of(one)
    assert told(rows, "gifts_total")[0] == told(rows, "gifts")[0] == 100.0
    assert told(rows, "gifts_net")[0] == pytest.approx(78.0)
    assert told(rows, "gifts")[1:6].tolist() == [10.0, 20.0, 0.0, 0.0, 70.0]
    assert told(rows, "gift_mean")[0] == 50.0
    assert told(rows, "backers")[0] == pytest.approx(2.0)


def test_leverage_is_gifts_over_matches_and_nothing_else_of_the_pot():
    rows = rows_of(tape(COLLECTED=60.0, MATCH=20.0, GRANTS=30.0, BOOSTER=10.0))
    assert told(rows, "leverage")[0] == 3.0
    assert told(rows, "match_paid")[0] == pytest.approx(5 * 60.0 / 3)


def test_money_of_others_is_told_a_year():
    rows = rows_of(tape(FEES=3.0, SHARES=6.0, INVESTORS_LOST=9.0))
    assert [told(rows, n)[0] for n in ("fees", "shares_sold", "investors_lost")] == [5.0, 10.0, 15.0]


def test_the_public_purse_pays_the_pot_officers_the_platform_and_roles():
    one = tape(
        GRANTS=[30.0, 0, 0, 0, 0],
        MATCH=[60.0, 0, 0, 0, 0],
        BOOSTER=[90.0, 0, 0, 0, 0],
        OFFICERS=[300.0, 0, 0, 0, 0],
    )
    assert told(rows_of(one), "cost_public")[0] == pytest.approx(60.0 + 100.0 + 130.0)
    assert told(rows_of(one, FIXED, SERVICE), "cost_public")[0] == pytest.approx(60.0 + 100.0 + 130.0 + 12.0)
    assert told(rows_of(one), "cost_grants")[0] == 20.0


def test_time_given_is_by_the_project_made():
    rows = rows_of(tape(MADE=3.0))
    assert told(rows, "unpaid_hours")[0] == pytest.approx(5 * 50.0)
    assert told(rows, "unpaid_value")[0] == pytest.approx(5 * 50.0 * 12.0)


def test_need_is_people():
    assert told(rows_of(tape()), "need")[:6] == pytest.approx(
        [25_000.0, 4000.0, 6000.0, 5000.0, 5000.0, 5000.0]
    )


def test_everyone_alone_is_the_same():
    one = tape(IDEAS=9.0, MADE=3.0, WORTH=30.0)
    alone, full = rows_of(one, everyone_only=True), rows_of(one)
    for name, values in alone.columns.items():
        assert np.array_equal(values[:, 0], full.columns[name][:, 0], equal_nan=True), name


def test_the_largest_tenth_is_counted_from_the_largest_and_in_part():
    # 20 gifts: 10 of 1, 9 of 4, 1 of 54: the largest tenth is 54 and one of 4
    sizes = np.zeros((1, 64, 2))
    sizes[0, [0, 8, 23], 0] = [10.0, 9.0, 1.0]
    sizes[0, [0, 8, 23], 1] = [10.0, 36.0, 54.0]
    assert top_share(sizes, 0.1) == pytest.approx([0.58])
    assert top_share(sizes, 0.025) == pytest.approx([0.27])
    assert top_share(sizes, 1.0) == pytest.approx([1.0])


def test_the_largest_tenth_of_equal_gifts_is_a_tenth_and_of_none_nothing():
    sizes = np.zeros((2, 64, 2))
    sizes[0, 5] = [30.0, 90.0]
    with np.errstate(invalid="ignore", divide="ignore"):
        found = top_share(sizes, 0.1)
    assert found[0] == pytest.approx(0.1)
    assert np.isnan(found[1])


def test_gifts_by_size_part_at_16_64_and_256_pounds():
    sizes = np.zeros((1, 64, 2))
    for bin_, pounds in ((15, 1.0), (16, 2.0), (23, 3.0), (24, 4.0), (32, 10.0)):
        sizes[0, bin_] = 1.0, pounds
    assert {n: v[0] for n, v in by_size(sizes).items()} == pytest.approx(
        {
            "small_gifts_share": 0.05,
            "middle_gifts_share": 0.25,
            "larger_gifts_share": 0.2,
            "large_gifts_share": 0.5,
        }
    )
