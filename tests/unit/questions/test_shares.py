import dataclasses

import numpy as np
import pytest

from remit.questions.shares import LEAST_SCENARIOS, shares
from remit.questions.worth import Known

NAN = np.nan


def world(n, k=6, seed=1):
    return np.random.default_rng(seed).random((n, k))


def knowns(u, choices=()):
    return [Known(f"u{j}", u[:, j], j in choices) for j in range(u.shape[1])]


def outcome(u, sd=0.1, seed=1):
    return 2.0 * u[:, 0] + u[:, 1] + sd * np.random.default_rng(100 + seed).normal(size=len(u))


def by_name(found):
    return {s.name: s for s in found.unknowns}


def test_shares_of_a_sum_are_told_with_ranges_and_order():
    u = world(1000)
    found = shares(knowns(u), outcome(u), np.full(1000, 0.01))
    told = by_name(found)
    assert found.verdict == ""
    assert [s.name for s in found.unknowns][:2] == ["u0", "u1"]
    assert told["u0"].first == pytest.approx(0.8, abs=0.05)
    assert told["u1"].first == pytest.approx(0.2, abs=0.05)
    assert all(s.low <= s.first <= s.high for s in found.unknowns)
    assert [s.is_clear for s in found.unknowns] == [True, True, False, False, False, False]
    assert found.variance == pytest.approx(5.0 / 12.0, rel=0.1)
    assert found.noise_share == pytest.approx(0.01 / (5.0 / 12.0 + 0.01), rel=0.1)
    assert found.explained == pytest.approx(1.0, abs=0.02)
    assert "Luck between replicates is 2% of the variance" in found.unexplained


def test_what_is_told_does_not_depend_on_order_unit_or_a_monotone_scale_of_the_unknown():
    u = world(500)
    y, noise = outcome(u), np.full(500, 0.01)
    plain = shares(knowns(u), y, noise)
    turned = shares(knowns(u)[::-1], y, noise)
    assert [s.name for s in turned.unknowns] == [s.name for s in plain.unknowns]
    scaled = shares([Known(k.name, np.exp(5.0 * k.values)) for k in knowns(u)], 1e6 * y - 3.0, 1e12 * noise)
    for one, other in zip(plain.unknowns, scaled.unknowns, strict=True):
        assert one.name == other.name
        assert one.first == pytest.approx(other.first, abs=1e-8)
        assert one.low == pytest.approx(other.low, abs=1e-8)
    assert scaled.variance == pytest.approx(1e12 * plain.variance)


def test_an_answer_is_judged_by_its_means_and_a_number_with_few_values_too():
    u = world(400, 3)
    u[:, 2] = np.floor(3.0 * u[:, 2])
    y = 0.2 * u[:, 0] + (u[:, 2] == 1.0)
    for choices in ((2,), ()):
        told = by_name(shares(knowns(u, choices), y, np.zeros(400)))
        assert told["u2"].is_clear
        assert told["u2"].first == pytest.approx(1.0, abs=0.03)
    assert by_name(shares(knowns(u), y, np.zeros(400)))["u0"].is_clear is False


def test_a_hump_has_a_first_order_share():
    u = world(300)
    told = by_name(shares(knowns(u), (u[:, 3] - 0.5) ** 2, np.zeros(300)))
    assert told["u3"].first == pytest.approx(1.0, abs=0.005), "by its ranks"


def test_a_pair_is_found_and_added_to_the_total_of_both():
    u = world(800)
    y = u[:, 0] + u[:, 1] + u[:, 2] + 6.0 * (u[:, 0] - 0.5) * (u[:, 2] - 0.5)
    found = shares(knowns(u), y, np.zeros(800))
    first, *rest = found.pairs
    assert {first.one, first.other} == {"u0", "u2"}
    assert (first.is_clear, [p.is_clear for p in rest]) == (True, [False, False])
    assert first.low < 0.5 < first.high
    assert first.share == pytest.approx(0.5, abs=0.05)
    told = by_name(found)
    assert told["u0"].total_at_least == pytest.approx(told["u0"].first + first.share)
    assert told["u1"].total_at_least == told["u1"].first
    assert found.explained == pytest.approx(1.0, abs=0.01)


def test_a_pair_of_answers_is_found():
    u = np.floor(3.0 * world(600, 4))
    y = (u[:, 0] == 1.0) + (u[:, 1] == 1.0) + 2.0 * ((u[:, 0] == 1.0) & (u[:, 1] == 1.0))
    found = shares(knowns(u, range(4)), y, np.zeros(600))
    assert [(p.one, p.other, p.is_clear) for p in found.pairs] in ([("u0", "u1", True)], [("u1", "u0", True)])
    assert found.explained == pytest.approx(1.0, abs=1e-6)


def test_a_pair_that_never_meets_is_not_judged_rather_than_nothing():
    rng = np.random.default_rng(1)
    answer = rng.integers(0, 3, size=300).astype(float)
    one, other = (answer == 1.0).astype(float), (answer == 2.0).astype(float)
    y = 3.0 * one + 3.0 * other + 0.1 * rng.normal(size=300)
    found = shares([Known("a", one, True), Known("b", other, True)], y, np.zeros(300))
    (pair,) = found.pairs
    assert np.isnan([pair.share, pair.low, pair.high]).all()
    assert (pair.chance, pair.is_clear) == (1.0, False)


def test_a_pair_that_acts_only_together_is_not_found_and_told_as_unexplained():
    u = world(800)
    y = u[:, 1] + 6.0 * (u[:, 3] - 0.5) * (u[:, 4] - 0.5)
    found = shares(knowns(u), y, np.zeros(800))
    assert [s.name for s in found.unknowns if s.is_clear] == ["u1"]
    assert found.explained < 0.5
    assert "pairs of unknowns that do nothing alone" in found.unexplained
    assert "Luck" not in found.unexplained


def test_rounding_left_by_an_additive_fit_is_no_pair():
    u = world(300)
    found = shares(knowns(u), u[:, 0] ** 2 + u[:, 1], np.zeros(300))
    assert len(found.pairs) == 1
    steps = np.floor(3.0 * u)
    found = shares(knowns(steps, range(6)), steps[:, 0] + 0.1 * steps[:, 1], np.zeros(300))
    assert [p.is_clear for p in found.pairs] == [False]


def test_scenarios_without_an_outcome_or_with_unknown_noise_are_left_out_and_counted():
    u = world(300)
    y, noise = outcome(u), np.full(300, 0.01)
    y[[3, 50]] = NAN
    y[51] = np.inf
    noise[[50, 99]] = NAN
    found = shares(knowns(u), y, noise)
    assert (found.n_scenarios, found.n_left_out) == (296, 4)
    kept = np.setdiff1d(np.arange(300), [3, 50, 51, 99])
    assert found.unknowns == shares(knowns(u[kept]), y[kept], noise[kept]).unknowns


def test_too_few_scenarios_are_refused_in_words():
    u = world(LEAST_SCENARIOS)
    y, noise = outcome(u), np.zeros(LEAST_SCENARIOS)
    assert shares(knowns(u), y, noise).verdict == ""
    y[0] = NAN
    found = shares(knowns(u), y, noise)
    assert found.verdict == (
        "Too few scenarios: 63 (1 more left out: no outcome, or its noise is not known). At least 64 are needed."
    )
    assert (found.unknowns, found.pairs) == ((), ())
    assert np.isnan([found.explained, found.variance, found.noise_share]).all()


@pytest.mark.parametrize("constant", [0.0, 0.3, -1e9])
def test_an_outcome_that_does_not_vary_is_refused_in_words(constant):
    y = np.full(100, constant)
    y[5] = np.nextafter(constant, np.inf) if constant else 0.0
    found = shares(knowns(world(100)), y, np.zeros(100))
    assert found.verdict == "The outcome does not vary: there is nothing to share out."
    assert found.unknowns == ()
    assert np.isnan(found.explained)


def test_where_nearly_all_is_luck_shares_are_not_told_but_what_is_clear_is():
    rng = np.random.default_rng(5)
    u = world(200)
    y = 1.5 * u[:, 2] + rng.normal(size=200)
    found = shares(knowns(u), y, np.full(200, 1.3))
    assert found.verdict.startswith("The outcome varies little or no more than luck")
    told = by_name(found)
    assert told["u2"].is_clear
    assert all(np.isnan([s.first, s.low, s.high, s.total_at_least]).all() for s in found.unknowns)
    assert np.isnan(found.explained)
    assert found.unexplained.startswith("How much is explained cannot be told")


def test_nothing_clear_is_told_in_words():
    found = shares(knowns(world(200)), np.random.default_rng(8).normal(size=200), np.zeros(200))
    assert found.verdict == "No unknown stands out from what chance would make of so many."
    assert found.pairs == ()
    assert (found.explained, found.explained_low, found.explained_high) == (0.0, 0.0, 0.0)
    assert found.unexplained.startswith("Nothing is explained")


def test_one_extreme_outcome_makes_no_unknown_clear():
    """Where it is at an unknown's very end an F test on the outcomes alone would call that unknown clear."""
    u = world(2500, 20)
    y = np.random.default_rng(3).normal(size=2500)
    y[np.argmax(u[:, 7])] = 1e6
    found = shares(knowns(u), y, np.zeros(2500))
    assert not any(s.is_clear for s in found.unknowns)
    assert found.caution.startswith("A few extreme outcomes make most of the variance")
    assert shares(knowns(u), outcome(u), np.zeros(2500)).caution == ""


def test_unknowns_that_cannot_be_judged_are_named():
    u = world(200)
    y = outcome(u)
    u[4, 2] = NAN
    u[:, 3] = 0.5
    u[:, 4] = np.arange(200) < 3
    found = shares(knowns(u, (4,)), y, np.zeros(200))
    assert found.not_judged == ("u2", "u3", "u4")
    assert [s.name for s in found.unknowns] == ["u0", "u1", "u5"]


@pytest.mark.parametrize("columns", [[], [Known("a", np.ones(100))]])
def test_no_unknown_to_judge_is_told_in_words(columns):
    found = shares(columns, world(100)[:, 0], np.zeros(100))
    assert found.verdict.startswith("No unknown can be judged")
    assert (found.unknowns, found.unexplained) == ((), "")
    assert np.isnan(found.explained)


def test_more_clear_unknowns_than_find_room_are_told():
    u = world(3000, 12)
    y = u @ np.linspace(1.0, 2.0, 12)
    found = shares(knowns(u), y, np.zeros(3000))
    assert sum(s.is_clear for s in found.unknowns) == 12
    assert len(found.pairs) == 28
    assert "what is clear but found no room in the fit (4)" in found.unexplained
    assert 0.5 < found.explained < 0.95


def test_a_seed_gives_the_same_again_and_moves_ranges_only():
    u = world(200)
    y, noise = outcome(u), np.full(200, 0.01)
    one, again, other = (shares(knowns(u), y, noise, seed=s) for s in (1, 1, 2))
    assert one == again
    assert [s.first for s in one.unknowns] == [s.first for s in other.unknowns]
    assert one.unknowns[0].low != other.unknowns[0].low
    assert dataclasses.is_dataclass(one)


@pytest.mark.parametrize(
    ("columns", "y", "noise", "more", "match"),
    [
        ([], np.zeros((70, 1)), np.zeros((70, 1)), {}, "outcomes with"),
        ([], np.zeros(70), np.zeros(69), {}, "outcomes with"),
        ([Known("a", np.zeros(69))], np.zeros(70), np.zeros(70), {}, "each of 70 scenarios: a"),
        ([Known("a", np.zeros(70))] * 2, np.zeros(70), np.zeros(70), {}, "one name"),
        ([], np.zeros(70), np.full(70, -0.1), {}, "below 0"),
        ([], np.zeros(70), np.zeros(70), {"n_resamples": 2}, "2 resamples"),
    ],
)
def test_what_does_not_fit_is_refused(columns, y, noise, more, match):
    with pytest.raises(ValueError, match=match):
        shares(columns, y, noise, **more)
