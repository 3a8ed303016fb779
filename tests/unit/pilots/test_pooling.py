import math

import numpy as np
import pytest

from remit.pilots.pooling import pool

# thirteen trials of the BCG vaccine (Colditz 1994): ill and well with it, ill and well without
BCG = np.array(
    [
        (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
        (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
        (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
    ],
    float,
)  # fmt: skip


def _bcg():
    a, b, c, d = BCG.T
    return np.log(a / (a + b) / (c / (c + d))), np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))


def test_bcg_by_reml_is_what_is_published():
    found = pool(*_bcg(), knapp_hartung=False, predict_by_t=False)
    assert found.mean == pytest.approx(-0.7145, abs=5e-5)
    assert (found.low, found.high) == (pytest.approx(-1.0669, abs=5e-5), pytest.approx(-0.3622, abs=5e-5))
    assert (found.predict_low, found.predict_high) == (
        pytest.approx(-1.87, abs=0.005),
        pytest.approx(0.44, abs=0.005),
    )
    assert found.tau2 == pytest.approx(0.3132, abs=5e-5)
    assert found.i2 == pytest.approx(0.9222, abs=5e-5)
    assert found.q == pytest.approx(152.233, abs=5e-4)
    assert found.se_hk == pytest.approx(0.18079, abs=5e-6)


@pytest.mark.parametrize(("way", "tau2"), [("DL", 0.3088), ("PM", 0.3181)])
def test_bcg_by_the_other_ways(way, tau2):
    assert pool(*_bcg(), way).tau2 == pytest.approx(tau2, abs=5e-5)


def test_other_ways_agree_with_statsmodels():
    meta = pytest.importorskip("statsmodels.stats.meta_analysis")
    y, se = _bcg()
    for way, theirs in (("DL", "dl"), ("PM", "iterated")):
        other = meta.combine_effects(y, se**2, method_re=theirs, atol=1e-12)
        assert pool(y, se, way).tau2 == pytest.approx(other.tau2, abs=1e-6)


def test_the_new_place_is_less_sure_than_the_mean():
    found = pool(*_bcg())
    assert found.predict_low < found.low < found.mean < found.high < found.predict_high
    assert sum(found.weights) == pytest.approx(1.0)


def test_trials_that_agree_have_no_spread():
    for way in ("DL", "PM", "REML"):
        found = pool(np.array([0.5, 0.5, 0.51]), np.array([0.2, 0.3, 0.2]), way)
        assert found.tau2 == 0.0
        assert found.i2 == 0.0


def test_one_trial_is_itself():
    found = pool(np.array([0.3]), np.array([0.1]))
    assert found.mean == 0.3
    assert found.high == pytest.approx(0.3 + 0.196, abs=1e-4)
    assert math.isnan(found.predict_low)


def test_far_trials_have_a_root():
    found = pool(np.array([0.0, 1e3]), np.array([1e-3, 1e-3]))
    assert found.tau2 == pytest.approx(5e5, rel=1e-6)


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="one of"):
        pool(np.array([1.0]), np.array([1.0]), "EB")
    with pytest.raises(ValueError, match="standard error"):
        pool(np.array([1.0]), np.array([0.0]))
