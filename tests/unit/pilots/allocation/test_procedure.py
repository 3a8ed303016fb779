from collections import Counter
from math import comb, factorial

import numpy as np
import pytest

from remit.pilots.allocation.procedure import Chosen, Group, Shuffled, arrangements, smallest_p

IDS = tuple(f"u{i}" for i in range(6))
TWO_STRATA = Shuffled(IDS, (Group("a", (0, 2, 4), (0, 1), (0, 1)), Group("b", (1, 3, 5), (0, 1, 2))))


def test_every_order_comes_once_in_dictionary_order():
    found = list(arrangements([1, 0, 1, 2]))
    assert len(found) == len(set(found)) == factorial(4) // 2
    assert found == sorted(found)


def test_ways_are_counted_group_by_group_extras_among_them():
    assert TWO_STRATA.n_ways == comb(4, 2) * factorial(3)
    assert len(TWO_STRATA.every()) == TWO_STRATA.n_ways
    assert (TWO_STRATA.every() >= 0).all()


def test_a_draw_is_one_of_all_and_each_comes_as_often_as_another():
    rows = {tuple(r) for r in TWO_STRATA.every().tolist()}
    drawn = [tuple(TWO_STRATA.draw(str(i)).tolist()) for i in range(3_000)]
    assert set(drawn) == rows
    again = Counter(map(tuple, TWO_STRATA.many(3_000, 5).tolist()))
    assert set(again) == rows
    wanted = 3_000 / len(rows)
    for counts in (Counter(drawn), again):
        assert (
            sum((n - wanted) ** 2 / wanted for n in counts.values()) < 70
        )  # chi-square, 35 free: p about 0.0004


def test_extras_leave_the_odd_one_to_luck():
    procedure = Shuffled(IDS[:3], (Group("a", (0, 1, 2), (0, 1), (0, 1)),))
    sizes = Counter(int(procedure.draw(str(i)).sum()) for i in range(400))
    assert set(sizes) == {1, 2}
    assert 150 < sizes[1] < 250


def test_between_two_arms_leaves_the_others_alone():
    ids = tuple(f"u{i}" for i in range(6))
    procedure = Shuffled(ids, (Group("all", tuple(range(6)), (0, 0, 1, 1, 2, 2)),))
    actual = procedure.draw("s")
    two = procedure.between(actual, (0, 1))
    assert two.n_ways == comb(4, 2)
    rows = two.every()
    assert (rows[:, actual == 2] == 2).all()
    assert {tuple(sorted(r)) for r in rows.tolist()} == {(0, 0, 1, 1, 2, 2)}
    listed = Chosen(ids, procedure.every()).between(actual, (0, 1))
    assert {tuple(r) for r in listed.every().tolist()} == {tuple(r) for r in rows.tolist()}


def test_a_choice_is_a_row_of_the_list():
    listed = Chosen(IDS[:2], np.array([[0, 1], [1, 0], [1, 1]]))
    assert {tuple(listed.draw(str(i)).tolist()) for i in range(60)} == {(0, 1), (1, 0), (1, 1)}
    assert len(listed.many(7, 1)) == 7
    assert listed.n_ways == 3


def test_draws_for_a_test_are_the_same_bits_each_time():
    assert (TWO_STRATA.many(20, 3) == TWO_STRATA.many(20, 3)).all()
    assert not (TWO_STRATA.many(20, 3) == TWO_STRATA.many(20, 4)).all()


@pytest.mark.parametrize("prefix", ["", "7/"])
def test_a_prefix_makes_another_draw(prefix):
    assert (TWO_STRATA.draw("s", prefix) == TWO_STRATA.draw("s", prefix)).all()


def test_the_smallest_p_is_one_over_the_number_of_allocations():
    def halves(n):
        return Shuffled(tuple(f"u{i}" for i in range(n)), (Group("all", tuple(range(n)), (0, 1) * (n // 2)),))

    eight, six = halves(8), halves(6)
    assert smallest_p(eight, eight.draw("s"), both_ways=False) == pytest.approx(1 / 70)
    assert smallest_p(eight, eight.draw("s"), both_ways=True) == pytest.approx(2 / 70)
    # three against three cannot reach one in twenty
    assert smallest_p(six, six.draw("s"), both_ways=True) == pytest.approx(0.1)


def test_a_list_may_hold_an_allocation_twice():
    rows = np.array([[0], [1], [1], [2]])
    assert Chosen(IDS[:1], rows).n_like(np.array([1])) == 2
    assert smallest_p(Chosen(IDS[:1], rows), np.array([1]), both_ways=False) == 0.5
