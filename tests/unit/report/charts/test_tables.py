import dataclasses

import pytest

from remit.report.charts.tables import Table


def test_a_table_is_a_header_and_rows_that_stay_as_they_are():
    table = Table(("Design", "Lives"), (("a", "1"), ("b", "2")))
    assert {len(row) for row in table.rows} == {len(table.header)}
    with pytest.raises(dataclasses.FrozenInstanceError):
        table.rows = ()
