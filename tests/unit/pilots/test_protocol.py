import math

from pilot_files import TEAMS, pilot
from remit.pilots.protocol import UnitTable


def test_a_table_gives_its_columns():
    table = UnitTable(("id", "area", "size"), ((1, "n", 3), ("b", "s", 4.5)))
    assert table.ids == ("1", "b")
    assert table.column("area") == ("n", "s")
    assert table.is_numeric("size")
    assert not table.is_numeric("area")


def test_what_is_not_assumed_is_not_a_number_or_what_holds_without_it():
    found = pilot()
    assert math.isnan(found.assumed("attrition"))
    assert found.assumed("attrition", 0.0) == 0.0
    assert found.outcomes[0] is found.outcome


def test_units_are_those_listed_or_assumed():
    start, end = TEAMS.index("units:"), TEAMS.index("stopping")
    bare = TEAMS[:start] + TEAMS[end:]
    assert pilot(bare).n_units == 0
    more = bare.replace("assume:\n", "assume:\n  units: {value: 12, unit: number, assumption: a}\n")
    assert pilot(more).n_units == 12
