import numpy as np
import pytest

from remit.pilots.analysis.compare import Panel, Rows, compare_arms, compare_periods
from remit.pilots.analysis.plan import BLOCKS, CLUSTERS, PEOPLE, STAGGERED, WEDGES
from remit.pilots.analysis.wedge import Correlation


def _rows():
    rng = np.random.default_rng(1)
    unit = np.repeat(np.arange(8), 10)
    y = (rng.random(80) < 0.4).astype(float)
    return Rows(y, np.ones(80), unit % 2 == 1, unit, unit // 2, np.zeros((80, 0)))


@pytest.mark.parametrize("name", PEOPLE + CLUSTERS + BLOCKS)
def test_every_name_has_an_estimator(name):
    found = compare_arms(name, _rows(), 49, 1)
    assert np.isfinite(found.value)
    assert found.low < found.value < found.high


def test_time_at_risk_makes_rates():
    rows = _rows()
    long = Rows(
        rows.outcome, np.where(rows.treated, 2.0, 1.0), rows.treated, rows.unit, rows.strata, rows.covariates
    )
    one, two = (compare_arms("cluster_log_rates", r, 0, 1).value for r in (rows, long))
    assert two == pytest.approx(one - np.log(2.0))


def _panel():
    rng = np.random.default_rng(2)
    unit, period = np.divmod(np.arange(12 * 5 * 4), 20)
    period //= 4
    return Panel(rng.normal(size=240), unit, period, 1 + np.arange(12) % 4, np.zeros(12, np.int64), 5)


@pytest.mark.parametrize("name", WEDGES + STAGGERED)
def test_every_roll_out_has_an_estimator(name):
    found, left_out = compare_periods(name, _panel(), Correlation(0.05), 49, 1)
    assert np.isfinite(found.value)
    assert 0.0 < found.p_random <= 1.0
    assert left_out == 0


def test_a_unit_with_a_gap_is_left_out_of_a_staggered_roll_out():
    p = _panel()
    kept = ~((p.unit == 3) & (p.period == 2))
    gap = Panel(p.outcome[kept], p.unit[kept], p.period[kept], p.start, p.strata, 5)
    assert compare_periods("staggered_simple", gap, Correlation(0.05), 0, 1)[1] == 1
    means, sizes = gap.table()
    assert np.isnan(means[3, 2])
    assert sizes[3, 2] == 0.0
