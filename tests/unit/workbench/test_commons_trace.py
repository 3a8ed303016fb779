import pytest

from commons_answers import commons_opened
from remit.workbench.commons_trace import COMMONS, GOAL, INCOME, MATCH, ROUTINE, SPENDING
from remit.workbench.trace import trace


def told(about, design, number):
    return trace(commons_opened(about), design, number)


def test_an_endowment_pays_its_share_where_there_is_one():
    assert told("estate", "endowed", SPENDING).value == pytest.approx(0.035 * 3e6)
    assert told("estate", "tapering", SPENDING).value == 0.0
    assert told("estate", "endowed", SPENDING).unit == "gbp_per_year"


def test_routine_work_is_hours_wage_and_materials():
    park, green = 30 * 3.0, 10 * 2.0
    assert told("estate", "today", ROUTINE).value == pytest.approx(52 * (park + green) * 22 + 30 * 500)


def test_income_is_the_streams_that_flow():
    opened = commons_opened("estate")
    events = opened.brief.numbers["streams.events.gbp_per_year"].value
    assert trace(opened, "today", INCOME).value == pytest.approx(150_000)
    assert trace(opened, "tapering", INCOME).value == pytest.approx(150_000 + events + 0.5 * 30_000)


def test_a_goal_leaves_the_cost_after_fees():
    assert told("projects", "crowdfunding", GOAL).value == pytest.approx(8000 / 0.92)


def test_a_match_is_offered_only_where_it_is_on_and_up_to_its_cap():
    assert told("projects", "crowdfunding", MATCH).value == 0.0
    assert told("projects", "matched", MATCH).value == pytest.approx(0.4 * 8000 / 0.92)


@pytest.mark.parametrize("name", COMMONS)
def test_each_ends_in_its_value_after_the_numbers_it_is_made_of(name):
    about = "projects" if name in (GOAL, MATCH) else "estate"
    found = told(about, "today", name)
    assert found.steps[-1].value == found.value
    assert len(found.steps) > 1
    assert found.meaning
