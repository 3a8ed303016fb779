import pytest

from commons_plans import make_app
from remit.kernel.commons import uptake_layout


@pytest.mark.parametrize("columns", [uptake_layout.Scalar, uptake_layout.Person, uptake_layout.Count])
def test_columns_are_numbered_without_gaps(columns):
    assert [int(column) for column in columns] == list(range(len(columns)))


def test_a_plan_is_arrays_only():
    assert all(hasattr(array, "dtype") for array in make_app())
