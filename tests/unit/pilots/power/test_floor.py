import math
from itertools import permutations

import pytest

from remit.pilots.power.floor import fewest_steps, fewest_units, smallest_p, ways


def test_ways_are_counted():
    assert ways((2, 3)) == len(set(permutations("aabbb")))
    assert math.isinf(ways((5000, 5000)))
    assert ways((40, 40)) == pytest.approx(math.comb(80, 40), rel=1e-9)


def test_the_floor():
    assert smallest_p((4, 4)) == pytest.approx(2 / 70)
    assert smallest_p((4, 4), 1) == pytest.approx(1 / 70)
    assert smallest_p((3, 5)) == pytest.approx(1 / 56)
    assert smallest_p((4, 4), share_kept=0.1) == pytest.approx(2 / 7)
    assert smallest_p((2, 2), n_ways=4.0) == 0.5
    assert smallest_p((1, 1)) == 1.0


def test_the_fewest():
    assert (fewest_units(0.05), fewest_units(0.05, 1), fewest_units(0.01)) == (4, 4, 5)
    assert fewest_units(1e-300) == 0
    assert fewest_steps(0.05) == 4
