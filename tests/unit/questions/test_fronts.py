import numpy as np
import pytest

from remit.questions.fronts import (
    crowding,
    difference,
    dominates,
    domination,
    error,
    front,
    hypervolume,
    peel,
    places,
    ranks,
    summary,
)

NAN = np.nan


def test_a_score_by_each_aim():
    values = np.array([[4.0, 4.0, 4.0], [0.0, 0.0, 0.0], [8.0, 8.0, 8.0], [4.0, 4.0, 4.0]])
    # the 10th centile of four lies three tenths of the way from the least to the next
    assert summary(values, ("mean", "tenth", "worst")).tolist() == pytest.approx([4.0, 1.2, 0.0])
    assert summary(values, "worst").tolist() == [0.0] * 3


@pytest.mark.parametrize("aim", ["mean", "tenth", "worst"])
def test_forty_genomes_whose_outcome_is_their_lever_have_forty_scores_of_their_own(aim):
    noise = np.random.default_rng(1).normal(size=(50, 1))
    levers = np.arange(40) / 39
    alone = [float(summary(np.full((50, 1), x), aim)[0]) for x in levers]
    assert alone == pytest.approx(levers.tolist())
    assert len(set(alone)) == 40
    noisy = [float(summary(x + noise, aim)[0]) for x in levers]
    assert len(set(noisy)) == 40
    assert np.diff(noisy) == pytest.approx(np.diff(levers)), "the same futures shift all alike"
    table = domination(np.stack([x + noise for x in levers]), 2.0, aim)
    assert (table == np.tril(np.ones((40, 40), bool), -1)).all(), "and each dominates all below it"


def test_a_score_does_not_depend_on_the_order_of_scenarios():
    values = np.random.default_rng(2).normal(size=(37, 3))
    aims = ("mean", "tenth", "worst")
    assert (summary(values, aims) == summary(values[::-1], aims)).all()


def test_failed_runs_are_left_out_and_a_genome_that_never_finished_has_no_score():
    values = np.array([[1.0, 2.0], [NAN, 9.0], [3.0, np.inf], [3.0, 4.0]])
    assert summary(values, "mean").tolist() == [2.0, 3.0]
    assert np.isnan(summary(np.full((3, 2), NAN), ("tenth", "worst"))).all()
    assert np.isnan(error(np.full((3, 2), NAN))).all()


def test_the_rule_by_hand():
    flat, up = np.zeros((4, 1)), np.array([[1.0], [1.0], [1.0], [5.0]])  # mean 2, standard error 1
    assert difference(up, flat)[0].tolist() == [2.0]
    assert difference(up, flat)[1].tolist() == pytest.approx([1.0])
    assert error(up).tolist() == pytest.approx([1.0])
    assert dominates(up, flat, 0.0)
    assert dominates(up, flat, 1.99)
    assert not dominates(up, flat, 2.01)
    same_but_one = np.hstack([up, flat]), np.hstack([flat, flat])
    assert dominates(*same_but_one, 1.99), "an objective that is the same to the bit is no obstacle"
    unclear = np.hstack([up, np.array([[1.0], [-1.0], [1.0], [0.0]])]), np.hstack([flat, flat])
    assert dominates(*unclear, 0.0)
    assert not dominates(*unclear, 1.9), "not clearly worse is not enough"


def test_nobody_dominates_itself_and_of_two_at_most_one():
    values = np.random.default_rng(3).integers(0, 3, (30, 5, 3)).astype(float)
    values[7] = values[3]
    for z in (0.0, 1.0, 2.0):
        for aim in ("mean", "tenth", "worst"):
            table = domination(values, z, aim)
            assert not (table & table.T).any()
            assert not table[3, 7]
            assert (table <= domination(values, z / 2.0, aim)).all(), "the greater z, the fewer"


def test_differences_are_paired():
    weather = 100.0 * np.random.default_rng(4).normal(size=(8, 1))
    assert dominates(weather + 0.1, weather, 5.0), "unpaired this would be lost in the noise"
    with pytest.raises(ValueError, match="paired"):
        dominates(weather, weather[:4])
    with pytest.raises(ValueError, match="paired"):
        difference(weather, weather[:4])


def test_one_scenario_makes_nothing_clear():
    assert dominates(np.ones((1, 1)), np.zeros((1, 1)))
    assert not dominates(np.ones((1, 1)), np.zeros((1, 1)), 0.1)


def test_a_pair_is_compared_where_both_finished():
    a = np.array([[1.0], [1.0], [NAN], [1.0]])
    b = np.array([[0.0], [0.0], [9.0], [0.0]])
    c = np.full((4, 1), NAN)
    assert dominates(a, b, 2.0)
    assert domination(np.stack([a, b, c])).tolist() == [
        [False, True, False],
        [False] * 3,
        [False] * 3,
    ]


@pytest.mark.parametrize("aim", ["tenth", "worst"])
def test_a_robust_aim_sees_what_a_mean_does_not(aim):
    steady = np.ones((40, 1))
    bold = np.where(np.arange(40) % 4 == 0, -3.0, 4.0)[:, None]
    assert dominates(bold, steady, 1.0)
    assert dominates(steady, bold, 2.0, aim)
    assert error(bold, aim)[0] >= 0.0


def test_the_error_of_a_tenth_is_about_right():
    rng = np.random.default_rng(5)
    told = np.mean([error(rng.normal(size=(100, 1)), "tenth")[0] for _ in range(60)])
    true = np.std([summary(rng.normal(size=(100, 1)), "tenth")[0] for _ in range(600)])
    assert told == pytest.approx(true, rel=0.25)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="aims"):
        summary(np.ones((2, 2)), ("mean",))
    with pytest.raises(ValueError, match="aims"):
        summary(np.ones((2, 2)), "median")
    with pytest.raises(ValueError, match="z is"):
        domination(np.ones((2, 2, 2)), -1.0)
    with pytest.raises(ValueError, match="z is"):
        domination(np.ones((2, 2, 2)), NAN)


def brute_front(scores):
    return [
        i
        for i, s in enumerate(scores)
        if not np.isnan(s).any() and not any((o >= s).all() and (o > s).any() for o in scores)
    ]


def test_fronts_and_ranks_against_their_definition():
    scores = np.random.default_rng(6).integers(0, 5, (60, 3)).astype(float)
    scores[[4, 9]] = NAN
    assert front(scores) == brute_front(scores)
    found, left, rank = ranks(scores), scores.copy(), 0
    while (layer := brute_front(left)) != []:
        assert (found[layer] == rank).all()
        left[layer] = NAN
        rank += 1
    assert found[[4, 9]].tolist() == [60, 60]


def test_scores_that_are_no_number_are_never_on_the_front_and_never_dominate():
    assert front(np.array([[NAN, 9.0], [1.0, 1.0]])) == [1]
    assert front(np.full((2, 2), NAN)) == []
    assert front(np.zeros((0, 2))) == []
    assert ranks(np.array([[NAN, 9.0], [1.0, 1.0]])).tolist() == [2, 0]
    assert crowding(np.array([[NAN, 9.0], [1.0, 1.0]])).tolist() == [0.0, np.inf]


def test_the_order_given_changes_nothing():
    rng = np.random.default_rng(7)
    scores = rng.integers(0, 6, (80, 3)).astype(float)
    order = rng.permutation(80)
    assert {tuple(scores[i]) for i in front(scores)} == {
        tuple(scores[order][i]) for i in front(scores[order])
    }
    assert front(scores) == sorted(front(scores))
    for measure in (ranks, crowding, places):
        assert measure(scores[order]).tolist() == measure(scores)[order].tolist()


def test_a_ring_of_domination_is_taken_apart():
    ring = np.array([[0, 1, 0, 1], [0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 0]], bool)
    assert peel(ring).tolist() == [0, 0, 0, 0]
    assert peel(np.zeros((0, 0), bool)).tolist() == []


def test_crowding_by_hand():
    scores = np.array([[0.0, 10.0], [1.0, 6.0], [2.0, 5.0], [5.0, 0.0], [1.0, 6.0]])
    assert crowding(scores).tolist() == pytest.approx([np.inf, 0.9, 1.4, np.inf, 0.9])
    assert crowding(np.ones((3, 2))).tolist() == [np.inf] * 3


def test_places_reward_the_good_in_any_direction():
    scores = np.array([[1.0, 0.0], [0.0, 1.0], [0.7, 0.7], [0.6, 0.6], [0.1, 0.1]])
    assert places(scores)[:3].tolist() == [0, 0, 0]
    assert 0 < places(scores)[3] < places(scores)[4]
    assert places(np.zeros((0, 2))).tolist() == []


def test_hypervolume_by_hand_and_by_counting():
    assert hypervolume(np.array([[3.0], [2.0]]), (1.0,)) == 2.0
    assert hypervolume(np.array([[1.0, 1.0, 1.0], [NAN, 9.0, 9.0], [5.0, 5.0, -1.0]]), (0.0, 0.0, 0.0)) == 1.0
    assert hypervolume(np.zeros((0, 2)), (0.0, 0.0)) == 0.0
    scores = np.random.default_rng(8).integers(0, 7, (12, 3)).astype(float)
    cells = np.stack(np.meshgrid(*[np.arange(7) + 0.5] * 3, indexing="ij"), -1).reshape(-1, 3)
    counted = (cells[:, None] < scores).all(axis=2).any(axis=1).sum()
    assert hypervolume(scores, (0.0, 0.0, 0.0)) == pytest.approx(float(counted))
    with pytest.raises(ValueError, match="at most 3"):
        hypervolume(np.ones((1, 4)), (0.0,) * 4)
