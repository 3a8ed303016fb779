import numpy as np
import pytest

from remit.pilots.allocation.balance import balance_scores
from remit.pilots.allocation.constrained import Bound, bound_pairs, constrain
from remit.pilots.allocation.procedure import Group, Shuffled
from remit.pilots.allocation.scheme import Scheme


def halves(n):
    return Shuffled(
        tuple(f"u{i}" for i in range(n)), (Group("all", tuple(range(n)), (0,) * (n // 2) + (1,) * (n // 2)),)
    )


def test_the_best_share_is_kept_ties_and_all():
    values = np.arange(8.0)[:, None]
    made = constrain(halves(8), Scheme("constrained", ("a", "b"), (1, 1), keep_share=0.2), values, "s")
    scores = balance_scores(values, halves(8).every(), 2)
    assert made.is_every
    assert made.n_candidates == 70
    assert made.procedure.n_ways == (scores <= np.sort(scores)[13]).sum() >= 14
    assert made.scores.max() == made.worst_score


def test_candidates_are_drawn_where_there_are_too_many():
    values = np.random.default_rng(1).normal(size=(20, 2))
    scheme = Scheme("constrained", ("a", "b"), (1, 1), keep_share=0.1, n_candidates=300)
    made = constrain(halves(20), scheme, values, "s")
    assert not made.is_every
    assert made.procedure.n_ways == 30
    assert (made.procedure.rows.sum(axis=1) == 10).all()
    again = constrain(halves(20), scheme, values, "s")
    assert (made.procedure.rows == again.procedure.rows).all()
    assert not np.array_equal(made.procedure.rows, constrain(halves(20), scheme, values, "t").procedure.rows)


def test_units_that_balance_ties_are_named():
    rows = np.array([[0, 0, 1, 1], [1, 1, 0, 0]])
    assert bound_pairs(tuple("abcd"), rows) == (
        Bound("a", "b", True),
        Bound("a", "c", False),
        Bound("a", "d", False),
        Bound("b", "c", False),
        Bound("b", "d", False),
        Bound("c", "d", True),
    )
    assert bound_pairs(tuple("abcdef"), halves(6).every()) == ()


@pytest.mark.parametrize("share", [0.0001, 1.0])
def test_at_least_one_and_at_most_all_are_kept(share):
    scheme = Scheme("constrained", ("a", "b"), (1, 1), keep_share=share)
    made = constrain(halves(6), scheme, np.arange(6.0)[:, None], "s")
    assert made.procedure.n_ways == (6 if share < 1 else 20)  # six halves of 0 ... 5 sum to 7 or 8
