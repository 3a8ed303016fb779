import numpy as np
import pytest

from remit.pilots.analysis.clusters import (
    Clustered,
    cluster_t,
    gather,
    on_scale,
    pooled_difference,
    weighted_difference,
)

ARMS = np.array([True, True, True, False, False, False])
NONE = np.zeros(6, np.int64)


def _data(total, size):
    return Clustered(np.array(total, float), np.array(size, float), ARMS, NONE)


def test_people_are_gathered_by_cluster():
    data = gather(np.array([1.0, 3, 5, 7]), np.array([9, 9, 2, 2]), np.array([True, True, False, False]))
    assert data.total.tolist() == [12.0, 4.0]
    assert data.size.tolist() == [2.0, 2.0]
    assert data.treated.tolist() == [False, True]


def test_a_cluster_in_two_arms_is_refused():
    with pytest.raises(ValueError, match="two arms"):
        gather(np.ones(2), np.array([1, 1]), np.array([True, False]))
    with pytest.raises(ValueError, match="two strata"):
        gather(np.ones(2), np.array([1, 1]), np.array([True, True]), np.array([1, 2]))


def test_t_between_arms_is_students():
    stats = pytest.importorskip("scipy.stats")
    data = _data([10, 12, 17, 8, 9, 5], [10] * 6)
    found = cluster_t(data, n_draws=0)
    theirs = stats.ttest_ind(data.total[ARMS] / 10, data.total[~ARMS] / 10)
    assert found.p_model == pytest.approx(theirs.pvalue)
    assert found.df == 4
    assert found.n == 60
    assert found.n_clusters == 6


def test_weights_answer_for_a_person():
    data = _data([10, 40, 10, 5, 5, 5], [10, 80, 10, 10, 10, 10])
    found = cluster_t(data, n_draws=0, weighted=True)
    assert found.value == pytest.approx(60 / 100 - 15 / 30)
    assert found.se > 0.0


def test_six_clusters_cannot_reach_five_per_cent_by_the_draw():
    found = cluster_t(_data([30, 31, 32, 1, 2, 3], [40] * 6))
    assert found.p_random == pytest.approx(0.1)
    assert found.is_exact
    assert cluster_t(_data([30, 31, 32, 1, 2, 3], [40] * 6), weighted=True).p_random == pytest.approx(0.1)


def test_scales_are_told_and_noughts_too():
    data = _data([0, 4, 5, 6, 7, 8], [20] * 6)
    y, is_added = on_scale(data, "odds")
    assert is_added
    assert y[1] == pytest.approx(np.log(4.5 / 16.5))
    found = cluster_t(data, "rate", n_draws=0)
    assert found.scale == "log rate ratio"
    assert any("half" in a for a in found.assumed)
    assert not on_scale(data, "mean")[1]


def test_equal_weights_are_no_weights():
    y = np.array([1.0, 2, 6, 3, 4, 5])
    assert weighted_difference(y, np.full(6, 3.0), ARMS)[0] == pytest.approx(pooled_difference(y, ARMS)[0])


def test_the_draws_of_a_constrained_procedure_take_the_place_of_all():
    lots = np.array([[1.0, 1, 1, 0, 0, 0], [0.0, 0, 0, 1, 1, 1], [1.0, 0, 1, 0, 1, 0], [0.0, 1, 0, 1, 0, 1]])
    found = cluster_t(_data([30, 31, 32, 1, 2, 3], [40] * 6), lots=lots)
    assert found.p_random == pytest.approx(2 / 4)
    assert found.n_random == 4
