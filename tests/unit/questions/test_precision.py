import math

import numpy as np
import pytest
from scipy import stats

from remit.questions.precision import Precision, next_size, student


def noise(n, k=1, seed=1):
    return np.random.default_rng(seed).normal(size=(n, k))


@pytest.mark.parametrize("df", [1, 2, 3, 7, 10, 29, 30, 31, 63, 1000, 100_000])
@pytest.mark.parametrize("tail", [0.25, 0.025, 0.001, 0.00001])
def test_students_quantile_is_scipys(df, tail):
    assert student(tail, df) == pytest.approx(stats.t.isf(tail, df), rel=1e-5)


def test_the_half_width_is_students_raised_for_spread_where_nothing_is_skewed():
    rows = np.tile([[1.0], [-1.0]], (32, 1)) + 5.0
    raised = math.sqrt(1.0 + stats.norm.ppf(0.99) * math.sqrt(2.0 / 64))
    expected = stats.t.isf(0.025, 63) / math.sqrt(63) * raised
    assert next_size(rows, Precision(1.0)).half_widths[0] == pytest.approx(expected, rel=1e-6)


def test_skewed_differences_are_known_less_well():
    even, skewed = noise(64)[:, 0], np.r_[np.zeros(60), np.ones(4)]
    rows = np.stack([x / x.std() for x in (even, skewed)], axis=1)
    told = next_size(rows, Precision(1.0)).half_widths
    assert told[1] > 1.3 * told[0]


def test_more_designs_need_more_certainty_of_each():
    alone, among = next_size(noise(64), Precision(1.0)), next_size(np.tile(noise(64), 5), Precision(1.0))
    assert (among.half_widths > alone.half_widths[0]).all()


def test_a_half_width_scales_with_the_unit_and_not_with_the_level_even_where_numbers_are_huge():
    rows = noise(64)
    told = next_size(rows, Precision(1.0)).half_widths
    for scale in (1e-150, 1e200):
        assert next_size(scale * rows, Precision(1.0)).half_widths / scale == pytest.approx(told)
    assert next_size(rows + 1000.0, Precision(1.0)).half_widths == pytest.approx(told)
    assert next_size(-rows, Precision(1.0)).half_widths == pytest.approx(told)


def test_it_stops_in_words_when_the_least_certain_is_known_well_enough():
    rows = noise(512, 2) * np.array([0.1, 2.0])
    told = next_size(rows, Precision(0.5), ("A", "X"))
    assert told.enough
    assert told.n_next == 512
    width = f"{told.half_widths[1]:.3g}"
    assert told.why == (
        f"stopped at 512 futures: the least certain difference, of X, is known to ±{width}; asked ±0.5"
    )


@pytest.mark.parametrize(
    ("n", "following"),
    [(0, 64), (10, 64), (63, 64), (64, 128), (100, 128), (128, 256), (256, 300), (300, 300)],
)
def test_it_looks_at_doublings_up_to_the_most(n, following):
    told = next_size(noise(300)[:n], Precision(1e-6, most=300))
    assert not told.enough
    assert told.n_next == following
    assert ("the most allowed, without reaching" in told.why) == (n == 300)


def test_between_looks_the_last_look_rules():
    calm_later = np.r_[noise(64) * 10.0, np.zeros((62, 1))]
    width = next_size(calm_later, Precision(1.0)).half_widths[0]
    asked = Precision(width * 1.01)
    assert next_size(calm_later[:64], asked).half_widths[0] > asked.half_width
    assert not next_size(calm_later, asked).enough
    assert next_size(calm_later, asked).n_next == 128


def test_what_was_enough_is_not_if_later_rows_say_otherwise():
    wild_later = np.r_[noise(64) * 0.01, 100.0 * noise(20)]
    assert next_size(wild_later[:64], Precision(0.1)).enough
    assert not next_size(wild_later, Precision(0.1)).enough


def test_identical_designs_are_enough_at_the_first_look_and_what_may_be_missed_is_told():
    told = next_size(np.zeros((64, 2)), Precision(0.1))
    assert told.enough
    assert "identical" in told.why
    assert "4.7 % of futures could still have been missed" in told.why
    assert not next_size(np.zeros((63, 2)), Precision(0.1)).enough


def test_a_design_that_has_not_differed_so_far_is_named():
    rows = np.c_[noise(64), np.zeros(64)]
    assert "identical to the base so far: still" in next_size(rows, Precision(5.0), ("moved", "still")).why


def test_a_constant_difference_is_known():
    told = next_size(np.full((64, 1), 0.1), Precision(0.1))
    assert told.enough
    assert told.half_widths[0] == 0.0


def test_failed_futures_are_left_out_of_that_design_alone_and_counted():
    rows = noise(64, 2)
    rows[:10, 1] = np.nan
    told = next_size(rows, Precision(5.0))
    whole = next_size(np.c_[rows[:, 0], rows[:, 0]], Precision(5.0))
    assert told.n_used == (64, 54)
    assert told.n_left_out == (0, 10)
    assert told.half_widths[0] == whole.half_widths[0]
    assert "up to 10 futures left out" in told.why


def test_a_design_that_never_finishes_is_never_known():
    rows = noise(64, 2)
    rows[:, 1] = np.nan
    told = next_size(rows, Precision(5.0), ("A", "B"))
    assert not told.enough
    assert math.isinf(told.half_widths[1])
    assert "of B too few differences" in told.why


@pytest.mark.parametrize(
    ("rows", "wish", "names"),
    [
        (np.zeros(5), Precision(1.0), ()),
        (np.zeros((5, 0)), Precision(1.0), ()),
        (np.zeros((5, 2)), Precision(1.0), ("one",)),
        (np.full((5, 1), np.inf), Precision(1.0), ()),
        (np.zeros((5, 1)), Precision(0.0), ()),
        (np.zeros((5, 1)), Precision(math.nan), ()),
        (np.zeros((5, 1)), Precision(1.0, confidence=1.0), ()),
        (np.zeros((5, 1)), Precision(1.0, confidence=0.3), ()),
        (np.zeros((5, 1)), Precision(1.0, least=4), ()),
        (np.zeros((5, 1)), Precision(1.0, least=64, most=32), ()),
    ],
)
def test_what_cannot_be_is_refused(rows, wish, names):
    with pytest.raises(ValueError, match=r"expected|infinite|names"):
        next_size(rows, wish, names)
