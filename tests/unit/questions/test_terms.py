import numpy as np
import pytest

from remit.questions.terms import answers, fit_of, orthonormal, places, powers, ranks


def test_ranks_share_ties_and_do_not_depend_on_the_scale():
    values = np.array([5.0, 1.0, 1.0, 9.0, 5.0, 5.0])
    found = ranks(places(values))
    assert found == pytest.approx([1 / 6, -2 / 3, -2 / 3, 5 / 6, 1 / 6, 1 / 6])
    assert np.array_equal(found, ranks(places(np.exp(values))))
    assert found.sum() == pytest.approx(0.0)


@pytest.mark.parametrize("n", [64, 1001])
def test_powers_are_nearly_orthogonal_and_their_span_is_orthonormal(n):
    terms = orthonormal(powers(places(np.random.default_rng(1).random(n)), 8))
    assert terms.shape == (n, 8)
    assert terms.T @ terms == pytest.approx(np.eye(8), abs=1e-9)
    assert terms.mean(axis=0) == pytest.approx(0.0, abs=1e-12)


def test_columns_that_say_the_same_count_once_and_constants_do_not():
    x = np.random.default_rng(1).random(50)
    assert orthonormal(np.column_stack([x, 2.0 * x + 1.0, np.ones(50)])).shape == (50, 1)
    assert orthonormal(np.empty((50, 0))).shape == (50, 0)


def test_each_answer_but_the_commonest_has_a_column():
    place = np.repeat([0, 1, 2], [10, 30, 20])
    assert answers(place).sum(axis=0).tolist() == [20.0, 10.0]


def test_rare_answers_are_taken_together():
    assert answers(np.repeat([0, 1, 2, 3], [40, 3, 3, 20])).sum(axis=0).tolist() == [20.0, 6.0]
    assert answers(np.repeat([0, 1, 2], [40, 3, 20])).sum(axis=0).tolist() == [23.0], "too rare for its own"
    assert answers(np.repeat([0, 1], [40, 3])).shape == (43, 0)
    assert answers(np.arange(30)).shape == (30, 0)


def test_what_is_unexplained_is_right_on_average_whatever_the_number_of_terms():
    rng = np.random.default_rng(2)
    terms = orthonormal(rng.normal(size=(80, 20)))
    y = rng.normal(size=(80, 4000))
    y -= y.mean(axis=0)
    found = [fit_of(terms, y[:, [k]]).unexplained().mean() for k in range(4000)]
    error = np.std(found) / np.sqrt(4000)
    assert abs(np.mean(found) - 1.0) < 4.0 * error


def test_a_scenario_left_out_is_missed_as_if_the_fit_had_never_seen_it():
    rng = np.random.default_rng(3)
    raw, y = rng.normal(size=(30, 3)), rng.normal(size=30)
    y -= y.mean()
    fit = fit_of(orthonormal(raw), y[:, None])
    design = np.column_stack([np.ones(30), raw])
    rest = np.arange(30) != 7
    told = design[7] @ np.linalg.lstsq(design[rest], y[rest], rcond=None)[0]
    assert fit.missed(y**2)[7] == pytest.approx((y[7] - told) ** 2)


def test_a_scenario_that_alone_decides_its_fit_is_not_taken_for_foretold():
    alone = np.zeros((30, 1))
    alone[4] = 1.0
    y = np.zeros((30, 1))
    y[4] = 30.0
    fit = fit_of(orthonormal(alone), y - y.mean())
    assert fit.missed(np.full(30, 5.0))[4] == 5.0
    assert fit.n_terms == 1
