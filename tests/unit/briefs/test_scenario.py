import pytest

from remit.briefs.scenario import Scenario
from remit.ground.quantity import Choice, Quantity

TRIANGLE = Quantity("t", 2.0, "minute", 1.0, 6.0, "triangular")
FIXED = Quantity("f", 2.0, "minute", 2.0, 2.0)
CHOICE = Choice("c", ("rare", "common", "as_common"), (1.0, 3.0, 3.0))


def test_the_central_scenario_is_every_best_value():
    assert Scenario().number == -1
    assert Scenario().value(TRIANGLE) == 2.0


def test_the_central_scenario_gives_the_first_of_the_likeliest_answers():
    assert Scenario().answer(CHOICE) == "common"


def test_at_means_is_every_mean():
    assert Scenario(at_means=True).value(TRIANGLE) == 3.0


def test_a_quantile_draws_its_quantity_and_no_other():
    here = Scenario(0, {"t": 0.9})
    assert here.value(TRIANGLE) == TRIANGLE.draw(0.9)
    assert here.value(Quantity("other", 2.0, "minute", 1.0, 6.0, "triangular")) == 2.0


def test_a_quantile_draws_its_choice():
    assert Scenario(0, {"c": 0.1}).answer(CHOICE) == "rare"
    assert Scenario(0, {"c": 0.99}).answer(CHOICE) == "as_common"


def test_what_is_certain_is_never_drawn():
    assert Scenario(0, {"f": 0.9}).value(FIXED) == 2.0
    assert Scenario(0, {"one": 0.9}).answer(Choice("one", ("only",), (1.0,))) == "only"


@pytest.mark.parametrize("u", [0.05, 0.5, 0.95])
def test_the_same_quantile_is_the_same_value_for_every_design(u):
    assert Scenario(3, {"t": u}).value(TRIANGLE) == Scenario(9, {"t": u}, at_means=True).value(TRIANGLE)
