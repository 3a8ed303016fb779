"""The three compiled commons engines against their plain twins: every column, run by run.

The twins themselves are held against arithmetic done by hand in ``test_commons_by_hand.py``.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernel.commons import campaign_layout as campaigns
from remit.kernel.commons import uptake_layout as uptakes
from remit.kernel.commons.campaign_batch import run_campaigns
from remit.kernel.commons.campaign_layout import CampaignPlan
from remit.kernel.commons.estate import run_estate
from remit.kernel.commons.estate_layout import EstatePlan, Year
from remit.kernel.commons.uptake import run_uptake
from remit.kernel.commons.uptake_layout import UptakePlan
from twin.campaign_twin import run_campaign_twin
from twin.commons_worlds import ESTATES, PLACES, UPTAKES, random_estate, random_place, random_uptake
from twin.estate_twin import run_estate_twin
from twin.uptake_twin import run_uptake_twin

SEEDS = [1, 2**63 + 11]
LUCKS = np.array([5, 2**40 + 3, 2**32 + 1])
WEEKS = 52 * 8
RELATIVE = 1e-9
POUND = 1e-6  # what is left when sums of thousands of pounds nearly cancel
WHOLE_YEAR = [Year.INSOLVENT, Year.SURPRISES]
POUNDS_OF_CAMPAIGNS = {
    *("WORTH", "GRANTS", "MATCH", "BOOSTER", "COLLECTED", "FEES", "SHARES", "INTEREST"),
    *("WITHDRAWN", "INVESTORS_LOST", "OFFICERS", "ASKED"),
}
WHOLE_CAMPAIGN = [c for c in campaigns.Count if c.name not in POUNDS_OF_CAMPAIGNS]
WHOLE_UPTAKE = [c for c in uptakes.Count if c.name not in ("USES", "MINUTES")]


def assert_same(name: str, kernel: Any, twin: Any, columns: Any = None, whole: Any = ()) -> None:
    """Hold an array of one run against the twin's, column by column; whole numbers exactly."""
    ours, theirs = np.asarray(kernel, float), np.asarray(twin, float)
    assert ours.shape == theirs.shape, name
    for c in range(theirs.shape[-1] if theirs.size else 0):
        label = f"{name}, {columns(c).name if columns else f'column {c}'}"
        if c in whole:
            np.testing.assert_array_equal(ours[..., c], theirs[..., c], err_msg=label)
        else:
            np.testing.assert_allclose(ours[..., c], theirs[..., c], RELATIVE, POUND, err_msg=label)


def assert_estate(plan: EstatePlan, weeks: int, seed: int, lucks: np.ndarray) -> None:
    tape = run_estate(plan, weeks, seed, lucks)
    for r, luck in enumerate(lucks.tolist()):
        told = run_estate_twin(plan, weeks, seed, luck)
        assert_same(f"years of luck {luck}", tape.years[r], told.years, Year, WHOLE_YEAR)
        assert_same(f"assets of luck {luck}", tape.assets[r], told.assets)
        assert_same(f"gifts of luck {luck}", tape.gifts[r], told.gifts)
        assert tape.ends[r].tolist() == told.ends


def assert_campaigns(plan: CampaignPlan, weeks: int, seed: int, lucks: np.ndarray) -> None:
    tape = run_campaigns(plan, weeks, seed, lucks)
    for r, luck in enumerate(lucks.tolist()):
        told = run_campaign_twin(plan, weeks, seed, luck)
        assert_same(f"counts of luck {luck}", tape.counts[r], told.counts, campaigns.Count, WHOLE_CAMPAIGN)
        assert_same(f"zones of luck {luck}", tape.zones[r], told.zones, whole=[0])
        assert_same(f"gifts of luck {luck}", tape.gifts[r], told.gifts, whole=[0])
        assert_same(f"sizes of luck {luck}", tape.sizes[r], told.sizes, whole=[0])
        assert_same(f"weeks of luck {luck}", tape.weekly[r], told.weekly, whole=[0])
        assert tape.ends[r].tolist() == told.ends


def assert_uptake(plan: UptakePlan, weeks: int, warm: int, seed: int, lucks: np.ndarray) -> None:
    tape = run_uptake(plan, weeks, warm, seed, lucks)
    for r, luck in enumerate(lucks.tolist()):
        told = run_uptake_twin(plan, weeks, warm, seed, luck)
        assert_same(f"active of luck {luck}", tape.active[r], told.active, whole=range(5))
        assert_same(f"makers of luck {luck}", tape.makers[r], told.makers, whole=[0, 1])
        assert_same(f"counts of luck {luck}", tape.counts[r], told.counts, uptakes.Count, WHOLE_UPTAKE)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ESTATES)
def test_small_estates(name: str, seed: int) -> None:
    assert_estate(ESTATES[name], WEEKS, seed, LUCKS)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", PLACES)
def test_small_places(name: str, seed: int) -> None:
    assert_campaigns(PLACES[name], 52 * 5, seed, LUCKS)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", UPTAKES)
def test_small_uptakes(name: str, seed: int) -> None:
    assert_uptake(UPTAKES[name], 120, 26, seed, LUCKS)


SOME = settings(max_examples=30, deadline=None, derandomize=True)
ANY_SEED = st.integers(0, 2**32 - 1)
ANY_LUCK = st.integers(0, 2**40)


@SOME
@given(seed=ANY_SEED, luck=ANY_LUCK)
def test_random_estates(seed: int, luck: int) -> None:
    assert_estate(random_estate(seed), 52 * 6, seed * 2**31, np.array([luck]))


@SOME
@given(seed=ANY_SEED, luck=ANY_LUCK)
def test_random_places(seed: int, luck: int) -> None:
    assert_campaigns(random_place(seed), 52 * 4, seed * 2**31, np.array([luck]))


@SOME
@given(seed=ANY_SEED, luck=ANY_LUCK)
def test_random_uptakes(seed: int, luck: int) -> None:
    assert_uptake(random_uptake(seed), 104, seed % 60, seed * 2**31, np.array([luck]))


# -- what the small worlds show -------------------------------------------------------------------------


SHOWN_BY_ESTATES = {
    "council in plenty": "FROM_COUNCIL FROM_USERS BACK RAISING REPAIRS SURPRISES FIXED",
    "council in need": "CALL QUEUE FROM_GRANTS VOLUNTEERS",
    "fixed spending": "FROM_GIVERS FROM_FUND TO_FUND CAPITAL CAPITAL_COUNCIL VOLUNTEER_HOURS SUPERVISION RETURNS",
    "share of an average": "FROM_GRANTS FROM_FUND CAPITAL",
    "with prices and a floor": "INTEREST INSOLVENT WRITTEN_OFF STEP_IN CALL FROM_FUND",
    "handed back": "INSOLVENT WRITTEN_OFF STEP_IN CALL FROM_GRANTS GIVERS",
}
SHOWN_BY_PLACES = {
    "panel": "REFUSED GRANTS MISSED LATE LOST",
    "crowd": "HELD SUCCEEDED FAILED FEES ASKED",
    "match, more for the deprived": "MATCH",
    "match, small pot": "MATCH FAILED",
    "keep it": "SMALLER MATCH",
    "shares": "SHARES INTEREST WITHDRAWN INVESTORS_LOST FOLDED GRANTS BOOSTER",
    "all together": "MATCH BOOSTER SHARES HELD",
}


@pytest.mark.parametrize("name", SHOWN_BY_ESTATES)
def test_estates_show_what_they_are_for(name: str) -> None:
    sums = sum(np.array(run_estate_twin(ESTATES[name], WEEKS, 1, luck).years) for luck in LUCKS.tolist())
    assert all(sums[:, Year[column]].sum() > 0 for column in SHOWN_BY_ESTATES[name].split())


@pytest.mark.parametrize("name", SHOWN_BY_PLACES)
def test_places_show_what_they_are_for(name: str) -> None:
    sums = sum(np.array(run_campaign_twin(PLACES[name], 260, 1, luck).counts) for luck in LUCKS.tolist())
    assert all(sums[:, campaigns.Count[column]].sum() > 0 for column in SHOWN_BY_PLACES[name].split())


def test_makers_die_out_and_come_back() -> None:
    dying = np.array(run_uptake_twin(UPTAKES["makers die out"], 120, 0, 1, 5).makers)
    assert dying[-1, 0] == 0
    back = np.array(run_uptake_twin(UPTAKES["makers come back"], 400, 0, 1, 5).makers)
    gone = np.flatnonzero(back[:, 0] == 0)[0]
    assert back[gone:, 0].max() > 0
