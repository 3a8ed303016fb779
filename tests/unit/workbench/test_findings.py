from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from remit.briefs.brief import Change
from remit.design.design import TODAY
from remit.ensemble.results import Results
from remit.simulate.outcomes import outcome_columns
from remit.workbench.briefs import open_brief
from remit.workbench.compare import choose_designs, pose
from remit.workbench.findings import findings

DESIGNS = ("improved_today", "direct_platform")


@cache
def asked():
    opened = open_brief("home-care", Path.read_text)
    return pose(opened, choose_designs(opened, DESIGNS, ()), 1)


def told(**outcomes: float) -> list[str]:
    """What is found where every design has these outcomes, and nothing else is known."""
    columns = outcome_columns(asked().brief)
    values = np.full((3, 1, 1, 1, len(columns)), np.nan)
    for name, value in outcomes.items():
        values[..., columns.index(name)] = value
    if "surplus_provider" in outcomes:
        values[0, ..., columns.index("surplus_provider")] = 0.0  # today breaks even
    for name in ("price", "delivered_hours"):
        values[..., columns.index(name)] = 100.0
    held = Results((TODAY, *DESIGNS), (("all", ""),), columns, values, np.zeros((3, 0)), ())
    return list(findings(asked(), held))


def test_where_nothing_is_amiss_only_the_platforms_standing_is_said():
    said = told(pay_per_hour=14.0, surplus_provider=1e5, chosen_share=0.2)
    assert [s.partition(":")[0] for s in said] == [asked().designs["direct_platform"].title] * 2
    assert "20 % of the help" in said[0]
    assert "self-employed" in said[1]


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        ({"pay_per_hour": 11.0}, "under the legal minimum of £12.21 (2025)"),
        ({"surplus_provider": -123_456.0}, "makes a loss of £120,000 a year"),
        ({"surplus_platform": -5.0}, "does not cover its own running costs in 100 % of futures"),
        ({"chosen_share": 0.0}, "hardly anyone finds help by choosing"),
    ],
)
def test_what_the_law_the_purse_or_the_place_forbids_is_said(outcomes, words):
    assert any(words in s for s in told(**outcomes))


def test_a_loss_no_larger_than_todays_is_not_laid_to_the_design():
    assert not any("the provider makes" in s for s in told(surplus_provider=-50.0))


def test_pay_under_the_floor_is_warned_of_and_not_refused():
    brief = asked().brief
    name = "provider.wage_gbp_per_hour"
    low = replace(brief.numbers[name], value=9.0, low=9.0, high=9.0)
    poor = replace(asked(), brief=replace(brief, numbers={**brief.numbers, name: low}))
    values = np.full((3, 1, 1, 1, len(outcome_columns(brief))), np.nan)
    held = Results((TODAY, *DESIGNS), (("all", ""),), outcome_columns(brief), values, np.zeros((3, 0)), ())
    assert any("pay of £9.00 an hour lies under" in s for s in findings(poor, held))


def test_a_dated_change_is_told_first():
    brief = replace(asked().brief, changes=(Change(8, "A firm closes.", (("work.posts_factor", 0.7),)),))
    held = replace(asked(), brief=brief)
    columns = outcome_columns(brief)
    empty = Results(
        (TODAY,), (("all", ""),), columns, np.full((1, 1, 1, 1, len(columns)), np.nan), np.zeros((1, 0)), ()
    )
    assert findings(held, empty)[0] == "From day 8 of the year: A firm closes."


def meals_told(**outcomes: float) -> list[str]:
    opened = open_brief("neighbour-meals", Path.read_text)
    question = pose(opened, choose_designs(opened, ("neighbours_cook",), ()), 1)
    columns = outcome_columns(question.brief)
    values = np.full((2, 1, 1, 1, len(columns)), np.nan)
    for name, value in outcomes.items():
        values[1, ..., columns.index(name)] = value
    held = Results((TODAY, "neighbours_cook"), (("all", ""),), columns, values, np.zeros((2, 0)), ())
    return list(findings(question, held))


def test_of_neighbours_it_is_said_who_cooks_who_is_idle_and_what_saving_is_assumed():
    said = meals_told(
        neighbour_share=0.03,
        cooks_active=100.0,
        cooks_idle=40.0,
        cooks_not_reached=450.0,
        cost_platform=66_000.0,
    )
    assert len(said) == 2
    assert "3 % of the meals are cooked by neighbours" in said[0]
    assert "Of 100 active cooks 40 have nobody to cook for" in said[0]
    assert "60 % of its price is taken as saved: an assumption" in said[1]
    assert "£66,000 a year" in said[1]


def test_a_platform_without_cooks_is_said_to_bring_nothing():
    assert "hardly anyone cooks" in meals_told(neighbour_share=0.001)[0]
