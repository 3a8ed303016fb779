import numpy as np
import pytest

from answers import answer
from remit.appraisal.payers import extra_per_life, paid_by
from remit.ensemble.results import Results

NAN = np.nan
PAYERS = (("public", "cost_public"), ("grants", "cost_grants"), ("unpaid", "unpaid_value"))
COLUMNS = ("lives", "cost_public", "cost_grants", "unpaid_hours", "unpaid_value")


def told(**by_design):
    """Results from ``(scenarios, replicates, columns)`` by design."""
    values = np.stack([np.asarray(v, float) for v in by_design.values()])[:, :, :, None, :]
    return Results(tuple(by_design), (("all", ""),), COLUMNS, values, np.zeros((len(by_design), 1)), ())


def test_each_payer_bears_the_mean_of_its_years():
    zero = [[[0] * 5, [0] * 5], [[0] * 5, [0] * 5]]
    b = [[[1, 10, 1, 2, 3], [1, 30, 1, 2, 3]], [[1, 20, 4, 2, 3], [NAN, NAN, NAN, NAN, NAN]]]
    paid = paid_by(told(today=zero, b=b), "b", "today", PAYERS)
    assert paid == {"public": 20, "grants": 2, "unpaid": 3}


def test_a_design_that_never_finished_has_paid_what_is_not_known():
    found = told(today=[[[1, 10, 1, 2, 3]]], b=[[[NAN] * 5]])
    assert np.isnan(paid_by(found, "b", "today", PAYERS)["public"])


def test_extra_money_a_life_is_a_ratio_of_means():
    found = told(today=[[[1, 10, 0, 0, 0]], [[1, 10, 0, 0, 0]]], b=[[[3, 40, 0, 0, 0]], [[1, 40, 0, 0, 0]]])
    assert extra_per_life(found, "b", "today") == pytest.approx(30.0)


@pytest.mark.parametrize("lives", [1.0, 0.5])
def test_where_lives_do_not_rise_there_is_no_price_of_one(lives):
    found = told(today=[[[1, 10, 0, 0, 0]]], b=[[[lives, 40, 0, 0, 0]]])
    assert np.isnan(extra_per_life(found, "b", "today"))


def test_a_true_answer_counts_unpaid_time_once_and_outside_public_cost():
    given = answer()
    paid = {d: paid_by(given.results, d, "today", given.outcomes.words.payers) for d in given.designs}
    assert paid["today"]["Unpaid time, valued"] == 0.0
    assert paid["neighbours"].keys() == {"Public purse", "Grants", "Unpaid time, valued"}
    for design, one in paid.items():
        assert one["Public purse"] == pytest.approx(given.row(design, "cost_public").difference)
