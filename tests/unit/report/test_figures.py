import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.report.figures import MINUS, change, figure, interval, unit_of
from remit.simulate.response_outcomes import RESPONSE

LIVES = RESPONSE.by_id["survivors"]
SHARE = RESPONSE.by_id["survival"]
BUSY = RESPONSE.by_id["busy_share"]
MONEY = RESPONSE.by_id["cost_public"]
NAN = math.nan
outcomes = st.sampled_from(RESPONSE.every)


@pytest.mark.parametrize(
    ("value", "outcome", "said"),
    [
        (12.3456, LIVES, "12.35"),
        (1234.5, LIVES, "1,234.50"),
        (-2.5, LIVES, f"{MINUS}2.50"),
        (0.0, LIVES, "0.00"),
        (-0.0, LIVES, "0.00"),
        (0.0012, LIVES, "0.001"),
        (0.00012, LIVES, "0.0001"),
        (NAN, LIVES, "not known"),
        (0.10834, SHARE, "10.83"),
        (0.5, BUSY, "50.0"),
        (1_234_567.0, MONEY, "1,230,000"),
        (-999.6, MONEY, f"{MINUS}1,000"),
        (0.0, MONEY, "0"),
    ],
)
def test_a_value_is_written_with_digits_that_a_reader_can_use(value, outcome, said):
    assert figure(value, outcome) == said


@pytest.mark.parametrize(
    ("value", "outcome", "said"),
    [
        (0.25, LIVES, "+0.25"),
        (-0.25, LIVES, f"{MINUS}0.25"),
        (0.0, LIVES, "0"),
        (-0.0, LIVES, "0"),
        (-0.0, MONEY, "0"),
        (0.0004, LIVES, "+0.0004"),
        (NAN, LIVES, "not known"),
        (0.0112, SHARE, "+1.12"),
        (163_400.0, MONEY, "+160,000"),
        (-55.0, MONEY, f"{MINUS}55"),
    ],
)
def test_a_difference_has_its_sign_and_exactly_nothing_has_none(value, outcome, said):
    assert change(value, outcome) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.0, 0.0, "0"),
        (-0.0, 0.0, "0"),
        (0.0, 1.0, "0 to +1.00"),
        (-1.0, 1.0, f"{MINUS}1.00 to +1.00"),
        (NAN, 1.0, "not known"),
        (0.0, NAN, "not known"),
    ],
)
def test_a_range_of_differences(low, high, said):
    assert interval(low, high, LIVES) == said


def test_what_rounds_to_nothing_is_not_written_as_less_than_nothing():
    assert [o.id for o in (LIVES, SHARE, MONEY) if figure(-1e-12, o).startswith(MINUS)] == []


@given(st.floats(-1e12, 1e12), outcomes)
@settings(deadline=None)
def test_figures_read_back_to_what_they_stand_for(value, outcome):
    shown = figure(value, outcome)
    read = float(shown.replace(",", "").replace(MINUS, "-")) / (100.0 if outcome.unit == "share" else 1.0)
    room = (0.006 if outcome.unit.startswith("pounds") else 1e-12) * abs(value)
    assert abs(read - value) <= room + 0.51 * 10.0**-outcome.decimals


@given(st.floats() | st.just(-0.0), outcomes)
@settings(deadline=None)
def test_no_number_is_too_odd_to_be_written(value, outcome):
    for said in (figure(value, outcome), change(value, outcome), interval(value, value, outcome)):
        assert said
        assert "nan" not in said
        assert "-" not in said
        assert "e+" not in said


def test_shares_are_told_per_cent():
    assert unit_of(SHARE) == "per cent"
    assert unit_of(LIVES) == "lives a year"
