import numpy as np
import pytest

from remit.ensemble.results import Results
from remit.questions.months import MonthRow, by_month, dip_of

MONTHS = 4


def results(lives, response=None):
    """Two arms, three futures, two courses: ``lives`` and ``response`` of the way by month, today's all 12 and 8."""
    groups = (("all", ""), *(("month", str(m + 1)) for m in range(MONTHS)))
    columns = ("lives", "survivors", "response_mean")
    values = np.full((2, 3, 2, len(groups), len(columns)), 12.0)
    values[..., 2] = 8.0
    values[1, :, :, 1:, 0] = np.asarray(lives)
    if response is not None:
        values[1, :, :, 1:, 2] = np.asarray(response)
    return Results(("today", "way"), groups, columns, values, np.zeros((2, 1)), ())


def test_a_count_is_told_as_a_rate_a_year_and_a_mean_as_it_is():
    told = by_month(results([12, 11, 12, 13]), "way", "survivors", MONTHS)
    assert [r.difference for r in told] == [0.0, -4.0, 0.0, 4.0], "a month's count over the whole run's years"
    slower = by_month(results([12] * 4, [8, 9, 8, 8]), "way", "response_mean", MONTHS)
    assert [r.difference for r in slower] == [0.0, 1.0, 0.0, 0.0]
    assert slower[1].share_worse == 1.0, "later help is worse"
    assert told[1].share_worse == 1.0
    assert told[0].share_worse == 0.0, "the same is not worse"


def test_a_month_without_any_run_is_not_known_rather_than_nothing():
    given = results([12] * 4)
    given.values[1, :, :, 2] = np.nan
    told = by_month(given, "way", "survivors", MONTHS)
    assert np.isnan(told[1].difference)
    assert told[0].difference == 0.0
    assert dip_of(told, "survivors") is None


def row(month, difference, error=0.01):
    return MonthRow(month, 1.0, 1.0, difference, difference - 1, difference + 1, 0.5, error)


def test_the_dip_is_the_worst_month_and_says_when_it_is_over_and_made_good():
    dip = dip_of([row(0, 0.0), row(1, -2.0), row(2, -1.0), row(3, 1.0), row(4, 3.0)], "survivors")
    assert (dip.month, dip.difference, dip.recovered, dip.made_good) == (1, -2.0, 3, 4)
    assert dip.is_computed_enough


def test_for_an_outcome_that_should_be_small_more_is_worse():
    dip = dip_of([row(0, 0.5), row(1, 2.0), row(2, -1.0)], "response_mean")
    assert dip.month == 1
    assert dip.recovered == 2
    assert dip.made_good is None


def test_never_worse_is_no_dip_and_never_recovered_is_said():
    assert dip_of([row(0, 0.0), row(1, 1.0)], "survivors") is None
    dip = dip_of([row(0, -1.0), row(1, -0.5)], "survivors")
    assert dip.recovered is None


def test_a_dip_within_its_computing_error_is_said_to_be_so():
    assert not dip_of([row(0, -0.01, error=0.02)], "survivors").is_computed_enough


def test_the_computing_error_of_a_month_shrinks_with_replicates():
    rng = np.random.default_rng(1)
    noise = rng.normal(12.0, 1.0, (3, 2, MONTHS))
    few = by_month(results(noise), "way", "survivors", MONTHS)[0].monte_carlo_error
    pairs = MONTHS * (noise[:, :, 0] - 12.0)
    expected = np.sqrt((pairs.var(axis=1, ddof=1) / 2).sum()) / 3
    assert few == pytest.approx(expected)
