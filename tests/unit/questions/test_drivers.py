import numpy as np
import pytest

from answers import results
from remit.briefs.scenario import Scenario
from remit.ground.quantity import Choice, Quantity
from remit.questions.drivers import LEAST_SCENARIOS, drivers

NAN = np.nan


def numbers(n):
    return [Quantity(f"q{i:02}", 1.0, "minute", 0.0, 2.0, "uniform", source="s") for i in range(n)]


def choice(n, name="curve"):
    return Choice(name, tuple("abcdefghij"[:n]), (1.0,) * n, assumption="which?")


def world(unknowns, n, seed):
    rng = np.random.default_rng(seed)
    drawn = [Scenario(i, {u.name: float(rng.uniform()) for u in unknowns}) for i in range(n)]
    return drawn, rng.normal(size=n)


def found(unknowns, drawn, y):
    told = results({"today": np.zeros((len(y), 2)), "b": np.repeat(np.asarray(y)[:, None], 2, axis=1)})
    return drivers(told, drawn, unknowns, "b", "today", "survivors")


def draws(drawn, name):
    return np.array([s.quantiles[name] for s in drawn])


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("seed", range(5))
def test_a_planted_driver_is_found_first_and_clear(seed, sign):
    unknowns = [*numbers(20), choice(4)]
    drawn, noise = world(unknowns, 64, seed)
    y = sign * 3.0 * draws(drawn, "q07") + 0.5 * noise
    first, *rest = found(unknowns, drawn, y)
    assert (first.name, first.is_clear, first.is_assumption) == ("q07", True, False)
    assert first.strength * sign > 0.7
    assert (first.high - first.low) * sign == pytest.approx(2.0, abs=0.6)
    assert (first.low_label, first.high_label) == ("about 0.333 minutes", "about 1.67 minutes")
    assert [abs(d.strength) for d in rest] == sorted((abs(d.strength) for d in rest), reverse=True)


def test_a_driver_that_bends_is_found_by_rank():
    unknowns = numbers(20)
    drawn, noise = world(unknowns, 64, 3)
    first = found(unknowns, drawn, np.exp(12.0 * draws(drawn, "q03")) + noise)[0]
    assert first.name == "q03"
    assert first.strength == pytest.approx(1.0, abs=0.05)


def test_a_planted_answer_is_found_with_its_means():
    unknowns = [*numbers(20), choice(3)]
    drawn, noise = world(unknowns, 64, 1)
    answers = [unknowns[-1].draw(u) for u in draws(drawn, "curve")]
    y = np.array([{"a": 0.0, "b": 5.0, "c": -5.0}[a] for a in answers]) + 0.1 * noise
    first = found(unknowns, drawn, y)[0]
    assert (first.name, first.low_label, first.high_label, first.is_clear) == ("curve", "c", "b", True)
    assert (first.low, first.high) == pytest.approx((-5.0, 5.0), abs=0.2)
    assert first.strength == pytest.approx(1.0, abs=0.01)
    assert first.is_assumption


@pytest.mark.parametrize("n", [16, 64])
@pytest.mark.parametrize(
    "unknowns",
    [numbers(1), numbers(40), [*numbers(20), choice(4)], [choice(3)], [choice(10)]],
    ids=["one", "many", "many and a question", "a question of three", "a question of ten"],
)
def test_pure_noise_is_hardly_ever_called_a_driver(unknowns, n):
    alarms = 0
    for seed in range(200):
        drawn, noise = world(unknowns, n, 1000 + seed)
        alarms += any(d.is_clear for d in found(unknowns, drawn, noise))
    assert alarms <= 16  # 8 % of 200, nominally 5 %


def test_nothing_is_said_of_too_few_scenarios_or_of_no_difference():
    unknowns = numbers(3)
    drawn, noise = world(unknowns, LEAST_SCENARIOS, 1)
    assert len(found(unknowns, drawn, noise)) == 3
    assert found(unknowns, drawn[:-1], noise[:-1]) == []
    assert found(unknowns, drawn, np.zeros(LEAST_SCENARIOS)) == []
    assert found([], drawn, noise) == []


def test_scenarios_that_did_not_finish_are_left_out():
    unknowns = numbers(10)
    drawn, noise = world(unknowns, 40, 1)
    y = 3.0 * draws(drawn, "q01") + 0.1 * noise
    kept = np.arange(40) % 4 != 0
    expected = found(unknowns, [s for s, k in zip(drawn, kept, strict=True) if k], y[kept])
    assert found(unknowns, drawn, np.where(kept, y, NAN)) == expected


def test_an_interrupted_run_has_fewer_scenarios_than_were_drawn():
    unknowns = numbers(10)
    drawn, noise = world(unknowns, 64, 1)
    y = 3.0 * draws(drawn, "q01") + 0.1 * noise
    assert found(unknowns, drawn, y[:20]) == found(unknowns, drawn[:20], y[:20])


def test_results_may_hold_more_scenarios_than_are_asked_about():
    unknowns = numbers(10)
    drawn, noise = world(unknowns, 64, 1)
    y = 3.0 * draws(drawn, "q01") + 0.1 * noise
    assert found(unknowns, drawn[:32], y) == found(unknowns, drawn[:32], y[:32])


def test_an_unknown_that_was_not_drawn_is_left_out():
    unknowns = numbers(3)
    drawn, noise = world(unknowns, 20, 1)
    assert {d.name for d in found([*unknowns, *numbers(5)[3:]], drawn, noise)} == {"q00", "q01", "q02"}


def test_many_futures_without_any_difference_do_not_upset_ranks():
    unknowns = numbers(5)
    drawn, noise = world(unknowns, 64, 1)
    y = np.where(draws(drawn, "q02") > 0.8, 1.0 + 0.1 * noise, 0.0)
    first = found(unknowns, drawn, y)[0]
    assert first.name == "q02"
    assert 0.4 < first.strength < 1.0
    assert all(np.isfinite([d.strength, d.low, d.high]).all() for d in found(unknowns, drawn, y))


def test_a_question_whose_rarer_answers_never_came_up_drives_nothing():
    rare = Choice("rare", ("a", "b"), (1.0, 1e-9))
    drawn, noise = world([rare], 20, 1)
    only = found([rare], drawn, noise)[0]
    assert (only.strength, only.is_clear, only.low_label) == (0.0, False, "a")
