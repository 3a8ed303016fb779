from itertools import combinations

import pytest

from remit.report.charts import tokens
from remit.report.charts.tokens import SIGHTS, contrast, difference, for_words, stroke, words_on


def test_contrast_agrees_with_the_published_examples():
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#ffffff") == 1.0


@pytest.mark.parametrize("colour", tokens.SERIES)
def test_each_series_stands_out_from_white_and_its_words_can_be_read(colour):
    assert contrast(colour, tokens.PAPER) >= 3.0
    assert contrast(for_words(colour), tokens.PAPER) >= 4.5
    assert contrast(words_on(colour), colour) >= 4.5


@pytest.mark.parametrize("colour", [tokens.INK, tokens.QUIET])
def test_words_can_be_read(colour):
    assert contrast(colour, tokens.PAPER) >= 4.5


@pytest.mark.parametrize("colour", [tokens.RING, tokens.NO_DATA, tokens.AXIS])
def test_outlines_stand_out_from_white(colour):
    assert contrast(colour, tokens.PAPER) >= 3.0


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("one", "other"), list(combinations(range(6), 2)))
def test_any_two_series_are_told_apart_by_colour_and_by_dash_and_by_marker(sight, one, other):
    a, b = stroke(one), stroke(other)
    assert difference(a.colour, b.colour, sight) >= tokens.LEAST_DIFFERENCE
    assert a.dash != b.dash
    assert a.marker != b.marker


def test_the_first_36_series_all_differ():
    assert len({stroke(i) for i in range(36)}) == 36


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("ramp", [tokens.DIVERGING, tokens.SEQUENTIAL])
def test_classes_of_a_map_are_told_apart(sight, ramp):
    apart = [difference(a, b, sight) for a, b in combinations(ramp, 2)]
    assert min(apart) >= 8.0


@pytest.mark.parametrize("colour", [*tokens.DIVERGING, *tokens.SEQUENTIAL])
def test_words_on_a_map_can_be_read(colour):
    assert contrast(words_on(colour), colour) >= 4.5


def test_the_sequential_ramp_only_darkens():
    light = [contrast(c, "#000000") for c in tokens.SEQUENTIAL]
    assert light == sorted(light, reverse=True)


def test_the_two_sides_of_the_diverging_ramp_stay_apart_for_all():
    for sight in SIGHTS:
        for one in tokens.BLUES:
            for other in tokens.ORANGES:
                assert difference(one, other, sight) >= tokens.LEAST_DIFFERENCE
