import numpy as np
import pytest

from remit.pilots.analysis.wedge import Correlation, Wedge, covariance, exposure, wedge_gls


def _wedge(effect=0.0, noise=0.0, k=8, periods=5, seed=1):
    rng = np.random.default_rng(seed)
    start = 1 + np.arange(k) % (periods - 1)
    x = exposure(start[None, :].astype(float), periods)[0][0]
    means = (
        0.05 * rng.normal(size=(k, 1))
        + np.arange(periods) * 0.3
        + effect * x
        + noise * rng.normal(size=(k, periods))
    )
    return Wedge(means, np.full((k, periods), 20.0), start, np.zeros(k, np.int64))


def test_without_noise_the_effect_is_found_whatever_the_drift():
    data = _wedge(effect=0.7)
    within = Wedge(data.means - data.means[:, :1], data.sizes, data.start, data.strata)
    assert wedge_gls(within, Correlation(0.05), n_draws=0).value == pytest.approx(0.7)


def test_gls_is_that_of_statsmodels():
    linear_model = pytest.importorskip("statsmodels.regression.linear_model")
    data, r = _wedge(0.4, 0.2), Correlation(0.05, 0.6)
    k, periods = data.means.shape
    x = exposure(data.start[None, :].astype(float), periods)[0][0]
    design = np.column_stack([np.tile(np.eye(periods), (k, 1)), x.ravel()])
    sigma = np.kron(np.eye(k), covariance(data.sizes[0], r))
    theirs = linear_model.GLS(data.means.ravel(), design, sigma=sigma).fit()
    ours = wedge_gls(data, r, n_draws=0)
    assert ours.value == pytest.approx(theirs.params[-1])
    assert ours.se == pytest.approx(theirs.bse[-1])
    assert ours.df == k - 2


def test_the_draw_sees_a_clear_effect():
    found = wedge_gls(_wedge(1.0, 0.1), Correlation(0.5, 0.9), 499)
    assert found.p_random < 0.02
    assert found.p_model < 0.01


def test_cells_without_data_and_in_transition_do_not_count():
    data = _wedge(0.7, 0.05)
    means = data.means.copy()
    means[0, 2] = np.nan
    gaps = wedge_gls(Wedge(means, data.sizes, data.start, data.strata), Correlation(0.05, 0.8), n_draws=19)
    assert gaps.value == pytest.approx(0.7, abs=0.2)
    means = data.means.copy()
    means[np.arange(8), data.start] += 50.0  # what goes wrong in the first period after crossing
    late = wedge_gls(Wedge(means, data.sizes, data.start, data.strata, 1), Correlation(0.05, 0.8), n_draws=19)
    assert late.value == pytest.approx(0.7, abs=0.3)
    assert late.n < gaps.n


def test_nobody_crosses():
    data = _wedge()
    found = wedge_gls(Wedge(data.means, data.sizes, np.full(8, 5), data.strata), Correlation(0.05), n_draws=0)
    assert np.isnan(found.value)


def test_the_same_people_hang_together_more():
    sizes = np.array([10.0, 10.0])
    assert covariance(sizes, Correlation(0.1, 1.0, 0.5))[0, 1] > covariance(sizes, Correlation(0.1))[0, 1]
