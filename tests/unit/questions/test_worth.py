"""Decision problems whose answers are known, and how often ranges and alarms are right.

Stated before they were run: seeds 1000 to 1059 for coverage (nominally 54 of 60 ranges hold the truth; fewer
than 48 would be met once in 150 times), 2000 to 2099 for false alarms (at most 5 in 100 cases), 3000 to 3019
for averages.
"""

import math
from statistics import NormalDist

import numpy as np
import pytest

from remit.questions.worth import LEAST_SCENARIOS, Known, worth, worth_at_least

NAN = np.nan
NORMAL = NormalDist()
COVERED = 48  # of 60


def worth_of_knowing(mean, sd):
    """Return what it is worth to know a normal difference between two designs."""
    return sd * NORMAL.pdf(mean / sd) - abs(mean) * NORMAL.cdf(-abs(mean) / sd)


def normal_problem(seed, n, mean, sds, noise):
    """Two designs; their difference is linear in unknowns drawn by quantile, with a common part and noise."""
    rng = np.random.default_rng(seed)
    u = rng.uniform(size=(len(sds), n))
    x = np.array([[NORMAL.inv_cdf(q) for q in row] for row in u])
    difference = mean + np.asarray(sds) @ x + noise * rng.normal(size=n)
    common = rng.normal(size=n)
    known = [Known(f"x{i}", row) for i, row in enumerate(u)]
    return np.column_stack([common, common + difference]), known


def by_name(told):
    return {one.name: one for one in told.learned}


@pytest.mark.parametrize(
    ("mean", "sd", "noise"),
    [(0.5, 1.0, 1.0), (-1.0, 1.0, 0.3)],
    ids=["as much luck as effect", "an unlikely change of choice"],
)
def test_ranges_hold_the_truth_about_nine_times_in_ten(mean, sd, noise):
    one, everything = worth_of_knowing(mean, sd), worth_of_knowing(mean, math.hypot(sd, noise))
    held, held_all, values = 0, 0, []
    for seed in range(1000, 1060):
        values_, known = normal_problem(seed, 100, mean, [sd], noise)
        told = worth(values_, ["a", "b"], known)
        found = told.learned[0]
        held += found.low <= one <= found.high
        held_all += told.low <= everything <= told.high
        values.append(found.value)
    assert held >= COVERED
    assert held_all >= COVERED
    assert np.mean(values) == pytest.approx(one, rel=0.15)


def test_ranges_hold_the_truth_for_a_question_with_answers():
    gains, shares = np.array([2.0, -1.0, -1.5]), np.array([0.3, 0.3, 0.4])
    truth = float(shares @ np.maximum(gains, 0.0)) - max(0.0, float(shares @ gains))
    held = 0
    for seed in range(1000, 1060):
        rng = np.random.default_rng(seed)
        answer = rng.choice(3, size=100, p=shares)
        values = np.column_stack([np.zeros(100), gains[answer] + rng.normal(size=100)])
        found = worth(values, ["a", "b"], [Known("which", answer.astype(float), is_choice=True)]).learned[0]
        held += found.low <= truth <= found.high
    assert held >= COVERED


def test_each_of_several_unknowns_is_worth_what_it_is_alone():
    mean, sds = 0.3, [1.0, 0.6, 0.3, 0.0]
    found = []
    for seed in range(3000, 3020):
        values, known = normal_problem(seed, 200, mean, sds, 0.2)
        told = worth(values, ["a", "b"], known)
        found.append([by_name(told)[k.name].value for k in known] + [told.evpi])
        assert [one.value for one in told.learned] == sorted((o.value for o in told.learned), reverse=True)
        assert all(0.0 <= one.value <= told.evpi for one in told.learned)
        assert all(0.0 <= one.low <= one.value <= one.high <= told.high for one in told.learned)
        assert told.learned[0].name == "x0"
        assert told.learned[0].is_clear
    truth = [worth_of_knowing(mean, s) for s in sds[:3]] + [
        0.0,
        worth_of_knowing(mean, np.hypot.reduce([*sds, 0.2])),
    ]
    assert np.mean(found, axis=0) == pytest.approx(truth, abs=0.03)


def test_three_designs_and_a_curve_that_bends():
    n = 400
    u = np.random.default_rng(3000).uniform(size=n)
    best = np.column_stack([np.zeros(n), 1.0 - 8.0 * (u - 0.5) ** 2, np.where(u > 0.5, 4.0 * u - 3.0, -1.0)])
    told = worth(best, ["a", "b", "c"], [Known("bends", u)])
    # without luck, knowing the one unknown is knowing all; a fit can only miss a little of it
    assert told.learned[0].value == pytest.approx(told.evpi, rel=0.03)
    assert told.learned[0].share_of_all == pytest.approx(1.0, abs=0.03)
    assert told.learned[0].share_changed == pytest.approx(told.share_other, abs=0.05)


def test_what_matters_only_together_with_another_is_worth_nothing_alone():
    clear, values = 0, []
    for seed in range(3000, 3020):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(2, 100))
        gains = np.column_stack([np.zeros(100), x[0] * x[1] - 0.3])
        told = worth(gains, ["a", "b"], [Known("p", x[0]), Known("q", x[1])])
        values += [one.value / told.evpi for one in told.learned]
        clear += any(one.is_clear for one in told.learned)
    assert np.mean(values) < 0.1
    assert clear <= 5  # such unknowns move the spread: alarms are up to twice as frequent as nominal


def test_irrelevant_unknowns_are_hardly_ever_called_clear():
    alarms = 0
    for seed in range(2000, 2100):
        rng = np.random.default_rng(seed)
        known = [Known(f"x{i}", rng.uniform(size=60)) for i in range(3)]
        known.append(Known("which", rng.integers(0, 4, size=60).astype(float), is_choice=True))
        alarms += any(one.is_clear for one in worth(rng.normal(size=(60, 2)), ["a", "b"], known).learned)
    assert alarms <= 5


def test_identical_designs_are_worth_exactly_nothing_to_tell_apart():
    column = np.random.default_rng(1).normal(size=50)
    told = worth(np.column_stack([column] * 3), ["a", "b", "c"], [Known("x", column), Known("y", -column)])
    assert "same in every scenario" in told.verdict
    assert (told.best, told.evpi, told.low, told.high, told.bias, told.share_other) == ("a", 0, 0, 0, 0, 0)
    assert [(o.name, o.value, o.low, o.high, o.is_clear) for o in told.learned] == [
        ("x", 0.0, 0.0, 0.0, False),
        ("y", 0.0, 0.0, 0.0, False),
    ]


def test_one_design_and_one_that_is_always_best_leave_nothing_to_decide():
    rng = np.random.default_rng(1)
    values, known = rng.normal(size=(50, 1)), [Known("x", rng.uniform(size=50))]
    alone = worth(values, ["a"], known)
    assert "one design only" in alone.verdict
    ahead = worth(np.column_stack([values, values + 1.0]), ["a", "b"], known)
    assert ahead.verdict.startswith("No design is better than b in any scenario")
    for told in (alone, ahead):
        assert (told.evpi, told.share_other, told.learned[0].value) == (0.0, 0.0, 0.0)


def test_too_few_scenarios_are_said_to_be_so():
    values, known = normal_problem(1, LEAST_SCENARIOS - 1, 0.5, [1.0], 0.1)
    told = worth(values, ["a", "b"], known)
    assert told.verdict == "Too few scenarios: 39. At least 40 are needed."
    assert told.best == "b"
    assert np.isnan(told.evpi)
    assert told.learned == ()
    values, known = normal_problem(1, LEAST_SCENARIOS, 0.5, [1.0], 0.1)
    assert worth(values, ["a", "b"], known).verdict == ""


def test_a_failed_run_leaves_its_scenario_out_for_all_designs():
    values, known = normal_problem(5, 80, 0.2, [1.0, 0.5], 0.1)
    holes = values.copy()
    holes[3, 0], holes[70, 1], holes[71] = NAN, np.inf, NAN
    kept = np.delete(np.arange(80), [3, 70, 71])
    told = worth(holes, ["a", "b"], known)
    expected = worth(values[kept], ["a", "b"], [Known(k.name, k.values[kept]) for k in known])
    assert (told.n_scenarios, told.n_left_out) == (77, 3)
    assert (told.learned, told.evpi) == (expected.learned, expected.evpi)
    holes[:50, 1] = NAN
    assert "28 (52 more left out" in worth(holes, ["a", "b"], known).verdict
    nothing = worth(np.full((80, 2), NAN), ["a", "b"], known)
    assert nothing.verdict == "There is no scenario in which every design finished."
    assert (nothing.best, nothing.n_left_out) == ("", 80)


def test_an_unknown_that_was_not_drawn_everywhere_is_named_and_not_judged():
    values, known = normal_problem(5, 60, 0.2, [1.0], 0.1)
    told = worth(values, ["a", "b"], [*known, Known("gap", np.where(np.arange(60) == 7, NAN, 0.5))])
    assert told.not_drawn == ("gap",)
    assert [one.name for one in told.learned] == ["x0"]


def test_an_unknown_that_never_differs_is_worth_nothing():
    values, _ = normal_problem(5, 60, 0.2, [1.0], 0.1)
    for is_choice in (False, True):
        told = worth(values, ["a", "b"], [Known("fixed", np.full(60, 0.5), is_choice)])
        assert told.learned[0].value <= 0.2 * told.evpi
        assert not told.learned[0].is_clear
    assert worth(values, ["a", "b"], []).learned == ()


def test_what_one_unknown_is_worth_does_not_depend_on_which_others_are_asked_about():
    values, known = normal_problem(7, 80, 0.2, [1.0, 0.5, 0.1], 0.3)
    every = by_name(worth(values, ["a", "b"], known))
    for one in known:
        alone = worth(values, ["a", "b"], [one]).learned[0]
        assert (alone.value, alone.low, alone.high) == (
            every[one.name].value,
            every[one.name].low,
            every[one.name].high,
        )
        assert alone.chance <= every[one.name].chance


def test_units_and_what_all_designs_share_do_not_matter():
    values, known = normal_problem(8, 80, 0.2, [1.0, 0.5], 0.3)
    first = worth(values, ["a", "b"], known)
    again = worth(1000.0 * values + np.arange(80.0)[:, None], ["a", "b"], known)
    assert again.evpi == pytest.approx(1000.0 * first.evpi)
    assert [o.value for o in again.learned] == pytest.approx([1000.0 * o.value for o in first.learned])
    assert [o.chance for o in again.learned] == [o.chance for o in first.learned]


def test_evpi_and_the_share_of_scenarios_by_hand():
    values = np.tile([[3.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 2.0]], (10, 1))
    told = worth(values, ["a", "b"], [])
    # means 1 and 1: the first named is kept; best in each 3 1 1 2
    assert (told.best, told.evpi, told.share_other) == ("a", pytest.approx(0.75), 0.5)
    assert told.low < 0.75 < told.high
    assert told.bias < 0.0, "of two that are tied the better mean is too good, and EVPI too low"


def test_the_same_seed_gives_the_same_and_what_does_not_fit_is_refused():
    values, known = normal_problem(9, 60, 0.2, [1.0], 0.3)
    assert worth(values, ["a", "b"], known, seed=4) == worth(values, ["a", "b"], known, seed=4)
    with pytest.raises(ValueError, match="designs"):
        worth(values, ["a"], known)
    with pytest.raises(ValueError, match="scenarios: x0"):
        worth(values[:50], ["a", "b"], known)
    with pytest.raises(ValueError, match="folds"):
        worth(values, ["a", "b"], known, n_folds=1)


def test_luck_alone_is_worth_nothing_once_it_is_taken_out():
    """Twenty seeds, designs all the same but for luck: what is left is under a twentieth of what looks like worth."""
    left, naive = [], []
    for seed in range(20):
        values = np.random.default_rng(seed).normal(0.0, 1.0, (400, 4, 3))
        means = values.mean(axis=1)
        naive.append(means.max(axis=1).mean() - means.mean(axis=0).max())
        left.append(worth_at_least(values))
    assert np.mean(left) < 0.05 * np.mean(naive)


def test_true_worth_is_kept_when_luck_is_taken_out():
    """Half of the futures favour one design by two, half the other: knowing which is worth one."""
    rng = np.random.default_rng(3)
    truth = np.where(np.arange(2000) % 2 == 0, 2.0, -2.0)
    values = rng.normal(0.0, 1.0, (2000, 4, 2))
    values[:, :, 1] += truth[:, None]
    assert worth_at_least(values) == pytest.approx(1.0, abs=0.06)
    assert np.isnan(worth_at_least(values[:, :1]))
