import numpy as np
import pytest

from remit.ensemble.sobol import DEGREE, direction_numbers, primitive_polynomials, sobol_quantiles


def points(directions, n):
    """Return the plain points, digit by digit from the definition."""
    bits = (np.arange(n)[:, None] >> np.arange(32)) & 1
    return np.array([np.bitwise_xor.reduce(directions[row.astype(bool)], initial=0) for row in bits])


@pytest.mark.parametrize("degree", [3, 5, 7])
def test_powers_of_x_run_through_everything_but_nought(degree):
    for polynomial in primitive_polynomials(degree):
        seen, value = set(), 1
        while value not in seen:
            seen.add(value)
            value <<= 1
            value ^= polynomial if value >> degree else 0
        assert seen == set(range(1, 2**degree))


def test_all_of_them_are_found():
    # Euler's function of 2**degree - 1, over the degree
    assert [len(primitive_polynomials(d)) for d in (3, 5, 7, DEGREE)] == [2, 6, 18, 8190 // 13]


def test_direction_numbers_follow_the_published_example():
    # Bratley and Fox 1988: x**3 + x + 1 with 1, 3, 7 goes on with 5, 7, 43
    numbers = [int(v) >> (31 - k) for k, v in enumerate(direction_numbers(0b1011, [1, 3, 7]))]
    assert numbers[:6] == [1, 3, 7, 5, 7, 43]
    assert all(m % 2 == 1 and m < 2 ** (k + 1) for k, m in enumerate(numbers))


def test_unscrambled_points_of_two_low_dimensions_are_a_net():
    first = points(np.array([1 << (31 - k) for k in range(32)], np.uint64), 64) / 2.0**32
    second = points(direction_numbers(0b11, [1]), 64) / 2.0**32
    for a in range(7):
        cells = np.floor(first * 2**a) * 2 ** (6 - a) + np.floor(second * 2 ** (6 - a))
        assert sorted(cells.astype(int)) == list(range(64))


@pytest.mark.parametrize("n", [1, 2, 16, 64, 1024, 2**15])
@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_each_range_is_filled_evenly_at_every_power_of_two(n, seed):
    for name in ("crews.number", "x"):
        cells = np.floor(sobol_quantiles(name, 0, n, seed) * n).astype(int)
        assert np.array_equal(np.sort(cells), np.arange(n))
        later = np.floor(sobol_quantiles(name, n, 2 * n, seed) * n).astype(int)
        assert np.array_equal(np.sort(later), np.arange(n))


def test_where_a_point_lies_in_its_cell_is_luck():
    # 32 digits turned and 20 drawn: no two of 4,096 cells have their point in the same place
    drawn = sobol_quantiles("x", 0, 4096, 1) * 4096
    within = drawn - np.floor(drawn)
    assert len(np.unique(within)) == 4096
    assert within.mean() == pytest.approx(0.5, abs=4 * (1 / 12 / 4096) ** 0.5)
    assert np.histogram(within, 16, (0.0, 1.0))[0].min() > 180


def test_a_part_is_that_part_of_the_whole():
    whole = sobol_quantiles("x", 0, 300, 3)
    assert np.array_equal(sobol_quantiles("x", 77, 200, 3), whole[77:200])
    assert not sobol_quantiles("x", 5, 5, 3).size
