import math
import time

import pytest

from pilot_files import EVERY, STEPS, TEAMS, made, pilot
from remit.ground.faults import Faults
from remit.pilots.power.answer import weigh


def codes(protocol):
    with pytest.raises(Faults) as caught:
        weigh(protocol)
    return [f.code for f in caught.value.faults]


@pytest.mark.parametrize("name", EVERY)
def test_every_design_has_an_answer_in_no_time(name):
    protocol = EVERY[name]()
    took = []
    for _ in range(3):
        start = time.perf_counter()
        found = weigh(protocol)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.05
    assert 0.05 < found.power.value < 1.0
    assert found.size.value == sum(found.size_counts) > 0
    assert found.smallest_effect.value < 0.0
    powers = [p.power for p in found.curve]
    assert powers == sorted(powers)
    for figure in (found.power, found.size, found.smallest_effect):
        assert figure.convention.variance
        assert (figure.convention.test == "z") == math.isinf(figure.convention.df)


def test_planned_at_its_size_a_pilot_has_its_power():
    found = weigh(made("cluster_rct", sd=6, effect=-2, units=26, icc=0.05, cluster_size=30))
    assert found.size.value == 26.0
    assert found.power.value >= 0.8


def test_without_units_size_and_curve_are_told_and_power_is_not():
    found = weigh(made("individual_rct", sd=6, effect=-2))
    assert found.counts == ()
    assert math.isnan(found.power.value)
    assert math.isnan(found.smallest_effect.value)
    assert found.size_counts == (143, 143)


def test_without_an_effect_the_smallest_is_told_and_power_is_not():
    found = weigh(made("individual_rct", sd=6, units=286))
    assert math.isnan(found.power.value)
    assert math.isnan(found.size.value)
    assert found.smallest_effect.value / 1440 == pytest.approx(-2.0, abs=0.01)


def test_what_is_missing_is_told_all_at_once():
    assert codes(made("cluster_rct", effect=-2)) == ["PIL008"] * 3
    assert codes(made("stepped_wedge", "rate", STEPS)) == ["PIL008"] * 3


def test_a_share_beyond_what_can_be_is_refused():
    assert codes(made("individual_rct", "binary", baseline=0.1, effect=-0.2)) == ["PIL009"]
    assert codes(made("individual_rct", "binary", baseline=0.9, effect=0.2)) == ["PIL009"]
    assert codes(made("individual_rct", "rate", baseline=1, effect=-2)) == ["PIL009"]


def test_an_outcome_without_a_formula_is_refused():
    assert codes(made("rdd", "rate", baseline=1)) == ["PIL011"]


def test_uncertain_assumptions_swing_the_power():
    (swing,) = weigh(pilot()).swings
    assert swing.name == "icc"
    assert swing.power_low > weigh(pilot()).power.value > swing.power_high


def test_blocks_make_fewer_ways_of_dealing():
    assert weigh(pilot()).smallest_p == pytest.approx(0.5)
    simple = pilot(TEAMS.replace("{method: blocked, block: area}", "{method: simple}"))
    assert weigh(simple).smallest_p == pytest.approx(1 / 3)
    matched = pilot(TEAMS.replace("method: blocked", "method: matched"))
    assert weigh(matched).smallest_p == pytest.approx(0.5)
    assert weigh(simple).fewest == 4


def test_several_arms_share_the_error():
    arms = "arms:\n" + "".join(f"- {{id: {a}, title: A}}\n" for a in "abc")
    start, end = TEAMS.index("arms:"), TEAMS.index("units:")
    found = weigh(pilot(TEAMS[:start] + arms + TEAMS[end:]))
    assert found.power.convention.alpha == 0.025
    assert len(found.size_counts) == 3


def test_looks_are_told():
    found = weigh(EVERY["group_sequential"]())
    assert len(found.bounds) == 4
    assert 0.25 < found.used < 1.0
    assert math.isnan(weigh(EVERY["its"]()).used)
