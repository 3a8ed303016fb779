import json

import pytest

from pilot_files import EVERY, made
from remit.pilots.power.answer import weigh
from remit.report.pilot_plain import as_stated, in_outcome_unit, power_plain


@pytest.mark.parametrize("name", EVERY)
def test_every_answer_is_json_with_a_convention_to_each_number(name):
    plain = power_plain(weigh(EVERY[name]()))
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    for figure in ("power", "size", "smallest_effect"):
        assert {"sides", "test", "df", "alpha", "variance"} <= set(plain[figure])


def test_numbers_are_in_the_unit_of_the_outcome():
    answer = weigh(made("individual_rct", sd=6, effect=-2, units=286))
    plain = power_plain(answer)
    assert plain["smallest_effect"]["value"] == pytest.approx(-2.0, abs=0.01)
    assert plain["size"]["counts"] == [143, 143]
    assert in_outcome_unit(answer, 2880.0) == as_stated(answer, "effect", 2880.0) == 2.0
    assert as_stated(answer, "follow_up", 525_600.0) == 1.0


def test_what_there_is_not_is_null():
    plain = power_plain(weigh(made("individual_rct", sd=6, units=286)))
    assert plain["power"]["value"] is None
    assert plain["looks"] == {"stop_at_z": [], "share_used_on_average": None}
