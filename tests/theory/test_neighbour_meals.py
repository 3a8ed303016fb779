"""Neighbours' meals follow from cooks, and from nothing else: directions that hold whatever the numbers are.

The brief of the gallery at its central scenario, seed 1, replicates 0 to 31.
"""

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY
from remit.mechanism.caseload.lower import lower
from remit.mechanism.cost import YearlyCost
from remit.mechanism.effect import load_effects
from remit.simulate.meals import run
from remit.workbench.briefs import open_brief

SEED, LUCKS, ERRORS = 1, range(32), 2.0
FREE = YearlyCost(0.0, 0.0, 0.0, 0.0)
COOKED = "neighbours_cook"


@cache
def outcomes(design=COOKED, **factors):
    opened = open_brief("neighbour-meals", Path.read_text)
    numbers = dict(opened.brief.numbers)
    for name, factor in factors.items():
        q = numbers[name]
        numbers[name] = replace(q, value=q.value * factor, low=q.low * factor, high=q.high * factor)
    brief, today = replace(opened.brief, numbers=numbers), opened.designs[TODAY]
    lowered = lower(
        opened.designs[design], today, brief, Scenario(), load_effects("caseload"), load_catalogue()
    )
    rows = run(lowered, brief, SEED, LUCKS, FREE, None, everyone_only=True)[0]
    return {name: values[:, 0] for name, values in rows.columns.items()}


def surely_more(more, less):
    """Tell whether the mean of the paired differences lies more than two standard errors above none."""
    difference = (more - less)[np.isfinite(more - less)]  # where a venture fails at once nobody is known
    return difference.mean() > ERRORS * difference.std(ddof=1) / np.sqrt(len(difference))


def test_without_an_uptake_the_platform_brings_nothing_and_staff_are_as_today():
    nobody, today = outcomes(**{"uptake.innovate_per_week": 0.0}), outcomes(TODAY)
    assert not nobody["neighbour_meals"].any()
    assert not nobody["cooks_active"].any()
    for name in ("missed_meals", "paid_meals", "waiting", "turnover", "cost_clients", "unpaid_hours"):
        assert np.array_equal(nobody[name], today[name]), name
    assert nobody["cost_public"] - today["cost_public"] == pytest.approx(
        nobody["cost_platform"] - nobody["cost_grants"]
    )


def test_more_cooks_never_cook_fewer_meals():
    ladder = [outcomes(**{"uptake.innovate_per_week": factor}) for factor in (0.25, 0.5, 1.0, 2.0, 4.0)]
    for fewer, more in pairwise(ladder):
        assert surely_more(more["cooks_active"], fewer["cooks_active"])
        assert not surely_more(fewer["neighbour_meals"], more["neighbour_meals"])
        assert more["neighbour_meals"].mean() > fewer["neighbour_meals"].mean()
    assert surely_more(ladder[-1]["neighbour_meals"], ladder[0]["neighbour_meals"])
    assert surely_more(ladder[0]["missed_meals"], ladder[-1]["missed_meals"])
    # and supply comes to exceed tasks: the last cooks bring least
    per_cook = [one["neighbour_meals"].mean() / one["cooks_active"].mean() for one in ladder]
    assert per_cook == sorted(per_cook, reverse=True)
    assert surely_more(ladder[-1]["cooks_idle"], ladder[0]["cooks_idle"])


def test_no_more_is_cooked_than_cooks_can_and_diners_want():
    for factor in (1.0, 8.0):
        told = outcomes(**{"uptake.innovate_per_week": factor})
        assert (told["neighbour_meals"] <= 0.7 * 52.2 * told["cooks_active"] + 26.1).all()
        seeking = told["diners_with_cook"] + told["waiting_cook"]
        assert (told["neighbour_meals"] <= 2.0 * 52.2 * seeking).all()  # one a week, two for who needs most


def test_who_stops_sooner_is_known_for_less_long():
    often = outcomes(**{"uptake.churn_per_week": 3.0})
    assert surely_more(outcomes()["cooks_active"], often["cooks_active"])
    assert surely_more(outcomes()["known_cook"], often["known_cook"])


def test_a_wider_reach_finds_more_cooks_a_diner():
    near = outcomes(**{"market.reach_km": 0.1, "market.carer_km": 0.3})
    assert surely_more(outcomes()["neighbour_meals"], near["neighbour_meals"])
    assert surely_more(near["cooks_idle"], outcomes()["cooks_idle"])
    assert np.array_equal(near["cooks_active"], outcomes()["cooks_active"])


def test_volunteers_pounds_are_none():
    """What is paid is staff, platform and grants; a cook adds time and own food, told apart."""
    told, today = outcomes(**{"neighbours.saved_share": 0.0}), outcomes(TODAY)
    paid = told["cost_council"] + told["cost_clients"] + told["cost_grants"] - told["cost_platform"]
    before = today["cost_council"] + today["cost_clients"]
    assert paid == pytest.approx(before)
    assert told["cook_hours"] == pytest.approx(told["neighbour_meals"] * 0.75)
