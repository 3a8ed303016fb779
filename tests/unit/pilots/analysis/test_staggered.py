import numpy as np
import pytest

from remit.pilots.analysis.staggered import (
    FEW_WORDS,
    QUESTIONS,
    cells,
    cohorts_of,
    contrasts,
    staggered,
    staggered_chance,
)


def _panel(effect=0.0, n=240, periods=6, seed=2):
    rng = np.random.default_rng(seed)
    start = rng.permutation(np.array([2, 3, 4, periods])[np.arange(n) % 4])
    panel = rng.normal(size=(n, 1)) + 0.5 * rng.normal(size=(n, periods)) + 0.2 * np.arange(periods)
    return panel + effect * (np.arange(periods) >= start[:, None]), start


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_constant_effect_is_found_by_all_three(question):
    panel, start = _panel(effect=1.0)
    found = staggered(cohorts_of(panel, start)[0], question)
    assert found.value == pytest.approx(1.0, abs=4 * found.se)
    assert found.se < 0.1


@pytest.mark.parametrize("question", QUESTIONS)
def test_weights_add_to_one_and_contrasts_to_nought(question):
    data, _ = cohorts_of(*_panel())
    assert sum(cells(data, question).values()) == pytest.approx(1.0)
    after, before = contrasts(data, question)
    assert after.sum(axis=0) == pytest.approx(np.zeros(6))
    assert before.sum(axis=0) == pytest.approx(np.zeros(6))


def test_taking_off_what_was_there_before_leaves_less_noise():
    data, _ = cohorts_of(*_panel())
    least = staggered(data)
    assert least.se <= staggered(data, beta=0.0).se
    assert least.se <= staggered(data, beta=1.0).se


def test_beta_one_is_a_difference_in_differences():
    panel, start = _panel()
    keep = np.isin(start, (3, 6))
    data, _ = cohorts_of(panel[keep][:, :6], start[keep])
    one, none = panel[keep & (start == 3)], panel[keep & (start == 6)]
    by_hand = (one[:, 3:].mean() - one[:, 2].mean()) - (none[:, 3:].mean() - none[:, 2].mean())
    assert staggered(data, beta=1.0).value == pytest.approx(by_hand)


def test_who_starts_alone_is_left_out():
    panel, start = _panel()
    start[0] = 5
    assert cohorts_of(panel, start)[1] == 1


def test_one_cohort_tells_nothing():
    panel, _ = _panel()
    assert np.isnan(staggered(cohorts_of(panel, np.full(len(panel), 3))[0]).value)


def test_an_unknown_question_is_refused():
    with pytest.raises(ValueError, match="one of"):
        staggered(cohorts_of(*_panel())[0], "weekly")


def test_the_draw_sees_an_effect_and_not_where_there_is_none():
    for effect, low, high in ((0.5, 0.0, 0.02), (0.0, 0.05, 1.0)):
        panel, start = _panel(effect)
        found = staggered_chance(staggered(cohorts_of(panel, start)[0]), panel, start, "simple", 199)
        assert low < found.p_random <= high


def test_few_units_are_told():
    few, many = (staggered(cohorts_of(*_panel(n=n))[0]) for n in (24, 240))
    assert FEW_WORDS in few.assumed
    assert FEW_WORDS not in many.assumed
