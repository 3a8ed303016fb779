import math

import pytest

from remit.pilots.discount import discounted, grade_share, nearness
from remit.pilots.grades import Grade


def _grade(n, scale="maryland"):
    return Grade(scale, "v", n, "r", "w")


def test_equal_ratios_between_top_and_bottom():
    shares = [grade_share((_grade(n),)) for n in (1, 2, 3, 4, 5)]
    assert shares[0] == pytest.approx(0.1)
    assert shares[4] == 1.0
    assert shares[1] / shares[0] == pytest.approx(shares[4] / shares[3])


def test_the_lowest_grade_holds():
    assert grade_share((_grade(5), _grade(1, "grade"))) == pytest.approx(0.1)


def test_distance_takes_away():
    assert discounted(0.1, (_grade(5),), 0.0) == pytest.approx(0.1)
    assert discounted(0.1, (_grade(5),), 1.0) == pytest.approx(0.1 * math.exp(0.5))
    with pytest.raises(ValueError, match="0 or more"):
        nearness(-1.0)
    with pytest.raises(ValueError, match="0 or more"):
        nearness(math.nan)
