import numpy as np
import pytest

from remit.simulate.projects_outcomes import PROJECTS
from remit.simulate.rows import RunRows
from small_commons import commons_rows


@pytest.fixture(scope="module")
def rows() -> RunRows:
    """Rows of a design in which all that is told may happen."""
    return commons_rows("projects", design="matched")


def told(rows: RunRows, column: str, kind: str) -> bool:
    of_kind = [g for g, (k, _) in enumerate(rows.groups) if k == kind]
    return bool(np.isfinite(rows.columns[column][:, of_kind]).any())


def test_the_headline_is_worth_made_and_more_is_better():
    assert PROJECTS.headline.id == "project_worth"
    assert PROJECTS.headline.better == "up"
    assert PROJECTS.words.sides == ("less is made", "more is made")


def test_those_with_ideas_those_who_pay_and_those_who_live_from_it_have_a_stake():
    stakes = {outcome for _, outcome, _ in PROJECTS.words.parties}
    assert {"ideas_missed", "gifts_net", "investors_lost", "fees", "cost_public"} <= stakes


def test_all_gifts_are_paid_by_givers_the_new_and_the_displaced():
    payers = dict(PROJECTS.words.payers)
    assert payers["Givers"] == "gifts_total"
    assert "gifts_total" in PROJECTS.last


def test_every_outcome_is_told_for_everyone(rows):
    assert [o.id for o in PROJECTS.every if not told(rows, o.id, "all")] == []


def test_an_outcome_is_told_by_fifth_exactly_where_it_says_so(rows):
    assert [o.id for o in PROJECTS.every if told(rows, o.id, "own_fifth") != o.by_group] == []


def test_what_is_told_by_year_is_there_by_year(rows):
    assert PROJECTS.period == "year"
    assert all(told(rows, name, "year") for name in (PROJECTS.by_month, *PROJECTS.also_by_month))


def test_a_stake_is_better_the_way_its_outcome_is_but_for_those_who_live_from_what_others_pay():
    ways = {
        party: (better, PROJECTS.by_id[outcome].better) for party, outcome, better in PROJECTS.words.parties
    }
    differing = {party for party, (theirs, told) in ways.items() if told not in (theirs, "none")}
    assert differing == {"Givers", "Platforms and card companies"}
    assert ways["Givers"][0] == "none"  # a gift is no gain to them, and no loss that they did not choose
