import numpy as np
import pytest

from remit.pilots.analysis.means import difference_in_means, ols_hc2, welch


def test_without_covariates_hc2_is_neymans():
    y = np.array([1.0, 2, 4, 8, 3, 5, 5, 6, 9])
    t = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0], bool)
    found = difference_in_means(y, t, n_draws=0)
    assert found.value == pytest.approx(y[t].mean() - y[~t].mean())
    assert found.se == pytest.approx(np.sqrt(y[t].var(ddof=1) / 4 + y[~t].var(ddof=1) / 5))
    assert found.df == 7


def test_hc2_is_that_of_statsmodels():
    linear_model = pytest.importorskip("statsmodels.regression.linear_model")
    rng = np.random.default_rng(4)
    n = 40
    x = rng.normal(size=(n, 2))
    t = rng.permutation(np.arange(n) % 2)
    y = 1.0 + 0.4 * t + x @ [1.0, -0.5] + rng.normal(size=n) * (1 + t)
    design = np.column_stack([np.ones(n), t, x - x.mean(0), (x - x.mean(0)) * t[:, None]])
    theirs = linear_model.OLS(y, design).fit(cov_type="HC2")
    value, se, _ = ols_hc2(design, y, 1)
    assert value == pytest.approx(theirs.params[1])
    assert se == pytest.approx(theirs.bse[1])
    assert difference_in_means(y, t == 1, x, n_draws=0).se == pytest.approx(theirs.bse[1])


def test_a_good_covariate_narrows_the_interval():
    rng = np.random.default_rng(1)
    before = rng.normal(size=200)
    t = rng.permutation(np.arange(200) % 2) == 1
    y = before + 0.3 * rng.normal(size=200) + 0.2 * t
    plain, adjusted = (
        difference_in_means(y, t, n_draws=99),
        difference_in_means(y, t, before[:, None], n_draws=99),
    )
    assert adjusted.se < 0.5 * plain.se
    assert adjusted.p_random <= 0.02


def test_welch_is_the_statistic_of_each_draw():
    y = np.array([1.0, 5, 2, 8])
    t = welch(np.array([[1.0, 0, 0, 1], [0, 1, 1, 0]]), y)
    assert t[0] == pytest.approx(-t[1])


def test_one_person_in_an_arm_has_no_interval():
    found = difference_in_means(np.array([1.0, 2, 3]), np.array([True, False, False]), n_draws=0)
    assert np.isnan(found.se)
