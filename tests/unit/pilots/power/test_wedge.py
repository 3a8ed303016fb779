import math
import time

import numpy as np
import pytest

from remit.pilots.power.wedge import (
    Spread,
    covariance,
    effect_columns,
    plan_of,
    spread_of,
    staircase,
    wedge,
    woertman_effect,
)


def by_people(plan, n, spread):
    """Variance of the effect from every single measurement, none averaged: cross-section."""
    rows, who = [], []
    for c, line in enumerate(plan):
        for t, cell in enumerate(line):
            if not math.isnan(cell):
                rows += [[cell, *np.eye(plan.shape[1])[t]]] * n
                who += [(c, t)] * n
    x, v = np.array(rows), np.zeros((len(rows), len(rows)))
    for i, (c, t) in enumerate(who):
        for j, (d, u) in enumerate(who):
            kept = spread.decay ** abs(t - u)
            v[i, j] = (c == d) * (spread.cluster**2 * kept + (t == u) * spread.period**2) + (
                i == j
            ) * spread.residual**2
            v[i, j] += (c == d) * x[i, 0] * x[j, 0] * spread.effect**2
    return np.linalg.inv(x.T @ np.linalg.solve(v, x))[0, 0]


@pytest.mark.parametrize(
    "spread",
    [Spread(1.0, 0.3), Spread(1.0, 0.3, 0.2), Spread(1.0, 0.3, decay=0.7), Spread(1.0, 0.3, 0.1, effect=0.2)],
)
@pytest.mark.parametrize("plan", [staircase(3), plan_of(("0t11", "00t1", ".001"))])
def test_means_of_cells_lose_nothing(plan, spread):
    found = wedge(plan, np.ones(len(plan)), 4.0, spread)[0]
    assert found.se**2 == pytest.approx(by_people(plan, 4, spread))


def test_parts_add_up_to_the_whole():
    s = spread_of(2.0, 0.1, 0.7, 0.4)
    assert s.residual**2 + s.person**2 + s.cluster**2 + s.period**2 == pytest.approx(4.0)
    assert (s.cluster**2 + s.period**2) / 4.0 == pytest.approx(0.1)


def test_a_cohort_seen_again_beats_strangers_and_churn_lies_between():
    def se(**more):
        return wedge(staircase(4), np.full(4, 3.0), 20.0, spread_of(1.0, 0.05, 0.8, **more))[0].se

    assert se(iac=0.5) < se(iac=0.5, churn=0.5) < se(iac=0.5, churn=1.0) == pytest.approx(se())


def test_shared_people_are_those_of_the_smaller_period():
    v = covariance(np.zeros((1, 2)), np.array([[10.0, 40.0]]), Spread(0.0, person=1.0))[0]
    assert v[0, 1] == pytest.approx(10 / (10 * 40))
    assert v[0, 0] == pytest.approx(0.1)


def test_clusters_told_one_by_one_or_by_kind_are_the_same():
    plan, spread = staircase(3), spread_of(1.0, 0.05, 0.8)
    assert wedge(plan, np.full(3, 2.0), 9.0, spread)[0].se == pytest.approx(
        wedge(np.repeat(plan, 2, axis=0), np.ones(6), np.full(6, 9.0), spread)[0].se
    )


def test_levels_are_effects_of_their_own_and_parts_are_not():
    assert effect_columns(np.array([[0.0, 1.0, 2.0]])).shape == (1, 3, 2)
    assert effect_columns(np.array([[0.0, 0.5, 1.0]])).shape == (1, 3, 1)
    assert effect_columns(staircase(3), by_exposure=True).shape == (3, 4, 3)
    assert effect_columns(staircase(3), by_exposure=True)[0].tolist() == [
        [0, 0, 0],
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
    ]


def test_a_plan_that_cannot_tell_is_infinitely_imprecise():
    assert math.isinf(wedge(np.array([[0.0, 1.0]] * 3), np.ones(3), 9.0, spread_of(1.0, 0.05))[0].se)


def test_woertman_is_the_same_for_a_plain_wedge():
    exact = wedge(staircase(5), np.full(5, 2.0), 15.0, spread_of(1.0, 0.1))[0].se ** 2
    assert exact == pytest.approx(4.0 / 150.0 * woertman_effect(5, 15, 1, 1, 0.1))


def test_a_hundred_clusters_of_twenty_periods_take_no_time():
    plan = np.repeat(staircase(19), 6, axis=0)[:100]
    sizes = np.linspace(10.0, 50.0, 100)
    took = []
    for _ in range(3):
        start = time.perf_counter()
        wedge(plan, np.ones(100), sizes, spread_of(1.0, 0.05, 0.8, 0.3))
        took.append(time.perf_counter() - start)
    assert min(took) < 0.1
