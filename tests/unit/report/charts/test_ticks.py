import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.report.charts.ticks import Scale, domain, round_ticks, round_up, tick_words

sizes = st.floats(min_value=-1e119, max_value=1e119)


@given(sizes, sizes, st.integers(2, 9))
def test_ticks_enclose_and_rise_and_are_few(low, high, most):
    ticks = round_ticks(low, high, most)
    low, high = min(low, high), max(low, high)
    step = ticks[1] - ticks[0]
    assert 2 <= len(ticks) <= most + 1
    assert list(ticks) == sorted(set(ticks))
    assert ticks[0] <= low + 1e-6 * step
    assert ticks[-1] >= high - 1e-6 * step


@given(sizes, sizes)
def test_every_tick_has_its_own_words(low, high):
    words = tick_words(round_ticks(low, high))
    span = abs(high - low)
    if span > 1e-4 * max(abs(low), abs(high)):
        assert len(set(words)) == len(words)


@pytest.mark.parametrize("value", [0.0, 5.0, -3.0, 1e-9, 1e12])
def test_a_single_value_still_has_a_scale(value):
    ticks = round_ticks(value, value)
    assert ticks[0] < value < ticks[-1]


def test_zero_alone_lies_in_the_middle():
    ticks = round_ticks(0.0, 0.0)
    assert ticks[0] == -ticks[-1]
    assert 0.0 in ticks


@given(st.floats(min_value=1e-100, max_value=1e100))
def test_round_up_is_round_and_not_far_up(value):
    assert value * (1 - 1e-9) <= round_up(value) <= value * 2.5


def test_places_are_held_within_the_ends():
    scale = Scale(0.0, 1.0, 10.0, 20.0)
    assert (scale.at(-5.0), scale.at(0.5), scale.at(7.0)) == (10.0, 15.0, 20.0)


def test_uneven_breaks_are_said_in_full():
    assert tick_words((-0.5, 0.5)) == ("−0.5", "0.5")
    assert tick_words((0.0, 1.0, 2.25)) == ("0", "1.00", "2.25")


def test_what_is_not_known_has_no_part_in_the_domain():
    assert domain([math.nan, math.inf, 2.0, 1e300]) == (2.0, 2.0)
    assert domain([], with_zero=True) == (0.0, 1.0)
