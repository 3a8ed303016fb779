import numpy as np
import pytest

from remit.ground.faults import Faults
from remit.pilots.analysis.data import Table

TABLE = Table("data.csv", {"id": ("a", " b", "c"), "wait": ("1", "", "2.5"), "odd": ("1", "x", "inf")})


def test_empty_cells_are_missing():
    found = TABLE.numbers("wait")
    assert found[0] == 1.0
    assert np.isnan(found[1])


def test_blanks_at_the_ends_do_not_count():
    assert TABLE.words("id") == ("a", "b", "c")
    codes, names = TABLE.coded("id")
    assert codes.tolist() == [0, 1, 2]
    assert names == ("a", "b", "c")


def test_all_missing_columns_are_told_with_the_nearest():
    with pytest.raises(Faults) as caught:
        TABLE.need("wiat", "nothing")
    assert [f.code for f in caught.value.faults] == ["PIL201", "PIL201"]
    assert "wait" in str(caught.value)


def test_a_cell_that_is_no_number_is_told_with_its_line():
    with pytest.raises(Faults) as caught:
        TABLE.numbers("odd")
    assert caught.value.faults[0].place.line == 3


def test_an_infinite_number_is_refused():
    with pytest.raises(Faults, match="infinite"):
        Table("d", {"x": ("1", "inf")}).numbers("x")


def test_columns_are_called_otherwise():
    found = TABLE.renamed({"days": "wait"})
    assert set(found.columns) == {"id", "odd", "days"}
    with pytest.raises(Faults):
        TABLE.renamed({"days": "none"})
