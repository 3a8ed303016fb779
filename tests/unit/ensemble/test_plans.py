import numpy as np
import pytest

from remit.ensemble.draws import name_quantiles
from remit.ensemble.plans import DEFAULT_PLAN, PLANS, quantiles
from remit.ground.faults import Faults

NAMES = ["crews.number", "kinds.fall.incidence", "alert.see_share"]
EXTENDING = [name for name, plan in PLANS.items() if plan.extends]


def test_the_default_is_what_was_always_drawn():
    table = quantiles(DEFAULT_PLAN, NAMES, 5, 90, 90, 3)
    assert np.array_equal(table, np.column_stack([name_quantiles(n, 5, 90, 3) for n in NAMES]))


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("n", [1, 2, 7, 64, 100])
def test_quantiles_lie_strictly_inside_and_are_reproducible(plan, n):
    names = [f"q{i}" for i in range(20)]
    table = quantiles(plan, names, 0, n, n, 2**63 - 1)
    assert table.shape == (n, 20)
    assert 0.0 < table.min() <= table.max() < 1.0
    assert np.array_equal(table, quantiles(plan, names, 0, n, n, 2**63 - 1))


@pytest.mark.parametrize("plan", PLANS)
def test_one_name_more_or_less_moves_no_other(plan):
    table = quantiles(plan, NAMES, 0, 50, 50, 1)
    assert np.array_equal(quantiles(plan, [NAMES[2], NAMES[0]], 0, 50, 50, 1), table[:, [2, 0]])


@pytest.mark.parametrize("plan", PLANS)
def test_names_and_seeds_are_drawn_apart(plan):
    a, b = quantiles(plan, NAMES[:2], 0, 64, 64, 1).T
    other = quantiles(plan, NAMES[:1], 0, 64, 64, 2)[:, 0]
    assert np.intersect1d(a, b).size == np.intersect1d(a, other).size == 0


@pytest.mark.parametrize("plan", PLANS)
def test_a_part_is_that_part_of_the_whole(plan):
    whole = quantiles(plan, NAMES, 0, 200, 200, 4)
    assert np.array_equal(quantiles(plan, NAMES, 30, 130, 200, 4), whole[30:130])
    assert quantiles(plan, NAMES, 30, 30, 200, 4).shape == (0, 3)


@pytest.mark.parametrize("plan", EXTENDING)
def test_more_scenarios_leave_those_drawn_as_they_are(plan):
    few, many = quantiles(plan, NAMES, 0, 37, 37, 4), quantiles(plan, NAMES, 0, 500, 500, 4)
    assert np.array_equal(few, many[:37])


def test_only_a_latin_hypercube_cannot_be_extended():
    assert set(PLANS) - set(EXTENDING) == {"latin"}
    few, many = quantiles("latin", NAMES, 0, 37, 37, 4), quantiles("latin", NAMES, 0, 38, 38, 4)
    assert not np.isin(few, many).any()
    with pytest.raises(Faults, match='a "latin" plan of 37 scenarios has no number 37'):
        quantiles("latin", NAMES, 0, 38, 37, 4)


def test_a_plan_of_another_name_is_told_with_its_nearest():
    with pytest.raises(Faults, match='Did you mean "latin"') as raised:
        quantiles("latn", NAMES, 0, 4, 4, 1)
    assert [f.code for f in raised.value.faults] == ["CLI001"]


def test_every_plan_says_what_it_is():
    assert all(plan.says.endswith(".") for plan in PLANS.values())
    assert "extend" in PLANS["latin"].says
