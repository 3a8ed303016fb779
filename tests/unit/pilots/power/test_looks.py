import math

import numpy as np
import pytest

from remit.pilots.power.chances import Precision, power_of
from remit.pilots.power.looks import (
    course,
    drift_for,
    inflation,
    lan_demets,
    mixture_boundary,
    wang_tsiatis,
)


def test_one_look_is_a_plain_test():
    assert wang_tsiatis(1, 0.5)[0] == pytest.approx(1.959964, abs=1e-6)
    assert course((1.959964,), 2.8).power_of() == pytest.approx(
        power_of(2.8, Precision(1.0), 0.05, 2), abs=1e-6
    )
    assert course((1.959964,), 2.8).used == 1.0


@pytest.mark.parametrize("delta", [0.0, 0.25, 0.5])
@pytest.mark.parametrize("looks", [2, 5, 20])
def test_the_error_is_what_is_allowed(looks, delta):
    bounds = wang_tsiatis(looks, delta)
    assert course(bounds, 0.0).power_of() == pytest.approx(0.05, abs=1e-8)
    assert sum(course(wang_tsiatis(looks, delta, 0.025, 1), 0.0).upper) == pytest.approx(0.025, abs=1e-8)


def test_walking_gives_the_same_chances():
    bounds, drift, n = wang_tsiatis(4, 0.5), 2.5, 400_000
    steps = np.random.default_rng(5).standard_normal((n, 4)) * 0.5 + drift / 4
    z = steps.cumsum(axis=1) / np.sqrt(np.arange(1, 5) / 4)
    out = np.abs(z) >= np.array(bounds)
    first = np.where(out.any(axis=1), out.argmax(axis=1), 4)
    found = course(bounds, drift)
    for k in range(4):
        assert found.upper[k] + found.lower[k] == pytest.approx((first == k).mean(), abs=0.003)
    assert found.used == pytest.approx((np.minimum(first, 3) + 1).mean() / 4, abs=0.003)


def test_looking_costs_people_and_early_stopping_more():
    assert 1.0 < inflation(wang_tsiatis(5, 0.0), 0.05, 0.8) < inflation(wang_tsiatis(5, 0.5), 0.05, 0.8)


def test_the_drift_gives_the_power():
    bounds = wang_tsiatis(3, 0.0)
    assert course(bounds, drift_for(bounds, 0.9)).power_of() == pytest.approx(0.9)
    assert drift_for(bounds, 0.9, 1) == pytest.approx(drift_for(bounds, 0.9), abs=1e-4)


def test_spending_ends_with_all_spent():
    assert course(lan_demets(4), 0.0).power_of() == pytest.approx(0.05, abs=1e-6)


def test_a_far_drift_stops_at_once():
    assert course(wang_tsiatis(3, 0.5), 50.0).upper[0] == pytest.approx(1.0)


def test_a_boundary_for_every_moment_lies_above_that_for_one():
    assert mixture_boundary(100.0, 1.0) > 1.96 * math.sqrt(100.0)
