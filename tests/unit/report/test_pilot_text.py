import re

import pytest

from pilot_files import EVERY, STEPS, made, pilot
from remit.pilots.power.answer import weigh
from remit.report.pilot_text import power_lines


def told(protocol):
    return "\n".join(power_lines(weigh(protocol)))


@pytest.mark.parametrize("name", EVERY)
def test_every_answer_is_told_with_its_convention(name):
    text = told(EVERY[name]())
    assert "Power of the plan" in text
    assert "Convention: two-sided, " in text
    assert "How: " in text
    assert not re.search(r"\b(nan|inf)\b", text)


def test_a_small_pilot_is_told_what_it_cannot_say():
    text = told(pilot())
    assert "Units planned                    4 (2 today, 2 evening)" in text
    assert "Units for a power of 80 %        26 (13 today, 13 evening)" in text
    assert "smallest possible p is 0.5; any p below 0.05 needs at least 4 units in each arm" in text
    assert "icc 0.01 to 0.1: power 16 % to 9 %" in text
    assert "t with 2 degrees of freedom; for the size t with 24" in text


def test_a_wedge_speaks_of_steps_and_a_series_of_measurements():
    assert "12 (3 at each of 4 steps)" in told(EVERY["stepped_wedge"]())
    assert "(24 measurements before, 24 after)" in told(EVERY["its"]())
    unequal = STEPS.replace("steps: 4", "per_step: [3, 3, 2, 3]")
    text = told(made("stepped_wedge", more=unequal, sd=6, effect=-2, icc=0.05, cluster_size=15))
    assert "11 (3 at each of 2 steps, 2 at one step, 3 at one step)" in text


def test_looks_say_where_to_stop():
    assert "Stop at a look where z is beyond 4.05, 2.86, 2.34, 2.02." in told(EVERY["group_sequential"]())


def test_what_is_not_told_is_a_dash_or_said():
    assert "none assumed" in told(made("individual_rct", sd=6, units=286))
    text = told(made("individual_rct", sd=6, effect=-2))
    assert "none told" in text
    assert "Power of the plan                –" in text
