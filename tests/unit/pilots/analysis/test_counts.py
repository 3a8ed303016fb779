import math

import numpy as np
import pytest

from remit.pilots.analysis.counts import shares_of, two_rates, two_shares, wilson


def test_newcombes_own_example():
    # Newcombe 1998, 56/70 against 48/80: difference .2, 95 % from .0524 to .3339 (method 10)
    found = two_shares((56, 48), (70, 80))
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def test_ratio_and_odds_by_hand():
    ratio, odds = two_shares((15, 30), (100, 100), "ratio"), two_shares((15, 30), (100, 100), "odds")
    assert ratio.ratio[0] == pytest.approx(0.5)
    assert ratio.se == pytest.approx(math.sqrt(1 / 15 - 1 / 100 + 1 / 30 - 1 / 100))
    assert odds.value == pytest.approx(math.log(15 * 70 / (85 * 30)))
    assert odds.se == pytest.approx(math.sqrt(1 / 15 + 1 / 85 + 1 / 30 + 1 / 70))


def test_none_in_an_arm_is_told():
    found = two_shares((0, 5), (50, 50), "odds")
    assert math.isfinite(found.value)
    assert any("half" in a for a in found.assumed)


def test_no_hits_at_all():
    assert two_shares((0, 0), (50, 50)).p_model == 1.0


def test_an_unknown_scale_is_refused():
    with pytest.raises(ValueError, match="one of"):
        two_shares((1, 2), (3, 4), "logit")


def test_rates_are_exact():
    found = two_rates((20, 10), (100.0, 100.0))
    assert found.ratio[0] == pytest.approx(2.0)
    assert found.p_model == pytest.approx(0.098737, abs=1e-5)  # binomial, 20 of 30 at one half
    assert two_rates((20, 10), (100.0, 100.0), "difference").value == pytest.approx(0.1)
    assert math.isfinite(two_rates((0, 10), (100.0, 100.0)).value)


def test_the_draw_gives_a_p_value_near_the_models():
    t = np.arange(400) % 2 == 1
    y = np.zeros(400, bool)
    y[:90] = True
    y[0:60:2] = False
    found = shares_of(y, t, n_draws=999)
    assert found.p_random == pytest.approx(found.p_model, abs=0.02)


def test_wilson_at_nothing():
    assert wilson(0.0, 10)[0] == pytest.approx(0.0, abs=1e-12)
