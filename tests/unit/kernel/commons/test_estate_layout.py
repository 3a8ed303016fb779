import pytest

from estate_plans import busy_estate
from remit.kernel.commons import estate_layout as layout


@pytest.mark.parametrize("columns", [layout.Scalar, layout.Income, layout.Asset, layout.Year])
def test_columns_are_numbered_without_gaps(columns):
    assert [int(column) for column in columns] == list(range(len(columns)))


def test_a_payers_number_is_the_column_of_what_it_pays():
    payers = (layout.COUNCIL, layout.GIVERS, layout.USERS, layout.BUSINESSES, layout.GRANTS, layout.FUND)
    columns = ("FROM_COUNCIL", "FROM_GIVERS", "FROM_USERS", "FROM_BUSINESSES", "FROM_GRANTS", "FROM_FUND")
    assert [layout.Year[name] for name in columns] == list(payers) == list(range(layout.PAYERS))


def test_a_plan_is_arrays_of_its_columns():
    plan = busy_estate()
    assert plan.scalars.shape == (len(layout.Scalar),)
    assert plan.streams.shape[1] == len(layout.Income)
    assert plan.assets.shape[1] == len(layout.Asset)
    assert (plan.givers.shape, plan.volunteers.shape) == ((5, 3), (5, 2))
    assert plan.volunteer_share.shape == (len(plan.assets), 5)
