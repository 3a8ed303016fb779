import math

import pytest

from remit.pilots.analysis.type_one import TRIALS, type_one


def test_every_estimator_and_size_has_a_row():
    told = []
    rates = type_one((6, 8), 3, 19, on_step=told.append)
    assert len(rates) == 2 * len(TRIALS) == len(told)
    assert rates == type_one((6, 8), 3, 19)


def test_odd_numbers_are_refused():
    with pytest.raises(ValueError, match="even"):
        type_one((7,), 1)


def test_the_mistake_shows_and_the_draw_stays_honest():
    rates = type_one((12,), 300, 99)
    forgotten = next(r for r in rates if "mistake" in r.estimator)
    assert forgotten.by_model > 0.1
    assert all(r.by_chance < 0.05 + 5 * r.error for r in rates if math.isfinite(r.by_chance))


@pytest.mark.long
def test_the_draw_stays_honest_in_ten_thousand_runs():
    for r in type_one(n_runs=10_000):
        if math.isfinite(r.by_chance):
            assert r.by_chance < 0.05 + 4 * r.error, r
