import numpy as np
import pytest

from remit.simulate.adoption_outcomes import ADOPTION
from remit.simulate.estate_outcomes import ESTATE
from remit.simulate.projects_outcomes import PROJECTS
from remit.simulate.rows import RunRows
from small_commons import commons_rows


@pytest.fixture(scope="module")
def rows() -> RunRows:
    """Rows of a design in which all that is told may happen."""
    return commons_rows("estate", design="tapering")


def told(rows: RunRows, column: str, kind: str) -> bool:
    of_kind = [g for g, (k, _) in enumerate(rows.groups) if k == kind]
    return bool(np.isfinite(rows.columns[column][:, of_kind]).any())


def test_the_headline_is_condition_and_more_is_better():
    assert ESTATE.headline.id == "condition"
    assert ESTATE.headline.better == "up"
    assert ESTATE.words.sides == ("worse condition", "better condition")


def test_only_an_estate_has_a_body_that_may_not_last():
    assert ESTATE.lasting == "years_afloat"
    assert PROJECTS.lasting == ADOPTION.lasting == ""


def test_those_nearby_those_after_and_all_who_pay_have_a_stake():
    stakes = {outcome for _, outcome, _ in ESTATE.words.parties}
    assert {"condition", "condition_end", "cost_public", "call", "income_users", "unpaid_hours"} <= stakes


def test_money_of_the_body_comes_from_those_who_pay():
    payers = [column for _, column in ESTATE.words.payers]
    incomes = {o.id for o in ESTATE.every if o.id.startswith("income_")}
    # what the fund spends has been paid by others, and the council's part is in the public purse
    assert incomes - {"income_fund", "income_council"} == {p for p in payers if p.startswith("income_")}
    assert payers.count("cost_public") == 1


def test_every_outcome_is_told_for_everyone(rows):
    assert [o.id for o in ESTATE.every if not told(rows, o.id, "all")] == []


def test_an_outcome_is_told_by_fifth_exactly_where_it_says_so(rows):
    assert [o.id for o in ESTATE.every if told(rows, o.id, "own_fifth") != o.by_group] == []


def test_what_is_told_by_year_is_there_by_year(rows):
    assert ESTATE.period == "year"
    assert all(told(rows, name, "year") for name in (ESTATE.by_month, *ESTATE.also_by_month))


def test_a_stake_is_better_the_way_its_outcome_is_where_that_has_a_way():
    for party, outcome, better in ESTATE.words.parties:
        assert ESTATE.by_id[outcome].better in (better, "none"), party
