import numpy as np
import pytest

from remit.pilots.power.worth import worth_of_knowing, worth_of_pilot


@pytest.mark.parametrize(("mean", "sd", "se"), [(0.0, 1.0, 0.5), (-1.0, 2.0, 1.0), (3.0, 2.0, 4.0)])
def test_worth_is_what_choosing_after_gains(mean, sd, se):
    rng = np.random.default_rng(3)
    true = mean + sd * rng.standard_normal(1_000_000)
    seen = true + se * rng.standard_normal(true.size)
    after = mean + (seen - mean) * sd**2 / (sd**2 + se**2)
    now = max(0.0, mean)
    assert worth_of_knowing(mean, sd) == pytest.approx(np.maximum(true, 0).mean() - now, abs=0.006)
    assert worth_of_pilot(mean, sd, se) == pytest.approx(np.where(after > 0, true, 0).mean() - now, abs=0.006)


def test_what_is_known_or_never_seen_is_worth_nothing():
    assert (
        worth_of_knowing(1.0, 0.0)
        == worth_of_pilot(1.0, 0.0, 1.0)
        == worth_of_pilot(0.0, 1.0, float("inf"))
        == 0.0
    )
