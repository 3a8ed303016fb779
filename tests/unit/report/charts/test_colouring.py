import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.report.charts.colouring import classes
from remit.report.charts.tokens import BLUES, DIVERGING, NEUTRAL, ORANGES


def test_diverging_classes_are_even_about_zero():
    ramp = classes([-0.4, 3.4])
    assert [-b for b in reversed(ramp.breaks)] == list(ramp.breaks)
    assert ramp.colour(0.0) == NEUTRAL
    assert ramp.colour(-99.0) == BLUES[0]
    assert ramp.colour(99.0) == ORANGES[-1]
    assert [ramp.signs(i) for i in range(7)] == ["−−−", "−−", "−", "", "+", "++", "+++"]


def test_a_value_on_a_break_belongs_further_out():
    ramp = classes([], breaks=(-2.0, -1.0, 1.0, 2.0))
    assert ramp.index(1.0) == 3
    assert ramp.index(-1.0) == 1


@given(st.lists(st.floats(-1e9, 1e9), max_size=20), st.booleans())
def test_every_value_has_a_colour(values, diverging):
    ramp = classes(values, diverging=diverging)
    assert len(ramp.colours) == len(ramp.breaks) + 1 <= 7
    assert len(ramp.words()) == len(ramp.breaks)
    assert all(ramp.colour(v) in ramp.colours for v in values)
    assert len(set(ramp.colours)) == len(ramp.colours)


def test_the_larger_the_darker():
    ramp = classes([0.0, 100.0], diverging=False)
    assert [ramp.index(v) for v in (1.0, 50.0, 99.0)] == sorted(ramp.index(v) for v in (1.0, 50.0, 99.0))
    assert ramp.signs(0) == ""


def test_all_values_alike():
    assert classes([4.0, 4.0], diverging=False).breaks == ()
    assert classes([0.0, math.nan]).colours == DIVERGING


@pytest.mark.parametrize("bad", [(2.0, 1.0), (1.0, 1.0), (math.nan,), tuple(range(7))])
def test_breaks_must_be_few_and_rise(bad):
    with pytest.raises(ValueError, match="rising"):
        classes([], breaks=bad)
