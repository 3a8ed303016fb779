import math

import pytest

from pilot_files import EVERY, STEPS, made
from remit.pilots.power import clusters, individual
from remit.pilots.power.models import _unequal, model_of, plan_of_protocol, rate_factor, years

DAY = 1440.0


@pytest.mark.parametrize("name", EVERY)
def test_precision_is_positive_and_twice_the_units_are_root_two_as_precise(name):
    protocol = EVERY[name]()
    effect = protocol.assumed("effect")
    n = (12,) * 4 if protocol.design == "stepped_wedge" else (60, 60)
    once, twice = model_of(protocol)(n, effect), model_of(protocol)(tuple(2 * x for x in n), effect)
    assert 0.0 < twice.se < once.se
    exact = not (protocol.design == "its" or name == "cluster_rates")
    assert once.se / twice.se == pytest.approx(math.sqrt(2.0), rel=1e-9 if exact else 0.03)


def test_attrition_takes_people_not_clusters():
    whole = made("cluster_rct", sd=6, icc=0.05, cluster_size=40, attrition=0.25)
    assert model_of(whole)((8, 8), 1.0).se == pytest.approx(clusters.means(8, 8, 30, 6 * DAY, 0.05).se)
    alone = made("individual_rct", sd=6, attrition=0.25)
    assert model_of(alone)((80, 80), 1.0).se == pytest.approx(individual.means(60, 60, 6 * DAY).se)


def test_rates_are_the_same_in_whatever_unit():
    protocol = made("individual_rct", "rate", baseline=1.5, effect=-0.3, follow_up=2)
    assert rate_factor(protocol) == 1e-5
    assert years(protocol) == 2.0
    found = model_of(protocol)((50, 50), protocol.assumed("effect"))
    assert found.se * 1e-5 == pytest.approx(individual.rates(50, 50, 1.5, 1.2, 2.0).se)


def test_steps_of_unequal_number_are_worked_out_too():
    model = model_of(made("stepped_wedge", more=STEPS, sd=6, icc=0.05, cluster_size=15))
    assert model((3, 3, 3, 3), 1.0).se < model((3, 3, 3, 2), 1.0).se < model((2, 2, 2, 2), 1.0).se
    assert model((3, 3, 3, 3), 1.0).df == 10
    assert math.isnan(model((1, 1, 0, 0), 1.0).df)


def test_a_pattern_is_the_plan():
    pattern = 'constraints: {per_step: 1, pattern: ["0t1", ".01"]}\n'
    plan = plan_of_protocol(made("stepped_wedge", more=pattern, sd=6, icc=0.05, cluster_size=15))
    assert plan.shape == (2, 3)
    assert math.isnan(plan[0, 1])


def test_unequal_sizes_have_mean_and_spread():
    sizes = _unequal(30.0, 0.5)
    assert sizes.mean() == pytest.approx(30.0)
    assert sizes.std() / sizes.mean() == pytest.approx(0.5, rel=0.1)
    assert min(_unequal(30.0, 4.0)) > 0.0


def test_an_effect_that_grows_is_harder_to_find():
    told = dict(more=STEPS, sd=6, icc=0.05, cluster_size=15)
    grown = dict(told, more=STEPS + "analysis: {primary: exposure}\n")
    sure, unsure = (model_of(made("stepped_wedge", **t)) for t in (told, grown))
    assert unsure((3, 3, 3, 3), 1.0).se > sure((3, 3, 3, 3), 1.0).se
