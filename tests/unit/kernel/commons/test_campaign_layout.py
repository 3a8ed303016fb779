import pytest

from commons_plans import make_projects
from remit.kernel.commons import campaign_layout


@pytest.mark.parametrize("columns", [campaign_layout.Scalar, campaign_layout.Count])
def test_columns_are_numbered_without_gaps(columns):
    assert [int(column) for column in columns] == list(range(len(columns)))


def test_officers_numbers_follow_the_routes_and_sizes_follow_their_mean():
    s = campaign_layout.Scalar
    first = s.OFFICER_PANEL
    routes = (campaign_layout.PANEL, campaign_layout.CAMPAIGN, campaign_layout.OFFER)
    assert [first + r for r in routes] == [s.OFFICER_PANEL, s.OFFICER_CAMPAIGN, s.OFFICER_OFFER]
    assert [s.GIFT_MEAN + k for k in (1, 2, 3)] == [s.GIFT_SIGMA, s.GIFT_LEAST, s.GIFT_MOST]
    assert [s.SHARE_MEAN + k for k in (1, 2, 3)] == [s.SHARE_SIGMA, s.SHARE_SIZE_LEAST, s.SHARE_SIZE_MOST]


def test_a_plan_is_arrays_only():
    assert all(hasattr(array, "dtype") for array in make_projects())
