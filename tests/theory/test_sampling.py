"""Sampling held against what is known of it: strata, marginals, rank correlations, errors of means.

All is drawn from fixed seeds, so nothing here fails by chance; the limits leave room for another draw.
"""

from functools import cache
from itertools import combinations

import numpy as np
import pytest

from remit.briefs.brief import Tied
from remit.ensemble.dependence import tie
from remit.ensemble.plans import PLANS, quantiles

N = 4096
TOLERANCE = 0.06  # of Spearman's rho: its standard error at 4,096 is at most 0.017
KOLMOGOROV = 1.95  # of the largest gap times the root of n: one true uniform sample in a thousand is beyond
SEEDS = 40


def ranks(values):
    return np.argsort(np.argsort(values, axis=0), axis=0)


def gap(values):
    """Return Kolmogorov's largest gap between a sample and the uniform distribution, times the root of n."""
    ordered, steps = np.sort(values), np.arange(len(values) + 1) / len(values)
    return max((steps[1:] - ordered).max(), (ordered - steps[:-1]).max()) * len(values) ** 0.5


def names_of(k, seed):
    return [f"service{seed}.number_{i}" for i in range(k)]


@pytest.mark.parametrize("n", [1, 3, 10, 97, 1000, 4096])
def test_a_latin_hypercube_has_one_scenario_in_every_cell(n):
    for column in quantiles("latin", names_of(5, 0), 0, n, n, 7).T:
        assert np.array_equal(np.sort(np.floor(column * n)), np.arange(n))


@pytest.mark.parametrize("plan", ["even", "sobol"])
def test_extending_plans_have_one_scenario_in_every_cell_at_powers_of_two(plan):
    for column in quantiles(plan, names_of(5, 0), 0, N, N, 7).T:
        for n in (16, 64, 256, N):
            assert np.array_equal(np.sort(np.floor(column[:n] * n)), np.arange(n))


@pytest.mark.parametrize("plan", PLANS)
def test_every_quantity_is_uniform(plan):
    assert max(gap(column) for column in quantiles(plan, names_of(20, 1), 0, N, N, 3).T) < KOLMOGOROV


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("rho", [-0.4, 0.2, 0.6, 0.95])
def test_tied_quantities_have_the_rank_correlation_asked_and_stay_uniform(plan, rho):
    names = names_of(6, 2)
    group = Tied(tuple(names[1:4]), tuple(tuple(1.0 if i == j else rho for j in range(3)) for i in range(3)))
    tied = tie(names, quantiles(plan, names, 0, N, N, 5), [group])
    found = np.corrcoef(ranks(tied).T)
    wanted = np.eye(6)
    for i, j in combinations(range(1, 4), 2):
        wanted[i, j] = wanted[j, i] = rho
    assert found == pytest.approx(wanted, abs=TOLERANCE)
    assert max(gap(column) for column in tied.T) < KOLMOGOROV


def test_tied_groups_leave_one_another_alone():
    names = names_of(4, 3)
    half = ((1.0, 0.8), (0.8, 1.0))
    tied = tie(
        names, quantiles("even", names, 0, N, N, 5), [Tied(tuple(names[i : i + 2]), half) for i in (0, 2)]
    )
    found = np.corrcoef(ranks(tied).T)
    assert found[[0, 2], [1, 3]] == pytest.approx([0.8, 0.8], abs=TOLERANCE)
    assert np.abs(found[:2, 2:]).max() < TOLERANCE


def sums(u):
    """A smooth function without interactions, of mean 0."""
    return np.exp(u).sum(1) - u.shape[1] * (np.e - 1.0)


def products(u):
    """A smooth function with interactions of every order, of mean 0."""
    return np.prod(u + 0.5, axis=1) - 1.0


@cache
def errors(plan, function, k, n):
    """Return the root mean square and the median error of the mean over seeds."""
    found = [np.abs(function(quantiles(plan, names_of(k, s), 0, n, n, s)).mean()) for s in range(SEEDS)]
    return float(np.sqrt(np.mean(np.square(found)))), float(np.median(found))


@pytest.mark.parametrize("n", [64, 1024])
def test_plain_luck_errs_as_the_root_of_n(n):
    spread = (3.0 * 0.5 * (np.e - 1.0) * (3.0 - np.e)) ** 0.5  # of three exponentials of uniform numbers
    assert errors("random", sums, 3, n)[0] == pytest.approx(spread / n**0.5, rel=0.35)


@pytest.mark.parametrize("n", [64, 1024])
def test_every_other_plan_is_far_more_exact_where_nothing_interacts(n):
    luck = errors("random", sums, 6, n)[0]
    assert errors("even", sums, 6, n)[0] < luck / 4.0
    assert errors("latin", sums, 6, n)[0] < luck / 25.0
    assert errors("sobol", sums, 6, n)[0] < luck / 25.0


@pytest.mark.parametrize("plan", ["even", "latin", "sobol"])
@pytest.mark.parametrize("k", [3, 6])
def test_no_plan_is_worse_than_luck_where_numbers_interact(plan, k):
    for n in (64, 1024):
        assert errors(plan, products, k, n)[0] < errors("random", products, k, n)[0]


def test_sobol_is_the_most_exact_for_few_numbers_and_many_scenarios():
    for plan in ("even", "latin"):
        assert errors("sobol", products, 3, N)[0] < errors(plan, products, 3, N)[0] / 2.0
        assert errors("sobol", products, 3, N)[1] < errors(plan, products, 3, N)[1] / 10.0


def test_sobol_is_no_better_than_even_for_six_numbers_and_few_scenarios():
    assert errors("sobol", products, 6, 64)[0] > 0.7 * errors("even", products, 6, 64)[0]


@pytest.mark.parametrize("plan", PLANS)
def test_only_sobol_pairs_many_unknowns_almost_perfectly(plan):
    # 12,720 pairs of 160 unknowns at 64 points: one in 32 is halved alike (decision 0004)
    table = quantiles(plan, names_of(160, 4), 0, 64, 64, 1)
    pairs = np.abs(np.corrcoef(table.T)[np.triu_indices(160, 1)])
    if plan == "sobol":
        assert pairs.max() > 0.9
        assert 300 < (pairs > 0.7).sum() < 500
    else:
        assert pairs.max() < 0.57
