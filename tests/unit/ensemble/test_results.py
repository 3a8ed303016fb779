import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers import ALL, batch
from remit.ensemble.results import gather

DESIGNS = ("today", "b")
BATCHES = (
    batch([("today", 0, 0), ("today", 0, 1), ("b", 0, 0)]),
    batch([("b", 2, 0), ("today", 2, 0)], failed=[("b", 2, 1)]),
    batch([("today", 1, 0)]),
    batch([], failed=[("b", 1, 0)]),
    batch([("b", 0, 1), ("other", 0, 0)]),
)


def same(a, b):
    return (
        (a.designs, a.groups, a.columns, a.keys) == (b.designs, b.groups, b.columns, b.keys)
        and np.array_equal(a.values, b.values, equal_nan=True)
        and np.array_equal(a.chart, b.chart)
        and set(a.failures) == set(b.failures)
    )


@given(st.permutations(BATCHES))
@settings(deadline=None)
def test_the_order_in_which_batches_were_made_does_not_count(batches):
    assert same(gather(batches, DESIGNS), gather(BATCHES, DESIGNS))


def test_runs_stand_where_they_belong_and_missing_ones_are_not_known():
    found = gather(BATCHES, DESIGNS)
    assert (found.n_scenarios, found.n_replicates) == (3, 2)
    nan = np.nan
    assert np.array_equal(
        found.of("today", "survivors"), [[0.0, 1.0], [100.0, nan], [200.0, nan]], equal_nan=True
    )
    assert np.array_equal(found.of("b", "survivors"), [[0.0, 1.0], [nan, nan], [200.0, nan]], equal_nan=True)
    assert found.chart.tolist() == [[4.0] * 3, [3.0] * 3]


def test_keys_come_by_design_scenario_and_replicate():
    keys = [(k.design, k.scenario, k.replicate) for k in gather(BATCHES, DESIGNS).keys]
    assert keys == sorted(keys, key=lambda k: (DESIGNS.index(k[0]), *k[1:]))
    assert "other" not in {k[0] for k in keys}


def test_failures_are_kept_as_data():
    assert {(f.key.design, f.key.scenario) for f in gather(BATCHES, DESIGNS).failures} == {("b", 1), ("b", 2)}


def test_batches_may_come_one_by_one():
    assert same(gather(iter(BATCHES), DESIGNS), gather(BATCHES, DESIGNS))


def test_a_run_that_two_parts_hold_counts_once():
    # two processes on one folder may both have made it
    found = gather([BATCHES[0], batch([("today", 0, 0)])], DESIGNS)
    assert len(found.keys) == len(set(found.keys)) == 3
    assert found.chart.tolist() == [[2.0] * 3, [1.0] * 3]


@pytest.mark.parametrize("batches", [[], [batch([], failed=[("today", 0, 0)])], [batch([("other", 0, 0)])]])
def test_no_finished_run_is_no_result(batches):
    with pytest.raises(ValueError, match="no finished run"):
        gather(batches, DESIGNS)


def test_an_unknown_name_is_an_error():
    found = gather(BATCHES, DESIGNS)
    for asked in (("c", "survivors"), ("today", "survival"), ("today", "survivors", ("zone", "x"))):
        with pytest.raises(ValueError, match="not in"):
            found.of(*asked)
    assert found.of("today", "survivors", ALL).shape == (3, 2)
