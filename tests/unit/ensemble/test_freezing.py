import numpy as np
import pytest

from remit.ensemble.freezing import bases, frozen, points_in_block


@pytest.mark.parametrize("pairs", [False, True])
def test_each_point_of_a_block_swaps_one_factor(pairs):
    names = ["a", "b", "c", "d"]
    one, other = bases(names, 0, 5, 1)
    vary = ("b", "d")
    rows = frozen(names, one, other, vary, pairs).reshape(5, points_in_block(3, pairs), 4)
    assert np.array_equal(rows[:, 0], one)
    assert np.array_equal(rows[:, -1], other)
    factors = [[1], [3], [0, 2]]  # the last one is everything else
    for f, columns in enumerate(factors, 1):
        rest = [c for c in range(4) if c not in columns]
        assert np.array_equal(rows[:, f, columns], other[:, columns])
        assert np.array_equal(rows[:, f, rest], one[:, rest])
        if pairs:
            assert np.array_equal(rows[:, 3 + f, columns], one[:, columns])
            assert np.array_equal(rows[:, 3 + f, rest], other[:, rest])


def test_more_blocks_extend_those_already_there():
    few, more = bases(["a"], 0, 3, 1), bases(["a"], 0, 40, 1)
    assert all(np.array_equal(x, y[:3]) for x, y in zip(few, more, strict=True))
    assert not np.array_equal(more[0], more[1])


def test_the_order_in_a_block_is_that_of_the_reference_tool():
    sobol = pytest.importorskip("SALib.sample.sobol")
    names = ["a", "b", "c"]
    problem = {"num_vars": 3, "names": names, "bounds": [[0, 1]] * 3}
    theirs = sobol.sample(problem, 4, calc_second_order=True, seed=1).reshape(4, 8, 3)
    for vary in (("a", "b"), ("a", "b", "c")):  # the last one as everything else, or by name
        ours = frozen(names, theirs[:, 0], theirs[:, -1], vary, pairs=True).reshape(4, 8, 3)
        assert np.array_equal(ours, theirs)


def test_a_block_needs_a_factor():
    with pytest.raises(ValueError, match="0 factors"):
        points_in_block(0, pairs=False)
