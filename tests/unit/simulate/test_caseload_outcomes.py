import numpy as np
import pytest

from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY
from remit.mechanism.cost import yearly_cost
from remit.simulate.caseload import run
from remit.simulate.caseload_outcomes import CASELOAD
from remit.simulate.rows import RunRows
from small_caseload import care, care_designs, care_lowered


@pytest.fixture(scope="module")
def rows() -> RunRows:
    """Rows of the platform, in which both employers have carers and every way of helping is used."""
    lowered, designs = care_lowered(design="platform"), care_designs()
    cost = yearly_cost(
        designs["platform"], designs[TODAY], lowered.values, care(), Scenario(), load_catalogue()
    )
    return run(lowered, care(), 1, [0], cost, None)[0]


def told(rows: RunRows, column: str, kind: str) -> bool:
    of_kind = [g for g, (k, _) in enumerate(rows.groups) if k == kind]
    return bool(np.isfinite(rows.columns[column][:, of_kind]).any())


def test_the_headline_is_help_needed_and_not_delivered():
    assert CASELOAD.headline.id == "undelivered_share"
    assert CASELOAD.headline.better == "down"


def test_every_outcome_is_told_for_everyone(rows):
    assert [o.id for o in CASELOAD.every if not told(rows, o.id, "all")] == []


def test_an_outcome_is_told_by_fifth_exactly_where_it_says_so(rows):
    wrong = [o.id for o in CASELOAD.every if told(rows, o.id, "own_fifth") != o.by_group]
    assert wrong == []


def test_the_outcome_of_the_months_is_told_by_month(rows):
    assert told(rows, CASELOAD.by_month, "month")


def test_what_lies_left_of_no_difference_is_less_of_the_headline():
    left, right = CASELOAD.words.sides
    assert left.startswith("less")
    assert right.startswith("more")


def test_clients_carers_and_all_who_pay_have_a_stake():
    stakes = {outcome for _, outcome, _ in CASELOAD.words.parties}
    assert {"undelivered_share", "wait_weeks", "unpaid_hours", "pay_per_hour", "surplus_provider"} <= stakes
    assert {"cost_council", "cost_clients", "cost_nhs"} <= stakes


def test_payers_together_bear_everything_once(rows):
    """The public purse is whoever buys the help and hospital, and stands nowhere beside its parts."""
    payers = {column for _, column in CASELOAD.words.payers}
    assert {"cost_council", "cost_nhs"} <= payers
    assert "cost_public" not in payers
    parts = rows.columns["cost_council"] + rows.columns["cost_nhs"]
    assert parts[:, 0] == pytest.approx(rows.columns["cost_public"][:, 0])


def test_a_stake_is_better_the_way_its_outcome_is_where_that_has_a_way():
    for party, outcome, better in CASELOAD.words.parties:
        assert CASELOAD.by_id[outcome].better in (better, "none"), party
