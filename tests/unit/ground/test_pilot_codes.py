from remit.ground.codes import CODES
from remit.ground.pilot_codes import PILOT_CODES


def test_they_are_part_of_the_table_and_of_pilots_only():
    assert PILOT_CODES.items() <= CODES.items()
    assert {code[:3] for code in PILOT_CODES} == {"PIL", "EVD"}
