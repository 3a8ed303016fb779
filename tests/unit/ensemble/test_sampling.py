import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.briefs.brief import Tied
from remit.ensemble.plans import PLANS, quantiles
from remit.ensemble.sampling import name_quantiles, scenarios
from remit.ground.quantity import Choice, Quantity

LAST_SEED = 2**63 - 1


def unknown(name):
    return Quantity(name, 1.0, "minute", 0.0, 2.0, "uniform")


def unknowns(n, prefix="alert.number_"):
    return [unknown(f"{prefix}{i}") for i in range(n)]


def table(n_unknowns, n_scenarios, seed):
    drawn = scenarios(unknowns(n_unknowns), 0, n_scenarios, seed)
    return np.array([[s.quantiles[k] for k in sorted(s.quantiles)] for s in drawn])


@given(st.integers(0, LAST_SEED), st.integers(0, 70), st.integers(0, 70), st.integers(0, 70))
@settings(max_examples=40, deadline=None)
def test_more_scenarios_leave_those_drawn_as_they_are(seed, a, b, c):
    start, stop, more = sorted((a, b, c))
    asked = unknowns(3)
    few, many = scenarios(asked, start, stop, seed), scenarios(asked, 0, more, seed)
    assert few == many[start:stop]
    assert [s.number for s in many] == list(range(more))


@pytest.mark.parametrize("n", [16, 32, 64, 128])
@pytest.mark.parametrize("seed", [0, 1, LAST_SEED])
def test_each_range_is_filled_evenly_at_every_power_of_two(n, seed):
    for name in ("crews.number", "x", "effects.data.siloed.kinds.*.call_minutes"):
        cells = np.floor(name_quantiles(name, 0, n, seed) * n).astype(int)
        assert sorted(cells) == list(range(n))


@pytest.mark.parametrize("n", [1, 5, 16, 23, 100])
def test_quantiles_lie_strictly_inside(n):
    drawn = np.concatenate([name_quantiles(f"q{i}", 0, n, i) for i in range(50)])
    assert drawn.min() > 0.0
    assert drawn.max() < 1.0


@pytest.mark.parametrize(("n", "most"), [(16, 0.95), (32, 0.78), (64, 0.57), (128, 0.43)])
def test_no_pair_of_unknowns_goes_together_more_than_luck_would_have_it(n, most):
    # 160 unknowns make 12,720 pairs: ``most`` is a little above the largest that shuffled ones show
    for seed in (1, 2):
        r = np.corrcoef(table(160, n, seed).T)
        pairs = r[np.triu_indices(160, 1)]
        assert np.abs(pairs).max() < most
        assert np.sqrt((pairs**2).mean()) == pytest.approx((n - 1) ** -0.5, rel=0.1)


def test_one_unknown_more_or_less_moves_no_other():
    few = scenarios([unknown("a"), unknown("c")], 0, 40, 3)
    more = scenarios([unknown("a"), unknown("b"), unknown("c")], 0, 40, 3)
    for s, t in zip(few, more, strict=True):
        assert {k: v for k, v in t.quantiles.items() if k != "b"} == s.quantiles
        assert set(t.quantiles) == {"a", "b", "c"}


def test_order_and_repetition_of_unknowns_do_not_count():
    a, b = unknown("a"), Choice("b", ("x", "y"), (1.0, 1.0))
    assert scenarios([a, b], 0, 20, 1) == scenarios([b, a, a], 0, 20, 1)


def test_what_is_certain_is_not_drawn():
    certain = Quantity("sure", 1.0, "minute", 1.0, 1.0)
    one_answer = Choice("only", ("x",), (1.0,))
    assert scenarios([certain, one_answer, unknown("a")], 0, 2, 1)[0].quantiles.keys() == {"a"}
    assert scenarios([certain], 0, 2, 1)[1].quantiles == {}


def test_another_seed_draws_other_scenarios():
    first, second = (scenarios(unknowns(5), 0, 32, seed) for seed in (1, 2))
    assert all(s.quantiles != t.quantiles for s, t in zip(first, second, strict=True))


def test_names_that_differ_little_are_drawn_apart():
    a, b = (name_quantiles(n, 0, 64, 1) for n in ("kinds.a.call_cv", "kinds.b.call_cv"))
    assert not np.array_equal(a, b)
    assert not np.array_equal(a, 1.0 - b)


def tied(*names, rho=0.8):
    return Tied(names, tuple(tuple(1.0 if a == b else rho for b in names) for a in names))


def test_a_plan_that_is_named_is_drawn():
    asked = unknowns(3)
    names = sorted(q.name for q in asked)
    for plan in PLANS:
        rows = [[s.quantiles[k] for k in names] for s in scenarios(asked, 2, 9, 5, plan=plan, n=20)]
        assert rows == quantiles(plan, names, 2, 9, 20, 5).tolist()
    assert scenarios(asked, 0, 9, 5, plan="latin") == scenarios(asked, 0, 9, 5, plan="latin", n=9)
    assert scenarios(asked, 0, 9, 5, plan="even") == scenarios(asked, 0, 9, 5)


def test_ties_change_what_is_tied_and_nothing_else():
    asked = [unknown(name) for name in "abcd"]
    for s, t in zip(
        scenarios(asked, 0, 40, 3), scenarios(asked, 0, 40, 3, ties=[tied("c", "a")]), strict=True
    ):
        assert {k for k in "abcd" if s.quantiles[k] != t.quantiles[k]} == {"a"}


def test_tied_scenarios_extend_those_drawn():
    asked, group = [unknown(name) for name in "abcd"], [tied("d", "b", "a")]
    few, many = scenarios(asked, 3, 20, 3, ties=group), scenarios(asked, 0, 90, 3, ties=group)
    assert few == many[3:20]


def test_a_tied_name_that_this_question_does_not_ask_for_moves_no_other():
    group = [tied("change.a.cost_gbp", "b", "c")]
    with_it = scenarios([unknown(k) for k in ("b", "c", "change.a.cost_gbp")], 0, 9, 1, ties=group)
    without = scenarios([unknown(k) for k in ("b", "c")], 0, 9, 1, ties=group)
    assert [{k: s.quantiles[k] for k in "bc"} for s in with_it] == [s.quantiles for s in without]
    assert scenarios([unknown("x")], 0, 9, 1, ties=group) == scenarios([unknown("x")], 0, 9, 1)
