import numpy as np

from remit.simulate.rows import LUCKS_PER_SCENARIO, luck_of, ratio


def test_a_ratio_is_one_over_the_other():
    assert ratio(np.array([1.0, 3.0]), np.array([2.0, 4.0])).tolist() == [0.5, 0.75]


def test_nothing_to_divide_by_is_not_a_number():
    with np.errstate(divide="ignore", invalid="ignore"):
        found = ratio(np.array([0.0, 5.0, 0.0]), np.array([0.0, 0.0, 2.0]))
    assert np.isnan(found[:2]).all()
    assert found[2] == 0.0


def test_replicates_of_different_scenarios_never_share_their_luck():
    lucks = [luck_of(s, r) for s in range(5) for r in (0, 1, LUCKS_PER_SCENARIO - 1)]
    assert len(set(lucks)) == len(lucks)


def test_a_scenarios_replicates_follow_one_another():
    assert [luck_of(3, r) - luck_of(3, 0) for r in range(4)] == [0, 1, 2, 3]
