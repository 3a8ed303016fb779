import math

import pytest

from remit.ground.quantity import SHAPES, Choice, Quantity


def quantity(shape: str) -> Quantity:
    if shape == "counts":
        return Quantity("q", 0.25, "share", 0.25, 0.25, "counts", counts=(50, 200))
    if shape == "fixed":
        return Quantity("q", 2.0, "minute", 2.0, 2.0)
    value, low, high = {"normal": (3.0, 1.0, 5.0), "lognormal": (3.0, 1.0, 9.0)}.get(shape, (2.0, 1.0, 5.0))
    return Quantity("q", value, "minute", low, high, shape)


def integrated(q: Quantity, n: int = 20_000) -> float:
    return math.fsum(q.draw((i + 0.5) / n) for i in range(n)) / n


GRID = [1e-9, 1e-6, *(i / 50 for i in range(1, 50)), 1 - 1e-6, 1 - 1e-9]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_draw_never_falls_as_the_quantile_rises(shape):
    drawn = [quantity(shape).draw(u) for u in GRID]
    assert drawn == sorted(drawn)


@pytest.mark.parametrize("shape", ["fixed", "uniform", "triangular", "normal", "lognormal"])
def test_the_mean_is_that_of_the_draws(shape):
    q = quantity(shape)
    assert q.mean == pytest.approx(integrated(q), rel=2e-4)


def test_the_mean_of_counts_is_the_share_itself():
    q = quantity("counts")
    assert q.mean == 0.25
    assert integrated(q) == pytest.approx(0.25, abs=0.002)


@pytest.mark.parametrize("shape", ["uniform", "triangular"])
def test_a_bounded_shape_ends_at_low_and_high(shape):
    q = quantity(shape)
    assert q.draw(1e-12) == pytest.approx(q.low, abs=1e-5)
    assert q.draw(1 - 1e-12) == pytest.approx(q.high, abs=1e-5)


@pytest.mark.parametrize("shape", ["normal", "lognormal"])
def test_an_open_shape_has_its_fifth_percentiles_at_low_and_high(shape):
    q = quantity(shape)
    assert q.draw(0.05) == pytest.approx(q.low)
    assert q.draw(0.5) == pytest.approx(q.value)
    assert q.draw(0.95) == pytest.approx(q.high)


@pytest.mark.parametrize("value", [1.0, 5.0])
def test_a_triangle_may_stand_on_its_end(value):
    q = Quantity("q", value, "minute", 1.0, 5.0, "triangular")
    assert all(1.0 <= q.draw(u) <= 5.0 for u in GRID)
    assert q.mean == pytest.approx(integrated(q), rel=2e-4)


def test_a_triangle_is_cut_at_its_peak_in_proportion():
    q = Quantity("q", 2.0, "minute", 1.0, 5.0, "triangular")
    assert q.draw(0.25) == pytest.approx(2.0)


def test_a_triangle_without_width_is_its_value():
    assert Quantity("q", 2.0, "minute", 2.0, 2.0, "triangular").draw(0.3) == 2.0


def test_a_lognormal_stays_above_nothing():
    assert quantity("lognormal").draw(1e-12) > 0.0


def test_counts_are_spread_about_the_share_as_the_log_odds_say():
    q = quantity("counts")
    spread = math.sqrt(1 / 50 + 1 / 150)
    odds = q.draw(0.975) / (1 - q.draw(0.975))
    assert q.draw(0.5) == pytest.approx(0.25)
    assert math.log(odds * 3.0) == pytest.approx(1.959964 * spread, rel=1e-5)


def test_more_trials_leave_less_doubt():
    few, many = (Quantity("q", 0.25, "share", 0.25, 0.25, "counts", counts=c) for c in ((5, 20), (500, 2000)))
    assert many.draw(0.95) - many.draw(0.05) < (few.draw(0.95) - few.draw(0.05)) / 5


def test_only_a_fixed_number_is_certain():
    assert [s for s in SHAPES if not quantity(s).is_uncertain] == ["fixed"]


def test_a_number_without_a_source_is_an_assumption():
    assert Quantity("q", 1.0, "share", 1.0, 1.0, assumption="guess").is_assumption
    assert not Quantity("q", 1.0, "share", 1.0, 1.0, source="ons").is_assumption


def test_a_choice_falls_to_each_answer_by_weight():
    choice = Choice("c", ("a", "b", "c"), (1.0, 2.0, 1.0))
    drawn = [choice.draw((i + 0.5) / 400) for i in range(400)]
    assert [drawn.count(o) for o in choice.options] == [100, 200, 100]


def test_an_answer_without_weight_is_never_drawn():
    choice = Choice("c", ("a", "b"), (0.0, 1.0))
    assert {choice.draw(u) for u in GRID} == {"b"}


def test_one_answer_is_certain():
    assert not Choice("c", ("a",), (1.0,)).is_uncertain
    assert Choice("c", ("a", "b"), (1.0, 1.0)).is_uncertain


def test_a_quantity_is_told_in_another_unit_of_its_dimension_and_in_no_other():
    from remit.ground.quantity import Quantity, in_stated_unit
    from remit.ground.units import UNITS

    weeks = in_stated_unit(Quantity("x", 20160.0, "minute", 10080.0, 30240.0), UNITS["week"])
    assert (weeks.value, weeks.low, weeks.high, weeks.unit) == (2.0, 1.0, 3.0, "week")
    share = Quantity("y", 0.2, "share", 0.1, 0.3)
    assert in_stated_unit(share, UNITS["week"]) is share
    assert in_stated_unit(share, None) is share
