import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.report.charts.digits import MINUS, fixed, number, short, signed, span, with_unit


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1234567.0, "1,234,567"),
        (-1234.4, "−1,234"),
        (99.96, "100"),
        (0.1234, "0.123"),
        (9.999, "10"),
        (2.50, "2.5"),
        (1e15, "1×10¹⁵"),
        (-4.56e-9, "−4.56×10⁻⁹"),
        (math.nan, "not known"),
        (-math.inf, "not known"),
    ],
)
def test_numbers_are_said_in_few_digits(value, said):
    assert number(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(999.0, "999"), (1.5e6, "1.5m"), (-2.345e9, "−2.35bn"), (7e12, "7tn"), (1e20, "1×10²⁰")],
)
def test_short_numbers_use_m_and_bn(value, said):
    assert short(value) == said


def test_signs():
    assert signed(2.0) == "+2"
    assert signed(-2.0) == "−2"
    assert signed(math.nan) == "not known"


def test_units_stand_where_people_write_them():
    assert with_unit(signed(1.2e6), "£") == "+£1.2m"
    assert with_unit("not known", "£") == "not known"
    assert with_unit("3", "") == "3"
    assert span(1.0, math.inf) == "range not known"


def test_a_number_that_rounds_to_nothing_has_no_sign():
    assert fixed(-0.04, 1) == "0.0"


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_a_number_said_is_near_the_number_meant(value):
    said = number(value)
    assert "-" not in said
    if "×" not in said:
        back = float(said.replace(",", "").replace(MINUS, "-"))
        assert back == pytest.approx(value, rel=0.006, abs=1e-6)
