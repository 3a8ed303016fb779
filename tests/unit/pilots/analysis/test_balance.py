import numpy as np
import pytest

from remit.pilots.analysis.balance import alike

ON = np.array([True, True, False, False, True])


def test_empty_cells_are_left_out():
    found = alike("age", np.array([3.0, 5, 1, 3, np.nan]), ON)
    assert (found.new, found.old) == (4.0, 2.0)
    assert found.apart == pytest.approx(2 / np.sqrt(2))


def test_nothing_is_said_of_too_few_or_of_the_same():
    assert np.isnan(alike("age", np.array([np.nan, 5, 1, 3, np.nan]), ON).new)
    assert np.isnan(alike("age", np.ones(5), ON).apart)
