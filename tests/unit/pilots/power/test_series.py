import math

import numpy as np
import pytest

from remit.pilots.power.series import broken_line


@pytest.mark.parametrize(
    ("before", "after", "phi"), [(12, 12, 0.0), (24, 10, 0.4), (3, 5, -0.5), (40, 40, 0.9)]
)
def test_it_is_generalised_least_squares(before, after, phi):
    n = before + after
    t = np.arange(n)
    x = np.column_stack([np.ones(n), t, t >= before, np.clip(t - before, 0, None)]).astype(float)
    v = phi ** np.abs(np.subtract.outer(t, t)) if phi else np.eye(n)
    exact = np.sqrt(np.diag(np.linalg.inv(x.T @ np.linalg.solve(v, x))))
    found = broken_line(before, after, phi, 2.0)
    assert found.level.se == pytest.approx(2.0 * exact[2])
    assert found.slope.se == pytest.approx(2.0 * exact[3])


def test_too_short_a_series_tells_nothing():
    assert math.isinf(broken_line(1, 20, 0.0).level.se)
    assert math.isinf(broken_line(2, 2, 0.0).slope.se)
