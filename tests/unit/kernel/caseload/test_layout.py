import pytest

from caseloads import make_caseload
from remit.kernel.caseload import layout


@pytest.mark.parametrize("columns", [layout.World, layout.Scalar, layout.Employer, layout.Count, layout.Work])
def test_columns_are_numbered_without_gaps(columns):
    assert [int(column) for column in columns] == list(range(len(columns)))


def test_hours_of_a_client_stand_side_by_side_and_so_do_hours_of_work():
    hours = [c for c in layout.Count if c.name.endswith("_HOURS")]
    assert hours == list(range(layout.Count.NEEDED_HOURS, layout.Count.FAMILY_HOURS + 1))
    worked = [c for c in layout.Work if c.name.endswith("_HOURS")]
    assert worked == list(range(layout.Work.AVAILABLE_HOURS, layout.Work.TRAINING_HOURS + 1))


def test_moves_deaths_and_recoveries_follow_the_states():
    assert (layout.RESIDENTIAL, layout.DEAD, layout.RECOVERED) == (4, 5, 6)
    for columns, first in (
        (layout.Log, "MOVE"),
        (layout.Total, "MOVED"),
        (layout.Count, "RESIDENTIAL_MOVES"),
    ):
        names = [column.name for column in columns][list(columns).index(columns[first]) :][:3]
        assert [name[:3] for name in names[1:]] in (["DIE", "REC"], ["DEA", "REC"])


def test_a_plan_is_arrays_only():
    assert all(hasattr(array, "dtype") for array in make_caseload())
