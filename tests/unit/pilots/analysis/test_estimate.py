import math

import pytest

from remit.pilots.analysis.estimate import estimate, t_quantile, t_tail


def test_interval_and_p_agree_at_the_edge():
    found = estimate("e", "difference", t_quantile(0.975, 7.0), 1.0, 7.0, n=9)
    assert found.low == pytest.approx(0.0, abs=1e-9)
    assert found.p_model == pytest.approx(0.05)


def test_normal_where_degrees_of_freedom_are_infinite():
    assert t_quantile(0.975, math.inf) == pytest.approx(1.959964, abs=1e-6)
    assert t_tail(1.959964, math.inf) == pytest.approx(0.05, abs=1e-6)


def test_nothing_is_claimed_without_a_standard_error():
    found = estimate("e", "difference", 1.0, math.nan, 3.0, n=4)
    assert math.isnan(found.low)
    assert math.isnan(found.p_model)
    assert found.value == 1.0


def test_no_spread_at_all():
    assert estimate("e", "difference", 0.0, 0.0, 3.0, n=4).p_model == 1.0
    assert estimate("e", "difference", 1.0, 0.0, 3.0, n=4).p_model == 0.0


def test_a_ratio_is_told_on_log_scales_only():
    assert estimate("e", "log odds ratio", math.log(2.0), 0.1, 9.0, n=4).ratio[0] == pytest.approx(2.0)
    assert math.isnan(estimate("e", "difference", 1.0, 0.1, 9.0, n=4).ratio[0])
