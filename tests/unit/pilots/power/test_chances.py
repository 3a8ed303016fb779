import math

import pytest
from scipy import stats

from remit.pilots.power.chances import (
    Precision,
    _integrated,
    critical,
    least_real,
    least_whole,
    noncentral_below,
    normal_cdf,
    power_of,
)


def test_a_one_sided_test_needs_less():
    assert critical(0.05, 1) == pytest.approx(1.644854, abs=1e-6)
    assert critical(0.05, 2, 10) == pytest.approx(stats.t.ppf(0.975, 10))


@pytest.mark.parametrize(
    ("x", "df", "nc"), [(2.0, 8.0, 1.0), (-1.0, 30.0, 0.5), (5.0, 4.0, 3.0), (1.0, 2.5, 0.0)]
)
def test_noncentral_t_is_the_librarys_where_it_has_an_answer(x, df, nc):
    assert noncentral_below(x, df, nc) == pytest.approx(stats.nct.cdf(x, df, nc), abs=1e-9)
    assert _integrated(x, df, nc) == pytest.approx(stats.nct.cdf(x, df, nc), abs=1e-4)


@pytest.mark.parametrize("nc", [0.0, 1.0, 5.0, 9.05, 20.0, 37.5, 80.0, 1e4])
@pytest.mark.parametrize("df", [1.0, 2.0, 78.0, 1e5])
def test_power_is_a_chance_and_never_falls_far_out(df, nc):
    found = power_of(nc, Precision(1.0, df), 0.05, 2)
    assert 0.05 - 1e-9 <= found <= 1.0
    assert found <= power_of(1.1 * nc + 0.1, Precision(1.0, df), 0.05, 2) + 1e-9


def test_no_effect_is_found_as_often_as_error_is_allowed():
    assert power_of(0.0, Precision(1.0, 12.0), 0.05, 2) == pytest.approx(0.05)
    assert power_of(0.0, Precision(1.0), 0.025, 1) == pytest.approx(0.025)


def test_a_null_spread_moves_the_threshold():
    own = power_of(2.0, Precision(1.0), 0.05, 2)
    assert power_of(2.0, Precision(1.0, se_null=1.2), 0.05, 2) < own


def test_too_few_for_any_spread_is_no_number():
    assert math.isnan(power_of(1.0, Precision(1.0, 0.0), 0.05, 2))
    assert math.isnan(power_of(1.0, Precision(1.0, math.nan), 0.05, 2))
    assert power_of(1.0, Precision(0.0), 0.05, 2) == 1.0


def test_a_size_is_rounded_up_and_none_is_0():
    assert least_whole(lambda n: n >= 7.2) == 8
    assert least_whole(lambda n: n >= 1) == 1
    assert least_whole(lambda n: False, most=100) == 0
    assert least_whole(lambda n: n >= 100, most=100) == 100


def test_what_cannot_be_reached_is_no_number_and_what_has_no_answer_yet_is_too_small():
    assert math.isnan(least_real(lambda x: 1.0, 1.0, most=8.0))
    assert least_real(lambda x: math.nan if x < 3.0 else 4.0 - x, 1.0) == pytest.approx(4.0)


def test_normal_chances():
    assert normal_cdf(-1.0) == pytest.approx(stats.norm.cdf(-1.0))
