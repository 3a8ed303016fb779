import numpy as np
import pytest

from remit.pilots.power.panel import cutoff, cutoff_effect, panel, panel_factor


@pytest.mark.parametrize(("before", "after", "rho"), [(1, 1, 0.25), (3, 2, 0.6), (5, 5, 0.0), (2, 7, 0.9)])
def test_factors_are_those_of_the_covariance(before, after, rho):
    n = before + after
    v = np.full((n, n), rho) + (1 - rho) * np.eye(n)
    post = np.r_[np.zeros(before), np.full(after, 1 / after)]
    pre = np.r_[np.full(before, 1 / before), np.zeros(after)]
    slope = (pre @ v @ post) / (pre @ v @ pre)
    for way, c in (("post", post), ("did", post - pre), ("ancova", post - slope * pre)):
        assert panel_factor(before, after, rho, way) == pytest.approx(c @ v @ c)


def test_without_a_before_there_is_only_after():
    assert (
        panel_factor(0, 4, 0.5, "did") == panel_factor(0, 4, 0.5, "ancova") == panel_factor(9, 4, 0.5, "post")
    )


def test_places_and_a_cut_off():
    assert panel(10, 10, 2.0, 0.5).df == 18
    assert panel(10, 10, 2.0, 0.5).se == pytest.approx(2.0 * (0.5 * 0.2) ** 0.5)
    assert cutoff(100, 100, 1.0, 4.0).se == pytest.approx(2.0 * (0.02) ** 0.5)


def test_a_cut_off_away_from_the_middle_costs_less_collinearity_than_it_seems():
    rng = np.random.default_rng(1)
    score = rng.standard_normal(400_000)
    served = score > np.quantile(score, 0.8)
    exact = 1 / (1 - np.corrcoef(score, served)[0, 1] ** 2)
    assert cutoff_effect(0.2) == pytest.approx(exact, rel=0.01)
