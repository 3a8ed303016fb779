"""Home care responds as the published swings do, and a turned setting changes what its effects say and nothing else.

Directions only: in England vacancies (13.5 against 11.9 %) and turnover (30.8 against 24.8 % a year) fell together as
carers were found, and more people wait where they are short. Sizes are not tested, since the swings are no experiment;
the shocks are large, since the wait of one year hardly shows a small one (with shocks a third of these, seen first,
vacancies, hours and people waiting moved alike, and the mean wait could not be told). Seed 1, replicates 0 to 63,
central scenario, each shock from the first day of the measured year; a response counts if the mean of the paired
differences lies more than two standard errors above none.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from remit.briefs.brief import Change
from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY
from remit.design.parse import turn
from remit.kernel.caseload.layout import Employer, Scalar
from remit.mechanism.caseload.lower import lower
from remit.mechanism.cost import YearlyCost
from remit.mechanism.effect import load_effects
from remit.simulate.caseload import run
from remit.workbench.briefs import open_brief

SEED, LUCKS, ERRORS = 1, range(64), 2.0
FREE = YearlyCost(0.0, 0.0, 0.0, 0.0)
SHORTAGES = {  # what may leave posts empty
    "fewer people would come": {"carers.pool": 0.7},
    "other work pays more": {"carers.local_wage_gbp_per_hour": 1.5},
    "more leave": {"provider.leave_per_year": 3.0},
}


@cache
def care(name="home-care"):
    return open_brief(name, Path.read_text)


def lowered(brief, design=None):
    today = care().designs[TODAY]
    return lower(design or today, today, brief, Scenario(), load_effects("caseload"), load_catalogue())


def with_numbers(**factors):
    brief = care().brief
    numbers = dict(brief.numbers)
    for name, factor in factors.items():
        q = numbers[name]
        numbers[name] = replace(q, value=q.value * factor, low=q.low * factor, high=q.high * factor)
    return replace(brief, numbers=numbers)


@cache
def outcomes(which=""):
    brief = care().brief
    if which:
        brief = replace(brief, changes=(Change(1, which, tuple(SHORTAGES[which].items())),))
    rows, _ = run(lowered(brief), brief, SEED, list(LUCKS), FREE, None, everyone_only=True)
    return {name: values[:, 0] for name, values in rows.columns.items()}


@pytest.mark.parametrize("which", list(SHORTAGES))
@pytest.mark.parametrize("outcome", ["vacancy_share", "undelivered_share", "waiting", "wait_weeks"])
def test_a_shortage_of_carers_leaves_posts_empty_hours_undelivered_and_people_waiting(which, outcome):
    more = outcomes(which)[outcome] - outcomes()[outcome]
    assert more.mean() > ERRORS * more.std(ddof=1) / len(more) ** 0.5


@pytest.mark.parametrize("which", ["other work pays more", "more leave"])
def test_what_makes_carers_leave_raises_turnover_with_the_vacancies(which):
    more = outcomes(which)["turnover"] - outcomes()["turnover"]
    assert more.mean() > ERRORS * more.std(ddof=1) / len(more) ** 0.5


def test_today_has_the_turnover_that_was_observed_whatever_the_coefficients():
    coefficients = [n for n in care().brief.numbers if n.startswith("work.leave_")]
    brief = care().brief
    extreme = {n: replace(brief.numbers[n], value=brief.numbers[n].high) for n in coefficients}
    bent = replace(brief, numbers={**brief.numbers, **extreme})
    rows, _ = run(lowered(bent), bent, SEED, list(LUCKS), FREE, None, everyone_only=True)
    assert rows.columns["turnover"][:, 0].mean() == pytest.approx(outcomes()["turnover"].mean(), rel=0.1)


def test_guaranteed_hours_change_what_their_effects_say_and_nothing_else():
    today = lowered(care().brief)
    turned = lowered(
        care().brief,
        turn(care().designs[TODAY], "employment_terms=guaranteed_hours", load_catalogue()),
    )
    moved = {n for n, v in turned.values.numbers.items() if v != today.values.numbers[n]}
    assert moved == {"provider.secure_share", "provider.travel_paid_share"}
    columns = np.argwhere(turned.plan.employers != today.plan.employers)[:, 2]
    assert {Employer(c).name for c in columns} == {"SECURE_SHARE", "TRAVEL_PAID", "PRICE"}
    for name in turned.plan._fields:
        if name != "employers":
            np.testing.assert_array_equal(getattr(turned.plan, name), getattr(today.plan, name))


def test_who_is_not_reached_by_a_market_stays_at_todays_terms():
    today, market = lowered(care().brief), lowered(care().brief, care().designs["direct_platform"])
    np.testing.assert_array_equal(market.plan.employers[:, 0], today.plan.employers[:, 0])
    assert market.plan.scalars[0, Scalar.MARKET_SHARE] > 0.0 == today.plan.scalars[0, Scalar.MARKET_SHARE]
    assert market.plan.scalars[0, Scalar.POOL_PEOPLE] == today.plan.scalars[0, Scalar.POOL_PEOPLE]


def test_a_market_with_no_carers_in_reach_leaves_people_without_and_says_so():
    brief = with_numbers(**{"market.carer_accepts_share": 0.0})
    design = care().designs["direct_platform"]
    rows, _ = run(lowered(brief, design), brief, SEED, list(LUCKS), FREE, None, everyone_only=True)
    assert rows.columns["chosen_share"][:, 0].max() == 0.0
    assert (rows.columns["undelivered_share"][:, 0] > outcomes()["undelivered_share"] + 0.1).all()
