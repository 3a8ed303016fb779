import math

import numpy as np
import pytest

from remit.design.design import Several
from remit.kernel.commons.campaign_layout import CAMPAIGN, OFFER, PANEL, Scalar
from remit.mechanism.commons.places import people_by_fifth
from remit.mechanism.geography import zone_km
from small_commons import MADE, commons, commons_lowered

PEOPLE = people_by_fifth(commons("projects"))
SWITCHES = [Scalar.PANEL_ON, Scalar.CROWD_ON, Scalar.MATCH_ON, Scalar.SHARES_ON]
# ideas: 0.6 in the most deprived fifth, 1 in the least
IDEAS = PEOPLE * np.linspace(0.6, 1.0, 5)


def stated(head: str, *numbers: str) -> tuple[str, str]:
    return f"{head}:\n", f"{head}:\n" + "".join(f"  {n}, {MADE}\n" for n in numbers)


def plan(*changes, design="matched", **settings):
    return commons_lowered("projects", *changes, design=design, **settings).plan


def cells(one) -> np.ndarray:
    """Return chances of each cell out of its alias table."""
    n = len(one.cell_keep)
    chances = one.cell_keep / n
    np.add.at(chances, one.cell_alias, (1.0 - one.cell_keep) / n)
    return chances


@pytest.mark.parametrize(
    ("design", "switches"),
    [("today", [1, 0, 0, 0]), ("crowdfunding", [0, 1, 0, 0]), ("matched", [0, 1, 1, 0])],
)
def test_money_decides_by_which_way_ideas_go(design, switches):
    assert plan(design=design).scalars[SWITCHES].tolist() == switches


def test_shares_are_offered_where_they_are_among_the_money():
    told = plan(design="today", funding_method=Several("community_shares", ("crowdfunding",)))
    assert told.scalars[SWITCHES].tolist() == [0, 1, 0, 1]


def test_numbers_are_in_weeks_and_pounds():
    s = plan().scalars
    assert s[Scalar.IDEAS] == pytest.approx(400.0 / 52 * 0.25)
    assert s[Scalar.COST_SIGMA] == pytest.approx(math.sqrt(math.log(2.0)))
    assert s[Scalar.GIFT_SIGMA] == pytest.approx(math.sqrt(math.log(5.0)))
    assert s[[Scalar.WEEKS, Scalar.SHARE_WEEKS, Scalar.LEAD]].tolist() == [8.0, 12.0, 0.0]
    assert s[Scalar.CROWD] == pytest.approx(800.0 / 52 / 100_000)
    assert s[Scalar.FAIL] == pytest.approx(0.02 / 52)
    assert s[[Scalar.INTEREST, Scalar.FEE, Scalar.THRESHOLD]] == pytest.approx([0.03, 0.08, 0.25])


def test_weeks_are_whole():
    assert plan(stated("crowd", "lead_weeks: {value: 2.6, unit: weeks")).scalars[Scalar.LEAD] == 3.0


def test_ideas_arise_where_people_live_by_their_fifth():
    expected = np.array([[4000, 6000, 0, 0, 0], [0, 0, 5000, 5000, 5000]]) * np.linspace(0.6, 1.0, 5)
    assert cells(plan()) == pytest.approx((expected / expected.sum()).ravel())


@pytest.mark.parametrize(
    ("route", "head", "share"), [(PANEL, "panel", 0.6), (CAMPAIGN, "crowd", 0.4), (OFFER, "offer", 1.0)]
)
def test_the_share_that_comes_forward_keeps_its_mean_over_ideas(route, head, share):
    assert plan(design="today").forward[route] == pytest.approx(share)
    halved = stated(head, "forward_deprived_factor: {value: 0.5, unit: factor")
    told = plan(halved, design="today").forward[route]
    assert told[0] < told[4]
    if share < 0.7:  # nothing is cut off at all
        assert told @ IDEAS / IDEAS.sum() == pytest.approx(share)
        assert told[0] / told[4] == pytest.approx(0.5)
    assert told.max() <= 1.0


def test_a_match_keeps_its_mean_over_people_whatever_it_offers_whom():
    assert plan().match_share == pytest.approx(0.4)
    told = plan(stated("match", "deprived_factor: {value: 2, unit: factor")).match_share
    assert told[0] / told[4] == pytest.approx(2.0)
    assert told @ PEOPLE / PEOPLE.sum() == pytest.approx(0.4)


def test_no_match_is_more_than_the_whole_goal():
    generous = ("match:\n  share: {value: 0.4,", "match:\n  share: {value: 0.8,")
    told = plan(
        generous,
        (
            "  most_gbp: {value: 10000,",
            f"  deprived_factor: {{value: 100, unit: factor, {MADE}\n  most_gbp: {{value: 10000,",
        ),
    ).match_share
    assert told[0] == 1.0
    assert told.max() <= 1.0


def test_need_decides_the_match_where_a_design_says_so():
    told = plan(eligibility="universal_tiered").match_share
    assert told[0] / told[4] == pytest.approx(4.0)
    assert told @ PEOPLE / PEOPLE.sum() == pytest.approx(0.4)


def test_networks_have_their_mean_over_ideas_and_gifts_theirs_over_people():
    told = plan(stated("crowd", "gift_deprived_factor: {value: 0.25, unit: factor"))
    assert told.network_factor @ IDEAS / IDEAS.sum() == pytest.approx(1.0)
    assert told.network_factor[0] / told.network_factor[4] == pytest.approx(0.6)
    assert told.gift_factor @ PEOPLE / PEOPLE.sum() == pytest.approx(1.0)
    assert told.gift_factor[0] / told.gift_factor[4] == pytest.approx(0.25)


def test_people_count_less_the_farther_away_they_live():
    told = plan()
    near = np.exp(-zone_km(commons("projects")) / 5.0)
    assert told.reach == pytest.approx(near @ [10_000.0, 15_000.0])
    north = near[0, 0] * 10_000.0 / told.reach[0]
    assert told.givers[0] == pytest.approx(np.cumsum([0.4 * north, 0.6 * north, *[(1 - north) / 3] * 3]))
    assert (told.givers[:, -1] == 1.0).all()


def test_without_a_stated_reach_everyone_in_the_place_counts_almost_alike():
    told = plan(("  reach_km: {value: 5, unit: km, " + MADE + "\n", ""))
    assert told.reach == pytest.approx(25_000.0, rel=0.01)


def test_means_move_pledges_between_fifths_and_not_their_number():
    far = stated("crowd", "means_deprived_factor: {value: 0.5, unit: factor")
    told = plan(far, ("  reach_km: {value: 5, unit: km, " + MADE + "\n", ""))
    assert told.reach == pytest.approx(25_000.0, rel=0.01)
    shares = np.diff(told.givers[0], prepend=0.0) / PEOPLE
    assert shares[0] / shares[4] == pytest.approx(0.5, rel=0.02)
